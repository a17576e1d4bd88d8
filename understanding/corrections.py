"""The words by which a clinician takes something back: "sorry", "I meant", "34 not 43"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from understanding.facts import Fact
from understanding.surface import Surface

_CUES = re.compile(
    r"\b(?P<cue>sorry|apologies|actually|i mean(?:t)?|meant (?:to (?:say|put|type))?|should (?:be|"
    r"have been|say|read)|"
    r"correction|typo|mis-?typed|mis-?spoke|my (?:mistake|error|bad)|got (?:that|it|the \w+|"
    r"my \w+) (?:wrong|muddled|mixed up|crossed)|"
    r"(?:got )?my wires crossed|wrong (?:age|sex|area|benefit|patient|one|way round|condition|"
    r"diagnosis|job|person|town|place|number|way|button|box|info|figure)|"
    r"that'?s (?:wrong|not right|incorrect|a mistake)|that (?:is|was) (?:wrong|not right|incorrect|"
    r"a mistake)|oops|whoops|"
    r"scrap (?:that|the|it)|ignore (?:that|the|what|my)|disregard|strike (?:that|the)|no wait|"
    r"wait,? no|hang on,? no|make that|"
    r"rather than|change (?:that|it|this|the|her|his|age|area|sex|work|to)|not what i (?:said|meant|"
    r"typed)|i (?:said|put|typed|wrote) \w+|"
    r"instead of|correct(?:ing)? (?:that|myself|the))\b"
    r"|^(?P<lead>wrong|no)\b[,:;. -]+(?=\w)",
    re.IGNORECASE,
)
# "34 not 43", "Oldham, not Bolton": a value, "not", and another of its kind.
_CONTRAST = re.compile(
    r"\b(?P<old>\d{1,3}\b[^.\d]{0,12}?,? not \d{1,3}\b|not \d{1,3},? (?:but |she'?s |he'?s |"
    r"it'?s )?\d{1,3}\b)",
    re.IGNORECASE,
)
_NAMES_CONTRAST = re.compile(
    r"\b(?P<new>[A-Z][a-z]+),? not (?:[A-Z][a-z]+)\b|\bit'?s [\w ]{2,25}? not [\w ]{2,25}$"
)
# "He was sorry to leave", "feels sorry for himself", "sorry state" take nothing back.
_NO_CUE = re.compile(
    r"\b(?:feel\w* sorry|sorry (?:for|state|about|to (?:leave|go|say|hear|bother|ask))|was sorry|"
    r"off rather than|"
    r"no (?:job|work|debts?|benefits|other|money|qualifications|income|problems?|confidence|car|"
    r"one|health|"
    r"medical|mental|known|pmh|illness\w*|conditions?|issues?|barriers?|kids|children|family|plans?|"
    r"fixed)|rather than (?:go|work|stay|face|be))\b",
    re.IGNORECASE,
)


def correcting_cue(text: str) -> str | None:
    """Return the word that shows ``text`` corrects what was said before, or None."""
    for pattern in (_CONTRAST, _NAMES_CONTRAST, _CUES):
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 8) : found.end() + 12]
            blocked = _NO_CUE.search(around)
            if blocked and found.group().split()[0].lower().strip(",.") in blocked.group().lower():
                continue
            return found.group().strip(" ,:;.-")
    return None


_MEANT = re.compile(
    r"\b(?:sorry|apologies|oops|whoops|correction|typo|no wait|wait no|i mean|(?:i )?meant|make that|"
    r"should (?:be|have been|say|read)|actually|scrap that|my mistake|my bad|no)"
    r"(?:[ ,:;.-]|sorry|i meant?|meant|to (?:say|put|type)|typo|that 's|it 's|he 's|she 's|"
    r"should be|its|is|"
    r"age|aged|he is|she is)* (?P<years>\d\d)(?P<sex>[mf])?"
    r"(?= ?(?:$|[.,;!)\n]|,? not \d|yrs? old|years? old|yo\b))"
)
_ONLY_A_CONTRAST = re.compile(
    rf"^(?:{_CUES.pattern.split('|^')[0]}|[ ,.:]|i|it 's|he 's|she 's|is|age|aged)*"
    r"(?P<years>\d\d)(?P<sex>[mf])? ?,? not \d\d[mf]?[ .!]*$",
    re.IGNORECASE,
)
_SEXES = {"f": "female", "m": "male"}
_YOUNGEST = 16


def with_corrected_age(surface: Surface, facts: list[Fact], counting: bool) -> list[Fact]:
    """Return ``facts`` with the age that a correcting word puts right in the message itself.

    "43F Bury. Sorry, meant 34": the number must follow the age with no other number between; "
    ""34 not 43" may
    stand alone. ``counting``: a length of time was just asked for, so a number alone is no age.
    """
    if counting:
        return facts
    said = [f for f in facts if f.slot == "age" and f.present]
    for found in _MEANT.finditer(surface.flat) if said else ():
        at = surface.word_at(found.start("years"))
        between = surface.words[said[0].last + 1 : at]
        if at <= said[0].last or any(c.isdigit() for w in between for c in w.norm):
            continue
        return _put_right(facts, int(found["years"]), found["sex"], at)
    alone = None if said else _ONLY_A_CONTRAST.match(surface.flat.strip())
    if alone:
        return _put_right(facts, int(alone["years"]), alone["sex"], 0)
    return facts


def _put_right(facts: list[Fact], years: int, letter: str | None, at: int) -> list[Fact]:
    if years < _YOUNGEST:
        return facts
    changed = {"age", "sex"} if letter else {"age"}
    kept = [f for f in facts if f.slot not in changed]
    kept.append(Fact("age", years, at, at, cue="corrected"))
    if letter:
        kept.append(Fact("sex", _SEXES[letter], at, at, cue=letter))
    return kept


_PART_INSTEAD = re.compile(
    r"\b(?:not|scrap|drop|ignore|forget|delete|remove|isn't|is not)\b[^.;]{3,40}?[ ,-]"
    r"(?:but|it 's|its|it is|it was|'s|is|meant|should be)(?: (?:it 's|its|the|his|her|just|"
    r"actually|more|a|bad))* "
    r"(?P<part>(?:hips?|knees?|shoulders?|neck|ankles?|foot|feet|wrists?|elbows?|hands?|back)) ?[.!]*$"
)


def with_part_instead(
    surface: Surface, facts: list[Fact], told: Callable[[str], dict[str, Any]]
) -> list[Fact]:
    """Return ``facts`` with the bare part of the body that is named in place of an illness taken back.

    "Scrap the back pain, its hip". ``told``: reads an answer to the question for health conditions.
    """
    taken = [f for f in facts if f.slot == "conditions" and f.state == "absent"]
    found = _PART_INSTEAD.search(surface.flat.strip()) if taken else None
    at = surface.word_at(found.start("part")) if found else -1
    if found is None or any(f.first == at for f in facts):
        return facts
    named = told(found["part"]).get("conditions", [])
    return facts + [Fact("conditions", value, at, at) for value in named]


def without_idle_no(facts: list[Fact], cue: str | None) -> list[Fact]:
    """Return ``facts`` without a bare "no" that only leads a correction ("actually no, he's back")."""
    if cue is None or not any(f.slot == "work_status" and f.present for f in facts):
        return facts
    return [
        f for f in facts if not (f.slot == "goal" and f.value == "not_now" and f.first == f.last)
    ]
