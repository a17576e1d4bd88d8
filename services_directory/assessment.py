"""A case judged against the whole directory on one day: the pure core that everything else renders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services_directory.case import Case
from services_directory.directory import Directory, Scope
from services_directory.eligibility import Judgement, judge
from services_directory.folding import fold
from services_directory.model import Service
from services_directory.needs import CaseNeeds, needs_of
from services_directory.ranking import Ranked, Standings, rank


@dataclass(frozen=True)
class Assessment:
    """Every service judged, and those offered in their order."""

    case: Case
    day: date
    needs: CaseNeeds
    judgements: dict[str, Judgement]
    ranked: tuple[Ranked, ...]

    @cached_property
    def shown_ids(self) -> frozenset[str]:
        """The ids among the items, those folded into a card included."""
        return frozenset(i for ranked in self.ranked for i in (ranked.card.id, *ranked.card.also))

    def host_of(self, service_id: str) -> str | None:
        """Return the service whose referral brings ``service_id`` along, if a card says so."""
        for ranked in self.ranked:
            if service_id in (guest.service.id for guest in ranked.card.companions):
                return ranked.card.id
        return None


class Judgements(dict[str, Judgement]):
    """Judgements by id, in the order of the directory; one not made so far is made when asked for."""

    def __init__(
        self, scope: Scope, case: Case, needs: CaseNeeds, day: date, directory: Directory
    ) -> None:
        super().__init__(
            (service.id, judge(service, case, needs, day, directory))
            for service in directory.entries_for(scope, case, needs, day)
        )
        self._judge: Callable[[Service], Judgement] = lambda service: judge(
            service, case, needs, day, directory
        )
        self._services = directory.services

    def __missing__(self, service_id: str) -> Judgement:
        return self._judge(self._services[service_id])


def assess(case: Case, day: date, directory: Directory, scope: Scope = "message") -> Assessment:
    """Judge the services of ``directory`` for ``case`` on ``day`` and rank those that fit.

    ``scope`` says what the judgements are wanted for; what is ranked is the same for each.
    """
    needs = needs_of(case, directory.words)
    judgements = Judgements(scope, case, needs, day, directory)
    offered = [j for j in judgements.values() if j.offered]
    cards = fold(offered, directory.areas)
    ranked = rank(cards, needs, directory.words, Standings(directory.areas, day))
    return Assessment(case, day, needs, judgements, tuple(ranked))
