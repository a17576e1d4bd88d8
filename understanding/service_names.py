"""Which services a text names, and what a few words can mean.

Built from the directory: (id, name, aliases) of every entry. An alias may belong to several entries; then
the words are ambiguous and every one of them is returned. Nothing here knows any service by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from understanding.word_lists import word_list

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_LONGEST_TEXT = 4000
_LONGEST = 9
# Left out when two names are compared: they tell nothing apart.
_IDLE = frozenset(
    {
        "the",
        "a",
        "an",
        "scheme",
        "service",
        "services",
        "programme",
        "program",
        "project",
        "please",
        "thing",
        "one",
        "that",
        "this",
        "her",
        "him",
        "them",
        "for",
        "of",
        "in",
        "gm",
    }
)
_FUZZY_FROM = 7
# Of how many words of a name one must be typed right for a slip in another to be seen.
_PLACES = 3
# A name of nothing but these is meant as a name only where it is written as one.
_GENERIC = frozenset(
    ("advice", "line", "lines", "help", "support", "helpline", "service", "services", "job", "work")
)
# A slip of the finger is told from another word only in words of some length.
_SHORTEST_SLIP = 4


def normalised(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in lower case without punctuation; "&" is "and"."""
    plain = re.sub(r"['’]", "", text.lower().replace("&", " and "))
    plain = re.sub(r"\bjob ?cent(?:re|er)(?: plus)?\b", "jobcentre", plain)
    return tuple(_WORD.findall(plain))


class ServiceNames:
    """The names of all entries, ready to be looked for."""

    def __init__(self, entries: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._ids: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        for service, name, aliases in entries:
            self._labels[service] = name
            for words in (name, service.replace("-", " "), *aliases):
                self._add(normalised(words), service)
        self._joined: dict[str, tuple[str, ...]] = {
            "".join(k): k for k in self._ids if len("".join(k)) >= 5
        }
        # A misspelt name begins with the right letter and has one of its first words right.
        self._long: dict[tuple[int, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for k in self._ids:
            if len(k) >= 2 and len(" ".join(k)) >= _FUZZY_FROM:
                for place, word in enumerate(k[:_PLACES]):
                    self._long[place, word].append((k, " ".join(k)))
        # What a name can begin with, also where it is typed in several words ("work well").
        self._openings = {k[0] for k in self._ids if k}
        self._openings |= {j[:n] for j in self._joined for n in range(1, len(j) + 1)}

    def _add(self, words: tuple[str, ...], service: str) -> None:
        if words and service not in self._ids[words]:
            self._ids[words].append(service)

    def name(self, service: str) -> str:
        """Return the name of an entry, or its id where it is unknown."""
        return self._labels.get(service, service)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids named anywhere in ``text``, in order; the longest name wins at each place."""
        found = [service for _, _, services in self.spans(text) for service in services]
        return tuple(dict.fromkeys(found))

    def spans(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return (start, end, ids) of every name in ``text``; the longest wins at each place."""
        tokens = list(_TOKEN.finditer(text[:_LONGEST_TEXT]))
        words = tuple(
            "and" if t.group() == "&" else re.sub(r"['’]", "", t.group().lower()) for t in tokens
        )
        capitals = {t.group().lower() for t in tokens if t.group()[0].isupper()}
        found: list[tuple[int, int, tuple[str, ...]]] = []
        i = 0
        while i < len(words):
            size, ids = self._at(words, i, capitals)
            if size:
                found.append((tokens[i].start(), tokens[i + size - 1].end(), tuple(ids)))
            i += max(1, size)
        return found

    def _at(self, words: tuple[str, ...], i: int, capitals: set[str]) -> tuple[int, Sequence[str]]:
        opens = words[i] in self._openings
        for size in range(min(_LONGEST, len(words) - i) if opens else 0, 0, -1):
            piece = words[i : i + size]
            ids = self._ids.get(piece)
            if ids is None and size <= 4:
                known = self._joined.get("".join(piece))
                ids = self._ids.get(known) if known and (len(known) > 1 or size > 1) else None
            if ids is None:
                continue
            if (
                size == 1
                and piece[0] in word_list("commands", "everyday_names")
                and piece[0] not in capitals
            ):
                continue
            if size == 1 and len(piece[0]) < 3:
                continue
            if _GENERIC.issuperset(piece) and not capitals.intersection(piece):
                continue
            return size, ids
        return self._near_at(words, i)

    def _near_at(self, words: tuple[str, ...], i: int) -> tuple[int, Sequence[str]]:
        """Return a misspelt name of two words or more that begins here; one slip in seven letters."""
        near = (
            one
            for place, word in enumerate(words[i : i + _PLACES])
            for one in self._long.get((place, word), ())
        )
        for name, target in near:
            size = len(name)
            if i + size > len(words) or words[i][:1] != name[0][:1]:
                continue
            pairs = [p for p in zip(name, words[i : i + size], strict=True) if p[0] != p[1]]
            allowed = min(2, len(target) // _FUZZY_FROM)
            # Two words changed are two other words, no slip of the finger.
            if len(pairs) > 1 + (allowed > 1):
                continue
            if any(min(map(len, pair)) < _SHORTEST_SLIP for pair in pairs):
                continue
            piece = " ".join(words[i : i + size])
            if abs(len(piece) - len(target)) > 2:
                continue
            if OSA.distance(target, piece, score_cutoff=allowed) <= allowed:
                return size, self._ids[name]
        return 0, ()

    def named(self, words: str) -> tuple[str, ...]:
        """Return the ids whose name or alias is exactly ``words``, none where there is none."""
        return tuple(self._ids.get(normalised(words), ()))

    def resolve(self, words: str) -> tuple[str, ...]:
        """Return the ids that ``words`` can mean: one, several where it is ambiguous, none.

        Tried in turn: an exact id or name, an exact alias, the names that hold all the words, a misspelling.
        """
        words = re.sub(
            r"\b(?:for|to|in) (?:her|him|them|this (?:patient|one|lady|man))\b",
            "",
            words,
            flags=re.IGNORECASE,
        )
        piece = normalised(words)
        if not piece:
            return ()
        slug = "-".join(piece)
        if slug in self._labels:
            return (slug,)
        for candidate in (piece, self._trimmed(piece)):
            if candidate in self._ids:
                return tuple(self._ids[candidate])
            known = self._joined.get("".join(candidate))
            if known:
                return tuple(self._ids[known])
        return self._holding(self._trimmed(piece) or piece) or self._misspelt(piece)

    @staticmethod
    def _trimmed(piece: tuple[str, ...]) -> tuple[str, ...]:
        kept = piece
        while kept and kept[0] in _IDLE:
            kept = kept[1:]
        while kept and kept[-1] in (_IDLE - {"in", "of", "for"}) | {
            "please",
            "then",
            "now",
            "today",
            "instead",
        }:
            kept = kept[:-1]
        return kept

    def _holding(self, piece: tuple[str, ...]) -> tuple[str, ...]:
        wanted = {w for w in piece if w not in _IDLE}
        if not wanted or (len(wanted) == 1 and len(next(iter(wanted))) < 3):
            return ()
        found = [s for name, ids in self._ids.items() if wanted <= set(name) for s in ids]
        unique = tuple(dict.fromkeys(found))
        if unique:
            return unique
        inside = [s for i in range(len(piece)) for s in self._at(piece, i, set(piece))[1]]
        return tuple(dict.fromkeys(inside))

    def _misspelt(self, piece: tuple[str, ...]) -> tuple[str, ...]:
        text = " ".join(piece)
        if len(text) < 5 or len(text) > 80:
            return ()
        scored: dict[str, float] = {}
        for name, ids in self._ids.items():
            target = " ".join(name)
            if abs(len(target) - len(text)) > 4:
                continue
            score = fuzz.ratio(target, text)
            if score >= 84:
                for service in ids:
                    scored[service] = max(scored.get(service, 0), score)
        best = max(scored.values(), default=0.0)
        return tuple(s for s, score in scored.items() if score >= best - 1)
