"""The `safety` card: first, alone and unmistakable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.teams.cards.blocks import Block, Card, container, heading, line, run, say
from bot.channels.teams.cards.words import SAFETY, in_words

NOT_A_SCREEN = "This is not a risk screen: your own assessment comes first. The case is kept."


def safety(message: Mapping[str, Any]) -> list[Card]:
    """Return the card."""
    raised = ", ".join(SAFETY.get(one, in_words(one)) for one in message.get("categories") or ())
    items: list[Block] = [heading(f"Safety first: {raised}", "Large")]
    contacts = message.get("contacts") or ()
    for number, contact in enumerate(contacts, start=1):
        name = str(contact.get("name") or in_words(str(contact.get("service_id") or "")))
        told = [run(f"{number}. {name} ", bold=True)]
        if contact.get("phone"):
            told.append(run(str(contact["phone"]), bold=True, color="attention"))
        if contact.get("unverified"):
            told.append(run(" (not confirmed)", bold=True))
        if contact.get("how"):
            told.append(run(f": {contact['how']}"))
        items.append(line(*told))
    items.append(line(NOT_A_SCREEN if contacts else str(message["text"])))
    body = [container(items, "attention", bleed=True)]
    if message.get("header"):
        body.append(line(run(str(message["header"]), subtle=True)))
    go_on = say("Risk assessed, go on", "risk assessed, go on")
    text = str(message["text"])
    return [Card("safety", body, text, "Safety first", [go_on], urgent=True)]
