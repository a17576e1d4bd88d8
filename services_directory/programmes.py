"""Which programmes a patient can be on, for the question that asks for it.

An entry's rules may name any programme there ever was; only those whose people can still be on it are offered
as buttons. A name that is typed is read all the same.
"""

from __future__ import annotations

import re
from datetime import date

from services_directory.directory import Directory, Distinctions
from services_directory.folding import narrowness
from services_directory.model import Service
from services_directory.status import status_on

# Where an entry gives no length. The longest of the programmes that ended since 2018 kept people for 21
# months (Working Well: Work and Health Programme, 15 and 6).
USUAL_STAY_MONTHS = 24
_STAY = re.compile(r"(\d+) (month|year)")
_MONTHS = {"month": 1, "year": 12}


def programme_ids(directory: Directory) -> frozenset[str]:
    """Return the services that some entry's rule names as a programme to be in, or not to be in."""
    return frozenset(directory.distinctions.get("in_programme", Distinctions()).ids) - {"none"}


def programmes_on(day: date, directory: Directory) -> list[Service]:
    """Return the programmes a patient can be on: those that take people now, then those that did.

    One entry a programme: the one for the whole region, since whoever is asked may not know the borough's.
    """
    named = [directory.services[i] for i in programme_ids(directory) if i in directory.services]
    coached = [
        s for s in directory.services.values() if s.programme and _is_work_coaching(s, directory)
    ]
    found: dict[str, Service] = {}
    for service in sorted((*named, *coached), key=lambda s: _how_general(s, directory)):
        if can_be_on(service, day):
            found.setdefault(service.programme or service.id, service)
    return sorted(found.values(), key=lambda s: (_order(s, day), s.name, s.id))


def can_be_on(service: Service, day: date) -> bool:
    """Say whether somebody who joined while it took people can still be on ``service`` on ``day``."""
    status = status_on(service, day)
    if status.status in ("ended", "planned"):
        return False
    if status.status != "closed":
        return True
    return status.since is not None and _months_between(status.since, day) < _stay(service)


def _is_work_coaching(service: Service, directory: Directory) -> bool:
    return service.kind == "coaching" and service.needs[0] in directory.words.work_needs


def _how_general(service: Service, directory: Directory) -> tuple[bool, int, str]:
    """Sort the regional entry first, then the national one, then those of boroughs."""
    deep = narrowness(service, directory.areas)
    return (service.status in ("closed", "ended"), (1, 0, 2)[min(deep, 2)], service.id)


def _order(service: Service, day: date) -> int:
    return ("open", "unverified", "paused", "closed").index(status_on(service, day).status)


def _stay(service: Service) -> int:
    """Return for how many months somebody can be on ``service`` at most."""
    told = _STAY.findall(service.duration or "")
    return sum(int(n) * _MONTHS[unit] for n, unit in told) or USUAL_STAY_MONTHS


def _months_between(begin: date, end: date) -> int:
    return (end.year - begin.year) * 12 + end.month - begin.month - (end.day < begin.day)
