"""Texts about the whole consultation: summary, GP record, fit-note comments, what is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.header import header
from actions.consultation.messages import info
from actions.consultation.state import Consultation
from actions.consultation.understood import facts_in_words
from referrals.artefacts.fit_note_comments import fit_note_comments
from referrals.artefacts.record_text import Choice, record_text
from services_directory.assessment import assess
from services_directory.directory import Directory
from services_directory.loading import directory
from services_directory.practice import practice_settings

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]
# How many of the services shown count as suggested: those a clinician reads without unfolding.
SUGGESTED_IN_RECORD = 3
STRENGTHS_FIRST = ("occupation", "goal", "work_status")


def known_words(state: Consultation, book: Directory) -> str:
    """Return all that is known in one sentence, strengths and wishes first."""
    known = state.case.to_json()
    ordered = {key: known[key] for key in STRENGTHS_FIRST if key in known} | known
    told = facts_in_words(ordered, state.case, book, state.said)
    return "Known: " + "; ".join(told) + "." if told else "Nothing is known of the patient yet."


def undone(state: Consultation, book: Directory) -> str:
    """Say what is known after an `undo`, and that drafts are no part of what it takes back."""
    told = f"Undone. {known_words(state, book)}"
    kept = [
        f"{reference} ({book.services[i].name})" if i in book.services else reference
        for i, reference in zip(state.chosen, state.drafts, strict=False)
    ]
    if not kept:
        return told
    if len(kept) == 1:
        return f"{told} Draft {kept[0]} is kept; withdraw it on its page if it is not wanted."
    return f"{told} Drafts {', '.join(kept)} are kept; withdraw what is not wanted on its page."


def suggested(state: Consultation, context: TurnContext) -> list[str]:
    """Return the first services of the list last shown that still fit, less what was prepared or set aside.

    After a correction or an `undo` the list on the screen can be that of a case that no longer stands.
    """
    first = state.listed[:SUGGESTED_IN_RECORD]
    if not first or state.empty:
        return []
    fitting = assess(state.case, context.as_of, directory()).shown_ids
    return [i for i in first if i in fitting and i not in state.chosen and i not in state.dismissed]


def summary(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Say whom this is about, what is known, and what came of it."""
    book = directory()
    lines = [header(state, book) + ".", known_words(state, book)]
    told = (("Prepared", state.chosen), ("Suggested by the directory", suggested(state, context)))
    for label, ids in told:
        names = [book.services[i].name for i in ids if i in book.services]
        if names:
            lines.append(f"{label}: {'; '.join(names)}.")
    if state.dismissed:
        aside = [
            f"{book.services[i].name} ({why.replace('_', ' ')})"
            for i, why in state.dismissed.items()
            if i in book.services
        ]
        lines.append(f"Set aside: {'; '.join(aside)}.")
    for when in state.assessed:
        lines.append(f"Risk assessed by the clinician at {when}.")
    return state, [info("summary", "\n".join(lines))]


def record(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Return text for the GP record: coded work status, what was prepared or suggested, age of the facts."""
    text = record_text(
        state.confirmed_case,
        _choices(state, context),
        practice_settings(),
        context.as_of,
        safety=state.categories,
        reasons=state.dismissed,
        said=state.said,
    )
    if state.assessed:
        times = ", ".join(f"{datetime.fromisoformat(when):%H:%M}" for when in state.assessed)
        text = f"{text.rstrip()}\n\nRisk assessed by the clinician at {times}.\n"
    return state, [info("record_text", text)]


def _choices(state: Consultation, context: TurnContext) -> list[Choice]:
    """Return what was prepared, set aside and merely suggested, each service once."""
    services = directory().services
    references = dict(zip(state.chosen, state.drafts, strict=False))
    chosen = [Choice(services[i], "chosen", references.get(i, "")) for i in state.chosen]
    declined = [
        Choice(services[i], "declined")
        for i in state.dismissed
        if i in services and i not in state.chosen
    ]
    others = [Choice(services[i], "suggested") for i in suggested(state, context) if i in services]
    return [*chosen, *declined, *others]


def fit_note(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Return functional comments for a fit note, for the certifying clinician to decide on."""
    text = fit_note_comments(state.confirmed_case, practice_settings(), context.as_of)
    return state, [info("fit_note_comments", text)]
