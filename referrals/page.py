"""What a document is made from, reduced to what its reader may have.

``DocumentInput`` is everything known about one referral; ``page_for`` reduces it to the ``Page`` of one kind
of document. The writers in ``artefacts`` see pages only, so they cannot print what they never get.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from referrals.filling import FilledField, filled, with_edits
from referrals.forms import EMPLOYER_KINDS, FUNCTIONAL_KINDS, form_of
from referrals.model import Consent, Fact
from referrals.service_words import is_about_work
from referrals.shareable import (
    FOR_EMPLOYERS,
    FUNCTIONAL_BARRIERS,
    asks_about,
    functional,
    shareable,
    with_confirmed,
)
from services_directory.case import Case
from services_directory.model import Route, Service
from services_directory.practice import PracticeSettings

NOTHING: frozenset[Fact] = frozenset()
# Switched on like any other sensitive fact, as ("safety", category).
SAFETY_KEY = "safety"
# Papers that the patient carries and that name no condition unless the patient agreed.
CARRIED_KINDS = FUNCTIONAL_KINDS | EMPLOYER_KINDS


@dataclass(frozen=True)
class DocumentInput:
    """One referral, as its documents are made from it.

    ``kind`` is the artefact of the route (contract, section 5); ``case`` the whole case, uncertain facts
    too; ``said`` the clinician's words by ``key`` or ``key:value``; ``edits`` the values typed over the
    form's, by field name. Off unless named: ``included`` sensitive facts, ``confirmed`` uncertain ones,
    ``agreed`` keys that a Jobcentre, programme or employer may have (each needs the entry's leave too).
    ``safety`` holds the categories raised (contract, section 6). ``agreement`` and ``signed_by`` (a role,
    with or without a name) are known once the patient agreed and somebody signed.
    """

    kind: str
    reference: str
    service: Service
    route: Route
    case: Case
    practice: PracticeSettings
    today: date
    said: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, str] = field(default_factory=dict)
    included: frozenset[Fact] = NOTHING
    confirmed: frozenset[Fact] = NOTHING
    agreed: frozenset[str] = frozenset()
    safety: tuple[str, ...] = ()
    to_sign: str = ""
    internal: bool = False
    agreement: Consent | None = None
    signed_by: str = ""
    sent: bool = False


@dataclass(frozen=True)
class Page:
    """All that one document is made from.

    ``case`` holds only what this document may say. ``to_sign`` names who has to sign, if the person who
    asked may not. ``ill`` says only *that* health matters here, for readers who get no more. ``safety``:
    the categories that were switched on; ``agreement`` is the one that stands, if any does.
    """

    kind: str
    service: Service
    route: Route
    fields: tuple[FilledField, ...]
    case: Case
    practice: PracticeSettings
    today: date
    reference: str
    to_sign: str = ""
    ill: bool = False
    internal: bool = False
    safety: tuple[str, ...] = ()
    agreement: Consent | None = None
    signed_by: str = ""
    sent: bool = False

    @property
    def settled(self) -> bool:
        """Whether it can go as it is: the patient agreed, and somebody signed."""
        return self.agreement is not None and bool(self.signed_by)


def page_for(kind: str, given: DocumentInput) -> Page:
    """Return the page of the artefact ``kind``: the case reduced, and the form filled from that alone."""
    case = with_confirmed(given.case, given.confirmed)
    # What one route's receiver never takes, no other paper for the same service should carry either.
    never = tuple(name for route in given.service.routes for name in route.never_include)
    plan, plain = kind == "return_to_work_plan", kind in CARRIED_KINDS
    reduced = shareable(case, never, included=() if plan else given.included)
    ill = bool(reduced.conditions) and asks_about(given.service, "conditions")
    agreed = _agreed(kind, given)
    # A plan works its rows out from the conditions and names none; its form is as bare as any.
    drawn_on = reduced
    if plain:
        reduced = functional(reduced, _barriers_for(kind), agreed)
    form = form_of(kind, given.service, given.route, agreed)
    about_work = is_about_work(given.service)
    fields = filled(form, reduced, case, given.said, plain, about_work)
    if kind == given.kind:
        fields = with_edits(fields, given.edits)
    return Page(
        kind=kind,
        service=given.service,
        route=given.route,
        fields=fields,
        case=drawn_on if plan else reduced,
        practice=given.practice,
        today=given.today,
        reference=given.reference,
        to_sign=given.to_sign,
        ill=ill,
        internal=given.internal,
        safety=_switched_on(given.safety, given.included) if not plain else (),
        agreement=given.agreement if given.agreement and given.agreement.stands else None,
        signed_by=given.signed_by,
        sent=given.sent,
    )


def _agreed(kind: str, given: DocumentInput) -> frozenset[str]:
    """Return the keys that both the entry and the patient allow the reader of ``kind``."""
    # A plan for the employer goes to no receiver but the employer, whatever a service may have.
    if kind == "return_to_work_plan" and given.route.route != "employer":
        return frozenset()
    return given.agreed & frozenset(given.route.may_include)


def _barriers_for(kind: str) -> Collection[str]:
    return FOR_EMPLOYERS if kind in EMPLOYER_KINDS else FUNCTIONAL_BARRIERS


def _switched_on(safety: tuple[str, ...], included: Collection[Fact]) -> tuple[str, ...]:
    return tuple(category for category in safety if (SAFETY_KEY, category) in included)
