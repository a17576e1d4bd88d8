"""A request to adult social care, for a service that is reached through it."""

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


def social_care_request(page: Page) -> str:
    """Return the request to social care."""
    return document(
        page,
        f"Request to adult social care: {service_name(page)}",
        unsent(page, "Add what is missing, then send it yourself, with the patient's agreement."),
        section("To", ["Adult social care where the patient lives (add its address)"]),
        wrapped(
            f"Please would you consider {service_name(page)} for this patient, and tell us whether "
            "an assessment is needed first."
        ),
        section("About the patient", field_lines(page.fields)),
        section("Still missing", missing_lines(page.fields)),
        section("How it is reached", where_it_goes(page.route)),
        section("Answer", [reply_line(page.practice)]),
        signature(page),
    )
