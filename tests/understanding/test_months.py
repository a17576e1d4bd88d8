"""Since when: months, feasts, seasons, years and days as lengths of time."""

from __future__ import annotations

from datetime import date

import pytest

from understanding.months import days_since
from understanding.reader import Reader

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("since march", date(2026, 3, 15)),
        ("since 3rd october", date(2026, 10, 3)),
        ("since december", date(2025, 12, 15)),
        ("june 2024", date(2024, 6, 15)),
        ("off since early may", date(2026, 5, 15)),
        ("in august last year", date(2025, 8, 15)),
        ("since xmas", date(2025, 12, 25)),
        ("xmas", date(2025, 12, 25)),
        ("since christmas last year", date(2025, 12, 25)),
        ("since new year", date(2026, 1, 1)),
        ("since easter", date(2026, 4, 5)),
        ("around easter time", date(2026, 4, 5)),
        ("since easter 2024", date(2024, 3, 31)),
        ("last summer", date(2026, 7, 15)),
        ("since summer 2024", date(2024, 7, 15)),
        ("since 2019", date(2019, 7, 1)),
        ("since about 2015", date(2015, 7, 1)),
        ("since covid", date(2020, 3, 23)),
        ("since the first lockdown", date(2020, 3, 23)),
        ("since her op in sept", date(2026, 9, 15)),
        ("since 3rd september", date(2026, 9, 3)),
        ("since 1/9", date(2026, 9, 1)),
        ("since 01/09/2025", date(2025, 9, 1)),
        ("since the 12th", date(2026, 11, 12)),
        ("since the 28th", date(2026, 10, 28)),
        ("since monday", date(2026, 11, 16)),
        ("since last october", date(2025, 10, 15)),
        ("finished work in march", date(2026, 3, 15)),
    ],
)
def test_a_month_is_counted_from(typed: str, then: date) -> None:
    assert days_since(typed, TODAY) == (TODAY - then).days


@pytest.mark.parametrize(
    "typed",
    [
        "may be six",
        "march of time",
        "31 february",
        "december 2027",
        "3/12",
        "3/7",
        "since his op",
        "covid 19 jab",
        "",
    ],
)
def test_what_names_no_month_passed(typed: str) -> None:
    assert days_since(typed, TODAY) is None


@pytest.fixture
def on_a_sunday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_AS_OF", TODAY.isoformat())


@pytest.mark.usefixtures("on_a_sunday_in_november")
@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("off since xmas", "absence_weeks", 47),
        ("off since easter with his back", "absence_weeks", 33),
        ("been off since 3rd September", "absence_weeks", 11),
        ("off work since her op in Sept", "absence_weeks", 10),
        ("been off sick from Tesco since June, RA", "absence_weeks", 23),
        ("Since Xmas he has been off with stress", "absence_weeks", 47),
        ("off since he started chemo in July", "absence_weeks", 19),
        ("not been in work since the funeral in May", "absence_weeks", 27),
        ("off sick since his heart attack 2 months ago", "absence_weeks", 9),
        ("been of since her dad past away 7 wks ago", "absence_weeks", 7),
        ("sick cert since 3/52", "absence_weeks", 3),
        ("42F Salford, mother died 4/52 ago, off since", "absence_weeks", 4),
        ("CVA 4/12 ago, left sided weakness, off work since", "absence_weeks", 17),
        ("out of work since 2019", "out_of_work_months", 89),
        ("unemployed since covid", "out_of_work_months", 80),
        ("not worked since last summer", "out_of_work_months", 4),
        ("laid off since August", "out_of_work_months", 3),
        ("jobless since her divorce in 2020", "out_of_work_months", 77),
        ("on UC since March", "uc_months", 8),
        ("claiming UC since 2022", "uc_months", 53),
    ],
)
def test_time_off_since(text: str, key: str, value: int) -> None:
    assert Reader(classifier=False).read(text).case[key] == value


@pytest.mark.usefixtures("on_a_sunday_in_november")
@pytest.mark.parametrize(
    "text",
    [
        "shoulder knackered since Xmas",
        "off sick, depressed since March",
        "long covid, off since covid",
        "pain since 2019, works full time",
        "living in Bury since 2019, unemployed",
        "moved here since March, off sick",
        "back at work since Monday",
        "in work since May after 2 years off",
        "previously off, back full time since June",
        "wife off since Xmas, he is stressed",
        "44M, wife had a baby 3 weeks ago, she's been off since",
        "wife off since her op 3 weeks ago, he is stressed",
    ],
)
def test_what_else_has_lasted_is_no_time_off(text: str) -> None:
    case = Reader(classifier=False).read(text).case
    assert not {"absence_weeks", "out_of_work_months", "uc_months"} & set(case)


@pytest.mark.usefixtures("on_a_sunday_in_november")
def test_a_length_told_beats_one_counted() -> None:
    read = Reader(classifier=False).read
    assert read("off 3 weeks, knee bad since March").case["absence_weeks"] == 3
    assert read("depressed since March, off 3 weeks").case["absence_weeks"] == 3


def test_a_month_answers_how_long() -> None:
    month = "January" if date.today().month != 1 else "July"
    case = Reader(classifier=False).read(f"since {month}", "absence_weeks").case
    assert case["absence_weeks"] > 2


@pytest.mark.parametrize(
    ("text", "key", "months"),
    [
        ("24M Oldham unemployed 2 yrs UC anxiety", "out_of_work_months", 24),
        ("24M Oldham unemployed 2 yrs UC", "out_of_work_months", 24),
        ("unemployed 2 yrs, UC", "out_of_work_months", 24),
        ("out of work 3 years UC LCWRA", "out_of_work_months", 36),
        ("UC 2 yrs unemployed", "out_of_work_months", 24),
        ("unemployed, UC 2 yrs", "uc_months", 24),
        ("UC 18 months, looking for work", "uc_months", 18),
        ("2 yrs UC, depressed", "uc_months", 24),
    ],
)
def test_a_length_belongs_to_what_it_follows(text: str, key: str, months: int) -> None:
    case = Reader(classifier=False).read(text).case
    assert {"out_of_work_months", "uc_months"} & set(case) == {key}
    assert case[key] == months


def test_time_off_before_a_benefit_is_time_off() -> None:
    case = Reader(classifier=False).read("off sick 3 months UC").case
    assert case["absence_weeks"] == 13
    assert "uc_months" not in case
