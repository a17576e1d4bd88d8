"""Names of people in a message, told from places, services, illnesses, employers and ordinary words.

A name is found by what stands beside it (a title, a label, a relation, an identifier) or by a given name
that is hardly ever anything else. Protected words (the vocabulary, the areas, ``names.yml``) are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.identifier_patterns import TOKEN, Span
from understanding.lexicon import lexicon
from understanding.name_words import WORD, NameWord, looks_given, ordinary_words, protected
from understanding.word_lists import word_list

_GAP = re.compile(r"[ \t]{1,2}")
_LABEL = re.compile(
    r"\b(?:(?:full |sur|last |first |for|christian |her |his |pt |patient(?:'s)? )?name(?:'s|s| is|"
    r"d)?(?: now| to)?|patient(?: is)?|pt|re|regarding|called|fao|for|client|this is|i have|"
    r"ask for|asks for|speak to|known as|signed|dear|surname|maiden name|aka)\s?[:=,\-–]?\s{0,2}$",
    re.IGNORECASE,
)
_STRONG_LABEL = re.compile(
    r"name(?:'s|s| is|d)?(?: now| to)?\s?[:=,\-–]?\s{0,2}$|surname\s?[:=,\-]?\s?$|known as\s$|\baka\s$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,.:;()\-–/|]{0,5}(?:(?:is|dob|d\.?o\.?b\.?|born|nhs|no|num|number|tel|mob|mobile|phone|email|"
    r"e-mail|date of birth|on|lives at|lives|at|of|address|her|his|pt|patient|contact|ring|m|f|hosp|"
    r"hospital|emis|mrn|nino|ni)[\s,.:;()\-–#=]{0,4}){0,4}",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s?[,(\-–]?\s?(?:\d{2}\b|aged? \d|is an? |\(|dob|d\.o\.b|nhs|born|[mf]\d{2}|\d{2}\s?[mf]\b)",
    re.IGNORECASE,
)
_EPONYM = re.compile(
    r"['’]?s?\s+(?:disease|syndrome|palsy|lymphoma|cyst|sign|contracture|chorea|test|score|fracture|"
    r"thyroiditis|oesophagus|tendon|neuroma|phenomenon|house|hospital|centre|center|college|church|"
    r"school|court|ward|unit|university|road|street|park|trust|charity|foodbank|clinic|surgery|"
    r"practice|cross|hall)",
    re.IGNORECASE,
)


class _Names:
    def __init__(self, text: str, anchors: list[tuple[int, int]]) -> None:
        self.text, self.anchors = text, anchors
        self.words = [
            NameWord(m.group(), m.group().lower().strip("."), m.start(), m.end())
            for m in WORD.finditer(text)
            if not any(s <= m.start() < e for s, e in anchors)
        ]
        self.protected = self._protected_words()
        self.ordinary = ordinary_words()
        self.given = word_list("names", "given")
        self.doubtful = word_list("names", "given_doubtful")

    def _protected_words(self) -> set[int]:
        phrases, found = protected(), set()
        longest = 5
        for i in range(len(self.words)):
            for size in range(min(longest, len(self.words) - i), 0, -1):
                if tuple(w.low for w in self.words[i : i + size]) in phrases and self.joined(
                    i, i + size - 1
                ):
                    found |= set(range(i, i + size))
                    break
        return found

    def joined(self, first: int, last: int) -> bool:
        """Say whether only blanks stand between the words ``first``..``last``."""
        return all(
            re.fullmatch(
                r"[ \t]{1,2}|[ \t]?[&-][ \t]?",
                self.text[self.words[i].end : self.words[i + 1].start],
            )
            for i in range(first, last)
        )

    def next_to(self, i: int) -> bool:
        return (
            i + 1 < len(self.words)
            and _GAP.fullmatch(self.text[self.words[i].end : self.words[i + 1].start]) is not None
        )

    def free(self, i: int) -> bool:
        """Say whether word ``i`` can be part of a name."""
        word = self.words[i]
        return i not in self.protected and (word.low not in self.ordinary)

    def name_like(self, i: int, capital: bool) -> bool:
        word = self.words[i]
        if word.low in word_list("names", "particles"):
            return True
        if word.low in self.given:
            return True
        if i in self.protected and not (
            word.capital and word.low in word_list("places", "doubtful")
        ):
            return False
        return (word.capital or not capital) and word.low not in self.ordinary and len(word.low) > 1

    def run_right(self, i: int, capital: bool, most: int = 4) -> int:
        """Return the last word of the name that begins with word ``i``."""
        last = i
        while (
            last - i < most - 1
            and self.next_to(last)
            and self.name_like(last + 1, capital)
            and not self.text[last:last].endswith(".")
        ):
            last += 1
        while last > i and self.words[last].low in word_list("names", "particles"):
            last -= 1
        return last

    def span(self, first: int, last: int) -> Span:
        end = self.words[last].end
        if self.text[end - 1] == "." and len(self.words[last].low) > 1:
            end -= 1
        for possessive in ("'s", "’s"):
            if self.text[self.words[first].start : end].endswith(possessive):
                end -= 2
        return Span.of("name", self.words[first].start, end)

    def titled(self) -> Iterator[Span]:
        titles = word_list("names", "titles")
        for i, word in enumerate(self.words):
            # "Mr.Singh", typed without the blank.
            title, point, rest = word.low.partition(".")
            if point and rest and title in {"mr", "mrs", "ms", "miss", "dr", "mx"}:
                end = self.words[self.run_right(i, capital=True)].end
                yield Span.of("name", word.start + len(title) + 1, end)
        for i, word in enumerate(self.words[:-1]):
            if word.low not in titles or not self.next_to(i):
                continue
            following = self.words[i + 1]
            # "MS" is an illness, "miss work" and "sister says" are no titles.
            careful = word.low in {
                "ms",
                "miss",
                "master",
                "lady",
                "sister",
                "nurse",
                "father",
                "fr",
                "sir",
                "dame",
                "missus",
                "doctor",
            }
            if (
                word.text in {"MS", "FR"}
                or (word.text == "MR" and not following.capital)
                or (careful and not (following.capital and not following.shouted))
            ):
                continue
            if (
                word.low in {"lady", "sister", "nurse", "father", "missus"}
                and following.low not in self.given | self.doubtful
            ):
                continue
            if self._title_word(i + 1, careful):
                last = self.run_right(i + 1, capital=following.capital)
                yield self.span(i + 1, last)

    def _title_word(self, i: int, careful: bool) -> bool:
        word = self.words[i]
        if word.capital and len(word.low) == 1:
            return True
        if word.capital and not word.shouted:
            return word.low not in self.ordinary or (
                not careful and word.low not in word_list("names", "sentence_words")
            )
        return (word.low not in self.ordinary and i not in self.protected) or word.low in self.given

    def labelled(self) -> Iterator[Span]:
        for i, word in enumerate(self.words):
            before = self.text[max(0, word.start - 24) : word.start]
            found = _LABEL.search(before)
            if not found:
                continue
            strong = _STRONG_LABEL.search(before) is not None
            if strong:
                if (
                    word.low not in word_list("names", "sentence_words")
                    and (word.capital or word.low not in self.ordinary)
                    and i not in self.protected
                ):
                    yield self.span(i, self.run_right(i, capital=word.capital))
            elif word.capital and not word.shouted and self.free(i):
                last = self.run_right(i, capital=True)
                asked = found.group().strip().lower() in {
                    "ask for",
                    "asks for",
                    "speak to",
                    "called",
                    "dear",
                }
                if (
                    last > i
                    or word.low in self.given
                    or (asked and word.low in self.doubtful)
                    or found.group().strip().lower() in {"pt", "patient", "re", "re:"}
                ):
                    yield self.span(i, last)

    def related(self) -> Iterator[Span]:
        relations = word_list("names", "relations")
        for i, word in enumerate(self.words[:-1]):
            if word.low in relations and self.next_to(i):
                nxt = self.words[i + 1]
                known = nxt.low in self.given or nxt.low in self.doubtful
                if (
                    nxt.capital
                    and not nxt.shouted
                    and (known or self.free(i + 1))
                    and i + 1 not in self.protected
                ):
                    yield self.span(i + 1, self.run_right(i + 1, capital=True))

    def given_names(self) -> Iterator[Span]:
        for i, word in enumerate(self.words):
            if _EPONYM.match(self.text[word.end :].lstrip(".")[:24]) or i in self.protected:
                continue
            low = word.low.removesuffix("'s").removesuffix("’s")
            # "St Mary's" is a church, a school or a hospital.
            if i and self.words[i - 1].low in {"st", "saint"} and self.next_to(i - 1):
                continue
            if low in self.given or ("-" in low and looks_given(low)):
                yield self.span(i, self.run_right(i, capital=word.capital))
            elif low in self.doubtful and word.capital and not word.shouted and self.next_to(i):
                nxt = self.words[i + 1]
                opens = i == 0 and _AFTER_NAME.match(self.text[nxt.end :][:16])
                surname = nxt.capital and not nxt.shouted and len(nxt.low) > 2
                if surname and (opens or self.name_like(i + 1, capital=True)):
                    yield self.span(i, max(i + 1, self.run_right(i, capital=True)))

    def beside_identifier(self) -> Iterator[Span]:
        """Yield the words right before (or after) an identifier that are nothing else."""
        for start, end in self.anchors:
            yield from self._before(start)
            yield from self._after(end)

    def _before(self, start: int) -> Iterator[Span]:
        for last in range(len(self.words) - 1, -1, -1):
            word = self.words[last]
            if word.end > start:
                continue
            between = self.text[word.end : start]
            if len(between) > 40:
                return
            if not _BETWEEN.fullmatch(between):
                continue
            if word.low in word_list("names", "links"):
                continue
            if not self.name_like(last, capital=False) or (last in self.protected):
                return
            first = last
            while (
                first > 0
                and last - first < 3
                and self.next_to(first - 1)
                and self.name_like(first - 1, capital=False)
            ):
                first -= 1
            while first < last and self.words[first].low in word_list("names", "particles"):
                first += 1
            known = any(
                w.low in self.given or w.low in self.doubtful for w in self.words[first : last + 1]
            )
            capitals = all(w.capital for w in self.words[first : last + 1])
            initial = first > 0 and len(self.words[first - 1].low) == 1 and self.next_to(first - 1)
            if initial:
                first -= 1
            if last > first or known or (capitals and len(word.low) > 2):
                yield self.span(first, last)
            return

    def _after(self, end: int) -> Iterator[Span]:
        for i, word in enumerate(self.words):
            if word.start < end:
                continue
            if not re.fullmatch(r"[\s,.:;()\-–]{0,4}", self.text[end : word.start]):
                return
            if word.capital and self.free(i):
                last = self.run_right(i, capital=True)
                if last > i or word.low in self.given:
                    yield self.span(i, last)
            return

    def beside_age(self) -> Iterator[Span]:
        """Yield "jean arkwright, 55" and "pt hargreave 44": unknown words, with an age after them."""
        for i, word in enumerate(self.words):
            if word.capital or not (
                self.text[word.start - 3 : word.start].lower() == "pt " or i == 0
            ):
                continue
            if i == 0 and not (looks_given(word.low) and self.next_to(0) and self.unknown(1)):
                continue
            if i > 0 and not self.unknown(i):
                continue
            last = i + 1 if i == 0 else i
            if _AFTER_NAME.match(self.text[self.words[last].end :][:16]) and self.free(i):
                yield self.span(i, last)

    def unknown(self, i: int) -> bool:
        """Say whether word ``i`` is no word of the vocabulary, well spelt or not."""
        word = self.words[i]
        known = i in self.protected or word.low in self.ordinary or len(word.low) < 4
        return not known and lexicon().speller.correct(word.low) == word.low

    def opening(self) -> Iterator[Span]:
        """Yield two or three capitalised words that open the message, with an age after them."""
        for i in range(min(2, len(self.words))):
            word = self.words[i]
            if not word.capital or not self.free(i) or (self.words[i].start > 12):
                continue
            last = self.run_right(i, capital=True)
            if (
                last > i
                and not word.shouted
                and _AFTER_NAME.match(self.text[self.words[last].end :][:16])
            ):
                yield self.span(i, last)
            return

    def surname_first(self) -> Iterator[Span]:
        """Yield "ORMEROD, Jay (Mr)", the way record systems print a name, and "J. Ormerod"."""
        for i in range(len(self.words) - 1):
            a, b = self.words[i], self.words[i + 1]
            between = self.text[a.end : b.start]
            if a.shouted and re.fullmatch(r",\s{0,2}", between) and b.capital and not b.shouted:
                titled = re.match(
                    r"\s?\((?:mr|mrs|ms|miss|dr|mx|master)\)",
                    self.text[b.end : b.end + 10],
                    re.IGNORECASE,
                )
                if titled or b.low in self.given or (b.low in self.doubtful and self.free(i)):
                    yield self.span(i, i + 1)
            elif (
                a.capital
                and b.capital
                and not b.shouted
                and len(a.low) > 2
                and (a.shouted or i == 0)
                and re.fullmatch(r",\s{0,2}" if not a.shouted else r"\s", between)
                and looks_given(b.low)
                and self.free(i)
                and re.match(
                    r"[\s,(]{1,3}(?:\d{2}\b|[mf]\b)", self.text[b.end : b.end + 6], re.IGNORECASE
                )
            ) or (
                len(a.low) == 1
                and a.capital
                and a.text.endswith(".")
                and b.capital
                and self.free(i + 1)
                and re.fullmatch(r"\s{0,1}", between)
            ):
                yield self.span(i, i + 1)


def names(text: str, anchors: list[tuple[int, int]]) -> list[Span]:
    """Return the names in ``text``; ``anchors`` are the places of other identifiers and of tokens."""
    if not WORD.search(text):
        return []
    reading = _Names(text, anchors)
    found = [
        *reading.titled(),
        *reading.labelled(),
        *reading.related(),
        *reading.given_names(),
        *reading.beside_identifier(),
        *reading.opening(),
        *reading.beside_age(),
        *reading.surname_first(),
    ]
    tokens = [m.span() for m in TOKEN.finditer(text)]
    return [
        s
        for s in found
        if s.end > s.start and not any(a < s.end and s.start < b for a, b in tokens)
    ]
