"""What a message says beside facts: questions not for this product, no right to work, no risk."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader
from understanding.risk_denied import risk_denied


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    "text",
    [
        "Can I do a fit note for 6 months?",
        "who can sign fit notes?",
        "is a physio allowed to sign a med3",
        "how long can a fit note be",
        "is it ok to backdate a med3?",
        "can a pharmacist issue a sick note?",
        "does she need a fit note for UC?",
        "what is the maximum length of a fitnote?",
        "do I have to see them for a sick note?",
        "when is a fit note needed?",
    ],
)
def test_a_question_about_fit_notes_makes_nobody_a_patient(reader: Reader, text: str) -> None:
    for asked in (None, "conditions", "goal"):
        read = reader.read(text, asked)
        assert (read.intent, read.case, read.answered) == ("help", {}, {})
        assert read.command is not None and read.command.words == "fit_note"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("fit note", "fit_note_comments"),
        ("what do I put on the fit note?", "fit_note_comments"),
        ("she needs a fit note", "inform"),
        ("off sick, sick note since May", "inform"),
        ("fit note ends Friday, depressed", "inform"),
    ],
)
def test_other_words_of_fit_notes_stay_what_they_were(
    reader: Reader, text: str, intent: str
) -> None:
    read = reader.read(text)
    assert read.intent == intent and not read.asks


WHOLE = {"age": 34, "sex": "female", "work_status": "off_sick", "area": "bury"}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what dose of sertraline for 34F off sick w depression in Bury?", "clinical"),
        (
            "34F off sick with depression in Bury. What dose of sertraline should I give?",
            "clinical",
        ),
        ("34F off sick w depression, Bury. Is sertraline safe in pregnancy?", "clinical"),
        ("how do I wean citalopram for a 34F off sick with depression in Bury?", "clinical"),
        ("34F off sick depression Bury, can I do a fit note for 6 months?", "fit_note"),
        ("can I give a 34F off sick with depression in Bury a fit note for 6 months?", "fit_note"),
        ("34F off sick depression Bury. Would she qualify for PIP?", "benefits"),
        ("34F off sick depression Bury, is she entitled to UC?", "benefits"),
    ],
)
def test_a_patient_in_a_question_is_read_and_the_question_named(
    reader: Reader, text: str, asks: str
) -> None:
    read = reader.read(text)
    assert read.asks == (asks,)
    assert {key: read.case.get(key) for key in WHOLE} == WHOLE
    assert read.case["conditions"] == ["depression"]
    assert not {"absence_weeks", "benefits", "pregnant_or_postnatal"} & set(read.case)


@pytest.mark.parametrize(
    "text",
    [
        "will he lose his PIP if he starts work? 40M ex welder, Oldham, epilepsy",
        "40M ex welder, Oldham, epilepsy. Would he lose his PIP if he got a job?",
        "40M, Oldham, epilepsy: does working affect his PIP?",
    ],
)
def test_what_a_question_supposes_is_no_fact(reader: Reader, text: str) -> None:
    read = reader.read(text)
    assert read.asks == ("benefits",)
    assert read.case["age"] == 40 and read.case["area"] == "oldham"
    assert read.case["conditions"] == ["neurological"]
    assert not {"has_job_offer", "goal", "work_status"} & set(read.case)
    assert read.case.get("benefits", ["pip"]) == ["pip"]


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("can Access to Work help if he starts a job? 40M unemployed Bury", "has_job_offer"),
        ("40M unemployed, would he get help if he starts work?", "has_job_offer"),
        ("40M on ESA worried what happens if he starts work", "has_job_offer"),
        ("what if he gets a job? 40M on UC", "goal"),
        ("can she do permitted work? 34F on ESA", "work_status"),
        ("if she loses her job what then? 34F in work, asthma", "job_at_risk"),
    ],
)
def test_what_is_only_thought_of_is_no_fact(reader: Reader, text: str, supposed: str) -> None:
    assert supposed not in reader.read(text).case


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("40M starts work Monday, can he get help?", "has_job_offer", True),
        ("40M wants to know if he can start work", "goal", "find_work"),
        ("34F off sick, would she qualify for Access to Work?", "work_status", "off_sick"),
        ("can he get help? 40M, works at Tesco", "work_status", "in_work"),
    ],
)
def test_what_is_so_beside_a_question_stays(
    reader: Reader, text: str, key: str, value: Any
) -> None:
    assert reader.read(text).case.get(key) == value


def test_being_better_off_in_work_is_a_question_of_benefits(reader: Reader) -> None:
    read = reader.read("would he be better off in work? 40M on UC LCWRA Wigan anxiety")
    assert read.asks == ("benefits",)
    assert read.case["work_status"] == "economically_inactive"


def test_the_benefit_feared_for_is_held_and_the_fear_a_barrier(reader: Reader) -> None:
    case = reader.read("will he lose his PIP if he starts work? 40M, epilepsy").case
    assert case["benefits"] == ["pip"] and case["barriers"] == ["benefit_worry"]
    assert "uncertain" not in case


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("40M unemployed, starts work on Monday as a driver", "has_job_offer", True),
        ("40M wants to start work but scared of losing his PIP", "goal", "find_work"),
        ("is she eligible for Pioneer? 40M unemployed", "work_status", "unemployed"),
    ],
)
def test_what_is_stated_stays_a_fact(reader: Reader, text: str, key: str, value: Any) -> None:
    read = reader.read(text)
    assert read.case.get(key) == value and not read.asks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asylum seeker no right to work, 30F, Oldham, depression", "no right to work"),
        (
            "30F, asylum seeker, does not have permission to work",
            "does not have permission to work",
        ),
        ("30F waiting for right to work, Oldham", "waiting for right to work"),
        ("30F depressed, no work permit", "no work permit"),
        ("30F on student visa, can't work legally", "can't work legally"),
        ("30F NRPF depression", "NRPF"),
    ],
)
def test_no_right_to_work_is_not_lost(reader: Reader, text: str, words: str) -> None:
    assert reader.read(text).noted == (words,)


@pytest.mark.parametrize(
    "text",
    [
        "30F refugee, has right to work",
        "30F, husband has no right to work, depression",
        "30F not able to work because of back pain",
        "30F told she is not allowed to work nights",
    ],
)
def test_other_words_of_rights_are_not_noted(reader: Reader, text: str) -> None:
    assert reader.read(text).noted == ()


SUICIDE = ("suicide_self_harm",)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("no he's not suicidal, just fed up", SUICIDE),
        ("risk assessed", SUICIDE),
        ("risk has been assessed today", ("abuse",)),
        ("no thoughts of self-harm", SUICIDE),
        ("denies any suicidal thoughts", SUICIDE),
        ("no suicidal ideation, plans or intent", SUICIDE),
        ("asked, no thoughts of suicide", SUICIDE),
        ("she's not going to harm herself, no plans or intent", SUICIDE),
        ("she is safe", ("abuse",)),
        ("no abuse at home, misread", ("abuse",)),
        ("low risk", SUICIDE),
        ("false alarm", ("emergency", "safeguarding")),
        ("I've assessed the risk", SUICIDE),
    ],
)
def test_the_clinicians_own_no_is_a_denial(text: str, categories: tuple[str, ...]) -> None:
    assert risk_denied(text, categories)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("not actively suicidal", SUICIDE),
        ("not sure if he is suicidal", SUICIDE),
        ("haven't asked about risk yet", SUICIDE),
        ("risk not assessed", SUICIDE),
        ("is he suicidal?", SUICIDE),
        ("no he's not suicidal", ("abuse",)),
        ("not suicidal", ("suicide_self_harm", "abuse")),
        ("no risk assessment done", SUICIDE),
        ("he is not safe", SUICIDE),
        ("just fed up", SUICIDE),
        ("no", SUICIDE),
        ("go on", SUICIDE),
        ("high risk", SUICIDE),
        ("not suicidal but I'm worried about him", SUICIDE),
        ("no plans but still has passive thoughts", SUICIDE),
        ("denies suicidal thoughts but has been giving things away", SUICIDE),
        ("needs a risk assessment", SUICIDE),
    ],
)
def test_what_is_not_sure_denies_nothing(text: str, categories: tuple[str, ...]) -> None:
    assert not risk_denied(text, categories)


@pytest.mark.parametrize(
    "text",
    [
        "some programme",
        "yes but not sure which",
        "yes, can't remember the name",
        "one of them",
        "a keyworker somewhere",
        "yes, some scheme through the jobcentre",
        "another one",
        "she has a job coach from somewhere",
    ],
)
def test_a_programme_whose_name_is_not_known(reader: Reader, text: str) -> None:
    case = reader.read(text, asked="in_programme").case
    assert case["in_programme"] == "some programme"
    assert case["uncertain"] == {"in_programme": ["some programme"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "none"),
        ("nah", "none"),
        ("not with any programme", "none"),
        ("no keyworker", "none"),
        ("just the jobcentre", "none"),
        ("restart", "restart-scheme-gm"),
        ("yes, she's on Restart", "restart-scheme-gm"),
        ("yes", None),
        ("don't know", None),
    ],
)
def test_other_answers_about_a_programme(reader: Reader, text: str, value: str | None) -> None:
    assert reader.read(text, asked="in_programme").case.get("in_programme") == value
