"""The ``safety`` message: before anything else, in a fixed order of contacts (contract, section 5)."""

from __future__ import annotations

from typing import Any

from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.practice import PracticeSettings

# Which directory entries are named for a category, in order; the practice's pathway stands between.
BEFORE_PATHWAY = {"emergency": ("emergency-999",)}
AFTER_PATHWAY = {
    "suicide_self_harm": ("nhs-111-option-2", "samaritans", "shout"),
}
ORDER = ("emergency", "suicide_self_harm", "abuse", "safeguarding")
_TOLD = {
    "emergency": "This may be an emergency.",
    "suicide_self_harm": "This may be about suicide or self-harm.",
    "abuse": "This may be about abuse.",
    "safeguarding": "This may be a safeguarding matter.",
}
NOT_A_SCREEN = "This is not a risk screen: your own assessment comes first."
HOW_TO_GO_ON = 'The case is kept, and what you add. Say "risk assessed, go on" to continue.'


def safety_message(
    categories: list[str], case: Case, directory: Directory, practice: PracticeSettings
) -> dict[str, Any]:
    """Return the message for ``categories``, with the contacts that are held for them."""
    ordered = [c for c in ORDER if c in categories]
    contacts: list[dict[str, Any]] = []
    if "emergency" in ordered:
        contacts += _entries(BEFORE_PATHWAY["emergency"], directory)
    if "suicide_self_harm" in ordered:
        contacts.append(_pathway(practice))
        contacts += _entries(AFTER_PATHWAY["suicide_self_harm"], directory)
    if "abuse" in ordered:
        line = "mens-advice-line" if case.sex == "male" else "national-domestic-abuse-helpline"
        contacts += _entries((line,), directory)
    if "safeguarding" in ordered or "abuse" in ordered:
        contacts.append(_safeguarding(practice))
    text = " ".join(
        [
            *(_TOLD[c] for c in ordered),
            NOT_A_SCREEN,
            "First: " + "; then ".join(_spoken(c) for c in contacts) + ".",
            HOW_TO_GO_ON,
        ]
    )
    return {"type": "safety", "text": text, "categories": ordered, "contacts": contacts}


def _entries(ids: tuple[str, ...], directory: Directory) -> list[dict[str, Any]]:
    found = []
    for service_id in ids:
        service = directory.services.get(service_id)
        if service is None:
            continue
        phone = next((r.phone for r in service.routes if r.phone), None)
        contact: dict[str, Any] = {"service_id": service_id, "name": service.name}
        if phone:
            contact["phone"] = phone
        how = next((r.how for r in service.routes if r.how), "")
        if how:
            contact["how"] = how
        if service.status == "unverified":
            contact["unverified"] = True
        found.append(contact)
    return found


def _pathway(practice: PracticeSettings) -> dict[str, Any]:
    return {"name": "The practice's own safety pathway", "how": practice.safety_pathway}


def _safeguarding(practice: PracticeSettings) -> dict[str, Any]:
    lead = practice.safeguarding_lead
    return {"name": f"The practice's {lead.role}", "how": lead.contact}


def _spoken(contact: dict[str, Any]) -> str:
    detail = contact.get("phone") or contact.get("how") or ""
    mark = " (number not confirmed)" if contact.get("unverified") else ""
    return f"{contact['name']}{': ' + detail if detail else ''}{mark}"
