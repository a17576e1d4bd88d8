"""``refer to``: from the consultation to a draft in the referrals room, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.messages import error, info
from actions.consultation.state import Consultation
from referrals import desk
from referrals.draft import Draft, build_draft
from referrals.model import Referral
from referrals.permissions import HIDDEN, UNKNOWN, Actor, may, may_read_field
from referrals.routes import HAND_OUT
from referrals.shareable import keep_off_paper
from services_directory.assessment import Assessment, assess
from services_directory.loading import directory
from services_directory.practice import practice_settings
from services_directory.recommendation import why_not
from services_directory.ways_in import is_open_to

# Who asks where nobody signs in: a single machine, or a channel without sign-in.
NOT_SIGNED_IN = "not-signed-in"
Step = tuple[Consultation, list[dict[str, Any]]]


def refer(
    state: Consultation, service_id: str, context: TurnContext, route: str | None = None
) -> Step:
    """Prepare the draft of a referral to ``service_id``; nothing is sent.

    A service that does not fit, takes no referrals or has no known way in gets no form: the answer says
    why, and names the next best that has a way in.
    """
    book = directory()
    made = assess(state.case, context.as_of, book)
    judgement = made.judgements[service_id]
    service = book.services[service_id]
    failed = any(o.state == "not_met" and not o.criterion.by_provider for o in judgement.outcomes)
    # A need that was not said is for the clinician to judge; a criterion that fails is not.
    if judgement.verdict == "not_eligible" and failed:
        why = why_not(judgement, made, book, state.said)
        text = f"{service.name} does not fit, so nothing was prepared: {why}"
        return state, [info("why_not", text + _next_best(made, service_id), service_id)]
    if judgement.gate_shut:
        why = why_not(judgement, made, book, state.said)
        return state, [info("why_not", f"{service.name}: {why} Nothing was prepared.", service_id)]
    ways = tuple(way for way in service.routes if is_open_to(way, state.case))
    actor = actor_of(context)
    again = _still_there(state, service_id, context, actor) if route == HAND_OUT else None
    prepared = build_draft(
        replace(service, routes=ways),
        state.confirmed_case,
        state.said,
        practice_settings(),
        context.as_of,
        context.role,
        route=route,
        names={s.id: s.name for s in book.services.values()},
        reference=again,
    )
    if not isinstance(prepared, Draft):
        return state, [info("why_not", prepared.text + _next_best(made, service_id), service_id)]
    if again is not None and state.consultation_id is not None:
        # The paper of a draft that is there already: nothing new is opened, the reference stays one.
        message = _addressed(prepared.to_message(), state.consultation_id, context)
        message["text"] += f"\nThis is the draft {again} from before; no second one was made."
        return state, [message]
    try:
        opened, before = _opened(state, prepared, context, actor)
    except desk.DeskError as problem:
        return state, [error(f"referral_{problem.code}", str(problem))]
    chosen = dict(zip(state.chosen, state.drafts, strict=False))
    chosen[service_id] = opened.reference
    after = replace(
        state,
        chosen=tuple(chosen),
        drafts=tuple(chosen.values()),
        consultation_id=opened.consultation_id,
    )
    return after, [_message(prepared, opened, before, actor, context)]


def actor_of(context: TurnContext) -> Actor:
    """Return who takes this turn, as the referrals room knows them."""
    return Actor(
        context.user or NOT_SIGNED_IN,
        context.role or UNKNOWN,
        context.practice or practice_settings().ods_code,
    )


def _opened(
    state: Consultation, draft: Draft, context: TurnContext, actor: Actor
) -> tuple[Referral, tuple[str, ...]]:
    """Open the referral; return it with those of this consultation that it repeats."""
    room = desk.open_room()
    before: tuple[str, ...] = ()
    if state.consultation_id is not None:
        before = desk.opened_before(
            room, actor, context.now, state.consultation_id, draft.service_id
        )
    opened = desk.open_referral(
        room,
        actor,
        context.now,
        draft,
        state.confirmed_case,
        state.said,
        context.as_of,
        consultation_id=state.consultation_id,
        safety=state.categories,
    )
    return opened, before


def _message(
    draft: Draft,
    opened: Referral,
    before: tuple[str, ...],
    actor: Actor,
    context: TurnContext,
) -> dict[str, Any]:
    """Return the contract's ``referral_draft``, without what the role of who asks may not read."""
    message = _addressed(draft.to_message(), opened.consultation_id, context)
    if before:
        message["text"] += f"\nAlready prepared in this consultation: {', '.join(before)}."
    if context.role is None or may(actor, "see_conditions"):
        return message
    hidden = {f.name for f in opened.fields if not may_read_field(actor, f)}
    message["fields"] = [
        {**field, "value": "", "source": HIDDEN} if field["name"] in hidden else field
        for field in message["fields"]
    ]
    if draft.kind != HAND_OUT:
        # The papers say more than this role may read; whoever signs opens them.
        message["documents"] = []
    lines = message["text"].splitlines()
    message["text"] = "\n".join(line for line in lines if not line.startswith("Left out"))
    return message


def _addressed(
    message: dict[str, Any], consultation_id: str, context: TurnContext
) -> dict[str, Any]:
    """Add to the message of a draft where its form and its papers are."""
    # Where its form is: relative to the product, because a name is typed there and nowhere else.
    message["consultation_id"] = consultation_id
    message["url"] = f"/referrals/consultation/{consultation_id}"
    message["documents"] = [
        {**document, "url": context.base_url + document["url"]} for document in message["documents"]
    ]
    for document in message["documents"]:
        document["formats"] = {
            name: context.base_url + address
            for name, address in document.get("formats", {}).items()
        }
    return message


def _still_there(
    state: Consultation, service_id: str, context: TurnContext, actor: Actor
) -> str | None:
    """Return the reference of this consultation's draft to the service, if it is still on."""
    reference = dict(zip(state.chosen, state.drafts, strict=False)).get(service_id)
    if reference is None or state.consultation_id is None:
        return None
    try:
        going = desk.opened_before(
            desk.open_room(), actor, context.now, state.consultation_id, service_id
        )
    except desk.DeskError:
        return None
    return reference if reference in going else None


def _next_best(made: Assessment, service_id: str) -> str:
    """Name the first card with a known way in, for one of the same needs where there is one."""
    service = made.judgements[service_id].service
    if keep_off_paper(service):
        # Nothing stands in for a safety service, least of all the next helpline.
        return ""
    wanted = set(service.needs)
    reachable = [
        ranked.card.judgement
        for ranked in made.ranked
        if ranked.card.judgement.way_in == "known"
        and ranked.card.id != service_id
        and not keep_off_paper(ranked.card.judgement.service)
    ]
    same = [j for j in reachable if wanted & set(j.served)]
    best = next(iter(same or reachable), None)
    return f" With a known way in: {best.service.name}." if best else ""
