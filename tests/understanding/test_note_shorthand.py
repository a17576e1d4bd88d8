"""The shorthand of a clinician's note: age, sex and town in a row, headings, lengths, benefits."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.identifiers import redact
from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(classifier=False)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("29M Bury lost job", "bury"),
        ("29m bury lost job", "bury"),
        ("55M Preston off sick 4 months stroke HGV driver", "england-other"),
        ("38M Leigh plasterer", "wigan"),
        ("40F Sale nurse", "trafford"),
        ("40f sale nurse", "trafford"),
        ("Sale 40F nurse", "trafford"),
        ("33M Hyde off sick", "tameside"),
        ("M/33 Hyde off sick", "tameside"),
        ("33M plasterer off sick Hyde, back pain", "tameside"),
        ("39F Ashton carer for mum, migraines", "tameside"),
        ("55F carer Hyde for husband with stroke; she has arthritis", "tameside"),
        ("29M Ashton-in-Makerfield lost job", "wigan"),
        ("29M Ashton in Makerfield lost job", "wigan"),
        ("45 yr old man Bury unemployed", "bury"),
        ("34 yo f Denton HCA", "tameside"),
        ("Denton HCA 34F", "tameside"),
        ("33 y o male Leigh unemployed", "wigan"),
        ("33F / Bury / nurse / off sick 3/12", "bury"),
        ("50M Reading, off sick", "england-other"),
        ("depression, off sick, Bury 33m", "bury"),
    ],
)
def test_the_town_beside_age_and_sex(reader: Reader, text: str, area: str) -> None:
    assert reader.read(text).case.get("area") == area


@pytest.mark.parametrize(
    "text",
    [
        "40F Sale assistant off sick",
        "35F sale assistant",
        "Sale assistant 40F",
        "Reading teacher 34F",
        "40F Reading difficulties, unemployed",
        "40F reading problems",
        "40F Bath lift needed",
        "33M hope to return to work",
        "29M Bury his mum last week",
        "44M lost Hope",
        "40F son Preston, ADHD",
        "45M works at Sale Water Park",
        "48F Sale Sharks fan",
    ],
)
def test_words_that_are_towns_too(reader: Reader, text: str) -> None:
    assert "area" not in reader.read(text).case


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("33m depression off work", 33, "male"),
        ("33f depression off work", 33, "female"),
        ("48f", 48, "female"),
        ("M/33 off sick", 33, "male"),
        ("34yof off sick", 34, "female"),
        ("34 yo f, off sick", 34, "female"),
        ("pt: 34 yo f, G2P2, T2DM", 34, "female"),
        ("34 y/o f nurse", 34, "female"),
        ("34 yr old m builder", 34, "male"),
        ("33 yr m", 33, "male"),
        ("pt: 33m depression", 33, "male"),
        ("Bury 33m depression", 33, "male"),
        ("Salford, 33m, off sick", 33, "male"),
        ("Bury. 33m, depression off work", 33, "male"),
        ("shez 47 hairdreser dermatitus", 47, "female"),
    ],
)
def test_age_and_sex(reader: Reader, text: str, age: int, sex: str) -> None:
    case = reader.read(text).case
    assert (case.get("age"), case.get("sex")) == (age, sex)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("depression, off work 33m", "absence_weeks", 143),
        ("off sick 18m", "absence_weeks", 78),
        ("off sick, 18m", "absence_weeks", 78),
        ("unemployed 18m", "out_of_work_months", 18),
        ("UC 18m", "uc_months", 18),
        ("on uc, 18m, wants work", "uc_months", 18),
        ("unemployed, Physio 18m", None, None),
    ],
)
def test_so_many_months_are_no_age(
    reader: Reader, text: str, key: str | None, value: int | None
) -> None:
    case = reader.read(text).case
    assert key is None or case[key] == value
    assert "age" not in case


@pytest.mark.parametrize("text", ["34 y/o f nurse", "34 yo f nurse", "34 year old f nurse"])
def test_old_is_the_age_not_the_job(reader: Reader, text: str) -> None:
    assert reader.read(text).case["occupation"] == "nurse"


@pytest.mark.parametrize(
    ("text", "case"),
    [
        (
            "pt: 34 yo f, G2P2, BMI 42, T2DM, dep/anx, fibromyalgia; occ: HCA; sick cert since "
            "3/52; lives Denton",
            {
                "age": 34,
                "sex": "female",
                "area": "tameside",
                "occupation": "HCA",
                "work_status": "off_sick",
                "absence_weeks": 3,
                "conditions": ["obesity", "diabetes", "depression", "anxiety", "chronic_pain"],
            },
        ),
        (
            "44F teaching assistant, lives Radcliffe.\nPC: low back pain, off 6/52.\nPMH: asthma "
            "childhood, fractured clavicle 2001, T2DM.\nFH: mum breast ca.\nSH: lives w husband "
            "(has MS).\nO/E: SLR 40, no nerve root signs. MRI no nerve compression",
            {
                "age": 44,
                "sex": "female",
                "area": "bury",
                "occupation": "teaching assistant",
                "work_status": "off_sick",
                "absence_weeks": 6,
                "conditions": ["back_pain", "diabetes"],
            },
        ),
        (
            "occ: HGV driver\nPMH: MI 2022, HTN\no/e BP 150/90, wt 110\nsick cert 6/52\nlives Hyde",
            {
                "area": "tameside",
                "occupation": "HGV driver",
                "work_status": "off_sick",
                "absence_weeks": 6,
                "conditions": ["cardiovascular"],
            },
        ),
        (
            "Pt 45M, Leigh. PMHx: # tib/fib 2004; asthma. Occ: plasterer s/e, not worked 5/52",
            {
                "age": 45,
                "sex": "male",
                "area": "wigan",
                "occupation": "plasterer",
                "employment_type": ["self_employed"],
                "work_status": "off_sick",
                "absence_weeks": 5,
                "conditions": ["respiratory"],
            },
        ),
        (
            "Employment: nil x 14/12, JSA",
            {"benefits": ["jsa"], "out_of_work_months": 14},
        ),
    ],
)
def test_a_note_with_headings(reader: Reader, text: str, case: dict[str, Any]) -> None:
    read = reader.read(text).case
    assert {key: read.get(key) for key in case} == case
    assert "barriers" not in read


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("dep/anx", ["depression", "anxiety"]),
        ("anx & dep, off 2/52", ["anxiety", "depression"]),
        ("hx dep", ["depression"]),
        ("paid the dep on a flat, stressed", ["stress"]),
        ("works in dep store", None),
    ],
)
def test_dep(reader: Reader, text: str, conditions: list[str] | None) -> None:
    assert reader.read(text).case.get("conditions") == conditions


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("20F on UC 18 months looking for work Manchester", "uc_months", 18),
        ("been on UC 2 yrs", "uc_months", 24),
        ("claiming UC 8 months, job hunting", "uc_months", 8),
        ("UC 14 months unemployed", "out_of_work_months", 14),
        ("on UC, 14 months out of work", "out_of_work_months", 14),
        ("JSA 14 months, 41M Manchester", "out_of_work_months", 14),
        ("on JSA for 2 years", "out_of_work_months", 24),
        ("14 months on JSA", "out_of_work_months", 14),
        ("off 3-4/52", "absence_weeks", 4),
        ("off 2-3/12 with back pain", "absence_weeks", 11),
    ],
)
def test_how_long(reader: Reader, text: str, key: str, value: int) -> None:
    case = reader.read(text).case
    assert case[key] == value
    assert len({"absence_weeks", "out_of_work_months", "uc_months"} & set(case)) == 1


def test_a_claim_that_is_over_is_no_time_out_of_work(reader: Reader) -> None:
    case = reader.read("was on JSA 14 months, now works at Asda").case
    assert case["work_status"] == "in_work"
    assert "out_of_work_months" not in case


@pytest.mark.parametrize(
    ("text", "asked", "value"),
    [
        ("3-4/52", "absence_weeks", 4),
        ("3.5/52", "absence_weeks", 4),
        ("3 1/2 weeks", "absence_weeks", 4),
        ("18m", "uc_months", 18),
        ("about 18m", "out_of_work_months", 18),
        ("2 and a bit years", "out_of_work_months", 24),
        ("9 weeks, since easter ish", "absence_weeks", 9),
    ],
)
def test_a_length_that_was_asked_for(reader: Reader, text: str, asked: str, value: int) -> None:
    assert reader.read(text, asked).case == {asked: value}


@pytest.mark.parametrize("asked", ["barriers", "conditions", "area", "goal"])
@pytest.mark.parametrize("text", ["6/12", "about 6 months", "off 6/12 now"])
def test_a_bare_length_out_of_turn(reader: Reader, asked: str, text: str) -> None:
    assert reader.read(text, asked).case["absence_weeks"] == 26


@pytest.mark.parametrize(
    ("text", "asked"),
    [("6/12", "work_status"), ("6/12", "benefits"), ("6/12", None), ("6 months sober", "barriers")],
)
def test_a_length_that_may_be_of_something_else(
    reader: Reader, text: str, asked: str | None
) -> None:
    assert "absence_weeks" not in reader.read(text, asked).case


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("not working", "not working"),
        ("isn't working", "n't working"),
        ("45M roofer, sciatica, off", "off"),
    ],
)
def test_the_words_of_a_status(reader: Reader, text: str, shown: str) -> None:
    mentions = reader.read(text).mentions
    assert shown in [m.text for m in mentions if m.slot == "work_status"]


def test_off_alone_is_off_sick(reader: Reader) -> None:
    assert reader.read("52F nurse, stress, off").case["work_status"] == "off_sick"
    assert "work_status" not in reader.read("pain on and off").case
    assert "work_status" not in reader.read("the milk is off").case


@pytest.mark.parametrize("asked", [None, "barriers", "goal"])
def test_wants_back(reader: Reader, asked: str | None) -> None:
    assert reader.read("wants back", asked).case == {"goal": "return_to_work"}


def test_carer_with_a_town_between(reader: Reader) -> None:
    for text in ("55F carer Hyde for husband with stroke", "60F carer in Leigh for her mum"):
        case = reader.read(text).case
        assert case["barriers"] == ["caring_responsibilities"]
        assert "occupation" not in case


def test_weeks_are_no_date_of_birth() -> None:
    assert redact("off 3-4/52").found == ()
    assert redact("3-4-52").found
    assert redact("dob 3-4/52").found
