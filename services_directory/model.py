"""The directory's model: what a service entry says, as plain frozen data.

The idea of the whole product stands here. **A service entry is a small program that anyone can read.**
Its ``criteria`` are expressions over the keys of the patient case; running them on a case gives a
verdict with a reason for each criterion; what they cannot settle tells which question is worth asking.
Nothing here knows how an entry is stored (``loading``), how it is judged (``eligibility``), or how the
judged entries are put in order (``ranking``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

Status = Literal["open", "paused", "planned", "closed", "ended", "unverified"]
Confidence = Literal["high", "medium", "low"]
State = Literal["met", "not_met", "unknown"]
Verdict = Literal["eligible", "possible", "not_eligible", "not_referable"]
Voluntary = Literal["yes", "no", "after_referral_mandatory", "not_known"]
TellsDwp = Literal["yes", "no", "not_known"]
Kind = Literal["crisis", "coaching", "treatment", "training", "grant", "advice", "information"]
WayIn = Literal["known", "unconfirmed", "not_known"]
# The best first.
WAYS_IN: tuple[WayIn, ...] = ("known", "unconfirmed", "not_known")
# Routes of which it depends on the patient whether they can be taken (``ways_in``).
WAYS_FOR_SOME = frozenset(
    {"jobcentre", "employer", "programme_keyworker", "outreach", "secondary_care"}
)

# What a service does with a patient. `coaching`: somebody works alongside over weeks; `advice`: somebody
# answers; `information`: the patient reads or fills in; `grant`: money or goods.
KINDS: tuple[Kind, ...] = (
    "crisis",
    "coaching",
    "treatment",
    "training",
    "grant",
    "advice",
    "information",
)
VERDICTS: tuple[Verdict, ...] = ("eligible", "possible", "not_eligible", "not_referable")
STATUSES: tuple[Status, ...] = ("open", "paused", "planned", "closed", "ended", "unverified")
REFERABLE: tuple[Status, ...] = ("open", "unverified")
ROUTES = (
    "clinician_form",
    "clinician_letter",
    "self_referral",
    "phone",
    "jobcentre",
    "secondary_care",
    "social_care",
    "programme_keyworker",
    "employer",
    "outreach",
)
# Routes whose way in is somebody whom the patient already sees: they need no address of their own.
THROUGH_OTHERS = ("jobcentre", "secondary_care", "social_care", "programme_keyworker")
# How a referral reaches the receiver. `by_hand`: whoever refers sends it, by the route's own way in.
CHANNELS = ("by_hand", "email", "fhir", "web_api")
ROLES = ("gp", "nurse", "ahp", "link_worker", "reception")
# Who else may start a referral, besides the roles of a practice.
OTHER_REFERRERS = (
    "patient",
    "work_coach",
    "care_team",
    "social_worker",
    "keyworker",
    "employer",
    "school",
    "community",
    "probation",
)


@dataclass(frozen=True)
class Is:
    """A fact: the case's ``key`` holds one of ``values``.

    For lists one shared id is enough; ``any_value`` means "any id at all". For numbers ``low``
    and ``high`` bound it (both included); with ``beyond_unknown`` a number outside them is not refused,
    but unknown: the source gives no limit. For flags ``values`` is ``{True}`` or ``{False}``.
    """

    key: str
    values: frozenset[Any] = frozenset()
    any_value: bool = False
    low: float | None = None
    high: float | None = None
    beyond_unknown: bool = False


@dataclass(frozen=True)
class AllOf:
    """Every part is met."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part is met."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    """The part is not met."""

    part: Expression


Expression = Is | AllOf | AnyOf | Not


def facts_of(expression: Expression | None) -> tuple[Is, ...]:
    """Return the single facts that ``expression`` is made of, in the order in which they are written."""
    if expression is None:
        return ()
    if isinstance(expression, Is):
        return (expression,)
    if isinstance(expression, Not):
        return facts_of(expression.part)
    return tuple(fact for part in expression.parts for fact in facts_of(part))


@dataclass(frozen=True)
class Criterion:
    """One rule of an entry, in plain words (``says``) and as an ``expression``, with its source.

    ``gate``: must be said before the service is offered at all. ``by_provider``: no consultation can
    settle it; it is shown and leaves the verdict alone (``expression`` is then ``None``).
    """

    id: str
    says: str
    source: str
    expression: Expression | None
    gate: bool = False
    by_provider: bool = False

    @cached_property
    def facts(self) -> tuple[Is, ...]:
        """The single facts that it is made of."""
        return facts_of(self.expression)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the case that it reads."""
        return frozenset(fact.key for fact in self.facts)

    @cached_property
    def limiting_keys(self) -> frozenset[str]:
        """The keys of which some value is refused: those that the service was made for."""
        return frozenset(fact.key for fact in self.facts if not fact.beyond_unknown)


@dataclass(frozen=True)
class FormField:
    """One field of the receiver's form.

    ``fill``: the case keys whose words fill it, in order (empty: the clinician or patient fills it).
    ``identifier``: it names the patient and is never filled from the case. ``allowed``: the only values
    that the receiver takes (empty: any words).
    """

    name: str
    label: str
    fill: tuple[str, ...] = ()
    required: bool = False
    identifier: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """How the product itself hands a referral over: one of ``CHANNELS``, and the ``address`` it goes to.

    ``by_hand`` has no address: whoever refers sends it.
    """

    channel: str = "by_hand"
    address: str = ""


@dataclass(frozen=True)
class Route:
    """One way into a service: how, who may start it, and how well the way is known.

    ``may_include``: keys of the case that this receiver may have although it would not by its kind (the
    conditions, for a Jobcentre that runs the service's own clinic). ``reply_within_days``: by when the
    receiver says that it answers; the service's own where ``None``. ``at_practice``: the way in is the
    practice's own reception, so no address is held.
    """

    route: str
    who: tuple[str, ...]
    how: str
    way_in: WayIn
    source: str = ""
    web: str | None = None
    phone: str | None = None
    email: str | None = None
    form: tuple[FormField, ...] = ()
    never_include: tuple[str, ...] = ()
    may_include: tuple[str, ...] = ()
    delivery: Delivery | None = None
    reply_within_days: int | None = None
    at_practice: bool = False

    @property
    def contact(self) -> str:
        """Where it leads, in a line: telephone, web and e-mail, or the practice's own reception."""
        own = "the practice's own reception" if self.at_practice else None
        return ", ".join(x for x in (own, self.phone, self.web, self.email) if x)


@dataclass(frozen=True)
class ConsentWords:
    """What is read aloud before a patient agrees: one sentence (``says``), and what taking part may mean for
    benefits (``benefits``). Empty: not known."""

    says: str = ""
    benefits: str = ""


@dataclass(frozen=True)
class Source:
    """Where a fact comes from. ``cite`` is readable; ``dated`` is the day of the page, if known."""

    id: str
    cite: str
    dated: date | None = None


@dataclass(frozen=True)
class Evidence:
    """A figure about a service, never shown without its date, cohort and source."""

    figure: str
    cohort: str
    source: str


@dataclass(frozen=True)
class Persona:
    """An invented patient who shows what an entry does: the ``case`` (contract, section 1) and the verdict.

    ``as_of``: the day it is judged on; ``None`` means the day of the check.
    """

    name: str
    case: Mapping[str, Any]
    verdict: Verdict
    as_of: date | None = None


@dataclass(frozen=True)
class Pause:
    """Taken out of the recommendations from ``on`` to ``until``, both included, by a ``role``, with a reason.

    No part of an entry's file: it is laid over the entry where the directory is loaded (``keeping.overlay``).
    """

    on: date
    until: date
    because: str
    role: str


@dataclass(frozen=True)
class Service:
    """One entry of the directory. ``None`` and empty mean *not found*, never *no*."""

    id: str
    name: str
    areas: tuple[str, ...]
    needs: tuple[str, ...]
    kind: Kind
    status: Status
    confidence: Confidence
    sources: tuple[Source, ...]
    aliases: tuple[str, ...] = ()
    programme: str | None = None
    comes_with: str | None = None
    provider: str | None = None
    commissioner: str | None = None
    offers: str = ""
    area_rule: Literal["lives_in", "registered_in", "lives_or_registered"] = "lives_in"
    criteria: tuple[Criterion, ...] = ()
    routes: tuple[Route, ...] = ()
    valid_from: date | None = None
    referrals_close_on: date | None = None
    valid_to: date | None = None
    unverified_from: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    voluntary: Voluntary = "not_known"
    tells_dwp: TellsDwp = "not_known"
    source_date: date | None = None
    verified_on: date | None = None
    verified_by_role: str | None = None
    duration: str | None = None
    capacity: str | None = None
    cost: str | None = None
    hours: str | None = None
    languages: str | None = None
    cautions: tuple[str, ...] = ()
    consent: ConsentWords | None = None
    reply_within_days: int | None = None
    evidence: tuple[Evidence, ...] = ()
    pauses: tuple[Pause, ...] = ()
    path: str = field(default="", compare=False)
    # What shows the entry to be right is no part of what it says.
    personas: tuple[Persona, ...] = field(default=(), compare=False)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the case that its criteria read (its own areas not counted)."""
        return frozenset().union(*(criterion.keys for criterion in self.criteria))

    @cached_property
    def cites(self) -> Mapping[str, str]:
        """The readable source of each source id."""
        return {source.id: source.cite for source in self.sources}

    @cached_property
    def has_ways_for_some(self) -> bool:
        """Whether a route is open only to some patients, or at hand for some (``ways_in``)."""
        return any(route.route in WAYS_FOR_SOME for route in self.routes)

    @cached_property
    def best_way_in(self) -> WayIn:
        """How well the best-known way into it is known; ``not_known`` without a route."""
        found = {route.way_in for route in self.routes}
        return next((way for way in WAYS_IN if way in found), "not_known")
