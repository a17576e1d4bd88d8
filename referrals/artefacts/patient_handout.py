"""A paper for the patient: what the service is, how to get in touch, what to say. Plain English.

Our own sentences stay short, with everyday words (reading age about 9 to 11). What the service offers
is the entry's text.
"""

from __future__ import annotations

from referrals.artefacts.frame import NOTHING_SENT, lines, of_page, words
from referrals.page import Page
from referrals.patient_words import MONEY, how_sure, up_to_you
from referrals.rendering.model import DocumentModel
from referrals.service_words import contacts, is_about_work, name_of
from services_directory.model import Route

# Sites that hold many services, so that an address alone may lead to the wrong one.
SHARED_SITES = ("https://www.gov.uk/", "https://gov.uk/")
CHOOSING = (
    "You choose how much you say. You can ask a friend to help.",
    "Tell them if you need large print, an interpreter or more time.",
)
PATIENT_ROUTES = ("self_referral", "phone", "outreach")
WANTS = {
    "stay_in_work": "I want to keep my job.",
    "return_to_work": "I want to go back to my job.",
    "find_work": "I want to find work.",
    "change_job": "I want to find a different job.",
}
ASK = {
    "clinician_form": "Your GP practice asks for you. We need your yes first.",
    "clinician_letter": "Your GP practice asks for you. We need your yes first.",
    "jobcentre": "Ask your work coach at the Jobcentre.",
    "secondary_care": "Ask the team that looks after you.",
    "social_care": "Ask adult social care at your council.",
    "programme_keyworker": "Ask your keyworker.",
    "employer": "Ask your manager at work.",
}


def patient_handout(page: Page) -> DocumentModel:
    """Return the hand-out. It names no condition, and nothing about the patient but what they may say."""
    service = page.service
    return of_page(
        page,
        name_of(service),
        words(f"This paper is for you to keep. {_told(page)}"),
        lines("What it is", [_what(page), _cost(page), _who(page)]),
        lines("How to get in touch", _how(page)),
        lines("What you can say" if _can_talk(page) else "What you can do", _say(page)),
        lines(
            "It is up to you",
            ["You do not have to do this. Your care here stays the same.", *up_to_you(service)],
        ),
        lines("Money", MONEY),
        lines("How sure we are", how_sure(service, page.today)),
    )


def _told(page: Page) -> str:
    """Return who has been told about the patient so far."""
    if page.sent:
        return "You said yes, so we asked them to help you. You can still say no. Tell us."
    if page.agreement is not None:
        return (
            f"{NOTHING_SENT} You said yes, so we will ask them to help you. You can still say no."
        )
    return f"{NOTHING_SENT} We have not told anyone about you. You choose what to do."


def _what(page: Page) -> str:
    offers = " ".join(page.service.offers.split())
    if not offers:
        return "Ask them what they can do for you."
    return offers if offers.endswith(".") else f"{offers[:1].upper()}{offers[1:]}."


def _cost(page: Page) -> str:
    cost = (page.service.cost or "").strip()
    return "It is free." if cost.casefold() == "free" else (f"Cost: {cost}." if cost else "")


def _who(page: Page) -> str:
    """Return who runs it where the patient chooses among several ("A or B")."""
    provider = " ".join((page.service.provider or "").split()).rstrip(".")
    return f"{provider} runs it. You choose which." if " or " in provider else ""


def _ways(page: Page) -> list[Route]:
    """Return the ways that a patient can use, the chosen one first, confirmed ones before others."""
    ways = [r for r in page.service.routes if r.route in PATIENT_ROUTES and r.way_in != "not_known"]
    return sorted(ways, key=lambda r: (r is not page.route, r.way_in != "known"))


def _how(page: Page) -> list[str]:
    lines: list[str] = []
    shown: set[str] = set()
    for route in _ways(page):
        fresh = [line for line in contacts(route) if line not in shown]
        shown.update(fresh)
        if route.way_in != "known" and fresh:
            lines.append("We have not checked this one:")
        lines += fresh
    if not lines and _ways(page):
        lines = [
            "We do not hold their phone number or web page. How to reach them was not found.",
            "Ask us before you try.",
        ]
    if not _ways(page):
        lines = [
            "You cannot sign up alone.",
            ASK.get(page.route.route, "Ask us what happens next."),
        ]
    if page.service.hours and shown:
        lines.append(f"Open: {' '.join(page.service.hours.split())}")
    return lines


def _can_talk(page: Page) -> bool:
    """Say whether the patient will speak or write to somebody: not where a web page is all there is."""
    ways = _ways(page)
    return not any(way.web for way in ways) or any(way.phone or way.email for way in ways)


def _on_the_page(page: Page) -> list[str]:
    """Return what to do with a web page; on one of the whole government, what to look for."""
    webs = [way.web for way in _ways(page) if way.web]
    told = ["Open the web page. You can ask a friend to help."]
    if any(web.startswith(SHARED_SITES) for web in webs):
        name = name_of(page.service)
        told.append(f'Look there for "{name}". Other things on that page are not this one.')
    return [*told, "If you cannot get online, tell us."]


def _say(page: Page) -> list[str]:
    if not _can_talk(page):
        return _on_the_page(page)
    if any(way.at_practice for way in _ways(page)):
        # Its own reception is asked for an appointment, not told who gave the name.
        return [f'"Hello. Can I book this, please: {name_of(page.service)}?"', *CHOOSING]
    wish = WANTS.get(page.case.goal or "", "") if is_about_work(page.service) else ""
    ask = "Can you help me?" if wish else "What can you do to help me?"
    return [
        f'"Hello. My GP practice gave me your name. {wish} {ask}"'.replace("  ", " "),
        *CHOOSING,
    ]
