"""Who the patient is: typed once a consultation, shown on a click that is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from referrals import duplicates
from referrals.desk.errors import DeskError
from referrals.desk.room import Room, Work
from referrals.identity import Identity, Problem, at_odds, from_values, problems, to_values
from referrals.model import Referral
from referrals.permissions import Actor
from referrals.records import colleagues, identities, referrals
from referrals.records.tables import REFERRAL
from referrals.sealing import Sealer

LONGEST = 400


@dataclass(frozen=True)
class Kept:
    """What was found when an identity was kept: contradictions to the case, and referrals that it repeats."""

    at_odds: tuple[Problem, ...] = ()
    duplicates: tuple[Referral, ...] = ()


def set_identity(
    room: Room, actor: Actor, now: datetime, reference: str, identity: Identity
) -> Kept:
    """Keep ``identity`` for every referral of the consultation that ``reference`` belongs to.

    Contradictions to the case are told and stop sending. Raises ``DeskError`` for what cannot be right.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "identify")
        wrong = problems(identity, now.date(), room.practice.training_mode)
        if wrong or any(len(value) > LONGEST for value in to_values(identity).values()):
            told = " ".join(p.says for p in wrong) or f"Keep each under {LONGEST} letters."
            raise DeskError("identity", told, "What was held before is kept.", "Correct it.")
        identities.keep(
            work.connection,
            work.sealer,
            referral.consultation_id,
            to_values(identity),
            identity.known_by,
        )
        work.note("identify", referral.reference, {"fields": sorted(to_values(identity))})
        return Kept(
            at_odds(identity, referral.about.case, now.date()),
            duplicates_of(work, referral, identity),
        )


def forget_identity(room: Room, actor: Actor, now: datetime, reference: str) -> None:
    """Delete what names the patient, for every referral of the consultation."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "identify")
        identities.forget(work.connection, referral.consultation_id)
        work.note("forget_identity", referral.reference)


def signer_of(connection: Any, referral: Referral) -> str:
    """Return what whoever signed ``referral`` is called; empty where nobody did, or at a terminal."""
    if referral.signed_by is None:
        return ""
    return colleagues.name_of(connection, referral.practice, referral.signed_by)


def reveal_identity(room: Room, actor: Actor, now: datetime, reference: str) -> Identity:
    """Return who the patient is (empty where nothing is held); that it was shown is noted."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "reveal_name")
        work.note("reveal_identity", referral.reference)
        return identity_of(work.connection, work.sealer, referral)


def reveal_name(room: Room, actor: Actor, now: datetime, reference: str) -> str:
    """Return the patient's name ("" where none is held); that it was shown is noted."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "reveal_name")
        work.note("reveal_name", referral.reference)
        return identity_of(work.connection, work.sealer, referral).name


def identity_of(connection: object, sealer: Sealer, referral: Referral) -> Identity:
    """Return what is held of who the patient is. Checks and notes nothing: for the desk itself."""
    return from_values(identities.get(connection, sealer, referral.consultation_id))


def duplicates_of(work: Work, referral: Referral, identity: Identity) -> tuple[Referral, ...]:
    """Return earlier referrals of the same patient that ``referral`` would repeat."""
    same = identities.sharing(work.connection, work.sealer, identity.known_by)
    found = referrals.listed(
        work.connection,
        sa.or_(
            REFERRAL.c.consultation_id.in_(sorted(same)),
            REFERRAL.c.consultation_id == referral.consultation_id,
        ),
    )
    return duplicates.duplicates(referral, found, work.room.services, work.now)
