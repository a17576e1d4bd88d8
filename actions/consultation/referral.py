"""``refer to``: from the consultation to a draft in the referrals room, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.messages import info
from actions.consultation.state import Consultation
from referrals import store
from referrals.draft import Draft, build_draft
from services_directory.assessment import Assessment, assess
from services_directory.loading import directory
from services_directory.practice import practice_settings
from services_directory.recommendation import why_not
from services_directory.ways_in import is_open_to

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
    prepared = build_draft(
        replace(service, routes=ways),
        state.confirmed_case,
        state.said,
        practice_settings(),
        context.as_of,
        context.role,
        route=route,
        names={s.id: s.name for s in book.services.values()},
    )
    if not isinstance(prepared, Draft):
        return state, [info("why_not", prepared.text + _next_best(made, service_id), service_id)]
    store.create_draft(prepared)
    after = replace(
        state,
        chosen=tuple(dict.fromkeys((*state.chosen, service_id))),
        drafts=(*state.drafts, prepared.referral_id),
    )
    message = prepared.to_message()
    message["documents"] = [
        {
            **document,
            "url": context.base_url + document["url"],
            "formats": {name: context.base_url + url for name, url in document["formats"].items()},
        }
        for document in message["documents"]
    ]
    return after, [message]


def _next_best(made: Assessment, service_id: str) -> str:
    """Name the first card with a known way in, for one of the same needs where there is one."""
    wanted = set(made.judgements[service_id].service.needs)
    reachable = [
        ranked.card.judgement
        for ranked in made.ranked
        if ranked.card.judgement.way_in == "known" and ranked.card.id != service_id
    ]
    same = [j for j in reachable if wanted & set(j.served)]
    best = next(iter(same or reachable), None)
    return f" With a known way in: {best.service.name}." if best else ""
