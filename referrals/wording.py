"""The patient case in plain words: durations, lists, the person, the work.

Sentences have no subject ("works as a warehouse packer; off sick for 6 weeks"), so that they read
well in a letter about a patient and in a note that the patient carries. The work comes before the
absence: a text that only says what somebody cannot do is not fit to send.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services_directory.areas import Areas, areas
from services_directory.case import Case
from services_directory.vocabulary import Vocabulary, vocabulary

# The keys that one sentence about work takes up together.
WORK_KEYS = (
    "work_status",
    "occupation",
    "employment_type",
    "absence_weeks",
    "out_of_work_months",
    "never_worked",
)
OCCUPATION_LIMIT = 80
ADULT = 18


def joined(items: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def number(value: float) -> str:
    """Return a whole number plainly and any other as "about" the nearest one."""
    return str(int(value)) if float(value).is_integer() else f"about {max(1, round(value))}"


def counted(value: float, unit: str) -> str:
    """Return "1 week", "6 weeks", "about 2 weeks"; under one: "less than 1 week"."""
    if value < 1:
        return f"less than 1 {unit}"
    words = number(value)
    return f"{words} {unit}" if words.split()[-1] == "1" else f"{words} {unit}s"


def months(value: float) -> str:
    """Return a number of months as "3 months", "1 year", "2 years and 1 month"."""
    if value < 12 or not float(value).is_integer():
        return counted(value, "month")
    years, rest = divmod(int(value), 12)
    parts = [counted(years, "year")]
    if rest:
        parts.append(counted(rest, "month"))
    return joined(parts)


def person(case: Case) -> str:
    """Return "48-year-old woman", "17-year-old", "man" or "patient"."""
    grown = case.age is None or case.age >= ADULT
    noun = {"female": "woman", "male": "man"}.get(case.sex or "", "") if grown else ""
    if case.age is None:
        return noun or "patient"
    return f"{int(case.age)}-year-old {noun}".strip()


def occupation(case: Case) -> str:
    """Return the occupation as one short line, or an empty text."""
    return " ".join((case.occupation or "").split())[:OCCUPATION_LIMIT].strip()


def with_article(job: str) -> str | None:
    """Return "a packer", "an HGV driver"; ``None`` where no article would read well."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z /'&-]*", job):
        return None
    first, last = job.split()[0], job.split()[-1].lower()
    if first.lower() in {"a", "an", "the", "in", "at", "for", "on", "own", "works", "working"}:
        return None
    # "in two warehouses", "cleaning", "shop work": a kind of work, not a name for who does it.
    if last.endswith(("s", "ing", "work")):
        return None
    if first.isupper() and len(first) > 1:
        return f"{'an' if first[0] in 'AEFHILMNORSX' else 'a'} {job}"
    sounds_open = first[0].lower() in "aeiou" and not re.match(r"(uni|use|eu|one)", first.lower())
    return f"{'an' if sounds_open else 'a'} {job}"


def _job(case: Case, present: bool) -> str:
    job = occupation(case)
    if not job:
        return ""
    named = with_article(job)
    if named is None:
        return f"{'job' if present else 'past job'}: {job}"
    return f"{'works' if present else 'has worked'} as {named}"


def work(case: Case, keys: Sequence[str] = WORK_KEYS, words: Vocabulary | None = None) -> str:
    """Return one sentence about work from those of ``keys`` that are known; empty if none is.

    The job first, then the status and for how long: "works as a warehouse packer; off sick for 6 weeks".
    """
    words = words or vocabulary()
    status = case.work_status if "work_status" in keys else None
    off = case.absence_weeks if "absence_weeks" in keys else None
    out = case.out_of_work_months if "out_of_work_months" in keys else None
    has_job = case.work_status in ("in_work", "in_work_struggling", "off_sick") or (
        case.work_status is None and case.out_of_work_months is None
    )
    parts = [_job(case, has_job)] if "occupation" in keys else []
    if "employment_type" in keys and has_job:
        kinds = [words.label("employment_type", i) for i in case.employment_type]
        # "An apprentice electrician; apprentice" says it twice.
        parts.append(joined([kind for kind in kinds if kind not in "".join(parts)]))
    for_off = f" for {counted(off, 'week')}" if off is not None else ""
    for_out = f" for {months(out)}" if out is not None else ""
    if status == "off_sick":
        parts.append(f"off sick{for_off or ' from a job'}")
    elif status == "unemployed":
        parts.append(f"unemployed{for_out}")
    elif status is not None:
        parts.append(words.label("work_status", status))
        parts.append(f"out of paid work{for_out}" if for_out else "")
        parts.append(f"off work{for_off}" if for_off else "")
    else:
        parts.append(f"off work{for_off}" if for_off else "")
        parts.append(f"out of paid work{for_out}" if for_out else "")
    if "never_worked" in keys and case.never_worked:
        parts.append("has not had a paid job yet")
    return "; ".join(part for part in parts if part)


def in_words(
    case: Case, key: str, words: Vocabulary | None = None, tree: Areas | None = None
) -> str:
    """Return what ``case`` holds under ``key`` in plain words; empty where it holds nothing."""
    words, tree = words or vocabulary(), tree or areas()
    value = getattr(case, key, None)
    if value is None or value == ():
        return ""
    if key in ("work_status", "occupation", "never_worked", "absence_weeks", "out_of_work_months"):
        return work(case, (key,), words)
    if key == "age":
        return f"{counted(value, 'year')} old"
    if key == "uc_months":
        return f"{months(value)} on Universal Credit"
    if key in ("area", "gp_area"):
        return tree.label(value)
    if key == "in_programme":
        return "" if value == "none" else words.label(key, value)
    if isinstance(value, tuple):
        return joined([words.label(key, item) for item in value])
    return words.label(key, value)
