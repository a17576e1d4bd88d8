"""An event told as so long ago is where an illness began, not where it ended.

"Had a stroke 3 months ago", "slipped disc 3 weeks ago", "hubby died 3 wks ago", "diagnosed with MS in 2019":
a clinician dates what has happened. It stays present unless the message says that it is over, or it lies
farther back than such an event lasts. A mere illness so long ago ("depression 10 years ago") is past.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from understanding.amounts import WEEKS_IN, number
from understanding.assertion import Judgement
from understanding.late_pattern import LatePattern
from understanding.surface import Surface

_ALWAYS = float("inf")
# Weeks after which an event of the kind is taken to be history where nothing more is said of it.
_TWO_YEARS = 2 * WEEKS_IN["year"] + 1
_QUARTER = 13.5

# Of such an event something stays, or the illness named is one for life.
LASTING = LatePattern(
    r"\b(?:stroke|cva|heart attacks?|mi|stemi|nstemi|cardiac arrest|amputat\w*|brain injury|tbi|"
    r"(?:brain|subarachnoid|cerebral) (?:bleed|haemorrhage)|cabg|bypass|stents?|pacemaker|icd|"
    r"diagnos\w+|transplant|paralys\w+)\b"
)
EVENT = LatePattern(
    r"\b(?:broke|broken|break|fractur\w*|sprain\w*|tore|torn|tear|ruptur\w*|dislocat\w*|slipped|"
    r"prolaps\w*|herniat\w*|bulg\w+|went|gone|gave (?:way|out)|put|did|hurt|injur\w*|twist\w*|"
    r"pull\w*|strain\w*|fell|fall|crush\w*|burst|burns?|burnt|stab\w*|shot|accident|crash\w*|rta|rtc|"
    r"whiplash|rick\w*|wrench\w*|snapp\w*|cracked|smashed|jarred|tweaked|op|operat\w+|surgery|"
    r"replacement|replaced|tkr|thr|pinned|plated|arthroscopy|\w+ectomy|\w+plasty|fusion|"
    r"decompression|release|repair\w*|breakdown|attack|began|begun|start\w*|came on|flar\w*|onset|"
    r"born|birth)\b|#"
)
# How long after it such a thing still weighs, in weeks; what is not listed is an illness or a worry.
_BARRIERS: dict[Any, float] = {
    "bereavement": _TWO_YEARS,
    "family_relationship": _TWO_YEARS,
    "domestic_abuse": WEEKS_IN["year"],
    "offending_history": _ALWAYS,
    "refugee_migrant": 5 * WEEKS_IN["year"],
    "housing": 2 * _QUARTER,
}
_BEGUN = LatePattern(
    r"\b(?:start\w*|went on(?: to)?|moved on ?to|switched to|put on|claimed|awarded|got|granted)"
    r"(?: \w+){0,2} $"
)
_WAS = LatePattern(
    r"\b(?:was|were|had been|used to be)(?: (?:very|really|quite|bit|so|on|in|a))* $"
)
_STOPPED = LatePattern(
    r"\b(?:stopp\w+|gave up|given up|quit|came off|come off|got off|clear\w+|paid(?: off)?|kicked)"
    r"(?: (?:the|all|his|her|their|of))* $"
)
_LET_GO = LatePattern(r"\b(?:discharg\w+|closed|stepped|signed|left|finished|dropped|was|were)\b")
_HISTORY = LatePattern(r"\b(?:previous|prev|past|old|former|history|childhood|once|used to)\b")
_AGO = LatePattern(
    r"(?:(?P<n>[\w.]+(?: of)?) )?(?P<some>(?:few|couple of|couple|good|odd|many) )?"
    r"(?P<unit>day|week|month|year|decade)s? (?:ago|back)$"
)
_IN_YEAR = LatePattern(r"in (?P<year>(?:19|20)\d\d)$")
# A bare plural ("years ago") in units.
_SEVERAL = {"day": 4.0, "week": 4.0, "month": 6.0, "year": 8.0}
_OVER = LatePattern(
    r"(?<!\bnot )(?<!\bnever )(?<!\bnot fully )(?<!\bnot yet )\b(?:recovered|full recovery|resolved|"
    r"cured|cleared(?: up)?|all clear|in remission|healed|(?:long )?over (?:it|now|with)|long over|"
    r"(?:now|is|all|both|feels|been|he 's|she 's) (?:\w+ )?(?:fine|ok|okay|better|well|good|sorted|right)\b"
    r"(?! (?:enough|off|down|up|for))|"
    r"(?:fine|ok|okay|well|better|good|sorted|right as rain|back to normal) (?:now|since|again|after)|"
    r"fine(?= (?:,|\.|;)| ?$)|"
    r"(?:no (?:\w+ )?(?:problems?|issues?|trouble|symptoms|bother|pain|residual|effects|contact)|"
    r"nothing|none) (?:since|now|from it|after)|settled|sorted|no longer|not since|moved on|"
    r"behind (?:him|her|them)|"
    r"back (?:at work|to work|working) (?:since|now|fine|full)|remarried|safe now|long discharged|"
    r"lifted|reinstated|back in full|paid (?:off|back)|rehoused|housed now)\b"
)
# What of the message after an event may tell how it went.
_FAR = 90


def at_onset(
    surface: Surface, slot: str, value: Any, first: int, last: int, judged: Judgement, today: date
) -> Judgement:
    """Return ``judged``, or present where its time of long ago is only when the thing happened."""
    if judged.state != "past":
        return judged
    weeks = _weeks_since(judged.cue, today)
    if weeks is None:
        return judged
    begin = surface.offsets[first]
    before = surface.flat[max(0, begin - 40) : begin]
    if slot == "under_secondary_mental_health" and not _LET_GO.search(before):
        # "Saw the CMHT 3 weeks ago" says neither that they keep him on their books nor that they let him go.
        return Judgement("uncertain", judged.cue) if weeks <= _QUARTER else judged
    own = surface.flat[begin : surface.offsets[last] + len(surface.words[last].norm)]
    clause = re.split(r"[,.;:(\n]| and | but | then ", before)[-1]
    if _STOPPED.search(clause) or weeks > _reach(slot, value, clause, own):
        return judged
    after = surface.flat[begin + len(own) :][: len(judged.cue) + _FAR]
    if _OVER.search(after):
        return judged
    return Judgement()


def _reach(slot: str, value: Any, before: str, own: str) -> float:
    """Return for how many weeks what is told in ``own`` is not yet history."""
    if slot == "benefits":
        return _ALWAYS if _BEGUN.search(before) else 0.0
    if slot == "benefit_issues":
        return _QUARTER
    if slot == "barriers":
        return _BARRIERS.get(value, _QUARTER)
    if slot != "conditions":
        return 0.0
    if value != "cancer" and (LASTING.search(own) or LASTING.search(before)):
        return _ALWAYS
    if _HISTORY.search(before):
        return 0.0
    if EVENT.search(own) or EVENT.search(before) or value == "cancer":
        return _TWO_YEARS
    return 0.0 if _WAS.search(before) else _QUARTER


def _weeks_since(cue: str, today: date) -> float | None:
    """Return how long ago ``cue`` says it was ("about 3 weeks ago", "in 2024"); None: no time."""
    year = _IN_YEAR.search(cue)
    if year:
        # The end of that year, so that the doubt is in favour of what was said.
        return max(0, today.year - int(year["year"]) - 1) * WEEKS_IN["year"]
    ago = _AGO.search(cue)
    if ago is None:
        return None
    unit = ago["unit"]
    if unit == "decade":
        return 10 * WEEKS_IN["year"]
    count = number(ago["n"]) if ago["n"] else None
    if (ago["some"] and count is None) or ago["n"] in ("few", "couple", "couple of"):
        count = 3.0
    return (count if count is not None else _SEVERAL[unit]) * WEEKS_IN[unit]
