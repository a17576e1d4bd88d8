"""The words by which a clinician takes something back: "sorry", "I meant", "34 not 43"."""

from __future__ import annotations

import re

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
    r"no (?:job|work|debts?|benefits|other|money|qualifications|income|problems?|confidence|car|one|"
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
