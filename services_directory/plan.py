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
    return steps
