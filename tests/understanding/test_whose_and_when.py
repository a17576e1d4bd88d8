"""Whose a fact is, whether it is over, denied or taken back: what must be in the case, what must not."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.lexicon import lexicon
from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(classifier=False)


def values(case: dict[str, Any], key: str) -> set[Any]:
    """Return what ``case`` holds under ``key``, a single value as a set of one."""
    held = case.get(key, [])
    return set(held) if isinstance(held, list) else {held}


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        # who the patient is, said outright
        (
            "He has COPD, she has asthma, the patient is her. Off work 3 weeks",
            {"sex": ["female"], "absence_weeks": [3]},
            {},
        ),
        (
            "pt is the dad: 51, depressed. The daughter is on PIP for her epilepsy",
            {"sex": ["male"], "age": [51], "conditions": ["depression"]},
            {"conditions": ["neurological"], "benefits": ["pip"]},
        ),
        (
            "two sisters: the elder has bipolar; the younger's mine - 24, ADHD, unemployed",
            {"sex": ["female"], "age": [24], "conditions": ["adhd"]},
            {"conditions": ["bipolar"]},
        ),
        (
            "Rang on behalf of her husband: he is a roofer, bad back, off 6 weeks",
            {"sex": ["male"], "conditions": ["back_pain"], "absence_weeks": [6]},
            {},
        ),
        (
            "She is here about her knees; he only drove her in, he's the one with epilepsy",
            {"sex": ["female"]},
            {"conditions": ["neurological"]},
        ),
        # a bracket describes whom it follows
        (
            "nan (82, dementia, on attendance allowance) lives with him. Anxious",
            {},
            {"conditions": ["neurological"]},
        ),
        # people who are neither kin nor patient
        (
            "his support worker has MS herself. He is 45, osteoarthritis",
            {"conditions": ["osteoarthritis"], "age": [45]},
            {"conditions": ["neurological"]},
        ),
        (
            "seen w support worker (she's 30, in recovery from heroin, Rochdale). Pt 55 M, Moston",
            {"age": [55], "sex": ["male"], "area": ["manchester-north"]},
            {"conditions": ["drug_dependence"], "age": [30]},
        ),
        (
            "my last patient was on UC with depression; this one is 33, asthma",
            {"conditions": ["respiratory"], "age": [33]},
            {"benefits": ["uc"], "conditions": ["depression"]},
        ),
        ("Dr Osei is off long term sick. This pt: 29, asthma", {}, {"work_status": ["off_sick"]}),
        ("her CPN is worried about her bipolar", {"conditions": ["bipolar"]}, {}),
        # the patient among kin
        (
            "the mother I'm seeing today is stressed; the baby has asthma",
            {"conditions": ["stress"]},
            {"conditions": ["respiratory"]},
        ),
        (
            "three kids, eldest autistic. She has migraine",
            {"conditions": ["neurological"]},
            {"conditions": ["autism"]},
        ),
        (
            "The brother she lives with is schizophrenic, on PIP",
            {},
            {"conditions": ["psychosis"], "benefits": ["pip"]},
        ),
        ("came with auntie, who's on LCWRA. 18, asthma", {}, {"benefits": ["uc_lcwra"]}),
        (
            "Wife's lost her job and she's on tablets for depression; he's fine bar a tennis elbow",
            {"sex": ["male"], "conditions": ["upper_limb"]},
            {"conditions": ["depression"], "work_status": ["unemployed"]},
        ),
        (
            "husb lost his job in March, 42F, low mood",
            {"conditions": ["depression"], "sex": ["female"]},
            {"work_status": ["unemployed"]},
        ),
        (
            "Grandson 8 has ADHD, came to her when his mum went to prison. Nan, 56, angina",
            {"age": [56], "conditions": ["cardiovascular"], "sex": ["female"]},
            {"conditions": ["adhd"], "barriers": ["offending_history"]},
        ),
        ("Pt tells me her 4 year old gets left on his own", {"sex": ["female"]}, {}),
        ("Children seen, happy, mum wants help getting into work", {"sex": ["female"]}, {}),
        ("Son, 8, T1DM, wakes at night, she's low", {}, {"conditions": ["diabetes"], "age": [8]}),
        ("ex lives Sale; she and kids Stretford", {"area": ["trafford"]}, {}),
        # where somebody else lives
        (
            "Dad has Parkinson's, lives Stockport. Son (patient) 47, Denton, unemployed 4 months",
            {"area": ["tameside"], "age": [47], "sex": ["male"]},
            {"conditions": ["neurological"]},
        ),
        ("Dad, Rochdale, COPD. Pt lives Salford", {"area": ["salford"]}, {}),
        # what a pronoun that cannot be the patient does
        (
            "38F, anxiety. He drinks and he has been sacked again, she says",
            {"sex": ["female"], "conditions": ["anxiety"]},
            {"conditions": ["alcohol_dependence"], "work_status": ["unemployed"]},
        ),
        (
            "Uncle was told never to work again; pt 30, asthma",
            {},
            {"barriers": ["low_expectations"]},
        ),
        # over, in a clause of its own
        (
            "depression after uni, long over. Now sciatica",
            {"conditions": ["back_pain"]},
            {"conditions": ["depression"]},
        ),
        (
            "used to drink a bottle of whisky a night, works as a porter",
            {},
            {"conditions": ["alcohol_dependence"]},
        ),
        ("spoke no English when she came over, fluent now", {}, {"barriers": ["english_language"]}),
        (
            "was off two months last year with anxiety, back now, all well",
            {},
            {"conditions": ["anxiety"]},
        ),
        ("used to work in a mill until the asthma got bad", {"conditions": ["respiratory"]}, {}),
        # taken back
        ("I put UC. Should be PIP", {"benefits": ["pip"]}, {"benefits": ["uc"]}),
        ("it's LCWRA rather than LCW", {"benefits": ["uc_lcwra"]}, {"benefits": ["uc_lcw"]}),
        (
            "gambling was in error, it's debt",
            {"barriers": ["debt_finance"]},
            {"conditions": ["gambling"]},
        ),
        # leave is no illness
        (
            "warehouse, never had a day off",
            {"work_status": ["in_work"]},
            {"work_status": ["off_sick"]},
        ),
        ("has worked on and off for years", {}, {"work_status": ["off_sick"]}),
    ],
)
def test_whose_and_when(
    reader: Reader, text: str, wanted: dict[str, list[Any]], unwanted: dict[str, list[Any]]
) -> None:
    case = reader.read(text).case
    for key, expected in wanted.items():
        assert set(expected) <= values(case, key), case
    for key, refused in unwanted.items():
        assert not set(refused) & values(case, key), case


@pytest.mark.parametrize(
    ("text", "barriers"),
    [
        (
            "housing fine, no debts, childcare not a problem",
            {"housing", "debt_finance", "childcare"},
        ),
        ("no money worries, runs a car", {"debt_finance", "transport"}),
        ("boss isn't the problem, it's the knee", {"employer_adjustments"}),
        ("not lonely, plenty of friends", {"social_isolation"}),
        ("her own record is spotless", {"offending_history"}),
        # Praise alone rules nothing out.
        ("off 6 weeks, employer great", set()),
        ("52, has a car, lives in Bury", set()),
    ],
)
def test_what_a_list_rules_out(reader: Reader, text: str, barriers: set[str]) -> None:
    case = reader.read(text).case
    assert set(case.get("ruled_out", {}).get("barriers", [])) == barriers
    assert not barriers & values(case, "barriers")


@pytest.mark.parametrize(
    ("text", "ruled_out"),
    [
        ("both parents have diabetes, he does not. COPD", ["diabetes"]),
        (
            "twin brother's got schizophrenia & LCWRA; this one hasn't, he has anxiety",
            ["psychosis"],
        ),
        ("his wife has diabetes, she does not drive", []),
    ],
)
def test_what_a_relative_has_and_the_patient_has_not(
    reader: Reader, text: str, ruled_out: list[str]
) -> None:
    assert reader.read(text).case.get("ruled_out", {}).get("conditions", []) == ruled_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("storke", "stroke"),
        ("contrct", "contract"),
        ("bakc", "back"),
        ("limted", "limited"),
        ("depresion", "depression"),
        ("lead", "lead"),
    ],
)
def test_a_slip_leaves_the_consonants(typed: str, meant: str) -> None:
    assert lexicon().speller.correct(typed) == meant


def test_a_list_is_changed_to_several(reader: Reader) -> None:
    assert reader.read("change benefits to pip, uc").case == {"benefits": ["pip", "uc"]}
    assert reader.read("change age to 43, not 34").case == {"age": 43}


def test_nothing_is_guessed_beside_words_of_risk() -> None:
    text = "says he's bought the rope and written the letters"
    assert all(m.sure for m in Reader().read(text).mentions)
