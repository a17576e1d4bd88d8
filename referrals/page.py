"""The sheet that every artefact is written on: the practice above, what is known of the service below.

An artefact is a pure function from a ``Page`` to text. The case on a page is already reduced to what
may stand in that document (``shareable``), so an artefact cannot print what it never sees.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referrals.filling import FilledField
from referrals.service_words import CHECK_FIRST, facts_lines, must_check, name_of
from services_directory.case import Case
from services_directory.model import Route, Service
from services_directory.practice import TRAINING_BANNER, Person, PracticeSettings
from services_directory.reasons import day_of

WIDTH = 78
INDENT = "  "
NOTHING_SENT = "Nothing has been sent."
BLANK = "______________________________"


@dataclass(frozen=True)
class Page:
    """All that a document is made from.

    ``case`` holds only what this document may say. ``to_sign`` names who has to sign, if the person who
    asked may not. ``ill`` says only *that* health matters here, for readers who get no more.
    """

    kind: str
    service: Service
    route: Route
    fields: tuple[FilledField, ...]
    case: Case
    practice: PracticeSettings
    today: date
    reference: str
    to_sign: str = ""
    ill: bool = False


def wrapped(text: str, indent: str = "", hang: str | None = None) -> str:
    """Return ``text`` in lines of at most 78 characters; addresses are never broken."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def section(title: str, lines: Sequence[str]) -> str:
    """Return a titled block with each of ``lines`` indented; empty where there are none."""
    kept = [wrapped(line, INDENT, INDENT * 2) for line in lines if line]
    return "\n".join([title, *kept]) if kept else ""


def bullets(lines: Sequence[str]) -> list[str]:
    """Return ``lines`` as list items."""
    return [f"- {line}" for line in lines]


def lines_of(text: str) -> list[str]:
    """Return a setting of several lines as lines without the blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def reached_at(person: Person) -> str:
    """Return a colleague as role and contact."""
    return f"{person.role}, {person.contact}" if person.contact else person.role


def head(practice: PracticeSettings, today: date, reference: str, title: str) -> str:
    """Return the top of a document: banner in training mode, practice, date, reference, title."""
    banner = [f"*** {TRAINING_BANNER} ***", ""] if practice.training_mode else []
    code = f" ({practice.ods_code})" if practice.ods_code else ""
    named = [f"{practice.name}{code}", *lines_of(practice.address)]
    marks = [f"Date: {day_of(today)}"]
    if reference:
        marks.append(f"Reference: {reference}")
    heading = wrapped(title)
    # Underlined rather than in capitals, which people who read slowly find hard.
    rule = "=" * max(len(line) for line in heading.splitlines())
    return "\n".join([*banner, *named, "", *marks, "", heading, rule])


def field_lines(fields: Sequence[FilledField]) -> list[str]:
    """Return the form as lines, with a blank wherever something is missing."""
    lines = []
    for field in fields:
        if field.value:
            lines.append(f"{field.label}: {field.value}")
        elif field.identifier:
            lines.append(f"{field.label}: {BLANK}")
        else:
            lines.append(f"{field.label}: {BLANK if field.required else 'not said'}")
    return lines


def missing_lines(fields: Sequence[FilledField]) -> list[str]:
    """Return what is still to be filled in, identifiers first."""
    named = [field.label for field in fields if field.missing and field.identifier]
    needed = [f.label for f in fields if f.missing and f.required and not f.identifier]
    lines = []
    if named:
        lines.append(f"To be added when you send it (not held here): {', '.join(named)}.")
    if needed:
        lines.append(f"Required by the receiver and not known yet: {', '.join(needed)}.")
    return lines or ["Nothing."]


def reply_line(practice: PracticeSettings) -> str:
    """Return where an answer should go."""
    return f"Please reply to: {practice.reply_address or practice.name}"


def document(page: Page, title: str, *blocks: str) -> str:
    """Return the whole document: head, ``blocks`` (empty ones dropped), and the facts on the service."""
    foot = section("About the service", facts_lines(page.service, page.today))
    parts = [head(page.practice, page.today, page.reference, title), *blocks, foot]
    return "\n\n".join(part for part in parts if part) + "\n"


def signature(page: Page) -> str:
    """Return the lines for a signature and the patient's agreement."""
    first = f"Prepared for {page.to_sign} to sign." if page.to_sign else ""
    return section(
        "Before it goes",
        [
            first,
            "The patient's agreement to this referral: [ ] agreed, on ____________",
            f"Signed: {BLANK}  Role: ____________",
        ],
    )


def unsent(page: Page, then: str) -> str:
    """Return the sentence that nothing has been sent, with what has to happen."""
    text = f"{NOTHING_SENT} {then}".strip()
    warned = [wrapped(CHECK_FIRST)] if must_check(page.service, page.today) else []
    return "\n".join([wrapped(text), *warned])


def service_name(page: Page) -> str:
    """Return the service's name."""
    return name_of(page.service)
