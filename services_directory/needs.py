"""Which needs a case has. The vocabulary says which id brings which need; here they are put together.

``work`` in the vocabulary means *whichever of the two work needs fits*: keeping the job for a patient
who has one, finding work for one who has none, both while that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from services_directory.case import FLAG_KEYS, Case
from services_directory.vocabulary import Term, Vocabulary

LASTING = ("long_term_physical", "musculoskeletal", "neurodevelopmental", "severe_mental_illness")
WITH_A_JOB = ("in_work", "in_work_struggling", "off_sick")


@dataclass(frozen=True)
class CaseNeeds:
    """The needs of a case: ``ordered`` as a plan meets them, ``urgent`` those before employment.

    ``new_trade``: the patient is well enough in a job and wants another.
    """

    ordered: tuple[str, ...]
    urgent: frozenset[str]
    new_trade: bool = False


def needs_of(case: Case, words: Vocabulary) -> CaseNeeds:
    """Return the needs that the sure and the possible facts of ``case`` bring.

    A goal of ``not_now`` removes the work needs; hardship and safety come first.
    """
    found: set[str] = set()
    urgent: set[str] = set()
    for term in _terms(case, words):
        for need in term.needs:
            found.update(_resolve(need, case))
            if term.urgent:
                urgent.update(_resolve(need, case))
    if case.work_status == "in_work" and any(
        words.terms["conditions"][i].group in LASTING for i in case.conditions
    ):
        # Who works with a lasting condition may need Access to Work, threatened or not (R36).
        found.add("job_retention")
    if case.goal == "not_now":
        found -= words.work_needs
        urgent -= words.work_needs
    new_trade = case.goal == "change_job" and case.work_status == "in_work"
    rest = [need for need in words.needs if need in found and need not in urgent]
    if new_trade and case.job_at_risk is not True and "employment" in rest:
        # The job is held safely enough; the next one is what was asked for.
        rest.sort(key=lambda need: need != "employment")
    ordered = [need for need in words.needs if need in urgent] + rest
    return CaseNeeds(tuple(ordered), frozenset(urgent), new_trade)


def _terms(case: Case, words: Vocabulary) -> list[Term]:
    terms = []
    for key in ("work_status", "goal"):
        value = getattr(case, key)
        if value is not None:
            terms.append(words.terms[key][value])
    for key in ("conditions", "barriers", "benefit_issues"):
        terms += [words.terms[key][value] for value in getattr(case, key)]
    terms += [words.terms["flags"][key] for key in FLAG_KEYS if getattr(case, key) is True]
    return terms


def _resolve(need: str, case: Case) -> tuple[str, ...]:
    if need != "work":
        return (need,)
    if case.work_status in WITH_A_JOB or case.has_job_offer:
        return ("job_retention",)
    if case.work_status is None:
        return ("job_retention", "employment")
    return ("employment",)
