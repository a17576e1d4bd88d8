"""Nothing larger than Teams takes: a long card becomes several, cut between its parts.

Microsoft's pages name 28 kB for a message posted in general and, for bots, about 100 kB as UTF-16, of which
80 kB are advised (docs/teams.md, Sources). 28 kB as UTF-8 is below all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.channels.teams.cards.blocks import Block, Card

LIMIT = 28_000
# What stands around a card in its activity.
AROUND = 2_500
LONGEST_FALLBACK = 3_000


def weight(value: Any) -> int:
    """Return the bytes of a value as JSON."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def fitting(card: Card) -> list[Card]:
    """Return the card, or several in its place, each small enough. Buttons stay with the last."""
    if len(card.text) > LONGEST_FALLBACK:
        card = replace(card, text=card.text[:LONGEST_FALLBACK].rsplit(" ", 1)[0] + " …")
    room = LIMIT - AROUND - 2 * weight(card.text) - weight(card.actions)
    parts = list(_parts(card.body, room))
    if len(parts) <= 1:
        return [card]
    first = [replace(card, kind="part", body=part, actions=[]) for part in parts[:-1]]
    return [*first, replace(card, body=parts[-1])]


def _parts(body: list[Block], room: int) -> Iterator[list[Block]]:
    part: list[Block] = []
    size = 0
    for block in body:
        more = weight(block) + 2
        if part and size + more > room:
            yield part
            part, size = [], 0
        part.append(block)
        size += more
    if part:
        yield part


def pieces(text: str, room: int = LIMIT - AROUND) -> list[str]:
    """Return a text as several, cut at paragraphs, else at spaces, each of at most `room` bytes."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        cut = len(rest)
        if weight(rest) > room:
            # A tenth is left for what JSON writes with more than one letter.
            cut = len(rest.encode()[: room * 9 // 10].decode("utf-8", "ignore"))
            space = max(rest.rfind("\n", 0, cut), rest.rfind(" ", 0, cut))
            cut = space if space > 0 else cut
            while weight(rest[:cut]) > room:
                cut = cut * 3 // 4
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return found
