"""Whether a message says that there is no risk: "no he's not suicidal, just fed up", "risk assessed".

It is asked only while a safety message waits, and only of a message that raises nothing itself. What is not
sure, not asked, or said only of now ("not actively suicidal", "not yet") is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ASSESSED = re.compile(
    r"\b(?:risk (?:has been |is |was |all |now |already )*(?:assess\w*|checked|discussed|covered|addressed|"
    r"reviewed|managed|dealt with)|assessed (?:the |his |her |their )?(?:risk|safety)|"
    r"(?:no|low|minimal) (?:current |immediate |acute |suicide |safety |apparent )*risk\b(?! assess)|"
    r"not (?:at |a )?risk|(?:he|she|they|pt|patient)(?:'s|s| is| are)? safe\b|"
    r"no (?:safety |safeguarding )concerns?|false alarm|no concerns? (?:about|re|regarding) (?:risk|safety))",
    re.IGNORECASE,
)
_DENIES = (
    r"(?:no|not|isn'?t|never|denies|denied|denying|without|nil|doesn'?t have|does not have|hasn'?t)"
)
_BETWEEN = (
    r"(?:[ ,]|any|current|active|at all|having|had|been|got|thoughts? of|plans? (?:of|for|to)|or|and|nor|"
    r"a|the)*"
)
_DENIED = {
    "suicide_self_harm": re.compile(
        rf"\b{_DENIES}{_BETWEEN}(?:suicid\w*|self[ -]?harm\w*|harm(?:ing)? (?:him|her|them|one)?sel(?:f|ves)|"
        r"end(?:ing)? (?:his|her|their|it)|thoughts? (?:of|about)|suicidal|dsh\b|si\b|plans? or intent|"
        r"intent(?:ion)?s?\b|ideation|kill\w*|hurt\w* (?:him|her|them)sel)",
        re.IGNORECASE,
    ),
    "abuse": re.compile(
        rf"\b{_DENIES}{_BETWEEN}(?:abus\w*|violen\w*|dv\b|domestic|hit(?:ting)?\b|hurt\w* (?:by|her|him)|"
        r"afraid|scared|being hurt)|\bsafe at home\b",
        re.IGNORECASE,
    ),
    "safeguarding": re.compile(
        rf"\b{_DENIES}{_BETWEEN}(?:safeguarding|neglect\w*|abus\w*|at risk)|\bkids? (?:are|is) safe\b",
        re.IGNORECASE,
    ),
    "emergency": re.compile(
        rf"\b{_DENIES}{_BETWEEN}(?:an? )?emergenc\w*|\bambulance (?:called|on its way|coming)",
        re.IGNORECASE,
    ),
}
_NOT_SURE = re.compile(
    r"\?|\b(?:yet|actively|not sure|unsure|don'?t know|do not know|can'?t (?:say|tell|rule)|haven'?t asked|"
    r"not asked|hasn'?t been asked|if|whether|unclear|not clear|no idea|unless|may ?be|might|possibly|"
    r"not (?:been )?(?:risk )?assess\w*|no risk assess\w*|needs?|to be assessed|wants?|will assess|awaiting|"
    r"not safe|isn'?t safe|unsafe|at the moment|right now|passive\w*|concern(?:ed)?|"
    r"i'?m worried|but (?:has|had|i|still|does|took|wants|hears|keeps|is (?:still|having)|she has|he has))\b",
    re.IGNORECASE,
)
_GO_ON = (
    r"(?:[,;.]? *(?:and |so |now |please |ok to |happy to |safe to )*"
    r"(?:go on|carry on|continue|proceed|move on|resume|keep going))?[ .!]*"
)
_WHO = (
    r"(?:the )?(?:crisis|duty|home treatment|mash|social work|safeguarding)? ?(?:team|lead|services?|"
    r"police|999|ambulance|social services|idva|marac|mash|cmht|gp|"
    r"helpline|refuge|children'?s services|adult services)"
)
# The whole message says no more than that it was seen to: "sorted, carry on".
_SEEN_TO = re.compile(
    r"(?:(?:ok|okay|yes|right|fine|all|it'?s|its|that'?s|thats|this is|she'?s|he'?s|they'?re|she is|he is|"
    r"i'?ve|i have|has|have|now|already|been|risk|safety|safeguarding|the|is|was|pt|patient)[ ,]+)*"
    r"(?:safe|sorted|dealt with|handled|in hand|under control|addressed|actioned|seen to|assessed|checked|"
    r"managed|done|discussed)"
    r"(?:[ ,]+(?:it|this|that|now|today|by me|already|at home|for now|the risk|with (?:her|him|pt|patient)))*"
    + _GO_ON
    + r"|(?:safety plan(?:ning)?|crisis plan) (?:in place|done|made|agreed|completed)"
    + _GO_ON
    + rf"|{_WHO} (?:called|informed|contacted|aware|told|coming|on (?:its|the|their) way|involved)"
    + _GO_ON
    + r"|(?:i'?ve |i have |have )?(?:spoken|spoke|talked|referred|reported|rang|rung|called|informed|told|"
    rf"contacted|phoned) (?:it |this |her |him |them )?(?:to |with |by )?{_WHO}" + _GO_ON,
    re.IGNORECASE,
)
_LONGEST = 30


def risk_denied(text: str, categories: Iterable[str]) -> bool:
    """Say whether ``text`` says of every one of ``categories`` that it is assessed, or not so."""
    text = text.replace("’", "'")
    if len(text.split()) > _LONGEST or _NOT_SURE.search(text):
        return False
    if _ASSESSED.search(text) or _SEEN_TO.fullmatch(text.strip()):
        return True
    raised = set(categories)
    return bool(raised) and all(_DENIED[c].search(text) for c in raised if c in _DENIED)
