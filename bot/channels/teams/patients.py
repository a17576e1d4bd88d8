"""Which words begin the next patient, so that the chat begins another conversation with them."""

from __future__ import annotations

import re
from typing import Any

from actions.reading import read
from bot.channels.conversation import clean
from bot.channels.teams.cards.blocks import MARK, walk
from understanding.identifiers import redact

# Without one of these nothing means "new patient", and the message need not be read twice.
_MAY_BE_NEW = re.compile(
    r"\b(?:new|next|another|different|start|begin|else|reset|restart|clear|forget|wipe|delete)\b",
    re.IGNORECASE,
)
_LONGEST = 1000


def may_mean_new_patient(words: str) -> bool:
    """Say whether it is worth reading whether these words mean "new patient"."""
    return len(words) <= _LONGEST and _MAY_BE_NEW.search(words) is not None


def means_new_patient(words: str) -> bool:
    """Say whether Rasa will take these words as "new patient". Reading takes time: not for the loop."""
    if not may_mean_new_patient(words):
        return False
    return str(read(redact(clean(words)).text)["intent"]["name"]) == "new_patient"


def asks_which_patient(card: dict[str, Any]) -> bool:
    """Say whether a card asks "new patient, or change this one?"."""
    marks = (node.get(MARK) for node in walk(card))
    return any(isinstance(one, dict) and one.get("say") == "same patient" for one in marks)
