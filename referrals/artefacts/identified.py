"""Puts a known patient into the blanks of a document. Only here do a name and a paper meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from referrals.identity import Identity
from referrals.rendering.model import DocumentModel, Entry
from services_directory.reasons import day_of


def identified(document: DocumentModel, identity: Identity | None) -> DocumentModel:
    """Return ``document`` with its identifier entries filled as far as ``identity`` is known.

    What the clinician typed stays; no entry is added. Without an identity the document is unchanged.
    """
    if identity is None:
        return document

    def fill(entry: Entry) -> Entry:
        if not entry.identifier or entry.value or entry.name not in VALUES:
            return entry
        return replace(entry, value=VALUES[entry.name](identity))

    return document.with_entries(fill)


def _born(identity: Identity) -> str:
    return day_of(identity.date_of_birth) if identity.date_of_birth else ""


def _address(identity: Identity) -> str:
    lines = [line.strip(" ,") for line in identity.address.splitlines()]
    return ", ".join(part for part in (*lines, identity.postcode) if part)


def _phone(identity: Identity) -> str:
    return ", ".join(part for part in (identity.phone, identity.other_phone) if part)


def _contact(identity: Identity) -> str:
    return ", ".join(part for part in (_phone(identity), identity.email) if part)


def _language(identity: Identity) -> str:
    needs = {True: "interpreter needed", False: "no interpreter needed", None: ""}[
        identity.interpreter
    ]
    return ", ".join(part for part in (identity.language, needs) if part)


def _safe(identity: Identity) -> str:
    told = (
        ("ring", identity.safe_to_ring),
        ("leave a message", identity.leave_message),
        ("send a text", identity.send_text),
    )
    answers = {True: "yes", False: "no", None: "not asked"}
    if all(answer is None for _, answer in told):
        return ""
    return "; ".join(f"{what}: {answers[answer]}" for what, answer in told)


# By the field's name in a receiver's form.
VALUES: Mapping[str, Callable[[Identity], str]] = {
    "full_name": lambda identity: identity.name,
    "date_of_birth": _born,
    "nhs_number": lambda identity: identity.spoken_nhs_number,
    "address": _address,
    "postcode": lambda identity: identity.postcode,
    "phone": _phone,
    "email": lambda identity: identity.email,
    "contact": _contact,
    "language": _language,
    "communication_need": lambda identity: identity.communication_need,
    "safe_contact": _safe,
}
