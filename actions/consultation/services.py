"""Commands about one service: why not, tell me about, refer to, dismiss."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.consultation import referral, steps
from actions.consultation.choice import ONE_OF_THESE, OTHERS, WHICH, picked, waiting, which_service
from actions.consultation.context import TurnContext
from actions.consultation.messages import error, info
from actions.consultation.names import resolve, suggestions
from actions.consultation.pausing import still_paused
from actions.consultation.state import Consultation
from actions.consultation.which_service import are_over, beside, meant, over_in_words
from referrals.routes import HAND_OUT
from services_directory.assessment import Assessment, assess
from services_directory.loading import directory
from services_directory.plain_english import STATUS_WORDS, describe
from services_directory.question_texts import question_message, question_texts
from services_directory.recommendation import why_not
from services_directory.status import status_on

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]
# What is longer is no name, and not repeated.
LONGEST_NAME = 60
OneService = Callable[[Consultation, str, Said, TurnContext], Step]


def with_service(
    verb: str, state: Consultation, understanding: Said, context: TurnContext, then: OneService
) -> Step:
    """Find which service is meant and go on with it; ask where several can be meant."""
    command = understanding.get("command") or {}
    ids = tuple(command.get("services") or understanding.get("services") or ())
    words = str(command.get("words") or understanding.get("text", ""))
    place = int(words) if words.isdecimal() and len(words) < 4 else command.get("value")
    pending = state.pending or {}
    offered = pending.get("kind") == "service" and bool(pending.get("offer"))
    if pending.get("kind") == "service":
        # Another command was typed instead of an answer to "which of these do you mean?".
        state = replace(state, pending=None, asked=state.asked if offered else None)
    if isinstance(place, int):
        if not (state.listed or state.empty or state.paused):
            after, messages = steps.shown(state, context)
            lead = [info("help", steps.LIST_FIRST)] if after.listed else []
            return after, [*lead, *messages]
        if not 1 <= place <= len(state.listed):
            return state, [error("unknown_service", _no_such_card(place, len(state.listed)))]
        ids = (state.listed[place - 1],)
    if not ids:
        ids = resolve(words)
    if len(ids) > 1:
        made = assess(state.case, context.as_of, directory())
        if are_over(ids, context.as_of, directory()):
            return _all_over(verb, words, ids, state, made)
        likely = meant(ids, made, directory())
        if len(likely) == 1 and verb == "tell me about":
            after, messages = then(state, likely[0], understanding, context)
            others = tuple(i for i in ids if i != likely[0])
            return _offer(after, messages, OTHERS, verb, others, context.as_of)
        ids = likely
    if len(ids) == 1:
        after, messages = then(state, ids[0], understanding, context)
        return after, [*messages, *_open_again(after, offered, context)]
    if not ids:
        near = suggestions(words)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        named = f"“{words}” is" if words and len(words) <= LONGEST_NAME else "That is"
        text = f"{named} not held here: no service of that name is in the directory.{hint}"
        return state, [info("help", f"{text} The case is unchanged.")]
    asked = replace(state, pending=waiting(verb, ids), asked="service")
    return asked, [which_service(WHICH, verb, ids, context.as_of)]


def _offer(
    state: Consultation,
    messages: list[dict[str, Any]],
    text: str,
    verb: str,
    ids: tuple[str, ...],
    day: date,
) -> Step:
    """Add to an answer the question whether another of ``ids`` was meant.

    What was asked about the patient before stays open: who means no other just goes on.
    """
    after = replace(state, pending={**waiting(verb, ids), "offer": True})
    return after, [*messages, which_service(text, verb, ids, day)]


def _open_again(state: Consultation, offered: bool, context: TurnContext) -> list[dict[str, Any]]:
    """Return the question about the patient that an offer stood over, so that it can be answered."""
    if not offered or state.asked not in question_texts():
        return []
    return [question_message(str(state.asked), directory(), context.as_of)]


def _all_over(
    verb: str, called: str, ids: tuple[str, ...], state: Consultation, made: Assessment
) -> Step:
    """Say that every service of a name is over, and offer what there is today for the same verb."""
    text, today = over_in_words(called, ids, made, directory())
    again = "tell me about" if verb in ("why not", "dismiss") else verb
    answer = info("service" if verb == "tell me about" else "why_not", text)
    return _offer(state, [answer], ONE_OF_THESE, again, (*today, *ids), made.day)


def _no_such_card(place: int, shown: int) -> str:
    if not shown:
        return (
            f"There is no service number {place}: no list has been shown yet. "
            "Answer the question, or type “show” for the list now. The case is unchanged."
        )
    are = "1 is" if shown == 1 else f"{shown} are"
    return f"There is no service number {place}: {are} listed. The case is unchanged."


def chosen(state: Consultation, pending: Said, understanding: Said, context: TurnContext) -> Step:
    """Take the answer to "which of these do you mean?"."""
    hits = picked(pending, understanding)
    if len(hits) != 1:
        return state, [info("help", "Left as it was: no service was chosen.")]
    after, messages = _VERBS[str(pending["verb"])](state, hits[0], understanding, context)
    return after, [*messages, *_open_again(after, bool(pending.get("offer")), context)]


def why_not_service(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Say why a service is not offered, since when it is closed and what replaced it."""
    return with_service("why not", state, understanding, context, _why_not)


def _why_not(state: Consultation, service_id: str, said: Said, context: TurnContext) -> Step:
    book = directory()
    made = assess(state.case, context.as_of, book)
    judgement = made.judgements[service_id]
    if service_id in made.shown_ids:
        place = next(
            n
            for n, ranked in enumerate(made.ranked, start=1)
            if service_id in (ranked.card.id, *ranked.card.also)
        )
        text = f"{judgement.service.name} {_where_it_stands(state, service_id, place)}"
    else:
        text = f"{judgement.service.name}: {why_not(judgement, made, book, state.said)}"
    return state, [info("why_not", text, service_id, verdict=judgement.verdict)]


def _where_it_stands(state: Consultation, service_id: str, place: int) -> str:
    """Say which number it has on the list on the screen; where none is shown yet, that it will have one."""
    if service_id in state.listed:
        return f"is on the list: number {state.listed.index(service_id) + 1}."
    if not state.listed or state.asked is not None:
        return (
            "fits as far as is known, and will be on the list. "
            "The list follows the open question; type “show” for it now."
        )
    return f"is on the list, as part of number {place}."


def tell_me_about(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Describe a service in plain English."""
    return with_service("tell me about", state, understanding, context, _describe)


def _describe(state: Consultation, service_id: str, said: Said, context: TurnContext) -> Step:
    book = directory()
    service = book.services[service_id]
    text = describe(service, context.as_of, book)
    local = beside(service, tuple(book.services), state.case.area, book)
    if local is not None:
        label = book.areas.label(str(state.case.area))
        how = next((f" {route.how}." for route in local.routes if route.way_in != "not_known"), "")
        status = STATUS_WORDS[status_on(local, context.as_of).status]
        text += f"\nFor {label} there is also {local.name}: {status.lower()}.{how}"
    return state, [info("service", text, service_id)]


def refer_to(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Prepare the artefact of a service's route."""
    if state.paused:
        return state, [still_paused()]
    return with_service("refer to", state, understanding, context, _refer)


def _refer(state: Consultation, service_id: str, said: Said, context: TurnContext) -> Step:
    book = directory()
    host = assess(state.case, context.as_of, book).host_of(service_id)
    if host is None:
        return referral.refer(state, service_id, context)
    after, messages = referral.refer(state, host, context)
    names = f"{book.services[service_id].name}: part of {book.services[host].name}"
    return after, [info("service", f"{names}. Ask for it in that referral.", host), *messages]


def dismiss(state: Consultation, understanding: Said, context: TurnContext) -> Step:
    """Set a service aside for this patient, with the reason if one was said."""
    return with_service("dismiss", state, understanding, context, _dismiss)


def _dismiss(state: Consultation, service_id: str, said: Said, context: TurnContext) -> Step:
    reason = str((said.get("command") or {}).get("reason") or "other")
    after = replace(state, dismissed={**state.dismissed, service_id: reason})
    name = directory().services[service_id].name
    told = reason.replace("_", " ")
    return after, [info("why_not", f"{name} is set aside for this patient ({told}).", service_id)]


def hand_out(state: Consultation, service_id: str, said: Said, context: TurnContext) -> Step:
    """Prepare the patient's hand-out about one service."""
    return referral.refer(state, service_id, context, route=HAND_OUT)


_VERBS: dict[str, OneService] = {
    "hand-out for": hand_out,
    "why not": _why_not,
    "tell me about": _describe,
    "refer to": _refer,
    "dismiss": _dismiss,
}
