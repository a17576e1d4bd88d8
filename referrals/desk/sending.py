"""Signing a referral, making it ready, and handing it over: by the product, or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from referrals.desk.blockers import Blocker, to_be_delivered, to_be_ready, to_leave
from referrals.desk.errors import DeskError
from referrals.desk.outbox import Packet
from referrals.desk.papers import carried, document_input, route_of
from referrals.desk.people import identity_of, signer_of
from referrals.desk.room import Room, Work
from referrals.model import Referral
from referrals.permissions import Actor, may_sign
from referrals.records import history
from referrals.routes import signer


@dataclass(frozen=True)
class Sent:
    """What came of sending. ``queued``: it will be delivered; else it was a dry run, and nothing left.

    ``shown``: in words what leaves, or would have left. ``hindrances``: what will keep it from leaving.
    """

    referral: Referral
    queued: bool
    shown: str
    hindrances: tuple[str, ...] = ()


def sign(room: Room, actor: Actor, now: datetime, reference: str) -> Referral:
    """Sign as whoever may refer by this way in. Raises ``DeskError``: who may not is told who may."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "sign")
        route = route_of(referral, work.service_of(referral))
        if not may_sign(actor, route):
            who = signer(route)
            work.refuse("sign", referral.reference, f"It is prepared for {who} to sign.")
        if referral.state not in ("draft", "consented"):
            raise DeskError("wrong_state", "Only what has not gone out yet is signed.")
        signed = replace(referral, signed_by=actor.id, signed_role=actor.role, signed_at=now)
        return work.save(signed, "sign")


def mark_ready(room: Room, actor: Actor, now: datetime, reference: str) -> Referral:
    """Say that a referral is complete. Raises ``DeskError`` for the first thing that is missing."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "draft")
        _stop_at(_ready_blockers(work, referral))
        return work.save(work.move(referral, "ready"), "ready")


def confirm_checked(room: Room, actor: Actor, now: datetime, reference: str) -> Referral:
    """Record that somebody asked the service whether it takes referrals, where its entry does not know."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "send")
        checked = replace(referral, checked_by=actor.id, checked_at=now)
        return work.save(checked, "checked_with_service")


def send(room: Room, actor: Actor, now: datetime, reference: str) -> Sent:
    """Hand a ready referral to the outbox; its state says sent only once it has been delivered.

    Where nothing is ever sent from here (a dry run, the default) what would leave is shown, and the referral
    stays as it is. After a failure it is sent again. Raises ``DeskError`` for what is in the way.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "send")
        if referral.state not in ("ready", "failed"):
            raise DeskError("wrong_state", "Only a referral that is ready can be sent.")
        if referral.queued_at is not None and referral.state == "ready":
            raise DeskError("wrong_state", "It is on its way already.")
        packet = packet_of(work, referral)
        if packet.delivery.channel == "by_hand":
            raise DeskError(
                "by_hand",
                "This service is not reached from here.",
                do="Send it yourself, then mark it as sent.",
            )
        _stop_at(
            (
                *_ready_blockers(work, referral),
                *to_leave(
                    referral, packet.service, packet.route, work.day_for(referral), by_hand=False
                ),
                *to_be_delivered(referral, packet.identity),
            )
        )
        shown = room.outbox.shown(packet)
        hindrances = room.outbox.hindrances(work.connection, packet, now)
        if hindrances and room.outbox.sends:
            raise DeskError("hindered", " ".join(hindrances))
        detail = {"channel": packet.delivery.channel}
        if not room.outbox.enqueue(work.connection, work.sealer, packet, now):
            work.note("dry_run", referral.reference, detail)
            return Sent(referral, False, shown, hindrances)
        if referral.state == "failed":
            referral = work.move(referral, "ready", "Sent again.")
        return Sent(work.save(replace(referral, queued_at=now), "queue", detail), True, shown)


def mark_sent_by_hand(
    room: Room, actor: Actor, now: datetime, reference: str, how: str = ""
) -> Referral:
    """Record that somebody sent it, or gave the patient the paper that is theirs. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        referral = work.load(reference, "send")
        service = work.service_of(referral)
        route = route_of(referral, service)
        blockers = _ready_blockers(work, referral)
        if not carried(referral, route) and referral.state not in ("ready", "failed"):
            _stop_at(blockers)
            raise DeskError("wrong_state", "Make it ready first.")
        against = to_leave(referral, service, route, work.day_for(referral), by_hand=True)
        _stop_at((*blockers, *against))
        room.outbox.cancel(work.connection, referral.reference, now)
        referral = work.move(referral, "sent", how.strip() or "By hand.")
        return work.save(replace(referral, queued_at=None), "sent_by_hand")


def packet_of(work: Work, referral: Referral) -> Packet:
    """Return all that is known of ``referral`` when it is to leave."""
    service = work.service_of(referral)
    consents = history.consents(work.connection, work.sealer, referral.reference)
    day = work.day_for(referral)
    return Packet(
        referral=referral,
        given=document_input(
            referral,
            service,
            work.room.practice,
            day,
            consents,
            signer_of(work.connection, referral),
        ),
        identity=identity_of(work.connection, work.sealer, referral),
        service=service,
        route=route_of(referral, service),
    )


def _ready_blockers(work: Work, referral: Referral) -> tuple[Blocker, ...]:
    route = route_of(referral, work.service_of(referral))
    consents = history.consents(work.connection, work.sealer, referral.reference)
    identity = identity_of(work.connection, work.sealer, referral)
    return to_be_ready(referral, route, consents, identity, work.now.date())


def all_blockers(work: Work, referral: Referral) -> tuple[Blocker, ...]:
    """Return everything that stands between the referral and its being sent."""
    service = work.service_of(referral)
    route = route_of(referral, service)
    by_hand = route.delivery is None or route.delivery.channel == "by_hand"
    found = [
        *_ready_blockers(work, referral),
        *to_leave(referral, service, route, work.day_for(referral), by_hand),
    ]
    if not by_hand:
        found += to_be_delivered(referral, identity_of(work.connection, work.sealer, referral))
    return tuple(found)


def _stop_at(blockers: Iterable[Blocker]) -> None:
    for blocker in blockers:
        raise DeskError(blocker.code, blocker.says, do=blocker.do)
