"""A request to the team that already looks after the patient, for a service that is reached through it."""

from __future__ import annotations

from referrals.page import (
    Page,
    document,
    field_lines,
    missing_lines,
    reply_line,
    section,
    service_name,
    signature,
    unsent,
    wrapped,
)
from referrals.service_words import where_it_goes


def secondary_care_request(page: Page) -> str:
    """Return the request: what is asked of the team, and why now."""
    return document(
        page,
        f"Request to the care team: {service_name(page)}",
        unsent(page, "Add what is missing and the team's address, then send it yourself."),
        section("To", ["The team that looks after this patient (add its address)"]),
        wrapped("Dear colleagues,"),
        wrapped(
            f"Please would you consider {service_name(page)} for this patient, who is under your "
            "team. It is reached through you, not by a referral from the practice. Work support and "
            "treatment can go on side by side."
        ),
        section("About the patient", field_lines(page.fields)),
        section(
            "What we ask",
            [
                "1. Talk with the patient about this at the next contact.",
                "2. Tell us whether it is open to the patient, or what else you can offer.",
                "3. If the patient is no longer under your team, tell us.",
            ],
        ),
        section("Still missing", missing_lines(page.fields)),
        section("How it is reached", where_it_goes(page.route)),
        section("Answer", [reply_line(page.practice)]),
        signature(page),
    )
