"""Why a service fits or not, in words: one reason a criterion, with the facts that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services_directory.case import LIST_KEYS, NUMBER_KEYS, Case
from services_directory.directory import Directory
from services_directory.eligibility import NEED_CRITERION, Judgement, Outcome, state_of
from services_directory.model import Expression, Is, Not, Service
from services_directory.status import is_stale

# What is said of a key whose value is not known.
KEY_NAMES = {
    "work_status": "work status",
    "goal": "what the patient wants",
    "conditions": "health conditions",
    "barriers": "barriers",
    "benefits": "benefits",
    "benefit_issues": "benefit problems",
    "employment_type": "kind of employment",
    "age": "age",
    "sex": "sex",
    "area": "where the patient lives",
    "gp_area": "the practice's area",
    "absence_weeks": "weeks off work",
    "out_of_work_months": "months out of work",
    "uc_months": "months on Universal Credit",
    "never_worked": "whether the patient has ever worked",
    "job_at_risk": "whether the job is at risk",
    "has_job_offer": "whether there is a job to start",
    "pregnant_or_postnatal": "whether pregnant or a new mother",
    "under_secondary_mental_health": "whether under a secondary mental health team",
    "in_programme": "whether already with a work programme",
}
_SHOWN_FIRST = ("not_met", "unknown", "met")
# The founding reports before the newest one end in this year; what rests on them alone says so (R88).
LAST_FOUNDING_YEAR = 2015
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_of(day: date) -> str:
    """Return ``day`` as "March 2026", and as "2026" where it is the first day of a year.

    Of a page of which only the year is known, the first day of the year is written (contract, section 5); a
    month would be said that nobody knows.
    """
    if (day.day, day.month) == (1, 1):
        return str(day.year)
    return f"{_MONTHS[day.month - 1]} {day.year}"


def page_date(day: date) -> str:
    """Return the date of a page as exactly as it is known: "12 June 2023", "June 2025" or "2020"."""
    return month_of(day) if day.day == 1 else day_of(day)


def day_of(day: date) -> str:
    """Return ``day`` as "31 March 2025"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def age_of_facts(service: Service, day: date) -> str:
    """Return how old and how sure the facts are, for people."""
    if service.verified_on is not None:
        told = f"confirmed with the service on {day_of(service.verified_on)}"
    elif service.source_date is not None:
        told = f"page of {month_of(service.source_date)}, not yet confirmed with the service"
    else:
        told = "no dated page, not yet confirmed with the service"
    if _founding_reports_alone(service):
        told += "; known only from reports of 2012 to 2015"
    if is_stale(service, day):
        told += "; check before referring"
    return told


def _founding_reports_alone(service: Service) -> bool:
    """Say whether nothing newer than the founding reports stands behind ``service``."""
    if service.verified_on is not None or service.source_date is None:
        return False
    dates = [service.source_date, *(s.dated for s in service.sources if s.dated is not None)]
    return max(dates).year <= LAST_FOUNDING_YEAR


def fact_words(
    key: str, value: Any, case: Case, directory: Directory, said: Mapping[str, str]
) -> str:
    """Return one fact in words, with the clinician's own words where ``said`` holds them.

    ``said`` maps ``key`` or ``key:value`` to the words of the message.
    """
    words = directory.words
    if key in ("area", "gp_area"):
        told = directory.areas.label(str(value))
    elif key in NUMBER_KEYS:
        number = int(value) if float(value).is_integer() else round(value, 1)
        told = f"{number} {words.terms['numbers'][key].raw['unit']}"
        if key == "absence_weeks" and value < 1:
            days = max(1, round(value * 7))
            told = f"{days} day{'s' if days > 1 else ''}"
        told = f"age {number}" if key == "age" else told
    elif key == "in_programme":
        service = directory.services.get(str(value))
        told = "in no programme" if value == "none" else f"in {service.name if service else value}"
    else:
        told = words.label(key, value)
    if key in LIST_KEYS and case.is_uncertain(key, str(value)):
        told += " (said only as possible)"
    quote = said.get(f"{key}:{value}") or said.get(key)
    if quote and quote.casefold() != told.casefold():
        told += f' ("{quote}")'
    return told


def _decisive(outcome: Outcome, case: Case) -> list[tuple[str, Any]]:
    """Return the facts of the case that ``outcome`` rests on."""
    found: list[tuple[str, Any]] = []
    for fact in outcome.criterion.facts:
        value = getattr(case, fact.key)
        if fact.key in LIST_KEYS:
            hits = [v for v in value if fact.any_value or v in fact.values]
            found += [(fact.key, v) for v in hits]
        elif value is not None:
            found.append((fact.key, value))
    return list(dict.fromkeys(found))


def _open_facts(expression: Expression, case: Case, directory: Directory) -> list[Is]:
    """Return the facts that can still decide ``expression``; none of a part that is settled already."""
    if state_of(expression, case, directory.words, directory.areas) != "unknown":
        return []
    if isinstance(expression, Is):
        return [expression]
    parts = (expression.part,) if isinstance(expression, Not) else expression.parts
    return [fact for part in parts for fact in _open_facts(part, case, directory)]


def _missing(outcome: Outcome, case: Case, directory: Directory) -> list[str]:
    """Return in words what is not known, and what is known of which no source says how it counts."""
    expression = outcome.criterion.expression
    told = []
    for fact in _open_facts(expression, case, directory) if expression is not None else ():
        value = getattr(case, fact.key)
        if fact.beyond_unknown and value is not None:
            told.append(f"{KEY_NAMES[fact.key]}: {value:g}")
        elif not case.knows(fact.key) or fact.key in LIST_KEYS:
            told.append(KEY_NAMES[fact.key])
    return list(dict.fromkeys(told))


def reason(
    outcome: Outcome, case: Case, directory: Directory, said: Mapping[str, str]
) -> dict[str, Any]:
    """Return one reason of the contract: ``{"criterion","state","text","source"}``."""
    criterion = outcome.criterion
    if criterion.by_provider:
        text = f"{criterion.says}: the service checks this"
    elif outcome.state == "unknown":
        missing = _missing(outcome, case, directory)
        text = f"{criterion.says}: not known ({', '.join(missing)})" if missing else criterion.says
    else:
        facts = [
            fact_words(key, value, case, directory, said) for key, value in _decisive(outcome, case)
        ]
        mark = "yes" if outcome.state == "met" else "no"
        told = ", ".join(facts)
        text = f"{criterion.says}: {mark}" + (f", {told}" if told else "")
    return {
        "criterion": criterion.id,
        "state": outcome.state,
        "text": text,
        "source": criterion.source,
    }


def reasons_of(
    judgement: Judgement, case: Case, directory: Directory, said: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return every reason for the verdict, those not met first, then unknown, then met."""
    service = judgement.service
    reasons = []
    for outcome in judgement.outcomes:
        made = reason(outcome, case, directory, said)
        made["source"] = service.cites.get(outcome.criterion.source, outcome.criterion.source)
        reasons.append(made)
    if not judgement.served:
        told = ", ".join(directory.words.label("needs", need) for need in service.needs)
        reasons.insert(
            0,
            {
                "criterion": NEED_CRITERION,
                "state": "not_met",
                "text": f"No such need said (it serves {told})",
                "source": "the needs the entry lists",
            },
        )
    return [made for state in _SHOWN_FIRST for made in reasons if made["state"] == state]
