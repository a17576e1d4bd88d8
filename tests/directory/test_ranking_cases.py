"""The order of the cards for patients whom the rules of docs/ranking.md speak of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services_directory.case import case_from_json
from services_directory.eligibility import judge, judge_again
from services_directory.loading import directory
from services_directory.needs import needs_of
from services_directory.next_question import worths
from services_directory.recommendation import recommend

BOOK = directory()
DAY = date(2026, 11, 22)
CRISIS_LINES = {"emergency-999", "nhs-111-option-2", "samaritans", "shout"}


def cards(day: date = DAY, **case: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = recommend(case_from_json(case), day, BOOK, rejected=False)["items"]
    return made


@pytest.mark.parametrize("day", [DAY, date(2024, 2, 1)])
@pytest.mark.parametrize(
    "case",
    [
        {"work_status": "unemployed", "area": "oldham", "age": 34},
        {"work_status": "unemployed", "area": "oldham"},
        {"work_status": "unemployed"},
        {"work_status": "off_sick", "area": "salford", "age": 34, "goal": "return_to_work"},
        {"work_status": "economically_inactive", "area": "manchester", "benefits": ["uc_lcwra"]},
    ],
)
def test_the_patients_own_mental_health_team_comes_first(case: dict[str, Any], day: date) -> None:
    told = {"goal": "find_work", "conditions": ["psychosis"], "under_secondary_mental_health": True}
    assert cards(day, **{**told, **case})[0]["service_id"] == "ips-secondary-gm"


def test_a_team_that_does_not_have_the_patient_is_not_at_hand() -> None:
    told = {"work_status": "unemployed", "conditions": ["psychosis"], "area": "oldham", "age": 34}
    assert "ips-secondary-gm" not in [card["service_id"] for card in cards(**told)]
    before = case_from_json(told)
    after = case_from_json({**told, "under_secondary_mental_health": True})
    ips, needs = BOOK.services["ips-secondary-gm"], needs_of(after, BOOK.words)
    without = judge(ips, before, needs, DAY, BOOK)
    assert not without.foremost
    again = judge_again(without, "under_secondary_mental_health", after, None, BOOK)
    assert again == judge(ips, after, needs, DAY, BOOK)
    assert again.foremost


def test_money_for_a_job_that_is_to_start_cannot_wait() -> None:
    told = {"work_status": "unemployed", "goal": "find_work", "area": "tameside", "age": 26}
    told |= {"conditions": ["sensory_impairment"]}
    shown = [card["service_id"] for card in cards(**told, has_job_offer=True)]
    assert "access-to-work" in shown[:3]
    assert "access-to-work" not in [card["service_id"] for card in cards(**told)]


@pytest.mark.parametrize("barriers", [["job_quality"], ["skills_qualifications"], []])
@pytest.mark.parametrize("area", ["rochdale", "salford", "trafford"])
def test_another_job_for_who_has_one_begins_with_training(barriers: list[str], area: str) -> None:
    told = {"work_status": "in_work", "goal": "change_job", "barriers": barriers, "age": 34}
    day = date(2024, 2, 1)
    first = [card["service_id"] for card in cards(day, **told, area=area)][:3]
    assert "step-into-care" in first
    struggling = cards(day, **{**told, "work_status": "in_work_struggling"}, area=area)
    assert struggling[0]["for_need"] == "job_retention"
    at_risk = cards(day, **told, area=area, job_at_risk=True)
    assert at_risk[0]["for_need"] == "job_retention"


@pytest.mark.parametrize(
    ("sex", "shown", "also"),
    [
        ({"sex": "male"}, "mens-advice-line", ["national-domestic-abuse-helpline"]),
        ({"sex": "female"}, "national-domestic-abuse-helpline", []),
        ({}, "national-domestic-abuse-helpline", ["mens-advice-line"]),
    ],
)
def test_one_helpline_is_the_card_for_abuse(
    sex: dict[str, str], shown: str, also: list[str]
) -> None:
    first = cards(work_status="in_work", barriers=["domestic_abuse"], area="oldham", age=40, **sex)[
        0
    ]
    assert (first["service_id"], first["also"]) == (shown, also)


def test_crisis_lines_for_everybody_stand_after_what_is_made_for_this_patient() -> None:
    told = cards(work_status="unemployed", sex="female", barriers=["domestic_abuse"], area="oldham")
    found = [card["service_id"] for card in told if card["status"] == "open"]
    assert set(found) >= CRISIS_LINES
    assert set(found[-len(CRISIS_LINES) :]) == CRISIS_LINES


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        ({"work_status": "in_work_struggling", "goal": "stay_in_work"}, False),
        ({"work_status": "in_work_struggling", "goal": "not_now", "benefits": ["ssp"]}, False),
        ({"work_status": "in_work_struggling", "goal": "not_now", "benefits": ["uc"]}, True),
        ({"work_status": "unemployed", "goal": "not_now"}, True),
        ({"work_status": "unemployed", "goal": "not_now", "benefits": ["none"]}, False),
    ],
)
def test_a_problem_with_a_benefit_is_asked_only_of_who_may_have_one(
    case: dict[str, Any], asked: bool
) -> None:
    told = case_from_json({"area": "manchester", "age": 40, **case})
    assert ("benefit_issues" in [worth.slot for worth in worths(told, DAY, BOOK)]) == asked
