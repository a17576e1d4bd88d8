"""What each entry says to one patient, and why: its standing, in the words of the recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.assessment import Assessment, assess
from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.eligibility import Judgement
from services_directory.model import Status, Verdict
from services_directory.reasons import reasons_of
from services_directory.recommendation import why_not

VERDICT_WORDS: dict[Verdict, str] = {
    "eligible": "fits",
    "possible": "may fit",
    "not_eligible": "does not fit",
    "not_referable": "cannot be referred to",
}


@dataclass(frozen=True)
class Standing:
    """One entry's answer to one patient.

    ``place``: among the cards, first is 1; ``None`` where it is not offered. ``within``: the entry whose
    card it is part of, if it is part of another's. ``why``: in words.
    """

    service: str
    name: str
    verdict: Verdict
    status: Status
    place: int | None
    within: str | None
    why: str

    @property
    def offered(self) -> bool:
        """Say whether the clinician is shown it, by itself or within another's card."""
        return self.place is not None


def standings(case: Case, day: date, directory: Directory) -> dict[str, Standing]:
    """Return the standing of every entry of ``directory`` for ``case`` on ``day``, those offered first."""
    made = assess(case, day, directory)
    places: dict[str, tuple[int, str | None]] = {}
    for place, ranked in enumerate(made.ranked, start=1):
        places[ranked.card.id] = (place, None)
        for other in ranked.card.also:
            places.setdefault(other, (place, ranked.card.id))
    found = [
        _standing(judgement, made, directory, *places.get(name, (None, None)))
        for name, judgement in made.judgements.items()
    ]
    last = len(found) + 1
    ordered = sorted(found, key=lambda s: (s.place or last, s.within is not None))
    return {standing.service: standing for standing in ordered}


def _standing(
    judgement: Judgement,
    made: Assessment,
    directory: Directory,
    place: int | None,
    within: str | None,
) -> Standing:
    return Standing(
        service=judgement.service.id,
        name=judgement.service.name,
        verdict=judgement.verdict,
        status=judgement.status.status,
        place=place,
        within=within,
        why=_why(judgement, made, directory, place),
    )


def _why(judgement: Judgement, made: Assessment, directory: Directory, place: int | None) -> str:
    if place is None and not judgement.offered:
        return why_not(judgement, made, directory)
    texts = [reason["text"] for reason in reasons_of(judgement, made.case, directory, {})]
    return "; ".join(texts) + "." if texts else "It has no rules: everyone in its area fits."
