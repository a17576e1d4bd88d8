"""``fingerpost directory new``: asks for what an entry needs, and writes one that passes `check`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, home_of, refuse
from services_directory.entry_words import entry_text, entry_words
from services_directory.folders import keeper_of
from services_directory.keeping.home import read_home
from services_directory.keeping.new_entry import NewEntry, new_entry, write_entry
from services_directory.keeping.questions_of_new import (
    AnswerError,
    Question,
    answer_of,
    questions,
    read_answers,
    slug,
)
from services_directory.yaml_files import DirectoryFileError, read_yaml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="take the answers from a YAML or JSON file"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the entry, write nothing")
    parser.add_argument("--as-of", help="the day to check it for (default: today)")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, write, and show the entry in plain English; 2 where nothing is written."""
    read = read_home(home_of(args))
    asked = questions(read.directory)
    day = as_of(args.as_of)
    try:
        answers = _from_file(args.answers, asked) if args.answers else _ask_all(asked)
        new = new_entry(answers, read, day)
    except (AnswerError, DirectoryFileError) as error:
        return refuse("new", error)
    except EOFError:
        return refuse("new", "no more answers came; nothing was written")
    if args.dry_run:
        print(new.text, end="")
        return 0
    try:
        write_entry(new)
    except FileExistsError:
        return refuse("new", f"{new.path} is there already")
    service = read.reader.read(new.path)
    keeper = keeper_of(new.path, read.tree.folders)
    print(entry_text(entry_words(service, day, read.directory, keeper)))
    _say_what_next(new, keeper is not None)
    return 0


def _from_file(path: Path, asked: tuple[Question, ...]) -> dict[str, Any]:
    given = read_yaml(path)
    if not isinstance(given, dict):
        raise AnswerError(f"{path}: write one `question: answer` a line, such as `name: Be Well`")
    return read_answers(asked, given)


def _ask_all(asked: tuple[Question, ...]) -> dict[str, Any]:
    print("An empty answer means: not known, or does not matter. ? lists what may be written.\n")
    answers: dict[str, Any] = {}
    for question in asked:
        answer = _ask(question, slug(answers["name"]) if question.key == "id" else None)
        if answer is not None:
            answers[question.key] = answer
    return answers


def _ask(question: Question, proposed: str | None) -> Any:
    default = proposed or question.default
    hint = f" [{default}]" if default else (" (needed)" if question.required else "")
    while True:
        text = input(f"{question.text}{hint} ").strip()
        if text == "?":
            print(
                ", ".join(question.options) if question.options else "Write it in your own words."
            )
            continue
        try:
            return answer_of(question, text or default)
        except AnswerError as error:
            print(f"  {error}")


def _say_what_next(new: NewEntry, kept: bool) -> None:
    print(f"\nWritten: {new.path}")
    for hint in new.hints:
        print(f"Advice: {hint}", file=sys.stderr)
    if not kept:
        print(
            f"Nobody keeps {new.path.parent} yet: write a _folder.yml there, as in other folders."
        )
    print("Read the personas at its end, and make them patients like those you have met.")
