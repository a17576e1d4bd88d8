"""A trade that an illness bars: a driver whose licence went has a job at risk, whether at work or off."""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.people import People
from understanding.surface import Surface

_DRIVES = re.compile(
    r"\b(?:drivers?|driving|drives?|hgvs?|lgvs?|cabbie|cabby|couriers?|taxi|cab|bus|lorry|van|trucker|"
    r"haulier|chauffeur|deliveroo|uber|minicab|tram|train|ambulance|paramedic|deliver\w*)\b"
)
_KIND = (
    r"(?:(?:his|her|their|the|hgv|lgv|pcv|psv|taxi|bus|driving|private|hire|driver 's|drivers|vocational|"
    r"cab|lorry) )*"
)
_LICENCE = re.compile(
    rf"\b(?:lost|losing|loses|surrendered|handed (?:back|in|over)|revoked|suspended|pulled|"
    rf"taken(?: away| off)?|"
    rf"took(?: away)?|(?:surrender|hand in|give up|hand back)) {_KIND}(?:licen[cs]es?|badge)\b|"
    r"\b(?:licen[cs]e|badge) (?:(?:is|was|has|been|got|'s|had|now) )*(?:revoked|suspended|gone|taken|lost|"
    r"pulled|surrendered|withdrawn|stopped|removed)\b|"
    r"\bdvla (?:(?:has|have|had|said|he|she|they|just) )*(?:stopped|banned|revoked|suspended|took|taken|"
    r"pulled|can not|not to drive|will not)\b|"
    r"\b(?:not (?:allowed|permitted|safe|fit)|banned from|told not|can not legally|barred from) "
    r"(?:to )?(?:drive|driving)\b|\bcan not drive (?:for|until|till)\b"
)
# Whoever has no job has none at risk.
_NO_JOB = frozenset({"unemployed", "economically_inactive", "retired", "student"})


def barred_from_trade(surface: Surface, facts: list[Fact], people: People) -> list[Fact]:
    """Return the job at risk of a driver without a licence, or nothing.

    Losing the job as well is no risk any more, and another person's licence says nothing.
    """
    gone = _LICENCE.search(surface.flat)
    if gone is None or any(f.slot == "job_at_risk" for f in facts):
        return []
    first, last = surface.word_at(gone.start()), surface.word_at(gone.end() - 1)
    owner = people.owner[first]
    if owner is not None and not owner.employer:
        return []
    if any(f.slot == "work_status" and f.value in _NO_JOB and f.present for f in facts):
        return []
    drives = any(
        f.slot in ("occupation", "work_status", "employment_type")
        and f.present
        and _DRIVES.search(" ".join(w.norm for w in surface.words[f.first : f.last + 1]))
        for f in facts
    )
    return [Fact("job_at_risk", True, first, last, cue=gone.group())] if drives else []
