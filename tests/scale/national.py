"""A directory and patients of the size of England, invented, the same for the same seed.

Areas: Greater Manchester as shipped, and invented regions of eight boroughs each. Entries: variations of
the shipped ones, so that criteria, texts and routes are as long and as mixed as real ones are. Programmes
have a national entry, some regional ones and one in most boroughs; beside them every borough has its own
services, and England some for everyone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services_directory.areas import ROOT, Area, Areas
from services_directory.case import Case, case_from_json
from services_directory.directory import Directory
from services_directory.model import AllOf, AnyOf, Criterion, Expression, Is, Not, Service
from services_directory.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
SEED = 2026
BOROUGHS_OF_A_REGION = 8
# England has some 320 places that run their own services; the shipped areas hold ten of them.
NATIONAL_BOROUGHS = 320
STATUSES = ("open",) * 12 + ("unverified",) * 5 + ("paused", "planned", "closed", "ended", "ended")
WAYS_IN = ("known", "known", "known", "unconfirmed", "not_known")


def national_areas(shipped: Areas, count: int) -> Areas:
    """Return ``shipped`` with as many invented boroughs as ``count`` entries fill, up to all of England."""
    boroughs = max(10, min(NATIONAL_BOROUGHS, count // 10))
    by_id = dict(shipped.by_id)
    for number in range(boroughs - len(boroughs_of(shipped))):
        region = f"region-{number // BOROUGHS_OF_A_REGION + 1}"
        if region not in by_id:
            by_id[region] = Area(region, region.replace("-", " ").capitalize(), ROOT)
        name = f"borough-{number + 1}"
        by_id[name] = Area(name, name.replace("-", " ").capitalize(), region)
    return Areas(by_id)


def boroughs_of(tree: Areas) -> list[str]:
    """Return the areas two steps below England."""
    return [area for area in tree.by_id if tree.depth(area) == 2]


def national_directory(count: int, shipped: Directory, seed: int = SEED) -> Directory:
    """Return ``count`` invented entries in the areas of ``national_areas``."""
    tree = national_areas(shipped.areas, count)
    services = {s.id: s for s in _services(count, shipped, tree, random.Random(seed))}
    return Directory(services, shipped.words, tree)


def _services(
    count: int, shipped: Directory, tree: Areas, chance: random.Random
) -> Iterator[Service]:
    boroughs = boroughs_of(tree)
    regions = [area for area in tree.by_id if tree.depth(area) == 1 and area != "england-other"]
    patterns = list(shipped.services.values())
    for_all = [s for s in patterns if ROOT in s.areas]
    local = [s for s in patterns if ROOT not in s.areas]
    everywhere = min(count // 3, 40 + count // 250)
    programmes = [
        _varied(chance.choice(local), chance) for _ in range(max(2, count // (2 * len(boroughs))))
    ]
    for number in range(count):
        if number < everywhere:
            made, area = _varied(chance.choice(for_all), chance), ROOT
            programme = None
        else:
            area = chance.choice(regions if chance.random() < 0.04 else boroughs)
            which = chance.randrange(len(programmes))
            programme = f"programme-{which}" if chance.random() < 0.6 else None
            made = programmes[which] if programme else _varied(chance.choice(local), chance)
        yield _placed(made, number, area, programme, tree, chance)


def _placed(
    pattern: Service,
    number: int,
    area: str,
    programme: str | None,
    tree: Areas,
    chance: random.Random,
) -> Service:
    """Return ``pattern`` as one place's entry, with its own status, dates and way in."""
    status = chance.choice(STATUSES)
    begins = DAY - timedelta(days=chance.randrange(-200, 2000))
    ends = DAY + timedelta(days=chance.randrange(-400, 1200))
    way_in = chance.choice(WAYS_IN)
    return replace(
        pattern,
        id=f"service-{number}",
        name=f"{pattern.name}, {tree.label(area)} {number}",
        aliases=(f"Service {number}",),
        areas=(area,),
        programme=programme,
        provider=f"Provider {chance.randrange(500)}",
        status=status,
        valid_from=begins if status == "planned" or chance.random() < 0.3 else None,
        referrals_close_on=ends if chance.random() < 0.15 else None,
        valid_to=DAY - timedelta(days=90) if status == "ended" and chance.random() < 0.5 else None,
        unverified_from=None,
        replaces=(),
        replaced_by=(),
        routes=tuple(
            replace(route, way_in=way_in, phone=f"0{number:010d}" if way_in == "known" else None)
            for route in pattern.routes
        ),
        confidence=chance.choice(("high", "medium", "low")),
        source_date=DAY - timedelta(days=chance.randrange(0, 1200)),
        path="",
        personas=(),
    )


def _varied(pattern: Service, chance: random.Random) -> Service:
    """Return ``pattern`` with other numbers, and with some named ids left out of its criteria."""
    return replace(pattern, criteria=tuple(_other(c, chance) for c in pattern.criteria))


def _other(criterion: Criterion, chance: random.Random) -> Criterion:
    if criterion.expression is None:
        return criterion
    return replace(criterion, expression=_changed(criterion.expression, chance))


def _changed(expression: Expression, chance: random.Random) -> Expression:
    if isinstance(expression, Not):
        return Not(_changed(expression.part, chance))
    if isinstance(expression, (AllOf, AnyOf)):
        return type(expression)(tuple(_changed(part, chance) for part in expression.parts))
    if expression.low is not None or expression.high is not None:
        shift = chance.choice((-2, 0, 0, 0, 2, 5))
        low = None if expression.low is None else max(0, expression.low + shift)
        return replace(expression, low=low)
    if len(expression.values) > 2 and chance.random() < 0.5:
        gone = chance.choice(sorted(map(str, expression.values)))
        return Is(expression.key, frozenset(v for v in expression.values if str(v) != gone))
    return expression


def patients(
    count: int, words: Vocabulary, tree: Areas, *, place_known: bool = True, seed: int = SEED
) -> list[Case]:
    """Return ``count`` invented patients as they stand in the middle of a consultation."""
    chance = random.Random(seed)
    places = boroughs_of(tree)
    return [_patient(words, places if place_known else [], tree, chance) for _ in range(count)]


def _patient(words: Vocabulary, places: list[str], tree: Areas, chance: random.Random) -> Case:
    def some(key: str, most: int) -> list[str]:
        ids = [i for i in words.terms[key] if i != "none"]
        return chance.sample(ids, chance.randint(0, most))

    raw: dict[str, Any] = {
        "work_status": chance.choice(
            ["in_work_struggling", "off_sick", "off_sick", "unemployed", "economically_inactive"]
        ),
        "age": chance.randint(16, 67),
        "conditions": some("conditions", 2) or ["depression"],
        "barriers": some("barriers", 2),
        "benefits": some("benefits", 1),
        "goal": chance.choice([*words.terms["goal"], None]),
        "sex": chance.choice(["female", "male", None]),
        "in_programme": chance.choice(["none", None, None]),
    }
    if places:
        raw["area"] = chance.choice(places)
        raw["gp_area"] = chance.choice([raw["area"], None])
    return case_from_json({k: v for k, v in raw.items() if v is not None}, words, tree)
