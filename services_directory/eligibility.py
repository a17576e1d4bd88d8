"""Running an entry on a case: three-valued (Kleene) eligibility.

Each rule is ``met``, ``not_met`` or ``unknown``; unknown is never no. ``not_met`` beats ``unknown`` in
*all*, ``met`` beats it in *any*. Verdicts and the two special kinds of criteria follow the contract,
section 5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from services_directory.areas import ROOT, Areas
from services_directory.case import AREA_KEYS, LIST_KEYS, Case
from services_directory.directory import Directory
from services_directory.model import (
    AllOf,
    Criterion,
    Expression,
    Is,
    Not,
    Service,
    State,
    Verdict,
    WayIn,
)
from services_directory.needs import CaseNeeds
from services_directory.status import StatusOn, status_on
from services_directory.vocabulary import Vocabulary
from services_directory.ways_in import is_foremost, way_in

AREA_CRITERION = "area"
NEED_CRITERION = "need"

# Keys that count for an entry whose criteria do not name them.
_WITHOUT_CRITERION = frozenset((*AREA_KEYS, "in_programme"))


# Flags that are false by other facts alone, see `_state_of_fact`.
INFERRED_FLAGS = frozenset({"job_at_risk", "pregnant_or_postnatal"})
# What a fact about one key can settle of another that nobody spoke of.
_SETTLES = {
    "age": frozenset({"pregnant_or_postnatal"}),
    "sex": frozenset({"pregnant_or_postnatal"}),
    "work_status": frozenset({"job_at_risk"}),
}

# A patient who is with a service already is not referred to it again (seeds-digest, R40).
_ALREADY = Criterion(
    "not_already_with_it",
    "Not already with this service: ask its keyworker",
    "no second referral to a programme the patient is in",
    Not(Is("in_programme", any_value=True)),
)


@dataclass(frozen=True)
class Outcome:
    """One criterion on one case.

    ``as_said``: met as far as anything was said. Of a number that no source limits (``beyond_unknown``),
    nothing said speaks neither for nor against: it leaves the verdict *possible*, and costs no place.
    """

    criterion: Criterion
    state: State
    as_said: bool


@dataclass(frozen=True)
class Judgement:
    """One service on one case and day.

    ``gate_shut``: a gate is still unknown, so the service is not offered although it is ``possible``.
    ``served``: the needs of the case that it serves. ``way_in``: how well the best way in for this
    patient is known. ``foremost``: it comes before all others of its need (``ways_in.is_foremost``).
    """

    service: Service
    verdict: Verdict
    status: StatusOn
    outcomes: tuple[Outcome, ...]
    served: tuple[str, ...]
    gate_shut: bool
    way_in: WayIn
    foremost: bool = False

    @property
    def offered(self) -> bool:
        """Say whether it stands among the items."""
        return self.verdict in ("eligible", "possible") and not self.gate_shut

    @cached_property
    def fits_as_said(self) -> bool:
        """Say whether it is offered and nothing that was left unsaid could decide against it."""
        return self.offered and all(o.as_said or o.criterion.by_provider for o in self.outcomes)

    @cached_property
    def fitting(self) -> int:
        """How many facts of the patient its criteria ask for and find."""
        met = [o.criterion for o in self.outcomes if o.as_said and not o.criterion.by_provider]
        keys = frozenset().union(*(criterion.limiting_keys for criterion in met)) - {"area"}
        return len(keys)


def state_of(expression: Expression, case: Case, words: Vocabulary, tree: Areas) -> State:
    """Return whether ``expression`` is met by ``case``."""
    if isinstance(expression, Is):
        return _state_of_fact(expression, case, words, tree)
    if isinstance(expression, Not):
        inner = state_of(expression.part, case, words, tree)
        return {"met": "not_met", "not_met": "met", "unknown": "unknown"}[inner]  # type: ignore[return-value]
    decisive: State = "not_met" if isinstance(expression, AllOf) else "met"
    unknown = False
    for part in expression.parts:
        state = state_of(part, case, words, tree)
        if state == decisive:
            return decisive
        unknown = unknown or state == "unknown"
    if unknown:
        return "unknown"
    return "met" if isinstance(expression, AllOf) else "not_met"


def _state_of_fact(fact: Is, case: Case, words: Vocabulary, tree: Areas) -> State:
    key = fact.key
    if key in LIST_KEYS:
        return _state_of_list(fact, case, words)
    if key in ("area", "gp_area"):
        here = getattr(case, key)
        return _lives_in(here, fact.values, tree)
    value = getattr(case, key)
    if key == "job_at_risk" and value is None and case.work_status == "in_work":
        # By its definition: working, with no threat to the job said (contract, section 1).
        value = False
    if key == "pregnant_or_postnatal" and value is None and case.cannot_be_pregnant:
        value = False
    if value is None or (isinstance(value, str) and case.is_uncertain(key, value)):
        return "unknown"
    if key == "in_programme":
        inside = value != "none" and (fact.any_value or value in fact.values)
        return "met" if inside or (value == "none" and "none" in fact.values) else "not_met"
    if fact.low is not None or fact.high is not None:
        above = fact.low is None or value >= fact.low
        below = fact.high is None or value <= fact.high
        outside: State = "unknown" if fact.beyond_unknown else "not_met"
        return "met" if above and below else outside
    return "met" if fact.any_value or value in fact.values else "not_met"


def _state_of_list(fact: Is, case: Case, words: Vocabulary) -> State:
    said = getattr(case, fact.key)
    if fact.key == "benefits" and said == ("none",):
        return "met" if "none" in fact.values else "not_met"
    doubtful = False
    for value in said:
        if fact.any_value or value in fact.values:
            if not case.is_uncertain(fact.key, value):
                return "met"
            doubtful = True
    if doubtful:
        return "unknown"
    if case.answered.get(fact.key) == "complete":
        return "not_met"
    if fact.any_value:
        return "unknown"
    absent = set(case.ruled_out.get(fact.key, ()))
    terms = words.terms[fact.key]
    for value in said:
        # Siblings under one parent exclude each other: LCW is not LCWRA.
        parent = terms[value].parent
        if parent is not None:
            absent |= {t.id for t in terms.values() if t.parent == parent and t.id != value}
        absent |= set(terms[value].excludes)
        if fact.key == "benefits":
            absent.add("none")
    return "not_met" if fact.values <= absent else "unknown"


def _lives_in(here: str | None, wanted: frozenset[str], tree: Areas) -> State:
    if ROOT in wanted:
        return "met"
    if here is None:
        return "unknown"
    if any(tree.contains(area, here) for area in wanted):
        return "met"
    # "Manchester" alone may still be north Manchester.
    if any(tree.contains(here, area) for area in wanted):
        return "unknown"
    return "not_met"


def area_state(service: Service, case: Case, tree: Areas) -> State:
    """Return whether the patient lives in, or is registered in, an area that ``service`` serves."""
    wanted = frozenset(service.areas)
    lives = _lives_in(case.area, wanted, tree)
    if service.area_rule == "lives_in":
        return lives
    registered = _lives_in(case.gp_area, wanted, tree)
    if service.area_rule == "registered_in":
        # A practice that has not set its area is taken to lie where its patients live.
        return lives if case.gp_area is None else registered
    if "met" in (lives, registered):
        return "met"
    return lives if case.gp_area is None else ("unknown" if lives == "unknown" else "not_met")


def keys_settled_by(key: str) -> frozenset[str]:
    """Return ``key``, and the keys of which it can settle something that nobody spoke of."""
    return _SETTLES.get(key, frozenset()) | {key}


def reads(service: Service, key: str) -> bool:
    """Say whether a criterion of ``service`` may turn out differently once ``key`` is known."""
    return not keys_settled_by(key).isdisjoint(service.keys)


def judge(
    service: Service, case: Case, needs: CaseNeeds, day: date, directory: Directory
) -> Judgement:
    """Return the verdict on ``service`` for ``case`` on ``day``, with every criterion's state."""
    served = tuple(need for need in needs.ordered if need in service.needs)
    return _judgement(
        service, status_on(service, day), _outcomes(service, case, directory), served, case
    )


def judge_again(
    before: Judgement, key: str, case: Case, needs: CaseNeeds | None, directory: Directory
) -> Judgement:
    """Return the verdict for ``case`` from ``before``, the verdict for the same but for ``key``.

    The same as ``judge``; only what reads ``key`` is run again. ``needs``: ``None`` where they are as before.
    """
    service, served = before.service, before.served
    if needs is not None:
        served = tuple(need for need in needs.ordered if need in service.needs)
    if key in _WITHOUT_CRITERION:
        outcomes = _outcomes(service, case, directory)
        return _judgement(service, before.status, outcomes, served, case)
    outcomes = before.outcomes
    if reads(service, key):
        touched = keys_settled_by(key)
        outcomes = tuple(
            o if touched.isdisjoint(o.criterion.keys) else _outcome(o.criterion, case, directory)
            for o in outcomes
        )
    elif served == before.served and not service.has_ways_for_some:
        return before
    return _judgement(service, before.status, outcomes, served, case)


def _outcomes(service: Service, case: Case, directory: Directory) -> tuple[Outcome, ...]:
    outcomes = [_outcome(criterion, case, directory) for criterion in service.criteria]
    if _is_on(service, case, directory):
        outcomes.insert(0, Outcome(_ALREADY, "not_met", False))
    if ROOT not in service.areas:
        source = service.sources[0].id if service.sources else ""
        criterion = _area_criterion(
            service.area_rule,
            service.areas,
            tuple(directory.areas.label(area) for area in service.areas),
            source,
        )
        here = area_state(service, case, directory.areas)
        outcomes.insert(0, Outcome(criterion, here, here == "met"))
    return tuple(outcomes)


def _is_on(service: Service, case: Case, directory: Directory) -> bool:
    """Say whether the patient is in ``service``, or in another entry of the same programme."""
    if case.in_programme in (None, "none"):
        return False
    if case.in_programme == service.id:
        return True
    other = directory.services.get(str(case.in_programme)) if service.programme else None
    return other is not None and other.programme == service.programme


def _outcome(criterion: Criterion, case: Case, directory: Directory) -> Outcome:
    if criterion.expression is None:
        return Outcome(criterion, "unknown", False)
    state = state_of(criterion.expression, case, directory.words, directory.areas)
    if state != "unknown" or criterion.keys == criterion.limiting_keys:
        return Outcome(criterion, state, state == "met")
    lenient = _without_unlimited(criterion.expression, case)
    as_said = state_of(lenient, case, directory.words, directory.areas)
    return Outcome(criterion, state, as_said == "met")


def _without_unlimited(expression: Expression, case: Case) -> Expression:
    """Return ``expression`` with each number that no source limits, and nobody said, as met."""
    if isinstance(expression, Is):
        unsaid = expression.beyond_unknown and getattr(case, expression.key) is None
        return AllOf(()) if unsaid else expression
    if isinstance(expression, Not):
        return Not(_without_unlimited(expression.part, case))
    return replace(
        expression, parts=tuple(_without_unlimited(part, case) for part in expression.parts)
    )


@lru_cache(maxsize=4096)
def _area_criterion(
    area_rule: str, areas: tuple[str, ...], labels: tuple[str, ...], source: str
) -> Criterion:
    names = " or ".join(labels)
    says = {
        "lives_in": f"Lives in {names}",
        "registered_in": f"Is registered with a practice in {names}",
        "lives_or_registered": f"Lives in {names}, or is registered with a practice there",
    }[area_rule]
    return Criterion(AREA_CRITERION, says, source, Is("area", frozenset(areas)))


def _judgement(
    service: Service,
    status: StatusOn,
    outcomes: tuple[Outcome, ...],
    served: tuple[str, ...],
    case: Case,
) -> Judgement:
    unknown = unmet = gate_shut = False
    for outcome in outcomes:
        if outcome.criterion.by_provider:
            continue
        if outcome.state == "unknown":
            unknown = True
            gate_shut = gate_shut or outcome.criterion.gate
        elif outcome.state == "not_met":
            unmet = True
    verdict: Verdict
    if not status.referable:
        verdict = "not_referable"
    elif not served or unmet:
        verdict = "not_eligible"
    elif unknown:
        verdict = "possible"
    else:
        verdict = "eligible"
    return Judgement(
        service,
        verdict,
        status,
        outcomes,
        served,
        gate_shut,
        way_in(service, case),
        is_foremost(service, case),
    )
