"""The order of the cards. The rule in plain words, with its reasons, is ``docs/ranking.md``.

Provider, name and file order never count: what remains equal is decided by a hash of the day and the id,
so that no service is always first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from services_directory.areas import Areas
from services_directory.eligibility import keys_of
from services_directory.folding import Card, best_way_in, narrowness
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


def rank(
    cards: list[Card], needs: CaseNeeds, words: Vocabulary, tree: Areas, day: date
) -> list[Ranked]:
    """Return ``cards`` in the order in which they are shown: all open ones, then the unverified."""
    is_open = [c for c in cards if c.judgement.status.status == "open"]
    unverified = [c for c in cards if c.judgement.status.status != "open"]
    return [
        ranked
        for part in (is_open, unverified)
        for ranked in _in_turns(_queues(part, needs, words, tree, day), needs, words)
    ]


def _queues(
    cards: list[Card], needs: CaseNeeds, words: Vocabulary, tree: Areas, day: date
) -> dict[str, list[Card]]:
    """Return for each need the cards that serve it, the strongest first."""
    queues = {}
    for need in needs.ordered:
        # Keeping and finding work are one purpose: a service for one is made for the other too.
        purposes = words.work_needs if need in words.work_needs else frozenset({need})
        strengths = {
            card.id: _strength(card, need, purposes, tree, day)
            for card in cards
            if need in card.judgement.served
        }
        serving = [card for card in cards if card.id in strengths]
        queues[need] = sorted(serving, key=lambda card, s=strengths: s[card.id])  # type: ignore[misc]
    return queues


def _in_turns(queues: dict[str, list[Card]], needs: CaseNeeds, words: Vocabulary) -> list[Ranked]:
    """Give each need its turn, in order; what is urgent and the first work need take two at first."""
    work_first = next((n for n in needs.ordered if n in words.work_needs), None)
    count = len({card.id for queue in queues.values() for card in queue})
    placed: dict[str, Ranked] = {}
    first_round = True
    while len(placed) < count:
        for need in needs.ordered:
            two = first_round and (need == work_first or need in needs.urgent)
            free = [card for card in queues[need] if card.id not in placed]
            for card in free[: 2 if two else 1]:
                placed[card.id] = Ranked(card, need)
        first_round = False
    return list(placed.values())


def _strength(
    card: Card, need: str, purposes: frozenset[str], tree: Areas, day: date
) -> tuple[object, ...]:
    """Return the sort key of ``card`` for ``need``, one of ``purposes``: smaller stands first."""
    judgement = card.judgement
    service = judgement.service
    met = [o for o in judgement.outcomes if o.state == "met" and not o.criterion.by_provider]
    fitting = frozenset().union(*(keys_of(o.criterion.expression) for o in met)) - {"area"}
    gates = sum(o.criterion.gate for o in met)
    return (
        judgement.verdict != "eligible",
        service.needs[0] not in purposes,
        _KIND[service.kind],
        service.needs[0] != need,
        _WAY_IN[best_way_in(service)],
        -(len(fitting) + gates),
        -narrowness(service, tree),
        -len(judgement.served),
        _CONFIDENCE[service.confidence],
        is_stale(service, day),
        sha256(f"{day.isoformat()} {service.id}".encode()).hexdigest(),
    )
