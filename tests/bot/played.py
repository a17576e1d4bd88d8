"""A consultation as a clinician types it: the real reader, the rules of data/rules.yml, the real turn.

Only Rasa itself is left out: one rule leads from an intent to an action, and that rule is read here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.consultation import turn
from actions.consultation.context import TurnContext
from actions.context import asked_slot
from actions.reading import read
from services_directory.yaml_files import read_yaml

RULES = Path(__file__).parents[2] / "data" / "rules.yml"
TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@lru_cache(maxsize=1)
def action_of() -> dict[str, str]:
    """Return the action (without ``action_``) of every intent."""
    found = {}
    for rule in read_yaml(RULES)["rules"]:
        intent, action = (step for step in rule["steps"])
        found[intent["intent"]] = action["action"].removeprefix("action_")
    return found


class Played:
    """One consultation; ``say`` takes a turn and returns what came back."""

    def __init__(self, *words: str, **context: Any) -> None:
        self.state: dict[str, Any] = {}
        self.context = TurnContext(**{"as_of": TODAY, "now": NOON, "role": "gp", **context})
        self.messages: list[dict[str, Any]] = []
        for each in words:
            self.say(each)

    def say(self, text: str) -> list[dict[str, Any]]:
        """Take one turn of the consultation."""
        understanding = read(text, asked_slot(self.state))
        action = action_of()[understanding["intent"]["name"]]
        result = turn.respond(action, self.state, understanding, replace(self.context))
        self.state, self.messages = result.state, result.messages
        return result.messages

    def told(self, text: str) -> str:
        """Take one turn and return all that was said, as text."""
        return "\n".join(message["text"] for message in self.say(text))
