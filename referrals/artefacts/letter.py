"""A referral letter, and the internal letter that the practice's own link worker can act on."""

from __future__ import annotations

from referrals.page import (
    Page,
    document,
    field_lines,
    missing_lines,
    reached_at,
    reply_line,
    section,
    service_name,
    signature,
    unsent,
    wrapped,
)
from referrals.service_words import where_it_goes


def letter(page: Page) -> str:
    """Return a letter to the service."""
    return document(
        page,
        f"Letter to {service_name(page)}",
        unsent(page, "Add what is missing, then send it yourself, with the patient's agreement."),
        wrapped("Dear colleague,"),
        wrapped(
            f"Please would you see this patient for {service_name(page)}, "
            "and tell us whether you can help."
        ),
        section("About the patient", field_lines(page.fields)),
        section("Still missing", missing_lines(page.fields)),
        section("Where it goes", where_it_goes(page.route)),
        section("Answer", [reply_line(page.practice)]),
        signature(page),
    )


def link_worker_letter(page: Page) -> str:
    """Return an internal letter: what to do for the patient, and what to tell the practice."""
    return document(
        page,
        "To our link worker (inside the practice)",
        unsent(page, "Add what is missing, then pass it on inside the practice."),
        section("To", [reached_at(page.practice.link_worker)]),
        wrapped(
            "Please would you meet this patient, hear what matters to them, and help them reach the "
            "support that they choose."
        ),
        section("About the patient", field_lines(page.fields)),
        section(
            "What would help us",
            [
                "1. Tell us when you have met, or if you could not reach the patient.",
                "2. Tell us what the patient chose, and which services you contacted.",
                "3. Tell us if something is needed that does not exist here.",
            ],
        ),
        section("Still missing", missing_lines(page.fields)),
        section("Answer", [reply_line(page.practice)]),
        signature(page),
    )
