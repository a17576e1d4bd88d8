"""A note that the patient carries to the keyworker of the programme that they are on."""

from __future__ import annotations

from referrals.artefacts.patient_voice import about_me, carried, my_health
from referrals.page import Page, section, service_name

READER = "my keyworker"


def keyworker_note(page: Page) -> str:
    """Return the note: the service asked for is one that the programme itself can open."""
    return carried(
        page,
        "Note for my keyworker",
        READER,
        section(
            "What I am asking",
            [
                f"Please can you help me get to {service_name(page)}.",
                "It is reached through my programme, so my practice cannot refer me.",
                "Please tell me what happens next, and when.",
            ],
        ),
        about_me(page),
        my_health(page, READER),
    )
