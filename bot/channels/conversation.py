"""What every channel does with a message before and after Rasa.

Before: it is cleaned, identifiers are dropped from it, the sender's id is replaced by a keyed hash (people
use names as ids), and of its metadata only the known keys pass, checked. After: each typed message is one
entry. Messages of one sender are taken one after the other, in the order in which they came.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakValueDictionary

from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.context import ROLES, iso_date
from actions.failure import error_message, where
from bot.lock import redis_turns
from bot.secret import sender_key
from bot.settings import Settings, is_loopback
from bot.sign_in.user import User
from services_directory.practice import practice_settings
from understanding.identifiers import redact

logger = logging.getLogger(__name__)

KIND_NAMES = {
    "name": "a name",
    "nhs_number": "an NHS number",
    "phone": "a phone number",
    "email": "an e-mail address",
    "date_of_birth": "a date of birth",
    "postcode": "a postcode",
    "address": "an address",
}

# How many senders' last answers are held in memory, for a message that comes again.
ANSWERS_KEPT = 200

# No word is longer; the tokeniser would take the square of its length in time.
LONGEST_WORD = 100
_LONG_WORD = re.compile(rf"(\S{{{LONGEST_WORD}}})(?=\S)")
_CONTROL = {code: " " for code in (*range(32), 127) if chr(code) not in "\n\t"}


class MetadataError(ValueError):
    """Metadata that cannot be used; its text says what was expected."""


def clean(text: str) -> str:
    """Return `text` as it can be stored and shown: no control characters, no broken surrogates.

    Slashes at the start go too: Rasa reads `/intent` as a command that skips reading.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.translate(_CONTROL).strip().lstrip("/").strip()


def readable(text: str) -> str:
    """Return `text` with a space after each `LONGEST_WORD` characters that have none.

    For what has been redacted: an identifier must not be cut in two before it is found.
    """
    return _LONG_WORD.sub(r"\1 ", text)


def stored_sender(sender: str, key: bytes) -> str:
    """Return what stands for `sender` in every store and log: 32 hexadecimal digits."""
    return hmac.new(key, sender.encode(), hashlib.sha256).hexdigest()[:32]


def dates_allowed(settings: Settings) -> bool:
    """Tell whether metadata may set the date: in training mode on loopback, or by setting."""
    if settings.allow_as_of:
        return True
    return practice_settings().training_mode and is_loopback(settings.host)


def checked_metadata(metadata: Mapping[str, Any] | None, dates: bool) -> dict[str, Any]:
    """Return the known keys of a message's metadata. Raises `MetadataError`.

    `dates`: whether `as_of` counts; where it does not, it is ignored, whatever it holds.
    """
    metadata = metadata or {}
    known: dict[str, Any] = {}
    if dates:
        known["as_of_allowed"] = True
    if dates and metadata.get("as_of") is not None:
        day = iso_date(metadata["as_of"])
        if day is None:
            raise MetadataError("metadata.as_of must be a date such as 2024-02-01.")
        known["as_of"] = day.isoformat()
    if metadata.get("role") is not None:
        role = metadata["role"]
        if not isinstance(role, str) or role.lower() not in ROLES:
            raise MetadataError(f"metadata.role must be one of {', '.join(ROLES)}.")
        known["role"] = role.lower()
    return known


def removed_message(kinds: list[str]) -> dict[str, Any]:
    """Return the `info` message that says what was taken out of a text. `kinds` is not empty."""
    names = [KIND_NAMES.get(kind, "something that could name the patient") for kind in kinds]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return {
        "type": "info",
        "topic": "limits",
        "removed": kinds,
        "text": f"I removed {listed} before reading your message, and kept no copy. What names a "
        "patient belongs in the referral form only.",
    }


class TypedOutput(OutputChannel):
    """Collects each message as one entry with its text, buttons and payload.

    Rasa's own collector splits a text at blank lines and sends the payload as an entry of its own.
    """

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Return the channel's name for responses that differ by channel."""
        return "typed"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message; empty parts are left out."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})


@dataclass(frozen=True)
class Message:
    """What somebody typed. `id`: the same when it is sent again; `shown`: what a button said instead."""

    text: str
    metadata: dict[str, Any]
    id: str = ""
    shown: str = ""


class Kept(Protocol):
    """Where messages and their answers are kept, by sender and message id."""

    def begin(
        self, sender: str, message_id: str, text: str, shown: str
    ) -> list[dict[str, Any]] | None:
        """Note that a message has come; return its typed messages where it was answered before."""

    def keep(self, sender: str, message_id: str, answer: list[dict[str, Any]]) -> None:
        """Keep what a message was answered with."""


class LastAnswers:
    """Keeps, in memory, the last answer to each of the latest senders."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[str, list[dict[str, Any]]]] = OrderedDict()

    def begin(
        self, sender: str, message_id: str, text: str, shown: str
    ) -> list[dict[str, Any]] | None:
        """Return the answer if this message was the sender's last."""
        earlier, answer = self._answers.get(sender, ("", []))
        return answer if message_id and message_id == earlier else None

    def keep(self, sender: str, message_id: str, answer: list[dict[str, Any]]) -> None:
        """Keep the answer in place of the one before."""
        self._answers.pop(sender, None)
        if message_id:
            self._answers[sender] = (message_id, answer)
        while len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)


@dataclass
class Conversations:
    """Takes messages to Rasa. One for each channel of a process."""

    settings: Settings
    on_new_message: Callable[[UserMessage], Awaitable[Any]]
    channel: str
    _last: LastAnswers = field(default_factory=LastAnswers)
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _key: bytes | None = None

    def stored(self, sender: str) -> str:
        """Return what stands for `sender` in the store."""
        self._key = self._key or sender_key(self.settings.sender_key_file)
        return stored_sender(sender, self._key)

    async def say(
        self, sender: str, text: str, metadata: Mapping[str, Any] | None
    ) -> list[dict[str, Any]]:
        """Return the answer to a script's message; see `take`. `sender` may be anything.

        A message that comes again, with the same `message_id` in its metadata, gets the same answer
        again and is not taken twice.
        """
        found = dict(metadata or {})
        message_id = found.get("message_id")
        line = Message(text, found, message_id if isinstance(message_id, str) else "")
        return await self.take(self.stored(sender), line, self._last)

    async def take(
        self,
        stored: str,
        said: Message,
        kept: Kept,
        user: User | None = None,
        sandbox: bool = False,
    ) -> list[dict[str, Any]]:
        """Return the answer to one message: typed messages as `{"text", "buttons"?, "custom"}`.

        `stored` stands for the sender. One that is already `kept` is not taken twice. `user`: who is signed
        in; their role counts, not that of the metadata. `sandbox`: the patient is a sample. A failure is
        answered with a typed `error` of code `internal`, never with nothing. Raises `MetadataError`.
        """
        known = checked_metadata(said.metadata, dates_allowed(self.settings))
        if user is not None:
            known |= {"role": user.role, "user": user.id, "practice": user.practice}
        if sandbox:
            known["sandbox"] = True
        try:
            redacted = redact(clean(said.text))
            if not redacted.text.strip():
                return [as_entry(error_message("empty", "There was nothing to read. Please type."))]
            text = readable(redacted.text)
            shown = readable(redact(clean(said.shown)).text)
            async with self._turn(stored):
                earlier = kept.begin(stored, said.id, text, shown)
                if earlier is not None:
                    return [as_entry(message) for message in earlier]
                messages = await self._ask(stored, text, known, said.id)
                if redacted.found:
                    kinds = list(dict.fromkeys(found.kind for found in redacted.found))
                    _after_safety(messages, as_entry(removed_message(kinds)))
                if messages and not failed(messages):
                    typed = [message.get("custom") or message for message in messages]
                    kept.keep(stored, said.id, typed)
        except Exception as error:
            logger.error("a message could not be answered: %s", where(error))
            return [as_entry(error_message("internal"))]
        return messages or [as_entry(error_message("internal"))]

    def _turn(self, stored: str) -> AbstractAsyncContextManager[Any]:
        """Return the lock of one sender; with Redis, that of all processes.

        It is taken here rather than by Rasa alone, so that the queue is in the order of arrival.
        """
        if self.settings.redis_url:
            return redis_turns(self.settings.redis_url).lock(stored)
        return self._locks.setdefault(stored, asyncio.Lock())

    async def _ask(
        self, stored: str, text: str, metadata: dict[str, Any], message_id: str
    ) -> list[dict[str, Any]]:
        output = TypedOutput()
        await self.on_new_message(
            UserMessage(
                text,
                output,
                stored,
                input_channel=self.channel,
                message_id=message_id or None,
                metadata=metadata,
            )
        )
        return [{k: v for k, v in m.items() if k != "recipient_id"} for m in output.messages]


def as_entry(message: dict[str, Any]) -> dict[str, Any]:
    """Return a typed message as an entry of an answer."""
    buttons = [
        {"title": str(o["title"]), "payload": str(o["payload"])} for o in message.get("options", ())
    ]
    shown = {"buttons": buttons} if buttons else {}
    return {"text": message["text"], **shown, "custom": message}


def failed(messages: list[dict[str, Any]]) -> bool:
    """Tell whether an answer says that something broke here."""
    return any(message.get("custom", {}).get("code") == "internal" for message in messages)


def _after_safety(messages: list[dict[str, Any]], entry: dict[str, Any]) -> None:
    """Put `entry` in front, but never before a safety message."""
    place = 0
    while place < len(messages) and messages[place].get("custom", {}).get("type") == "safety":
        place += 1
    messages.insert(place, entry)
