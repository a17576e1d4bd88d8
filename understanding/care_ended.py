"""Caring that is over: whoever was cared for has died, gone into a home, or is cared for by others now.

"Packed in her job to look after mum, mum went into a home last spring". It counts for the relative whom the
care was for, and for no other ("caring for dad since mum died").
"""

from __future__ import annotations

import re

from understanding.relations import RELATIVES
from understanding.surface import Surface

_HOME = (
    r"(?:in|into|to|at) (?:(?:a|an|the|local|full|time) )*(?:(?:care|nursing|residential|dementia|rest) )*"
    r"(?:home|care|hospice)\b"
)
# Dementia and the like may stand between: "look after mum with dementia, mum went into a home".
_ENDED = (
    r"(?: (?:has|have|had|is|are|was|were|'s|then|since|now|just|both|sadly|finally|recently|"
    r"eventually|all))* "
    r"(?:died|passed(?: away| on)?(?! (?:the|his|her|out))|dead|gone now|no longer with us|"
    rf"(?:went|gone|moved|taken|going|placed|settled|living|permanently)? ?{_HOME})"
)
_NOT_YET = re.compile(
    r"\b(?:if|when|before|until|till|might|may|could|should|would|will|refus\w+|respite|not|nearly|wants?|"
    r"waiting|hoping|looking at|day)\b"
)
_CARED_FOR_BY_OTHERS = re.compile(
    r"\b(?:no longer (?:her |his |their |a |the |mum 's |dad 's )?(?:caring|carer|"
    r"needs? (?:caring|looking after))|"
    r"(?:caring|care) (?:role |duties )?(?:is |has |'s )?(?:now )?(?:over|finished|ended|"
    r"come to an end|stopped)"
    r"(?= (?:,|\.|;|now|in|last|when|and|since)| ?$))"
)


def _cared_for(surface: Surface, first: int, last: int) -> set[str]:
    """Return the relative named first in words ``first``..``last`` or right behind them, if any."""
    named = [w.norm for w in surface.words[first : last + 1]]
    for word in surface.words[last + 1 : last + 4]:
        if not word.norm.isalpha():
            break
        named.append(word.norm)
    # "Caring for dad since mum died": the first is who is cared for.
    return set([n for n in named if n in RELATIVES][:1])


def care_ended(surface: Surface, first: int, last: int) -> str:
    """Return the words that show the care told in words ``first``..``last`` to be over, or nothing."""
    end = surface.offsets[last] + len(surface.words[last].norm)
    after = surface.flat[end:]
    over = _CARED_FOR_BY_OTHERS.search(after)
    if over:
        return over.group()
    whom = _cared_for(surface, first, last)
    for relative in sorted(whom):
        for found in re.finditer(rf"\b{re.escape(relative)}{_ENDED}", after):
            sentence = re.split(r"[,.;:]", after[: found.start()])[-1]
            if not _NOT_YET.search(sentence + found.group()):
                return found.group()
    if len(whom) == 1:
        # "… till he died", "she's in a home now": nobody else is spoken of.
        since = re.search(rf"(?:[,.;]|\band|\bbut|\btill|\buntil) (?:he|she|they){_ENDED}", after)
        spoken_of = {n for n in after.split() if n in RELATIVES} - whom
        if since and not spoken_of:
            clause = since.group().removeprefix("till").removeprefix("until")
            return "" if _NOT_YET.search(clause) else since.group()
    return ""
