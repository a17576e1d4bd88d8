"""What identifiers look like in a record system's banner: labels, and shapes that need none."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER_WORDS = r"(?:\s?(?:telephone|tel|phone|number|no)\.?)*"
# "Home" is a telephone's label only where a number follows.
_DIALLED = r"\.?\s*[:#]?\s*[+0(]"
# What a label announces. `None`: something that is not taken, and ends what stands before it.
_LABELS: tuple[tuple[str | None, str, bool], ...] = (
    # field, words, whether a colon has to follow (everyday words could stand anywhere)
    ("nhs_number", r"NHS\s*(?:number|num|no)\.?|NHS(?=\s*[:#]?\s*\d)", False),
    ("date_of_birth", r"date of birth|birth date|D\.?\s?O\.?\s?B\.?|born(?=\s*:?\s*\d)", False),
    ("sex", r"gender|sex", False),
    ("name", r"(?:patient|full)\s*(?:'s)?\s*name|patient|name", True),
    ("surname", r"surname|family name|last name", True),
    ("given", r"given names?|fore\s?names?|first names?", True),
    ("address", r"(?:home |usual |postal )?address", True),
    ("postcode", r"post\s?code", True),
    ("email", r"e-?mail(?: address)?", True),
    ("mobile", rf"(?:mobile|mob\.?){_NUMBER_WORDS}(?={_DIALLED})", False),
    (
        "phone",
        r"(?:(?:home |preferred |contact |day(?:time)? )?(?:telephone|tel|phone)"
        rf"|home|preferred contact|contact){_NUMBER_WORDS}(?={_DIALLED})",
        False,
    ),
    ("work_phone", rf"work{_NUMBER_WORDS}(?={_DIALLED})", False),
    (
        "language",
        r"(?:main|first|preferred|spoken|primary)(?: spoken)? language(?: spoken)?|language",
        True,
    ),
    ("interpreter", r"(?:needs? (?:an )?)?interpreter(?: (?:required|needed))?", True),
    (
        "communication_need",
        r"communication (?:needs?|requirements?|support)|accessible information(?: standard)?"
        r"|AIS|reasonable adjustments?",
        True,
    ),
    (None, r"usual GP|registered GP|named GP|GP", False),
    (None, r"title|age|ethnic(?:ity| group| origin)|religion|marital status|occupation", True),
    (None, r"next of kin|NOK|carer|emergency contact|practice|surgery|CHI|hospital (?:no|number)", True),
    (None, r"patient (?:id|number|no)|EMIS (?:no|number)|registered|consent|allergies", True),
)  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A label found at ``start``, its value begins at ``end``; ``field`` ``None``: it is not taken."""

    field: str | None
    start: int
    end: int


def _pattern(words: str, colon: bool) -> re.Pattern[str]:
    end = r"\s*:[ \t]*" if colon else r"(?![A-Za-z@])\s*[:#]?[ \t]*"
    return re.compile(rf"(?<![A-Za-z@.]){'(?:' + words + ')'}{end}", re.I)


_COMPILED = tuple((field, _pattern(words, colon)) for field, words, colon in _LABELS)


def labels(text: str) -> list[Label]:
    """Return the labels of ``text`` in order; of two at one place the longer."""
    found = sorted(
        (Label(field, m.start(), m.end()) for field, p in _COMPILED for m in p.finditer(text)),
        key=lambda label: (label.start, -label.end),
    )
    kept: list[Label] = []
    for label in found:
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    return kept


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})(?:st|nd|rd|th)?[ /.-]{1,2}"
    rf"(?:(?P<word>{_MONTH})\.?|(?P<m>\d{{1,2}}))[ /.,-]{{1,2}}(?P<y>(?:19|20)?\d\d)"
    r")(?![\d/-])",
    re.I,
)
NHS_NUMBER = re.compile(r"(?<![\d+])[1-9]\d{2}[ \-]?\d{3}[ \-]?\d{4}(?!\d)")
POSTCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})(?![A-Z0-9])", re.I)
EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"(?<![\d+])(?:\+44[ ]?(?:\(0\)[ ]?)?|0)(?:[ ()-]{0,2}\d){9,10}(?!\d)")
MOBILE = re.compile(r"(?:\+44|0)7")
AGE = re.compile(r"\(?\b(\d{1,3})\s?(?:y(?:ea)?rs?(?: old)?|y)\b\)?", re.I)
SEX = re.compile(r"(?<![A-Za-z])(female|male|indeterminate)(?![A-Za-z])", re.I)
SEX_LETTER = re.compile(r"(?<![A-Za-z])([MF])(?![A-Za-z])")
SEX_IDS = {
    "female": "female", "f": "female", "woman": "female", "male": "male", "m": "male", "man": "male",
    "indeterminate": "other", "other": "other", "non-binary": "other", "intersex": "other",
}  # fmt: skip
TITLE = re.compile(
    r"(?<![A-Za-z])(?:Mrs|Mr|Miss|Ms|Mx|Master|Dr|Prof|Rev|Sir|Dame|Lady|Lord)(?![A-Za-z])\.?", re.I
)

YES = re.compile(r"(?:yes|y|true|required|needed)\b", re.I)
NO = re.compile(r"(?:no|n|none|false|not\b.*)\b", re.I)
INTERPRETER = re.compile(
    r"(?P<no>\bno|\bnot)?\s*(?:needs? (?:an )?)?\binterpreter"
    r"(?:\s*(?:is )?(?P<not>not )?(?:required|needed))?",
    re.I,
)
NEEDS = re.compile(
    r"\b(?:BSL|British Sign Language|easy[- ]read|large print|braille|hearing (?:loop|aids?)"
    r"|lip[- ]?reads?|text ?relay)\b",
    re.I,
)
NO_MESSAGE = re.compile(
    r"\b(?:no voice ?mails?|(?:do not|don't) leave (?:a )?(?:message|voice ?mail)s?)\b", re.I
)
NO_TEXT = re.compile(r"\b(?:no texts?|no SMS|(?:do not|don't) (?:text|send texts?))\b", re.I)
NO_RING = re.compile(r"\b(?:no calls|(?:do not|don't|not safe to) (?:ring|call|phone))\b", re.I)
