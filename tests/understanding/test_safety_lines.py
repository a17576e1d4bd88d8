"""Bars for the measured lines, and that the ideas behind the rules are all there and all used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from understanding.risk_concepts import FILE, rules
from understanding.safety import CATEGORIES, find_safety
from understanding.word_lists import word_file

HERE = Path(__file__).parent
ROUNDS: list[dict[str, Any]] = word_file("safety_examples")["rounds"]
LEAST_RAISED, MOST_FALSE = 0.96, 0.01


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def categories(text: str) -> set[str]:
    return {cue.category for cue in find_safety(Text(text), today=date(2026, 11, 22))}  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_a_round_keeps_its_bars(number: int) -> None:
    this = ROUNDS[number]
    wanted = [(set(b["categories"]), line) for b in this["raises"] for line in b["lines"]]
    missed = [line for cats, line in wanted if not cats <= categories(line)]
    false = [line for line in this["quiet"] if categories(line)]
    assert len(missed) <= (1 - LEAST_RAISED) * len(wanted), missed
    assert len(false) <= MOST_FALSE * len(this["quiet"]), false


def labelled() -> list[tuple[str, set[str]]]:
    """Return the labelled messages and the openings of the vignettes with the categories they warrant."""
    found = []
    folder = HERE.parent / "conversations"
    for path, key in (
        (HERE / "messages.jsonl", "text"),
        (folder / "vignettes.jsonl", "opening"),
        (folder / "vignettes_more.jsonl", "opening"),
    ):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                found.append((str(entry[key]), set(entry["safety"])))
    return found


def test_every_labelled_message_raises_what_it_warrants_and_no_other_raises_any() -> None:
    wrong = [
        text
        for text, wanted in labelled()
        if not wanted <= categories(text) or (not wanted and categories(text))
    ]
    assert wrong == []


def test_every_idea_is_known_and_used() -> None:
    named = {name for rule in rules() for idea in rule.of for name in idea}
    named |= {name for rule in rules() for name in (*rule.unless, *rule.unless_anywhere)}
    assert named == set(word_file(FILE)["concepts"])
    assert {rule.category for rule in rules()} <= set(CATEGORIES)


def test_words_of_a_cue_stay_the_same_as_a_message_grows() -> None:
    line = "he reads all her messages and rings the office to check she's there"
    more = line + ". She wants a job in a shop."
    first = {(c.category, c.text) for c in find_safety(Text(line))}  # type: ignore[arg-type]
    assert first
    assert first <= {(c.category, c.text) for c in find_safety(Text(more))}  # type: ignore[arg-type]
