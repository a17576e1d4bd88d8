"""A short message that is nothing but a wish for the job one has ("go back", "keep her job").

Doctors type it out of order, whatever was asked: it is the goal. It says nothing of anybody's back, no
barrier, and nothing of whether the patient is at work or off sick now: that stays as it was said.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface

# Longer messages are read by their phrases.
LONGEST = 10
_WHO = (
    r"(?:(?:he|she|they|patient|to|wants?|would|will|'ll|'d|is|'s|are|like|love|hopes?|hoping|keen|eager|"
    r"desperate|just|ideally|probably|maybe|hopefully|eventually|aims?|aiming|plans?|planning|due|yes|"
    r"still|and|,) )*"
)
_WHERE = (
    r"to (?:(?:work|it|his|her|their|the|same|old|usual|job|post|role|firm|place|desk|teaching|nursing|"
    r"driving|school|office|shop|site) ?)+"
)
_WHEN = (
    r"(?:eventually|soon|asap|a\.s\.a\.p|as soon as .*|straight away|gradually|slowly|bit by bit|phased|"
    r"on (?:a )?phased.*|part - ?time|part time|full time|full - time|one day|at some point|some day|"
    r"some time|sometime|later|when .*|once .*|after .*|before .*|by .*|please|next (?:week|month|"
    r"year|\w+day)|"
    r"in (?:a|an|the|about|\d+|two|three|four|five|six|eight|ten|twelve|new) ?.*|tomorrow|"
    r"on (?:the )?(?:\d+.*|\w+day)|\w+day|again|if .*)"
)
_GOES = rf"{_WHO}(?:straight )?(?:go|going|get|getting|be)(?: straight)? back"
_WISH = re.compile(
    rf"^(?:{_GOES}(?: {_WHERE})?(?: ?,? {_WHEN})?|{_WHO}(?:straight )?back(?: {_WHERE})? ?,? {_WHEN}|"
    rf"{_WHO}back {_WHERE}|"
    r"(?:(?:he|she|they|patient|really|just|still|yes|is|'s) )*(?:wants?|hoping|hopes|keen|eager|desperate|"
    r"itching|dying)(?: to be| to go| to get)? back(?: in| asap| soon)?)[ .!]*$"
)
# "Back at work", "back in A&E", "back to square one": no wish for the job.
_NO_WISH = re.compile(
    r"\bback (?:(?:at|in) (?:work|\w+ing|hospital|a&e|his|her|the|court|prison|touch|pain)|to "
    r"(?:back|square|normal|bed|hospital|the (?:gp|hospital|clinic|team))|pain|ache|spasm|trouble)\b|"
    r"\b(?:he|she|they)(?: is| 's| are) back\b|\bnot\b|\bnever\b|\bno\b|\bcan not\b|\bsince\b"
)


_KEEPS = re.compile(
    r"^(?:(?:he|she|they|patient|to|just|wants?|would|'ll|'d|like|needs?|hopes?|hoping|trying|tries|"
    r"desperate|keen|determined|please|really|only|mainly|yes|and|,) )*"
    r"(?:keep(?:ing)?(?: hold of)?|hold(?:ing)? on ?to|hang(?:ing)? on ?to|hang(?:ing)? on in|sav(?:e|ing)|"
    r"stay(?:ing)? (?:in|at|with|on in)|remain(?:ing)? (?:in|at|with)|not (?:to )?los(?:e|ing)|"
    r"stick(?:ing)? with|carry on (?:in|with|at)|protect(?:ing)?)"
    r" (?:(?:his|her|their|the|this|that|a|current|present|same|old|full - time|part - time) )*"
    r"(?:jobs?|posts?|roles?|place|work|apprenticeship|position|career|placement|employment|it|employer|"
    r"firm|company|shifts)(?: (?:if (?:he|she|they) can|if possible|for now|please|at all costs|there|"
    r"really|though|ideally|going))?[ .!]*$"
)
CUE = "wish alone"


def bare_wish(surface: Surface) -> Fact | None:
    """Return the goal of going back or of keeping the job where the whole of a short message says it."""
    flat = surface.flat.strip()
    if len(flat.split()) > LONGEST:
        return None
    if "back" in flat and _WISH.match(flat) and not _NO_WISH.search(flat):
        value = "return_to_work"
    elif _KEEPS.match(flat):
        value = "stay_in_work"
    else:
        return None
    return Fact("goal", value, 0, len(surface.words) - 1, cue=CUE)


def with_wish(wish: Fact, facts: list[Fact], asked: str | None) -> list[Fact]:
    """Return ``facts`` with the ``wish`` that is all the message says.

    "Stay in work", answered to whether the patient is in work, says that it is in doubt (contract, 1).
    """
    kept = [
        f
        for f in facts
        if f.slot not in ("goal", "conditions", "barriers")
        and not (f.slot in ("work_status", "job_at_risk") and wish.value == "stay_in_work")
    ]
    if asked == "work_status" and wish.value == "stay_in_work":
        kept.append(Fact("work_status", "in_work_struggling", wish.first, wish.last, cue="answer"))
    return [*kept, wish]
