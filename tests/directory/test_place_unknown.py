"""While it is not known where the patient lives: what serves one borough neither leads nor fills the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.teams.cards.recommendations import recommendations
from services_directory.areas import ROOT
from services_directory.assessment import assess
from services_directory.case import Case, case_from_json
from services_directory.loading import directory
from services_directory.next_question import next_question, worths
from tests.any_case import cases
from tests.bot.played import Played

BOOK = directory()
TODAY = date(2026, 11, 22)
WIDE = {ROOT, "greater-manchester"}

# What a clinician typed, with the answers given; none of them says where the patient lives.
NOWHERE = {
    "carer": ("39F carer for mum, migraines", "dont know", "dont know", "dont know"),
    "back": ("30M in work back pain", "dont know", "stay in work"),
    "cancer": (
        "63F self employed childminder struggling, breast cancer, wants phased return",
        "don't know",
        "return to work",
        "no",
    ),
    "arthritis": (
        "55F arthritis, unemployed since giving up job last year, on UC, wants few hrs",
        "dunno",
        "no",
    ),
    "low": ("36F depressed and off sick 5 weeks, wants to go back", "don't know", "no"),
}


def last(messages: list[dict[str, Any]], kind: str) -> dict[str, Any] | None:
    return next((m for m in reversed(messages) if m["type"] == kind), None)


@pytest.mark.parametrize("typed", NOWHERE.values(), ids=NOWHERE)
def test_services_of_one_borough_neither_lead_nor_fill_the_list(typed: tuple[str, ...]) -> None:
    played = Played()
    for words in (*typed, "show"):
        played.say(words)
    made = last(played.messages, "recommendations")
    assert made is not None and "area" not in played.state["case"]
    local = [i for i in made["items"] if not WIDE & set(BOOK.services[i["service_id"]].areas)]
    wide = [i for i in made["items"] if i not in local]
    assert wide and local
    for item in local:
        assert item["verdict"] == "possible" and item["depends_on_place"] is True
        assert not [w for w in wide if w["rank"] > item["rank"] and w["status"] == "open"]
    assert made["items"][0] in wide
    text = made["text"].splitlines()
    (line,) = [told for told in text if told.startswith("Depends on where the patient lives: ")]
    assert all(item["name"] in line for item in local)
    numbered = {told.split(".")[0] for told in text if told[:1].isdigit() and ". " in told[:4]}
    assert not numbered & {str(item["rank"]) for item in local}


def test_a_card_in_full_is_never_one_of_another_place() -> None:
    message = Played(*NOWHERE["carer"], "show").messages[-1]
    assert [bool(item.get("depends_on_place")) for item in message["items"]] == [False, True, True]
    _, in_full, more = recommendations(message)
    assert message["items"][0]["name"] in str(in_full)
    assert all(item["name"] in str(more) for item in message["items"][1:])


def test_a_therapy_of_each_borough_is_told_as_one_that_depends_on_the_place() -> None:
    text = Played(*NOWHERE["low"], "show").messages[-1]["text"]
    (line,) = [
        told for told in text.splitlines() if "Talking Therapies" in told and "Depends" in told
    ]
    assert "(or 4 more, each for its own place)" in line
    (advisers,) = [told for told in text.splitlines() if "Employment Advisers" in told]
    assert "comes with a referral to talking therapies" in advisers


def test_the_regional_entry_is_the_card_until_the_place_is_known() -> None:
    told = {"work_status": "unemployed", "conditions": ["back_pain"], "age": 48}
    unknown = assess(case_from_json(told), TODAY, BOOK)
    card = next(r.card for r in unknown.ranked if "workwell-manchester" in r.card.also)
    assert card.id in ("workwell-gm", "workwell-england")
    known = assess(case_from_json({**told, "area": "manchester"}), TODAY, BOOK)
    assert "workwell-manchester" in [ranked.card.id for ranked in known.ranked]


@given(cases(), st.sampled_from([date(2024, 2, 1), date(2025, 6, 1), TODAY]))
def test_a_single_place_never_stands_before_an_open_service_for_all(case: Case, day: date) -> None:
    made = assess(case, day, BOOK)
    seen_local = False
    for ranked in made.ranked:
        judgement = ranked.card.judgement
        if judgement.status.status != "open":
            continue
        outcome = judgement.outcomes[0] if judgement.outcomes else None
        unsure = (
            outcome is not None and outcome.criterion.id == "area" and outcome.state == "unknown"
        )
        if unsure and not WIDE & set(judgement.service.areas):
            seen_local = True
        else:
            assert not seen_local, ranked.card.id


@pytest.mark.parametrize(
    "told",
    [
        {"work_status": "off_sick", "conditions": ["depression"]},
        {"work_status": "unemployed", "conditions": ["back_pain"], "goal": "find_work"},
        {"work_status": "in_work_struggling", "conditions": ["anxiety"], "age": 30},
        {"work_status": "retired", "barriers": ["social_isolation"], "conditions": ["back_pain"]},
    ],
)
def test_the_place_is_asked_before_anything_but_the_work_status(told: dict[str, Any]) -> None:
    case = case_from_json(told)
    assert worths(case, TODAY, BOOK)[0].slot == "area"
    without = case_from_json({k: v for k, v in told.items() if k != "work_status"})
    assert [w.slot for w in worths(without, TODAY, BOOK)][:2] == ["work_status", "area"]


def test_the_place_is_asked_once_more_where_the_answer_was_about_something_else() -> None:
    played = Played("58M self employed joiner struggling with his back, in work")
    assert played.messages[-1]["slot"] == "area"
    played.say("he wants to stay in work")
    assert played.messages[-1]["slot"] == "area"
    assert played.state["case"]["goal"] == "stay_in_work"
    played.say("and he is not in any programme")
    assert (last(played.messages, "question") or {}).get("slot") != "area"
    assert played.state["asked_slots"].count("area") == 2


def test_the_place_is_asked_once_where_it_was_answered() -> None:
    for answer in ("don't know", "Hyde", "skip"):
        played = Played("58M self employed joiner struggling with his back, in work", answer)
        assert (last(played.messages, "question") or {}).get("slot") != "area", answer
    asked = next_question(
        case_from_json({"work_status": "off_sick", "conditions": ["stress"]}),
        TODAY,
        BOOK,
        asked=["area", "area"],
    )
    assert asked is None or asked["slot"] != "area"
