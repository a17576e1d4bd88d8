"""One programme, one card: national, regional and borough entries of a programme fold into one.

What is reached through another service's referral alone (``comes_with``) stands on that service's card.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from services_directory.areas import Areas
from services_directory.eligibility import AREA_CRITERION, Judgement
from services_directory.model import Service

REGIONAL_DEPTH = 1


@dataclass(frozen=True)
class Card:
    """The entry shown for a programme, and the ids folded into it.

    ``companions``: what its referral brings along, also among ``also``.
    """

    judgement: Judgement
    also: tuple[str, ...] = ()
    companions: tuple[Judgement, ...] = ()

    @property
    def id(self) -> str:
        """The id of the entry shown."""
        return self.judgement.service.id

    @cached_property
    def served(self) -> tuple[str, ...]:
        """The needs of the case that the card serves, those of what it brings along last."""
        members = (self.judgement, *self.companions)
        return tuple(dict.fromkeys(need for member in members for need in member.served))


def narrowness(service: Service, tree: Areas) -> int:
    """Return how deep in the tree of areas ``service`` lies: 0 national, 1 regional, 2 borough."""
    return max((tree.depth(area) for area in service.areas), default=0)


def hangs_on_place(judgement: Judgement, tree: Areas) -> bool:
    """Say whether it is not known that the patient lives in the one place that the service is for.

    Such a service must not push aside what serves a whole region: the patient may live anywhere in it.
    """
    outcomes = judgement.outcomes
    if not outcomes or outcomes[0].criterion.id != AREA_CRITERION:
        return False
    return outcomes[0].state == "unknown" and not any(map(tree.is_wide, judgement.service.areas))


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
    return _with_companions(cards, tree)


def _with_companions(cards: list[Card], tree: Areas) -> list[Card]:
    """Put each card that comes with another on that one; a card whose host is not sure stays alone."""
    hosts = {
        card.judgement.service.programme: number
        for number, card in enumerate(cards)
        if card.judgement.service.programme is not None
        and card.judgement.status.status == "open"
        and not hangs_on_place(card.judgement, tree)
    }
    found: list[Card | None] = [*cards]
    for number, card in enumerate(cards):
        comes_with = card.judgement.service.comes_with
        host = hosts.get(comes_with) if comes_with is not None else None
        if host is None:
            continue
        with_it = found[host] or cards[host]
        found[host] = replace(
            with_it,
            also=(*with_it.also, card.id, *card.also),
            companions=(*with_it.companions, card.judgement),
        )
        found[number] = None
    return [card for card in found if card is not None]


def _shown(members: list[Judgement], tree: Areas) -> Judgement:
    # An open entry never stands under one of worse status.
    if any(m.status.status == "open" for m in members):
        members = [m for m in members if m.status.status == "open"]
    # Nor one that serves where the patient lives under one that may not.
    members = [m for m in members if not hangs_on_place(m, tree)] or members
    with_way = [m for m in members if m.way_in == "known"]
    if with_way:
        # Of two as narrow, the one that surely fits, then the one made for more of what is known.
        return max(
            with_way,
            key=lambda m: (narrowness(m.service, tree), m.fits_as_said, m.fitting),
        )
    regional = [m for m in members if narrowness(m.service, tree) == REGIONAL_DEPTH]
    if regional:
        return regional[0]
    return max(members, key=lambda m: narrowness(m.service, tree))
