"""What a paper for a patient says about a service: their choice, the Jobcentre, money, how sure we are.

Short sentences and everyday words (reading age about 9 to 11).
"""

from __future__ import annotations

from datetime import date

from referrals.service_words import is_about_work, must_check, readable
from services_directory.model import Service, Source
from services_directory.reasons import day_of, month_of
from services_directory.status import is_stale

CHOICE = {
    "yes": "You can say no. You can stop.",
    "no": "Ask them first: do I have to go?",
    "after_referral_mandatory": (
        "If you sign up, you may have to go. Ask them about this before you say yes."
    ),
    "not_known": "We do not know if you can stop. Ask them first.",
}
JOBCENTRE = {
    "yes": "They tell the Jobcentre (DWP) who takes part.",
    "no": "They do not tell the Jobcentre (DWP).",
    "not_known": "We do not know if they tell the Jobcentre (DWP). Ask them first.",
}
# Nobody is made to take a grant or advice: there is no staying on that one would have to ask about.
TAKEN_FREELY = frozenset({"grant", "advice"})
MONEY = (
    "Are you worried about your benefits? Ask Citizens Advice. It is free.",
    "Web: citizensadvice.org.uk",
)


def up_to_you(service: Service) -> list[str]:
    """Return whether it is the patient's choice, and who is told.

    What is not known is to be asked where it may matter: of a service about work.
    """
    lines = []
    about_work = is_about_work(service)
    if service.voluntary != "not_known" or (about_work and service.kind not in TAKEN_FREELY):
        lines.append(CHOICE[service.voluntary])
    if service.tells_dwp != "not_known" or about_work:
        lines.append(JOBCENTRE[service.tells_dwp])
    return lines


def how_sure(service: Service, today: date) -> list[str]:
    """Return how old the facts are, where they come from, and what to do if they are wrong."""
    if service.verified_on is not None:
        lines = [f"We checked this with them on {day_of(service.verified_on)}."]
    elif service.source_date is not None:
        lines = [
            f"We found this on a page of {month_of(service.source_date)}. "
            "It is not yet confirmed with the service."
        ]
    else:
        lines = ["We do not know how old this is. It is not yet confirmed with the service."]
    if must_check(service, today):
        lines.append("They may not take new people now. Ask us to check before you try.")
    elif is_stale(service, today):
        lines.append("It may have changed. Ask us to check before you go.")
    lines.append("If it does not work, tell us. We will look for another way.")
    if service.sources:
        lines.append(f"Source: {readable(_newest(service))}.")
    return lines


def _newest(service: Service) -> Source:
    """Return the page whose date is told, else the first; the rest stands on the practice's own papers."""
    told = (source for source in service.sources if source.dated == service.source_date)
    return next(told, service.sources[0])
