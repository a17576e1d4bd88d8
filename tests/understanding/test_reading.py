"""What the reader takes from a message, rule by rule: a text, and what must (or must not) be in the case."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader, understanding_json


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def holds(case: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Say whether ``case`` has every value of ``wanted`` (lists: at least these)."""
    return all(
        set(value) <= set(case.get(key, [])) if isinstance(value, list) else case.get(key) == value
        for key, value in wanted.items()
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # ages and sex
        ("48F, LBP", {"age": 48, "sex": "female", "conditions": ["back_pain"]}),
        ("F48 with COPD", {"age": 48, "sex": "female", "conditions": ["respiratory"]}),
        ("a lady of sixty-one, OA", {"age": 61, "sex": "female", "conditions": ["osteoarthritis"]}),
        ("33m, roofer", {"age": 33, "sex": "male"}),
        # durations, by the calendar
        ("off sick 3/12 with anxiety", {"absence_weeks": 13, "work_status": "off_sick"}),
        ("signed off for a fortnight, stress", {"absence_weeks": 2, "work_status": "off_sick"}),
        (
            "unemployed two and a half years",
            {"out_of_work_months": 30, "work_status": "unemployed"},
        ),
        ("she has been off work 18 weeks", {"absence_weeks": 18}),
        ("on UC for 7 months, no job", {"uc_months": 7, "work_status": "unemployed"}),
        # work status
        (
            "Not currently working, looking for a job",
            {"work_status": "unemployed", "goal": "find_work"},
        ),
        ("LTS, LCWRA", {"work_status": "economically_inactive", "benefits": ["uc_lcwra"]}),
        ("was signed off last year, back at work now and fine", {"work_status": "in_work"}),
        ("does permitted work 4 hours a week", {"work_status": "volunteering"}),
        ("works full time, no problems there", {"work_status": "in_work"}),
        ("still at work but struggling with her knees", {"work_status": "in_work_struggling"}),
        ("retired bus driver", {"work_status": "retired"}),
        # benefits: the most specific only
        ("UC with LCWRA", {"benefits": ["uc_lcwra"]}),
        ("ESA support group", {"benefits": ["esa_support_group"]}),
        (
            "UC sanctioned",
            {"benefits": ["uc"], "benefit_issues": ["sanctioned"], "barriers": ["benefit_problem"]},
        ),
        ("claims nothing", {"benefits": ["none"]}),
        # whose fact it is
        ("mum's MS is worse; he has depression", {"conditions": ["depression"], "sex": "male"}),
        (
            "patient is the mum: asthma. Her son has ADHD",
            {"conditions": ["respiratory"], "sex": "female"},
        ),
        # typing errors
        ("depresion and anxeity", {"conditions": ["depression", "anxiety"]}),
        (
            "fibromyalgya, of sick 6 wks",
            {"conditions": ["chronic_pain"], "work_status": "off_sick"},
        ),
        # programmes and teams
        ("discharged from the CMHT last year", {"under_secondary_mental_health": False}),
        ("not on any work programme", {"in_programme": "none"}),
        # zero hours brings a barrier
        ("zero-hours barman", {"employment_type": ["zero_hours"], "barriers": ["job_quality"]}),
    ],
)
def test_reads(reader: Reader, text: str, wanted: dict[str, Any]) -> None:
    case = reader.read(text).case
    assert holds(case, wanted), case


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("no hx of depression", "conditions", "depression"),
        ("denies anxiety, depression or drug use", "conditions", "depression"),
        ("he is not diabetic", "conditions", "diabetes"),
        ("epilepsy ruled out", "conditions", "neurological"),
        ("mum has MS and dad had a stroke", "conditions", "neurological"),
        ("partner lost his job", "work_status", "unemployed"),
        ("FH of diabetes and stroke", "conditions", "diabetes"),
        ("depressed fracture of the cheekbone", "conditions", "depression"),
        ("we met on MS Teams", "conditions", "neurological"),
        ("PIP joint swelling", "benefits", "pip"),
        ("works as a debt collector", "barriers", "debt_finance"),
        ("UC flare, on mesalazine for colitis", "benefits", "uc"),
        ("PIP refused", "benefits", "pip"),
        ("applying for LCWRA", "benefits", "uc_lcwra"),
        ("breast cancer 15 years ago, all clear", "conditions", "cancer"),
        ("team lead at Aldi", "conditions", "learning_disability"),
        ("what is the max dose of sertraline for depression?", "conditions", "depression"),
        ("used to be homeless", "barriers", "housing"),
        ("in his 40s", "age", 40),
        ("BMI 46", "age", 46),
    ],
)
def test_does_not_read(reader: Reader, text: str, key: str, value: Any) -> None:
    held = reader.read(text).case.get(key)
    assert value not in held if isinstance(held, list) else held != value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("?bipolar", "bipolar"),
        ("possible fibromyalgia", "chronic_pain"),
        ("might be autistic, never assessed", "autism"),
        ("query COPD", "respiratory"),
        ("suspected MS", "neurological"),
        ("ADHD?", "adhd"),
    ],
)
def test_marks_what_is_only_possible(reader: Reader, text: str, value: str) -> None:
    case = reader.read(text).case
    assert value in case["conditions"]
    assert value in case["uncertain"]["conditions"]


@pytest.mark.parametrize(
    ("asked", "text", "case", "answered"),
    [
        ("absence_weeks", "about 6 wks", {"absence_weeks": 6}, {}),
        ("absence_weeks", "3/12", {"absence_weeks": 13}, {}),
        ("absence_weeks", "4 weeks", {"absence_weeks": 4}, {}),
        ("absence_weeks", "9", {"absence_weeks": 9}, {}),
        ("out_of_work_months", "44 months", {"out_of_work_months": 44}, {}),
        ("out_of_work_months", "a year and a half", {"out_of_work_months": 18}, {}),
        ("uc_months", "two years", {"uc_months": 24}, {}),
        ("age", "forty three", {"age": 43}, {}),
        ("age", "43", {"age": 43}, {}),
        ("sex", "f", {"sex": "female"}, {}),
        ("sex", "male", {"sex": "male"}, {}),
        ("work_status", "economically inactive", {"work_status": "economically_inactive"}, {}),
        ("work_status", "in work struggling", {"work_status": "in_work_struggling"}, {}),
        ("work_status", "off-sick", {"work_status": "off_sick"}, {}),
        ("goal", "find work", {"goal": "find_work"}, {}),
        ("goal", "not now", {"goal": "not_now"}, {}),
        ("goal", "stay_in_work", {"goal": "stay_in_work"}, {}),
        ("benefits", "uc, pip", {"benefits": ["uc", "pip"]}, {}),
        ("benefits", "none", {"benefits": ["none"]}, {"benefits": "complete"}),
        ("benefits", "uc lcwra", {"benefits": ["uc_lcwra"]}, {}),
        ("conditions", "none of those", {}, {"conditions": "complete"}),
        ("conditions", "back_pain, anxiety", {"conditions": ["anxiety", "back_pain"]}, {}),
        ("barriers", "no", {}, {"barriers": "complete"}),
        (
            "barriers",
            "debt finance, job quality",
            {"barriers": ["debt_finance", "job_quality"]},
            {},
        ),
        ("barriers", "transport", {"barriers": ["transport"]}, {}),
        ("benefit_issues", "nothing", {}, {"benefit_issues": "complete"}),
        ("employment_type", "self employed", {"employment_type": ["self_employed"]}, {}),
        ("job_at_risk", "yes", {"job_at_risk": True}, {}),
        ("job_at_risk", "no", {"job_at_risk": False}, {}),
        ("never_worked", "nope", {"never_worked": False}, {}),
        ("has_job_offer", "yes but only mornings", {"has_job_offer": True}, {}),
        ("under_secondary_mental_health", "no", {"under_secondary_mental_health": False}, {}),
        ("in_programme", "none", {"in_programme": "none"}, {}),
        ("area", "manchester central", {"area": "manchester-central"}, {}),
        ("area", "england other", {"area": "england-other"}, {}),
        ("area", "OL6", {"area": "tameside"}, {}),
        ("occupation", "payroll clerk", {"occupation": "payroll clerk"}, {}),
        ("age", "don't know", {}, {"age": "dont_know"}),
        ("goal", "skip", {}, {"goal": "dont_know"}),
        ("absence_weeks", "couldn't tell you", {}, {"absence_weeks": "dont_know"}),
        ("work_status", "rather not say", {}, {"work_status": "declined"}),
    ],
)
def test_answers(
    reader: Reader, asked: str, text: str, case: dict[str, Any], answered: dict[str, str]
) -> None:
    understood = reader.read(text, asked)
    said = {k: sorted(v) if isinstance(v, list) else v for k, v in understood.case.items()}
    wanted = {k: sorted(v) if isinstance(v, list) else v for k, v in case.items()}
    assert {k: said.get(k) for k in wanted} == wanted
    assert understood.answered == answered


@pytest.mark.parametrize(
    ("text", "case", "removed"),
    [
        ("sorry, 34 not 43", {"age": 34}, {}),
        (
            "it's COPD he has not diabetes",
            {"conditions": ["respiratory"]},
            {"conditions": ["diabetes"]},
        ),
        ("scrap the diabetes", {}, {"conditions": ["diabetes"]}),
        ("no wait, it's her husband who drinks", {}, {"conditions": ["alcohol_dependence"]}),
        ("change age to 43", {"age": 43}, {}),
        ("change that to female please", {"sex": "female"}, {}),
        (
            "it was his neck not his back",
            {"conditions": ["neck_shoulder"]},
            {"conditions": ["back_pain"]},
        ),
    ],
)
def test_corrections(
    reader: Reader, text: str, case: dict[str, Any], removed: dict[str, Any]
) -> None:
    understood = reader.read(text)
    assert understood.corrects
    assert holds(understood.case, case), understood.case
    assert holds(understood.removed, removed), understood.removed
    for key, values in removed.items():
        assert not set(values) & set(understood.case.get(key, []))


def test_ruled_out_is_said_to_be_so(reader: Reader) -> None:
    assert reader.read("he isn't depressed").case["ruled_out"] == {"conditions": ["depression"]}


def test_every_mention_has_its_words_and_a_known_assertion(reader: Reader) -> None:
    text = "48F, wife has MS, denies depression, ?bipolar, LBP, used to be homeless"
    for mention in reader.read(text).mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.assertion in {"present", "absent", "past", "other_person", "uncertain"}


def test_json_has_the_keys_of_the_contract(reader: Reader) -> None:
    said = understanding_json(reader.read("off sick 6 weeks, bad back"))
    assert {"intent", "case", "removed", "mentions", "safety"} <= set(said)
    assert set(said["intent"]) == {"name", "confidence"}
    assert {"text", "start", "end", "slot", "value", "assertion", "cue"} <= set(said["mentions"][0])


def test_a_huge_paste_is_read(reader: Reader) -> None:
    paste = (
        "48F off sick 6 weeks with low back pain and anxiety, no hx of diabetes, lives in Oldham. "
        * 23
    )
    assert reader.read((paste * 6)[:10_000]).case["work_status"] == "off_sick"
