"""What is asked of whom, and which programmes are offered as answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services_directory.case import case_from_json
from services_directory.eligibility import judge, judge_again
from services_directory.loading import directory
from services_directory.needs import needs_of
from services_directory.next_question import worths
from services_directory.question_texts import question_message
from services_directory.recommendation import recommend
from tests.bot.played import Played

BOOK = directory()
TODAY = date(2026, 11, 22)
LONG_OVER = {
    "work-programme",
    "work-choice",
    "working-well-pilot",
    "working-well-expansion-phase-1",
    "working-well-specialist-employment-ips",
    "working-well-work-and-health-programme",
    "working-well-support-to-succeed",
    "working-well-ips-primary-care",
}


def offered(day: date) -> list[str]:
    options = question_message("in_programme", BOOK, day)["options"]
    return [option["payload"] for option in options]


@pytest.mark.parametrize(
    ("day", "among", "not_among"),
    [
        (TODAY, {"workwell-gm", "connect-to-work-gm", "restart-scheme-gm"}, LONG_OVER),
        # Restart keeps people for twelve months after its last referral, 30 June 2026.
        (date(2027, 6, 1), {"restart-scheme-gm"}, LONG_OVER),
        (date(2027, 7, 1), {"connect-to-work-gm"}, LONG_OVER | {"restart-scheme-gm"}),
        # The Work and Health Programme kept people for 21 months after 30 September 2024.
        (date(2026, 6, 1), {"working-well-work-and-health-programme"}, {"work-programme"}),
        (date(2024, 2, 1), {"working-well-pioneer"}, {"workwell-gm", "work-programme"}),
        (date(2018, 6, 1), {"working-well-pilot"}, {"restart-scheme-gm"}),
    ],
)
def test_only_programmes_a_patient_can_be_on_are_offered(
    day: date, among: set[str], not_among: set[str]
) -> None:
    options = offered(day)
    assert options[0] == "none"
    assert among <= set(options)
    assert not not_among & set(options)
    # What takes people now comes before what does not.
    states = [BOOK.services[i].status for i in options[1:]]
    assert states.index("open") == 0


def test_a_programme_that_is_not_offered_can_still_be_typed() -> None:
    played = Played("40M Oldham unemployed depression find work on UC")
    assert played.messages[-1]["slot"] == "in_programme"
    played.say("working well pioneer")
    assert played.state["case"]["in_programme"] == "working-well-pioneer"


def test_being_on_one_entry_of_a_programme_is_being_on_the_programme() -> None:
    told = {"work_status": "off_sick", "conditions": ["stress"], "area": "manchester", "age": 40}
    inside = case_from_json({**told, "in_programme": "workwell-gm"})
    made = recommend(inside, TODAY, BOOK)
    shown = {i for item in made["items"] for i in (item["service_id"], *item["also"])}
    assert not {i for i in shown if i.startswith("workwell")}
    assert "connect-to-work-national" in shown


def slots(**told: Any) -> set[str]:
    return {worth.slot for worth in worths(case_from_json(told), TODAY, BOOK)}


def test_who_never_worked_is_not_asked_since_when() -> None:
    told = {"work_status": "unemployed", "area": "bolton", "age": 22, "conditions": ["autism"]}
    told |= {"benefits": ["uc"], "goal": "find_work", "in_programme": "none"}
    assert "out_of_work_months" in slots(**told)
    assert "out_of_work_months" not in slots(**told, never_worked=True)


def test_a_retired_patient_is_not_asked_about_work_or_benefits() -> None:
    played = Played("72F retired, lonely, Sale, knee OA")
    assert played.messages[-1]["type"] == "recommendations"
    found = [item["service_id"] for item in played.messages[-1]["items"]]
    assert {"social-prescribing-gm", "first-contact-physio", "gm-live-well-centres"} <= set(found)
    assert "Be Well" not in played.messages[-1]["text"]
    told = {"work_status": "retired", "area": "trafford", "age": 72}
    assert not {"goal", "benefit_issues"} & slots(barriers=["social_isolation"], **told)


def test_nobody_under_eighteen_is_asked_about_benefits() -> None:
    told = {"work_status": "unemployed", "goal": "find_work", "area": "bolton"}
    told |= {"conditions": ["adhd"]}
    assert "benefits" in slots(age=19, **told)
    for age in (15, 17):
        assert not {"benefits", "benefit_issues", "uc_months"} & slots(age=age, **told)


def test_a_fifteen_year_old_is_no_claimant_and_care_work_is_not_sure_for_him() -> None:
    played = Played("15 yr old boy wants a saturday job, Bolton, ADHD", "student", "no", "show")
    made = played.messages[-1]
    items = {item["service_id"]: item for item in made["items"]}
    assert not {"jcp-disability-employment-adviser", "pathways-to-work-advisers"} & set(items)
    step = items["step-into-care"]
    assert step["verdict"] == "possible"
    (unknown,) = [r for r in step["reasons"] if r["criterion"] == "age"]
    assert unknown["state"] == "unknown" and "16 or over" in unknown["text"]
    assert made["items"][0]["verdict"] == "eligible"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("sex", "male", {"conditions": ["back_pain"], "area": "manchester", "age": 30}),
        ("age", 60, {"conditions": ["back_pain"], "area": "manchester", "sex": "female"}),
        ("age", 15, {"conditions": ["back_pain"], "work_status": "unemployed"}),
        ("work_status", "in_work", {"conditions": ["anxiety"], "area": "bury", "age": 30}),
        ("in_programme", "workwell-gm", {"conditions": ["anxiety"], "work_status": "off_sick"}),
    ],
)
def test_what_one_answer_settles_of_another_key_is_judged_again(
    key: str, value: object, told: dict[str, Any]
) -> None:
    before, after = case_from_json(told), case_from_json({**told, key: value})
    needs = needs_of(after, BOOK.words)
    for service in BOOK.services.values():
        first = judge(service, before, needs_of(before, BOOK.words), TODAY, BOOK)
        again = judge_again(first, key, after, needs, BOOK)
        assert again == judge(service, after, needs, TODAY, BOOK), service.id


def test_pregnancy_alone_closes_what_pregnancy_closes() -> None:
    told = {"work_status": "off_sick", "conditions": ["back_pain"], "area": "manchester"}
    made = recommend(case_from_json({**told, "pregnant_or_postnatal": True}), TODAY, BOOK)
    verdicts = {r["service_id"]: r["verdict"] for r in made["rejected"]}
    assert verdicts["msk-self-referral-manchester"] == "not_eligible"
    for known in ({"sex": "male"}, {"age": 60, "sex": "female"}):
        items = recommend(case_from_json({**told, **known}), TODAY, BOOK)["items"]
        card = next(i for i in items if i["service_id"] == "msk-self-referral-manchester")
        assert "pregnan" not in str([r for r in card["reasons"] if r["state"] == "unknown"])
