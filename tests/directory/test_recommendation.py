"""What holds of every recommendation, whatever the patient and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services_directory.assessment import assess
from services_directory.case import Case, case_from_json, merged
from services_directory.eligibility import judge
from services_directory.list_words import NO_WAY_IN
from services_directory.loading import directory
from services_directory.needs import needs_of
from services_directory.next_question import (
    LAST_WORTH,
    MAX_QUESTIONS,
    MIN_WORTH,
    next_question,
    worths,
)
from services_directory.recommendation import recommend
from services_directory.status import status_on
from tests.any_case import cases

BOOK = directory()
DAYS = st.sampled_from(
    [date(2023, 12, 15), date(2024, 2, 1), date(2025, 6, 1), date(2026, 11, 22)]
) | st.dates(date(2010, 1, 1), date(2030, 1, 1))
OFF_SICK = {
    "work_status": "off_sick",
    "conditions": ["back_pain"],
    "area": "tameside",
    "age": 48,
    "goal": "return_to_work",
}


@given(cases(), DAYS)
def test_no_item_is_closed_on_any_day(case: Case, day: date) -> None:
    for item in recommend(case, day, BOOK, rejected=False)["items"]:
        for service_id in (item["service_id"], *item["also"]):
            assert status_on(BOOK.services[service_id], day).referable


@given(cases(), DAYS)
def test_every_entry_is_shown_folded_or_rejected_once(case: Case, day: date) -> None:
    made = recommend(case, day, BOOK)
    shown = [i for item in made["items"] for i in (item["service_id"], *item["also"])]
    rejected = [r["service_id"] for r in made["rejected"]]
    told = [*shown, *rejected]
    assert len(told) == len(set(told))
    # Entries that lie neither near the patient nor in the first region may stay unsaid.
    unsaid = set(BOOK.services) - set(told)
    assert all(BOOK.services[i].areas == ("england-other",) for i in unsaid)


@given(cases(), DAYS)
def test_open_services_stand_before_unverified_ones_of_the_same_need(case: Case, day: date) -> None:
    unverified: set[str] = set()
    for item in recommend(case, day, BOOK, rejected=False)["items"]:
        if item["status"] == "unverified":
            assert item["stale"]
            unverified |= set(item["serves"])
        else:
            assert not unverified & set(item["serves"])


@given(cases(), DAYS)
def test_not_now_means_no_employment_programme(case: Case, day: date) -> None:
    made = recommend(merged(case, {"goal": "not_now"}), day, BOOK, rejected=False)
    work = {"employment", "job_retention"}
    for item in made["items"]:
        assert set(item["needs"]) - work


@given(cases(), DAYS, st.sampled_from(["age", "sex", "goal", "benefits", "conditions"]))
def test_knowing_less_never_makes_a_service_unfit(case: Case, day: date, key: str) -> None:
    """Unknown is never no: forgetting a fact turns no *possible* into *not eligible*."""
    empty: object = () if isinstance(getattr(case, key), tuple) else None
    changes: dict[str, object] = {key: empty}
    less = replace(case, **changes, answered={}, ruled_out={}, uncertain={})  # type: ignore[arg-type]
    needs = needs_of(case, BOOK.words)
    for service in BOOK.services.values():
        before = judge(service, case, needs, day, BOOK)
        after = judge(service, less, needs, day, BOOK)
        if before.verdict == "eligible":
            assert after.verdict in ("eligible", "possible")


@given(cases(), DAYS)
def test_the_same_question_gives_the_same_answer(case: Case, day: date) -> None:
    again = case_from_json(case.to_json())
    assert recommend(case, day, BOOK) == recommend(again, day, BOOK)


@given(cases(), DAYS)
def test_a_question_is_new_and_could_change_something(case: Case, day: date) -> None:
    asked = next_question(case, day, BOOK)
    if asked is not None:
        assert not case.settled(asked["slot"])
        assert asked["options"] or asked["slot"] in (
            "age",
            "out_of_work_months",
            "uc_months",
            "absence_weeks",
        )


def test_at_most_three_questions() -> None:
    three = ["work_status", "goal", "age"]
    assert next_question(Case(), date(2026, 11, 22), BOOK, asked=three) is None
    assert MAX_QUESTIONS == 3


def test_the_last_question_must_be_worth_twice_as_much() -> None:
    told = {"work_status": "unemployed", "goal": "find_work", "conditions": ["depression"]}
    told |= {"area": "oldham", "age": 30, "in_programme": "none", "out_of_work_months": 5}
    case, day = case_from_json({**told, "answered": {"benefits": "dont_know"}}), date(2026, 11, 22)
    (left,) = worths(case, day, BOOK)
    assert MIN_WORTH <= left.expected < LAST_WORTH
    second = next_question(case, day, BOOK, asked=["goal"])
    assert second is not None and second["slot"] == left.slot
    assert next_question(case, day, BOOK, asked=["goal", "age"]) is None


def test_no_way_in_is_said_first_with_the_next_best_beside() -> None:
    case = case_from_json({**OFF_SICK, "conditions": ["depression"]})
    made = recommend(case, date(2026, 11, 22), BOOK)
    hidden = [i for i in made["items"] if i["way_in"] == "not_known"]
    assert hidden
    ways = {i["service_id"]: i["way_in"] for i in made["items"]}
    for item in hidden:
        if "beside" in item:
            assert ways[item["beside"]] == "known"
    first_three = [i for i in made["items"][:3] if i["way_in"] == "not_known"]
    assert made["text"].count(NO_WAY_IN) == len(first_three)


@pytest.mark.parametrize(
    ("day", "first"),
    [("2024-02-01", "working-well-ips-primary-care"), ("2026-11-22", "workwell-gm")],
)
def test_job_retention_service_comes_first_for_who_is_off_sick(day: str, first: str) -> None:
    made = recommend(case_from_json(OFF_SICK), date.fromisoformat(day), BOOK)
    assert made["items"][0]["service_id"] == first
    assert made["items"][0]["for_need"] == "job_retention"


def test_what_is_equal_changes_places_from_day_to_day() -> None:
    """No provider is always first: the tie-break is a hash of the day."""
    case = case_from_json({"barriers": ["debt_finance"], "area": "oldham"})
    orders = {
        tuple(r.card.id for r in assess(case, date(2026, 11, 1) + timedelta(days=n), BOOK).ranked)
        for n in range(20)
    }
    assert len(orders) > 1


def test_planned_service_is_switched_on_by_its_day() -> None:
    case = case_from_json(
        {
            "work_status": "unemployed",
            "age": 55,
            "area": "oldham",
            "goal": "find_work",
            "barriers": ["confidence"],
        }
    )
    for day, shown in ((date(2023, 12, 31), False), (date(2024, 1, 1), True)):
        assert ("working-well-support-to-succeed" in assess(case, day, BOOK).shown_ids) is shown


def test_gap_is_named_where_nothing_is_open() -> None:
    case = case_from_json({"conditions": ["cancer"], "area": "bury", "work_status": "off_sick"})
    made = recommend(case, date(2026, 11, 22), BOOK)
    assert {"condition": "cancer", "area": "bury"} in made["gaps"]


def test_no_dead_number_is_held() -> None:
    dead = ("08000326235", "08000778844", "08000224233")
    for service in BOOK.services.values():
        digits = "".join(c for c in repr(service) if c.isdigit())
        assert not any(number in digits for number in dead), service.id
