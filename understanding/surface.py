"""One message as the rules see it: its words, normalised, each still tied to where it stood.

spaCy splits the message once. From its tokens come two rows of words:

- ``words``: everything, in lower case, shorthand written out, typing errors mended, contractions opened
  ("can't" is *can*, *not*). Rules that look at grammar read this row, also as one string, ``flat``.
- ``keys``: ``words`` without what varies and says little (articles, *his*, *her*, *'s*, hyphens inside a
  word, plural *s*), so that one phrase of the vocabulary stands for all the ways it is typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from understanding.relations import RELATIVES
from understanding.spacy_start import blank_english
from understanding.spelling import Speller, shorthand
from understanding.word_sets import words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Articles and possessives, and words that only make what follows stronger or weaker.
DROPPED = words(
    "a an the his her their my your our its 's very v really quite pretty so just also rather bit"
)
AUXILIARIES = words(
    "do does did is was has had have ca wo would could should are were must need might ai"
)
SENTENCE_ENDS = frozenset({".", "!", ";", "\n", "?", "—", "–", "…", "•", "*"})
# "back to wk", "paid wk"; elsewhere "wk" is a week.
WORK_BEFORE = words(
    "in to of for paid at from after any off out no @ some nil finding voluntary permitted "
    "some finds"
)
# "Used 2 be", "wants 2 go": no number.
AFTER_TO = words(
    "be do go get have see find come leave take make keep sleep think sit stand cope eat"
)
PRONOUNS_BEFORE_S = words("he she it that there who what here where")


@dataclass(frozen=True)
class Word:
    """A normalised word and the characters ``start``..``end`` of the message it came from."""

    norm: str
    start: int
    end: int
    raw: str


@dataclass(frozen=True)
class Surface:
    """A message, split and normalised.

    ``words`` is the full row, ``keys`` the row for phrases, ``origin[i]`` the place in ``words`` of
    ``keys[i]``; ``flat`` is ``words`` joined by single spaces, ``offsets[i]`` where word ``i`` begins in it;
    ``sentence[i]`` numbers the sentence of word ``i``.
    """

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    origin: tuple[int, ...]
    flat: str
    offsets: tuple[int, ...]
    sentence: tuple[int, ...]
    doc: Doc = field(compare=False, repr=False)

    def word_at(self, position: int) -> int:
        """Return the number of the word that covers ``position`` of ``flat``."""
        return max(0, bisect_right(self.offsets, position) - 1)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of the message that words ``first``..``last`` (inclusive) cover."""
        return self.words[first].start, self.words[last].end


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Return the shared blank pipeline."""
    return blank_english()


def make_doc(text: str) -> Doc:
    """Return ``text`` as a spaCy document; curly quotes count as straight ones (offsets stay true)."""
    return pipeline().make_doc(text.translate(QUOTES))


QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\u00a0": " "})
GLUED_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([a-z]{1,8})\.?$")
UNITS: dict[str, str] = {
    "w": "weeks", "m": "months", "y": "years", "d": "days", "h": "hours", "yo": "year old", "hr": "hours",
    "hrs": "hours",
    "yof": "year old female", "yom": "year old male", "yf": "year old female",
    "wk": "weeks", "wks": "weeks", "mth": "months", "mths": "months", "mo": "months",
    "mos": "months", "yr": "years", "yrs": "years", "week": "week", "weeks": "weeks", "month": "month",
    "months": "months", "year": "year", "years": "years", "day": "day", "days": "days", "mnths": "months",
}  # fmt: skip


PLUS = re.compile(r"[A-Za-z]{2,}(?:\+[A-Za-z]{2,})+")
SPLIT_CODE = re.compile(r"[A-Za-z]+\d+$")


def glued_number(raw: str, opening: bool) -> list[str]:
    """Return a number and its unit where ``raw`` is both ("18m", "6wks"); else nothing.

    "33M" and "48f" are an age with a sex, and so is "33m" where it opens the message, and "42m" anywhere:
    nobody counts that many months.
    """
    found = GLUED_NUMBER.match(raw.lower())
    if found is None or found.group(2) not in UNITS:
        return []
    if found.group(2) == "m" and (
        raw.rstrip(".").endswith("M")
        or (opening and float(found.group(1)) >= 16)
        or 36 < float(found.group(1)) < 100
    ):
        return [raw.lower()]
    end = ["."] if raw.endswith(".") else []
    return [found.group(1), *UNITS[found.group(2)].split(), *end]


# Beside these a number with an *m* is so many months.
LASTING = words(
    "off sick signed uc credit jsa esa pip unemployed work jobless for wait waiting waited list since "
    "absent oow about around over nearly past last x another nfw note ssp dole married sober clean"
)
FOR_THE_PATIENT = words("pt patient pts px new next this re")


def _opens(raw: list[str], i: int) -> bool:
    """Say whether an age may stand at ``i``: first in a sentence, after the patient or a town."""
    before = raw[i - 1].lower() if i else ""
    if not before or before in FOR_THE_PATIENT:
        return True
    town = raw[i - 1].istitle() and raw[i - 1].isalpha() and before not in LASTING
    grown = raw[i][:2].isdigit() and int(raw[i][:2]) >= 19
    if town and (i == 1 or (grown and raw[i - 2] in (",", ".", ";", ":"))):
        return True
    if LASTING.intersection(token.lower() for token in raw[max(0, i - 5) : i]):
        return False
    return before in (",", ".", ";", ":", "-", "(") or before.isspace()


def open_word(raw: str, previous: str, speller: Speller | None) -> list[str]:
    """Return the words meant by one token, given the raw token before it (lower case)."""
    word = raw.lower()
    if word in ("n't", "nt", "not") and (word != "nt" or previous in AUXILIARIES):
        return ["not"]
    if word in ("ca", "wo", "sha"):
        return [{"ca": "can", "wo": "will", "sha": "shall"}[word]] if word != "ca" else ["ca"]
    if word in ("'s", "s") and (word == "'s" or previous in PRONOUNS_BEFORE_S):
        return ["'s"]
    if word in ("'ve", "ve"):
        return ["have"]
    if word.endswith("'ll") and raw[:-3].isupper():
        # "UC'll be cut": spaCy opens it only behind a pronoun.
        return [*open_word(raw[:-3], previous, speller), "will"]
    if word in ("'re", "'ll", "'m", "'d"):
        return [{"'re": "are", "'ll": "will", "'m": "am", "'d": "would"}[word]]
    if word == "wk" and previous in WORK_BEFORE:
        return ["work"]
    if word == "hr" and not previous[-1:].isdigit():
        return ["hr"]
    if word in shorthand():
        return (
            shorthand()[word].split()
            if "'s" not in shorthand()[word]
            else [shorthand()[word][:-2], "'s"]
        )
    return [speller.correct(word) if speller else word]


def normalise(text: str, speller: Speller | None = None) -> tuple[list[Word], Doc]:
    """Return the full row of words of ``text``, and its spaCy document."""
    doc = make_doc(text)
    raw = [token.text for token in doc]
    words: list[Word] = []
    i = 0
    while i < len(raw):
        token = doc[i]
        step = 1
        # "w/out", "c/o": one word to whoever types it, three to the tokeniser.
        joined = "".join(raw[i : i + 3]).lower()
        joined_pair = "".join(raw[i : i + 2]).lower()
        whole = i + 2 < len(raw) and raw[i + 1] == "/" and not token.whitespace_
        if whole and joined.rstrip(".") in shorthand():
            parts, step = shorthand()[joined.rstrip(".")].split(), 3
            parts += ["."] if joined.endswith(".") else []
        elif (
            raw[i].isdigit()
            and not token.whitespace_
            and glued_number("".join(raw[i : i + 2]), _opens(raw, i))
        ):
            parts, step = glued_number("".join(raw[i : i + 2]), _opens(raw, i)), 2
        elif glued_number(raw[i], _opens(raw, i)):
            parts = glued_number(raw[i], _opens(raw, i))
        elif (
            SPLIT_CODE.match(raw[i])
            and not token.whitespace_
            and "".join(raw[i + 1 : i + 2]).isalpha()
        ):
            # The tokeniser takes the end of "t2dm" for decimetres.
            parts, step = [joined_pair], 2
        elif PLUS.fullmatch(raw[i]):
            parts = " and ".join(raw[i].lower().split("+")).split()
        elif raw[i] == "2" and i + 1 < len(raw) and raw[i + 1].lower() in AFTER_TO:
            parts = ["to"]
        elif raw[i].isspace():
            parts = ["\n"] if "\n" in raw[i] else []
        elif raw[i].lower() in ("ca", "ai"):
            following = raw[i + 1].lower() if i + 1 < len(raw) else ""
            whole_word = {"ca": "can", "ai": "is"}[raw[i].lower()]
            parts = [whole_word] if following in ("n't", "nt") else [raw[i].lower()]
        else:
            parts = open_word(raw[i], raw[i - 1].lower() if i else "", speller)
        last = doc[i + step - 1]
        typed = "".join(raw[i : i + step])
        words += [Word(p, token.idx, last.idx + len(last.text), typed) for p in parts]
        i += step
    return _with_depression(words), doc


# "Dep/anx", "mild dep", "PMH dep, asthma"; elsewhere "dep" is a deposit, a department or a deputy.
DEPRESSION_BESIDE = words(
    "anx anxiety anxious ptsd ocd mild moderate mod severe recurrent history hx postnatal reactive "
    "worsening"
)


ITEM_ENDS = frozenset({",", ";", "/", ".", "+", "and", "(", ")", "\n", ":"})


def _with_depression(words: list[Word]) -> list[Word]:
    """Return ``words`` with "dep" written out where what stands beside it makes it the illness."""
    for i, word in enumerate(words):
        if word.norm in ("dep", "depr"):
            near = {w.norm for w in words[max(0, i - 2) : i + 3]}
            item = words[i - 1].norm in ITEM_ENDS if i else len(words) > 1
            item = item and (i + 1 == len(words) or words[i + 1].norm in ITEM_ENDS)
            if DEPRESSION_BESIDE & near or item:
                words[i] = replace(word, norm="depression")
    return words


# "He works" is no "work".
UNCHANGED = words("works fits mets piles downs aids graves news bars")
PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s$")


def key_of(norm: str) -> str:
    """Return the form of one word by which phrases are matched: without a plural or verbal *s*."""
    return norm if norm in UNCHANGED else PLURAL.sub("", norm)


def _keep(words: list[Word], i: int) -> bool:
    norm = words[i].norm
    if norm in DROPPED:
        return False
    inside = 0 < i < len(words) - 1 and norm == "-"
    return not (
        inside and words[i - 1].end == words[i].start and words[i].end == words[i + 1].start
    )


def keys_of(words: list[Word]) -> tuple[list[str], list[int]]:
    """Return the row for phrases, and for each of it the number of the word it came from."""
    said_twice = _said_twice(words)
    origin = [i for i in range(len(words)) if _keep(words, i) and i not in said_twice]
    return [key_of(words[i].norm) for i in origin], origin


def _said_twice(words: list[Word]) -> set[int]:
    """Return the words of a bracket that only says who the person before it is: "partner (wife) is"."""
    found: set[int] = set()
    for i in range(1, len(words) - 2):
        if words[i].norm == "(" and words[i + 2].norm == ")" and words[i + 1].norm in RELATIVES:
            found |= {i, i + 1, i + 2} if words[i - 1].norm in RELATIVES else set()
    return found


def _sentences(words: list[Word], text: str) -> list[int]:
    """Number the sentence of each word. A hyphen between spaces ends one as a full stop does."""
    numbers, now = [], 0
    for i, word in enumerate(words):
        numbers.append(now)
        dash = word.norm in ("-", "--") and text[max(0, word.start - 1) : word.start].isspace()
        if dash or (word.norm in SENTENCE_ENDS and not _question_before(words, i)):
            now += 1
    return numbers


def _question_before(words: list[Word], i: int) -> bool:
    """A question mark tied to the next word ("?bipolar") is a doubt, not an end."""
    if words[i].norm != "?":
        return False
    return i + 1 < len(words) and words[i + 1].start == words[i].end


def read_surface(text: str, speller: Speller | None = None) -> Surface:
    """Return the surface of one message."""
    words, doc = normalise(text, speller)
    keys, origin = keys_of(words)
    offsets, flat = [], ""
    for word in words:
        offsets.append(len(flat))
        flat += word.norm + " "
    return Surface(
        text,
        tuple(words),
        tuple(keys),
        tuple(origin),
        flat,
        tuple(offsets),
        tuple(_sentences(words, text)),
        doc,
    )
