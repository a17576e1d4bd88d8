"""The `fingerpost` command: it imports only what it must, and never shows a traceback."""

from __future__ import annotations

import argparse
import subprocess
import sys
from types import ModuleType

import pytest

from cli import main as command


def play_verb(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """Put a module whose `run` is the given function in the place of `cli.next_question`."""
    module = ModuleType("cli.next_question")
    module.add_arguments = lambda parser: parser.add_argument("--case")  # type: ignore[attr-defined]
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cli.next_question", module)


def fail(error: BaseException) -> object:
    def run(args: argparse.Namespace) -> int:
        raise error

    return run


def test_a_verb_gets_its_options_and_gives_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    play_verb(monkeypatch, lambda args: 7 if args.case == "a.json" else 0)
    assert command.main(["next-question", "--case", "a.json"]) == 7


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_names_every_verb(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(words) == 0
    shown = capsys.readouterr().out
    assert all(f"  {verb} " in shown for verb in command.VERBS)


def test_without_a_verb_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert "usage: fingerpost VERB" in capsys.readouterr().err


def test_an_unknown_verb_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["recomend"]) == 2
    shown = capsys.readouterr().err
    assert "no verb `recomend`" in shown
    assert "recommend" in shown
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (ValueError("age is not a number"), 1, "fingerpost next-question: age is not a number"),
        (RuntimeError(), 1, "RuntimeError"),
        (FileNotFoundError(2, "No such file or directory", "case.json"), 1, "case.json"),
        (ModuleNotFoundError("x", name="rapidfuzz"), 1, "`make setup` mends it"),
        (ModuleNotFoundError("x", name="cli.next_question"), 1, "not in this version yet"),
    ],
)
def test_a_failure_is_told_in_one_line(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("FINGERPOST_DEBUG", raising=False)
    play_verb(monkeypatch, fail(error))
    assert command.main(["next-question"]) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert len(shown.splitlines()) == 1
    assert "Traceback" not in shown


def test_the_traceback_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_DEBUG", "1")
    play_verb(monkeypatch, fail(ValueError("x")))
    with pytest.raises(ValueError, match="x"):
        command.main(["next-question"])


CHECK_IMPORTS = """
import sys
from cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
heavy = {"rasa", "rasa_sdk", "sanic"} & set(sys.modules)
verbs = {name for name in sys.modules if name.startswith("cli.")} - {"cli.main"}
print("HEAVY", *sorted(heavy), "VERBS", *sorted(verbs))
"""


def modules_after(*words: str) -> str:
    """Run the command in a process of its own; return its line on what it had imported."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK_IMPORTS, *words], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def test_help_imports_no_verb() -> None:
    assert modules_after("--help") == "HEAVY VERBS"


@pytest.mark.parametrize("verb", ["understand", "recommend", "next-question", "directory"])
def test_these_verbs_never_import_rasa(verb: str) -> None:
    assert modules_after(verb, "--help").startswith("HEAVY VERBS")
