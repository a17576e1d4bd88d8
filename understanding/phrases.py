"""The notation of the vocabulary's ``words``, and finding them in a message.

- ``low mood``: these words, in any spelling the surface knows (articles, *his/her*, plural *s* ignored);
- ``(can not|struggles to) read``: one or the other; ``(a|b)?`` one, the other or none;
- ``waiting list? for``: a word that may be missing;
- ``boss ... adjust``: up to five words between, within a sentence;
- ``=AS``: only in capitals;
- ``~the change``: only as the answer to the question for its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from understanding.surface import (
    DROPPED,
    SENTENCE_ENDS,
    Surface,
    key_of,
    keys_of,
    normalise,
    open_word,
    pipeline,
)
from understanding.word_sets import words

GAP = 5
PIECE = re.compile(r"\.\.\.|\)\?|[()|]|[^\s()|]+")
# Pieces that are no word.
MARKS = frozenset({"...", ")?", "(", ")", "|"})
PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*$")

QUIET = re.compile(r"(?:^|[(|]) *([^\s=()|]+) *(?=$|[)|])")
LOUD = re.compile(r"(?:^|[(|]) *=(\S+?) *(?=$|[)|])")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Sense:
    """What a phrase stands for: ``capitals`` counts only in capitals, ``answer`` only when asked."""

    slot: str
    value: str
    capitals: bool = False
    answer: bool = False


@dataclass(frozen=True)
class Found:
    """A phrase found: its sense and the words ``first``..``last`` (inclusive) it covers; ``size`` in keys."""

    sense: Sense
    first: int
    last: int
    size: int


# Keys worked out by an earlier process: see `hold`.
_HELD: dict[str, Run] = {}


def hold(keys: Mapping[str, Iterable[str]]) -> None:
    """Take the keys of words worked out before (``keys_of_words``): reading phrases then starts sooner."""
    _HELD.update((word, tuple(run)) for word, run in keys.items())


def keys_of_words(patterns: Iterable[str]) -> dict[str, Run]:
    """Return the keys of every word that stands in ``patterns``."""
    return {w: _keys(w) for pattern in patterns for w in _words_of(pattern)}


def _words_of(pattern: str) -> list[str]:
    pieces = [piece for piece in PIECE.findall(pattern.removeprefix("~")) if piece not in MARKS]
    return [word for piece in pieces if (word := _plain_word(piece))]


def _plain_word(piece: str) -> str:
    """Return the word of one piece of a pattern, without the marks of the notation."""
    may_miss = piece.endswith("?") and len(piece) > 1
    return (piece[:-1] if may_miss else piece).lstrip("=")


@lru_cache(maxsize=65536)
def _keys(phrase: str) -> Run:
    """Return the keys of a plain phrase. Ordinary small words need no tokeniser, which saves start-up."""
    if phrase in _HELD:
        return _HELD[phrase]
    plain = PLAIN.match(phrase) and not any(w in pipeline().tokenizer.rules for w in phrase.split())
    if plain:
        typed = phrase.split()
        norms = [
            n for i, w in enumerate(typed) for n in open_word(w, typed[i - 1] if i else "", None)
        ]
        return tuple(key_of(norm) for norm in norms if norm not in DROPPED)
    words, _ = normalise(phrase)
    keys, _ = keys_of(words)
    return tuple(key for key in keys if key)


@dataclass
class Choice:
    """One place of a phrase: any of its runs of words, or of its ``longer`` phrases, may stand there."""

    runs: dict[str, list[Run]]
    longer: list[list[Choice | None]]
    may_miss: bool = False

    def firsts(self) -> set[str]:
        """Return the keys that can stand first here."""
        return set(self.runs).union(*(first_keys(phrase) for phrase in self.longer))


# A phrase is a row of places; None is a gap.
Phrase = list[Choice | None]


def first_keys(phrase: Phrase) -> set[str]:
    """Return every key a phrase can begin with."""
    found: set[str] = set()
    for place in phrase:
        if place is None:
            break
        found |= place.firsts()
        if not place.may_miss:
            break
    return found


def _may_be_empty(place: Choice | None) -> bool:
    """Say whether nothing at all can stand at a place."""
    return place is None or place.may_miss or any(all(map(_may_be_empty, p)) for p in place.longer)


def _needs(phrase: Phrase) -> tuple[frozenset[str], ...]:
    """Return, for each place after the first that cannot be empty, the keys of which it must have one."""
    return tuple(
        frozenset(place.firsts())
        for place in phrase[1:]
        if place is not None and not _may_be_empty(place)
    )


def read_phrase(pattern: str) -> Phrase:
    """Return ``pattern`` as a row of places. Raises ``ValueError`` where its brackets do not match."""
    pieces = PIECE.findall(pattern)
    choice, used = _read_choice(pieces, 0)
    if used != len(pieces):
        raise ValueError(f"the brackets of '{pattern}' do not match")
    return [choice]


def _read_choice(pieces: list[str], at: int) -> tuple[Choice, int]:
    """Read alternatives from piece ``at`` on; return them and the place of the piece that ends them."""
    choice = Choice({}, [])
    phrase: Phrase = []
    while True:
        piece = pieces[at] if at < len(pieces) else ")"
        if piece in (")", ")?", "|"):
            _add_alternative(choice, phrase)
            phrase = []
            if piece != "|":
                return choice, at
        elif piece == "...":
            phrase.append(None)
        elif piece == "(":
            inner, at = _read_choice(pieces, at + 1)
            inner.may_miss = pieces[at : at + 1] == [")?"]
            phrase.append(inner)
        else:
            may_miss = piece.endswith("?") and len(piece) > 1
            run = _keys(_plain_word(piece))
            if run:
                phrase.append(Choice({run[0]: [run]}, [], may_miss))
        at += 1


def _add_alternative(choice: Choice, phrase: Phrase) -> None:
    """Add ``phrase`` to ``choice``: as one run where it is only words, else as it is."""
    if len(phrase) == 1 and phrase[0] is not None and not phrase[0].may_miss:
        for first, runs in phrase[0].runs.items():
            choice.runs.setdefault(first, []).extend(runs)
        choice.longer.extend(phrase[0].longer)
        return
    words: list[str] = []
    for place in phrase:
        if place is None or place.may_miss or place.longer or len(place.runs) != 1:
            choice.longer.append(phrase)
            return
        ((run, *others),) = place.runs.values()
        if others:
            choice.longer.append(phrase)
            return
        words += run
    if words:
        choice.runs.setdefault(words[0], []).append(tuple(words))


Ends = set[tuple[int, int]]


def _ends_of_choice(choice: Choice, keys: Run, at: int) -> Ends:
    """Return where ``choice`` can end if it begins at ``at``, each with the number of keys it takes."""
    found: Ends = {(at, 0)} if choice.may_miss else set()
    if at < len(keys):
        for run in choice.runs.get(keys[at], ()):
            if keys[at : at + len(run)] == run:
                found.add((at + len(run), len(run)))
    for phrase in choice.longer:
        found |= _ends_of_phrase(phrase, keys, at)
    return found


def _ends_of_phrase(phrase: Phrase, keys: Run, at: int) -> Ends:
    now: Ends = {(at, 0)}
    for place in phrase:
        if place is None:
            now = {(end + skip, size) for end, size in now for skip in _gap(keys, end)}
        else:
            now = {
                (after, size + more)
                for end, size in now
                for after, more in _ends_of_choice(place, keys, end)
            }
        if not now:
            break
    return now


NOT_IN_GAP = words("not no never but")


def _gap(keys: Run, at: int) -> range:
    """Return how many keys a gap at ``at`` may skip: up to five, no turn or end of the sentence."""
    for skip in range(GAP):
        if (
            at + skip >= len(keys)
            or keys[at + skip] in SENTENCE_ENDS
            or keys[at + skip] in NOT_IN_GAP
        ):
            return range(skip + 1)
    return range(GAP + 1)


class PhraseBook:
    """All phrases of a vocabulary, ready to be found.

    Plain runs and patterns are looked up by their first word. The vocabulary stands for hundreds of
    thousands of plain phrases, so they are never written out (which spaCy's PhraseMatcher would need).
    """

    def __init__(self, phrases: Iterable[tuple[str, Sense]]) -> None:
        self._runs: dict[str, dict[Run, list[Sense]]] = {}
        self._phrases: dict[str, list[tuple[Phrase, Sense, tuple[frozenset[str], ...]]]] = {}
        self.known_words: set[str] = set()
        for pattern, sense in phrases:
            self._add(pattern, sense)

    def _add(self, pattern: str, sense: Sense) -> None:
        if pattern.startswith("~"):
            pattern, sense = pattern[1:], Sense(sense.slot, sense.value, answer=True)
        (top,) = read_phrase(pattern)
        assert top is not None
        loud = {_keys(word) for word in LOUD.findall(pattern)} - {
            _keys(word) for word in QUIET.findall(pattern)
        }
        for first, runs in top.runs.items():
            for run in runs:
                senses = self._runs.setdefault(first, {}).setdefault(run, [])
                one = Sense(sense.slot, sense.value, True) if run in loud else sense
                if one not in senses:
                    senses.append(one)
        for phrase in top.longer:
            needs = _needs(phrase)
            for first in first_keys(phrase):
                self._phrases.setdefault(first, []).append((phrase, sense, needs))
        self.known_words.update(re.findall(r"[a-z]+", pattern.lower()))

    def find(self, surface: Surface) -> list[Found]:
        """Return every phrase in ``surface``, overlapping ones too."""
        keys, found = surface.keys, []
        held = frozenset(keys)
        for at, key in enumerate(keys):
            for run, senses in self._runs.get(key, {}).items():
                if keys[at : at + len(run)] == run:
                    found += [
                        self._found(surface, sense, at, at + len(run), len(run)) for sense in senses
                    ]
            for phrase, sense, needs in self._phrases.get(key, ()):
                if any(need.isdisjoint(held) for need in needs):
                    continue
                ends = _ends_of_phrase(phrase, keys, at)
                if ends:
                    # The most words wins; of those, the tightest.
                    end, size = max(ends, key=lambda e: (e[1], -e[0]))
                    if end > at:
                        found.append(self._found(surface, sense, at, end, size))
        return [f for f in found if not f.sense.capitals or _capitals(surface, f)]

    @staticmethod
    def _found(surface: Surface, sense: Sense, start: int, end: int, size: int) -> Found:
        return Found(sense, surface.origin[start], surface.origin[end - 1], size)


def _capitals(surface: Surface, found: Found) -> bool:
    letters = [c for w in surface.words[found.first : found.last + 1] for c in w.raw if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters if c != "s")


def longest(found: list[Found], silent: frozenset[str]) -> list[Found]:
    """Drop each find that lies inside, or overlaps, a larger one of its slot or of a ``silent`` slot."""
    ordered = sorted(found, key=lambda f: (-f.size, -(f.last - f.first), f.first))
    kept: list[Found] = []
    for one in ordered:
        rivals = (
            k
            for k in kept
            if k.first <= one.last
            and one.first <= k.last
            and (k.sense.slot == one.sense.slot or k.sense.slot in silent)
            and not (k.first == one.first and k.last == one.last and k.sense.slot not in silent)
            and (k.sense.slot, k.sense.value) != (one.sense.slot, one.sense.value)
        )
        same = any(
            k.sense.slot == one.sense.slot
            and k.sense.value == one.sense.value
            and k.first <= one.last
            and one.first <= k.last
            for k in kept
        )
        if not same and not any(rivals):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.first, f.last))
