"""`hand-out`: a paper for the patient, about the service named or the first that needs nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.consultation import referral, services
from actions.consultation.context import TurnContext
from actions.consultation.messages import info
from actions.consultation.safety import safety_message
from actions.consultation.state import Consultation
from referrals.routes import HAND_OUT
from services_directory.assessment import assess
from services_directory.loading import directory
from services_directory.model import Service
from services_directory.practice import practice_settings
from services_directory.recommendation import ARTEFACTS

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]


def handout(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Prepare a hand-out: for the service named, else for the first card the patient can use alone.

    Where that is not the first card, it is said why not those before it.
    """
    command = understanding.get("command") or {}
    if command.get("services") or isinstance(command.get("value"), int):
        return services.with_service(
            "hand-out for", state, understanding, context, services.hand_out
        )
    usable, passed_over = _for_the_patient_alone(state, context)
    if "abuse" in state.categories or "domestic_abuse" in state.case.barriers:
        return state, [_no_paper(state, usable)]
    if not usable:
        none = "No service on the list can be used by the patient alone: no hand-out was made."
        return state, [info("help", "\n".join([none, *passed_over]))]
    after, messages = referral.refer(state, usable[0], context, route=HAND_OUT)
    if passed_over:
        first = "It is the first on the list that the patient can use alone."
        messages[0]["text"] += "\n" + " ".join([first, *passed_over])
    return after, messages


def _for_the_patient_alone(
    state: Consultation, context: TurnContext
) -> tuple[list[str], list[str]]:
    """Return the services that the patient can use alone by a known way, in the order of the cards.

    And why each card before the first of them is none: a sentence each.
    """
    made = assess(state.case, context.as_of, directory())
    usable: list[str] = []
    passed_over: list[str] = []
    for place, ranked in enumerate(made.ranked, start=1):
        service = ranked.card.judgement.service
        why = _why_not_alone(service)
        if not why:
            usable.append(service.id)
        elif not usable:
            passed_over.append(f"Number {place}, {service.name}: {why}.")
    return usable, passed_over


def _why_not_alone(service: Service) -> str:
    """Return why no patient can use ``service`` alone; "" where they can."""
    alone = [route for route in service.routes if ARTEFACTS[route.route] == HAND_OUT]
    if not alone:
        return "the patient cannot sign up alone"
    if any(route.way_in == "known" for route in alone):
        return ""
    if any(route.way_in == "unconfirmed" for route in alone):
        return "how to reach it is not confirmed"
    return "how the patient can reach it was not found"


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
