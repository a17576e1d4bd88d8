"""Which question is worth asking next, if any: computed from the directory, never written down.

A key is asked only if some answer to it would change the first three cards, or move a card for one of
the patient's present needs between the items and the rejected (contract, section 5). Of those, the one
whose answers are expected to change most comes first. Only entries that read the key are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services_directory.areas import ROOT
from services_directory.assessment import Assessment, assess
from services_directory.case import FLAG_KEYS, LIST_KEYS, NUMBER_KEYS, NUMBER_LIMITS, Case
from services_directory.directory import Directory, Distinctions
from services_directory.eligibility import Judgement, judge_again, reads
from services_directory.folding import fold
from services_directory.needs import WITH_A_JOB, needs_of
from services_directory.programmes import programme_ids
from services_directory.question_texts import (
    QuestionText,
    question_message,
    question_texts,
)
from services_directory.ranking import Standings, rank

MAX_QUESTIONS = 3
FIRST_CARDS = 3
# Keys of which the needs of a case are made: an answer can bring or take a need.
NEED_KEYS = ("work_status", "goal", "conditions", "barriers", "benefit_issues", "has_job_offer")
# From this age on most people claim benefits for themselves.
BENEFITS_FROM = 18
# Below this a question costs the consultation more than its answers are expected to change.
MIN_WORTH = 0.25
# What the last question must be worth: patience runs out, so twice as much.
LAST_WORTH = 2 * MIN_WORTH
# A changed place among the first three cards counts as much as this many cards moved further down.
TOP_WEIGHT = 2.0

# The place decides between more entries than anything else: where it changes the cards, and always in a
# wide directory (`directory.WIDE_FROM`), it comes before all but the work status.
PLACE_WORTH = 500.0


@dataclass(frozen=True)
class Worth:
    """How much a question is expected to change: ``expected`` (0: nothing) over its answers."""

    slot: str
    expected: float


def next_question(
    case: Case,
    day: date,
    directory: Directory,
    *,
    asked: Iterable[str] = (),
    about: Iterable[str] = (),
) -> dict[str, Any] | None:
    """Return the ``question`` message to ask next, or ``None`` when none could change the answer.

    ``asked``: slots already asked in this consultation. They count towards ``MAX_QUESTIONS``, and are not
    asked again but for the place, which is asked once more where it was not answered at all.
    ``about``: services the clinician named; what they still need to know comes first.
    """
    already = tuple(asked)
    if len(already) >= MAX_QUESTIONS:
        return None
    # Nothing decides between as many entries as the place: what was answered about something else is
    # asked once more.
    again = "area" if already.count("area") == 1 else None
    skip = [slot for slot in already if slot != again]
    ranked = worths(case, day, directory, skip=skip, about=about)
    is_last = len(already) == MAX_QUESTIONS - 1
    if not ranked or (is_last and ranked[0].expected < LAST_WORTH):
        return None
    return question_message(ranked[0].slot, directory, day)


def worths(
    case: Case,
    day: date,
    directory: Directory,
    *,
    skip: Iterable[str] = (),
    about: Iterable[str] = (),
) -> list[Worth]:
    """Return every askable question with its worth, the most worthwhile first."""
    current = assess(case, day, directory, "questions")
    named = [current.judgements[i] for i in about if i in directory.services]
    wanted = {
        key
        for judgement in named
        if judgement.verdict == "possible"
        for key in _unknown_keys_of(judgement)
    }
    found = []
    # Most entries stand as before whatever the answer.
    standings = Standings(directory.areas, day)
    for slot, asked in question_texts().items():
        if slot in skip or case.settled(slot) or not _may_be_asked(slot, case):
            continue
        expected = _expected_change(asked, current, directory, standings)
        if expected < MIN_WORTH and not (slot == "area" and directory.is_wide):
            continue
        if slot == "area":
            expected = PLACE_WORTH
        # Work status is what every clinician is asked to record: it comes first (R01).
        if slot == "work_status":
            expected += 1000
        if slot in wanted:
            expected += 100
        found.append(Worth(slot, expected))
    order = list(question_texts())
    return sorted(found, key=lambda worth: (-worth.expected, order.index(worth.slot)))


def _may_be_asked(slot: str, case: Case) -> bool:
    """Leave out questions that make no sense for what is known."""
    if slot in ("absence_weeks",):
        return case.work_status == "off_sick"
    if slot == "job_at_risk":
        return case.work_status in ("in_work_struggling", "off_sick")
    if slot == "employment_type":
        return case.work_status in ("in_work", "in_work_struggling", "off_sick")
    if slot == "out_of_work_months" and case.never_worked is True:
        return False
    if slot in ("has_job_offer", "out_of_work_months", "never_worked"):
        return case.work_status in (
            "unemployed",
            "economically_inactive",
            "student",
            "volunteering",
        )
    if slot == "goal":
        return case.work_status != "retired"
    if slot in ("benefits", "benefit_issues") and _too_young_for_benefits(case):
        return False
    if slot == "uc_months":
        return any(b in ("uc", "uc_lcw", "uc_lcwra") for b in case.benefits)
    if slot == "benefit_issues":
        # A problem with a benefit takes a benefit: who has a job is asked once one was named.
        named = set(case.benefits) - {"none", "ssp"}
        without = (*WITH_A_JOB, "retired")
        return bool(named) or (not case.benefits and case.work_status not in without)
    if slot == "pregnant_or_postnatal":
        return not case.cannot_be_pregnant
    return True


def _too_young_for_benefits(case: Case) -> bool:
    """Say whether few patients of that age have a benefit of their own.

    Universal Credit begins at 18, with exceptions (england.shelter.org.uk, who can claim universal credit).
    """
    return case.age is not None and case.age < BENEFITS_FROM and not case.benefits


def _unknown_keys_of(judgement: Judgement) -> set[str]:
    return {
        key
        for outcome in judgement.outcomes
        if outcome.state == "unknown"
        for key in outcome.criterion.keys
    }


def _reads(judgement: Judgement, slot: str) -> bool:
    service = judgement.service
    return ROOT not in service.areas if slot == "area" else reads(service, slot)


def _expected_change(
    asked: QuestionText, current: Assessment, directory: Directory, standings: Standings
) -> float:
    readers = [j for j in current.judgements.values() if _reads(j, asked.slot)]
    if not readers and asked.slot not in NEED_KEYS:
        return 0.0
    answers = list(_answers(asked, current.case, directory))
    listed = sum(share for _, share in answers if share is not None)
    rest = sum(1 for _, share in answers if share is None)
    spare = max(0.0, 1.0 - listed) / rest if rest else 0.0
    return sum(
        (share if share is not None else spare)
        * _change(answer, asked.slot, current, readers, directory, standings)
        for answer, share in answers
    )


def _change(
    answered: Case,
    slot: str,
    current: Assessment,
    readers: list[Judgement],
    directory: Directory,
    standings: Standings,
) -> float:
    """Return how much the answer that makes the case ``answered`` would change what is shown."""
    needs = needs_of(answered, directory.words) if slot in NEED_KEYS else current.needs
    others = None if needs == current.needs else needs
    touched = readers if others is None else list(current.judgements.values())
    judged = [judge_again(before, slot, answered, others, directory) for before in touched]
    if others is None and not any(
        (after.offered or before.offered)
        and (after.verdict, after.gate_shut, after.fits_as_said)
        != (before.verdict, before.gate_shut, before.fits_as_said)
        for after, before in zip(judged, touched, strict=True)
    ):
        return 0.0
    judgements = dict(current.judgements)
    judgements.update((j.service.id, j) for j in judged)
    offered = [j for j in judgements.values() if j.offered]
    cards = fold(offered, directory.areas)
    top = rank(cards, needs, directory.words, standings, FIRST_CARDS)
    first = [r.card.id for r in current.ranked[:FIRST_CARDS]]
    then = [r.card.id for r in top]
    replaced = len(set(then) ^ set(first)) / 2 if first or then else 0.0
    if not replaced and then != first:
        replaced = 0.5
    present = frozenset(current.needs.ordered)
    moved = sum(
        1
        for i in current.shown_ids.symmetric_difference(j.service.id for j in offered)
        if not present.isdisjoint(judgements[i].service.needs)
    )
    return TOP_WEIGHT * replaced + moved


def _answers(
    asked: QuestionText, case: Case, directory: Directory
) -> Iterable[tuple[Case, float | None]]:
    """Yield each answer as the case it would make, with its share (``None``: not listed)."""
    slot, likely = asked.slot, asked.likely
    named = directory.distinctions.get(slot, Distinctions())

    def told(value: Any, **more: Any) -> Case:
        changes: dict[str, Any] = {slot: value, **more}
        return replace(case, **changes)

    if slot in FLAG_KEYS:
        for flag in (True, False):
            yield told(flag), likely.get(flag)
    elif slot in NUMBER_KEYS:
        for number, share in _telling_numbers(slot, named, likely):
            yield told(number), share
    elif slot in LIST_KEYS:
        complete = {**case.answered, slot: "complete"}
        yield told(("none",) if slot == "benefits" else (), answered=complete), likely.get("none")
        for one in _telling_ids(slot, named, asked, directory):
            if one != "none" and one not in case.ruled_out.get(slot, ()):
                yield told((one,)), likely.get(one)
    elif slot == "in_programme":
        yield told("none"), likely.get("none")
        for programme in sorted(programme_ids(directory)):
            yield told(programme), None
    else:
        for value in asked.options or tuple(directory.words.terms[slot]):
            yield told(value), likely.get(value)


def _telling_numbers(
    slot: str, named: Distinctions, likely: Mapping[int, float]
) -> list[tuple[float, float]]:
    """Return one number of each stretch between the limits that entries set, with its share."""
    edges = sorted({NUMBER_LIMITS[slot][0], *named.limits})
    return [
        (float(low), _share_between(low, high, slot, likely))
        for low, high in zip(edges, [*edges[1:], NUMBER_LIMITS[slot][1]], strict=True)
    ]


def _share_between(low: float, high: float, slot: str, likely: Mapping[int, float]) -> float:
    """Return the share of patients from ``low`` to ``high``, spread evenly within each stretch."""
    starts = sorted(likely)
    total = 0.0
    for start, end in zip(starts, [*starts[1:], NUMBER_LIMITS[slot][1]], strict=True):
        overlap = max(0.0, min(high, end) - max(low, start))
        total += likely[start] * overlap / (end - start)
    return total


def _telling_ids(
    slot: str, named: Distinctions, asked: QuestionText, directory: Directory
) -> list[str]:
    """Return ids that some entry tells apart, and those offered as options."""
    known = directory.words.terms[slot]
    ids = [str(i) for i in asked.options or known]
    return [i for i in dict.fromkeys((*ids, *named.ids)) if i in known]
