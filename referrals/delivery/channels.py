"""Which channels there are, and what packs and sends for each.

``by_hand`` is none of them: nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referrals.delivery import email, fhir_endpoint, http_post, web_api
from referrals.delivery.model import Outcome, Outgoing, Parcel
from referrals.delivery.settings import DeliverySettings

BY_HAND = "by_hand"


@dataclass(frozen=True)
class Channel:
    """``pack`` makes what leaves; ``send`` hands it over once and says what came of it, with the token that
    lets us in; ``usable`` says in words why nothing can go to an address (empty: it can)."""

    pack: Callable[[Outgoing, DeliverySettings], Parcel]
    send: Callable[[Parcel, DeliverySettings, str], Outcome]
    usable: Callable[[str, DeliverySettings], str]


def _mail_usable(address: str, settings: DeliverySettings) -> str:
    if settings.mail is None:
        return email.NO_SERVER
    if not email.approved(address, settings.approved_domains):
        return email.not_approved(address)
    return ""


def _web_usable(address: str, settings: DeliverySettings) -> str:
    return "" if http_post.usable(address) else http_post.NOT_HTTPS


CHANNELS: Mapping[str, Channel] = {
    "email": Channel(email.pack, email.send, _mail_usable),
    "fhir": Channel(fhir_endpoint.pack, fhir_endpoint.send, _web_usable),
    "web_api": Channel(web_api.pack, web_api.send, _web_usable),
}
