"""Where the desk hands a referral to the delivery: what would go, what stands in the way, and putting it out.

The desk has checked who asks, the consent, the identity and the state. Here every reason why it may not leave
is named, and it is packed for its channel. All of it runs in the desk's own transaction: either the referral
waits and its parcel is in the outbox, or neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from referrals.delivery import addresses, outbox
from referrals.delivery.channels import BY_HAND, CHANNELS
from referrals.delivery.dry_run import Preview, preview
from referrals.delivery.model import Outgoing
from referrals.delivery.outgoing import outgoing_of
from referrals.delivery.settings import (
    DeliverySettings,
    DeliverySettingsError,
    delivery_settings,
    is_loopback,
)
from referrals.desk.outbox import Packet
from referrals.replies import links, tasks
from referrals.sealing import Sealer
from services_directory.model import Delivery

SENDING_OFF = "Sending is switched off. It is switched on with `send: true` in delivery.yml."
TRAINING = "Training mode: invented patients only, so nothing leaves this machine."
# Shown in a dry run in place of the link, which is made when it is sent.
LINK_TO_COME = "https://(a link is made when it is sent)"


@dataclass(frozen=True)
class Sending:
    """What the desk needs of whoever delivers (``desk.outbox.Outbox``), for real."""

    settings: Callable[[], DeliverySettings] = delivery_settings

    @property
    def sends(self) -> bool:
        """Whether anything ever leaves from here (``send: true``).

        True where the settings cannot be read: then ``hindrances`` says so, and nothing leaves.
        """
        try:
            return self.settings().sending
        except DeliverySettingsError:
            return True

    def hindrances(self, connection: Any, packet: Packet, now: datetime) -> tuple[str, ...]:
        """Return in words every reason why ``packet`` may not leave now; empty: it may."""
        delivery = packet.delivery
        channel = CHANNELS.get(delivery.channel)
        if channel is None:
            return (addresses.BY_HAND,)
        try:
            settings = self.settings()
        except DeliverySettingsError as error:
            return (str(error),)
        found = []
        if not settings.sending:
            found.append(SENDING_OFF)
        if packet.given.practice.training_mode and not _stays_here(delivery, settings):
            found.append(TRAINING)
        found.append(channel.usable(delivery.address, settings))
        found.append(addresses.not_confirmed(connection, packet.service.id, delivery))
        return tuple(filter(None, found))

    def preview(self, packet: Packet, now: datetime, stops: tuple[str, ...] = ()) -> Preview:
        """Return what would leave, for a dry run. Raises ``rendering.pdf.PdfError``."""
        try:
            settings = self.settings()
        except DeliverySettingsError as error:
            return preview(_outgoing(packet, now, 1, ""), None, (str(error),))
        outgoing = _outgoing(packet, now, 1, LINK_TO_COME if settings.base_url else "")
        channel = CHANNELS.get(packet.delivery.channel)
        if channel is None or channel.usable(packet.delivery.address, settings):
            return preview(outgoing, None, stops)
        return preview(outgoing, channel.pack(outgoing, settings), stops)

    def shown(self, packet: Packet) -> str:
        """Return in words what would leave, for the eyes of whoever sends it."""
        return self.preview(packet, packet.referral.state_since).in_words()

    def enqueue(self, connection: Any, sealer: Sealer, packet: Packet, now: datetime) -> bool:
        """Put ``packet`` into the outbox; False where nothing leaves from here: a dry run, or by hand.

        Ask ``hindrances`` first. Raises ``rendering.pdf.PdfError``.
        """
        delivery = packet.delivery
        settings = self.settings()
        if delivery.channel == BY_HAND or not settings.sending:
            return False
        reference, service_id = packet.referral.reference, packet.service.id
        # The same key for what timed out, because it may have arrived; a new one after a refusal or a bounce.
        items = outbox.of_referral(connection, reference)
        number = 1 + sum(item.state in ("refused", "delivered") for item in items)
        links.close(connection, reference, now)
        link = links.report_link(
            connection, settings.base_url, reference, service_id, now, settings.link_days
        )
        outgoing = _outgoing(packet, now, number, link)
        parcel = CHANNELS[delivery.channel].pack(outgoing, settings)
        outbox.put(connection, sealer, outgoing, parcel, now)
        return True

    def cancel(self, connection: Any, reference: str, now: datetime) -> None:
        """Take back what waits for the referral; where it may have left, have somebody tell the receiver."""
        for kind in ("failed", "silent"):
            tasks.settle(connection, reference, kind, now, "practice")
        if outbox.cancel(connection, reference, now):
            tasks.open_task(connection, reference, "may_have_left", now)
        links.close(connection, reference, now)

    def problem(self, connection: Any, reference: str) -> str:
        """Return why its last delivery has not arrived; empty where it has, or was not tried yet."""
        last = outbox.latest(connection, reference)
        if last is None or last.state not in ("waiting", "dead", "refused") or not last.problem:
            return ""
        return last.problem


def _outgoing(packet: Packet, now: datetime, number: int, link: str) -> Outgoing:
    return outgoing_of(packet.given, packet.identity, packet.delivery, now, number, link)


def _stays_here(delivery: Delivery, settings: DeliverySettings) -> bool:
    """Say whether what is sent does not leave this machine."""
    if delivery.channel == "email":
        return settings.mail is not None and is_loopback(settings.mail.host)
    return is_loopback(urlsplit(delivery.address).hostname or "")
