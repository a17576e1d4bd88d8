"""The ``recommendations`` message of the contract, section 6, from an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services_directory.areas import FIRST_REGION, ROOT
from services_directory.assessment import Assessment, assess
from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.eligibility import Judgement
from services_directory.empty_list import nothing_words
from services_directory.folding import hangs_on_place
from services_directory.gap_words import gap_words
from services_directory.list_words import list_lines
from services_directory.model import ROLES, Route, Service
from services_directory.plan import plan_of
from services_directory.ranking import Ranked, is_for_everybody
from services_directory.reasons import age_of_facts, day_of, reasons_of
from services_directory.status import StatusOn, is_stale

# The artefact that each route leads to.
ARTEFACTS = {
    "clinician_form": "enquiry_form",
    "clinician_letter": "letter",
    "self_referral": "patient_handout",
    "phone": "patient_handout",
    "outreach": "patient_handout",
    "jobcentre": "work_coach_note",
    "secondary_care": "secondary_care_request",
    "social_care": "social_care_request",
    "programme_keyworker": "keyworker_note",
    "employer": "employer_note",
}


def recommend(
    case: Case,
    day: date,
    directory: Directory,
    *,
    rejected: bool = True,
    role: str | None = None,
    said: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the message for ``case`` on ``day``.

    ``rejected`` False leaves out the services that do not fit; ``role`` is who asks (contract, section
    6); ``said`` holds the clinician's words, see ``reasons.fact_words``.
    """
    assessment = assess(case, day, directory, "message" if rejected else "items")
    return message(assessment, directory, rejected=rejected, role=role, said=said)


def message(
    assessment: Assessment,
    directory: Directory,
    *,
    rejected: bool = True,
    role: str | None = None,
    said: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the ``recommendations`` message that says ``assessment``."""
    words = said or {}
    items = [
        _item(number, ranked, assessment, directory, role, words)
        for number, ranked in enumerate(assessment.ranked, start=1)
    ]
    _name_next_best(items, directory)
    result: dict[str, Any] = {
        "type": "recommendations",
        "as_of": assessment.day.isoformat(),
        "items": items,
        "rejected": [],
        "gaps": gaps_of(assessment, directory),
        "plan": plan_of(assessment, directory),
        "needs": list(assessment.needs.ordered),
    }
    if rejected:
        result["rejected"] = [
            _rejected(judgement, assessment, directory, words)
            for judgement in _others(assessment, directory)
        ]
    # In a key of its own: `gaps` is counted by the practice, and must hold no words that were typed.
    if result["items"] and (gap := gap_words(result["gaps"], directory, words)):
        result["gap"] = gap
    result["text"] = text_of(result, assessment.case, directory)
    return result


VOLUNTARY_WORDS = {
    "yes": "Voluntary",
    "no": "Not voluntary",
    "after_referral_mandatory": "Mandatory once referred",
    "not_known": "Not known whether voluntary",
}
TELLS_DWP_WORDS = {
    "yes": "tells the DWP",
    "no": "does not tell the DWP",
    "not_known": "not known whether it tells the DWP",
}


def _routes(service: Service, role: str | None) -> list[dict[str, Any]]:
    return [
        {
            "route": route.route,
            "who": list(route.who),
            "how": route.how,
            "artefact": ARTEFACTS[route.route],
            "way_in": route.way_in,
            "use": use_of(route, role),
            **{k: v for k in ("web", "phone", "email") if (v := getattr(route, k))},
        }
        for route in service.routes
    ]


def use_of(route: Route, role: str | None) -> str:
    """Say who carries ``route`` out: ``you``, ``gp_to_sign``, ``patient`` or ``others``."""
    practice = [name for name in route.who if name in ROLES]
    if practice and (role is None or role in practice):
        return "you"
    if "gp" in practice:
        return "gp_to_sign"
    return "patient" if "patient" in route.who else "others"


def _described(
    judgement: Judgement,
    assessment: Assessment,
    directory: Directory,
    role: str | None,
    said: Mapping[str, str],
) -> dict[str, Any]:
    service = judgement.service
    described: dict[str, Any] = {
        "service_id": service.id,
        "name": service.name,
        "verdict": judgement.verdict,
        "status": judgement.status.status,
        "needs": list(service.needs),
        "reasons": reasons_of(judgement, assessment.case, directory, said),
        "referral": {"routes": _routes(service, role)},
        "voluntary": service.voluntary,
        "tells_dwp": service.tells_dwp,
        "terms": f"{VOLUNTARY_WORDS[service.voluntary]}; {TELLS_DWP_WORDS[service.tells_dwp]}",
        "source_date": service.source_date.isoformat() if service.source_date else None,
        "verified_on": service.verified_on.isoformat() if service.verified_on else None,
        "confidence": service.confidence,
        "stale": is_stale(service, assessment.day) or judgement.status.status == "unverified",
        "facts": age_of_facts(service, assessment.day),
        "sources": [source.cite for source in service.sources],
    }
    if service.replaced_by and judgement.status.status != "open":
        described["replaced_by"] = list(service.replaced_by)
    # An absent key means not known.
    return {key: value for key, value in described.items() if value is not None}


def _item(
    number: int,
    ranked: Ranked,
    assessment: Assessment,
    directory: Directory,
    role: str | None,
    said: Mapping[str, str],
) -> dict[str, Any]:
    judgement = ranked.card.judgement
    service = judgement.service
    item = _described(judgement, assessment, directory, role, said)
    item |= {"rank": number, "also": list(ranked.card.also), "for_need": ranked.need}
    item["way_in"] = judgement.way_in
    item["offers"] = service.offers
    item["serves"] = list(ranked.card.served)
    if hangs_on_place(judgement, directory.areas):
        item["depends_on_place"] = True
    if ranked.card.companions:
        item["brings"] = [
            _described(guest, assessment, directory, role, said)
            | {"offers": guest.service.offers, "serves": list(guest.served)}
            for guest in ranked.card.companions
        ]
    for key in ("duration", "capacity", "cost", "hours", "languages", "provider"):
        if value := getattr(service, key):
            item[key] = value
    if service.cautions:
        item["cautions"] = list(service.cautions)
    if service.evidence:
        item["evidence"] = [
            {"figure": e.figure, "cohort": e.cohort, "source": service.cites[e.source]}
            for e in service.evidence
        ]
    return item


def _name_next_best(items: list[dict[str, Any]], directory: Directory) -> None:
    """Where a card has no known way in, name the next one for the same need that has.

    Neither a crisis line for everybody nor a service of what may be another place is a next best.
    """
    reachable: dict[str, str] = {}
    for item in items:
        beside = not is_for_everybody(directory.services[item["service_id"]])
        if item["way_in"] == "known" and beside and "depends_on_place" not in item:
            for need in item["serves"]:
                reachable.setdefault(need, item["service_id"])
    for item in items:
        if item["way_in"] != "known" and item["for_need"] in reachable:
            item["beside"] = reachable[item["for_need"]]


def _others(assessment: Assessment, directory: Directory) -> list[Judgement]:
    """Return the entries not among the items: those of the patient's area tree and of the first region."""
    tree = directory.areas
    home = assessment.case.area

    def near(service: Service) -> bool:
        for area in service.areas:
            if area == ROOT or tree.contains(FIRST_REGION, area):
                return True
            if home is not None and (tree.contains(area, home) or tree.contains(home, area)):
                return True
        return False

    return [
        judgement
        for judgement in assessment.judgements.values()
        if judgement.service.id not in assessment.shown_ids and near(judgement.service)
    ]


def _rejected(
    judgement: Judgement, assessment: Assessment, directory: Directory, said: Mapping[str, str]
) -> dict[str, Any]:
    described = _described(judgement, assessment, directory, None, said)
    described["why_not"] = why_not(judgement, assessment, directory, said)
    if judgement.status.since is not None:
        described["since"] = judgement.status.since.isoformat()
    return described


def why_not(
    judgement: Judgement,
    assessment: Assessment,
    directory: Directory,
    said: Mapping[str, str] | None = None,
) -> str:
    """Return in one or two sentences why a service is not offered, and what replaced it."""
    service, status = judgement.service, judgement.status
    names = [directory.services[i].name for i in service.replaced_by]
    replaced = f" Replaced by {' and '.join(names)}." if names else ""
    if judgement.verdict == "not_referable":
        return _closed_words(judgement) + replaced
    made = reasons_of(judgement, assessment.case, directory, said or {})
    if judgement.verdict == "not_eligible":
        return "; ".join(r["text"] for r in made if r["state"] == "not_met") + "."
    if judgement.gate_shut:
        gates = {o.criterion.id for o in judgement.outcomes if o.criterion.gate}
        asked = [r["text"] for r in made if r["state"] == "unknown" and r["criterion"] in gates]
        return "Offered only once this is said: " + "; ".join(asked) + "."
    del status
    return f"{service.name} is among the recommendations."


def _closed_words(judgement: Judgement) -> str:
    service, status = judgement.service, judgement.status
    day = day_of(status.since) if status.since else None
    return {
        "planned": f"Not started yet: it starts on {day}." if day else "Not started yet.",
        "closed": f"Takes no new referrals since {day}." if day else "Takes no new referrals.",
        "ended": f"Ended on {day}." if day else "It has ended; the day was not found.",
        "paused": _pause_words(status),
    }.get(status.status, f"{service.name} cannot be referred to now.")


def _pause_words(status: StatusOn) -> str:
    """Say until when it is paused, and why, as far as that was given."""
    until = f" until {day_of(status.until)}" if status.until else ""
    return f"Paused{until}: {status.because.rstrip('.')}." if status.because else f"Paused{until}."


def gaps_of(assessment: Assessment, directory: Directory) -> list[dict[str, str]]:
    """Return what was said but is served by no open service: ``[{"barrier"|"condition","area"}]``."""
    case = assessment.case
    met = {
        need
        for ranked in assessment.ranked
        if ranked.card.judgement.status.status == "open"
        for need in ranked.card.served
    }
    gaps = []
    for key, name in (("barriers", "barrier"), ("conditions", "condition")):
        for value in getattr(case, key):
            needs = [n for n in directory.words.terms[key][value].needs if n != "work"]
            wanted = [n for n in needs if n in assessment.needs.ordered]
            if wanted and not met & set(wanted):
                gaps.append({name: value, "area": case.area or ROOT})
    return gaps


def text_of(made: Mapping[str, Any], case: Case, directory: Directory) -> str:
    """Return the message in plain words: the first cards, what to check, and what else there is."""
    if not made["items"]:
        return nothing_words(case)
    lines = list_lines(made["items"], directory)
    return "\n".join([*lines, made["gap"]] if made.get("gap") else lines)
