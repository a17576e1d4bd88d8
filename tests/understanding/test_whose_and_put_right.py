"""Put right in the same breath, somebody else's, or only the words of it: what is read then."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("unemployed. sorry no, off sick from Tesco", "work_status", "off_sick"),
        ("unemployed since March. Sorry, off sick", "work_status", "off_sick"),
        ("44M Bury, retired, no sorry, unemployed", "work_status", "unemployed"),
        ("off sick. No, unemployed I mean", "work_status", "unemployed"),
        ("in bolton, no wigan sorry", "area", "wigan"),
        ("Bolton. No, Wigan", "area", "wigan"),
        ("lives in Bury, actually Oldham", "area", "oldham"),
        ("depression. No, anxiety I mean", "conditions", ["anxiety"]),
        ("sciatica, sorry knee OA", "conditions", ["osteoarthritis"]),
        ("on PIP, sorry DLA", "benefits", ["dla"]),
        ("male. no female", "sex", "female"),
        ("male, sorry female", "sex", "female"),
        ("scrap the back pain its hip", "conditions", ["lower_limb"]),
        ("not back pain but hip", "conditions", ["lower_limb"]),
        ("not sciatica, it's her knee", "conditions", ["lower_limb"]),
        # nothing is taken back
        ("depression. No anxiety", "conditions", ["depression"]),
        ("depression, no anxiety", "conditions", ["depression"]),
        ("depression, sorry, and anxiety", "conditions", ["depression", "anxiety"]),
        ("off sick with stress, no depression", "work_status", "off_sick"),
        ("34F low mood. sorry for the delay, off sick 3/12", "conditions", ["depression"]),
        ("in bolton no car", "area", "bolton"),
        ("he's on UC. no PIP", "benefits", ["uc"]),
        ("not depression but back to work", "conditions", None),
    ],
)
def test_what_a_message_takes_back_itself(reader: Reader, text: str, key: str, value: Any) -> None:
    assert reader.read(text).case.get(key) == value


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        (
            "44F Rochdale TA, low mood, off sick 3/12. Sorry - wrong, thats the husband. She works but "
            "cares for him",
            ("conditions", "absence_weeks"),
            {"work_status": "in_work", "barriers": ["caring_responsibilities"], "age": 44},
        ),
        (
            "31M Bury, PIP, COPD. oops wrong, that's the dad",
            ("conditions", "benefits"),
            {"age": 31},
        ),
        ("44F low mood. wrong - thats her husband. She works", ("conditions",), {"age": 44}),
        ("44F on UC. a mistake, that's her mum", ("benefits",), {"age": 44}),
        ("44F sciatica. got that wrong, that's her sister", ("conditions",), {"age": 44}),
        ("his son 19M same problem, never worked", ("never_worked", "age"), {"sex": "male"}),
        ("her daughter 22F depression, unemployed", ("conditions", "work_status"), {}),
        ("wife (45F), MS, on PIP", ("conditions", "benefits"), {}),
        # the patient's own
        ("34F Bury, son 19M autistic, off sick 3/52", (), {"absence_weeks": 3, "age": 34}),
        ("her husband is ill. She works", (), {"work_status": "in_work"}),
        (
            "supervisor is aggressive and controlling, off with stress",
            ("occupation",),
            {"work_status": "off_sick", "conditions": ["stress"]},
        ),
        ("customer assaulted him at work, PTSD since", ("occupation",), {"conditions": ["ptsd"]}),
        (
            "manager bullies her, off 3/52 with anxiety",
            ("occupation",),
            {"conditions": ["anxiety"]},
        ),
        ("pupil attacked her, off 2/52, stress", ("occupation",), {"conditions": ["stress"]}),
        ("33M supervisor, off with stress", (), {"occupation": "supervisor"}),
        ("34F nurse assaulted by patient, PTSD", (), {"occupation": "nurse"}),
        (
            "also got a 25F nurse off sick with stress in Wigan",
            (),
            {"occupation": "nurse", "work_status": "off_sick", "area": "wigan"},
        ),
    ],
)
def test_whose_it_is(
    reader: Reader, text: str, gone: tuple[str, ...], kept: dict[str, Any]
) -> None:
    case = reader.read(text).case
    assert not [key for key in gone if key in case]
    assert {key: case.get(key) for key in kept} == kept


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("drug and alcohol nurse, sciatica", "conditions", ["back_pain"]),
        ("44F Bury drug worker, back pain", "conditions", ["back_pain"]),
        ("works as an alcohol counsellor, low mood", "conditions", ["depression"]),
        ("teaches drug users", "conditions", None),
        ("works with substance users, back pain", "conditions", ["back_pain"]),
        ("sees the drug worker weekly", "conditions", ["drug_dependence"]),
        ("under drug and alcohol nurse, on methadone", "conditions", ["drug_dependence"]),
        ("under drug and alcohol nurse, on methadone", "occupation", None),
        ("cannabis daily", "conditions", None),
        ("weed every night", "conditions", None),
        ("heroin daily", "conditions", ["drug_dependence"]),
        ("has a pint after work", "work_status", None),
        ("has a pint after work", "goal", None),
        ("knackered after work", "work_status", None),
        ("gym after work twice a week", "goal", None),
        ("he's after work", "goal", "find_work"),
        ("44M Bury, after work", "goal", "find_work"),
        ("not after work", "goal", "not_now"),
        ("54F RA, school cook sacked last wk, wants appeal", "benefit_issues", None),
        ("appeal the sacking", "benefit_issues", None),
        ("appealing his dismissal", "barriers", None),
        ("sacked in June, appealing his PIP", "benefit_issues", ["appeal"]),
        ("appealing PIP decision", "benefit_issues", ["appeal"]),
        ("UC not yet", "benefits", None),
        ("UC not yet paid", "benefits", ["uc"]),
        ("on probation (new job)", "barriers", None),
        ("on probation (new job)", "goal", None),
        ("on probation for assault", "barriers", ["offending_history"]),
        ("suspended on full pay", "work_status", "in_work"),
        ("off sick on full pay", "work_status", "off_sick"),
        ("off stress", "work_status", "off_sick"),
        ("nurse off anxiety 6/52", "work_status", "off_sick"),
        ("2 kids, off stress", "work_status", "off_sick"),
        ("comes off stress", "work_status", None),
        ("came off anxiety meds", "work_status", None),
        ("38F DV, kicked out, 2 kids", "barriers", ["domestic_abuse", "housing"]),
        ("33F kicked out of the army", "barriers", None),
        ("nil PMH, JSA 14/12, 41M Manchester", "benefits", ["jsa"]),
        ("nil PMH, JSA 14/12, 41M Manchester", "out_of_work_months", 14),
        ("nil PMH, PIP, 41M", "benefits", ["pip"]),
        ("nil depression, anxiety or psychosis", "conditions", None),
    ],
)
def test_words_that_mean_something_else(reader: Reader, text: str, key: str, value: Any) -> None:
    assert reader.read(text).case.get(key) == value


@pytest.mark.parametrize(
    ("text", "uncertain"),
    [
        ("drinks 60 units/wk", True),
        ("44M, 60 units a week", True),
        ("about 80 units weekly", True),
        ("alcohol dependent, 60 units a week", False),
    ],
)
def test_an_amount_drunk_is_no_dependence_yet(reader: Reader, text: str, uncertain: bool) -> None:
    case = reader.read(text).case
    assert case["conditions"] == ["alcohol_dependence"]
    assert ("uncertain" in case) is uncertain


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("should he appeal his WCA", {}),
        ("should she challenge the DWP decision?", {}),
        ("will she lose her money?", {}),
        ("would her PIP be affected if she works?", {}),
        ("would he lose his ESA by volunteering?", {"benefits": ["esa"]}),
        ("will she lose UC if she works", {"benefits": ["uc"], "sex": "female"}),
        (
            "does he lose PIP if he works 40M Oldham epilepsy",
            {"benefits": ["pip"], "age": 40, "area": "oldham", "conditions": ["neurological"]},
        ),
        (
            "if he started work would his UC stop? 28F Bury",
            {"benefits": ["uc"], "age": 28, "sex": "female", "area": "bury"},
        ),
        (
            "waiting for WCA. 40M Bury, will he lose his UC?",
            {"benefits": ["uc"], "benefit_issues": ["wca_pending"], "area": "bury"},
        ),
    ],
)
def test_a_benefit_question_is_named_and_makes_no_facts(
    reader: Reader, text: str, case: dict[str, Any]
) -> None:
    read = reader.read(text)
    assert read.asks == ("benefits",)
    assert {key: read.case.get(key) for key in case} == case
    assert case or not read.case
    assert not {"work_status", "goal"} & set(read.case)


@pytest.mark.parametrize("text", ["sick note backdated possible?", "fit note ok to backdate?"])
def test_a_question_about_a_note_is_about_no_patient(reader: Reader, text: str) -> None:
    read = reader.read(text)
    assert read.asks == ("fit_note",) and not read.case


def test_an_absence_beside_a_note_asked_for_stays(reader: Reader) -> None:
    assert reader.read("34F Bury off sick 3/52, sick note possible?").case["absence_weeks"] == 3


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("ok next. builder, Oldham, back pain, off 2/52", True),
        ("next, nurse in Bury with anxiety", True),
        ("right, next: 44 plumber Wigan sciatica", True),
        ("next one - retired, Leigh, COPD", True),
        ("thanks. next up, cleaner Salford, asthma", True),
        ("next steps? he wants a job", False),
        ("next: refer to 1", False),
        ("next, he wants back to work", False),
        ("next. UC", False),
    ],
)
def test_a_bare_next_begins_anew_where_a_patient_follows(
    reader: Reader, text: str, anew: bool
) -> None:
    assert (reader.read(text).intent == "new_patient") is anew
