"""What `new` asks of a service, and how each answer is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services_directory import model
from services_directory.case import NUMBER_LIMITS
from services_directory.directory import Directory
from services_directory.near_miss import did_you_mean

Kind = Literal["text", "texts", "ids", "choice", "date", "age"]
DONT_KNOW = ("", "-", "don't know", "dont know", "not known", "none")
SLUG = re.compile(r"[^a-z0-9]+")


class AnswerError(ValueError):
    """An answer that cannot be used; ``str()`` says why, and what could be written."""


@dataclass(frozen=True)
class Question:
    """One question. ``options``: which ids may be given; ``default``: what stands for no answer."""

    key: str
    text: str
    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    default: Any = None


def questions(directory: Directory) -> tuple[Question, ...]:
    """Return the questions in their order, with the ids of ``directory`` to choose from."""
    words = directory.words
    conditions = ("any", *words.groups, *words.terms["conditions"])
    return (
        Question("name", "What is the service called?", "text", True),
        Question("id", "A short id for it (small letters, digits, hyphens)?", "text"),
        Question("aliases", "What else do people call it?", "texts"),
        Question("areas", "Which area does it serve?", "ids", True, tuple(directory.areas.by_id)),
        Question("provider", "Who runs it?", "text"),
        Question("offers", "What does the patient get, in a sentence or two?", "text", True),
        Question("needs", "Which needs does it meet?", "ids", True, words.needs),
        Question("kind", "What does it do with a patient?", "choice", True, model.KINDS),
        Question("status", "Is it open?", "choice", False, model.STATUSES, "open"),
        Question("source", "Where do you know it from (the page or document)?", "text", True),
        Question("source_date", "What is the date of that page?", "date"),
        Question(
            "confidence", "How sure are you?", "choice", False, ("high", "medium", "low"), "medium"
        ),
        Question(
            "work_status",
            "For people of which work status (nothing: any)?",
            "ids",
            False,
            tuple(words.terms["work_status"]),
        ),
        Question(
            "conditions",
            "With which health conditions (any: it must have one; nothing: it does not matter)?",
            "ids",
            False,
            conditions,
        ),
        Question(
            "barriers",
            "With which barriers to work (nothing: it does not matter)?",
            "ids",
            False,
            ("any", *words.terms["barriers"]),
        ),
        Question("min_age", "From which age?", "age"),
        Question("max_age", "Up to which age?", "age"),
        Question("provider_checks", "What does the service itself check?", "text"),
        Question("route", "How does somebody get in?", "choice", True, model.ROUTES),
        Question("who", "Who may start that?", "ids", True, (*model.ROLES, *model.OTHER_REFERRERS)),
        Question("how", "What has to be done, in a sentence?", "text", True),
        Question("web", "A web address for it?", "text"),
        Question("phone", "A telephone number of the service (not a person's)?", "text"),
        Question("email", "An e-mail address of the team (not a person's)?", "text"),
    )


def answer_of(question: Question, given: Any) -> Any:
    """Return what ``given`` (text, or what an answers file holds) means; ``None`` for no answer.

    Raises ``AnswerError``.
    """
    if isinstance(given, (list, tuple)):
        text = ", ".join(str(part) for part in given)
    else:
        text = "" if given is None else str(given)
    text = " ".join(text.split())
    if text.casefold() in DONT_KNOW:
        if question.required:
            raise AnswerError("this one is needed")
        return question.default
    if question.kind in ("text", "texts"):
        return text if question.kind == "text" else _parts(text)
    if question.kind == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise AnswerError(f"'{text}' is not a date such as 2026-01-31") from None
    if question.kind == "age":
        low, high = NUMBER_LIMITS["age"]
        if not text.isdigit() or not low <= int(text) <= high:
            raise AnswerError("write an age in years, such as 16")
        return int(text)
    found = [_id(part, question.options) for part in _parts(text)]
    if question.kind == "choice":
        if len(found) != 1:
            raise AnswerError(f"write one of {', '.join(question.options)}")
        return found[0]
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _id(text: str, options: Collection[str]) -> str:
    """Return the option that ``text`` names; spaces, hyphens and underscores count as one."""
    plain = {re.sub(r"[\s_-]+", " ", option.casefold()): option for option in options}
    wanted = re.sub(r"[\s_-]+", " ", text.casefold())
    if wanted in plain:
        return plain[wanted]
    hint = did_you_mean(wanted, plain)
    raise AnswerError(f"'{text}' is not known{hint or '; ? lists what may be written'}")


def slug(name: str) -> str:
    """Return an id made of ``name``: "Be Well (Wigan)" → "be-well-wigan"."""
    return SLUG.sub("-", name.casefold()).strip("-")


def read_answers(asked: tuple[Question, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all answers of a file, by key. Raises ``AnswerError`` for the first that cannot be used."""
    keys = [question.key for question in asked]
    for key in given:
        if key not in keys:
            raise AnswerError(f"'{key}' is no question{did_you_mean(str(key), keys)}")
    answers = {}
    for question in asked:
        try:
            answers[question.key] = answer_of(question, given.get(question.key))
        except AnswerError as error:
            raise AnswerError(f"{question.key}: {error}") from None
    return {key: value for key, value in answers.items() if value is not None}
