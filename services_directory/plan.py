"""What to do in which order: the first card for each need, in the order of the cards."""

from __future__ import annotations

from typing import Any

from services_directory.assessment import Assessment
from services_directory.directory import Directory

MAX_STEPS = 6
_WHY = {
    "safety": "safety first",
    "food": "no one can think of work without food or heat",
    "housing": "a home comes before a job",
    "money": "money trouble weighs on everything else",
    "job_retention": "to keep the job",
    "employment": "to find work, beside treatment and not after it",
    "mental_health": "for mental health, beside the work support",
    "physical_health": "for physical health, beside the work support",
    "family": "for family and caring",
    "social": "for company and support",
    "skills": "for skills",
}


def plan_of(assessment: Assessment, directory: Directory) -> list[dict[str, Any]]:
    """Return the plan of the contract: ``[{"step","service_id","why"}]``, one step a need."""
    steps: list[dict[str, Any]] = []
    seen: set[str] = set()
    for ranked in assessment.ranked:
        if ranked.need in seen or len(steps) == MAX_STEPS:
            continue
        seen.add(ranked.need)
        urgent = ranked.need in assessment.needs.urgent
        why = ("now: " if urgent else "") + _WHY[ranked.need]
        steps.append({"step": len(steps) + 1, "service_id": ranked.card.id, "why": why})
    later = _in_work_support(assessment, directory)
    if later is not None:
        steps.append({"step": len(steps) + 1, **later})
    return steps


def _in_work_support(assessment: Assessment, directory: Directory) -> dict[str, Any] | None:
    """Return the step for after the job starts: a plan to find work does not end with the job (R35)."""
    for ranked in assessment.ranked:
        service = ranked.card.judgement.service
        if ranked.need == "employment" and service.kind == "coaching":
            told = f" ({service.duration})" if service.duration else ""
            why = f"once a job starts: ask for its support in the job{told}"
            return {"service_id": service.id, "why": why}
    return None
