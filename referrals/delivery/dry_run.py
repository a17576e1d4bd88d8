"""A dry run, for people: what would leave, to where, and why it does not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import Any

from referrals.delivery.channels import BY_HAND
from referrals.delivery.model import Outgoing, Parcel

NOT_SENT = "Dry run: nothing was sent."
BY_HAND_WORDS = "You send it yourself: the assistant sends nothing."
CHANNEL_WORDS = {
    BY_HAND: "yourself",
    "email": "e-mail over verified TLS",
    "fhir": "FHIR R4 endpoint",
    "web_api": "the provider's web service",
}


@dataclass(frozen=True)
class Preview:
    """What a person sees of it. ``stops``: the reasons why it could not be sent for real either.

    ``headers`` and ``body`` are as they would leave; documents and other bytes are named with their size.
    """

    text: str
    channel: str
    address: str
    stops: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()
    body: str = field(default="", repr=False)
    attachments: tuple[str, ...] = ()

    def in_words(self) -> str:
        """Return the preview as lines of text."""
        where = f"By {self.channel}" + (f" to {self.address}." if self.address else ".")
        lines = [self.text, where, *self.stops]
        lines += [f"{name}: {value}" for name, value in self.headers]
        attached = [f"Attached: {name}" for name in self.attachments]
        return "\n".join([*lines, "", self.body, *attached]).rstrip() + "\n"


def preview(outgoing: Outgoing, parcel: Parcel | None, stops: Sequence[str]) -> Preview:
    """Return what would leave. ``parcel`` is ``None`` where nothing could be packed."""
    by_hand = outgoing.channel == BY_HAND
    text = f"{NOT_SENT} {BY_HAND_WORDS}" if by_hand else NOT_SENT
    words = CHANNEL_WORDS.get(outgoing.channel, outgoing.channel)
    reasons = () if by_hand else tuple(stops)
    if parcel is None:
        form = "\n".join(f"{name}: {value}" for name, value in outgoing.form)
        return Preview(text, words, outgoing.address, reasons, body=form)
    if parcel.channel == "email":
        headers, body, attachments = _mail(parcel)
    else:
        headers, body, attachments = parcel.headers, _json(parcel), ()
    return Preview(text, words, parcel.address, reasons, headers, body, attachments)


def _mail(parcel: Parcel) -> tuple[tuple[tuple[str, str], ...], str, tuple[str, ...]]:
    message = message_from_bytes(parcel.body, policy=default)
    part = message.get_body(("plain",))
    attached = tuple(
        f"{a.get_filename()} ({len(a.get_content()):,} bytes)" for a in message.iter_attachments()
    )
    headers = tuple((name, str(value)) for name, value in message.items())
    return headers, part.get_content() if part else "", attached


def _json(parcel: Parcel) -> str:
    """Return the body to read: long data, such as the PDF in a Bundle, as its size."""
    return json.dumps(_shortened(json.loads(parcel.body)), ensure_ascii=False, indent=1)


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: f"({len(item):,} letters of base64)"
            if key == "data" and isinstance(item, str)
            else _shortened(item)
            for key, item in value.items()
        }
    return [_shortened(item) for item in value] if isinstance(value, list) else value
