"""Asking the patient: what is said before, recording the answer, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from referrals.consent import ConsentWords, NotAnAgreement, check_agreement, consent_words
from referrals.desk.errors import DeskError
from referrals.desk.room import Room
from referrals.model import Consent, Referral
from referrals.permissions import Actor
from referrals.records import history

_WITHDRAWN = "The patient no longer agrees."


def words_for(room: Room, actor: Actor, now: datetime, reference: str) -> ConsentWords:
    """Return what to read aloud before ``reference`` is agreed to."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "see")
        return consent_words(work.service_of(referral), referral.fields)


def record_consent(
    room: Room,
    actor: Actor,
    now: datetime,
    references: Sequence[str],
    how: str = "verbal",
    who_agreed: str = "patient",
    reason: str = "",
    seen_alone: bool | None = None,
) -> tuple[Referral, ...]:
    """Record that each of ``references`` was agreed to, by ``who_agreed``, now; all of them or none.

    What was read aloud is kept with it. Raises ``DeskError``.
    """
    done = []
    with room.work(actor, now) as work:
        for reference in references:
            referral = work.load(reference, "consent")
            said = consent_words(work.service_of(referral), referral.fields)
            consent = agreed(actor, now, said.says, how, who_agreed, reason, seen_alone)
            if referral.state == "draft":
                referral = work.move(referral, "consented")
            elif referral.state != "consented":
                raise DeskError(
                    "wrong_state", "Consent is recorded before a referral is made ready."
                )
            history.add_consent(work.connection, work.sealer, referral.reference, consent)
            detail = {"how": how, "who_agreed": who_agreed, "seen_alone": seen_alone}
            done.append(work.save(referral, "consent", detail))
    return tuple(done)


def agreed(
    actor: Actor,
    now: datetime,
    says: str,
    how: str,
    who_agreed: str,
    reason: str,
    seen_alone: bool | None,
) -> Consent:
    """Return the record of an agreement to what was read aloud (``says``).

    Raises ``DeskError`` where it is none, such as somebody else's without a reason.
    """
    consent = Consent(
        at=now,
        recorded_by=actor.id,
        recorded_role=actor.role,
        says=says,
        how=how,
        who_agreed=who_agreed,
        reason=reason.strip(),
        seen_alone=seen_alone,
    )
    try:
        check_agreement(consent)
    except NotAnAgreement as error:
        raise DeskError("not_an_agreement", str(error), "Nothing was recorded.") from None
    return consent


def withdraw_consent(
    room: Room, actor: Actor, now: datetime, reference: str, reason: str = ""
) -> Referral:
    """Stop the referral because the patient no longer agrees; return it.

    What waits to be sent is taken back. Where it has left already, tell the service: the caller says so.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "consent")
        if not history.withdraw_consents(work.connection, referral.reference, now, actor.id):
            raise DeskError("no_consent", "There is no consent to withdraw.")
        work.room.outbox.cancel(work.connection, referral.reference, now)
        referral = work.move(referral, "withdrawn", reason.strip() or _WITHDRAWN)
        return work.save(replace(referral, queued_at=None), "withdraw_consent")
