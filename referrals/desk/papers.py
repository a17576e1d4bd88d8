"""From a referral in the record to what its documents and fields are made from. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from referrals.consent import standing
from referrals.forms import form_of
from referrals.model import Consent, Field, Referral
from referrals.page import DocumentInput, page_for
from referrals.permissions import UNKNOWN
from referrals.routes import HAND_OUT, HANDED_OVER, ROLE_NAMES, may_use
from services_directory.model import Route, Service
from services_directory.practice import PracticeSettings

# Where the practice passes a letter to its own link worker, no entry names the way.
INTERNAL = Route("clinician_letter", (), "Through the practice", "known")


def route_of(referral: Referral, service: Service) -> Route:
    """Return the way that ``referral`` takes: the entry's own, the best known of its kind."""
    role = None if referral.prepared_role == UNKNOWN else referral.prepared_role
    order = ("known", "unconfirmed", "not_known")
    ways = sorted(
        (way for way in service.routes if way.route == referral.route),
        key=lambda way: (order.index(way.way_in), not may_use(way, role)),
    )
    if referral.about.internal:
        return replace(ways[0] if ways else INTERNAL, way_in="known")
    # The entry may have lost the way since; what was prepared can still be read.
    return ways[0] if ways else Route(referral.route, (), "", "not_known")


def carried(referral: Referral, route: Route) -> bool:
    """Say whether the patient carries the paper, and decides: then no consent or signature is asked for."""
    return referral.kind == HAND_OUT or route.route in HANDED_OVER


def document_input(
    referral: Referral,
    service: Service,
    practice: PracticeSettings,
    today: date,
    consents: Iterable[Consent] = (),
    signer: str = "",
) -> DocumentInput:
    """Return what the documents of ``referral`` are made from (``referrals.documents.make``).

    ``signer``: what whoever signed is called, for a receiver has to know whom to ask.
    """
    about = referral.about
    return DocumentInput(
        kind=referral.kind,
        reference=referral.reference,
        service=service,
        route=route_of(referral, service),
        case=about.case,
        practice=practice,
        today=today,
        said=about.said,
        edits={f.name: f.value for f in referral.fields if f.edited and not f.identifier},
        included=about.included,
        confirmed=about.confirmed,
        agreed=about.agreed,
        safety=about.safety,
        to_sign="" if referral.signed else referral.to_sign,
        internal=about.internal,
        agreement=standing(consents),
        signed_by=_signer(referral, signer),
        sent=referral.state not in ("draft", "consented", "ready", "failed"),
    )


def _signer(referral: Referral, name: str) -> str:
    role = referral.signed_role
    if role is None:
        return ""
    in_words = ROLE_NAMES.get(role, role)
    return f"{name}, {in_words}" if name else in_words


def filled_fields(referral: Referral, given: DocumentInput) -> tuple[Field, ...]:
    """Return the form filled anew from ``given``; what somebody typed stays as it was typed."""
    agreed = given.agreed & frozenset(given.route.may_include)
    form = form_of(referral.kind, given.service, given.route, agreed)
    declared = {f.name: f for f in form}
    typed = {f.name: f for f in referral.fields if f.edited}
    found = []
    for made in page_for(referral.kind, given).fields:
        of_form = declared.get(made.name)
        field = Field(
            name=made.name,
            label=made.label,
            value=made.value,
            source=made.source,
            required=made.required,
            identifier=made.identifier,
            fill=of_form.fill if of_form else (),
            allowed=of_form.allowed if of_form else (),
        )
        if (old := typed.get(made.name)) is not None:
            field = replace(
                field,
                value=old.value,
                source=old.source,
                edited_by=old.edited_by,
                edited_at=old.edited_at,
            )
        found.append(field)
    return tuple(found)
