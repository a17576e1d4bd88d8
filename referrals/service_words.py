"""What a document says about the service itself: how old its facts are, whether it is voluntary, the way in.

Nothing that is not known is left out in silence: not known is "ask first".
"""

from __future__ import annotations

import re
from datetime import date

from services_directory.model import Route, Service, Source
from services_directory.reasons import age_of_facts
from services_directory.status import status_on

CHECK_FIRST = (
    "Check before referring: it is not known whether this service takes referrals now. "
    "Nothing is sent until someone records that they checked."
)
VOLUNTARY = {
    "yes": "Taking part is voluntary: the patient may say no, or stop.",
    "no": "Taking part is not voluntary. Ask the service first what it asks of people.",
    "after_referral_mandatory": (
        "Once a patient has been referred, taking part can be compulsory. "
        "Make sure that the patient knows this and agrees first."
    ),
    "not_known": "It is not known whether taking part is voluntary: ask first.",
}
TELLS_DWP = {
    "yes": "The service tells the Department for Work and Pensions (DWP) who takes part.",
    "no": "The service does not tell the Department for Work and Pensions (DWP) who takes part.",
    "not_known": (
        "It is not known whether the Department for Work and Pensions (DWP) is told: ask first."
    ),
}
WELFARE_RIGHTS = (
    "Questions about benefits go to a welfare rights adviser, such as Citizens Advice "
    "(citizensadvice.org.uk). This document gives no advice on them."
)


def name_of(service: Service) -> str:
    """Return the name of the service on one line."""
    return " ".join(service.name.split())


def sources(service: Service) -> str:
    """Return the service's sources as readable citations."""
    cites = [readable(source) for source in service.sources]
    return "; ".join(dict.fromkeys(c for c in cites if c))


def readable(source: Source) -> str:
    """Return a source as a reader of a letter knows it, without line numbers into the founding documents."""
    cite = re.sub(r"\s*\((?:seeds?)\b[^)]*\)", "", source.cite)
    return re.sub(r", lines? \d[\d-]*((,| and) \d[\d-]*)*", "", cite).strip()


def facts_lines(service: Service, today: date, inside: bool = False) -> list[str]:
    """Return the sentences on age, source, choice and DWP that stand under every document.

    Of a service that is not about work, and of somebody ``inside`` the practice, only what is known of choice
    and DWP is said: to ask a physiotherapist whether they tell the Jobcentre would frighten for nothing.
    """
    lines = [f"Facts about {name_of(service)}: {age_of_facts(service, today)}."]
    if service.sources:
        lines.append(f"Source: {sources(service)}.")
    if must_check(service, today):
        lines.append(CHECK_FIRST)
    for told, words in ((service.voluntary, VOLUNTARY), (service.tells_dwp, TELLS_DWP)):
        if told != "not_known" or (is_about_work(service) and not inside):
            lines.append(words[told])
    return [*lines, WELFARE_RIGHTS]


def is_about_work(service: Service) -> bool:
    """Say whether the service helps somebody to find, keep or go back to work."""
    return bool({"employment", "job_retention"} & set(service.needs))


def must_check(service: Service, today: date) -> bool:
    """Say whether nobody knows if the service takes referrals on ``today``."""
    return status_on(service, today).status == "unverified"


def contacts(route: Route) -> list[str]:
    """Return the route's addresses, one line each, in the order in which people use them."""
    own = "your own GP practice, at reception" if route.at_practice else None
    named = (("Book at", own), ("Phone", route.phone), ("E-mail", route.email), ("Web", route.web))
    return [f"{label}: {value}" for label, value in named if value]


def where_it_goes(route: Route) -> list[str]:
    """Return how to send a paper by ``route``, with a warning where the way is not confirmed."""
    lines = [route.how, *contacts(route)]
    if route.way_in != "known":
        lines.append("This way in is not confirmed: check it before you send anything.")
    return lines
