"""The other direction: an employment provider asks the practice for health input on a patient it supports.

The request is recorded as it came; an answer leaves only with the patient's agreement to that answer going
to that provider, under the same rules as a referral's (``consent``). Nothing is sent from here: the text is
given to whoever answers, who sends it, and the record says so. Who is asked about, what is asked, the
agreement and the answer are sealed as one (``records.health_requests``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from referrals.desk import DeskError, Room, Work
from referrals.desk.agreeing import agreed
from referrals.permissions import Actor
from referrals.records import health_requests
from referrals.records.health_requests import (
    FINAL,
    STATE_WORDS,
    STEPS,
    HealthRequest,
    RequestAbout,
    RequestState,
)
from referrals.reference import new_reference, tidied

LONGEST = 4000
NOT_FOUND = "There is no request with this reference here."
SAYS = (
    "{provider} has asked us about your health and work: {asks}. May I send them what I have written? "
    "You can read it first. You can say no, and it will not change your care here."
)
ANSWER = """\
{practice} ({ods_code})
To: {provider}
About: {patient}
Your request of {day:%d/%m/%Y}, reference {reference}

{answer}

Answered with the patient's agreement of {agreed:%d/%m/%Y} ({how}), by {role}.
Please keep this for the purpose you asked for, and pass it on to nobody without asking the patient.
Please reply to: {reply_address}
"""


def record(
    room: Room,
    actor: Actor,
    now: datetime,
    provider: str,
    contact: str,
    patient: str,
    asks: str,
    answer_by: date | None = None,
    service_id: str | None = None,
) -> HealthRequest:
    """Record a request as it came. Raises ``DeskError`` where a part is missing or too long."""
    about = RequestAbout(_text(provider), _text(contact), _text(patient), _text(asks))
    for value, name in (
        (about.provider, "who asks"),
        (about.patient, "about whom"),
        (about.asks, "what"),
    ):
        if not value:
            raise DeskError("missing", f"Write down {name}.", "Nothing was stored.")
    with room.work(actor, now, "Nothing was stored.") as work:
        work.allow("draft", actor.practice)
        known = service_id if service_id in room.services else None
        made = HealthRequest(
            reference=new_reference(),
            practice=actor.practice,
            service_id=known,
            state="received",
            received_at=now,
            answer_by=answer_by,
            recorded_by=actor.id,
            recorded_role=actor.role,
            about=about,
        )
        health_requests.insert(work.connection, work.sealer, made)
        work.note("health_request", made.reference, {"to": made.state})
        return made


def words_for(request: HealthRequest) -> str:
    """Return what to read aloud before the patient agrees."""
    return SAYS.format(provider=request.about.provider, asks=request.about.asks)


def agree(
    room: Room,
    actor: Actor,
    now: datetime,
    reference: str,
    answer: str,
    how: str = "verbal",
    who_agreed: str = "patient",
    reason: str = "",
    seen_alone: bool | None = None,
) -> HealthRequest:
    """Record that the patient agreed to this ``answer`` going to the provider. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        request = _load(work, reference, "consent")
        draft = _text(answer)
        if not draft:
            raise DeskError(
                "missing", "Write the answer first: that is what the patient agrees to."
            )
        consent = agreed(actor, now, words_for(request), how, who_agreed, reason, seen_alone)
        about = replace(request.about, draft=draft, consent=consent)
        return _move(work, replace(request, about=about), "agreed")


def answer(room: Room, actor: Actor, now: datetime, reference: str) -> tuple[HealthRequest, str]:
    """Return the answer's text for whoever sends it, and record that it was given out.

    It is word for word what the patient agreed to. Raises ``DeskError`` without a standing agreement, and for
    who may not sign.
    """
    with room.work(actor, now) as work:
        request = _load(work, reference, "sign")
        work.allow("see_conditions", request.reference)
        consent = request.about.consent
        if request.state == "received" or consent is None or not consent.stands:
            raise DeskError(
                "no_consent",
                "The patient has not agreed to an answer.",
                do="Ask the patient first.",
            )
        practice = room.practice
        text = ANSWER.format(
            practice=practice.name,
            ods_code=practice.ods_code,
            reply_address=practice.reply_address,
            provider=request.about.provider,
            patient=request.about.patient,
            day=request.received_at,
            reference=request.reference,
            answer=request.about.draft,
            agreed=consent.at,
            how=consent.how.replace("_", " "),
            role=actor.role.replace("_", " "),
        )
        given = replace(request, answered_by=actor.id, answered_role=actor.role)
        return _move(work, given, "answered"), text


def refuse(room: Room, actor: Actor, now: datetime, reference: str, reason: str) -> HealthRequest:
    """Record that there will be no answer, and why. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        request = _load(work, reference, "consent")
        if not _text(reason):
            raise DeskError("no_reason", "Say why there is no answer.")
        about = replace(request.about, reason=_text(reason))
        return _move(work, replace(request, about=about), "refused")


def withdraw(room: Room, actor: Actor, now: datetime, reference: str) -> HealthRequest:
    """Record that the patient no longer agrees: no answer leaves. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        request = _load(work, reference, "consent")
        consent = request.about.consent
        if consent is not None:
            ended = replace(consent, withdrawn_at=now, withdrawn_by=actor.id)
            request = replace(request, about=replace(request.about, consent=ended))
        return _move(work, request, "withdrawn")


def read(room: Room, actor: Actor, now: datetime, reference: str) -> HealthRequest:
    """Return one request; that it was looked at is noted. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        request = _load(work, reference, "see_conditions")
        work.note("view", request.reference)
        return request


def listed(room: Room, actor: Actor, now: datetime) -> tuple[HealthRequest, ...]:
    """Return the practice's requests that are not at an end, without what they say, the earliest first."""
    with room.work(actor, now) as work:
        work.allow("see", actor.practice)
        return health_requests.open_ones(work.connection, actor.practice)


def _load(work: Work, reference: str, action: Any) -> HealthRequest:
    found = health_requests.get(work.connection, work.sealer, tidied(reference) or "")
    # Another practice's is as if it were not there.
    if found is None or found.practice != work.actor.practice:
        raise DeskError("not_found", NOT_FOUND, "Nothing was changed.", "Check the reference.")
    work.allow(action, found.reference)
    if found.purged_at is not None:
        raise DeskError("purged", "What this request said has been deleted.", "Its times are kept.")
    return found


def _move(work: Work, request: HealthRequest, to: RequestState) -> HealthRequest:
    if to not in STEPS.get(request.state, frozenset()):
        raise DeskError("wrong_state", f"This request is {STATE_WORDS[request.state]}.")
    ended = work.now if to in FINAL else None
    work.note("health_request", request.reference, {"from": request.state, "to": to})
    moved = replace(request, state=to, ended_at=ended)
    return health_requests.save(work.connection, work.sealer, moved)


def _text(value: str) -> str:
    text = value.strip()
    if len(text) > LONGEST:
        raise DeskError(
            "missing", f"Keep each part under {LONGEST} letters.", "Nothing was stored."
        )
    return text
