"""Whether a message tells that the patient has gone back to the job: "gone back now", "been back a month".

*Back* alone tells nothing: a bad back, back on the sick, back on the tablets, back to the GP are no return.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from understanding.facts import Fact
from understanding.people import People
from understanding.relations import RELATIVES
from understanding.surface import Surface

# Where one can be back "on the" or "to his" without being back at work.
_ELSEWHERE = (
    r"(?:sick|sickness|dole|social|list|waiting|mend|first|\d\w*|drink|booze|beer|lager|vodka|cider|wagon|fags|"
    r"weed|drugs|gear|phone|gp|gps|doctors?|docs|hospital|ward as|clinic|surgery|consultant|specialist|"
    r"physio|panel|box|tablets?|meds|medication|pills|antidepressants|sertraline|citalopram|insulin|"
    r"inhalers?|steroids|methotrexate|methadone|benefits?|uc|esa|pip|streets|sofa|couch|market|job market|"
    r"hunt|lookout|mum|mums|mother|parents|dad|wife|husband|ex|partner|feet|own|house|flat|bed|pain)"
)
_BACK = re.compile(
    r"\b(?:back (?:driving|working|teaching|nursing)|back (?:at|in|to|on) (?:work|"
    rf"shift|full time|part time|(?:his|her|their|the)(?! {_ELSEWHERE}\b))|back now|now back|"
    r"(?:gone|went|been) back(?! (?:to|in|with|for|and forth)\b)|returned to work|back full time|"
    r"back part time|back since|back working|is back|'s back|in work (?:since|again))\b"
    rf"(?! (?:soon|next|when|if|yet|to normal|on (?:the )?{_ELSEWHERE}|pay|off\b))"
)
_WISH = re.compile(
    r"\b(?:wants?|want|hop\w+|keen|would|like|love|trying|try|ready|plan\w*|can not|"
    r"desperate|eager|before|until|till|when|if|not|asking|able|aim\w*|nervous|scared|"
    r"about)\b"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri|sat|sun)"
_COUNT = (
    r"(?:an?|\d+(?: ?- ?\d+)?|one|two|three|four|five|six|eight|ten|few|couple(?: of)?|a few|"
    r"a couple(?: of)?)"
)
_UNIT = r"(?:days?|weeks?|months?|fortnight|years?|shifts?)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_TIME = (
    rf"(?:now|since|already|today|yesterday|this (?:week|month|morning|{_DAY})|last (?:week|month|{_DAY})|"
    rf"(?:on |only )?{_DAY}|on (?:the )?\d+(?:st|nd|rd|th)|"
    rf"(?:about |for |nearly |over |only |just )*{_COUNT} {_UNIT}|(?:in|early|mid|late) {_MONTH})\b"
)
_HOURS = (
    r"(?:(?:on |to )?(?:a )?(?:part|full) ?-? ?time|(?:on )?(?:a )?phased|"
    r"(?:on )?(?:reduced|half|fewer|light|amended|full)(?: hours| days| duties)|"
    r"too (?:soon|early|quick\w*)|early|gradually|properly)\b"
)
# At the head of a clause, so that "the pain has been back a month" and "if she went back" are none.
_RETURNED = re.compile(
    r"(?:^|[,.;:(!] ?|\b(?:and|but|then|so|since) )"
    r"(?:(?:he|she|they|patient|pt|has|have|is|had|'s|'ve|now|just|already|actually|yes|no|well|only|"
    r"since|finally|,) )*"
    rf"(?P<back>(?:gone|went) back(?= (?:{_TIME}|{_HOURS})| ?(?:[,.;!]|$)| but\b)|"
    rf"been back(?= {_TIME}))"
)
# "Wants back in Jan", "back by Easter", "back going to work": the way to the job, and nobody's spine.
_ON_THE_WAY = re.compile(
    r" (?:(?:in|by|after|before|next|from|on|to|at|for|phased|part|full|soon|asap|eventually|again|then|"
    rf"there|when|once|tomorrow|if|{_DAY}|{_MONTH})\b"
    r"(?! (?:the |his |her )?(?:pain|agony|spasm|bits|half|movement|left|right|lift\w*|bending|fall\w*)))"
)
_MOVES = re.compile(
    r"\b(?:wants?|wanting|get|gets|getting|got|go|goes|going|gone|went|come|comes|coming|came|be|been|being|"
    r"straight|right|sent|ease|rush\w*|hurry\w*|keen to be|like) $"
)
_GOING = re.compile(r"back (?:is |'s )?(?:going|goes)$")
_AGAIN = re.compile(r"\b(?:again|back off|back on)\b")


def find_returns(surface: Surface, people: People) -> Iterator[Fact]:
    """Yield *in work* where the patient is said to have gone back, with no word of the job itself."""
    if "back" not in surface.flat:
        return
    for found in _RETURNED.finditer(surface.flat.strip()):
        first, last = surface.word_at(found.start("back")), surface.word_at(found.end("back") - 1)
        owner = people.owner[first]
        if owner is None or owner.employer:
            yield Fact("work_status", "in_work", first, last, cue="gone back")


def is_back(surface: Surface, off: Sequence[Fact], facts: Sequence[Fact]) -> bool:
    """Say whether the message tells of a return from the absence ``off`` that has happened and lasts."""
    backs = [f for f in facts if f.slot == "conditions" and f.value == "back_pain"]
    for found in _BACK.finditer(surface.flat):
        first, last = surface.word_at(found.start()), surface.word_at(found.end() - 1)
        if any(f.first <= last and first <= f.last for f in backs):
            continue
        before = surface.flat[max(0, found.start() - 30) : found.start()]
        clause = re.split(r"[,.;]", before)[-1]
        if RELATIVES.intersection(clause.split()) or _WISH.search(clause):
            continue
        if not any(f.first > last and _off_again(surface, f) for f in off):
            return True
    return False


def is_no_spine(surface: Surface, fact: Fact) -> bool:
    """Say whether the *back* of a back pain is only the way back to the job ("wants back in Jan phased")."""
    if fact.slot != "conditions" or fact.value != "back_pain":
        return False
    begin = surface.offsets[fact.first]
    end = surface.offsets[fact.last] + len(surface.words[fact.last].norm)
    words, after = surface.flat[begin:end], surface.flat[end:]
    if words == "back":
        lasting = re.match(rf" for {_COUNT} ", after)
        return bool(_MOVES.search(surface.flat[:begin])) or bool(
            not lasting and _ON_THE_WAY.match(after)
        )
    return bool(_GOING.search(words) and re.match(r" (?:to|in|into)\b(?! spasm)", after))


def _off_again(surface: Surface, off: Fact) -> bool:
    """Say whether a return did not last: "went back Monday, off again Weds"."""
    begin = surface.offsets[max(0, off.first - 1)]
    end = surface.offsets[off.last] + len(surface.words[off.last].norm)
    return bool(_AGAIN.search(surface.flat[begin : end + 6]))
