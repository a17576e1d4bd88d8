"""From "refer to <service>" to a draft: the route, the receiver's form filled in, one document.

Pure: nothing is stored or sent here. ``referrals.desk`` keeps a draft. What cannot be drafted comes back
as a ``Refusal`` that says why and what to do instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from referrals.artefacts import WRITERS
from referrals.draft_text import draft_text
from referrals.filling import FilledField
from referrals.page import DocumentInput, page_for
from referrals.reference import new_reference
from referrals.refusals import Refusal, refusal
from referrals.rendering.model import DocumentModel
from referrals.rendering.text import as_text
from referrals.routes import choose, others_may
from referrals.shareable import withheld
from services_directory.case import Case
from services_directory.model import Service
from services_directory.practice import PracticeSettings

# What an address ends in, by format.
ENDINGS = {"text": "txt", "pdf": "pdf", "large_print": "large.pdf"}


@dataclass(frozen=True)
class Document:
    """One document of a draft. ``kind`` names the artefact and is part of its address."""

    kind: str
    model: DocumentModel

    @property
    def text(self) -> str:
        """The document as plain text."""
        return as_text(self.model)


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
    internal: bool = False

    @property
    def kind(self) -> str:
        """The artefact that the route calls for."""
        return self.documents[0].kind

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
                {
                    "kind": d.kind,
                    "url": document_url(self.referral_id, d.kind),
                    "formats": {
                        name: document_url(self.referral_id, d.kind, ending)
                        for name, ending in ENDINGS.items()
                    },
                }
                for d in self.documents
            ],
            "sent": False,
        }


Prepared: TypeAlias = "Draft | Refusal"


def document_url(referral_id: str, kind: str, ending: str = ENDINGS["text"]) -> str:
    """Return the address of a document, relative to the product's own; it asks who reads there."""
    return f"/referrals/{referral_id}/papers/{kind}.{ending}"


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
    given = DocumentInput(
        kind=chosen.kind,
        reference=reference or new_reference(),
        service=service,
        route=chosen.route,
        case=case,
        practice=practice,
        today=today,
        said=said,
        to_sign=chosen.to_sign,
        internal=chosen.internal,
    )
    page = page_for(chosen.kind, given)
    return Draft(
        referral_id=page.reference,
        service_id=service.id,
        route=chosen.route.route,
        fields=page.fields,
        documents=(Document(chosen.kind, WRITERS[chosen.kind](page)),),
        text=draft_text(page, chosen, withheld(case), case.goal, others_may(service, chosen, role)),
        to_sign=chosen.to_sign,
        internal=chosen.internal,
    )
