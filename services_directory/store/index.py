"""What of an entry a database can compare with a case, so that most entries need no judging.

Everything here errs on one side: an entry may be picked in vain, never left out in error. It rests on one
property of three-valued logic: a criterion that fails on one known fact alone still fails when more is
known. So each entry is run, once, on every single fact that a case could hold, and the facts on which it
fails are kept as bits: ``blocked``. For a gate, which must be *met*, the bits are those of the facts of
which at least one has to be said: ``openers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import inf

from services_directory.case import FLAG_KEYS, LIST_KEYS, Case
from services_directory.eligibility import INFERRED_FLAGS
from services_directory.model import AllOf, Expression, Is, Not, Service, State, facts_of
from services_directory.vocabulary import Vocabulary

Fact = tuple[str, object]
"""A key of the case and one value; of ``in_programme`` only ``none`` or ``INSIDE``."""

INSIDE = "inside"
SINGLE_KEYS = ("work_status", "goal", "sex")
# Facts share one whole number a group; a database's numbers have 63 bits without the sign.
GROUPS: tuple[tuple[str, ...], ...] = (
    (*SINGLE_KEYS, *FLAG_KEYS, "in_programme", "benefits", "benefit_issues", "employment_type"),
    ("conditions",),
    ("barriers",),
)
BITS = 63
NEVER = (date.max.toordinal(), date.min.toordinal())

Masks = tuple[int, int, int]
"""One number a group of ``GROUPS``: a bit for each fact."""


@dataclass(frozen=True)
class EntryIndex:
    """What is stored of an entry, to be compared with a case.

    It can be referred to from ``first_day`` to ``last_day`` (ordinals of dates); it serves ``needs`` (a
    mask); it fails on any fact of ``blocked``, and outside ``ages``; ``openers``: it is offered only
    where one of these was said (``None``: no such condition).
    """

    first_day: int
    last_day: int
    needs: int
    blocked: Masks
    ages: tuple[float, float]
    openers: Masks | None


@dataclass(frozen=True)
class CaseIndex:
    """What is known of a case: ``sure`` facts, and all that were ``said``, the merely possible too."""

    sure: Masks
    said: Masks


@dataclass(frozen=True)
class Indexer:
    """Makes the numbers of entries and cases; both sides need the same vocabulary."""

    words: Vocabulary
    _seen: dict[Expression, tuple[frozenset[Fact], tuple[float, float]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def bits(self) -> Mapping[Fact, tuple[int, int]]:
        """The group and bit of each fact. Facts beyond the bits of a group are not indexed."""
        return {
            fact: (group, 1 << bit)
            for group, keys in enumerate(GROUPS)
            for bit, fact in enumerate(f for key in keys for f in self._facts(key))
            if bit < BITS
        }

    def _facts(self, key: str) -> list[Fact]:
        if key in FLAG_KEYS:
            return [(key, True), (key, False)]
        if key == "in_programme":
            return [(key, "none"), (key, INSIDE)]
        return [(key, value) for value in self.words.terms[key]]

    def masks(self, facts: Iterable[Fact]) -> Masks:
        """Return the bits of ``facts``."""
        found = [0] * len(GROUPS)
        for fact in facts:
            group, bit = self.bits.get(fact, (0, 0))
            found[group] |= bit
        return (found[0], found[1], found[2])

    def needs(self, needs: Iterable[str]) -> int:
        """Return the bits of ``needs``."""
        return sum(1 << self.words.needs.index(need) for need in set(needs))

    def of_case(self, case: Case) -> CaseIndex:
        """Return what is known of ``case``."""
        said: list[Fact] = [(key, v) for key in LIST_KEYS for v in getattr(case, key)]
        said += [
            (key, value)
            for key in (*SINGLE_KEYS, *FLAG_KEYS)
            if (value := getattr(case, key)) is not None
        ]
        sure = [(k, v) for k, v in said if not (isinstance(v, str) and case.is_uncertain(k, v))]
        programme = case.in_programme
        if programme is not None:
            fact = ("in_programme", "none" if programme == "none" else INSIDE)
            said.append(fact)
            if not case.is_uncertain("in_programme", programme):
                sure.append(fact)
        return CaseIndex(self.masks(sure), self.masks(said))

    def of_entry(self, service: Service) -> EntryIndex:
        """Return what is stored of ``service``."""
        blocked: set[Fact] = set()
        ages = (-inf, inf)
        openers: frozenset[Fact] | None = None
        for criterion in service.criteria:
            if criterion.by_provider:
                continue
            if criterion.gate:
                opens = self._openers(criterion.expression)
                if opens is not None and (openers is None or len(opens) < len(openers)):
                    openers = opens
            if criterion.expression is not None:
                facts, between = self._failing(criterion.expression)
                blocked |= facts
                ages = (max(ages[0], between[0]), min(ages[1], between[1]))
        first, last = days_open(service)
        return EntryIndex(
            first_day=first,
            last_day=last,
            needs=self.needs(service.needs),
            blocked=self.masks(blocked),
            ages=ages,
            openers=None if openers is None else self.masks(openers),
        )

    def _failing(self, expression: Expression) -> tuple[frozenset[Fact], tuple[float, float]]:
        """Return the facts on which ``expression`` fails, and the ages outside which it does."""
        # Entries of one programme share their rules, so each is run once.
        if expression not in self._seen:
            facts = frozenset(
                fact
                for fact in self.bits
                if run(expression, lambda asked, fact=fact: _given(asked, fact)) == "not_met"  # type: ignore[misc]
            )
            self._seen[expression] = (facts, _ages(expression))
        return self._seen[expression]

    def _openers(self, expression: Expression | None) -> frozenset[Fact] | None:
        """Return facts of which ``expression`` needs at least one to be met; ``None``: not known."""
        if expression is None:
            return frozenset()
        if isinstance(expression, Not):
            return None
        if isinstance(expression, Is):
            return self._openers_of_fact(expression)
        parts = [self._openers(part) for part in expression.parts]
        if isinstance(expression, AllOf):
            return min((part for part in parts if part is not None), key=len, default=None)
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None

    def _openers_of_fact(self, fact: Is) -> frozenset[Fact] | None:
        if fact.key not in {key for keys in GROUPS for key in keys}:
            return None
        if fact.key in INFERRED_FLAGS and False in fact.values:
            return None
        if fact.any_value:
            found = self._facts(fact.key)
        elif fact.key == "in_programme":
            found = [(fact.key, "none" if v == "none" else INSIDE) for v in fact.values]
        else:
            found = [(fact.key, value) for value in fact.values]
        return frozenset(found) if all(f in self.bits for f in found) else None


def run(expression: Expression, of_fact: Callable[[Is], State]) -> State:
    """Return the state of ``expression`` where ``of_fact`` gives that of each fact (see ``eligibility``)."""
    if isinstance(expression, Is):
        return of_fact(expression)
    if isinstance(expression, Not):
        inner = run(expression.part, of_fact)
        return "unknown" if inner == "unknown" else "not_met" if inner == "met" else "met"
    states = {run(part, of_fact) for part in expression.parts}
    decisive: State = "not_met" if isinstance(expression, AllOf) else "met"
    if decisive in states:
        return decisive
    if "unknown" in states:
        return "unknown"
    return "met" if isinstance(expression, AllOf) else "not_met"


def _given(asked: Is, fact: Fact) -> State:
    """Return the state of ``asked`` where ``fact`` is all that is known, and more may be added."""
    key, value = fact
    if asked.key != key:
        return "unknown"
    if key in LIST_KEYS:
        # What else is in the list can still meet it, so one id never fails it.
        any_id = asked.any_value and (key, value) != ("benefits", "none")
        return "met" if any_id or value in asked.values else "unknown"
    if key == "in_programme":
        if value == "none":
            return "met" if "none" in asked.values else "not_met"
        if asked.any_value:
            return "met"
        return "not_met" if asked.values <= {"none"} else "unknown"
    return "met" if asked.any_value or value in asked.values else "not_met"


def _ages(expression: Expression) -> tuple[float, float]:
    """Return the ages outside which ``expression`` fails, whatever else is known."""
    ends = sorted({e for f in _facts(expression, "age") for e in (f.low, f.high) if e is not None})
    if not ends:
        return (-inf, inf)
    # Between two neighbouring ends nothing changes, so one age stands for all.
    stretches = [(-inf, ends[0] - 1, ends[0])]
    stretches += [(end, end, end) for end in ends]
    stretches += [(a, (a + b) / 2, b) for a, b in pairwise(ends)]
    stretches.append((ends[-1], ends[-1] + 1, inf))
    left = [
        (low, high)
        for low, age, high in stretches
        if run(expression, lambda asked, age=age: _given_age(asked, age)) != "not_met"  # type: ignore[misc]
    ]
    return (min((low for low, _ in left), default=inf), max((h for _, h in left), default=-inf))


def _given_age(asked: Is, age: float) -> State:
    if asked.key != "age":
        return "unknown"
    if asked.low is None and asked.high is None:
        return "unknown"
    above = asked.low is None or age >= asked.low
    if above and (asked.high is None or age <= asked.high):
        return "met"
    return "unknown" if asked.beyond_unknown else "not_met"


def _facts(expression: Expression, key: str) -> Iterable[Is]:
    return (fact for fact in facts_of(expression) if fact.key == key)


def days_open(service: Service) -> tuple[int, int]:
    """Return the first and last day on which ``service`` can be referred to, as ordinals of dates.

    The same as ``status.status_on(service, day).referable``; first after last where there is none.
    """
    ends = [d for d in (service.valid_to, service.referrals_close_on) if d is not None]
    begins = [service.valid_from] if service.valid_from is not None else []
    usable = (
        service.status in ("open", "unverified")
        or (service.status in ("closed", "ended") and bool(ends))
        or (service.status == "planned" and bool(begins))
    )
    if not usable:
        # Out of use as written, until the day from which nobody knows.
        if service.unverified_from is None:
            return NEVER
        begins.append(service.unverified_from)
    first = max(begins, default=date.min)
    last = min(ends, default=date.max)
    return first.toordinal(), last.toordinal()
