"""What the papers that a patient carries have in common: first person, and the patient decides."""

from __future__ import annotations

from referrals.page import BLANK, NOTHING_SENT, Page, field_lines, head, section, wrapped
from referrals.patient_words import MONEY, how_sure, up_to_you
from referrals.service_words import name_of


def carried(page: Page, title: str, reader: str, *blocks: str) -> str:
    """Return a note in the patient's voice to ``reader``: whose it is, ``blocks``, and a part to keep."""
    service = page.service
    parts = [
        head(page.practice, page.today, page.reference, title),
        wrapped(
            f"This note is mine. I decide whether to show it to {reader}, and I can cross out "
            f"anything. {NOTHING_SENT} My GP practice does not send it to anyone."
        ),
        *blocks,
        "- - - - - cut here: the part below is for you to keep - - - - -",
        section("It is up to you", [f"This is about {name_of(service)}.", *up_to_you(service)]),
        section("Money", MONEY),
        section("How sure we are", how_sure(service, page.today)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def about_me(page: Page) -> str:
    """Return the filled lines; what is not known is left out, so that the note invites no prying."""
    told = [field for field in page.fields if field.value or field.identifier or field.required]
    return section("About me", field_lines(told))


def my_health(page: Page, reader: str) -> str:
    """Return one line that health matters at work, without saying how, where it does."""
    if not page.ill:
        return ""
    return section(
        "My health and work",
        [
            "My health makes some parts of work harder. "
            f"I do not have to tell {reader} what my condition is.",
            f"What helps me (I can fill this in): {BLANK}",
        ],
    )
