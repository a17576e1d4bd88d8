"""Typed messages of the contract as Adaptive Cards: `cards_of` for each, one module a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.teams.cards.blocks import Card
from bot.channels.teams.cards.others import error, info
from bot.channels.teams.cards.question import question
from bot.channels.teams.cards.recommendations import recommendations
from bot.channels.teams.cards.referral import referral_draft, referral_status
from bot.channels.teams.cards.safety import safety
from bot.channels.teams.cards.understood import understood

__all__ = ["Card", "cards_of"]

_MAKERS: dict[str, Callable[[Mapping[str, Any]], list[Card]]] = {
    "question": question,
    "understood": understood,
    "recommendations": recommendations,
    "safety": safety,
    "info": info,
    "error": error,
}
_WITH_PAGES: dict[str, Callable[[Mapping[str, Any], str], list[Card]]] = {
    "referral_draft": referral_draft,
    "referral_status": referral_status,
}


def cards_of(message: Mapping[str, Any], base_url: str) -> list[Card]:
    """Return the cards of a typed message, in order. A type unknown here is shown in its words.

    `base_url`: the address under which people reach the server; links are absolute in Teams.
    """
    kind = str(message.get("type"))
    if kind in _WITH_PAGES:
        return _WITH_PAGES[kind](message, base_url)
    return _MAKERS.get(kind, info)(message)
