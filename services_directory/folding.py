"""One programme, one card: national, regional and borough entries of a programme fold into one."""

from __future__ import annotations

from dataclasses import dataclass

from services_directory.areas import Areas
from services_directory.eligibility import Judgement
from services_directory.model import Service

REGIONAL_DEPTH = 1


@dataclass(frozen=True)
class Card:
    """The entry shown for a programme, and the ids folded into it."""

    judgement: Judgement
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the entry shown."""
        return self.judgement.service.id


def narrowness(service: Service, tree: Areas) -> int:
    """Return how deep in the tree of areas ``service`` lies: 0 national, 1 regional, 2 borough."""
    return max((tree.depth(area) for area in service.areas), default=0)


def fold(offered: list[Judgement], tree: Areas) -> list[Card]:
    """Return one card a programme, in the order in which the programmes first stand in ``offered``."""
    groups: dict[tuple[str | None, str], list[Judgement]] = {}
    for judgement in offered:
        programme = judgement.service.programme
        key = (programme, "" if programme else judgement.service.id)
        groups.setdefault(key, []).append(judgement)
    cards = []
    for members in groups.values():
        shown = members[0] if len(members) == 1 else _shown(members, tree)
        cards.append(Card(shown, tuple(m.service.id for m in members if m is not shown)))
    return cards


def _shown(members: list[Judgement], tree: Areas) -> Judgement:
    # An open entry never stands under one of worse status.
    if any(m.status.status == "open" for m in members):
        members = [m for m in members if m.status.status == "open"]
    with_way = [m for m in members if m.way_in == "known"]
    if with_way:
        # Of two as narrow, the one that surely fits, then the one made for more of what is known.
        return max(
            with_way,
            key=lambda m: (narrowness(m.service, tree), m.verdict == "eligible", m.fitting),
        )
    regional = [m for m in members if narrowness(m.service, tree) == REGIONAL_DEPTH]
    if regional:
        return regional[0]
    return max(members, key=lambda m: narrowness(m.service, tree))
