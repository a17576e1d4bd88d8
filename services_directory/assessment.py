"""A case judged against the whole directory on one day: the pure core that everything else renders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.eligibility import Judgement, judge
from services_directory.folding import fold
from services_directory.needs import CaseNeeds, needs_of
from services_directory.ranking import Ranked, rank


@dataclass(frozen=True)
class Assessment:
    """Every service judged, and those offered in their order."""

    case: Case
    day: date
    needs: CaseNeeds
    judgements: dict[str, Judgement]
    ranked: tuple[Ranked, ...]

    @property
    def shown_ids(self) -> frozenset[str]:
        """The ids among the items, those folded into a card included."""
        return frozenset(i for ranked in self.ranked for i in (ranked.card.id, *ranked.card.also))


def assess(case: Case, day: date, directory: Directory) -> Assessment:
    """Judge every service of ``directory`` for ``case`` on ``day`` and rank those that fit."""
    needs = needs_of(case, directory.words)
    judgements = {
        service.id: judge(service, case, needs, day, directory)
        for service in directory.services.values()
    }
    return arranged(case, day, needs, judgements, directory)


def arranged(
    case: Case,
    day: date,
    needs: CaseNeeds,
    judgements: dict[str, Judgement],
    directory: Directory,
) -> Assessment:
    """Fold and rank ``judgements`` that are already made."""
    offered = [j for j in judgements.values() if j.offered]
    cards = fold(offered, directory.areas)
    ranked = rank(cards, needs, directory.words, directory.areas, day)
    return Assessment(case, day, needs, judgements, tuple(ranked))
