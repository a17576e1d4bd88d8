"""Filling the receiver's form from the case: value, and where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from referrals.own_words import conditions_in_words
from referrals.shareable import FUNCTIONAL_BARRIERS
from referrals.wording import WORK_KEYS, in_words, joined, occupation, person, work
from services_directory.case import LIST_KEYS, Case
from services_directory.model import FormField
from services_directory.sentences import sentence_case
from services_directory.vocabulary import vocabulary

NOT_HELD = "to be added when you send it: not held here"
BY_PATIENT = "for the patient to write: not held here"
FROM_CASE = "from the case"
EDITED = "edited by you"
NOT_ALLOWED = "the receiver takes only: {}"
QUOTE_LIMIT = 80
# A wish not to have help with work says nothing of a service for something else.
BESIDES_WORK = "help other than with work"
# What the patient wants, in a note of their own.
MY_GOAL = {
    "stay_in_work": "to keep my job",
    "return_to_work": "to go back to my job",
    "find_work": "to find work",
    "change_job": "to find a different job",
}


@dataclass(frozen=True)
class FilledField:
    """One field of a draft. ``value`` is empty where it is missing."""

    name: str
    label: str
    value: str
    source: str
    required: bool
    identifier: bool

    @property
    def missing(self) -> bool:
        """Say whether somebody still has to fill it in."""
        return not self.value

    def to_json(self) -> dict[str, Any]:
        """Return the field as the contract's ``referral_draft`` carries it."""
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "source": self.source,
            "required": self.required,
            "missing": self.missing,
        }


def with_edits(fields: Sequence[FilledField], edits: Mapping[str, str]) -> tuple[FilledField, ...]:
    """Return ``fields`` with the values that the clinician typed, by field name.

    An edit wins over whatever the case says, an empty one too. Identifiers are never taken from edits.
    """
    return tuple(
        replace(field, value=edits[field.name].strip(), source=EDITED)
        if field.name in edits and not field.identifier
        else field
        for field in fields
    )


def filled(
    form: Sequence[FormField],
    case: Case,
    whole: Case,
    said: Mapping[str, str],
    functional: bool = False,
    about_work: bool = True,
) -> tuple[FilledField, ...]:
    """Fill ``form`` from ``case``.

    ``case`` holds only what may be shared; ``whole`` is the case before anything was left out, and
    serves to see whether the clinician's words for a key cover more than may be shared. ``said`` maps
    ``key`` or ``key:value`` to those words. ``functional``: a note that the patient carries, with barriers
    as what would help. ``about_work``: whether the service helps with work.
    """
    given = _Given(case, whole, said, functional, about_work)
    return tuple(_filled(field, given) for field in form)


@dataclass(frozen=True)
class _Given:
    """What a form is filled from; see ``filled``."""

    case: Case
    whole: Case
    said: Mapping[str, str]
    functional: bool
    about_work: bool


def _filled(field: FormField, given: _Given) -> FilledField:
    value, source = "", "not known"
    if field.identifier:
        source = BY_PATIENT if given.functional else NOT_HELD
    if not field.identifier and field.fill:
        value = _value(field, given)
        if value:
            source = _source(field.fill, given.case, given.whole, given.said)
        if value and field.allowed:
            value = next((a for a in field.allowed if a.casefold() == value.casefold()), "")
    if field.allowed and not value and not field.identifier:
        source = NOT_ALLOWED.format(", ".join(field.allowed))
    return FilledField(field.name, field.label, value, source, field.required, field.identifier)


def _value(field: FormField, given: _Given) -> str:
    case, keys = given.case, field.fill
    parts: list[str] = []
    work_done = person_done = False
    for key in keys:
        if key in WORK_KEYS:
            # One sentence takes up all the keys about work, at the place of the first.
            part = "" if work_done else _work(case, keys, given.functional)
            work_done = True
        elif key in ("age", "sex") and {"age", "sex"} <= set(keys):
            known = case.age is not None or case.sex in ("female", "male")
            part = person(case) if known and not person_done else ""
            person_done = True
        else:
            part = in_words(case, key) if field.allowed else _told(key, given)
        if part:
            parts.append(part)
    if not parts and not field.required and _said_to_be_none(keys, given.whole):
        return "None"
    return sentence_case("; ".join(parts))


def _told(key: str, given: _Given) -> str:
    case = given.case
    if key == "barriers" and given.functional:
        return "; ".join(
            FUNCTIONAL_BARRIERS.get(i) or vocabulary().label(key, i) for i in case.barriers
        )
    if key == "conditions" and not given.functional:
        return conditions_in_words(case.conditions, given.said)
    if key == "goal" and case.goal == "not_now" and not given.about_work:
        return BESIDES_WORK
    if key == "goal" and given.functional and case.goal in MY_GOAL:
        return MY_GOAL[case.goal]
    return in_words(case, key)


def _work(case: Case, keys: Sequence[str], functional: bool) -> str:
    """Return the sentence about work; that somebody never had a job belongs to where they stand."""
    if functional and set(keys) & set(WORK_KEYS) == {"occupation"}:
        # "My job: teaching assistant" says of oneself what "works as" says of somebody else.
        return occupation(case)
    return work(case, (*keys, "never_worked") if "work_status" in keys else keys)


def _said_to_be_none(keys: Sequence[str], whole: Case) -> bool:
    """Say whether it was answered that there is nothing of all that a field takes up."""
    return all(
        key in LIST_KEYS and not getattr(whole, key) and whole.answered.get(key) == "complete"
        for key in keys
    )


def _source(keys: Sequence[str], case: Case, whole: Case, said: Mapping[str, str]) -> str:
    quotes: list[str] = []
    for key in keys:
        value = getattr(case, key, None)
        if value is None or value == ():
            continue
        if key in LIST_KEYS:
            quotes += [said[f"{key}:{i}"] for i in value if f"{key}:{i}" in said]
            # Words kept for the whole list may name what was left out of it.
            if value == getattr(whole, key) and key in said:
                quotes.append(said[key])
            continue
        plain = int(value) if isinstance(value, float) and value.is_integer() else value
        words = said.get(key) or said.get(f"{key}:{plain}")
        if words:
            quotes.append(words)
    tidy = [" ".join(quote.split())[:QUOTE_LIMIT].replace('"', "'") for quote in quotes]
    told = [f'"{quote}"' for quote in dict.fromkeys(tidy) if quote]
    return f"your words: {joined(told)}" if told else FROM_CASE
