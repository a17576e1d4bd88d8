"""The words of a message that name a risk, before anything is asked of what stands around them.

Phrases are data (``vocabulary/safety.yml``), ideas that stand together too (``risk_concepts``); a phrase of
``vocabulary/safety_contexts.yml`` that gives the same words another sense takes them away.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from functools import lru_cache

from understanding.plain import Plain, plain
from understanding.risk_concepts import find_together
from understanding.spelling import ordinary_words
from understanding.word_lists import word_file, word_list
from understanding.word_patterns import PhraseBook

CONTEXTS = "safety_contexts"
# Lists of that file whose phrases say something of the risk beside them.
NAMED = (
    "harmless",
    "resolved",
    "past",
    "fresh_phrases",
    "not_now",
    "still_there",
    "other_gone",
    "past_by_age",
    "young",
)
_BESIDE = "harmless_with "


@dataclass(frozen=True)
class Risk:
    """Words ``first``..``last`` of a message that name a risk of ``category``.

    ``pieces``: the words that matter between them; all of them where this is empty. ``whoever``: it counts
    when told of another person too. ``despite``: it counts though one of its words alone would be harmless.
    """

    category: str
    first: int
    last: int
    pieces: tuple[tuple[int, int], ...] = ()
    whoever: bool = False
    despite: bool = False

    def parts(self) -> tuple[Risk, ...]:
        """Return the pieces as risks of their own."""
        return tuple(Risk(self.category, *piece) for piece in self.pieces) or (self,)


@dataclass(frozen=True)
class Message:
    """A message as plain words, the risks they name, and the phrases that say something of these.

    ``context[name]`` are the phrases found of one list; ``in_risk`` the words that are part of a risk.
    """

    plain: Plain
    risks: tuple[Risk, ...]
    context: dict[str, tuple[Risk, ...]]
    in_risk: frozenset[int] = field(default_factory=frozenset)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the plain words."""
        return self.plain.words


@lru_cache(maxsize=1)
def _risk_phrases() -> PhraseBook:
    file = word_file("safety")
    return PhraseBook(
        ((c, p) for c, block in file["categories"].items() for p in block["phrases"]), file["lists"]
    )


@lru_cache(maxsize=1)
def _context_phrases() -> PhraseBook:
    file = word_file(CONTEXTS)
    phrases = [(n, p) for n in NAMED for p in file[n]]
    phrases += [(f"{_BESIDE}{i}", b["phrase"]) for i, b in enumerate(file["harmless_with"])]
    return PhraseBook(phrases, word_file("safety")["lists"])


def _spans(book: PhraseBook, text: Plain) -> list[Risk]:
    found = []
    for name, start, end in book.find(text.text, text.starts):
        first = bisect.bisect_left(text.starts, start)
        found.append(Risk(name, first, bisect.bisect_left(text.starts, end) - 1))
    return found


def _beside(name: str, text: Plain) -> bool:
    """Say whether a ``harmless_with`` phrase has one of its words anywhere in the message."""
    if not name.startswith(_BESIDE):
        return False
    wanted = word_file(CONTEXTS)["harmless_with"][int(name.removeprefix(_BESIDE))]["words"]
    return any(f" {word} " in text.text for word in wanted)


def _together(text: Plain) -> list[Risk]:
    return [
        Risk(
            t.category,
            t.pieces[0][0],
            max(last for _, last in t.pieces),
            t.pieces,
            t.whoever,
            t.despite,
        )
        for t in find_together(text)
    ]


def plain_words(text: str) -> Plain:
    """Return ``text`` as plain words, spelt as the phrases are."""
    return plain(
        text, word_file(CONTEXTS)["spellings"], word_list(CONTEXTS, "tolerant"), ordinary_words()
    )


def read_message(text: str) -> Message:
    """Return the words of ``text`` with the risks they name, other senses taken away."""
    words = plain_words(text)
    contexts = _spans(_context_phrases(), words)
    harmless = [c for c in contexts if c.category == "harmless" or _beside(c.category, words)]
    risks = tuple(
        r
        for r in (*_spans(_risk_phrases(), words), *_together(words))
        if r.despite
        or not any(h.first <= p.last and p.first <= h.last for h in harmless for p in r.parts())
    )
    in_risk = frozenset(i for r in risks for p in r.parts() for i in range(p.first, p.last + 1))
    context = {name: tuple(c for c in contexts if c.category == name) for name in NAMED}
    return Message(words, risks, context | {"harmless": tuple(harmless)}, in_risk)
