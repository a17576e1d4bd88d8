"""Whether an operation or injury is so recent that a job named beside it is no proof of being at work.

"Hysterectomy 3 weeks ago, teacher": a teacher she is, yet hardly in class; nothing says so, so it is asked.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface

# So many weeks after it nothing is taken for granted: a cautious choice, no medical rule.
RECENT = 6
_WEEKS = {"day": 1 / 7, "week": 1.0, "month": 4.35, "7": 1 / 7, "52": 1.0, "12": 4.35}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTS |= {"couple of": 2, "few": 3}
_EVENT = re.compile(
    r"\b(?:op|operation|(?<!at )(?<!the )(?<!our )surgery|operated on|bypass|cabg|stents?|stroke|mi|stemi|"
    r"nstemi|heart attack|c ?-? ?section|caesarean|cesarean|tkr|thr|\w+ectomy|\w+plasty|fusion|replacement|"
    r"burnt|burned|scalded|crushed|broke|fractured|severed|mangled)\b(?: (?!years?\b)[a-z]+){0,5} "
    r"(?:(?P<n>\d+(?:\.\d+)?|a|one|two|three|four|five|six|(?:a )?couple of|(?:a )?few) "
    r"(?P<unit>day|week|month)s?|(?P<slashed>\d+) ?/ ?(?P<of>52|12|7)) (?:ago|post ?-? ?op)\b"
)
_HAPPENED = re.compile(
    r"\b(?:burnt|burned|scalded|crushed|broke|fractured|severed|mangled|cut|fell|slipped|hurt|injured|"
    r"accident|collapsed|trapped)\b[^.;]{0,40}$"
)


def away_unsaid(surface: Surface, job: list[Fact]) -> bool:
    """Say whether an event of late leaves open whether the patient is at work.

    ``job``: what shows the job; only *at work*, where it happened, shows none.
    """
    shown = [f for f in job if not _place_of_it(surface, f)]
    return not shown and any(_weeks(e) <= RECENT for e in _EVENT.finditer(surface.flat))


def _place_of_it(surface: Surface, fact: Fact) -> bool:
    begin = surface.offsets[fact.first]
    words = " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])
    return words == "at work" and bool(_HAPPENED.search(surface.flat[:begin]))


def _weeks(found: re.Match[str]) -> float:
    if found["slashed"]:
        return float(found["slashed"]) * _WEEKS[found["of"]]
    count = found["n"].removeprefix("a ") if found["n"] != "a" else "a"
    number = _COUNTS.get(count)
    return (float(count) if number is None else number) * _WEEKS[found["unit"]]
