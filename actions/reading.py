"""The one reader of this process: loaded when first asked for, then shared.

Both the Rasa component (`bot.nlu.reading`) and the actions read through it, so that a message means
the same wherever it is read.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from understanding.months import read_as_of
from understanding.reader import Reader, understanding_json


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Return the reader. The first call loads vocabulary, areas and weights (tenths of a second)."""
    return Reader()


def read(text: str, asked: str | None = None, day: date | None = None) -> dict[str, Any]:
    """Return the understanding of one message as JSON.

    `asked` is the slot that was asked just before, so that "about 6 wks" means something; `day` the day
    that "since March" counts up to, where the conversation has one of its own.
    """
    with read_as_of(day):
        return understanding_json(reader().read(text, asked))
