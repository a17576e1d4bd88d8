"""A desk with its own record, invented services, and people of each role, for the tests of the room."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from referral_cases import FORM, PRACTICE, SAID, packer, route, service

from referrals import audit, desk
from referrals.desk import DeskError, Packet, Room
from referrals.draft import Draft, build_draft
from referrals.identity import Identity
from referrals.model import Referral
from referrals.permissions import Actor
from referrals.records import engine, history, referrals
from referrals.sealing import Sealer, sealer
from services_directory.case import Case
from services_directory.model import Delivery, FormField, Service

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
ODS = PRACTICE.ods_code
GP = Actor("dr-a", "gp", ODS)
NURSE = Actor("nurse-b", "nurse", ODS)
LINK_WORKER = Actor("link-c", "link_worker", ODS)
RECEPTION = Actor("desk-d", "reception", ODS)
MAINTAINER = Actor("keeper-e", "maintainer", ODS)
AUDITOR = Actor("auditor-f", "auditor", ODS)
STRANGER = Actor("dr-x", "gp", "X99999")

# The packer of the tests is 48 and female.
ZEBRA = Identity(
    name="Test Zebra",
    date_of_birth=date(1978, 3, 12),
    nhs_number="9990000018",
    sex="female",
    address="1 Example Street, Anytown",
    postcode="ZZ1 1ZZ",
    phone="07700 900123",
    email="zebra@example.invalid",
    language="Urdu",
    interpreter=True,
    communication_need="large print",
)
WIDE_FORM = (
    *FORM,
    FormField("health", "Health", ("conditions",)),
    FormField("tried", "What has been tried"),
    FormField("urgency", "How soon", allowed=("soon", "can wait")),
)
BY_EMAIL = service(
    route(form=WIDE_FORM, delivery=Delivery("email", "team@service.example")), id="by-email"
)
BY_HAND = service(route(form=WIDE_FORM), id="by-hand")
LETTER = service(route("clinician_letter"), id="letter", programme="letters")
HAND_OUT = service(route("self_referral", who=("patient",)), id="hand-out")
JOBCENTRE = service(
    route("jobcentre", who=("patient", "work_coach"), may_include=("conditions",)), id="jobcentre"
)
UNVERIFIED = service(route(form=FORM), id="unverified", status="unverified")
SERVICES = {s.id: s for s in (BY_EMAIL, BY_HAND, LETTER, HAND_OUT, JOBCENTRE, UNVERIFIED)}


class KeepingOutbox:
    """Takes whatever it is given, and remembers it."""

    sends = True

    def __init__(self, in_the_way: tuple[str, ...] = ()) -> None:
        self.packets: list[Packet] = []
        self.cancelled: list[str] = []
        self.in_the_way = in_the_way

    def hindrances(self, connection: Any, packet: Packet, now: datetime) -> tuple[str, ...]:
        return self.in_the_way

    def shown(self, packet: Packet) -> str:
        return f"to {packet.delivery.address}"

    def enqueue(self, connection: Any, sealer: Sealer, packet: Packet, now: datetime) -> bool:
        self.packets.append(packet)
        return True

    def cancel(self, connection: Any, reference: str, now: datetime) -> None:
        self.cancelled.append(reference)

    def problem(self, connection: Any, reference: str) -> str:
        return ""


def a_room(outbox: Any = None) -> Room:
    """Return a room with the invented services."""
    return Room(SERVICES, PRACTICE, outbox or desk.DryRun())


def a_draft(of: Service, about: Case | None = None, role: str | None = "gp", **more: Any) -> Draft:
    """Return a draft with a reference of its own."""
    made = build_draft(of, about or packer(), SAID, PRACTICE, TODAY, role, **more)
    assert isinstance(made, Draft), made
    return made


def opened(
    room: Room,
    of: Service = BY_EMAIL,
    about: Case | None = None,
    actor: Actor = GP,
    now: datetime = NOW,
    **more: Any,
) -> Referral:
    """Return a referral that was just opened."""
    about = about or packer()
    draft = a_draft(of, about, actor.role)
    return desk.open_referral(room, actor, now, draft, about, SAID, TODAY, **more)


def keep(of: Service, draft: Draft) -> Referral:
    """Keep ``draft``, made of the packer's case, as a referral."""
    room = Room({of.id: of}, PRACTICE)
    return desk.open_referral(room, GP, NOW, draft, packer(), SAID, TODAY)


def ready(room: Room, of: Service = BY_EMAIL, now: datetime = NOW, **more: Any) -> Referral:
    """Return a referral with identity, consent and signature, ready to go."""
    referral = opened(room, of, now=now, **more)
    desk.set_identity(room, GP, now, referral.reference, ZEBRA)
    desk.record_consent(room, GP, now, [referral.reference])
    desk.sign(room, GP, now, referral.reference)
    return desk.mark_ready(room, GP, now, referral.reference)


def refused(code: str, call: Any, *words: Any, **named: Any) -> DeskError:
    with pytest.raises(DeskError) as told:
        call(*words, **named)
    assert told.value.code == code, told.value
    assert told.value.what and told.value.kept
    return told.value


def stored(reference: str) -> Any:
    with engine.reading(engine.records()) as connection:
        return referrals.get(connection, sealer(), reference)


def noted(reference: str) -> list[str]:
    with engine.reading(engine.records()) as connection:
        assert audit.verify(connection).whole
        return [e.action for e in audit.entries(connection, reference)]


def states(reference: str) -> list[str]:
    with engine.reading(engine.records()) as connection:
        return [c.to_state for c in history.changes(connection, sealer(), reference)]


# Opening
