"""After the hand-over: what the service said, withdrawing, and who follows it up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from referrals.desk.errors import DeskError
from referrals.desk.room import Room
from referrals.lifecycle import STATE_WORDS, TOLD, WITH_RECEIVER
from referrals.model import Referral, State
from referrals.permissions import Actor
from referrals.records import history

LONGEST_REASON = 500


@dataclass(frozen=True)
class Withdrawn:
    """The referral, and whether the service has it and must be told."""

    referral: Referral
    tell_service: bool


def report(
    room: Room, actor: Actor, now: datetime, reference: str, to: State, reason: str = ""
) -> Referral:
    """Record what the service told the practice, or that it came back undelivered (``failed``).

    Declining needs the reason. Raises ``DeskError``.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "report")
        if to not in TOLD:
            raise DeskError("wrong_state", f"A service does not report: {STATE_WORDS[to]}.")
        if to == "declined" and not reason.strip():
            raise DeskError("no_reason", "Say why the service declined.")
        return work.save(work.move(referral, to, _short(reason)), "report", {"to": to})


def withdraw(
    room: Room, actor: Actor, now: datetime, reference: str, reason: str = ""
) -> Withdrawn:
    """Stop the referral; what waits to be sent is taken back. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "withdraw")
        had_it = referral.state in WITH_RECEIVER
        room.outbox.cancel(work.connection, referral.reference, now)
        history.withdraw_consents(work.connection, referral.reference, now, actor.id)
        after = work.move(referral, "withdrawn", _short(reason))
        return Withdrawn(work.save(replace(after, queued_at=None), "withdraw"), had_it)


def reassign(room: Room, actor: Actor, now: datetime, reference: str, owner: str) -> Referral:
    """Give the following-up to ``owner`` (an actor's id). Raises ``DeskError``."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "reassign")
        if not owner.strip() or len(owner) > 120:
            raise DeskError("no_reason", "Say who follows it up.")
        detail = {"from": referral.owner, "to": owner.strip()}
        return work.save(replace(referral, owner=owner.strip()), "reassign", detail)


def _short(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        raise DeskError("no_reason", f"Keep the reason under {LONGEST_REASON} letters.")
    return reason.strip()
