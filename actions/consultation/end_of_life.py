"""A patient near the end of life: asked nothing more, and led to no job first.

No key of the case holds it, so a document says nothing of it. Nothing clinical is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.consultation.messages import info
from actions.consultation.state import Consultation
from services_directory.case import Case
from services_directory.directory import Directory

# Where money is asked about first.
ADVICE = "citizens-advice"
_ILLNESS = r"ill\w*|cancer|ca|diagnos\w+|prognos\w+|phase|stage|disease|condition|care|mnd|copd"
_SAID = re.compile(
    rf"\bpalliative\b|\bend[ -]of[ -]life\b|\bterminally\b|\bterminal (?:\w+ )?(?:{_ILLNESS})\b"
    rf"|\b(?:is|it's|its|now|cancer|ca|disease|illness|mets|mnd)[ ,(]+terminal\b(?! [\w-])"
    r"|\b(?:weeks|months) (?:left )?to live\b|\b(?:weeks|months) left to live\b"
    r"|\blife[ -]limiting\b|\b(?:under|in|into|to) (?:the |a )?hospice\b",
    re.IGNORECASE,
)
# Of somebody else, of the patient's own job, or denied.
_OTHERS = (
    r"mum|mam|mother|dad|father|parents?|husband|wife|hubby|partner|sons?|daughter|nan|gran\w*|brother|sister|"
    r"friend|aunt\w*|uncle|child|baby|bereave\w*|grie\w+|lost"
)
_NOT_OF_THE_PATIENT = re.compile(
    rf"\b(?:{_OTHERS}|not|no|works?|worked|working|job|volunteer\w*|nurse|hca|carer|cares|caring)\b",
    re.IGNORECASE,
)
_A_JOB = re.compile(
    r"^[ -]*(?:care )?(?:care|nurse|nursing|team (?:nurse|lead)|consultant|doctor|hca|carer|worker|"
    r"assistant|charity|shop|ward sister)\b(?! team)",
    re.IGNORECASE,
)
# Who is cared for is somebody else, however far on the illness is named.
_CARES = re.compile(
    r"\b(?:carer for|caring for|cares? for|care of|looks? after|looking after|visit\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;,\n]| - | but | and ")


def words_of(text: str) -> str | None:
    """Return the words that say the patient of ``text`` is near the end of life, or None."""
    for found in _SAID.finditer(text):
        clauses = _CLAUSE.split(text[: found.start()])
        before = clauses[-1]
        after = text[found.end() :]
        cares = _CARES.search(text[: found.start()])
        if (
            cares
            or _NOT_OF_THE_PATIENT.search(before)
            or re.match(rf"[^.;,\n]*\b(?:{_OTHERS})\b", after, re.IGNORECASE)
        ):
            continue
        if found[0].casefold() in ("palliative", "end of life") and _is_a_job(after):
            continue
        return " ".join(found[0].split()).strip(" ,(")
    return None


def _is_a_job(after: str) -> bool:
    care = re.match(r"[ -]*care\b", after, re.IGNORECASE)
    if care and not re.match(r"[ -]*care (?:nurse|hca|worker|assistant|consultant)\b", after, re.I):
        return False
    return _A_JOB.match(after) is not None


def noted(state: Consultation, understanding: Mapping[str, Any]) -> Consultation:
    """Return ``state`` with the words, if a message has any, that say it of the patient."""
    return replace(
        state, end_of_life=state.end_of_life or words_of(str(understanding.get("text", "")))
    )


def judged(state: Consultation) -> Case:
    """Return the case to list services for: without a wish to work that was said, none is supposed."""
    if state.end_of_life is None or state.case.goal is not None:
        return state.case
    return replace(state.case, goal="not_now")


def told(state: Consultation, directory: Directory) -> dict[str, Any]:
    """Return what is said once: what is left out, what is not held, and where to ask about money."""
    lines = [
        f"You wrote “{state.end_of_life}”: nothing more is asked"
        + (", and services that lead to a job are left out." if state.case.goal is None else "."),
        "No service just for people near the end of life is held here, nor is clinical or "
        "benefit-entitlement advice given.",
    ]
    if advice := directory.services.get(ADVICE):
        phone = next((way.phone for way in advice.routes if way.phone), None)
        number = f" ({phone})" if phone else ""
        lines.append(f"For sick pay and benefits: {advice.name}{number}, “tell me about {ADVICE}”.")
    if state.case.goal is None:
        lines.append("Is work wanted after all, say so: “wants to stay in work”.")
    return info("help", " ".join(lines), ADVICE if advice else None)
