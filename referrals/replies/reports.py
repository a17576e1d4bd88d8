"""What a receiver reports, by link or call-back: the referral moves, and the practice gets its task.

The same report twice changes nothing the second time. A receiver can only move a referral along the declared
steps (``lifecycle``), and only its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from referrals.desk.settling import reported
from referrals.lifecycle import FINAL, REPORTED, following
from referrals.model import State
from referrals.records import referrals
from referrals.replies import links, tasks
from referrals.sealing import Sealer

LONGEST_REASON = 500
# Why a service declines, for a page with buttons; whoever reports may say more.
REASONS: tuple[str, ...] = (
    "does not meet our criteria",
    "lives or is registered outside our area",
    "we are full",
    "could not be reached",
    "did not want to take part",
    "something is missing from the referral",
    "other",
)
BUTTONS: Mapping[State, str] = {
    "received": "We have it",
    "accepted": "We accept it",
    "declined": "We decline it",
    "attached": "The patient takes part",
    "completed": "It is completed",
}
DONE = "Thank you. It is noted, and the practice can see it."
NOTED_BEFORE = "This was noted already. Nothing was changed."
NO_REASON = "Please say why you decline, so that the practice can tell the patient."
TOO_LONG = f"Please keep the reason under {LONGEST_REASON} letters."
NOT_NOW = "This cannot be reported of the referral as it stands now. Nothing was changed."
GONE = "The practice has ended this referral. Nothing was changed; please write or ring if you need to."


class CannotReport(ValueError):
    """Nothing was changed; ``str()`` says why, for the receiver."""


def open_to(state: State) -> tuple[State, ...]:
    """Return what a receiver can report of a referral in ``state``."""
    return tuple(after for after in following(state, "receiver") if after in REPORTED)


def report(
    connection: Any, sealer: Sealer, reference: str, to: str, reason: str, now: datetime
) -> bool:
    """Note what the receiver of ``reference`` says, in the caller's transaction; False: noted already.

    Raises ``CannotReport``.
    """
    referral = referrals.get(connection, sealer, reference)
    if referral is None or referral.state in ("withdrawn", "failed"):
        raise CannotReport(GONE)
    if referral.state == to:
        return False
    reason = " ".join(reason.split())
    if to == "declined" and not reason:
        raise CannotReport(NO_REASON)
    if len(reason) > LONGEST_REASON:
        raise CannotReport(TOO_LONG)
    state = next((s for s in open_to(referral.state) if s == to), None)
    if state is None or reported(connection, sealer, reference, state, now, reason) is None:
        raise CannotReport(NOT_NOW)
    tasks.settle(connection, reference, "silent", now, "receiver")
    if state == "declined":
        tasks.open_task(connection, reference, "declined", now)
    if state in FINAL:
        links.close(connection, reference, now)
    return True
