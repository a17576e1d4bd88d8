"""A simulated GP: types the opening, answers what is asked from the facts, else "don't know"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Talk = Callable[..., list[dict[str, Any]]]
MAX_TURNS = 14


@dataclass
class Played:
    """One consultation as it went. ``recommended`` is the last recommendations message, if any."""

    recommended: dict[str, Any] | None = None
    case: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    safety: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


def answer(slot: str, facts: Mapping[str, Any]) -> str:
    """Return the plain answer to the question for ``slot``."""
    if slot not in facts:
        return "don't know"
    value = facts[slot]
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value) or "none"
    if slot == "absence_weeks":
        return f"{value} weeks"
    if slot == "out_of_work_months":
        return f"{value} months"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ").replace("-", " ")


def play(talk: Talk, sender: str, opening: str, facts: Mapping[str, Any], as_of: str) -> Played:
    """Play one consultation through ``talk(sender, text, as_of=...)``."""
    played, text = Played(), opening
    for _ in range(MAX_TURNS):
        customs = [entry["custom"] for entry in talk(sender, text, as_of=as_of)]
        question = None
        for custom in customs:
            played.types.append(custom["type"])
            if custom["type"] == "recommendations":
                played.recommended = custom
            elif custom["type"] == "understood":
                played.case = custom["whole_case"]
            elif custom["type"] == "safety":
                played.safety += custom["categories"]
            elif custom["type"] == "question":
                question = question or custom
        if question is None:
            return played
        played.asked.append(question["slot"])
        text = answer(question["slot"], facts)
    return played


def shown(recommended: Mapping[str, Any]) -> list[list[str]]:
    """Return the ids on each card, the folded ones after the one shown."""
    return [[item["service_id"], *item["also"]] for item in recommended["items"]]
