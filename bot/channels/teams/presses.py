"""What a card sends back when a button is pressed, and how the card then looks.

What comes back is checked against the card as it was shown: a button that is not on it, or a choice that it
did not offer, is refused.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.teams.cards.blocks import MARK, line, run, walk
from bot.channels.teams.cards.understood import correction
from bot.sign_in.user import CLINICAL_ROLES, ROLE_NAMES

TOKEN = re.compile(r"[0-9a-f]{32}")
LONGEST_VALUE = 80
# A list can be asked from all day; Teams refuses a card that has grown too large.
MOST_NOTES = 5
# Blocks that only make sense while they can be used.
_INPUTS = ("Input.ChoiceSet", "Input.Text", "ActionSet")


class PressError(ValueError):
    """Data that no card of ours sends; its text says what to do."""


@dataclass(frozen=True)
class Press:
    """A button that was pressed. `says`: what it says for the person, in order. `shown`: for the card.

    `what`: the same for the same button with the same choice. `role`: as whom the person wants to be taken.
    """

    says: tuple[str, ...]
    shown: str
    what: str
    role: str | None = None


def stamped(content: Mapping[str, Any], token: str) -> dict[str, Any]:
    """Return a card whose buttons carry its token."""
    made: dict[str, Any] = copy.deepcopy(dict(content))
    for mark in _marks(made):
        mark["card"] = token
    return made


def has_buttons(content: Mapping[str, Any]) -> bool:
    """Say whether a card can be pressed."""
    return next(_marks(content), None) is not None


def token_of(data: Any) -> str:
    """Return the token in what a button sent. Raises `PressError`."""
    mark = data.get(MARK) if isinstance(data, dict) else None
    token = mark.get("card") if isinstance(mark, dict) else None
    if not isinstance(token, str) or not TOKEN.fullmatch(token):
        raise PressError("That button is not one of mine. Please type instead.")
    return token


def press_of(content: Mapping[str, Any], data: Mapping[str, Any]) -> Press:
    """Return what a button of this card does, with the inputs in `data`. Raises `PressError`."""
    mark = data[MARK]
    if not any(mark == known for known in _marks(content)):
        raise PressError("That button is not on this card. Please type instead.")
    kind = mark["press"]
    if kind == "say":
        return Press((mark["say"],), mark["shown"], mark["say"])
    if kind == "choose":
        return _chosen(content, mark, data)
    if kind == "correct":
        return _corrected(content, data)
    return _role(content, data)


def _chosen(content: Mapping[str, Any], mark: Mapping[str, str], data: Mapping[str, Any]) -> Press:
    titles = _titles(content, mark["input"])
    values = _values(data.get(mark["input"]), titles)
    if len(values) > 1 and "none" in values:
        # "None of these" and one of these cannot both be so.
        values = [value for value in values if value != "none"]
    says = mark["say"].replace("{}", ", ".join(values))
    shown = mark["shown"].replace("{}", ", ".join(titles[value] for value in values))
    return Press((says,), shown, says)


def _corrected(content: Mapping[str, Any], data: Mapping[str, Any]) -> Press:
    titles = _titles(content, "fact")
    fact = _values(data.get("fact"), titles)[0]
    value = data.get("value") or ""
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        raise PressError(f"Please write at most {LONGEST_VALUE} characters.")
    says = correction(fact, " ".join(value.split()))
    shown = f"{titles[fact]}: {'put right' if value.strip() else 'taken away'}"
    return Press(tuple(says), shown, "; ".join(says))


def _role(content: Mapping[str, Any], data: Mapping[str, Any]) -> Press:
    role = _values(data.get("role"), _titles(content, "role"))[0]
    if role not in CLINICAL_ROLES:
        raise PressError("That role is not known here.")
    return Press((), f"You are taken as: {ROLE_NAMES[role]}", f"role {role}", role)


def _titles(content: Mapping[str, Any], field_id: str) -> dict[str, str]:
    for node in walk(content):
        if node.get("type") == "Input.ChoiceSet" and node.get("id") == field_id:
            return {choice["value"]: choice["title"] for choice in node["choices"]}
    return {}


def _values(given: Any, titles: Mapping[str, str]) -> list[str]:
    if given is not None and not isinstance(given, str):
        raise PressError("That choice could not be read. Please type instead.")
    values = [part.strip() for part in (given or "").split(",") if part.strip()]
    if not values:
        raise PressError("Choose one first.")
    if any(value not in titles for value in values):
        raise PressError("That choice is not on this card. Please type instead.")
    return values


# --- How a card looks afterwards


def closed(content: Mapping[str, Any], note: str) -> dict[str, Any]:
    """Return a card that can no longer be pressed, with what was chosen; links stay."""
    made: dict[str, Any] = copy.deepcopy(dict(content))
    made["body"] = [one for one in made["body"] if one["type"] not in _INPUTS]
    links = [one for one in made.pop("actions", ()) if one["type"] == "Action.OpenUrl"]
    if links:
        made["actions"] = links
    made["body"].append(_note(note))
    return made


def noted(content: Mapping[str, Any], mark: Mapping[str, str], note: str) -> dict[str, Any]:
    """Return a card that can still be used, without the button just pressed, and with a note of it."""
    made: dict[str, Any] = copy.deepcopy(dict(content))
    if mark.get("press") == "say":
        made["actions"] = [one for one in made.get("actions", ()) if _mark(one) != dict(mark)]
        if not made["actions"]:
            del made["actions"]
    notes = [one for one in made["body"] if _is_note(one)]
    made["body"] = [one for one in made["body"] if one not in notes[: 1 - MOST_NOTES]]
    made["body"].append(_note(note))
    return made


def with_note(content: Mapping[str, Any], note: str) -> dict[str, Any]:
    """Return a card with one line more, unless it says so already."""
    made: dict[str, Any] = copy.deepcopy(dict(content))
    if json.dumps(_note(note)) not in map(json.dumps, made["body"]):
        made["body"].append(_note(note))
    return made


def _note(words: str) -> dict[str, Any]:
    return line(run(f"✓ {words}", bold=True), spacing="Medium")


def _is_note(block: Mapping[str, Any]) -> bool:
    inlines = block.get("inlines") or [{}]
    return block.get("spacing") == "Medium" and str(inlines[0].get("text")).startswith("✓ ")


def _mark(action: Mapping[str, Any]) -> Any:
    data = action.get("data")
    return data.get(MARK) if isinstance(data, dict) else None


def _marks(content: Any) -> Iterator[dict[str, str]]:
    for node in walk(content):
        if node.get("type") in ("Action.Execute", "Action.Submit"):
            mark = _mark(node)
            if isinstance(mark, dict):
                yield mark
