"""The page of one service, as plain data for the template: each fact with its source and its age.

Pure: everything comes from the directory and the day. All text is plain; escaping is the template's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.web.directory_results import first_up, who_words
from services_directory.directory import Directory
from services_directory.entry_words import status_words
from services_directory.model import Service, Source
from services_directory.reasons import age_of_facts, day_of, page_date
from services_directory.status import is_stale, status_on

# Names under which other lists and older papers hold a service, such as ww_pioneer: for machines only.
_MACHINE_NAME = re.compile(r"[a-z0-9]+_[a-z0-9_]+|[a-z0-9]+(?:-[a-z0-9]+){2,}")


def age_words(dated: date | None, day: date) -> str:
    """Return how old a page is: "9 February 2026, 9 months old"."""
    if dated is None:
        return "no date"
    months = (day.year - dated.year) * 12 + day.month - dated.month - (day.day < dated.day)
    if months < 1:
        return f"{page_date(dated)}, under a month old"
    number, unit = (months, "month") if months < 24 else (months // 12, "year")
    return f"{page_date(dated)}, {number} {unit}{'' if number == 1 else 's'} old"


@dataclass(frozen=True)
class SourceLine:
    """One source as it stands beside a fact and in the list of sources."""

    cite: str
    age: str


@dataclass(frozen=True)
class RuleLine:
    """One rule that a patient must meet."""

    says: str
    by_provider: bool
    gate: bool
    source: SourceLine


@dataclass(frozen=True)
class WayLine:
    """One way in. Addresses are empty where they are not known."""

    by: str
    who: str
    how: str
    way_in: str
    phone: str
    tel: str
    email: str
    web: str
    web_is_link: bool
    form: list[str]
    source: SourceLine


@dataclass(frozen=True)
class Link:
    """Another entry; ``id`` is empty for one that this directory does not hold."""

    id: str
    name: str


@dataclass(frozen=True)
class ServicePage:
    """One service, ready for its template."""

    service: Service
    status: str
    status_label: str
    stale: bool
    age: str
    facts: list[tuple[str, str]]
    rules: list[RuleLine]
    ways: list[WayLine]
    figures: list[tuple[str, str, SourceLine]]
    sources: list[SourceLine]
    replaces: list[Link]
    replaced_by: list[Link]
    verified: str


_BY = {
    "clinician_form": "A form that a health professional fills in",
    "clinician_letter": "A letter from a clinician",
    "self_referral": "The patient applies",
    "phone": "By telephone",
    "jobcentre": "Through the work coach at the Jobcentre",
    "secondary_care": "Through the secondary mental health team",
    "social_care": "Through adult social care",
    "programme_keyworker": "Through the keyworker of a programme",
    "employer": "Through the employer",
    "outreach": "The service reaches out itself",
}
_WAY_IN = {
    "known": "",
    "unconfirmed": "Not confirmed: check first",
    "not_known": "How to reach it was not found",
}
_YES_NO = {
    "yes": "Yes",
    "no": "No",
    "after_referral_mandatory": "No longer, once referred",
}


def service_page(service: Service, book: Directory, day: date) -> ServicePage:
    """Return what the page of ``service`` shows on ``day``."""
    held = {source.id: _source(source, day) for source in service.sources}

    def source_of(name: str) -> SourceLine:
        return held.get(name, SourceLine(name or "no source given", "no date"))

    return ServicePage(
        service=service,
        status=status_on(service, day).status,
        status_label=status_words(service, day),
        stale=is_stale(service, day),
        age=first_up(age_of_facts(service, day)),
        facts=_facts(service, book),
        rules=[
            RuleLine(c.says, c.by_provider, c.gate, source_of(c.source)) for c in service.criteria
        ],
        ways=[
            WayLine(
                by=_BY[route.route],
                who=", ".join(who_words(who) for who in route.who),
                how=route.how,
                way_in=_WAY_IN[route.way_in],
                phone=route.phone or "",
                tel="".join(c for c in route.phone or "" if c.isdigit() or c == "+"),
                email=route.email or "",
                web=route.web or "",
                web_is_link=(route.web or "").startswith(("https://", "http://")),
                form=[f.label + (" (required)" if f.required else "") for f in route.form],
                source=source_of(route.source),
            )
            for route in service.routes
        ],
        figures=[(e.figure, e.cohort, source_of(e.source)) for e in service.evidence],
        sources=list(held.values()),
        replaces=_links(service.replaces, book),
        replaced_by=_links(service.replaced_by, book),
        verified=_verified(service, day),
    )


def _source(source: Source, day: date) -> SourceLine:
    return SourceLine(source.cite, age_words(source.dated, day))


def _links(ids: Iterable[str], book: Directory) -> list[Link]:
    return [
        Link(i, book.services[i].name) if i in book.services else Link("", i.replace("-", " "))
        for i in ids
    ]


def _verified(service: Service, day: date) -> str:
    if service.verified_on is None:
        return "Nobody has confirmed these facts with the service yet."
    by = f" by {service.verified_by_role}" if service.verified_by_role else ""
    return f"Confirmed with the service{by}: {age_words(service.verified_on, day)}."


def _facts(service: Service, book: Directory) -> list[tuple[str, str]]:
    """Return what is known besides rules and routes; what is not known has no line."""
    dates = {
        "First day": service.valid_from,
        "Last day for new referrals": service.referrals_close_on,
        "Last day": service.valid_to,
        "Nobody knows from": service.unverified_from,
    }
    said = {
        "Helps with": ", ".join(book.words.label("needs", need) for need in service.needs),
        "Area": ", ".join(book.areas.label(area) for area in service.areas)
        + _AREA_RULE[service.area_rule],
        "Run by": service.provider,
        "Paid for by": service.commissioner,
        "Cost to the patient": service.cost,
        "Open": service.hours,
        "Lasts": service.duration,
        "Places and waits": service.capacity,
        "Languages and access": service.languages,
        "The patient may refuse": _YES_NO.get(service.voluntary),
        "Tells the DWP": _YES_NO.get(service.tells_dwp),
        **{name: day_of(on) for name, on in dates.items() if on},
        "Also called": ", ".join(a for a in service.aliases if not _MACHINE_NAME.fullmatch(a)),
    }
    return [(name, text) for name, text in said.items() if text]


_AREA_RULE = {
    "lives_in": "",
    "registered_in": " (patients registered with a practice there)",
    "lives_or_registered": " (patients who live or are registered with a practice there)",
}
