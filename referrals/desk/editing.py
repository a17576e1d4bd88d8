"""Changing what a referral says: its fields, the case behind them, what is switched on.

Whatever somebody typed stays. Where more would leave than the patient agreed to, the agreement is void and is
asked for again; where anything changes after signing, it is signed again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from referrals.consent import standing
from referrals.desk.errors import DeskError
from referrals.desk.papers import document_input, filled_fields
from referrals.desk.room import Room, Work
from referrals.filling import EDITED
from referrals.model import Fact, Field, Referral, State
from referrals.permissions import Actor, may_read_field
from referrals.records import history
from services_directory.case import Case

LONGEST_VALUE = 4000
CHANGEABLE: tuple[State, ...] = ("draft", "consented", "ready")


@dataclass(frozen=True)
class Changed:
    """The referral as it now stands, the names of the fields that changed, and whether to ask again."""

    referral: Referral
    fields: tuple[str, ...]
    ask_again: bool = False


def edit_field(
    room: Room, actor: Actor, now: datetime, reference: str, name: str, value: str
) -> Changed:
    """Put ``value`` into the field ``name``; an empty one empties it. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        before = _changeable(work, reference)
        field = before.field(name)
        if field is None or not may_read_field(actor, field):
            raise DeskError("no_field", "This form has no such field for your role.")
        if field.identifier:
            raise DeskError(
                "no_field",
                f"{field.label} is not typed here.",
                do="Type what names the patient once, for all referrals of this consultation.",
            )
        value = value.strip()
        if len(value) > LONGEST_VALUE:
            raise DeskError("not_allowed_value", f"Keep it under {LONGEST_VALUE} letters.")
        if value and field.allowed and value not in field.allowed:
            allowed = ", ".join(field.allowed)
            raise DeskError("not_allowed_value", f"The receiver takes only: {allowed}.")
        edited = replace(field, value=value, source=EDITED, edited_by=actor.id, edited_at=now)
        fields = tuple(edited if f.name == name else f for f in before.fields)
        return _changed(work, before, replace(before, fields=fields), "edit", {"field": name})


def refill(
    room: Room,
    actor: Actor,
    now: datetime,
    reference: str,
    case: Case | None = None,
    said: Mapping[str, str] | None = None,
) -> Changed:
    """Fill the form anew, from ``case`` and ``said`` or from those it was opened with.

    What somebody typed is never overwritten. ``Changed.fields`` are those to highlight. Raises ``DeskError``.
    """
    with room.work(actor, now) as work:
        before = _changeable(work, reference)
        about = before.about
        about = replace(
            about,
            case=case or about.case,
            said=dict(said) if said is not None else about.said,
        )
        return _refilled(work, before, replace(before, about=about), "refill", {})


def choose_facts(
    room: Room,
    actor: Actor,
    now: datetime,
    reference: str,
    included: Collection[Fact] | None = None,
    confirmed: Collection[Fact] | None = None,
    agreed: Collection[str] | None = None,
) -> Changed:
    """Switch sensitive facts on (``included``), confirm uncertain ones, let a receiver have ``agreed`` keys.

    ``None`` leaves as it is. Everything is off until it is named here, one by one. Raises ``DeskError``.
    """
    with room.work(actor, now) as work:
        before = _changeable(work, reference)
        work.allow("see_conditions", before.reference)
        about = before.about
        about = replace(
            about,
            included=about.included if included is None else frozenset(included),
            confirmed=about.confirmed if confirmed is None else frozenset(confirmed),
            agreed=about.agreed if agreed is None else frozenset(agreed),
        )
        more = bool(
            about.included - before.about.included
            or about.confirmed - before.about.confirmed
            or about.agreed - before.about.agreed
        )
        after = replace(before, about=about)
        return _refilled(work, before, after, "choose_facts", {}, more_leaves=more)


def _changeable(work: Work, reference: str) -> Referral:
    referral = work.load(reference, "draft")
    if referral.state not in CHANGEABLE:
        raise DeskError(
            "wrong_state",
            "What has been handed over is not changed any more.",
            do="Withdraw it and prepare another, or tell the service what is different.",
        )
    if referral.queued_at is not None:
        raise DeskError(
            "wrong_state",
            "It is on its way and cannot be changed now.",
            do="Withdraw it, or wait until it is delivered.",
        )
    return referral


def _refilled(
    work: Work,
    before: Referral,
    after: Referral,
    action: str,
    detail: Mapping[str, object],
    more_leaves: bool = False,
) -> Changed:
    given = document_input(after, work.service_of(after), work.room.practice, work.day_for(after))
    after = replace(after, fields=filled_fields(after, given))
    return _changed(work, before, after, action, detail, more_leaves)


def _changed(
    work: Work,
    before: Referral,
    after: Referral,
    action: str,
    detail: Mapping[str, object],
    more_leaves: bool = False,
) -> Changed:
    """Write ``after``, with what follows from the change for consent, signature and documents."""
    was = {f.name: f.value for f in before.fields}
    names = tuple(f.name for f in after.fields if was.get(f.name, "") != f.value)
    gone = {f.name for f in before.fields if f.value} - {f.name for f in after.fields}
    more = more_leaves or bool(_leaving(after.fields) - _leaving(before.fields))
    ask_again = False
    if names or gone or more:
        after = replace(after, signed_by=None, signed_role=None, signed_at=None)
        agreed = standing(history.consents(work.connection, work.sealer, after.reference))
        if more and agreed is not None:
            history.withdraw_consents(work.connection, after.reference, work.now, work.actor.id)
            after = work.move(after, "draft", "More would leave than was agreed to.")
            ask_again = True
        elif after.state == "ready":
            after = work.move(after, "consented", "Changed after it was signed.")
    saved = work.save(after, action, detail)
    return Changed(saved, names, ask_again)


def _leaving(fields: tuple[Field, ...]) -> set[str]:
    """Return the names of the fields that go to the receiver with something in them."""
    return {f.name for f in fields if f.identifier or f.value}
