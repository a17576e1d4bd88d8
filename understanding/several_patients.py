"""More than one patient in what was typed: the next one announced, or two described in one message.

Facts of two patients in one case would make a referral for nobody. So a message is read up to where the
second patient begins, and the rest is given back as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from understanding.relations import RELATIVES
from understanding.surface import SENTENCE_ENDS
from understanding.word_sets import words

_OPENERS = (
    r"(?:(?:ok(?:ay)?|right|now|so|and|then|great|done|good|anyway|thanks|thank you|cheers|moving on|"
    r"next up|finished|all done)\b[,.!;: -]*)*"
)
_LEADS = (
    r"(?:(?:i(?:'ve| have)? (?:got|have)|i'?ve|i'?m (?:seeing|on to|with)|here(?:'s| is)|this is|it'?s|"
    r"that'?s|on to|onto|(?:moving|going) on to|(?:let'?s |let us )?(?:do|start)|for) )?"
)
NEXT_THEN_FACTS = re.compile(
    rf"^{_OPENERS}{_LEADS}(?:my |the |a |an |our )?(?:brand )?(?:new|next|another|different)(?: new| one)? "
    r"(?:pt|patient|one|case|person|lady|man|chap)(?: now| in| today| for (?:me|you|us))*\b"
    r"(?! to (?:us|the|our|me|this))"
    r"(?:\s*[,.:;\-–]+\s*|(?:'s|\s+is|\s+please)\s+|"
    r"\s+(?=(?:a |an )?\d|(?:she|he|they|lady|man|woman|mr|mrs|male|female|[mf]\d)))"
    r"(?:an? )?(?P<rest>.{3,})$",
    re.IGNORECASE | re.DOTALL,
)
# "Ok next. Builder, Oldham, back pain": who is meant is told by what follows.
NEXT_ALONE = re.compile(
    rf"^{_OPENERS}(?:next(?: up| in| please| one)?|on to the next|moving on)\s*[,.:;!\-–\n]+\s*(?:is |an? )*"
    r"(?P<rest>(?!steps?\b|refer\b|show\b|tell\b).{8,})$",
    re.IGNORECASE | re.DOTALL,
)
_SEVERAL = re.compile(
    r"\b(?:two|2|both|three|3|couple of|few) (?:(?:new|more|different|separate) )?"
    r"(?:patients?|pts|people|cases|referrals)\b",
    re.IGNORECASE,
)
_NUMBER = r"(?<![\w/£.:-])(?:1[6-9]|[2-9]\d)"
_PERSON = r"male|female|man|woman|lady|lad|chap|gent|gentleman|bloke|lass|girl|guy|fella"
_SEX = rf"(?:[mf]|{_PERSON})"
# An age written with a sex. "18m" is a length of time as likely as a man (not so "45m" at the head of a
# sentence), "M34" a postcode.
_DESCRIBED = re.compile(
    rf"{_NUMBER} ?(?:F|M|f)(?![\w/])|(?<![\w/])F ?[2-9]\d(?![\w/])|"
    rf"{_NUMBER}[ -]?(?:(?:y/?o|yrs?[ -]old|years?[ -]old|year[ -]old|yrs?)[ -]?)(?i:{_SEX})\b|"
    rf"{_NUMBER} (?i:{_PERSON})\b|(?<=[.;\n] )(?:3[7-9]|[4-9]\d) ?m(?![\w/])|(?<=\n)[2-9]\d ?m(?![\w/])"
)
_WORD = re.compile(r"[a-z0-9]+|[^\w\s]")
_MAN = re.compile(r"m|male|man|lad|chap|gent|gentleman|bloke|guy|fella")
# "His daughter 19F", "45F wife": how near a word for a relative makes the description theirs.
_BEFORE, _AFTER = 4, 2
# Words after a description that tell something of whom it describes.
_TOLD = 2
# What stands before the second description and belongs to it ("and the other one is a", "2)").
_LEADING = words(
    "and then also second 2 2nd other one another next is s a an the ) ( - : , ' his her their plus patient "
    "secondly pt who"
)


def second_patient(text: str, corrects: bool = False) -> int | None:
    """Return the character at which ``text`` begins to describe a second patient, or None.

    Only an age written with a sex opens a description; a relative's does not, unless the message
    announces several patients ("two pts: …"). Where the message ``corrects`` ("48M. Sorry, 38M"), only
    another age and sex with something told of them opens one.
    """
    described = list(_DESCRIBED.finditer(text))
    if len(described) < 2:
        return None
    several = _SEVERAL.search(text) is not None
    one, *others = described
    if not several and _of_a_relative(text, one):
        return None
    for other in others:
        if corrects and not (_differs_wholly(one, other) and _told_of(text, other)):
            continue
        if _who(other) != _who(one) and (several or not _of_a_relative(text, other)):
            begin = other.start()
            for word in reversed(list(_WORD.finditer(text.lower(), one.end(), begin))):
                if word.group() not in _LEADING and word.group() not in RELATIVES:
                    break
                begin = word.start()
            return begin
    return None


# So many of these after "next" are told of another patient.
_OF_ANOTHER = words(
    "occupation area conditions age absence_weeks out_of_work_months benefits work_status"
)
_ENOUGH = 2


def begun_anew(text: str, told: Callable[[str], Iterable[str]]) -> str:
    """Return what follows a bare "next", where it tells enough to be another patient; else nothing.

    ``told``: reads a part of the message and returns the keys of the case it tells.
    """
    alone = NEXT_ALONE.match(text.strip())
    rest = alone.group("rest").strip() if alone else ""
    return rest if rest and len(_OF_ANOTHER.intersection(told(rest))) >= _ENOUGH else ""


def _differs_wholly(one: re.Match[str], other: re.Match[str]) -> bool:
    return all(a != b for a, b in zip(_who(one), _who(other), strict=True))


def _told_of(text: str, described: re.Match[str]) -> bool:
    return len(re.findall(r"[a-z]{2,}", text[described.end() :].lower())) >= _TOLD


def describes_somebody(text: str) -> bool:
    """Say whether ``text`` holds an age written with a sex ("34F", "a 60 year old man")."""
    return _DESCRIBED.search(text) is not None


def _who(described: re.Match[str]) -> tuple[str, bool]:
    """Return the age and whether it is a man's."""
    said = described.group().lower()
    sex = re.findall(r"[a-z]+", said)[-1]
    return re.findall(r"\d\d", said)[0], _MAN.fullmatch(sex) is not None


def _of_a_relative(text: str, described: re.Match[str]) -> bool:
    low = text.lower()
    before: list[str] = []
    for word in reversed(_WORD.findall(low[max(0, described.start() - 60) : described.start()])):
        if word in SENTENCE_ENDS or len(before) == _BEFORE:
            break
        before.append(word)
    after: list[str] = []
    for word in _WORD.findall(low[described.end() : described.end() + 40])[:_AFTER]:
        if word in SENTENCE_ENDS or word == ",":
            break
        after.append(word)
    return bool(RELATIVES.intersection(before) or RELATIVES.intersection(after))
