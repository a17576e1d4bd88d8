"""Where the desk hands over what is to be delivered. ``referrals.delivery`` has the one that does it.

The default is a dry run: what would be sent is shown, nothing leaves, and the state says not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from referrals.identity import Identity
from referrals.model import Referral
from referrals.page import DocumentInput
from referrals.sealing import Sealer
from services_directory.model import Delivery, Route, Service

BY_HAND = Delivery()


@dataclass(frozen=True)
class Packet:
    """All that is known of a referral when it is to leave.

    ``given`` is what its documents are made from (``referrals.documents.make``); the receiver gets no more
    than ``referral.fields`` and the route's own document.
    """

    referral: Referral
    given: DocumentInput
    identity: Identity
    service: Service
    route: Route

    @property
    def delivery(self) -> Delivery:
        """How the receiver wants it; by hand where the entry says nothing."""
        return self.route.delivery or BY_HAND


class Outbox(Protocol):
    """What the desk needs of whoever delivers. All of it runs in the desk's own transaction."""

    @property
    def sends(self) -> bool:
        """Whether anything ever leaves from here; else every sending is a dry run."""

    def hindrances(self, connection: Any, packet: Packet, now: datetime) -> tuple[str, ...]:
        """Return why ``packet`` cannot be sent at present, such as an address that nobody confirmed."""

    def shown(self, packet: Packet) -> str:
        """Return in words what would leave, for the eyes of whoever sends it."""

    def enqueue(self, connection: Any, sealer: Sealer, packet: Packet, now: datetime) -> bool:
        """Put ``packet`` among what is to be delivered; False where nothing is ever sent from here."""

    def cancel(self, connection: Any, reference: str, now: datetime) -> None:
        """Take back what waits for the referral, if anything does."""

    def problem(self, connection: Any, reference: str) -> str:
        """Return why what waits, or was given up, has not arrived; empty: it has, or was not tried yet."""


class DryRun:
    """Sends nothing."""

    sends = False

    def hindrances(self, connection: Any, packet: Packet, now: datetime) -> tuple[str, ...]:
        """Return nothing: nothing leaves, so nothing stands in the way."""
        return ()

    def shown(self, packet: Packet) -> str:
        """Return where it would go, and the form as it would leave."""
        lines = [f"Dry run: nothing was sent. It would go by {packet.delivery.channel} to"]
        lines[0] += f" {packet.delivery.address}."
        lines += [f"{f.label}: {f.value}" for f in packet.referral.fields if f.value]
        named = [f.label for f in packet.referral.fields if f.identifier]
        return "\n".join([*lines, *([f"And of the patient: {', '.join(named)}."] if named else [])])

    def enqueue(self, connection: Any, sealer: Sealer, packet: Packet, now: datetime) -> bool:
        """Leave it as it is."""
        return False

    def cancel(self, connection: Any, reference: str, now: datetime) -> None:
        """Nothing waits."""

    def problem(self, connection: Any, reference: str) -> str:
        """Return nothing: nothing was tried."""
        return ""
