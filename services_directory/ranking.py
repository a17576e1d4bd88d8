"""The order of the cards. The rule in plain words, with its reasons, is ``docs/ranking.md``.

Provider, name and file order never count: what remains equal is decided by a hash of the day and the id,
so that no service is always first.
"""

from __future__ import annotations

from collections.abc import Callable
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

    def keyed(need: str) -> Callable[[Card], tuple[object, ...]]:
        return lambda card: _strength(card, need, tree, day)

    return [
        ranked for part in (is_open, unverified) for ranked in _in_turns(part, needs, words, keyed)
    ]


def _in_turns(
    cards: list[Card],
    needs: CaseNeeds,
    words: Vocabulary,
    keyed: Callable[[str], Callable[[Card], tuple[object, ...]]],
) -> list[Ranked]:
    """Give each need its turn, in order; the first work need takes two cards in the first round."""
    queues = {
        need: sorted((c for c in cards if need in c.judgement.served), key=keyed(need))
        for need in needs.ordered
    }
    work_first = next((n for n in needs.ordered if n in words.work_needs), None)
    placed: dict[str, Ranked] = {}
    first_round = True
    while len(placed) < len(cards):
        before = len(placed)
        for need in needs.ordered:
            wanted = 2 if first_round and need == work_first else 1
            for card in queues[need]:
                if wanted == 0:
                    break
                if card.id not in placed:
                    placed[card.id] = Ranked(card, need)
                    wanted -= 1
        first_round = False
        if len(placed) == before:
            break
    return list(placed.values())


def _strength(card: Card, need: str, tree: Areas, day: date) -> tuple[object, ...]:
    """Return the sort key of ``card`` for ``need``: smaller stands first."""
    judgement = card.judgement
    service = judgement.service
    met = [o for o in judgement.outcomes if o.state == "met" and not o.criterion.by_provider]
    fitting = frozenset().union(*(keys_of(o.criterion.expression) for o in met)) - {"area"}
    gates = sum(o.criterion.gate for o in met)
    return (
        judgement.verdict != "eligible",
        service.needs[0] != need,
        -(len(fitting) + gates),
        _WAY_IN[best_way_in(service)],
        -narrowness(service, tree),
        -len(judgement.served),
        _CONFIDENCE[service.confidence],
        is_stale(service, day),
        sha256(f"{day.isoformat()} {service.id}".encode()).hexdigest(),
    )
