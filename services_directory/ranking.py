"""The order of the cards. The rule in plain words, with its reasons, is ``docs/ranking.md``.

Provider, name and file order never count: what remains equal is decided by a hash of the day and the id,
so that no service is always first.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from heapq import nsmallest
from typing import Any

from services_directory.areas import Areas
from services_directory.eligibility import Judgement
from services_directory.folding import Card, hangs_on_place, narrowness
from services_directory.model import Service
from services_directory.needs import CaseNeeds
from services_directory.status import is_stale
from services_directory.vocabulary import Vocabulary

_WAY_IN = {"known": 0, "unconfirmed": 1, "not_known": 2}
# Somebody who works alongside the patient comes before money, and both before words.
_KIND = {
    "crisis": 0,
    "coaching": 0,
    "treatment": 0,
    "training": 1,
    "grant": 1,
    "advice": 2,
    "information": 3,
}
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Ranked:
    """A card and the need for which it stands at its place."""

    card: Card
    need: str


class Standings:
    """The part of a card's strength that is the same for every need, worked out once a judgement."""

    def __init__(self, tree: Areas, day: date) -> None:
        self._tree = tree
        self._day = day
        # The judgement stands beside its key, so that no other can come to have the same.
        self._known: dict[int, tuple[Judgement, tuple[object, ...]]] = {}

    def of(self, judgement: Judgement) -> tuple[object, ...]:
        """Return the sort key of ``judgement``: smaller stands first."""
        if id(judgement) not in self._known:
            self._known[id(judgement)] = (judgement, self._standing(judgement))
        return self._known[id(judgement)][1]

    def hangs_on_place(self, judgement: Judgement) -> bool:
        """Say whether it may be for another place than the patient's (``folding.hangs_on_place``)."""
        return hangs_on_place(judgement, self._tree)

    def surely_fits(self, judgement: Judgement) -> bool:
        """Say whether every criterion is met, and that by something known.

        An entry that asks nothing of the patient fits everybody; once its facts are old as well, it must
        not push aside what was made for this patient.
        """
        if not judgement.fits_as_said:
            return False
        return judgement.fitting > 0 or not is_stale(judgement.service, self._day)

    def _standing(self, judgement: Judgement) -> tuple[object, ...]:
        service = judgement.service
        return (
            _WAY_IN[judgement.way_in],
            -judgement.fitting,
            -narrowness(service, self._tree),
            -len(judgement.served),
            _CONFIDENCE[service.confidence],
            is_stale(service, self._day),
            _lot(self._day, service.id),
        )


def rank(
    cards: list[Card],
    needs: CaseNeeds,
    words: Vocabulary,
    standings: Standings,
    first: int | None = None,
) -> list[Ranked]:
    """Return ``cards`` in the order in which they are shown: all open ones, then the unverified.

    ``first``: no more than so many, for who asks only which stand at the top.
    """
    ranked: list[Ranked] = []
    for part in _parts(cards, standings):
        left = None if first is None else first - len(ranked)
        if left != 0:
            ranked += _in_turns(_queues(part, needs, words, standings, left), needs, words, left)
    return ranked


def _parts(cards: list[Card], standings: Standings) -> list[list[Card]]:
    """Return ``cards`` in parts of which each stands wholly before the next.

    Last within the open and within the unverified come those of a single place while it is not known
    whether the patient lives there, and before them the crisis lines that are for everybody: the safety
    message names those before anything else (contract, section 5); among the cards they would push aside
    what was made for this patient.
    """
    is_open: tuple[list[Card], ...] = ([], [], [])
    unverified: tuple[list[Card], ...] = ([], [], [])
    for card in cards:
        part = 0
        if is_for_everybody(card.judgement.service):
            part = 1
        elif standings.hangs_on_place(card.judgement):
            part = 2
        (is_open if card.judgement.status.status == "open" else unverified)[part].append(card)
    *first, elsewhere = is_open
    # An unverified card waits for the open ones of its own needs (contract, section 5), not for a place.
    waiting = {need for card in elsewhere for need in card.served}
    early = [card for card in unverified[0] if waiting.isdisjoint(card.served)]
    late = [card for card in unverified[0] if not waiting.isdisjoint(card.served)]
    return [*first, early, elsewhere, late, *unverified[1:]]


def is_for_everybody(service: Service) -> bool:
    """Say whether it is a crisis line that asks nothing of who calls."""
    return service.kind == "crisis" and not service.criteria


def _queues(
    cards: list[Card],
    needs: CaseNeeds,
    words: Vocabulary,
    standings: Standings,
    first: int | None,
) -> dict[str, deque[Card]]:
    """Return for each need the cards that serve it, the strongest first."""
    queues = {}
    for need in needs.ordered:
        # Keeping and finding work are one purpose: a service for one is made for the other too.
        purposes = words.work_needs if need in words.work_needs else frozenset({need})
        serving = [
            (_strength(card, need, purposes, standings, needs.new_trade), card)
            for card in cards
            if need in card.judgement.served
        ]
        # Of a queue, fewer are taken or skipped than are wanted in all, and one for a double turn.
        ordered = (
            sorted(serving, key=_by_strength)
            if first is None
            else nsmallest(first + 1, serving, key=_by_strength)
        )
        queues[need] = deque(card for _, card in ordered)
    return queues


def _by_strength(pair: tuple[tuple[object, ...], Card]) -> Any:
    return pair[0]


def _in_turns(
    queues: dict[str, deque[Card]], needs: CaseNeeds, words: Vocabulary, first: int | None
) -> list[Ranked]:
    """Give each need its turn, in order; what is urgent and the first work need take two at first."""
    work_first = next((n for n in needs.ordered if n in words.work_needs), None)
    placed: dict[str, Ranked] = {}
    first_round = True
    while any(queues.values()) and (first is None or len(placed) < first):
        for need in needs.ordered:
            queue = queues[need]
            turns = 2 if first_round and (need == work_first or need in needs.urgent) else 1
            while turns and queue:
                card = queue.popleft()
                if card.id not in placed:
                    placed[card.id] = Ranked(card, need)
                    turns -= 1
        first_round = False
    return list(placed.values())[:first]


def _strength(
    card: Card, need: str, purposes: frozenset[str], standings: Standings, new_trade: bool
) -> tuple[object, ...]:
    """Return the sort key of ``card`` for ``need``, one of ``purposes``: smaller stands first."""
    judgement = card.judgement
    service = judgement.service
    # Into another trade one comes by training rather than by talk.
    by_training = new_trade and service.kind == "training"
    return (
        not judgement.foremost,
        not standings.surely_fits(judgement),
        service.needs[0] not in purposes,
        -1 if by_training else _KIND[service.kind],
        service.needs[0] != need,
        *standings.of(judgement),
    )


@lru_cache(maxsize=50_000)
def _lot(day: date, service_id: str) -> bytes:
    """Return what decides between equals on ``day``."""
    return sha256(f"{day.isoformat()} {service_id}".encode()).digest()
