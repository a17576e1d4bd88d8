"""Which of a service's routes to take, for whoever is asking, and what paper that makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services_directory.model import ROLES, Route, Service
from services_directory.recommendation import ARTEFACTS

# The most active way first: a referral made for the patient beats a leaflet. A patient's own call beats
# asking a third service to act.
PREFERENCE = (
    "clinician_form",
    "clinician_letter",
    "secondary_care",
    "programme_keyworker",
    "self_referral",
    "phone",
    "social_care",
    "jobcentre",
    "employer",
    "outreach",
)
# The practice hands over a paper; whoever may start the referral is the patient or a third person.
HANDED_OVER = frozenset(
    {"self_referral", "phone", "jobcentre", "programme_keyworker", "employer", "outreach"}
)
# These go through somebody whom the patient already sees, so an unconfirmed address does not stop them.
THROUGH_A_PERSON = frozenset(
    {"jobcentre", "secondary_care", "social_care", "programme_keyworker", "employer"}
)
CLINICIANS = ("gp", "nurse", "ahp")
ROLE_NAMES = {
    "gp": "a GP",
    "nurse": "a nurse",
    "ahp": "an allied health professional",
    "link_worker": "a link worker",
    "reception": "reception",
}
HAND_OUT = "patient_handout"


@dataclass(frozen=True)
class Chosen:
    """The way taken. ``to_sign`` is empty where the role may use it, else who has to sign.

    ``internal``: a letter to the practice's own link worker.
    """

    route: Route
    kind: str
    to_sign: str = ""
    internal: bool = False


def may_use(route: Route, role: str | None) -> bool:
    """Say whether ``role`` may use ``route``; an unknown role may, and its signer is named instead."""
    if route.route in HANDED_OVER or role is None:
        return True
    practice = [name for name in route.who if name in ROLES]
    if practice:
        return role in practice
    # The entry names only the receiver's own people: the practice asks them, as one clinician to another.
    return role in CLINICIANS or (role == "link_worker" and route.route == "social_care")


def others_may(service: Service, chosen: Chosen, role: str | None) -> str:
    """Return who in the practice could make a form or letter, where ``role`` gets a hand-out alone."""
    if chosen.kind != HAND_OUT or role is None:
        return ""
    ways = (
        route
        for route in service.routes
        if route.route in ("clinician_form", "clinician_letter")
        and route.way_in == "known"
        and any(name in ROLES for name in route.who)
        and not may_use(route, role)
    )
    return next((signer(route) for route in ways), "")


def signer(route: Route) -> str:
    """Return who in a practice signs for ``route``: "a GP" wherever a GP may."""
    practice = [name for name in route.who if name in ROLES]
    return ROLE_NAMES[practice[0]] if practice and "gp" not in practice else "a GP"


def serves_link_workers(service: Service) -> bool:
    """Say whether the service is the social prescribing that a practice's own link worker gives."""
    return "social-prescribing" in (service.programme or "") or service.id.startswith(
        "social-prescribing"
    )


def choose(
    service: Service, role: str | None, wanted: str | None = None, has_link_worker: bool = False
) -> Chosen | None:
    """Return the best way in for ``role``, or ``None`` where none is held.

    ``wanted`` names a route to take if the entry has it (any other name gives ``None``), or
    ``patient_handout`` for a paper about the service whatever its route. First what the role may use by
    a known way, then what somebody else signs, then what is not confirmed.
    """
    if wanted == HAND_OUT:
        ways = [route for route in service.routes if route.way_in != "not_known"]
        return Chosen(min(ways, key=_patients_order), HAND_OUT) if ways else None
    if serves_link_workers(service) and has_link_worker and wanted in (None, "clinician_letter"):
        own = next((r for r in service.routes if r.route == "clinician_letter"), None)
        letter = own or Route("clinician_letter", (), "Through the practice", "known")
        return Chosen(replace(letter, way_in="known"), "letter", internal=True)
    usable = [
        route
        for route in service.routes
        if route.way_in != "not_known" and (wanted is None or route.route == wanted)
    ]
    if not usable:
        return None
    route = min(usable, key=lambda r: _order(r, role))
    kind = ARTEFACTS[route.route] if _good_enough(route) else HAND_OUT
    to_sign = "" if kind == HAND_OUT or may_use(route, role) else signer(route)
    return Chosen(route, kind, to_sign)


def _good_enough(route: Route) -> bool:
    """Say whether ``route`` is sure enough for its own artefact.

    Never a form whose address nobody confirmed; a letter only where some address is held, and it then
    says that it has to be checked.
    """
    if route.way_in == "known" or route.route in THROUGH_A_PERSON:
        return True
    return route.route == "clinician_letter" and bool(route.email or route.web or route.phone)


def _patients_order(route: Route) -> tuple[bool, bool, int]:
    return ("patient" not in route.who, *_order(route, None)[::2])


def _order(route: Route, role: str | None) -> tuple[bool, bool, int]:
    return (route.way_in != "known", not may_use(route, role), PREFERENCE.index(route.route))
