"""A note that the patient carries to the employer: changes to talk about, and no word on the condition."""

from __future__ import annotations

from referrals.artefacts.patient_voice import about_me, carried, my_health
from referrals.page import Page, section, service_name
from referrals.service_words import contacts

READER = "my employer"


def employer_note(page: Page) -> str:
    """Return the note: the service asked for, and the four kinds of change to talk about."""
    return carried(
        page,
        "Note for my employer",
        READER,
        section(
            "What I am asking",
            [
                f"Please can we talk about {service_name(page)}, and what it could do for us.",
                "Please can we agree a time to talk about changes that would help me do my job.",
            ],
        ),
        about_me(page),
        my_health(page, READER),
        section(
            "Changes that we could talk about",
            [
                "[ ] coming back in steps   [ ] other hours",
                "[ ] other duties for a while   [ ] changes to the place or the equipment",
            ],
        ),
        section("More about it", contacts(page.route)),
    )
