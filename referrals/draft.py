"""From "refer to <service>" to a draft: the route, the receiver's form filled in, one document.

Pure: nothing is stored or sent here. ``referrals.store`` keeps a draft, ``referrals.documents`` gives
its text back. What cannot be drafted comes back as a ``Refusal`` that says why and what to do instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from referrals.artefacts import WRITERS
from referrals.artefacts.letter import link_worker_letter
from referrals.draft_text import draft_text
from referrals.filling import FilledField, filled
from referrals.forms import FUNCTIONAL_KINDS, form_of
from referrals.page import Page
from referrals.reference import new_reference
from referrals.refusals import Refusal, refusal
from referrals.routes import Chosen, choose
from referrals.shareable import (
    FOR_EMPLOYERS,
    FUNCTIONAL_BARRIERS,
    asks_about,
    functional,
    shareable,
    withheld,
)
from services_directory.case import Case
from services_directory.model import Service
from services_directory.practice import PracticeSettings


@dataclass(frozen=True)
class Document:
    """One text of a draft. ``kind`` names the artefact and is part of its address."""

    kind: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A referral that is prepared and not sent. ``text`` is the message's own plain words."""

    referral_id: str
    service_id: str
    route: str
    fields: tuple[FilledField, ...]
    documents: tuple[Document, ...]
    text: str
    to_sign: str = ""

    def to_message(self) -> dict[str, Any]:
        """Return the contract's ``referral_draft`` message."""
        return {
            "type": "referral_draft",
            "text": self.text,
            "referral_id": self.referral_id,
            "service_id": self.service_id,
            "state": "draft",
            "fields": [field.to_json() for field in self.fields],
            "documents": [
                {"kind": d.kind, "url": document_url(self.referral_id, d.kind)}
                for d in self.documents
            ],
            "sent": False,
        }


Prepared: TypeAlias = "Draft | Refusal"


def document_url(referral_id: str, kind: str) -> str:
    """Return the address of a document, relative to the product's own."""
    return f"/documents/{referral_id}/{kind}.txt"


def build_draft(
    service: Service,
    case: Case,
    said: Mapping[str, str],
    practice: PracticeSettings,
    today: date,
    role: str | None,
    route: str | None = None,
    names: Mapping[str, str] | None = None,
    reference: str | None = None,
) -> Prepared:
    """Return the draft of a referral to ``service``, or the ``Refusal`` that says why there is none.

    ``said`` maps ``key`` or ``key:value`` to the clinician's words; ``role`` is who asks (contract,
    section 6; ``None``: not known); ``route`` a route to take instead of the best, or
    ``patient_handout``; ``names`` maps service ids to names, for what replaced a closed one;
    ``reference`` fixes the reference, for tests. Whether the service fits the patient is not judged
    here: ask ``services_directory.eligibility`` first. Raises nothing for any valid case.
    """
    chosen = choose(service, role, route, bool(practice.link_worker.contact))
    refused = refusal(service, chosen, today, names or {}, route)
    if refused is not None:
        return refused
    assert chosen is not None, "refusal() answers for a service without a way in"
    page = _page(service, case, said, practice, today, chosen, reference or new_reference())
    write = link_worker_letter if chosen.internal else WRITERS[chosen.kind]
    return Draft(
        referral_id=page.reference,
        service_id=service.id,
        route=chosen.route.route,
        fields=page.fields,
        documents=(Document(chosen.kind, write(page)),),
        text=draft_text(page, chosen, withheld(case), case.goal),
        to_sign=chosen.to_sign,
    )


def _page(
    service: Service,
    case: Case,
    said: Mapping[str, str],
    practice: PracticeSettings,
    today: date,
    chosen: Chosen,
    reference: str,
) -> Page:
    """Reduce the case to what this reader may have, and fill the form from that alone."""
    # What one route's receiver never takes, no other paper for the same service should carry either.
    never = tuple(name for route in service.routes for name in route.never_include)
    reduced = shareable(case, never)
    ill = bool(reduced.conditions) and asks_about(service, "conditions")
    plain = chosen.kind in FUNCTIONAL_KINDS
    if plain:
        allowed = FOR_EMPLOYERS if chosen.kind == "employer_note" else FUNCTIONAL_BARRIERS
        reduced = functional(reduced, allowed)
    form = form_of(chosen.kind, service, chosen.route)
    return Page(
        kind=chosen.kind,
        service=service,
        route=chosen.route,
        fields=filled(form, reduced, case, said, plain),
        case=reduced,
        practice=practice,
        today=today,
        reference=reference,
        to_sign=chosen.to_sign,
        ill=ill,
    )
