"""Where a referral stands, asked for in the chat: "status of FP-7K3M9Q2X", "has the referral gone?".

The referrals room decides who may see it, and notes that it was seen. What comes back says nothing of the
patient: reference, service, state, dates and what happens next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.messages import error, info
from actions.consultation.referral import actor_of
from actions.consultation.state import Consultation
from referrals import desk
from referrals.desk import DeskError, Room
from referrals.lifecycle import STATES
from referrals.permissions import Actor

# More at once would be a list, which the worklist is.
MOST = 3
HOW = "Type “status of FP-…” with the reference of the one you mean, or look at the worklist."

Said = Mapping[str, Any]
Messages = list[dict[str, Any]]


def told(
    state: Consultation, understanding: Said, context: TurnContext
) -> tuple[Consultation, Messages]:
    """Tell where the referral stands whose reference was typed.

    Without a reference: this consultation's referrals, else those that the person who asks follows up; of
    these the ones to the services named, if any was. The consultation stays as it is.
    """
    command = understanding.get("command") or {}
    reference = str(command.get("words") or "")
    room, actor = desk.open_room(), actor_of(context)
    try:
        if reference:
            return state, [_status(state, room, actor, context, reference)]
        return state, list(_found(state, room, actor, context, command.get("services") or ()))
    except DeskError as problem:
        return state, [error(f"referral_{problem.code}", str(problem))]


def _found(
    state: Consultation, room: Room, actor: Actor, context: TurnContext, services: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Yield the answer where no reference was typed. Raises ``DeskError``."""
    drafts = zip(state.chosen, state.drafts, strict=False)
    references = [ref for service, ref in drafts if not services or service in services]
    if not references:
        references = _own(room, actor, context, services)
        if references and context.user:
            yield info("help", "None was prepared in this consultation. You follow up:")
    if not references:
        yield info("help", f"No such referral of yours was found. {HOW}")
    for reference in references[:MOST]:
        yield _status(state, room, actor, context, reference)
    if len(references) > MOST:
        yield info("help", f"There are {len(references) - MOST} more. {HOW}")


def _own(room: Room, actor: Actor, context: TurnContext, services: Collection[str]) -> list[str]:
    """Return the references that ``actor`` follows up, the latest change first."""
    if not context.user:
        # Whoever did not sign in shares an id with everybody else who did not: none is their own.
        return []
    rows = desk.worklist(room, actor, context.now, states=STATES, owner=actor.id)
    fitting = [row for row in rows if not services or row.service_id in services]
    return [row.reference for row in sorted(fitting, key=lambda row: (row.days, row.reference))]


def _status(
    state: Consultation, room: Room, actor: Actor, context: TurnContext, reference: str
) -> dict[str, Any]:
    # Where nobody signs in, who was allowed to prepare it here may hear what became of it.
    here = None if context.user else state.consultation_id
    view = desk.view(room, actor, context.now, reference, prepared_in=here)
    message = desk.status_message(view)
    return {**message, "url": f"/referrals/{view.referral.reference}"}
