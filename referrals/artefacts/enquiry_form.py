"""The receiver's own form, filled in as far as the case allows."""

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
)
from referrals.service_words import where_it_goes


def enquiry_form(page: Page) -> str:
    """Return the enquiry form: the receiver's fields and no others, what is missing, where it goes."""
    return document(
        page,
        f"Enquiry form: {service_name(page)}",
        unsent(page, "Add what is missing, then send it yourself, with the patient's agreement."),
        section("The form", field_lines(page.fields)),
        section("Still missing", missing_lines(page.fields)),
        section("Where it goes", where_it_goes(page.route)),
        section("Answer", [reply_line(page.practice)]),
        signature(page),
    )
