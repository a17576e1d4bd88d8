"""The life of a referral: its states (contract, section 6) and the only steps between them.

Pure. Whether somebody may take a step is `permissions`' matter, what must be there first the desk's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from referrals.model import Party, State

STATES: tuple[State, ...] = get_args(State)
PARTIES: tuple[Party, ...] = get_args(Party)
# Nothing follows; the time until it is purged runs from here.
FINAL: frozenset[State] = frozenset({"declined", "completed", "withdrawn"})
# Nothing has left the practice.
BEFORE_SENDING: frozenset[State] = frozenset({"draft", "consented", "ready", "failed"})
# It was handed over, and what the receiver does is awaited.
WITH_RECEIVER: frozenset[State] = frozenset({"sent", "received", "accepted", "attached"})
# What the receiver, or the practice for it, may report.
REPORTED: frozenset[State] = frozenset(
    {"received", "accepted", "declined", "attached", "completed"}
)
# What the practice may note of what it was told: the receiver's word, or that it came back undelivered.
TOLD: frozenset[State] = REPORTED | {"failed"}

STATE_WORDS: dict[State, str] = {
    "draft": "draft, not sent",
    "consented": "the patient agreed, not sent",
    "ready": "ready, not sent",
    "sent": "sent",
    "received": "received",
    "accepted": "accepted",
    "declined": "declined",
    "attached": "attached: the patient takes part",
    "completed": "completed",
    "withdrawn": "withdrawn",
    "failed": "could not be delivered",
}


class NoSuchStep(ValueError):
    """No step leads from the one state to the other for that party. ``str()`` says what there is."""


@dataclass(frozen=True)
class Step:
    """One allowed step, and the parties that may cause it."""

    before: State
    after: State
    by: frozenset[Party]


def _steps() -> tuple[Step, ...]:
    practice: frozenset[Party] = frozenset({"practice"})
    delivery: frozenset[Party] = frozenset({"delivery"})
    # A link, a call-back, or the practice that was told by telephone.
    told: frozenset[Party] = frozenset({"receiver", "practice"})
    table: list[tuple[State, State, frozenset[Party]]] = [
        ("draft", "consented", practice),
        # A paper that the patient carries needs no consent: it is given, and the patient decides.
        ("draft", "sent", practice),
        ("consented", "sent", practice),
        ("consented", "ready", practice),
        # More would leave than was agreed to: it is asked again.
        ("consented", "draft", practice),
        ("ready", "draft", practice),
        # Something was changed after it was signed.
        ("ready", "consented", practice),
        ("ready", "sent", practice | delivery),
        ("ready", "failed", delivery),
        ("failed", "ready", practice),
        ("failed", "sent", practice),
        # It came back: an e-mail that bounced, a letter returned.
        ("sent", "failed", practice | delivery),
        ("sent", "received", told),
        ("sent", "accepted", told),
        ("sent", "declined", told),
        ("sent", "attached", told),
        ("sent", "completed", told),
        ("received", "accepted", told),
        ("received", "declined", told),
        ("received", "attached", told),
        ("received", "completed", told),
        ("accepted", "declined", told),
        ("accepted", "attached", told),
        ("accepted", "completed", told),
        ("attached", "completed", told),
    ]
    steps = [Step(*row) for row in table]
    steps += [Step(state, "withdrawn", practice) for state in STATES if state not in FINAL]
    # What nobody finishes is closed by the clock before it is purged.
    steps += [
        Step(state, "withdrawn", frozenset({"clock"})) for state in STATES if state not in FINAL
    ]
    return tuple(steps)


STEPS: tuple[Step, ...] = _steps()


def may_follow(before: State, after: State, party: Party) -> bool:
    """Say whether ``party`` may take a referral from ``before`` to ``after``."""
    return any(s.before == before and s.after == after and party in s.by for s in STEPS)


def following(before: State, party: Party) -> tuple[State, ...]:
    """Return the states to which ``party`` may take a referral from ``before``, in the contract's order."""
    return tuple(after for after in STATES if may_follow(before, after, party))


def check_step(before: State, after: State, party: Party) -> None:
    """Raise ``NoSuchStep`` where ``party`` may not take a referral from ``before`` to ``after``."""
    if may_follow(before, after, party):
        return
    open_steps = ", ".join(following(before, party)) or "nothing"
    raise NoSuchStep(
        f"A referral that is {STATE_WORDS[before]} cannot become {after} now; what can follow: {open_steps}."
    )
