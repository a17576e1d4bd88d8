"""Referrals that wait to be delivered, and a worker whose clock the test sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from referrals.delivery import outbox
from referrals.delivery.channels import CHANNELS, Channel
from referrals.delivery.model import Attachment, Outgoing, Sender
from referrals.delivery.settings import DeliverySettings, MailServer
from referrals.delivery.worker import Worker
from referrals.model import About, Referral
from referrals.records import referrals
from referrals.records.engine import make_engine, migrate, reading, writing
from referrals.sealing import Sealer, new_key, read_keys

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
SENDER = Sender("Fernbank Surgery (invented)", "Y99999", "fernbank.surgery@example.invalid")
SEALER = Sealer(read_keys(new_key()))
RECEIVER = "team@receiver.example.invalid"
DOMAINS = frozenset({"receiver.example.invalid"})
# Words that stand for what names a patient: they must be nowhere that they do not belong.
NAME, NUMBER = "Zebedee Quimby", "999 000 0018"
FORM = (("full_name", NAME), ("nhs_number", NUMBER), ("goal", "Go back to packing"))


def mail(port: int, **more: Any) -> MailServer:
    """Return settings for the mail server on this machine."""
    values: dict[str, Any] = {
        "host": "localhost",
        "port": port,
        "security": "starttls",
        "sender": "referrals@practice.example.invalid",
    }
    return MailServer(**{**values, **more})


def settings(ca_file: Path | None = None, **more: Any) -> DeliverySettings:
    """Return settings with which things leave."""
    return DeliverySettings(sending=True, approved_domains=DOMAINS, ca_file=ca_file, **more)


def outgoing(address: str, channel: str = "web_api", **more: Any) -> Outgoing:
    """Return something to send."""
    values: dict[str, Any] = {
        "kind": "referral",
        "reference": "FP-ABCDEFGH",
        "service_id": "test-service",
        "channel": channel,
        "address": address,
        "sender": SENDER,
        "written_at": NOW,
        "form": FORM,
        "attachments": (Attachment("FP-ABCDEFGH-letter.pdf", "application/pdf", b"%PDF-1.7 x"),),
        "bundle": BUNDLE,
        "link": "https://fingerpost.example.invalid/r/word",
    }
    return Outgoing(**{**values, **more})


BUNDLE = {
    "resourceType": "Bundle",
    "type": "transaction",
    "entry": [
        {"resource": {"resourceType": kind, "id": "x"}, "request": {"method": "PUT", "url": kind}}
        for kind in ("ServiceRequest", "Patient")
    ],
}


def waiting_referral(reference: str, **changes: Any) -> Referral:
    """Return a referral that waits to be sent."""
    values: dict[str, Any] = {
        "reference": reference,
        "consultation_id": "c1",
        "practice": "Y99999",
        "service_id": "test-service",
        "route": "clinician_form",
        "kind": "enquiry_form",
        "state": "ready",
        "state_since": NOW,
        "opened_at": NOW,
        "as_of": date(2026, 11, 22),
        "prepared_by": "dr-a",
        "prepared_role": "gp",
        "owner": "dr-a",
        "queued_at": NOW,
        "about": About(text="the message"),
    }
    return Referral(**{**values, **changes})


def references(count: int) -> list[str]:
    """Return so many references."""
    return [f"FP-{number:08d}" for number in range(count)]


def put(
    engine: Any,
    reference: str,
    address: str,
    channel: str = "web_api",
    using: DeliverySettings | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> str:
    """Keep a referral and its parcel in one transaction; return the parcel's key."""
    sent = outgoing(address, channel, reference=reference)
    parcel = CHANNELS[channel].pack(sent, using or settings())
    with writing(engine) as connection:
        referrals.insert(connection, SEALER, waiting_referral(reference, **changes))
        outbox.put(connection, SEALER, sent, parcel, now)
    return parcel.key


def new_record(folder: Path) -> Any:
    """Return the engine of a new record in ``folder``."""
    engine = make_engine(f"sqlite:///{folder}/referrals.db")
    migrate(engine)
    return engine


def state_of(engine: Any, reference: str) -> str:
    """Return the state of a referral."""
    with reading(engine) as connection:
        found = referrals.get(connection, SEALER, reference)
    assert found is not None
    return found.state


def item_of(engine: Any, reference: str) -> outbox.Item:
    """Return the latest delivery of a referral."""
    with reading(engine) as connection:
        found = outbox.latest(connection, reference)
    assert found is not None
    return found


@dataclass
class Clock:
    """A clock that the test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def on(self, **much: float) -> None:
        """Move it on."""
        self.now += timedelta(**much)


@dataclass
class Bench:
    """A worker on a record, its clock and settings."""

    engine: Any
    clock: Clock = field(default_factory=Clock)
    settings: DeliverySettings = field(default_factory=settings)
    channels: Mapping[str, Channel] = field(default_factory=lambda: CHANNELS)

    def worker(self) -> Worker:
        return Worker(
            self.engine,
            SEALER,
            lambda: self.settings,
            self.clock,
            chance=lambda: 1.0,
            channels=self.channels,
        )

    def using(self, **more: Any) -> None:
        """Change the settings."""
        self.settings = replace(self.settings, **more)
