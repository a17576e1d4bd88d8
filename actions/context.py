"""What an action knows besides the words: the date, the time, who asks, and where.

Metadata of a message comes from a channel, which has checked it (`bot.channels.conversation`). Keys:
`as_of` (ISO date), `role` (contract, section 6), `as_of_allowed` (true while a date may be set here);
`sandbox` (true: a sample patient); and from sign-in `user` (who types: an id that is no name) and
`practice` (its ODS code).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from actions.consultation.context import TurnContext
from services_directory.practice import practice_settings

ROLES = ("gp", "nurse", "ahp", "link_worker", "reception")
DEFAULT_BASE_URL = "http://127.0.0.1:5005"


def asked_slot(state: Mapping[str, Any] | None) -> str | None:
    """Return the slot that was asked last in this consultation, if an answer is still awaited."""
    asked = (state or {}).get("asked")
    return asked if isinstance(asked, str) else None


def iso_date(value: object) -> date | None:
    """Return the date that `value` writes as ISO 8601, or None."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


def conversation_date(metadata: Mapping[str, Any], kept: object) -> date | None:
    """Return the date set for this conversation, now or by an earlier message (`kept`), if any.

    A kept date counts only while dates may be set: a practice that has gone live must not meet one
    that was set in training.
    """
    if not metadata.get("as_of_allowed"):
        return None
    return iso_date(metadata.get("as_of")) or iso_date(kept)


def as_of(metadata: Mapping[str, Any], kept: object, today: date) -> date:
    """Return the date to answer for: the conversation's, else FINGERPOST_AS_OF's, else `today`."""
    return (
        conversation_date(metadata, kept) or iso_date(os.environ.get("FINGERPOST_AS_OF")) or today
    )


def turn_context(metadata: Mapping[str, Any], kept_date: object, now: datetime) -> TurnContext:
    """Return the context of one turn. `now` is the practice's local time, with its zone."""
    role = metadata.get("role")
    return TurnContext(
        as_of=as_of(metadata, kept_date, now.date()),
        now=now,
        role=role if role in ROLES else None,
        training=practice_settings().training_mode or bool(metadata.get("sandbox")),
        base_url=os.environ.get("FINGERPOST_BASE_URL", DEFAULT_BASE_URL),
        user=_word(metadata.get("user")),
        practice=_word(metadata.get("practice")),
    )


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
