"""The classifier beside the rules of safety: what it adds, and where it must keep silent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from understanding.risk_words import plain_words
from understanding.safety import by_rule, find_safety
from understanding.safety_classifier import CATEGORIES, classifier, load, save
from understanding.safety_training import fit
from understanding.word_lists import word_file


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def categories(text: str) -> set[str]:
    return {cue.category for cue in find_safety(Text(text))}  # type: ignore[arg-type]


def test_it_hears_what_no_rule_holds() -> None:
    text = "6 yr old told teacher that daddy's friend takes pictures of her in the bath"
    assert by_rule(text) == ()
    assert "safeguarding" in categories(text)


@pytest.mark.parametrize(
    "text", ["", ".", "?", "off", "on UC", "48F", "times her at the gate", "lad drives the tractor"]
)
def test_few_words_tell_it_nothing(text: str) -> None:
    assert categories(text) == set()


def test_where_a_rule_takes_a_risk_back_it_is_believed() -> None:
    text = "denies any suicidal thoughts or plans, overdose at 15, nothing since"
    assert categories(text) == set()


def test_it_learns_from_a_line_what_it_did_not_know() -> None:
    lines = [("the kettle sings at noon tide", frozenset({"emergency"}))] * 6
    lines += [(f"{name} told twice over", frozenset({name})) for name in CATEGORIES] * 2
    lines += [(f"works in shop number {i}", frozenset()) for i in range(30)]
    odds = fit(lines).odds(plain_words("the kettle sings"), 0, 2)
    assert odds.argmax() == CATEGORIES.index("emergency")


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    model = classifier()
    assert model is not None
    save(model, tmp_path / "safety.npz")
    again = load(tmp_path / "safety.npz")
    text = plain_words("she whispered that he is listening on speaker")
    last = len(text.words) - 1
    assert again.odds(text, 0, last) == pytest.approx(model.odds(text, 0, last), abs=1e-4)
    assert again.made_from == model.made_from


QUIET: dict[str, list[str]] = word_file("safety_ordinary")


def test_ordinary_lines_stay_quiet() -> None:
    lines = [*QUIET["ordinary"], *QUIET["quiet"]]
    raised = [line for line in lines if categories(line)]
    assert len(raised) * 250 <= len(lines), raised
