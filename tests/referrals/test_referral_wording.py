"""The case in plain words."""

from __future__ import annotations

import pytest
from referral_cases import case

from referrals.wording import counted, in_words, joined, months, person, with_article, work


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(items, said):
    assert joined(items) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "less than 1 week"),
        (0.5, "less than 1 week"),
        (1, "1 week"),
        (1.2, "about 1 week"),
        (6, "6 weeks"),
        (52, "52 weeks"),
        (2.6, "about 3 weeks"),
    ],
)
def test_weeks(value, said):
    assert counted(value, "week") == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "less than 1 month"),
        (1, "1 month"),
        (11, "11 months"),
        (12, "1 year"),
        (25, "2 years and 1 month"),
        (24, "2 years"),
        (18.4, "about 18 months"),
    ],
)
def test_months(value, said):
    assert months(value) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"age": 48, "sex": "female"}, "48-year-old woman"),
        ({"age": 17, "sex": "female"}, "17-year-old"),
        ({"age": 40, "sex": "other"}, "40-year-old"),
        ({"sex": "male"}, "man"),
        ({}, "patient"),
    ],
)
def test_person(facts, said):
    assert person(case(**facts)) == said


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("warehouse packer", "a warehouse packer"),
        ("office administrator", "an office administrator"),
        ("HGV driver", "an HGV driver"),
        ("BT engineer", "a BT engineer"),
        ("university lecturer", "a university lecturer"),
        ("cleaning", None),
        ("in a factory", None),
        ("care home, nights", None),
    ],
)
def test_article(job, said):
    assert with_article(job) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"work_status": "off_sick", "absence_weeks": 6, "occupation": "warehouse packer"},
            "works as a warehouse packer; off sick for 6 weeks",
        ),
        ({"work_status": "off_sick"}, "off sick from a job"),
        (
            {"work_status": "unemployed", "out_of_work_months": 24, "occupation": "chef"},
            "has worked as a chef; unemployed for 2 years",
        ),
        ({"work_status": "unemployed", "occupation": "cleaning"}, "past job: cleaning; unemployed"),
        ({"absence_weeks": 1}, "off work for 1 week"),
        ({"never_worked": True, "work_status": "student"}, "student; has not had a paid job yet"),
        ({}, ""),
    ],
)
def test_work_says_the_job_before_the_absence(facts, said):
    assert work(case(**facts)) == said


def test_one_key_in_words():
    about = case(
        area="oldham", conditions=["back_pain", "anxiety"], uc_months=1, has_job_offer=True
    )
    assert in_words(about, "area") == "Oldham"
    assert in_words(about, "conditions") == "back pain and anxiety"
    assert in_words(about, "uc_months") == "1 month on Universal Credit"
    assert in_words(about, "has_job_offer") == "has a job to start"
    assert in_words(about, "barriers") == ""
