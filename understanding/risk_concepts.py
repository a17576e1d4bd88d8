"""Risks told by what stands together, not by one set phrase: "partner" with "reads" and "her phone".

``vocabulary/safety_concepts.yml`` names concepts (lists of phrases) and rules: the concepts that must stand
within so many words of each other for a category, in any order or in the order given, and those that must
not stand near. Where a message says a thing obliquely, it says it with these few ideas.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from understanding.plain import Plain
from understanding.word_lists import word_file
from understanding.word_patterns import PhraseBook

FILE = "safety_concepts"
Span = tuple[int, int]
_BESIDE = 6
_WITHIN = 10


@dataclass(frozen=True)
class Rule:
    """One rule. ``of`` holds for each idea the concepts that may stand for it."""

    category: str
    of: tuple[tuple[str, ...], ...]
    within: int
    in_order: bool
    across: bool
    unless: tuple[str, ...]
    unless_anywhere: tuple[str, ...]
    whoever: bool
    despite: bool


@dataclass(frozen=True)
class Together:
    """A rule met: its category, the words of each idea, and whether it counts whoever it is told of.

    ``despite``: it counts though one of its words alone would be harmless ("heavy bleeding").
    """

    category: str
    pieces: tuple[Span, ...]
    whoever: bool
    despite: bool


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return the rules of the vocabulary."""
    return tuple(
        Rule(
            category,
            tuple(tuple(str(idea).split("|")) for idea in rule["of"]),
            int(rule.get("within", _WITHIN)),
            bool(rule.get("in_order", False)),
            bool(rule.get("across", False)),
            tuple(rule.get("unless", ())),
            tuple(rule.get("unless_anywhere", ())),
            bool(rule.get("whoever", False)),
            bool(rule.get("despite", False)),
        )
        for category, block in word_file(FILE)["rules"].items()
        for rule in block
    )


@lru_cache(maxsize=1)
def _concepts() -> PhraseBook:
    lists = {**word_file("safety")["lists"], **word_file(FILE)["lists"]}
    return PhraseBook(
        ((name, p) for name, block in word_file(FILE)["concepts"].items() for p in block), lists
    )


@lru_cache(maxsize=1)
def concepts_in(text: Plain) -> tuple[tuple[str, Span], ...]:
    """Return the ideas found in ``text``, each with its first and last word."""
    found = []
    for name, start, end in _concepts().find(text.text, text.starts):
        first = bisect.bisect_left(text.starts, start)
        found.append((name, (first, bisect.bisect_left(text.starts, end) - 1)))
    return tuple(found)


def _spans(text: Plain) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for name, span in concepts_in(text):
        found[name].append(span)
    return found


def _near(spans: Sequence[Span], first: int, last: int) -> bool:
    return any(s[0] <= last and first <= s[1] for s in spans)


class _Search:
    """The spans of one message and its sentences, asked rule by rule."""

    def __init__(self, text: Plain) -> None:
        self.words = text.words
        self.spans: Mapping[str, list[Span]] = dict(_spans(text))
        self.stops = [i for i, word in enumerate(text.words) if word == "."]

    def _sentence(self, place: int) -> int:
        return bisect.bisect_left(self.stops, place)

    def _ideas(self, rule: Rule) -> list[list[Span]] | None:
        """Return the spans of each idea in order of place; None where one has none."""
        here = self.spans
        for names in rule.of:
            if not any(name in here for name in names):
                return None
        return [sorted(s for name in names for s in here.get(name, ())) for names in rule.of]

    def _companion(self, anchor: list[Span], spans: list[Span], rule: Rule) -> Span | None:
        """Return the span nearest to those of ``anchor`` that may join them under ``rule``."""
        low, high = min(s[0] for s in anchor), max(s[1] for s in anchor)
        best, best_width = None, rule.within + 1
        start = bisect.bisect_left(spans, (low - rule.within, 0))
        for span in spans[start:]:
            if span[0] > high + rule.within:
                break
            if any(span[0] <= s[1] and s[0] <= span[1] for s in anchor):
                continue
            if rule.in_order and span[0] <= high:
                continue
            if not rule.across and self._sentence(span[0]) != self._sentence(low):
                continue
            width = max(high, span[1]) - min(low, span[0]) - (high - low)
            if width < best_width:
                best, best_width = span, width
        return best

    def met(self, rule: Rule) -> Iterator[Together]:
        """Yield every place where ``rule`` is met, one an anchor."""
        ideas = self._ideas(rule)
        if ideas is None or any(self.spans.get(name) for name in rule.unless_anywhere):
            return
        for anchor in ideas[0]:
            pieces = [anchor]
            for spans in ideas[1:]:
                found = self._companion(pieces, spans, rule)
                if found is None:
                    break
                pieces.append(found)
            if len(pieces) < len(ideas):
                continue
            first, last = min(p[0] for p in pieces), max(p[1] for p in pieces)
            if any(
                _near(self.spans.get(name, ()), first - _BESIDE, last + _BESIDE)
                for name in rule.unless
            ):
                continue
            yield Together(rule.category, tuple(sorted(pieces)), rule.whoever, rule.despite)


def find_together(text: Plain) -> Iterator[Together]:
    """Yield what ``text`` tells of a risk by ideas that stand together."""
    search = _Search(text)
    for rule in rules():
        yield from search.met(rule)
