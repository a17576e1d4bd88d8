"""The documents of a referral: which there are, and each of them as a file.

``make`` makes one from all that is known of a referral, with the patient's name on it or blanks in its
place. A file's name carries the reference alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from referrals.artefacts import WRITERS
from referrals.artefacts.eml import eml
from referrals.artefacts.fhir_bundle import fhir_bundle
from referrals.artefacts.fit_note_comments import fit_note_document, has_a_job
from referrals.artefacts.identified import identified
from referrals.artefacts.record_text import Choice, record_document
from referrals.artefacts.titles import TITLES
from referrals.identity import Identity
from referrals.page import DocumentInput, page_for
from referrals.rendering.model import DocumentModel
from referrals.rendering.pdf import as_pdf
from referrals.rendering.text import as_text
from referrals.shareable import shareable, with_confirmed
from services_directory.case import Case

Format = Literal["txt", "pdf", "json", "eml"]
PAPER: tuple[Format, ...] = ("txt", "pdf")
# Papers that the practice itself sends; only these go out as FHIR or by e-mail.
SENT_KINDS = frozenset({"enquiry_form", "letter", "secondary_care_request", "social_care_request"})
MEDIA_TYPES: Mapping[str, str] = {
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/fhir+json",
    "eml": "message/rfc822",
}


class NoSuchDocument(LookupError):
    """This referral has no document of that kind in that format."""


@dataclass(frozen=True)
class DocumentKind:
    """A document that a referral can have: its ``kind``, a title for people, the formats it comes in.

    ``large_print``: its PDF also comes in large print.
    """

    kind: str
    title: str
    formats: tuple[Format, ...]
    large_print: bool = False


@dataclass(frozen=True)
class Made:
    """A file: its bytes, media type and name."""

    content: bytes
    media_type: str
    file_name: str


def kinds_for(given: DocumentInput) -> tuple[DocumentKind, ...]:
    """Return the documents of a referral: the route's own first, then what goes with it."""
    papers = [given.kind, "patient_handout"]
    sure = shareable(_case(given))
    if sure.work_status is not None and has_a_job(sure):
        papers += ["return_to_work_plan", "fit_note_comments"]
    kinds = [DocumentKind(k, TITLES[k], PAPER, True) for k in dict.fromkeys(papers)]
    # Text alone, to paste: on paper its part to hide from online access would lie about.
    kinds.append(DocumentKind("record_text", TITLES["record_text"], ("txt",)))
    if given.kind in SENT_KINDS and not given.internal:
        kinds.append(DocumentKind("fhir_bundle", TITLES["fhir_bundle"], ("json",)))
        # An address for talking a referral over, or one that nobody confirmed, is sent nothing that names
        # a patient.
        if given.route.email and given.route.way_in == "known":
            kinds.append(DocumentKind("email", TITLES["email"], ("eml",)))
    return tuple(kinds)


def make(
    kind: str,
    given: DocumentInput,
    identity: Identity | None = None,
    fmt: Format = "pdf",
    large_print: bool = False,
) -> Made:
    """Return the document ``kind`` of a referral as a file.

    ``identity`` fills the blanks that name the patient; without one they stay blank. Raises
    ``NoSuchDocument`` for a kind or format that this referral does not have, and ``PdfError``.
    """
    held = {k.kind: k for k in kinds_for(given)}
    if kind not in held or fmt not in held[kind].formats:
        raise NoSuchDocument(kind)
    if fmt == "json":
        content = json.dumps(bundle_of(given, identity), indent=1, ensure_ascii=False).encode()
        return Made(content, MEDIA_TYPES[fmt], f"{given.reference}-fhir.json")
    if fmt == "eml":
        pdf = attached(given, identity)
        content = eml(given, pdf.content, pdf.file_name)
        return Made(content, MEDIA_TYPES[fmt], f"{given.reference}.eml")
    return _file(model_of(kind, given, identity), given.reference, fmt, large_print)


def model_of(kind: str, given: DocumentInput, identity: Identity | None = None) -> DocumentModel:
    """Return the document ``kind`` as data. Raises ``NoSuchDocument``."""
    if kind == "record_text":
        choice = Choice(given.service, "chosen", given.reference, given.sent)
        return record_document(
            _case(given), [choice], given.practice, given.today, given.safety, said=given.said
        )
    if kind == "fit_note_comments":
        return fit_note_document(_case(given), given.practice, given.today)
    if kind not in WRITERS:
        raise NoSuchDocument(kind)
    return identified(WRITERS[kind](page_for(kind, given)), identity)


def _case(given: DocumentInput) -> Case:
    return with_confirmed(given.case, given.confirmed)


def attached(given: DocumentInput, identity: Identity | None) -> Made:
    """Return the PDF that goes with an e-mail or inside a FHIR bundle: the route's own document."""
    return _file(model_of(given.kind, given, identity), given.reference, "pdf", False)


def bundle_of(given: DocumentInput, identity: Identity | None) -> dict[str, Any]:
    """Return the FHIR R4 Bundle of a referral, with its PDF inside."""
    page = page_for(given.kind, given)
    return fhir_bundle(page, identity, attached(given, identity).content)


def _file(model: DocumentModel, reference: str, fmt: Format, large_print: bool) -> Made:
    stem = f"{reference}-{model.kind.replace('_', '-')}"
    if fmt == "txt":
        return Made(as_text(model).encode(), MEDIA_TYPES[fmt], f"{stem}.txt")
    ending = "large.pdf" if large_print else "pdf"
    return Made(as_pdf(model, large_print), MEDIA_TYPES["pdf"], f"{stem}.{ending}")
