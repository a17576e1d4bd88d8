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
_BRACKETS = frozenset("()[]")
_WILD = re.compile(r"[*\\]")
_TOKEN = re.compile(r"[()\[\]|]|\.\.\.|,,,|<\w+>|(?:\\.|[^\s()\[\]|<>])+")


class PatternError(ValueError):
    """A phrase that is no pattern: an unclosed bracket or an unknown list."""


Needs = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Part:
    """A piece of a pattern.

    ``regex`` eats its own trailing space; ``firsts`` are the words it may begin with; ``empty`` says whether
    it may match nothing. ``needs``: of each of these sets one word must stand in any text it matches.
    """

    regex: str
    firsts: frozenset[str]
    empty: bool
    needs: Needs = ()


def _word(word: str) -> _Part:
    if word.isalnum():
        return _Part(word + " ", frozenset({word}), False, (frozenset({word}),))
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
    literal = not _WILD.search(word)
    return _Part(out + " ", frozenset({word}), False, (frozenset({word}),) if literal else ())


def _sequence(parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    firsts: set[str] = set()
    empty = True
    for part in parts:
        if empty:
            firsts |= part.firsts
        empty = empty and part.empty
    needs = tuple(need for part in parts for need in part.needs)
    return _Part("".join(p.regex for p in parts), frozenset(firsts), empty, needs)


def _either(options: list[_Part]) -> _Part:
    firsts = frozenset().union(*(o.firsts for o in options))
    regex = "(?:" + "|".join(o.regex for o in options) + ")"
    needs: Needs = ()
    if all(o.needs for o in options):
        # Of each option its rarest place: the one with the fewest words.
        needs = (frozenset().union(*(min(o.needs, key=len) for o in options)),)
    return _Part(regex, firsts, any(o.empty for o in options), needs)


class _Parser:
    def __init__(self, phrase: str, lists: _Lists, depth: int = 0) -> None:
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
        return options[0] if len(options) == 1 else _either(options)

    def _words(self) -> _Part | None:
        """Return the part of a group that holds single words only, the most frequent; else None."""
        end = self.at
        while end < len(self.tokens) and self.tokens[end] not in _BRACKETS:
            end += 1
        inside = self.tokens[self.at : end]
        words = inside[::2]
        closed = self.tokens[end : end + 1] in ([")"], ["]"])
        if not closed or inside.count("|") != len(inside) // 2 or not all(map(str.isalnum, words)):
            return None
        self.at = end
        group = frozenset(words)
        return _Part("(?:" + "|".join(words) + ") ", group, False, (group,))

    def _element(self) -> _Part:
        token = self.tokens[self.at]
        self.at += 1
        if token in "([":
            inner = self._words() or self._choice()
            if self.at >= len(self.tokens) or self.tokens[self.at] != (
                ")" if token == "(" else "]"
            ):
                raise PatternError(f"a bracket is not closed: {self.phrase}")
            self.at += 1
            return inner if token == "(" else _Part(f"(?:{inner.regex})?", inner.firsts, True)
        if token == "...":
            return _Part(_GAP, frozenset(), True)
        if token == ",,,":
            return _Part(_WIDE_GAP, frozenset(), True)
        if token.startswith("<"):
            if token[1:-1] not in self.lists.text:
                raise PatternError(f"no such list {token}: {self.phrase}")
            return self.lists.part(token[1:-1], self.depth + 1)
        return self.lists.word(token)


class _Lists:
    """The named lists, each read once, and every word seen."""

    def __init__(self, text: Mapping[str, str]) -> None:
        self.text = text
        self._parts: dict[str, _Part] = {}
        self._words: dict[str, _Part] = {}

    def part(self, name: str, depth: int) -> _Part:
        if name not in self._parts:
            self._parts[name] = _Parser(self.text[name], self, depth).parse()
        return self._parts[name]

    def word(self, word: str) -> _Part:
        if word not in self._words:
            self._words[word] = _word(word)
        return self._words[word]


class Phrase:
    """One phrase and the name it stands under. It is compiled when first looked for: most never are."""

    def __init__(self, name: str, part: _Part) -> None:
        self.name = name
        self._source = part.regex
        self._needs = tuple(sorted(part.needs, key=len))
        self._regex: re.Pattern[str] | None = None

    def possible(self, words: frozenset[str]) -> bool:
        """Say whether a text of ``words`` holds a word for every place of the phrase."""
        return not any(need.isdisjoint(words) for need in self._needs)

    def end(self, plain: str, start: int) -> int | None:
        """Return where the phrase ends in ``plain`` if it begins at ``start``, else None."""
        if self._regex is None:
            self._regex = re.compile(self._source)
        found = self._regex.match(plain, start)
        return found.end() if found else None


class PhraseBook:
    """Phrases found fast: only those that can begin with the word at hand are tried there."""

    def __init__(self, phrases: Iterable[tuple[str, str]], lists: Mapping[str, str]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._figures: list[Phrase] = []
        # Only words that begin a phrase are kept here: vocabulary, never names or numbers of a message.
        self._seen: dict[str, tuple[Phrase, ...]] = {}
        read = _Lists(lists)
        for name, text in phrases:
            part = _Parser(text, read).parse()
            if part.empty:
                raise PatternError(f"matches nothing at all: {text}")
            phrase = Phrase(name, part)
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
        words = frozenset(plain.split())
        for start in starts:
            end = plain.find(" ", start)
            for phrase in self._beginning(plain[start:end]):
                if not phrase.possible(words):
                    continue
                found = phrase.end(plain, start)
                if found is not None:
                    yield phrase.name, start, found
