"""The card of a `question`: buttons while there are few answers, else a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.teams.cards.blocks import (
    MOST_ACTIONS,
    Block,
    Card,
    choices,
    choose,
    heading,
    person,
    say,
)

DONT_KNOW = "Don't know"


def question(message: Mapping[str, Any]) -> list[Card]:
    """Return the card."""
    options = [(str(o["title"]), str(o["payload"])) for o in message.get("options") or ()]
    multiple = bool(message.get("multiple"))
    skip = [say(DONT_KNOW, "don't know")] if message.get("skippable", True) else []
    body: list[Block] = [*person(message), heading(str(message["text"]))]
    if multiple or len(options) + len(skip) > MOST_ACTIONS:
        label = "Choose all that apply" if multiple else "Choose one"
        body.append(choices("choice", label, options, multiple=multiple))
        actions = [choose("Answer", "choice"), *skip]
    else:
        actions = [*(say(title, payload) for title, payload in options), *skip]
    return [Card("question", body, str(message["text"]), "A question", actions)]
