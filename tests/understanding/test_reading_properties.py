"""What must hold of every message, whatever it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.vocabulary import vocabulary
from understanding.reader import Reader, understanding_json

READER = Reader()
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
# One plain way of writing each condition.
CONDITIONS = {
    "depression": "depression",
    "anxiety": "anxiety",
    "ptsd": "PTSD",
    "ocd": "OCD",
    "bipolar": "bipolar disorder",
    "back_pain": "back pain",
    "osteoarthritis": "osteoarthritis",
    "chronic_pain": "fibromyalgia",
    "respiratory": "COPD",
    "cardiovascular": "angina",
    "diabetes": "diabetes",
    "neurological": "epilepsy",
    "stroke": "stroke",
    "cancer": "cancer",
    "long_covid": "long covid",
    "gastrointestinal": "Crohn's",
    "obesity": "obesity",
    "learning_disability": "learning disability",
    "autism": "autism",
    "adhd": "ADHD",
    "learning_difficulty": "dyslexia",
    "alcohol_dependence": "alcohol dependence",
    "gambling": "gambling problem",
    "inflammatory_arthritis": "rheumatoid arthritis",
    "psychosis": "schizophrenia",
}
RELATIVES = ["mum", "dad", "wife", "husband", "brother", "daughter", "partner", "nan"]
WORDS = [
    "48F",
    "off sick",
    "UC",
    "no",
    "not",
    "mum's",
    "and",
    ",",
    ".",
    "?",
    "low back pain",
    "6/52",
    "Oldham",
    "wants",
    "job",
    "denies",
]


@pytest.mark.parametrize(
    "denial", ["no ", "denies ", "No history of ", "no hx of ", "not ", "never had "]
)
@pytest.mark.parametrize(("value", "words"), sorted(CONDITIONS.items()))
def test_a_denied_condition_is_never_present(denial: str, value: str, words: str) -> None:
    assert value not in READER.read(denial + words).case.get("conditions", [])


@pytest.mark.parametrize(("value", "words"), sorted(CONDITIONS.items()))
def test_a_lone_condition_is_present(value: str, words: str) -> None:
    assert value in READER.read(words, "conditions").case.get("conditions", [])


@RELAXED
@given(
    st.sampled_from(["his", "her"]),
    st.sampled_from(RELATIVES),
    st.sampled_from(["has", "is being treated for", "was diagnosed with", "suffers with"]),
    st.sampled_from(sorted(CONDITIONS)),
)
def test_what_only_another_has_leaves_the_case_alone(
    own: str, who: str, verb: str, value: str
) -> None:
    case = READER.read(f"{own} {who} {verb} {CONDITIONS[value]}").case
    assert not {"conditions", "age", "benefits", "work_status"} & set(case), case


@RELAXED
@given(
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.sampled_from([None, "conditions", "age", "goal"]),
)
def test_reading_twice_says_the_same(words: list[str], asked: str | None) -> None:
    text = " ".join(words)
    first = READER.read(text, asked)
    again = READER.read(first.text, asked)
    assert understanding_json(first)["case"] == understanding_json(again)["case"]


@RELAXED
@given(
    st.text(max_size=300),
    st.sampled_from(
        [None, *vocabulary().terms["flags"], "benefits", "area", "absence_weeks", "nonsense"]
    ),
)
def test_no_text_breaks_the_reader(text: str, asked: str | None) -> None:
    json.dumps(understanding_json(READER.read(text, asked)), ensure_ascii=False)


@RELAXED
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=80))
def test_mentions_lie_inside_the_message(text: str) -> None:
    understood = READER.read(text)
    for mention in understood.mentions:
        assert 0 <= mention.start <= mention.end <= len(understood.text)
