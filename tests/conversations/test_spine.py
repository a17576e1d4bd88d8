"""The whole path over REST: one sentence, what was understood, cards with reasons, a referral."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from tests.conversations.reading_answers import of_type, one, types

TODAY = "2026-11-22"
EARLIER = "2024-02-01"
OPENING = (
    "48F warehouse packer in Ashton, off sick 6 wks w low back pain, getting low, "
    "boss won't budge on duties"
)


def recommended(talk: Any, sender: str, text: str, as_of: str = TODAY) -> dict[str, Any]:
    """Type ``text`` and then `show`; return the recommendations."""
    talk(sender, text, as_of=as_of)
    return one(talk(sender, "show", as_of=as_of), "recommendations")


def documents(server: Any, draft: dict[str, Any]) -> str:
    """Return the text of every document of a draft."""
    paths = [re.sub(r"^https?://[^/]+", "", d["url"]) for d in draft["documents"]]
    return "\n".join(requests.get(server.url + path, timeout=10).text for path in paths)


def test_opening_shows_what_was_understood_with_its_words(talk: Any) -> None:
    understood = one(talk("spine-1", OPENING, as_of=TODAY), "understood")
    case = understood["whole_case"]
    assert case["age"] == 48
    assert case["sex"] == "female"
    assert case["area"] == "tameside"
    assert case["work_status"] == "off_sick"
    assert case["absence_weeks"] == 6
    assert "back_pain" in case["conditions"]
    assert "employer_adjustments" in case["barriers"]
    assert "packer" in case["occupation"]
    words = {m["slot"]: m["text"] for m in understood["mentions"]}
    assert all(words[key] in OPENING for key in ("age", "area", "conditions"))
    assert '"' in understood["text"], "the clinician's own words are quoted"


def test_since_a_month_counts_up_to_the_conversations_day(talk: Any) -> None:
    for sender, day, months in (("spine-day-1", "2025-06-01", 3), ("spine-day-2", "2025-05-01", 2)):
        text = "37M in Oldham, long covid, unemployed, on UC since March"
        case = one(talk(sender, text, as_of=day), "understood")["whole_case"]
        assert case["uc_months"] == months, day


def test_header_says_whom_it_is_about(talk: Any) -> None:
    entries = talk("spine-2", OPENING, as_of=TODAY)
    for entry in entries:
        header = entry["custom"]["header"]
        assert header.startswith("48F")
        assert "packer" in header
        assert "Ashton" in header
        assert re.search(r"begun \d\d:\d\d", header)


@pytest.mark.parametrize(
    ("correction", "key", "value"),
    [
        ("change age to 43", "age", 43),
        ("sorry, 34 not 48", "age", 34),
        ("change area to Oldham", "area", "oldham"),
    ],
)
def test_one_reply_corrects(talk: Any, correction: str, key: str, value: Any) -> None:
    sender = f"spine-correct-{key}-{value}"
    talk(sender, OPENING, as_of=TODAY)
    understood = one(talk(sender, correction, as_of=TODAY), "understood")
    assert understood["whole_case"][key] == value


def test_fact_is_removed_and_undone(talk: Any) -> None:
    talk("spine-undo", OPENING, as_of=TODAY)
    removed = one(talk("spine-undo", "not back pain", as_of=TODAY), "understood")
    assert "back_pain" not in removed["whole_case"].get("conditions", [])
    undone = one(talk("spine-undo", "undo", as_of=TODAY), "understood")
    assert "back_pain" in undone["whole_case"]["conditions"]


def test_one_question_at_a_time_and_dont_know_moves_on(talk: Any) -> None:
    entries, asked = talk("spine-ask", "he's 40 and depressed", as_of=TODAY), []
    while questions := of_type(entries, "question"):
        assert len(questions) == 1
        assert questions[0]["skippable"]
        asked.append(questions[0]["slot"])
        assert len(asked) <= 4
        entries = talk("spine-ask", "don't know", as_of=TODAY)
    assert asked[0] == "work_status"
    assert len(asked) == len(set(asked))
    assert "recommendations" in types(entries)


def test_every_card_has_reasons_routes_and_words(talk: Any) -> None:
    cards = recommended(talk, "spine-cards", OPENING)["items"]
    for card in cards:
        assert card["referral"]["routes"] or card["way_in"] == "not_known"
        for reason in card["reasons"]:
            assert reason["state"] in ("met", "unknown")
            assert reason["text"]
            assert reason["source"]
    met = [r["text"] for card in cards for r in card["reasons"] if r["state"] == "met"]
    assert any('"' in text for text in met), "some reason quotes the clinician"


def test_every_card_says_how_old_its_facts_are(talk: Any) -> None:
    for card in recommended(talk, "spine-age", OPENING)["items"]:
        assert "not yet confirmed with the service" in card["facts"]
        if card["stale"] and card["status"] == "open":
            assert "check before referring" in card["facts"]


def test_plan_is_sequenced(talk: Any) -> None:
    made = recommended(talk, "spine-plan", OPENING)
    assert [step["step"] for step in made["plan"]] == list(range(1, len(made["plan"]) + 1))
    assert {s["service_id"] for s in made["plan"]} <= {i["service_id"] for i in made["items"]}


def test_why_not_says_since_when_and_what_replaced_it(talk: Any) -> None:
    talk("spine-why", OPENING, as_of=TODAY)
    told = one(talk("spine-why", "why not Early Help", as_of=TODAY), "info")
    assert told["topic"] == "why_not"
    assert told["service_id"] == "working-well-early-help"
    assert "2022" in told["text"]
    assert "WorkWell" in told["text"]


@pytest.mark.parametrize("name", ["Fit for Work", "Working Well", "WorkWell"])
def test_ambiguous_name_is_asked_about(talk: Any, name: str) -> None:
    sender = f"spine-which-{name}"
    talk(sender, OPENING, as_of=TODAY)
    question = one(talk(sender, f"tell me about {name}", as_of=TODAY), "question")
    assert question["slot"] == "service"
    assert len(question["options"]) >= 2
    told = one(talk(sender, question["options"][0]["payload"], as_of=TODAY), "info")
    assert told["topic"] == "service"


def test_tell_me_about_describes_in_plain_english(talk: Any) -> None:
    told = one(talk("spine-tell", "tell me about Access to Work", as_of=TODAY), "info")
    assert told["topic"] == "service"
    assert "0800 121 7479" in told["text"]


def test_unknown_service_keeps_the_case(talk: Any) -> None:
    talk("spine-unknown", OPENING, as_of=TODAY)
    told = one(talk("spine-unknown", "refer to the moon programme", as_of=TODAY), "info")
    assert "moon programme” is not held here" in told["text"]
    summary = one(talk("spine-unknown", "summary", as_of=TODAY), "info")
    assert "back pain" in summary["text"]


def test_enquiry_form_of_2024_is_filled_in_and_not_sent(talk: Any, server: Any) -> None:
    talk("spine-ipspc", OPENING, as_of=EARLIER)
    talk("spine-ipspc", "show", as_of=EARLIER)
    draft = one(
        talk("spine-ipspc", "refer to working-well-ips-primary-care", as_of=EARLIER),
        "referral_draft",
    )
    assert draft["sent"] is False
    assert draft["state"] == "draft"
    assert re.fullmatch(r"FP-[0-9A-Z]{8}", draft["referral_id"])
    fields = {f["name"]: f for f in draft["fields"]}
    assert fields["full_name"]["missing"]
    assert not fields["full_name"]["value"]
    assert "Tameside" in fields["area"]["value"]
    assert "6 weeks" in fields["work_status"]["value"]
    assert "off sick" in fields["work_status"]["source"]
    text = documents(server, draft)
    assert "invented patients only" in text
    assert "Nothing has been sent" in text


@pytest.mark.parametrize(
    ("opening", "as_of", "service", "kind"),
    [
        (
            "45 yo man Rochdale, unemployed 2 yrs, UC, bad knees, wants to find work",
            EARLIER,
            "working-well-work-and-health-programme",
            "work_coach_note",
        ),
        (
            "bipolar, 36F, under the CMHT, Bury, no job, wants one",
            TODAY,
            "ips-secondary-gm",
            "secondary_care_request",
        ),
        (
            "58M Oldham, lonely since retiring, money tight",
            TODAY,
            "social-prescribing-gm",
            "letter",
        ),
        (
            "33F Oldham, unemployed 8 months, wants to find work, OA hands",
            TODAY,
            "get-oldham-working",
            "patient_handout",
        ),
        (
            "33F Oldham, in work but struggling with OA of the hands, wants to stay in work",
            TODAY,
            "access-to-work",
            "patient_handout",
        ),
    ],
)
def test_each_route_has_its_artefact(
    talk: Any, server: Any, opening: str, as_of: str, service: str, kind: str
) -> None:
    sender = f"spine-artefact-{service}"
    talk(sender, opening, as_of=as_of)
    talk(sender, "show", as_of=as_of)
    draft = one(talk(sender, f"refer to {service}", as_of=as_of), "referral_draft")
    assert [d["kind"] for d in draft["documents"]] == [kind]
    text = documents(server, draft)
    assert "Nothing has been sent" in text
    assert len(text) > 300


def test_a_card_is_named_by_its_number(talk: Any) -> None:
    shown = [card["service_id"] for card in recommended(talk, "spine-number", OPENING)["items"]]
    for text, place in (("tell me about 1", 0), ("tell me about the second one", 1)):
        told = one(talk("spine-number", text, as_of=TODAY), "info")
        assert told["service_id"] == shown[place]
    number = shown.index("access-to-work") + 1
    draft = one(talk("spine-number", f"refer to {number}", as_of=TODAY), "referral_draft")
    assert draft["service_id"] == "access-to-work"
    beyond = one(talk("spine-number-none", "refer to 2", as_of=TODAY), "error")
    assert beyond["code"] == "unknown_service" and "number 2" in beyond["text"]


def test_record_text_and_fit_note_comments(talk: Any) -> None:
    talk("spine-record", OPENING, as_of=TODAY)
    talk("spine-record", "show", as_of=TODAY)
    record = one(talk("spine-record", "record text", as_of=TODAY), "info")
    assert record["topic"] == "record_text"
    assert "off_sick" in record["text"]
    comments = one(talk("spine-record", "fit note comments", as_of=TODAY), "info")
    assert comments["topic"] == "fit_note_comments"
    assert "back pain" not in comments["text"].casefold()


def test_no_form_without_an_address(talk: Any) -> None:
    """Whatever is asked for, a draft is only made where some way in is held."""
    made = recommended(talk, "spine-address", OPENING)
    for card in made["items"]:
        if card["way_in"] == "not_known":
            answer = talk("spine-address", f"refer to {card['service_id']}", as_of=TODAY)
            assert types(answer) == ["info"]


def test_not_eligible_service_gets_no_draft(talk: Any) -> None:
    talk("spine-unfit", OPENING, as_of=EARLIER)
    talk("spine-unfit", "show", as_of=EARLIER)
    told = one(
        talk("spine-unfit", "refer to working-well-work-and-health-programme", as_of=EARLIER),
        "info",
    )
    assert "does not fit" in told["text"]


def test_uncertain_fact_stays_out_of_documents(talk: Any, server: Any) -> None:
    talk("spine-doubt", OPENING + ", ?bipolar", as_of=EARLIER)
    talk("spine-doubt", "show", as_of=EARLIER)
    draft = one(
        talk("spine-doubt", "refer to working-well-ips-primary-care", as_of=EARLIER),
        "referral_draft",
    )
    assert "bipolar" not in documents(server, draft).casefold()


def test_disclosed_abuse_stays_out_of_documents(talk: Any, server: Any) -> None:
    talk("spine-abuse", OPENING + ". Her husband hits her.", as_of=EARLIER)
    talk("spine-abuse", "risk assessed, go on", as_of=EARLIER)
    talk("spine-abuse", "show", as_of=EARLIER)
    for service in ("working-well-ips-primary-care", "access-to-work"):
        draft = one(talk("spine-abuse", f"refer to {service}", as_of=EARLIER), "referral_draft")
        text = documents(server, draft).casefold()
        assert "abuse" not in text
        assert "husband" not in text
    record = one(talk("spine-abuse", "record text", as_of=EARLIER), "info")
    assert "Consider hiding from online access" in record["text"]


def test_wish_not_to_work_is_respected(talk: Any) -> None:
    made = recommended(
        talk,
        "spine-not-now",
        "61 yo lady in Bolton, depressed and isolated, ESA support group, doesn't want to work",
    )
    assert made["items"]
    for card in made["items"]:
        assert card["for_need"] not in ("employment", "job_retention")


def test_hardship_comes_before_employment(talk: Any) -> None:
    made = recommended(
        talk, "spine-hardship", "29M Oldham unemployed, UC sanctioned, no food in, wants work"
    )
    assert [card["for_need"] for card in made["items"][:2]] == ["food", "food"]


def test_work_status_outcome_is_recorded_or_declined(talk: Any) -> None:
    said = one(talk("spine-outcome", OPENING, as_of=TODAY), "understood")
    assert said["whole_case"]["work_status_outcome"] == "recorded"
    talk("spine-declined", "52 yo man with COPD in Leigh", as_of=TODAY)
    talk("spine-declined", "would rather not say", as_of=TODAY)
    record = one(talk("spine-declined", "record text", as_of=TODAY), "info")
    assert "declined" in record["text"]


def test_role_decides_what_may_be_sent(talk: Any) -> None:
    talk("spine-role", OPENING, as_of=EARLIER, role="reception")
    made = one(talk("spine-role", "show", as_of=EARLIER, role="reception"), "recommendations")
    card = next(c for c in made["items"] if c["service_id"] == "working-well-ips-primary-care")
    form = next(r for r in card["referral"]["routes"] if r["route"] == "clinician_form")
    assert form["use"] == "gp_to_sign"


def test_off_topic_question_is_declined_and_the_case_kept(talk: Any) -> None:
    talk("spine-limits", OPENING, as_of=TODAY)
    told = one(talk("spine-limits", "max dose of sertraline?", as_of=TODAY), "info")
    assert told["topic"] == "limits"
    summary = one(talk("spine-limits", "summary", as_of=TODAY), "info")
    assert "back pain" in summary["text"]
