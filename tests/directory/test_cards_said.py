"""How cards are worded, and what stands on one card with what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services_directory.case import case_from_json
from services_directory.loading import directory
from services_directory.recommendation import recommend
from tests.bot.played import Played

BOOK = directory()
TODAY = date(2026, 11, 22)
ADVISERS = "talking-therapies-employment-advisers"


def made(**told: Any) -> dict[str, Any]:
    return recommend(case_from_json(told), TODAY, BOOK)


@pytest.mark.parametrize(
    ("area", "therapies"),
    [
        ("bolton", "talking-therapies-bolton"),
        ("oldham", "talking-therapies-pennine"),
        ("wigan", "talking-therapies-wigan"),
        ("salford", "talking-therapies-other-gm"),
        ("england-other", "talking-therapies-england"),
    ],
)
def test_employment_advisers_stand_on_the_card_of_the_therapy(area: str, therapies: str) -> None:
    told = {"work_status": "off_sick", "conditions": ["depression"], "age": 43, "area": area}
    items = made(goal="return_to_work", under_secondary_mental_health=False, **told)["items"]
    (card,) = [i for i in items if ADVISERS in (i["service_id"], *i["also"])]
    assert card["service_id"] == therapies
    assert ADVISERS in [guest["service_id"] for guest in card["brings"]]
    assert {"mental_health", "job_retention"} <= set(card["serves"])
    assert card["rank"] <= 3


def test_who_wants_no_work_now_is_offered_the_therapy_alone() -> None:
    items = made(
        work_status="unemployed", goal="not_now", conditions=["depression"], area="bolton", age=43
    )["items"]
    (card,) = [i for i in items if i["service_id"] == "talking-therapies-bolton"]
    assert "brings" not in card and ADVISERS not in card["also"]


def test_a_referral_to_the_adviser_is_the_referral_to_the_therapy() -> None:
    played = Played("43M unemployed Bolton depression", "find work", "show")
    assert "and with it Employment Advisers" in played.messages[-1]["text"]
    told, draft = played.say("refer to employment advisers")[-2:]
    assert "part of NHS Talking Therapies Bolton" in told["text"]
    assert draft["type"] == "referral_draft"
    assert draft["service_id"] == "talking-therapies-bolton"
    assert "Comes with a referral to talking therapies" in played.told(
        "tell me about employment advisers"
    )


def test_what_is_not_confirmed_is_not_counted_among_what_fits() -> None:
    text = made(
        work_status="off_sick",
        conditions=["back_pain"],
        area="tameside",
        age=48,
        goal="return_to_work",
    )
    head, *lines = text["text"].splitlines()
    unverified = [i["name"] for i in text["items"] if i["status"] == "unverified"]
    assert {"Be Well Tameside"} <= set(unverified)
    fitting = len(text["items"]) - len(unverified)
    assert head == f"{fitting} services fit, first 3:"
    (line,) = [told for told in lines if told.startswith("Not confirmed to be open: ")]
    assert all(name in line for name in unverified)
    (also,) = [told for told in lines if told.startswith("Also: ")]
    assert not any(name in also for name in unverified)


def test_crisis_lines_are_named_apart_and_are_no_next_best() -> None:
    told = made(
        work_status="in_work", barriers=["domestic_abuse"], sex="female", area="salford", age=44
    )
    lines = told["text"].splitlines()
    (line,) = [one for one in lines if one.startswith("For anyone in a crisis, at any hour: ")]
    assert "Samaritans" in line and "Emergency services (999)" in line
    (unsure,) = [one for one in lines if "Greater Manchester Domestic Abuse Helpline" in one]
    assert "not confirmed to be open" in unsure
    assert lines[0] == "1 service fits; after that, what else may help:"
    for item in told["items"]:
        assert item.get("beside") not in ("samaritans", "emergency-999", "shout")


def test_a_refusal_to_make_paper_for_abuse_names_no_other_line() -> None:
    played = Played("44F Salford husband hits her, off sick", "risk assessed, go on", "show")
    told = played.told("refer to 1")
    assert "0808 2000 247" in told
    assert "Samaritans" not in told and "With a known way in" not in told


@pytest.mark.parametrize(
    ("months", "verdict", "state"),
    [(2, "eligible", "met"), (None, "possible", "unknown"), (24, "possible", "unknown")],
)
def test_recently_out_of_work_has_no_number(months: int | None, verdict: str, state: str) -> None:
    told = {"work_status": "unemployed", "conditions": ["anxiety"], "area": "wigan", "age": 44}
    known = {} if months is None else {"out_of_work_months": months}
    items = made(goal="find_work", in_programme="none", **told, **known)["items"]
    card = next(i for i in items if "workwell" in i["service_id"])
    assert card["verdict"] == verdict
    (work,) = [r for r in card["reasons"] if r["criterion"] == "work"]
    assert work["state"] == state
    if state == "unknown":
        said = f"months out of work: {months}" if months else "months out of work)"
        assert "recently out of work" in work["text"] and said in work["text"]


def test_long_out_of_work_puts_workwell_after_what_is_sure() -> None:
    told = {"work_status": "unemployed", "conditions": ["anxiety"], "area": "wigan", "age": 44}
    told |= {"goal": "find_work", "in_programme": "none"}

    def place(**known: Any) -> int:
        items = made(**told, **known)["items"]
        return next(int(i["rank"]) for i in items if "workwell" in i["service_id"])

    assert place() == place(out_of_work_months=3) < place(out_of_work_months=48)


def test_the_practices_own_reception_is_a_known_way_in() -> None:
    items = made(work_status="off_sick", conditions=["back_pain"], area="bury", age=48)["items"]
    card = next(i for i in items if i["service_id"] == "first-contact-physio")
    assert card["way_in"] == "known"
    played = Played("48M Bury off sick back pain, stay in work", "no", "show")
    told = played.told("refer to first contact physio")
    assert "was not found" not in told and "not confirmed: check" not in told
    assert "practice's own reception" in played.told("tell me about first contact physio")


def test_why_not_the_youth_guarantee_names_the_youth_hubs() -> None:
    played = Played("23M Oldham on UC unemployed anxiety", "show")
    assert "Youth Hubs" in played.told("why not youth guarantee")
