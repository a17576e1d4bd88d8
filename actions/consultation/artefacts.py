"""Texts about the whole consultation: summary, GP record, fit-note comments, hand-out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from actions.consultation import referral
from actions.consultation.context import TurnContext
from actions.consultation.header import header
from actions.consultation.messages import info
from actions.consultation.safety import safety_message
from actions.consultation.state import Consultation
from actions.consultation.understood import facts_in_words
from referrals.artefacts.fit_note_comments import fit_note_comments
from referrals.artefacts.record_text import Choice, record_text
from services_directory.assessment import assess
from services_directory.directory import Directory
from services_directory.loading import directory
from services_directory.practice import practice_settings
from services_directory.recommendation import ARTEFACTS

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]
# How many of the services shown count as offered: those a clinician reads without unfolding.
OFFERED_IN_RECORD = 3
STRENGTHS_FIRST = ("occupation", "goal", "work_status")


def known_words(state: Consultation, book: Directory) -> str:
    """Return all that is known in one sentence, strengths and wishes first."""
    known = state.case.to_json()
    ordered = {key: known[key] for key in STRENGTHS_FIRST if key in known} | known
    told = facts_in_words(ordered, state.case, book, state.said)
    return "Known: " + "; ".join(told) + "." if told else "Nothing is known of the patient yet."


def summary(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Say whom this is about, what is known, and what came of it."""
    book = directory()
    lines = [header(state, book) + ".", known_words(state, book)]
    for label, ids in (("Prepared", state.chosen), ("Offered", state.offered[:OFFERED_IN_RECORD])):
        names = [book.services[i].name for i in ids if i in book.services]
        if names:
            lines.append(f"{label}: {'; '.join(names)}.")
    if state.dismissed:
        told = [
            f"{book.services[i].name} ({why.replace('_', ' ')})"
            for i, why in state.dismissed.items()
            if i in book.services
        ]
        lines.append(f"Set aside: {'; '.join(told)}.")
    for when in state.assessed:
        lines.append(f"Risk assessed by the clinician at {when}.")
    return state, [info("summary", "\n".join(lines))]


def record(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Return text for the GP record: coded work status, what was offered, sources."""
    text = record_text(
        state.confirmed_case,
        _choices(state),
        practice_settings(),
        context.as_of,
        safety=state.categories,
        reasons=state.dismissed,
    )
    if state.assessed:
        times = ", ".join(f"{datetime.fromisoformat(when):%H:%M}" for when in state.assessed)
        text = f"{text.rstrip()}\n\nRisk assessed by the clinician at {times}.\n"
    return state, [info("record_text", text)]


def _choices(state: Consultation) -> list[Choice]:
    """Return what was prepared, set aside and merely offered, each service once."""
    services = directory().services
    references = dict(zip(state.chosen, state.drafts, strict=False))
    chosen = [Choice(services[i], "chosen", references.get(i, "")) for i in state.chosen]
    declined = [
        Choice(services[i], "declined")
        for i in state.dismissed
        if i in services and i not in state.chosen
    ]
    settled = {*state.chosen, *state.dismissed}
    offered = [
        Choice(services[i], "offered")
        for i in state.offered[:OFFERED_IN_RECORD]
        if i in services and i not in settled
    ]
    return [*chosen, *declined, *offered]


def fit_note(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Return functional comments for a fit note, for the certifying clinician to decide on."""
    text = fit_note_comments(state.confirmed_case, practice_settings(), context.as_of)
    return state, [info("fit_note_comments", text)]


def handout(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Prepare a hand-out: for the service named, else for the first card the patient can use alone."""
    command = understanding.get("command") or {}
    named = list(command.get("services") or ())
    place = command.get("value")
    if isinstance(place, int):
        named = list(state.offered[place - 1 : place])
    if len(named) != 1:
        named = _for_the_patient_alone(state, context)
        if "abuse" in state.categories or "domestic_abuse" in state.case.barriers:
            return state, [_no_paper(state, named)]
    if not named:
        return state, [
            info(
                "help",
                "No service on the list can be used by the patient alone: no hand-out was made.",
            )
        ]
    return referral.refer(state, named[0], context, route="patient_handout")


def _for_the_patient_alone(state: Consultation, context: TurnContext) -> list[str]:
    """Return the services that the patient can use alone by a known way, in the order of the cards."""
    made = assess(state.case, context.as_of, directory())
    return [
        ranked.card.id
        for ranked in made.ranked
        if any(
            ARTEFACTS[route.route] == "patient_handout" and route.way_in == "known"
            for route in ranked.card.judgement.service.routes
        )
    ]


def _no_paper(state: Consultation, usable: list[str]) -> dict[str, Any]:
    """Say why no hand-out is made where abuse was said, and what to do instead."""
    book = directory()
    lines = []
    for contact in safety_message(["abuse"], state.case, book, practice_settings())["contacts"]:
        detail = contact.get("phone") or contact.get("how") or ""
        lines.append(f"- {contact['name']}{': ' + detail if detail else ''}")
    text = (
        "No hand-out was made: whoever does harm could find the paper. Tell the patient instead, "
        "alone, what is here:\n" + "\n".join(lines)
    )
    others = [i for i in usable if "safety" not in book.services[i].needs][:2]
    message = info("help", text)
    if others:
        message["text"] += (
            "\nIf the patient says that a paper about something else is safe to carry, ask for it by name."
        )
        message["chips"] = [
            {"title": f"Hand-out: {book.services[i].name}", "payload": f"hand-out for {i}"}
            for i in others
        ]
    return message
