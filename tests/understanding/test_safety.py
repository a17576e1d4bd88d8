"""What must raise the safety message, what must not, and that nothing makes the reader fall over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.safety import CATEGORIES, find_safety
from understanding.word_lists import word_file


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def categories(text: str) -> set[str]:
    return {cue.category for cue in find_safety(Text(text), today=date(2026, 11, 22))}  # type: ignore[arg-type]


CASES = word_file("safety_examples")["cases"]
ALARMS: dict[str, list[str]] = CASES["alarms"]
HARMLESS: list[str] = CASES["harmless"]


@pytest.mark.parametrize(
    ("category", "text"), [(c, t) for c, block in ALARMS.items() for t in block]
)
def test_risk_raises_its_category(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_denied_past_and_other_senses_raise_nothing(text: str) -> None:
    assert categories(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "just told me hes took 40 parasetamol sat in the waitin room",
            {"suicide_self_harm", "emergency"},
        ),
        (
            "LD, 24. Neighbour takes his benefit money off him and slaps him if he objects",
            {"abuse", "safeguarding"},
        ),
        ("husband hits her and the kids see it", {"abuse", "safeguarding"}),
        ("her elderly mother is hit by the carer, dementia", {"abuse", "safeguarding"}),
        (
            "voices telling him to kill himself and he has a knife in his bag with him",
            {"suicide_self_harm"},
        ),
    ],
)
def test_two_categories_at_once(text: str, wanted: set[str]) -> None:
    assert wanted <= categories(text)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_risk_is_found_deep_in_a_long_message(category: str) -> None:
    padding = "48F, warehouse packer, off sick 6 wks with her back. Boss is decent. "
    for text in ALARMS[category][:12]:
        assert category in categories(padding * 3 + text + ". " + padding * 2)


def test_offsets_are_those_of_the_message() -> None:
    text = "Off 6 wks. Says she wants to die, and he’s “hitting her”"
    for cue in find_safety(Text(text)):  # type: ignore[arg-type]
        assert text[cue.start : cue.end] == cue.text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    find_safety(Text(text))  # type: ignore[arg-type]
