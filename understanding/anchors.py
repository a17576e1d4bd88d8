"""Who the patient is, where a message about several people says it outright.

"Patient is the mum", "she's the one I'm seeing", "the younger's mine", "ringing for his wife": from such
words everybody else in the message is somebody else, pronouns included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.relations import EITHER, FEMALE, MALE
from understanding.surface import Surface

_RELATIONS = "|".join(sorted(FEMALE | MALE | EITHER, key=len, reverse=True))
_RANKS = "younger|elder|older|youngest|eldest|oldest|latter|former|taller|other"
# "The younger sister": her rank goes before what she is.
_WHO = rf"(?P<who>(?:(?:{_RANKS}) )?(?:{_RELATIONS})|he|she|him|her|{_RANKS})"
_OURS = r"(?:patient|mine|ours)"
_NAMED: tuple[re.Pattern[str], ...] = (
    # "patient is the mum", "patient = daughter", "referral is for him"
    re.compile(
        rf"\b(?:patient|referral|appointment|appt|slot|mine|ours)(?: today| here)? "
        rf"(?:(?:is|=|:|being|was)(?: actually| just| only)? |'s (?=the |him\b|her\b|for ))"
        rf"(?:about |for |on )?(?:the |his |their )?{_WHO}\b(?! (?:'s|of|who|says|thinks|rang|"
        rf"\w+s)\b)"
    ),
    # "she's the patient", "the younger's mine", "dad is the patient"
    re.compile(
        rf"\b{_WHO}(?: one)? (?:is |'s |= |being |here is |here 's )(?:the |my |our |actually "
        rf")*{_OURS}\b"
        r"(?! (?:'s|of)\b)"
    ),
    # "it's mum that's the patient", "the one with the cast is ours"
    re.compile(
        rf"\bit 's (?:the |his |her )?{_WHO} (?:that|who) (?:is |'s )(?:the |my |our )?{_OURS}\b"
    ),
    # "she's here about her shoulder", where he is in the message as well
    re.compile(
        r"\b(?P<she>he|she) (?:is |'s )(?:the one )?(?:here|in today|the one here) (?:about|"
        r"for|with|re)\b"
        r"(?! (?:her|his|the) (?:husband|wife|mum|dad|son|daughter|partner|brother|sister|"
        r"mother|father|mam|nan)\b)"
        r"(?!.{0,60}\b(?:separate|another day|another time|different (?:slot|appointment)|not "
        r"today))"
    ),
    # "mum (my patient, 42 …)", "her (mine)", "she the patient is a chef"
    re.compile(
        rf"\b{_WHO}(?: one)? \( (?:(?:is |my |our |the |= )*{_OURS})(?= (?:\)|,|:|-|;))|"
        rf"\b(?P<she>he|she) ,? ?the patient ,? ?(?=is|has|was|works)"
    ),
    # "patient (son, 28)", "the patient, her daughter,"
    re.compile(rf"\bpatient (?:\(|,|-) ?(?:the |his |her |their )?{_WHO}(?= (?:\)|,|:))"),
    # "the mother I'm seeing today", "the dad in front of me"
    re.compile(
        rf"\bthe {_WHO} (?:that |who |whom )?(?:(?:i|we) (?:am |'m |are |is )?(?:seeing|saw|see|have)|"
        rf"(?:is |'s )?in front of me|on my list|in (?:the )?room|in (?:with me|clinic) today)\b"
    ),
    # "here on behalf of her husband", "on the line for his wife", "rang about her son"
    re.compile(
        rf"\b(?:on behalf of|(?:ringing|calling|rang|phoned|rung|phoning|(?:on|down) (?:the )?"
        rf"(?:line|phone)|interpreting|translating|speaking|came|come|attending|seen|form|slot) "
        rf"(?:in )?(?:for|about|re|regarding)) "
        rf"(?:the |his |her |their |our )?{_WHO}\b(?! 's\b)"
    ),
)
# "SHE is the one, 56": only where it is stressed.
_STRESSED = re.compile(r"\b(?P<who>HE|SHE|HIM|HER)\b(?:'s| is)?(?: the| is)? (?:one|pt|patient)\b")
_GROUP_OF_MEN = re.compile(
    r"\b(?:two|both|pair of|three) (?:brothers|brother 's|lads|men|sons|blokes)\b"
)
_GROUP_OF_WOMEN = re.compile(
    r"\b(?:two|both|pair of|three) (?:sisters|sister 's|lasses|women|ladies|daughters|girls)\b"
)
_NO_PATIENT = frozenset({"mate", "friend", "neighbour", "colleague"})
_SEXES = {"he": "male", "him": "male", "she": "female", "her": "female"}


@dataclass(frozen=True)
class Anchor:
    """What the message says of who the patient is: the words that name them, and their sex."""

    words: frozenset[str] = frozenset()
    sex: str | None = None

    @property
    def found(self) -> bool:
        """Whether the message says who the patient is."""
        return bool(self.words) or self.sex is not None


def _sex_of(word: str) -> str | None:
    if word in _SEXES:
        return _SEXES[word]
    return "female" if word in FEMALE else "male" if word in MALE else None


def find_anchor(surface: Surface) -> Anchor:
    """Return who the message says the patient is; an empty anchor where it does not."""
    for pattern in _NAMED:
        for match in pattern.finditer(surface.flat):
            groups = match.groupdict()
            who = groups.get("who") or groups.get("she") or ""
            if _NO_PATIENT.intersection(who.split()) or surface.flat[: match.start()].endswith(
                "not "
            ):
                continue
            sex = _sex_of(who.rsplit(" ", 1)[-1]) or _sex_of_group(surface.flat)
            return Anchor(frozenset(set(who.split()) - set(_SEXES)), sex)
    stressed = _STRESSED.search(surface.text)
    if stressed:
        return Anchor(sex=_SEXES[stressed.group("who").lower()])
    if re.search(r"\b(?:(?:ours|mine) (?:is|'s)|this one)\b", surface.flat):
        return Anchor(sex=_sex_of_group(surface.flat))
    return Anchor()


def _sex_of_group(flat: str) -> str | None:
    """ "Two sisters came": whoever of them the patient is, it is a woman."""
    if _GROUP_OF_WOMEN.search(flat):
        return "female"
    return "male" if _GROUP_OF_MEN.search(flat) else None
