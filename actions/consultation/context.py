"""What a turn is given from outside, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class TurnContext:
    """The world around one turn.

    ``as_of`` is the day the directory is asked for; ``now`` the clock; ``role`` who types (contract,
    section 6; ``None``: not known); ``training`` whether training mode is on; ``base_url`` the address
    under which documents are fetched. ``user`` stands for who signed in (no name), ``practice`` is their ODS
    code; ``None`` where nobody did.
    """

    as_of: date
    now: datetime
    role: str | None = None
    training: bool = True
    base_url: str = ""
    user: str | None = None
    practice: str | None = None


@dataclass(frozen=True)
class TurnResult:
    """The new state (JSON), the messages to send, in order, and whether the consultation ended."""

    state: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False
