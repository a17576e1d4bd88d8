"""Words out of other people's feeds: markup taken off, lists joined, opening times told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

LONGEST_TEXT = 4000
_DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
         "SA": "Saturday", "SU": "Sunday"}  # fmt: skip


@dataclass
class Left:
    """What was not taken over, one line each, each once."""

    found: dict[str, None] = field(default_factory=dict)

    def say(self, line: str) -> None:
        """Note one line."""
        self.found.setdefault(shown_line(line))

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines, in their order."""
        return tuple(self.found)


def shown_line(line: str) -> str:
    """Return ``line`` such that it can stand in a comment: no line breaks, nothing hidden."""
    return "".join(c if c.isprintable() else " " for c in line)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._unread += tag in ("script", "style")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style") and self._unread > 0
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def plain_text(value: Any) -> str:
    """Return the words of ``value`` on one line, without markup and hidden characters; "" for no text."""
    if not isinstance(value, str):
        return ""
    text = value[: LONGEST_TEXT * 4]
    if "<" in text or "&" in text:
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    kept = "".join(c if not unicodedata.category(c).startswith("C") else " " for c in text)
    return " ".join(kept.split())[:LONGEST_TEXT]


def texts_of(value: Any, *fields: str) -> list[str]:
    """Return of each block of a list the words of ``fields``, joined."""
    if not isinstance(value, list):
        return []
    blocks = [item for item in value if isinstance(item, Mapping)]
    found = [
        " ".join(t for t in (_said(block.get(name)) for name in fields) if t) for block in blocks
    ]
    return [text for text in found if text]


def _said(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}"
    return plain_text(value)


def hours(schedules: Any) -> str:
    """Return opening times in words, as far as a feed tells them."""
    if not isinstance(schedules, list):
        return ""
    told = []
    for schedule in schedules:
        if not isinstance(schedule, Mapping):
            continue
        days = [_DAYS.get(day.strip(), "") for day in _said(schedule.get("byday")).split(",")]
        opens, closes = (_said(schedule.get(name))[:5] for name in ("opens_at", "closes_at"))
        times = f"{opens} to {closes}" if opens and closes else ""
        parts = (_said(schedule.get("description")), ", ".join(filter(None, days)), times)
        told.append(" ".join(part for part in parts if part))
    return "; ".join(part for part in told if part)


def slug(name: str) -> str:
    """Return an entry's id made from a service's name."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "service"
