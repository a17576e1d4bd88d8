"""What has to happen next with a referral, in a sentence or two. Pure; it says nothing of the patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from referrals.desk.errors import Code
from referrals.lifecycle import FINAL, WITH_RECEIVER
from referrals.model import Referral, State, StateChange
from referrals.worklist import reply_within
from services_directory.model import Service
from services_directory.reasons import day_of

DELETED = "What it said of the patient has been deleted; reference, service and states are kept."
NO_ENTRY = "The directory has no entry for this service any more: withdraw it, or ask the service."
CLOSED = "Next: withdraw it and choose another service, for this one takes no referrals now."
# What stands in the way, in the order in which it is done. The page itself says more, also of the patient.
TO_DO: tuple[tuple[Code, str], ...] = (
    ("no_consent", "ask the patient and record the answer"),
    ("missing", "fill in what the service requires"),
    ("at_odds", "correct who the patient is, which does not fit the consultation"),
    ("unchecked", "ask the service whether it takes referrals this way, and record that you did"),
)
# What the service, or the patient, does from here.
AWAITED: dict[State, str] = {
    "sent": "the service answers",
    "received": "the service accepts or declines",
    "accepted": "the patient starts with the service",
}


@dataclass(frozen=True)
class Standing:
    """What is known of a referral besides itself.

    ``hindrances``: codes of what stands between it and being sent. ``carried``: the patient takes the paper
    along. ``by_hand``: the practice sends it, not the product. ``in_vain``: delivery was tried and failed.
    """

    service: Service | None
    hindrances: frozenset[Code] = frozenset()
    carried: bool = False
    by_hand: bool = True
    in_vain: bool = False


def next_step(
    referral: Referral, history: Iterable[StateChange], standing: Standing, now: datetime
) -> str:
    """Return what has to happen next. ``now`` has the practice's time zone."""
    if referral.purged:
        return DELETED
    if referral.queued_at is not None:
        if standing.in_vain:
            return "Next: delivery did not succeed yet and is tried again; the referral's page says why."
        return "Next: it is delivered."
    if referral.state == "declined":
        return "Next: tell the patient and try another service; words and services are on its page."
    if referral.state == "failed":
        return "Next: see on its page what went wrong, then send it another way."
    if referral.state == "withdrawn" and _had_it(history):
        return "Next: the service had it, so ask them to delete it, if that was not done."
    if referral.state in FINAL:
        return "Nothing more is to be done."
    if referral.state in WITH_RECEIVER:
        return _awaited(referral, standing, now)
    if standing.service is None:
        return NO_ENTRY
    if "not_referable" in standing.hindrances:
        return CLOSED
    if standing.carried:
        return "Next: give the paper to the patient, and note that it was given."
    return f"Next: {_in_a_row(_to_do(referral, standing))}."


def answer_due(referral: Referral, service: Service | None, now: datetime) -> date:
    """Return the day by which something should be heard of a referral that the receiver has."""
    due = referral.state_since + timedelta(days=reply_within(referral, service))
    return due.astimezone(now.tzinfo).date()


def _had_it(history: Iterable[StateChange]) -> bool:
    return any(
        step.from_state in WITH_RECEIVER and step.to_state == "withdrawn" for step in history
    )


def _awaited(referral: Referral, standing: Standing, now: datetime) -> str:
    if standing.carried:
        return "The patient has the paper and decides; ask at the next contact how it went."
    if referral.state == "attached":
        return "The patient takes part; the service says when it is completed."
    day = day_of(answer_due(referral, standing.service, now))
    awaited = AWAITED[referral.state]
    if now - referral.state_since >= timedelta(days=reply_within(referral, standing.service)):
        return f"Next: {awaited}; nothing was heard by {day}, so ask them."
    return f"Next: {awaited}, by {day}; after that the worklist asks you to look into it."


def _to_do(referral: Referral, standing: Standing) -> Iterable[str]:
    yield from (words for code, words in TO_DO if code in standing.hindrances)
    if "unsigned" in standing.hindrances:
        yield f"have it signed by {referral.to_sign}" if referral.to_sign else "have it signed"
    yield "send it yourself and note that it has gone" if standing.by_hand else "send it"


def _in_a_row(parts: Iterable[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"{'; '.join(listed[:-1])}; then {listed[-1]}"
