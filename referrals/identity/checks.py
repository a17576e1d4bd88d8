"""What is wrong with an identity by itself, and against the case of the same consultation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.gb import nhs

from referrals.identity.model import Identity
from services_directory.case import Case

OLDEST = 120
# Never issued: NHS numbers of invented patients (999 000 0000 to 999 999 9999).
TEST_RANGE = "999"
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
SEXES = ("female", "male", "other")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with ``field``. ``says`` never repeats the value."""

    field: str
    says: str


def age_on(day: date, born: date) -> int:
    """Return the age in whole years on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def problems(identity: Identity, today: date, training: bool = False) -> tuple[Problem, ...]:
    """Return what is wrong with ``identity`` by itself.

    ``training``: only numbers that were never issued may be held.
    """
    found = []
    number = identity.nhs_number
    if number and not nhs.is_valid(number):
        found.append(
            Problem("nhs_number", "This is no NHS number: its last digit does not fit the others.")
        )
    elif number and training and not number.startswith(TEST_RANGE):
        found.append(
            Problem(
                "nhs_number",
                "Training mode takes invented patients only: NHS numbers that begin with 999.",
            )
        )
    if (born := identity.date_of_birth) is not None:
        if born > today:
            found.append(Problem("date_of_birth", "The date of birth lies in the future."))
        elif age_on(today, born) > OLDEST:
            found.append(Problem("date_of_birth", f"That is more than {OLDEST} years ago."))
    if identity.sex and identity.sex not in SEXES:
        found.append(Problem("sex", f"Sex is {', '.join(SEXES[:-1])} or {SEXES[-1]}."))
    if identity.postcode and not _POSTCODE.fullmatch(identity.postcode):
        found.append(Problem("postcode", "This is no postcode such as ZZ1 1ZZ."))
    for name in ("phone", "other_phone"):
        digits = re.sub(r"\D", "", getattr(identity, name))
        if getattr(identity, name) and not 10 <= len(digits) <= 13:
            found.append(Problem(name, "A telephone number has ten or eleven digits."))
    if identity.email and not _EMAIL.fullmatch(identity.email):
        found.append(Problem("email", "This is no e-mail address."))
    return tuple(found)


def at_odds(identity: Identity, case: Case, today: date) -> tuple[Problem, ...]:
    """Return where ``identity`` contradicts ``case``: it may then be another patient.

    Nothing is sent until one of the two is corrected. What is not known contradicts nothing.
    """
    found = []
    if identity.date_of_birth is not None and case.age is not None:
        age = age_on(today, identity.date_of_birth)
        if age != int(case.age):
            found.append(
                Problem(
                    "date_of_birth",
                    f"By the date of birth the patient is {age}; in the consultation it was "
                    f"{int(case.age)}. Correct one of them, or start a new consultation if this is another "
                    "patient.",
                )
            )
    if identity.sex and case.sex and identity.sex != case.sex:
        found.append(
            Problem(
                "sex",
                f"The record says {identity.sex}; in the consultation it was {case.sex}. Correct one of "
                "them, or start a new consultation if this is another patient.",
            )
        )
    return tuple(found)
