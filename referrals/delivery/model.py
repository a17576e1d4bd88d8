"""What is handed over, and what came of trying: plain frozen data."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

Kind = Literal["referral", "test"]
# ``refused``: trying again would not help; ``dead``: it was tried for long enough, and may have arrived.
OutboxState = Literal["waiting", "delivered", "refused", "dead", "cancelled"]


@dataclass(frozen=True)
class Attachment:
    """A document that goes along. ``file_name`` carries the reference and nothing else."""

    file_name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Sender:
    """Who refers, and where the receiver writes back to."""

    name: str
    ods_code: str
    reply_address: str


@dataclass(frozen=True)
class Outgoing:
    """One thing to hand over, before its channel packs it.

    ``kind``: a referral, or a test message that concerns no patient. ``number`` is 1, and one more each time
    that a receiver refused it and a person sends it anew. ``form`` holds the receiver's own form as (name,
    value), and nothing besides it; ``bundle`` the FHIR bundle made from the same. ``link``: where the
    receiver reports what became of it, or confirms a test; empty where nobody outside can reach us.
    """

    kind: Kind
    reference: str
    service_id: str
    channel: str
    address: str
    sender: Sender
    written_at: datetime
    number: int = 1
    form: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    attachments: tuple[Attachment, ...] = ()
    bundle: Mapping[str, Any] | None = field(default=None, repr=False)
    link: str = field(default="", repr=False)
    training: bool = True


@dataclass(frozen=True)
class Parcel:
    """What leaves, byte for byte, however often it is tried. Secrets of ours are added on the way out.

    ``body`` is the whole message of an e-mail, or the body of a request with ``headers``.
    """

    channel: str
    address: str
    key: str
    reference: str
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()

    def to_text(self) -> str:
        """Return the parcel as the text that is sealed."""
        return json.dumps(
            {
                "channel": self.channel,
                "address": self.address,
                "key": self.key,
                "reference": self.reference,
                "headers": self.headers,
                "body": base64.b64encode(self.body).decode("ascii"),
            }
        )

    @staticmethod
    def from_text(text: str) -> Parcel:
        """Return the parcel that ``to_text`` wrote."""
        raw = json.loads(text)
        headers = tuple((name, value) for name, value in raw["headers"])
        return Parcel(
            raw["channel"],
            raw["address"],
            raw["key"],
            raw["reference"],
            base64.b64decode(raw["body"]),
            headers,
        )


@dataclass(frozen=True)
class Arrived:
    """The receiver said that it has it. ``receipt`` is what it calls it, if it said."""

    receipt: str = ""


@dataclass(frozen=True)
class NotYet:
    """It did not arrive, or nobody knows; trying again may help. ``why`` is for a person.

    ``after``: the seconds for which the receiver asked to be left alone.
    """

    why: str
    after: float | None = None


@dataclass(frozen=True)
class Never:
    """Trying again would not help: a person has to do something, and ``why`` says what."""

    why: str


Outcome: TypeAlias = Arrived | NotYet | Never
