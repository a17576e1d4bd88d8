"""A small pattern language for phrases, kept in YAML so that anyone can add one.

``a|b`` one of these words, ``(a b|c)`` a group, ``[word]`` may be left out, ``word*`` any ending, ``...``
up to six words between, ``,,,`` up to nine, commas among them, ``\\d`` a figure, ``<name>`` a named list.
A pattern is compared with plain text (see ``plain``): lower case, single spaces, no apostrophes or
hyphens, `` , `` and `` . `` between clauses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_GAP = r"(?:\w+ ){0,6}?"
# The wider gap crosses commas too, never a full stop.
_WIDE_GAP = r"(?:(?:\w+|,) ){0,9}?"
_REMEMBERED = 5000
_TOKEN = re.compile(r"[()\[\]|]|\.\.\.|,,,|<\w+>|(?:\\.|[^\s()\[\]|<>])+")


class PatternError(ValueError):
    """A phrase that is no pattern: an unclosed bracket or an unknown list."""


@dataclass(frozen=True)
class _Part:
    """A regex that eats its own trailing space, the words it may begin with, and whether it may be empty."""

    regex: str
    firsts: frozenset[str]
    empty: bool


def _word(word: str) -> str:
    out, i = "", 0
    while i < len(word):
        if word[i] == "\\" and i + 1 < len(word):
            out += word[i : i + 2]
            i += 2
            if i < len(word) and word[i] == "+":
                out, i = out + "+", i + 1
            continue
        out += r"\w*" if word[i] == "*" else re.escape(word[i])
        i += 1
    return out


def _sequence(parts: list[_Part]) -> _Part:
    firsts: set[str] = set()
    empty = True
    for part in parts:
        if empty:
            firsts |= part.firsts
        empty = empty and part.empty
    return _Part("".join(p.regex for p in parts), frozenset(firsts), empty)


class _Parser:
    def __init__(self, phrase: str, lists: Mapping[str, str], depth: int = 0) -> None:
        if depth > 5:
            raise PatternError(f"lists that name each other: {phrase}")
        self.tokens = _TOKEN.findall(phrase)
        self.at, self.phrase, self.lists, self.depth = 0, phrase, lists, depth

    def parse(self) -> _Part:
        found = self._choice()
        if self.at != len(self.tokens):
            raise PatternError(f"a bracket too many: {self.phrase}")
        return found

    def _choice(self) -> _Part:
        options: list[_Part] = []
        parts: list[_Part] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in (")", "]"):
            if self.tokens[self.at] == "|":
                self.at += 1
                options.append(_sequence(parts))
                parts = []
            else:
                parts.append(self._element())
        options.append(_sequence(parts))
        if len(options) == 1:
            return options[0]
        firsts = frozenset().union(*(o.firsts for o in options))
        regex = "(?:" + "|".join(o.regex for o in options) + ")"
        return _Part(regex, firsts, any(o.empty for o in options))

    def _element(self) -> _Part:
        token = self.tokens[self.at]
        self.at += 1
        if token in "([":
            inner = self._choice()
            if self.at >= len(self.tokens) or self.tokens[self.at] != (
                ")" if token == "(" else "]"
            ):
                raise PatternError(f"a bracket is not closed: {self.phrase}")
            self.at += 1
            if token == "(":
                return inner
            return _Part(f"(?:{inner.regex})?", inner.firsts, True)
        if token == "...":
            return _Part(_GAP, frozenset(), True)
        if token == ",,,":
            return _Part(_WIDE_GAP, frozenset(), True)
        if token.startswith("<"):
            if token[1:-1] not in self.lists:
                raise PatternError(f"no such list {token}: {self.phrase}")
            return _Parser(self.lists[token[1:-1]], self.lists, self.depth + 1).parse()
        return _Part(_word(token) + " ", frozenset({token}), False)


@dataclass(frozen=True)
class Phrase:
    """One compiled phrase and the name it stands under."""

    name: str
    regex: re.Pattern[str]


class PhraseBook:
    """Phrases found fast: only those that can begin with the word at hand are tried there."""

    def __init__(self, phrases: Iterable[tuple[str, str]], lists: Mapping[str, str]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._figures: list[Phrase] = []
        # Only words that begin a phrase are kept here: vocabulary, never names or numbers of a message.
        self._seen: dict[str, tuple[Phrase, ...]] = {}
        for name, text in phrases:
            part = _Parser(text, lists).parse()
            if part.empty:
                raise PatternError(f"matches nothing at all: {text}")
            phrase = Phrase(name, re.compile(part.regex))
            for word in part.firsts:
                if "\\" in word:
                    self._figures.append(phrase)
                elif "*" in word:
                    prefix = word.split("*")[0]
                    self._by_prefix[prefix[:2]].append((prefix, phrase))
                else:
                    self._by_word[word].append(phrase)

    def _beginning(self, word: str) -> tuple[Phrase, ...]:
        """Return the phrases that can begin with ``word``; those of words seen before are remembered."""
        known = self._seen.get(word)
        if known is None:
            phrases = list(self._by_word.get(word, ()))
            phrases += [
                p for prefix, p in self._by_prefix.get(word[:2], ()) if word.startswith(prefix)
            ]
            if word[:1].isdigit():
                phrases += self._figures
            known = tuple(phrases)
            if known and word.isalpha() and len(self._seen) < _REMEMBERED:
                self._seen[word] = known
        return known

    def find(self, plain: str, starts: Iterable[int]) -> Iterator[tuple[str, int, int]]:
        """Yield name, start and end of every match that begins at one of ``starts`` of ``plain``."""
        for start in starts:
            end = plain.find(" ", start)
            for phrase in self._beginning(plain[start:end]):
                found = phrase.regex.match(plain, start)
                if found:
                    yield phrase.name, start, found.end()
