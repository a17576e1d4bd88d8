"""Whether a message opens a consultation: a person, an age, a job, several facts at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from understanding.corrections import correcting_cue

_AGE_AND_SEX = re.compile(
    r"(?<![\w£/.])(?:\d{2}\s?(?:[mf]\b|y/?o\b|yrs? old|year[- ]old|yr old|y old|yo[fm]\b)|"
    r"[mf]\s?\d{2}\b|aged? \d{2}\b|in (?:his|her) \d0s|"
    r"(?:lady|lad|man|woman|bloke|chap|gent|girl|male|female|lass|gentleman)\b[^.]{0,12}?\b\d{2}\b|"
    r"^\D{0,12}\b(?:1[6-9]|[2-6]\d|7[0-4])\s?,)",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:lady|lad|lass|man|woman|bloke|chap|gent|gentleman|girl|mum of|dad of|single (?:mum|mother|"
    r"dad|parent)|pt is|patient is|patient of|"
    r"new (?:pt|patient)|have (?:a|got a) (?:pt|patient|lady|man)|got (?:a|this) (?:pt|patient|lady|"
    r"man|lad)|seeing (?:a|this))\b",
    re.IGNORECASE,
)
# What opens a case, each worth one: who the patient is, the work, the body, the money, the place.
_FACT_KEYS = (
    "age",
    "sex",
    "occupation",
    "work_status",
    "absence_weeks",
    "out_of_work_months",
    "conditions",
    "area",
    "benefits",
    "barriers",
    "goal",
    "employment_type",
)


def reads_as_opening(text: str, case: Mapping[str, Any]) -> bool:
    """Say whether ``text``, which adds the facts ``case``, reads as a new patient being described.

    Two of age, sex and job together with another fact, or a person with an age; never a correction or a
    short answer.
    """
    if correcting_cue(text) or len(text.split()) < 4:
        return False
    facts = sum(1 for key in _FACT_KEYS if case.get(key) not in (None, [], {}))
    who = bool(_AGE_AND_SEX.search(text))
    person = bool(_PERSON.search(text))
    core = sum(1 for key in ("age", "occupation", "work_status") if case.get(key) is not None)
    if who and (facts >= 2 or person):
        return True
    return (person and facts >= 2) or (core >= 2 and facts >= 3) or facts >= 5


# A remark that tells one of these is about a patient, however it is worded.
_OF_A_PATIENT = frozenset(("conditions", "benefits", "absence_weeks", "age"))


def tells_of_a_patient(case: Mapping[str, Any]) -> bool:
    """Say whether the facts ``case`` of a remark that looked like small talk are a patient's after all."""
    # A barrier is, beside a *him* or *her*.
    return (
        not _OF_A_PATIENT.isdisjoint(case)
        or case.keys() >= {"barriers", "sex"}
        or case.get("work_status") == "in_work_struggling"
    )
