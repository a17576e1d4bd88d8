"""The bars of reading, on the development examples and on our own set (see README.md)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks._nlu_scores import Score, read_set
from benchmarks.nlu import SETS, score
from understanding.reader import Reader


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    reader = Reader()
    return {name: score(reader, read_set(path)) for name, path in SETS.items() if path.exists()}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("examples", 0.96),
        ("own", 0.95),
        ("more", 0.95),
        ("fourth", 0.93),
        ("fifth", 0.96),
        ("sixth", 0.91),
        ("seventh", 0.94),
        ("eighth", 0.98),
    ],
)
def test_f1_reaches_the_bar(scores: dict[str, Score], name: str, least: float) -> None:
    assert scores[name].f1 >= least, scores[name].confusions.most_common(10)


def test_nothing_forbidden_in_the_examples(scores: dict[str, Score]) -> None:
    assert scores["examples"].forbidden == []


@pytest.mark.parametrize("name", ["examples", "own"])
def test_safety_misses_nothing_and_cries_no_wolf(scores: dict[str, Score], name: str) -> None:
    assert (scores[name].missed, scores[name].alarms) == ([], [])


@pytest.mark.parametrize("name", ["examples", "own"])
def test_no_identifier_is_left(scores: dict[str, Score], name: str) -> None:
    assert scores[name].left == []


def test_the_third_set_shows_nothing_new(scores: dict[str, Score]) -> None:
    more = scores["more"]
    assert (more.missed, more.alarms) == ([], [])
    assert more.left == []


def test_what_is_forbidden_grows_no_more(scores: dict[str, Score]) -> None:
    found = {name: len(score.forbidden) for name, score in scores.items()}
    assert found["own"] <= 8 and found["more"] <= 10 and found["fourth"] <= 16, found
    assert found["fifth"] <= 5 and found["sixth"] <= 12, found
    assert found["seventh"] <= 7 and found["eighth"] <= 1, found
