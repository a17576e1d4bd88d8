"""Short questions that name no service ("who can refer?", "why is that first?"), and several at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.messages import info
from actions.consultation.state import Consultation
from services_directory.assessment import assess
from services_directory.loading import directory
from services_directory.plain_english import STATUS_WORDS, ways_in
from services_directory.reasons import day_of
from services_directory.status import status_on
from understanding.commands import LAST

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]
OneAction = Callable[[Consultation, Said, TurnContext], Step]
# Asked of the ways in, not of the service as a whole.
_REACHING = re.compile(
    r"\b(?:phone|tel\w*|numbers?|e-?mail|web\w*|link|contact|address|refer|reach|apply|sign up|"
    r"get in|join)\b",
    re.IGNORECASE,
)
_ROLES = {"gp": "a GP", "ahp": "another health professional", "patient": "the patient"}
NOTHING_LISTED = (
    "No service has been shown yet, so I do not know which you mean. "
    "Name it, for example “tell me about Access to Work”, or type “show” for the list."
)
WHICH_ONE = "Refer to which service? Type its number or name, for example “refer to 1”."


def spoken_of(state: Consultation, messages: list[dict[str, Any]]) -> str | None:
    """Return the service that ``messages`` leave in the clinician's mind: after a list, none yet."""
    spoken = state.spoken
    for message in messages:
        if message["type"] == "recommendations":
            spoken = None
        elif message.get("service_id"):
            spoken = str(message["service_id"])
    return spoken


def on_the_last(act: OneAction) -> OneAction:
    """Return ``act`` for the service spoken of last, where the command says no more than that."""

    def turn(state: Consultation, understanding: Said, context: TurnContext) -> Step:
        command = dict(understanding.get("command") or {})
        if command.get("value") != LAST:
            return act(state, understanding, context)
        service_id = state.spoken or next(iter(state.listed), None)
        if service_id is None:
            return state, [info("help", NOTHING_LISTED)]
        if command["name"] == "why_not" and service_id in state.listed:
            return _why_listed(state, service_id, context)
        if _REACHING.search(str(command.get("words", ""))):
            return state, [_how_to_reach(service_id, context)]
        named = {**command, "value": None, "services": (service_id,)}
        return act(state, {**understanding, "command": named}, context)

    return turn


def _how_to_reach(service_id: str, context: TurnContext) -> dict[str, Any]:
    """Answer "phone number?" and "who can refer?" with the ways in, and what stands for no contact."""
    service = directory().services[service_id]
    lines = [f"{service.name}:", *ways_in(service, context.as_of)]
    status = status_on(service, context.as_of)
    if not status.referable:
        since = f" since {day_of(status.since)}" if status.since else ""
        lines.append(f"{STATUS_WORDS[status.status]}{since}.")
    roles = dict.fromkeys(role for route in service.routes for role in route.who)
    if roles:
        lines.append(f"Who may: {', '.join(_ROLES.get(r, r.replace('_', ' ')) for r in roles)}.")
    if not any(x for route in service.routes for x in (route.phone, route.web, route.email)):
        lines.append("No number or address is held.")
    lines.append(f"All that is held: “tell me about {service.id}”.")
    return info("service", "\n".join(lines), service_id)


def one_by_one(act: OneAction) -> OneAction:
    """Return ``act`` for each of several numbers ("refer to 1 and 2"), in order."""

    def turn(state: Consultation, understanding: Said, context: TurnContext) -> Step:
        command = dict(understanding.get("command") or {})
        places = tuple(command.get("places") or ())
        if not (
            places
            or command.get("words")
            or command.get("services")
            or understanding.get("services")
        ):
            return state, [info("help", WHICH_ONE)]
        if len(places) < 2 or not state.listed:
            return act(state, understanding, context)
        told: list[dict[str, Any]] = []
        listed = state.listed
        for place in places:
            one = {**command, "value": place, "places": (place,)}
            state, messages = act(
                replace(state, listed=listed), {**understanding, "command": one}, context
            )
            told += messages
        return state, told

    return turn


def _why_listed(state: Consultation, service_id: str, context: TurnContext) -> Step:
    """Say why a service stands where it does on the list."""
    book = directory()
    made = assess(state.case, context.as_of, book)
    ranked = next((r for r in made.ranked if service_id in (r.card.id, *r.card.also)), None)
    name = book.services[service_id].name
    if ranked is None:
        return state, [info("why_not", f"{name} is no longer on the list.", service_id)]
    judgement = ranked.card.judgement
    place = state.listed.index(service_id) + 1
    needs = [book.words.label("needs", need) for need in judgement.served]
    open_ones = [o.criterion.says for o in judgement.outcomes if o.state == "unknown"]
    reach = {
        "known": "the way in is known",
        "unconfirmed": "the way in is not confirmed",
    }.get(judgement.way_in, "how to reach it is not known")
    lines = [f"{name} is number {place}: it is for {', '.join(needs)}; {reach}."]
    if open_ones:
        lines.append(f"Not known yet: {'; '.join(open_ones)}.")
    else:
        lines.append("Nothing said speaks against it.")
    lines.append(
        "The needs said take turns, the most urgent first; within a need, what fits for certain and is "
        "mainly for it stands before the rest. No provider pays for its place."
    )
    return state, [info("why_not", " ".join(lines), service_id)]
