"""Opening a referral from a draft that the conversation made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from referrals import duplicates
from referrals.desk.errors import DeskError
from referrals.desk.papers import document_input, filled_fields
from referrals.desk.room import NOTHING_KEPT, Room
from referrals.draft import Draft
from referrals.model import About, Referral, StateChange
from referrals.permissions import Actor
from referrals.records import history, referrals
from referrals.records.referrals import ReferenceTaken
from services_directory.case import Case


def new_consultation_id() -> str:
    """Return a random word that holds the referrals of one consultation together."""
    return secrets.token_hex(16)


def open_referral(
    room: Room,
    actor: Actor,
    now: datetime,
    draft: Draft,
    case: Case,
    said: Mapping[str, str],
    as_of: date,
    consultation_id: str | None = None,
    safety: tuple[str, ...] = (),
) -> Referral:
    """Keep ``draft`` as a referral in the state ``draft``; return it.

    ``case`` and ``said`` are the consultation's; ``as_of`` the day for which the directory was asked;
    ``consultation_id`` that of the consultation's other referrals, if it has any. Raises ``DeskError``.
    """
    kept = "The consultation is as it was; the referral was not stored."
    with room.work(actor, now, kept) as work:
        work.allow("draft", draft.referral_id)
        service = room.services.get(draft.service_id)
        if service is None:
            raise DeskError(
                "no_entry", f"The directory has no entry {draft.service_id}.", NOTHING_KEPT
            )
        about = About(
            case=case, said=dict(said), safety=safety, internal=draft.internal, text=draft.text
        )
        referral = Referral(
            reference=draft.referral_id,
            consultation_id=consultation_id or new_consultation_id(),
            practice=actor.practice,
            service_id=draft.service_id,
            route=draft.route,
            kind=draft.kind,
            state="draft",
            state_since=now,
            opened_at=now,
            as_of=as_of,
            prepared_by=actor.id,
            prepared_role=actor.role,
            owner=actor.id,
            to_sign=draft.to_sign,
            about=about,
        )
        given = document_input(referral, service, room.practice, as_of)
        referral = replace(referral, fields=filled_fields(referral, given))
        try:
            referrals.insert(work.connection, work.sealer, referral)
        except ReferenceTaken:
            raise DeskError(
                "changed_meanwhile", "This reference is taken.", NOTHING_KEPT, "Ask for it again."
            ) from None
        change = StateChange(now, None, "draft", "practice", actor.id, actor.role)
        history.add_change(work.connection, work.sealer, referral.reference, change)
        work.note("open", referral.reference, {"service": service.id, "route": referral.route})
    return referral


def opened_before(
    room: Room, actor: Actor, now: datetime, consultation_id: str, service_id: str
) -> tuple[str, ...]:
    """Return references of this consultation's other referrals to the service that are still on."""
    with room.work(actor, now) as work:
        mine = referrals.of_consultation(work.connection, consultation_id)
        programme = duplicates.programme_of(room.services, service_id)
        return tuple(
            r.reference
            for r in mine
            if r.practice == actor.practice
            and duplicates.still_counts(r, now)
            and duplicates.programme_of(room.services, r.service_id) == programme
        )
