"""What Teams posts to us, read into one shape. A field that is missing is empty text.

The names are those of the Bot Framework activity schema. Only what is used is kept; whatever has the wrong
type is refused, so that nothing further in has to ask.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# A message of Teams has at most some 28 kB; a card with many fields is well below this.
MAX_BODY = 128 * 1024

# What the tables hold of an id (`tables`); those of Teams have some 150 characters.
LONGEST_ID = 500
LONGEST_NAME = 200

PERSONAL = "personal"
# Teams leaves the words of a mention out of its list where the name has a `&` in it.
_MENTION = re.compile(r"<at\b[^>]*>[^<]*</at>")
# As Teams may write them in plain text.
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}


class ActivityError(ValueError):
    """A request that is no activity; its text says what was expected."""


@dataclass(frozen=True)
class Activity:
    """One thing that happened in a chat.

    `conversation_type`: `personal`, `groupChat` or `channel`. `tenants`: every one that is
    named. `person`: the Entra object id of who did it, or their id in the channel. `recipient_id`: the bot.
    `value`: what a card sent. `added`: ids of who joined.
    """

    type: str
    id: str
    channel: str
    service_url: str
    conversation_id: str
    conversation_type: str = PERSONAL
    tenant_id: str = ""
    tenants: frozenset[str] = frozenset()
    person: str = ""
    sender_id: str = ""
    recipient_id: str = ""
    recipient_name: str = ""
    text: str = ""
    name: str = ""
    action: str = ""
    reply_to: str = ""
    value: Any = None
    as_of: str | None = None
    added: tuple[str, ...] = ()
    mentions: tuple[tuple[str, str], ...] = field(default=())

    @property
    def private(self) -> bool:
        """Say whether only this person and the bot are in the chat."""
        return self.conversation_type == PERSONAL

    @property
    def said(self) -> str:
        """The text without the names of those who were mentioned, the bot's own among them."""
        text = self.text
        for _, words in self.mentions:
            text = text.replace(words, " ") if words else text
        text = _MENTION.sub(" ", text)
        for written, meant in _ENTITIES.items():
            text = text.replace(written, meant)
        return " ".join(text.split(" ")).strip()

    @property
    def key(self) -> str:
        """What stands for this activity wherever it is delivered: a hash, for chat ids can hold names."""
        whole = "\0".join((self.channel, self.tenant_id, self.conversation_id, self.type, self.id))
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def parse(body: bytes) -> Activity:
    """Return the activity that a request holds. Raises `ActivityError`."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise ActivityError("The body must be JSON.") from None
    if not isinstance(raw, dict):
        raise ActivityError("The body must be an activity.")
    conversation = _object(raw, "conversation")
    sender, recipient = _object(raw, "from"), _object(raw, "recipient")
    data = _object(raw, "channelData")
    tenants = _text(conversation, "tenantId").lower(), _text(_object(data, "tenant"), "id").lower()
    found = Activity(
        type=_text(raw, "type"),
        id=_text(raw, "id"),
        channel=_text(raw, "channelId"),
        service_url=_text(raw, "serviceUrl"),
        conversation_id=_text(conversation, "id"),
        conversation_type=_text(conversation, "conversationType") or PERSONAL,
        tenant_id=tenants[0] or tenants[1],
        tenants=frozenset(filter(None, tenants)),
        person=(_text(sender, "aadObjectId") or _text(sender, "id")).lower(),
        sender_id=_text(sender, "id"),
        recipient_id=_text(recipient, "id"),
        recipient_name=_text(recipient, "name"),
        text=_text(raw, "text"),
        name=_text(raw, "name"),
        action=_text(raw, "action"),
        reply_to=_text(raw, "replyToId"),
        value=raw.get("value"),
        as_of=_text(data, "as_of") or None,
        added=tuple(_text(one, "id") for one in _objects(raw, "membersAdded")),
        mentions=tuple(
            (_text(_object(one, "mentioned"), "id"), _text(one, "text"))
            for one in _objects(raw, "entities")
            if one.get("type") == "mention"
        ),
    )
    for name, value in (
        ("type", found.type),
        ("channelId", found.channel),
        ("serviceUrl", found.service_url),
        ("conversation.id", found.conversation_id),
    ):
        if not value:
            raise ActivityError(f'An activity needs "{name}".')
    for name, value, most in (
        ("serviceUrl", found.service_url, LONGEST_ID),
        ("conversation.id", found.conversation_id, LONGEST_ID),
        ("recipient.id", found.recipient_id, LONGEST_NAME),
        ("recipient.name", found.recipient_name, LONGEST_NAME),
    ):
        if len(value) > most:
            raise ActivityError(f'"{name}" must have at most {most} characters.')
    if found.type in ("message", "invoke") and not (found.id and found.person):
        raise ActivityError('A message needs "id" and "from".')
    return found


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ActivityError(f'"{name}" must be text.')
    # What is said is cleaned before it is read; an id with such characters no database would take.
    if name != "text" and not _storable(value):
        raise ActivityError(f'"{name}" has characters that are none.')
    return value


def _storable(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _object(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = raw.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ActivityError(f'"{name}" must be an object.')
    return value


def _objects(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ActivityError(f'"{name}" must be a list of objects.')
    return value
