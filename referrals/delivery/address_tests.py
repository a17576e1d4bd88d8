"""Testing the address of a service, for pages and terminal: who may, and where the test goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from referrals.delivery import addresses
from referrals.delivery.addresses import AddressState, CannotTest
from referrals.delivery.channels import BY_HAND
from referrals.delivery.outgoing import sender_of
from referrals.delivery.settings import DeliverySettings
from referrals.desk import DeskError, Room, Work
from referrals.permissions import Actor, may
from services_directory.model import Delivery


@dataclass(frozen=True)
class Address:
    """Where a service's referrals go by themselves. ``state`` is ``None`` where it was never tested."""

    service_id: str
    delivery: Delivery
    state: AddressState | None

    @property
    def confirmed(self) -> bool:
        """Whether the receiver has confirmed it."""
        return self.state is not None and self.state.confirmed


def addresses_of(room: Room, actor: Actor, now: datetime) -> tuple[Address, ...]:
    """Return every address in the directory that something can be delivered to. Raises ``DeskError``."""
    with room.work(actor, now) as work:
        _allow(work)
        return tuple(
            Address(id, found, addresses.state_of(work.connection, id, found))
            for id in sorted(room.services)
            for found in deliveries(room, id)
        )


def send_test(
    room: Room, actor: Actor, now: datetime, settings: DeliverySettings, service_id: str
) -> tuple[Delivery, ...]:
    """Send a test message to each address of the service; return where it goes. Raises ``DeskError``."""
    with room.work(actor, now, "Nothing was sent.") as work:
        _allow(work)
        if service_id not in room.services:
            raise DeskError("no_entry", f"There is no entry {service_id}.", "Nothing was sent.")
        found = deliveries(room, service_id)
        if not found:
            raise DeskError("by_hand", addresses.BY_HAND, "Nothing was sent.")
        sender = sender_of(room.practice)
        for delivery in found:
            try:
                reference = addresses.test(
                    work.connection,
                    work.sealer,
                    settings,
                    sender,
                    service_id,
                    delivery,
                    actor.id,
                    now,
                )
            except CannotTest as error:
                raise DeskError("hindered", str(error), "Nothing was sent.") from None
            detail = {"service": service_id, "channel": delivery.channel}
            work.note("test_address", reference, detail)
        return found


def deliveries(room: Room, service_id: str) -> tuple[Delivery, ...]:
    """Return the addresses of the service's routes, each once; those by hand are none."""
    routes = room.services[service_id].routes
    found = [r.delivery for r in routes if r.delivery and r.delivery.channel != BY_HAND]
    return tuple(dict.fromkeys(found))


def _allow(work: Work) -> None:
    # Whoever keeps the instance running sets addresses up; whoever sends may as well.
    if work.actor.role != "maintainer" and not may(work.actor, "send"):
        work.refuse("test_address", work.actor.practice)
