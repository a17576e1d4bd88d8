"""What a message takes back in the same breath: "unemployed. Sorry no, off sick from Tesco".

Both sides of the correcting word must name a value of the same key, right beside it: so "no" that denies, a
"sorry" that apologises and a list that goes on ("sorry, and anxiety") take nothing back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from understanding.model import Mention

_STRONG = (
    r"(?:sorry|apologies|oops|whoops|i mean|i meant|wait|hang on|scrap that|correction|my mistake|my bad|"
    r"make that|typo|strike that|actually|should be|should say)"
)
_TURN = re.compile(
    rf"(?P<cue>\b(?:(?:{_STRONG}|no|nope|wrong)\b[ ,.:;!–—-]*)+)(?=\w)", re.IGNORECASE
)
_SURE = re.compile(rf"\b{_STRONG}\b", re.IGNORECASE)
_PAUSED = re.compile(r"\bno[,:–—-]", re.IGNORECASE)
_SEX = re.compile(r"male|female|man|woman|lady|[mf]", re.IGNORECASE)
_CLAUSE = re.compile(r"[^.,;!?\n]+")
# "In Bolton, no Wigan sorry", "No, anxiety I mean".
_AFTERWARDS = re.compile(
    r"[ ,.–—-]*\b(?:sorry|apologies|i mean|i meant|oops|whoops|my mistake|my bad)[ .!]*$",
    re.IGNORECASE,
)
_LISTS = frozenset({"conditions", "benefits"})
_SINGLE = frozenset({"work_status", "area", "sex", "goal"})
# How far from the correcting word a value may stand, in characters.
_NEAR_BEFORE, _NEAR_AFTER = 24, 14
_LINK = re.compile(
    r"(?: |in|it'?s|its|is|he'?s|she'?s|he|she|has|the|a|with|from|on|lives)*", re.IGNORECASE
)


@dataclass(frozen=True)
class _Turn:
    at: int
    end: int
    said: str
    sure: bool
    paused: bool


def _turns(text: str) -> Iterator[_Turn]:
    for found in _TURN.finditer(text):
        clause = _CLAUSE.match(text, found.end())
        if clause is None or not text[: found.start()].strip(" ,.;:!?-–—"):
            continue
        said = _AFTERWARDS.sub("", clause.group())
        afterwards = _AFTERWARDS.search(text[found.end() : clause.end() + 24]) is not None
        sure = afterwards or _SURE.search(found["cue"]) is not None
        paused = _PAUSED.search(found["cue"]) is not None
        if sure or paused or _SEX.fullmatch(said.strip()):
            yield _Turn(found.start(), found.end(), said, sure, paused)


def put_right(text: str, mentions: Callable[[str], tuple[Mention, ...]]) -> str:
    """Return ``text`` with what it takes back itself made blank, as long as before.

    ``mentions``: reads a part of the message on its own.
    """
    for turn in _turns(text):
        instead = [m for m in mentions(turn.said) if m.start <= _NEAR_AFTER and _said(m)]
        if not instead:
            continue
        before = mentions(text[: turn.at])
        taken = [m for m in before if _said(m) and _replaced(m, instead, text, turn)]
        taken = [
            m
            for m in taken
            if not any(o.slot != m.slot and (o.start, o.end) == (m.start, m.end) for o in before)
        ]
        for mention in taken:
            text = _blank(text, mention.start, mention.end)
        if taken:
            text = _blank(text, turn.at, turn.end)
    return text


def _said(mention: Mention) -> bool:
    return mention.assertion == "present" and mention.slot in _LISTS | _SINGLE


def _replaced(mention: Mention, instead: list[Mention], text: str, turn: _Turn) -> bool:
    other = next((m for m in instead if m.slot == mention.slot), None)
    if other is None or other.value == mention.value:
        return False
    if any(m.slot == mention.slot and m.value == mention.value for m in instead):
        return False
    between = text[mention.end : turn.at]
    if mention.slot in _LISTS:
        beside = not between.strip(" ,.;:!?-–—\n")
        led = _LINK.fullmatch(turn.said[: other.start]) is not None
        return turn.sure and beside and led
    near = len(between) <= _NEAR_BEFORE
    return near and (turn.sure or turn.paused or mention.slot == "sex")


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
