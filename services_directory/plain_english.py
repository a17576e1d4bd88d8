"""An entry in plain English, as the assistant reads it: who it is for, who not, how to get in."""

from __future__ import annotations

from datetime import date

from services_directory.directory import Directory
from services_directory.model import Not, Service
from services_directory.reasons import age_of_facts, day_of
from services_directory.rule_words import rule_words
from services_directory.sentences import sentence_case
from services_directory.status import status_on

STATUS_WORDS = {
    "open": "Open",
    "paused": "Paused",
    "planned": "Not started yet",
    "closed": "Takes no new referrals",
    "ended": "Ended",
    "unverified": "Nobody knows whether it is open: check before referring",
}
ROUTE_WORDS = {
    "clinician_form": "a form that a health professional fills in",
    "clinician_letter": "a letter from a clinician",
    "self_referral": "the patient's own application",
    "phone": "telephone",
    "jobcentre": "the patient's work coach at the Jobcentre",
    "secondary_care": "the secondary mental health team",
    "social_care": "adult social care",
    "programme_keyworker": "the keyworker of the programme the patient is in",
    "employer": "the employer",
    "outreach": "the service's own outreach",
}
WAY_IN_WORDS = {
    "known": "",
    "unconfirmed": " (not confirmed)",
    "not_known": " (how to reach it not found)",
}


def not_if(service: Service, directory: Directory) -> str:
    """Return whom the must-not rules of ``service`` leave out, as one sentence; "" where there are none."""
    nots = [
        rule_words(criterion.expression.part, directory)
        for criterion in service.criteria
        if isinstance(criterion.expression, Not)
    ]
    return f"Not if they {', nor if they '.join(nots)}." if nots else ""


def ways_in(service: Service, day: date) -> list[str]:
    """Return a sentence for each route of ``service``: how one gets in, with the contact that is held."""
    status = status_on(service, day)
    lines = []
    if service.comes_with:
        lines.append(
            f"Comes with a referral to {service.comes_with.replace('-', ' ')}: ask for it there."
        )
    # How to refer to what takes no referrals would only send somebody to a closed door.
    ways = service.routes if status.referable or status.status in ("paused", "planned") else ()
    for route in ways:
        told = f"By {ROUTE_WORDS[route.route]}{WAY_IN_WORDS[route.way_in]}"
        lines.append(told + (f": {route.contact}" if route.contact else "") + ".")
    if not service.routes and status.referable:
        lines.append("How to reach it was not found.")
    return lines


def describe(service: Service, day: date, directory: Directory) -> str:
    """Return a short text: what it offers, for whom, not if, how to refer, status and age of facts."""
    status = status_on(service, day)
    since = f" (since {day_of(status.since)})" if status.since and status.status != "open" else ""
    if status.status == "planned" and status.since:
        since = f" (starts {day_of(status.since)})"
    if status.status == "paused" and status.until:
        since = f" until {day_of(status.until)}: {status.because}"
    where = ", ".join(directory.areas.label(area) for area in service.areas)
    musts = [c.says for c in service.criteria if not isinstance(c.expression, Not)]
    lines = [f"{service.name}. {STATUS_WORDS[status.status]}{since}. Area: {where}."]
    if service.offers:
        lines.append(service.offers.strip())
    if musts:
        lines.append("For: " + "; ".join(musts) + ".")
    if nots := not_if(service, directory):
        lines.append(nots)
    lines += ways_in(service, day)
    names = [directory.services[i].name for i in service.replaced_by if i in directory.services]
    if names and status.status != "open":
        lines.append(f"Replaced by {' and '.join(names)}.")
    lines += [caution.rstrip(".") + "." for caution in service.cautions]
    lines.append(sentence_case(age_of_facts(service, day)) + ".")
    lines.append("Sources: " + "; ".join(source.cite for source in service.sources) + ".")
    return "\n".join(lines)
