"""Addresses that their receivers have confirmed. Nothing about a patient goes to any other.

An address stands in a service's entry, and whoever can change the entry could send referrals elsewhere. So an
address is used only after somebody there has answered a test message that concerns no patient. A changed
address is another one, and is tested anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from referrals.delivery import outbox
from referrals.delivery.channels import CHANNELS
from referrals.delivery.model import Outgoing, Sender
from referrals.delivery.settings import DeliverySettings
from referrals.records.delivery_tables import DELIVERY_ADDRESS
from referrals.reference import new_reference
from referrals.replies import links
from referrals.replies.links import Link
from referrals.sealing import Sealer
from services_directory.model import Delivery

# How long a receiver has to confirm a test.
CONFIRM_WITHIN = timedelta(days=14)
NOT_TESTED = (
    "This address has not been tested. Send a test message that concerns no patient: "
    "`fingerpost referrals test-address {service_id}`."
)
NOT_CONFIRMED = (
    "The receiver has not confirmed this address yet. A test message went out on {day:%d/%m/%Y}; nothing "
    "about a patient is sent before somebody there has answered it."
)
CANNOT_REACH_US = (
    "Receivers cannot reach this machine, so nobody could confirm a test. Set FINGERPOST_BASE_URL to the "
    "https address under which they reach it."
)
BY_HAND = "This service is not sent to by the assistant: whoever refers sends it."


class CannotTest(ValueError):
    """A test message cannot be sent there; ``str()`` says why and what to do."""


@dataclass(frozen=True)
class AddressState:
    """What is known of an address: since when it was tested, and confirmed."""

    tested_at: datetime
    tested_by: str
    confirmed_at: datetime | None

    @property
    def confirmed(self) -> bool:
        """Whether the receiver has answered a test."""
        return self.confirmed_at is not None


def state_of(connection: Any, service_id: str, delivery: Delivery) -> AddressState | None:
    """Return what is known of the address, or ``None`` where it was never tested."""
    row = connection.execute(
        sa.select(DELIVERY_ADDRESS).where(_at(service_id, delivery.channel, delivery.address))
    ).one_or_none()
    return None if row is None else AddressState(row.tested_at, row.tested_by, row.confirmed_at)


def not_confirmed(connection: Any, service_id: str, delivery: Delivery) -> str:
    """Return in words why nothing may go to the address, or the empty text where it is confirmed."""
    state = state_of(connection, service_id, delivery)
    if state is None:
        return NOT_TESTED.format(service_id=service_id)
    return "" if state.confirmed else NOT_CONFIRMED.format(day=state.tested_at)


def test(
    connection: Any,
    sealer: Sealer,
    settings: DeliverySettings,
    sender: Sender,
    service_id: str,
    delivery: Delivery,
    by: str,
    now: datetime,
) -> str:
    """Put a test message to the address into the outbox, in the caller's transaction; return its reference.

    An address that was confirmed stays so. Raises ``CannotTest``.
    """
    channel = CHANNELS.get(delivery.channel)
    if channel is None:
        raise CannotTest(BY_HAND)
    if why := channel.usable(delivery.address, settings):
        raise CannotTest(why)
    if not settings.base_url:
        raise CannotTest(CANNOT_REACH_US)
    link = Link(
        "confirm_address",
        None,
        service_id,
        delivery.channel,
        delivery.address,
        now + CONFIRM_WITHIN,
    )
    outgoing = Outgoing(
        kind="test",
        reference=new_reference(),
        service_id=service_id,
        channel=delivery.channel,
        address=delivery.address,
        sender=sender,
        written_at=now,
        link=settings.base_url + links.PATH + links.give_out(connection, link, now),
    )
    outbox.put(connection, sealer, outgoing, channel.pack(outgoing, settings), now)
    at = _at(service_id, delivery.channel, delivery.address)
    if state_of(connection, service_id, delivery) is None:
        connection.execute(
            sa.insert(DELIVERY_ADDRESS).values(
                service_id=service_id,
                channel=delivery.channel,
                address=delivery.address,
                tested_at=now,
                tested_by=by,
            )
        )
    else:
        connection.execute(
            sa.update(DELIVERY_ADDRESS).where(at).values(tested_at=now, tested_by=by)
        )
    return outgoing.reference


def confirm(connection: Any, link: Link, now: datetime) -> None:
    """Note that the receiver has confirmed the address that ``link`` was sent to. Twice is as once."""
    connection.execute(
        sa.update(DELIVERY_ADDRESS)
        .where(
            _at(link.service_id, link.channel, link.address),
            DELIVERY_ADDRESS.c.confirmed_at.is_(None),
        )
        .values(confirmed_at=now)
    )


def _at(service_id: str, channel: str, address: str) -> Any:
    return (
        (DELIVERY_ADDRESS.c.service_id == service_id)
        & (DELIVERY_ADDRESS.c.channel == channel)
        & (DELIVERY_ADDRESS.c.address == address)
    )
