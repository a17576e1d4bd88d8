"""A note that the patient carries to the work coach: never sent by the practice, and without a diagnosis."""

from __future__ import annotations

from referrals.artefacts.patient_voice import about_me, carried, my_health
from referrals.page import Page, section, service_name

READER = "my work coach"


def work_coach_note(page: Page) -> str:
    """Return the note: what the patient asks for, and what to ask back before saying yes."""
    return carried(
        page,
        "Note for my work coach at the Jobcentre",
        READER,
        section(
            "What I am asking",
            [
                f"Please tell me about {service_name(page)}.",
                "Please check whether I can join, and put me forward if I say yes.",
            ],
        ),
        about_me(page),
        my_health(page, READER),
        section(
            "What I would like to know before I say yes",
            [
                "- Is it my choice? Can I stop?",
                "- Does it change what I have to do for my benefits?",
                "- Who will see what I tell them?",
            ],
        ),
    )
