"""Whether the patient is with a work programme already: a service's id, or ``none``."""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.people import People
from understanding.surface import Surface

_NAMED = (
    r"(?:programmes?|programs?|provision|keyworkers?|key workers?|working well|restart|"
    r"work programme|employment (?:support|service|services|scheme)|schemes?|"
    r"work coach support)"
)
NONE = re.compile(
    rf"\b(?:not|no|never|nor|without|isn't)(?: \w+){{0,3}}? (?:with|on|in|under|open to|"
    rf"involved with|engaged with|part of|attending|enrolled on|signed up to)? ?(?:a|any|"
    rf"any other|other|working well or any other|an employment|the|work)? ?(?:work |"
    rf"employment |other |support )*{_NAMED}\b"
    rf"|\bno (?:key ?workers?|programme|employment support|work programme)\b"
)
WITH = re.compile(
    r"\b(?:(?:already |currently |still |now )?(?:on|with|under|attending|started|joined|"
    r"enrolled (?:on|in|with)|signed up (?:to|with|for)|open to|engaged with|doing|"
    r"part of|in|has a (?:key ?worker|coach|adviser|advisor) (?:from|at|with|on|in)|"
    r"key ?worker (?:from|at|with|is)|"
    r"seeing (?:someone|somebody|his|her|their|a) ?(?:\w+ )?(?:from|at|with)|referred to|"
    r"active with))(?: the| a| his| her)?$"
)
PRESENT_WITH = re.compile(
    r"\b(?:already|currently|still|now|has|'s|is|keyworker|key worker|coach|attending|"
    r"joined|started|enrolled|doing)\b"
)


def in_programme(surface: Surface, services: tuple[str, ...], people: People) -> Fact | None:
    """Return the fact ``in_programme`` where the message tells it."""
    none = NONE.search(surface.flat)
    if none:
        first, last = surface.word_at(none.start()), surface.word_at(none.end() - 1)
        if people.owner[first] is None:
            return Fact("in_programme", "none", first, last, cue=none.group().split()[0])
    return None
