"""Where a name that is also a word is a town: beside the age and sex that open a note ("29M Bury lost job").

Age, sex and town is how a clinician opens a note. Elsewhere *Sale*, *Bury*, *Hyde* or *Reading* need a
word of place before they count (``places``).
"""

from __future__ import annotations

import re

from understanding.late_pattern import LatePattern
from understanding.spelling import ordinary_words
from understanding.word_lists import word_file, word_list

_OLD = r"(?:yo|y/o|y o|yrs?(?:[ -]old)?|years?(?:[ -]old)?|y)"
_WHO = (
    rf"(?:\d\d ?(?:{_OLD})? ?/? ?(?:[mf]|male|female|man|woman|lady|gent|chap|lad|lass)"
    r"|(?:early |mid |late )?[2-9]0s ?(?:[mf]|male|female|man|woman|lady|gent)"
    r"|[mf] ?/? ?\d\d|(?:male|female) ?,? ?\d\d)"
)
_AFTER_WHO = LatePattern(rf"(?<![\w£/.]){_WHO}[\s,;:(–-]{{1,3}}$", re.IGNORECASE)
_BEFORE_WHO = LatePattern(rf"[\s,;:(–-]{{1,3}}{_WHO}(?!\w)", re.IGNORECASE)
_FIRST_OF_ALL = LatePattern(rf"[\s,]{{1,2}}(?:[a-z/-]+ ){{1,2}}{_WHO}(?!\w)", re.IGNORECASE)
_BEGINS = LatePattern(r"(?:^|[,.;:\n])\s*$")
_JOB = (
    r"(?:(?!never|after|over|under|her|other|for|or|whether|either|former|older|younger|later|want)"
    r"[a-z-]+(?:er|or|ist|ian|ant|man|woman|rse|ee)|carer|hca|chef|cook|ta|clerk|builder|temp)"
)
_AFTER_JOB = LatePattern(
    rf"(?<![\w£/.]){_WHO}[\s,]{{1,2}}(?:[a-z-]+ )?{_JOB}[\s,]{{1,2}}$", re.IGNORECASE
)
# The end of a clause that age and sex began: "33M plasterer off sick Hyde, back pain".
_IN_CLAUSE = LatePattern(
    rf"(?:^|[.;\n] ?)(?:pt:? |patient:? )?{_WHO}\b[^.;:,\n]{{0,60}}$", re.IGNORECASE
)
_ENDS = LatePattern(r"\s*(?:$|[,.;:)\n])")
# "52M Bury bus driver", "59F Bolton NHS admin": between age and sex and the job or its employer.
_JOB_NEXT = LatePattern(
    rf"[ ,]{{1,2}}(?:[a-z&'-]+ ){{0,2}}?(?:{_JOB}|admin|staff|physio|midwife|postie|apprentice)\b",
    re.IGNORECASE,
)
# "Off 6/52 Sale": the town after a length of time.
_AFTER_TIME = LatePattern(
    r"\b(?:\d{1,3} ?/ ?(?:52|12|7)|\d{1,3} ?(?:wks?|weeks?|mths?|months?|yrs?|years?|days?)) $",
    re.IGNORECASE,
)
# "47 f ms denton off sick": a word or two of the illness between, and what a note goes on with.
_SHORTLY_AFTER_WHO = LatePattern(
    rf"(?:^|[.;\n] ?){_WHO}[\s,]{{1,2}}(?:[a-z/&+-]+ ){{1,3}}$", re.IGNORECASE
)
# "47 f ms denton": the illness; "47F Ms Denton" is a person.
_ILL_WITH_MS = LatePattern(rf"(?i:{_WHO})[\s,]{{1,2}}(?:ms|MS) $")
_GOES_ON_WITH = LatePattern(
    r"\s*(?:$|[,.;:)\n])|\s+(?:off|signed|on (?:uc|pip|esa|jsa|the sick|sick)|unemployed|"
    r"out of work|not working|in work|retired|uc|pip|esa|jsa)\b",
    re.IGNORECASE,
)
# Words before a name that let it be a person, a firm or a thing instead.
_NOT_BEFORE = LatePattern(
    r"\b(?:son|daughter|husband|wife|hubby|partner|mum|dad|brother|sister|mate|friend|boss|dr|mr|mrs|ms|miss|"
    r"named|called|name|by|with|and|for|to|at|of|lost|no|new|vs|play\w*|support\w*|the|a|an|in)\s*$",
    re.IGNORECASE,
)


def stands_beside_who(text: str, start: int, end: int, name: str) -> bool:
    """Say whether the name at ``start``..``end`` stands where a note that opens with age and sex has it."""
    capital = text[start].isupper()
    if not capital and name in word_list("places", "never_lower"):
        return False
    if _goes_on(text[end:], name):
        return False
    before = text[:start]
    if _AFTER_WHO.search(before) or (_BEGINS.search(before) and _BEFORE_WHO.match(text[end:])):
        return True
    if capital and not before.strip() and _FIRST_OF_ALL.match(text[end:]):
        return True
    if _NOT_BEFORE.search(before) and not _ILL_WITH_MS.search(before):
        return False
    everyday = not capital and name in word_list("places", "everyday")
    if not everyday and _GOES_ON_WITH.match(text[end:]) and _SHORTLY_AFTER_WHO.search(before):
        return True
    if not capital:
        return False
    if _ENDS.match(text[end:]) and _AFTER_TIME.search(before):
        return True
    return bool(
        _AFTER_JOB.search(before) or (_ENDS.match(text[end:]) and _IN_CLAUSE.search(before))
    )


def stands_before_job(text: str, start: int, end: int) -> bool:
    """Say whether the name stands between age and sex and a job, whose employer may bear it too."""
    return bool(_AFTER_WHO.search(text[:start]) and _JOB_NEXT.match(text[end:]))


def _goes_on(after: str, name: str) -> bool:
    """Say whether what follows makes the name a word ("Sale assistant") or a person's ("Leigh Marsh")."""
    following = re.match(r"[ \t-]{1,2}([^\W\d_]+)", after)
    if following is None:
        return False
    word = following.group(1)
    if word.lower() in word_file("places")["words_after"].get(name, ()):
        return True
    surname = word[0].isupper() and word[1:].islower() and len(word) > 2
    return surname and word.lower() not in ordinary_words()
