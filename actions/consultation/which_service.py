"""Which of several services of one name is meant, and what to say where all of them are over.

A family name ("WorkWell", "Working Well") belongs to several entries. The patient's cards and where the
patient lives tell which one is meant; a choice is asked for only where neither does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services_directory.assessment import Assessment
from services_directory.directory import Directory
from services_directory.folding import narrowness
from services_directory.model import Service
from services_directory.reasons import day_of
from services_directory.status import status_on

# Where more than these have ended, naming each tells less than saying that all have.
NAMED_AT_MOST = 3


def meant(ids: Sequence[str], made: Assessment, directory: Directory) -> tuple[str, ...]:
    """Return those of ``ids`` that can be meant for the patient of ``made``: one, where that is clear.

    What the cards show comes first, then what takes referrals on that day, then, of one programme, the
    entry made for where the patient lives.
    """
    shown = _on_the_cards(ids, made)
    if len(shown) == 1:
        return shown
    named = [directory.services[i] for i in ids if i in directory.services]
    living = [s for s in named if status_on(s, made.day).referable]
    if len(living) < 2:
        return tuple(s.id for s in living or named)
    programmes = {s.programme for s in living}
    if len(programmes) == 1 and None not in programmes and made.case.area is not None:
        living = _where_the_patient_lives(living, made.case.area, directory)
    return tuple(s.id for s in living)


def _on_the_cards(ids: Sequence[str], made: Assessment) -> tuple[str, ...]:
    cards = [ranked.card for ranked in made.ranked]
    return tuple(card.id for card in cards if {card.id, *card.also} & set(ids))


def _where_the_patient_lives(
    services: Sequence[Service], home: str, directory: Directory
) -> list[Service]:
    """Return the narrowest of ``services`` that serve ``home``; open ones before unverified ones."""
    tree = directory.areas
    serving = [s for s in services if any(tree.contains(area, home) for area in s.areas)]
    if not serving:
        return list(services)
    best = max(serving, key=lambda s: (s.status == "open", narrowness(s, tree)))
    return [best]


def beside(
    service: Service, named: Sequence[str], home: str | None, directory: Directory
) -> Service | None:
    """Return the entry of the same programme that is made for where the patient lives, if it is another."""
    if home is None or service.programme is None:
        return None
    tree = directory.areas
    local = [
        other
        for i in named
        if (other := directory.services.get(i)) is not None
        and other.programme == service.programme
        and narrowness(other, tree) > narrowness(service, tree)
        and any(tree.contains(area, home) for area in other.areas)
    ]
    return max(local, key=lambda s: narrowness(s, tree), default=None)


def are_over(ids: Sequence[str], day: date, directory: Directory) -> bool:
    """Say whether several services are named and none of them takes referrals on ``day``."""
    return len(ids) > 1 and not any(
        status_on(directory.services[i], day).referable for i in ids if i in directory.services
    )


def over_in_words(
    called: str, ids: Sequence[str], made: Assessment, directory: Directory
) -> tuple[str, tuple[str, ...]]:
    """Return what to say of a family that is over, and the ids of what can be used today.

    ``called``: the name as the clinician said it.
    """
    day = made.day
    members = [directory.services[i] for i in ids]
    if len(members) > NAMED_AT_MOST:
        told = f"{_name(called, members)}: all {len(members)} services of that name are over."
    else:
        told = f"{_name(called, members)}: " + "; ".join(_end(s, day) for s in members) + "."
    last = max(members, key=lambda s: status_on(s, day).since or date.min)
    since = status_on(last, day).since
    if len(members) > NAMED_AT_MOST and since is not None:
        told += f" The last, {last.name}, {_over(last, day)}."
    today = _today(members, made, directory)
    if today:
        names = [directory.services[i].name for i in today]
        told += f" Today: {'; '.join(names)}."
    return told, today


def _name(called: str, members: Sequence[Service]) -> str:
    """Return the name as the entries write it; as it was typed where none writes it so."""
    called = " ".join(called.split()).strip(" ?.!,")
    written = {alias.casefold(): alias for service in members for alias in service.aliases}
    return written.get(called.casefold(), called[:1].upper() + called[1:])


def _over(service: Service, day: date) -> str:
    status = status_on(service, day)
    since = f" since {day_of(status.since)}" if status.since else ""
    if status.status == "ended":
        return f"ended on {day_of(status.since)}" if status.since else "has ended"
    return f"has taken no new referrals{since}"


def _end(service: Service, day: date) -> str:
    return f"{service.name} {_over(service, day)}"


def _today(members: Sequence[Service], made: Assessment, directory: Directory) -> tuple[str, ...]:
    """Return what replaced them and takes referrals, one a programme, as this patient would have it."""
    followers: dict[str, None] = {}
    todo, seen = [i for s in members for i in s.replaced_by], set[str]()
    while todo:
        service_id = todo.pop(0)
        if service_id in seen or service_id not in directory.services:
            continue
        seen.add(service_id)
        service = directory.services[service_id]
        if status_on(service, made.day).referable:
            followers[service_id] = None
        else:
            todo += service.replaced_by
    found: dict[str, None] = {}
    for service_id in followers:
        family = _family(directory.services[service_id], directory)
        one = meant(family, made, directory)
        found[one[0] if len(one) == 1 else service_id] = None
    # Two followers of one programme are one answer.
    by_programme: dict[str, str] = {}
    for service_id in found:
        programme = directory.services[service_id].programme or service_id
        by_programme.setdefault(programme, service_id)
    return tuple(by_programme.values())


def _family(service: Service, directory: Directory) -> list[str]:
    if service.programme is None:
        return [service.id]
    return [s.id for s in directory.services.values() if s.programme == service.programme]
