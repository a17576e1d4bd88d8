"""The plain words of a ``referral_draft`` message: what was made, what is missing, what was left out."""

from __future__ import annotations

from referrals.artefacts.frame import NOTHING_SENT
from referrals.artefacts.titles import TITLES
from referrals.page import Page
from referrals.routes import HAND_OUT, Chosen
from referrals.service_words import CHECK_FIRST, contacts, is_about_work, must_check, name_of
from referrals.shareable import Withheld
from referrals.wording import joined
from services_directory.reasons import age_of_facts

HANDED_TO_PATIENT = frozenset({"work_coach_note", "keyworker_note", "employer_note", HAND_OUT})


def draft_text(
    page: Page, chosen: Chosen, left_out: Withheld, goal: str | None, others: str = ""
) -> str:
    """Return the message's text for the clinician, one point a line.

    ``others``: who could refer more directly, where whoever asked may not.
    """
    title = "Letter to your link worker" if chosen.internal else TITLES[page.kind]
    lines = [
        f"{title} for {name_of(page.service)}, reference {page.reference}. {NOTHING_SENT}",
        _next_step(page, chosen),
    ]
    if others:
        lines.append(f"Or ask {others}, who may make the practice's own referral to this service.")
    if must_check(page.service, page.today):
        lines.append(CHECK_FIRST)
    if goal == "not_now" and is_about_work(page.service):
        lines.append("About work the patient said: not now. Use this only if that has changed.")
    filled = [field.label for field in page.fields if field.value]
    if filled:
        lines.append(f"Filled in: {', '.join(filled)}.")
    lines += _missing(page)
    if left_out.unconfirmed:
        lines.append(f"Left out until confirmed: {joined(left_out.unconfirmed)}.")
    if left_out.sensitive:
        points = (
            "1 sensitive point"
            if left_out.sensitive == 1
            else (f"{left_out.sensitive} sensitive points")
        )
        lines.append(f"Left out: {points}. Add by hand only if the patient wants it said.")
    lines.append(f"Facts about the service: {age_of_facts(page.service, page.today)}.")
    return "\n".join(lines)


def _next_step(page: Page, chosen: Chosen) -> str:
    if chosen.internal:
        return "Pass it to your own link worker inside the practice."
    check = "" if page.route.way_in == "known" else " Its way in is not confirmed: check it first."
    if page.kind in HANDED_TO_PATIENT:
        if page.kind == HAND_OUT and check and not contacts(page.route):
            check = " How to reach the service was not found: the hand-out says so."
        return f"Give it to the patient, who decides whether to use it.{check}"
    if chosen.to_sign:
        return (
            f"Prepared for {chosen.to_sign} to sign: this way in is not open to your role.{check}"
        )
    if _by_product(page):
        return (
            f"Open it: the patient agrees there, you sign, and it is handed over from there.{check}"
        )
    where = "; ".join(contacts(page.route))
    if check and where:
        # An address that nobody confirmed is no place to send a patient's data to: say what is known of it.
        return (
            "You send it yourself, once the patient has agreed. Where it goes is not confirmed, so check "
            f"before anything that names the patient is sent: {page.route.how.rstrip('.')} ({where})."
        )
    return (
        f"You send it yourself{f' ({where})' if where else ''}, once the patient has agreed.{check}"
    )


def _by_product(page: Page) -> bool:
    """Say whether the service has an electronic way in, so that nobody has to send it by hand."""
    return page.route.delivery is not None and page.route.delivery.channel != "by_hand"


def _missing(page: Page) -> list[str]:
    named = [field.label for field in page.fields if field.missing and field.identifier]
    needed = [f.label for f in page.fields if f.missing and f.required and not f.identifier]
    lines = []
    if named and page.kind in HANDED_TO_PATIENT:
        lines.append(f"Left blank for the patient to write: {', '.join(named)}.")
    elif named and _by_product(page):
        lines.append(f"To be typed on its own page, never here: {', '.join(named)}.")
    elif named:
        lines.append(f"To be added when you send it (not held here): {', '.join(named)}.")
    if needed:
        lines.append(f"Required and not known yet: {', '.join(needed)}.")
    return lines
