"""Two patients, a relative's facts taken for the patient's, and what a later word puts right."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.handing_over import find_handover
from understanding.reader import Reader
from understanding.several_patients import second_patient
from understanding.surface import read_surface


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("34F off sick depression Bury. 45M unemployed back pain Bolton", "45M unemployed"),
        ("34F depression Bury and 45M anxiety Bolton", "and 45M"),
        ("25 year old woman with ADHD; also a 60 year old man, COPD", "also a 60"),
        ("1) 30M off sick 2) 41F depression", "2) 41F"),
        ("34f off sick depression. 45m back pain", "45m back"),
        ("34f off sick depression\n28m back pain", "28m back"),
        ("25yo woman, stress. 60 yo male, retired", "60 yo male"),
        ("2 pts: 30M unemployed Salford, and his sister 28F off sick in Bury", ", and his sister"),
        ("couple of patients. 51F nurse stress. her husband 53M, back", "her husband 53M"),
    ],
)
def test_a_second_description_begins_a_second_patient(text: str, second: str) -> None:
    at = second_patient(text)
    assert at is not None and text[at:].startswith(second)


@pytest.mark.parametrize(
    "text",
    [
        "30M unemployed Salford with anxiety, and his sister 28F off sick",
        "34F depression Bury, 12M son autistic",
        "48F carer for husband (52M, stroke)",
        "husband 50M has MS, she is 48F carer",
        "34F off work 18m with back pain",
        "45F Manchester M34 depression",
        "34F off sick. So 34F, depression, Bury",
        "60M, works 40 hours, 2 patients died on his ward",
    ],
)
def test_a_relative_a_length_and_a_postcode_are_no_second_patient(text: str) -> None:
    assert second_patient(text) is None


def test_nothing_of_the_second_patient_is_read(reader: Reader) -> None:
    read = reader.read("34F off sick depression Bolton. 45M unemployed back pain, sanctioned, Bury")
    assert read.case["age"] == 34 and read.case["sex"] == "female"
    assert read.case["conditions"] == ["depression"]
    assert read.case["work_status"] == "off_sick" and read.case["area"] == "bolton"
    assert "barriers" not in read.case and "benefit_issues" not in read.case
    assert read.another.startswith("45M unemployed")


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("34F off sick depression. Sorry, 45M unemployed back pain", ["depression"]),
        ("34F depression. actually 45M with back pain is the one", ["depression"]),
        ("34F depression, sorry 34M depression", ["depression"]),
        ("48M, back pain. No sorry 38M, back pain", ["back_pain"]),
    ],
)
def test_a_correcting_word_melts_nobody(reader: Reader, text: str, conditions: list[str]) -> None:
    assert reader.read(text).case["conditions"] == conditions


def test_risk_of_the_second_patient_is_still_raised(reader: Reader) -> None:
    read = reader.read("34F off sick depression Bolton. 45M wants to end his life")
    assert {cue.category for cue in read.safety} == {"suicide_self_harm"}


@pytest.mark.parametrize(
    "lead",
    [
        "now my next pt is a ",
        "next patient: ",
        "next pt ",
        "my next patient, ",
        "different patient now, ",
        "right, another patient - ",
        "ok next one ",
        "Thanks. New patient: ",
        "new patient is a ",
        "that's the next lady, ",
    ],
)
def test_the_next_patient_begins_with_all_that_was_said(reader: Reader, lead: str) -> None:
    read = reader.read(lead + "25F nurse off sick with stress in Wigan", asked="benefits")
    assert read.intent == "new_patient"
    assert {k: read.case.get(k) for k in ("age", "sex", "occupation", "work_status", "area")} == {
        "age": 25,
        "sex": "female",
        "occupation": "nurse",
        "work_status": "off_sick",
        "area": "wigan",
    }
    assert read.case["conditions"] == ["stress"]
    for mention in read.mentions:
        assert read.text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "text",
    [
        "new patient to the practice, off sick",
        "her sister is the next patient",
        "the next patient said the same",
        "another patient told her about it",
        "different job needed",
    ],
)
def test_not_every_next_patient_begins_anew(reader: Reader, text: str) -> None:
    assert reader.read(text).intent != "new_patient"


HANDED = [
    ("44F depressed, off sick 3/12. no sorry, that's her husband. She's in work", "her husband"),
    ("44F depressed, off sick. sorry, that's her husband, she works full time", "her husband"),
    ("44F depressed, off sick. Actually that's her mum's", "her mum"),
    ("44F depressed off sick - oops thats her sister not her", "her sister"),
    ("44F depressed, off sick. sorry I meant her husband", "her husband"),
    ("44F depressed, off sick. wrong person, that's the partner", "the partner"),
    ("44F depressed and off sick. No, that's all about her dad.", "her dad"),
    ("44F off sick, depressed. hang on, that is her ex husband", "her ex husband"),
]


@pytest.mark.parametrize(("text", "who"), HANDED)
def test_what_turns_out_to_be_a_relatives_is_theirs(reader: Reader, text: str, who: str) -> None:
    read = reader.read(text)
    assert read.handed_to == who and read.corrects
    assert read.case["age"] == 44 and read.case["sex"] == "female"
    assert "conditions" not in read.case and "absence_weeks" not in read.case
    assert read.case.get("work_status") != "off_sick"
    left = {m.value for m in read.mentions if m.assertion == "other_person"}
    assert "depression" in left


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("34F off sick depression. scrap that, its the husband who's off sick", ["depression"]),
        ("34F off sick, depression. sorry it's her mum that's off sick", ["depression"]),
        ("34F off sick, depression. No wait, her partner is off sick", ["depression"]),
    ],
)
def test_what_is_said_again_of_another_was_theirs_from_the_first(
    reader: Reader, text: str, kept: list[str]
) -> None:
    case = reader.read(text).case
    assert case["conditions"] == kept and case.get("work_status") != "off_sick"


def test_two_people_with_the_same_are_two_people(reader: Reader) -> None:
    case = reader.read("34F off sick with depression, her partner is off sick too").case
    assert case["work_status"] == "off_sick"


def test_what_is_said_after_it_is_the_patients(reader: Reader) -> None:
    read = reader.read(
        "44F Rochdale teaching assistant depressed. Off sick 3/12. no sorry, that's her husband. "
        "She's in work but caring for him"
    )
    assert read.case["barriers"] == ["caring_responsibilities"]
    assert read.case["work_status"].startswith("in_work")
    assert read.case["area"] == "rochdale" and read.case["occupation"] == "teaching assistant"


@pytest.mark.parametrize(
    "text",
    [
        "someone hits her. that's her husband",
        "lives with dad, that's her only support",
        "depressed, that's her husband's fault",
        "sorry, her husband rang",
        "no her husband is here too",
        "off sick, her mum has MS",
    ],
)
def test_naming_a_relative_hands_nothing_over(reader: Reader, text: str) -> None:
    assert find_handover(read_surface(text)) is None


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("43F Bury. sorry meant 34", {"age": 34, "sex": "female"}),
        ("43F Bury, sorry 34", {"age": 34}),
        ("44F nurse. sorry typo, 54", {"age": 54}),
        ("48M. No sorry 38M", {"age": 38, "sex": "male"}),
        ("48M depression, oops should be 38F", {"age": 38, "sex": "female"}),
        ("61M in Leigh. correction: 16", {"age": 16}),
        ("i meant 34 not 43", {"age": 34}),
        ("sorry, 34 not 43", {"age": 34}),
        ("sorry meant 34", {"age": 34}),
        # A number of something else stands nearer, or the word corrects nothing of the kind.
        ("43F off 20 weeks. sorry meant 24", {"age": 43}),
        ("43F, sorry state, 3 kids", {"age": 43}),
        ("43F, actually works 30 hours", {"age": 43}),
        ("43F, no 12 year old at home", {"age": 43}),
    ],
)
def test_an_age_put_right_in_the_same_message(
    reader: Reader, text: str, case: dict[str, Any]
) -> None:
    said = reader.read(text).case
    assert {key: said.get(key) for key in case} == case


@pytest.mark.parametrize(
    ("text", "gone", "now"),
    [
        ("scrap the depression its anxiety", "depression", "anxiety"),
        ("scrap depression, it's anxiety", "depression", "anxiety"),
        ("remove depression, add anxiety", "depression", "anxiety"),
        ("not depression its anxiety", "depression", "anxiety"),
        ("take out diabetes put asthma", "diabetes", "respiratory"),
        ("drop the back pain, should be neck pain", "back_pain", "neck_shoulder"),
        ("sorry delete the asthma I meant COPD and diabetes", "", "diabetes"),
        ("no its anxiety not depression", "depression", "anxiety"),
    ],
)
def test_one_illness_swapped_for_another(reader: Reader, text: str, gone: str, now: str) -> None:
    read = reader.read(text)
    assert now in read.case["conditions"]
    if gone:
        assert read.removed["conditions"] == [gone]
        assert gone not in read.case["conditions"]


@pytest.mark.parametrize("text", ["scrap the depression", "remove anxiety", "not depression"])
def test_a_removal_alone_adds_nothing(reader: Reader, text: str) -> None:
    read = reader.read(text)
    assert read.removed["conditions"] and "conditions" not in read.case


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("actually no he's back at work since Monday", None),
        ("no sorry she's back at work now", None),
        ("no, he lost his job", None),
        ("oops no she is off sick", None),
        ("no", None),
        ("no thanks", None),
        ("no, not for now", "not_now"),
    ],
)
def test_a_no_that_leads_a_correction_is_no_answer(
    reader: Reader, text: str, goal: str | None
) -> None:
    assert reader.read(text, asked="goal").case.get("goal") == goal
