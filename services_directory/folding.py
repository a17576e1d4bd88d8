"""One programme, one card: national, regional and borough entries of a programme fold into one."""

from __future__ import annotations

from dataclasses import dataclass

from services_directory.areas import Areas
from services_directory.eligibility import Judgement
from services_directory.model import Service

REGIONAL_DEPTH = 1
_WAY_IN_ORDER = {"known": 0, "unconfirmed": 1, "not_known": 2}


@dataclass(frozen=True)
class Card:
    """The entry shown for a programme, and the ids folded into it."""

    judgement: Judgement
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the entry shown."""
        return self.judgement.service.id


def best_way_in(service: Service) -> str:
    """Return how well the best-known way into ``service`` is known; ``not_known`` without a route."""
    ways = [route.way_in for route in service.routes]
    return min(ways, key=_WAY_IN_ORDER.__getitem__, default="not_known")


def narrowness(service: Service, tree: Areas) -> int:
    """Return how deep in the tree of areas ``service`` lies: 0 national, 1 regional, 2 borough."""
    return max((tree.depth(area) for area in service.areas), default=0)


def fold(offered: list[Judgement], tree: Areas) -> list[Card]:
    """Return one card a programme, in the order in which the programmes first stand in ``offered``."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in offered:
        key = judgement.service.programme or f"entry:{judgement.service.id}"
        groups.setdefault(key, []).append(judgement)
    cards = []
    for members in groups.values():
        shown = members[0] if len(members) == 1 else _shown(members, tree)
        also = tuple(m.service.id for m in members if m is not shown)
        cards.append(Card(shown, also))
    return cards


def _shown(members: list[Judgement], tree: Areas) -> Judgement:
    # An open entry never stands under one of worse status.
    if any(m.status.status == "open" for m in members):
        members = [m for m in members if m.status.status == "open"]
    with_way = [m for m in members if best_way_in(m.service) == "known"]
    if with_way:
        return max(with_way, key=lambda m: narrowness(m.service, tree))
    regional = [m for m in members if narrowness(m.service, tree) == REGIONAL_DEPTH]
    if regional:
        return regional[0]
    return max(members, key=lambda m: narrowness(m.service, tree))
