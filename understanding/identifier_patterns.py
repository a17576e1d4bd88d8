"""Identifiers with a shape of their own: numbers, e-mails, dates of birth, postcodes, addresses.

Every pattern is bounded, so that a paste of any length stays fast. Numbers of public services (111, 999) are
too short to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stdnum.gb import nhs

from understanding.house_numbers import address_begins, part_of_town
from understanding.word_lists import word_list

TOKENS = {
    "name": "[name]",
    "nhs_number": "[NHS number]",
    "phone": "[phone]",
    "email": "[e-mail]",
    "date_of_birth": "[date of birth]",
    "address": "[address]",
    "number": "[number]",
    "handle": "[account]",
}
TOKEN = re.compile(r"\[(?:" + "|".join(re.escape(t[1:-1]) for t in TOKENS.values()) + r")\]")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_DAY_IN_WORDS = (
    r"(?:(?:twenty|thirty)[\s-]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th|twelfth|"
    r"twentieth|thirtieth"
)
_YEAR_IN_WORDS = (
    r"(?:nineteen(?:\s(?:hundred(?:\sand)?|oh))?|two thousand(?:\sand)?|twenty)"
    r"(?:[\s-](?:ten|eleven|twelve|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]"
    + _ONES
    + r")?|"
    + _ONES
    + r"))?"
)
_DATE = (
    r"(?:\d{1,2}\s{0,2}[./\-–]\s{0,2}\d{1,2}\s{0,2}[./\-–]\s{0,2}(?:\d{4}|\d{2})"
    r"|\d{4}[./\-–]\d{1,2}[./\-–]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s./\-]{0,3}(?:of\s)?"
    + _MONTH
    + r"[\s.,/\-]{0,3}['’]?(?:\d{4}|\d{2})"
    r"|" + _MONTH + r"\s\d{1,2}(?:st|nd|rd|th)?,?\s['’]?(?:\d{4}|\d{2}))(?![\d/])"
)
_DOB_LABEL = (
    r"(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|birthday|b\.?day|born(?: on)?|b/d|bd|b\.)"
)
# Beside the word "born" a date may be written out, or lack its day.
_SPOKEN_DATE = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?|"
    + _DAY_IN_WORDS
    + r")\s(?:of\s)?)?"
    + _MONTH
    + r"[\s,]{1,2}(?:\d{4}|\d{2}(?!\d)|"
    + _YEAR_IN_WORDS
    + r")"
)
_DOB = re.compile(
    r"(?<![\w\[])" + _DOB_LABEL + r"(?:\s{0,2}(?:is|was|of|on|in|=|:|-|–|,|the|\())*\s{0,3}"
    r"(?P<date>"
    + _DATE
    + r"|"
    + _SPOKEN_DATE
    + r"|\d{1,2}\s\d{1,2}\s(?:\d{4}|\d{2})|\d{8}|\d{6}|(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(r"(?<![\d/.])" + _DATE, re.IGNORECASE)
# What makes a full date a fact of the case rather than a birth.
_NOT_BIRTH = re.compile(
    r"\b(?:since|from|until|till|to|by|on|starts?|started|stopped|last|ended|ends|seen|reviewed?|due|"
    r"dated|of|signed off|"
    r"expires?|expired|until|after|before|op|surgery|admitted|discharged|died|letter|as of|today)\W{0,3}$",
    re.IGNORECASE,
)
# "3-4/52" is three or four weeks; nobody writes a date with one dash and one stroke, and no nought.
_WEEKS = re.compile(r"[1-9]\d?(?:\s?[-–]\s?[1-9]\d?|\.5)/52")
# Full dates up to this year are births unless a word before them says otherwise.
LAST_BIRTH = 2012
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){1,5}"
    r"|(?<![\w.+-])[\w.+-]{2,64} at [\w-]{2,40}(?: dot [a-z]{2,10}){1,3}\b",
    re.IGNORECASE,
)
_EMAIL_SPACED = re.compile(
    r"(?<![\w.+-])(?!(?:works?|working|job|based|apply|look|is|was|at|or|and|manager)\b)[\w.+-]{2,64} at "
    r"[\w-]{2,40}\.(?:com|co\.uk|org|org\.uk|net|nhs\.net|uk)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]{2,30}")
_NHS_SHAPE = re.compile(r"(?<![\d.])\d{3}[ \-.–]{0,2}\d{3}[ \-.–]{0,2}\d{4}(?!\d)")
# Ten figures in any grouping; a number only where its check digit holds.
_TEN_FIGURES = re.compile(r"(?<![\d.,/£])\d(?:[ \-.]?\d){9}(?![\d/])")
_NHS_LABEL = re.compile(
    r"\bnhs(?:\s?(?:no|num|number|nr|#|"
    r"id))?[\s.:#=\-–()]{0,5}(?:is\s)?(?P<number>\d(?:[ \-.]{0,2}\d){5,11})(?!\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+\s?44|0044|\(\s?\+44\s?\))[\s().\-–]{0,3}(?:\(?0\)?)?(?:[\s().\-–]{0,2}\d){9,10}(?!\d)"
    r"|(?<![\d.,/£\w])\(?[0Oo](?=\d)(?:[\s().\-–]{0,2}\d){9,10}(?!\d)"
)
_PHONE_LABEL = re.compile(
    r"\b(?:tel|phone|telephone|mob|mobile|ring|call|number|contact|text|cell|landline|whatsapp|home no|ext)"
    r"(?:\s(?:no|num|number|her|him|them|on|is|"
    r"is on))*[\s.:#=\-–()]{0,4}(?P<number>\+?\(?\d(?:[\s().\-–]{0,2}\d){6,13})(?!\d)",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:hosp(?:ital)?|emis|mrn|systmone|systm1|tpp|pas|rxr|rm[0-9]|k number|unit|patient|pt|record|"
    r"case ?note|chi|crn|local|rio|"
    r"paris|nhs|policy|passport|claim|ni|nino|national insurance|nat ins|uc|dwp|uprn|gmc|ref|reference)"
    r"[ \t]{0,2}(?:no|num|number|nr|#|id|ref|reference|n[o°]\.?)?[\s.:#=\-–]{0,4}(?:is\s)?"
    r"(?P<number>(?=[A-Z0-9/\-]{0,12}\d{4})[A-Z]{0,4}[\-/]?\d{4,12}[A-Z]?(?:[\-/]\d{1,6})?)\b",
    re.IGNORECASE,
)
_NINO = re.compile(
    r"(?<!\w)[A-CEGHJ-TW-Z][A-CEGHJ-NP-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?!\w)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\d.£])\d{9,}(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<out>[A-Za-z]{1,2}[0-9OoIl][A-Za-z0-9]?)(?P<gap>[\s\-–]{0,2})"
    r"(?P<in>[0-9Oo][A-Za-z]{2})(?![A-Za-z0-9])"
)
_NO_INWARD = frozenset(
    [
        "1ST",
        "2ND",
        "3RD",
        "0TH",
        "4TH",
        "5TH",
        "6TH",
        "7TH",
        "8TH",
        "9TH",
        "2HR",
        "3HR",
        "4HR",
        "6HR",
        "8HR",
        "2YR",
        "3YR",
        "4YR",
        "5YR",
        "6YR",
        "7YR",
        "8YR",
        "9YR",
        "1YR",
    ]
)
_UNIT_LETTERS = frozenset("CIKMOV")
_LIVES = r"\b(?:lives?|living|live|resides?|moved|address) (?:on|in|at|off|to)\s{1,2}"
_LABELLED_ADDRESS = re.compile(
    r"\b(?:home )?address(?:\s(?:is|now|of))?\s?[:=\-]?\s?(?P<address>(?=[^.;\n\[]{0,60}\d)[^.;\n\[]{4,70})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """An identifier of ``kind`` at ``start``..``end`` and what replaces it."""

    kind: str
    start: int
    end: int
    replacement: str

    @classmethod
    def of(cls, kind: str, start: int, end: int) -> Span:
        """Return the span with the neutral token of its kind."""
        return cls(kind, start, end, TOKENS[kind])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def numbers(text: str) -> Iterator[Span]:
    """Yield NHS numbers, phones, record and insurance numbers."""
    for match in _NHS_LABEL.finditer(text):
        yield Span.of("nhs_number", match.start("number"), match.end("number"))
    for match in _NHS_SHAPE.finditer(text):
        digits = _digits(match.group())
        separated = len(match.group()) > 10
        if nhs.is_valid(digits) or separated or digits.startswith("999"):
            kind = "phone" if digits.startswith("0") and not nhs.is_valid(digits) else "nhs_number"
            yield Span.of(kind, match.start(), match.end())
    for match in _TEN_FIGURES.finditer(text):
        if nhs.is_valid(_digits(match.group())):
            yield Span.of("nhs_number", match.start(), match.end())
    for match in _PHONE.finditer(text):
        yield Span.of("phone", match.start(), match.end())
    for match in _PHONE_LABEL.finditer(text):
        yield Span.of("phone", match.start("number"), match.end("number"))
    for pattern in (_RECORD,):
        for match in pattern.finditer(text):
            yield Span.of("number", match.start("number"), match.end("number"))
    for pattern in (_NINO, _LONG_NUMBER):
        for match in pattern.finditer(text):
            yield Span.of("number", match.start(), match.end())


def contacts(text: str) -> Iterator[Span]:
    """Yield e-mail addresses and account handles."""
    for match in _EMAIL.finditer(text):
        yield Span.of("email", match.start(), match.end())
    for match in _EMAIL_SPACED.finditer(text):
        yield Span.of("email", match.start(), match.end())
    for match in _HANDLE.finditer(text):
        yield Span.of("handle", match.start(), match.end())


def births(text: str) -> Iterator[Span]:
    """Yield dates of birth: labelled in any form, and full dates too old to be anything else."""
    for match in _DOB.finditer(text):
        yield Span.of("date_of_birth", match.start("date"), match.end("date"))
    for match in _FULL_DATE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        if _WEEKS.fullmatch(match.group()):
            continue
        if _is_birth_year(match.group()) and not _NOT_BIRTH.search(before):
            yield Span.of("date_of_birth", match.start(), match.end())


def _is_birth_year(date: str) -> bool:
    """Say whether the year of a full date is too old for a fit note or an appointment.

    Two figures after 40 are of the last century; fewer could be of any, up to ten are taken for a birth.
    """
    four = re.search(r"(?:19|20)\d{2}", date)
    if four is not None:
        return int(four.group()) <= LAST_BIRTH
    two = re.search(r"(\d{2})$", date)
    return two is not None and (int(two.group()) > 40 or int(two.group()) <= 10)


def postcodes(text: str) -> Iterator[Span]:
    """Yield full postcodes; the outward half stays, so that the area survives."""
    for match in _POSTCODE.finditer(text):
        outward, inward = match.group("out").upper(), match.group("in").upper()
        # The letter O for a nought only where the whole is in capitals and some figure is real.
        if not (re.search(r"\d", outward) and inward[0].isdigit()) and not (
            match.group().isupper() and re.search(r"\d", match.group()) and match.group("gap")
        ):
            continue
        letters = re.match(r"[A-Z]{1,2}", outward)
        if letters is None or inward in _NO_INWARD or _UNIT_LETTERS & set(inward[1:]):
            continue
        area = letters.group()
        if area not in word_list("places", "english_postcode_areas") and area not in word_list(
            "places", "other_postcode_areas"
        ):
            continue
        if (
            not match.group("gap")
            and match.group("in")[1:].islower()
            and match.group("out").islower() is False
        ):
            continue
        keep = match.group("out").upper()
        # "M34" alone could be a man of 34: the word keeps it a place.
        doubtful = area == "M" and len(keep) == 3
        labelled = re.search(
            r"(?:postcode|post code)[\s:]{0,3}$", text[: match.start()][-14:], re.IGNORECASE
        )
        yield Span(
            "postcode",
            match.start(),
            match.end(),
            f"postcode {keep}" if doubtful and not labelled else keep,
        )


# "9 Weavers Reach, Marple SK6 9ZZ": whatever the street is called, a whole postcode follows it.
_BEFORE_POSTCODE = re.compile(
    r"(?<![\w./£-])\d{1,4}[a-zA-Z]?,? (?P<names>[A-Z][a-z'’-]{1,20}(?: [A-Z][a-z'’-]{1,20}){1,2})"
    r"(?=,? (?:[A-Z][a-z'’-]{1,20},? ){0,2}[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)"
)


def addresses(text: str, is_ordinary: frozenset[str]) -> Iterator[Span]:
    """Yield a house number with its street (and flat); and whatever stands after "address"."""
    for match in _street().finditer(text):
        names = [w.lower() for w in re.findall(r"[^\W\d_][\w'’.-]*", match.group("names"))]
        capitals = match.group("names")[:1].isupper() and match.group("type")[:1].isupper()
        if all(n in is_ordinary for n in names) and not (names and capitals):
            continue
        if any(n in word_list("names", "not_streets") for n in names):
            continue
        begins = address_begins(text, match.start(), match.end(), is_ordinary)
        if begins is not None:
            yield Span.of("address", begins, match.end())
    for match in _BEFORE_POSTCODE.finditer(text):
        names = [w.lower() for w in match.group("names").split()]
        length = any(n in word_list("names", "not_streets") for n in names)
        begins = address_begins(text, match.start(), match.end("names"), is_ordinary)
        if begins is not None and not length and not all(n in is_ordinary for n in names):
            yield Span.of("address", begins, match.end("names"))
    for match in _street_alone().finditer(text):
        names = match.group("names").lower().split()
        if (
            not any(n in is_ordinary for n in names)
            and match.group("place").lower() not in part_of_town()
        ):
            yield Span.of("address", match.start("place"), match.end("place"))
    for match in _LABELLED_ADDRESS.finditer(text):
        value = match.group("address")
        found = re.match(r"[^,]*\d[^,]*(?:,\s?[^,\d]{3,30})?", value)
        if found and not _POSTCODE.match(value):
            cut = _POSTCODE.search(found.group())
            end = match.start("address") + (cut.start() if cut else found.end())
            whole = text[match.start("address") : end].rstrip(" ,")
            if re.search(r"[A-Za-z]{3}", whole) and re.match(
                r"(?:flat|apt|unit|room|\d)", whole, re.IGNORECASE
            ):
                yield Span.of(
                    "address", match.start("address"), match.start("address") + len(whole)
                )


def _street_types() -> str:
    return "|".join(sorted(word_list("names", "streets"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _street() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w./£-])(?:(?:flat|apt|apartment|unit|"
        r"room)\s?\w{1,4},?\s{1,2})?(?:no\.?\s?)?\d{1,4}[a-zA-Z]?(?:[-/]\d{1,4})?,?\s{1,2}"
        r"(?P<names>(?:[^\W\d_][\w'’.-]{0,20}\s{1,2}){1,3}?)(?P<type>"
        + _street_types()
        + r")\b(?:\s{1,2}(?:street|st|road|rd|lane|ln|avenue|ave|crescent|terrace|gardens|gdns)\b)?\.?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _street_alone() -> re.Pattern[str]:
    """A street without its number, where somebody is said to live there."""
    return re.compile(
        _LIVES + r"(?P<place>(?P<names>(?:[^\W\d_][\w'’-]{1,20}\s){1,2}?)"
        r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|crescent|terrace|gardens))\b",
        re.IGNORECASE,
    )
