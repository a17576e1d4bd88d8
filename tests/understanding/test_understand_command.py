"""``fingerpost understand``: JSON, lines of JSON, colour."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from cli import understand
from services_directory.vocabulary import vocabulary
from understanding import proposals, train


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    understand.add_arguments(parser)
    return parser.parse_args(list(words))


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert understand.run(parsed("--json", "about 6 wks", "--asked", "absence_weeks")) == 0
    assert json.loads(capsys.readouterr().out)["case"] == {"absence_weeks": 6}


def test_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = '{"text": "bad back"}\n\n{"text": "3/12", "asked": "out_of_work_months"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert understand.run(parsed("--jsonl")) == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["case"] for r in results] == [
        {"conditions": ["back_pain"]},
        {"out_of_work_months": 3},
    ]


def test_a_broken_line_is_told_without_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("not json, Mr Bloggs\n"))
    assert understand.run(parsed("--jsonl")) == 1
    assert "Bloggs" not in capsys.readouterr().err


def test_colour(capsys: pytest.CaptureFixture[str]) -> None:
    assert understand.run(parsed("denies", "depression,", "bad", "back")) == 0
    shown = capsys.readouterr().out
    assert "back_pain" in shown
    assert "absent" in shown


def test_without_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert understand.run(parsed()) == 2
    assert "Give a message" in capsys.readouterr().err


def test_the_sentence_classifier_is_kept_and_read_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("model") / "sentences.npz"
    made = train.train(vocabulary(), path)
    kept = proposals.load(path)
    keys = ["cupboard", "bare", "till", "payday", "nothing", "eat"]
    assert kept.made_from == made.made_from
    assert abs(kept.probabilities(keys) - made.probabilities(keys)).max() < 1e-6


def test_a_proposal_is_unsure_and_loses_against_a_rule() -> None:
    from understanding.reader import Reader

    for mention in (
        Reader().read("Sits under a duvet all day because the key meter has nothing on it").mentions
    ):
        assert mention.sure or mention.cue.startswith("reads like it")
