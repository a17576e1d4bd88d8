"""Which ways into a service are open to one patient, and how well the best of them is known.

A Jobcentre is a way for who has a work coach; an employer for who has one; a keyworker for who is in a
programme; outreach cannot be asked for. Such a route alone must not make a card look reachable (H05).
"""

from __future__ import annotations

from services_directory.case import Case
from services_directory.model import WAYS_IN, Route, Service, WayIn
from services_directory.needs import WITH_A_JOB

# Benefits that bring a work coach.
WITH_A_WORK_COACH = frozenset(
    {"uc", "uc_lcw", "uc_lcwra", "jsa", "esa", "esa_wrag", "esa_support_group"}
)


def is_open_to(route: Route, case: Case) -> bool:
    """Say whether ``route`` can be taken by the patient of ``case``, as far as is known."""
    if route.route == "jobcentre":
        if case.benefits:
            return bool(WITH_A_WORK_COACH & set(case.benefits))
        return case.work_status not in WITH_A_JOB and case.answered.get("benefits") != "complete"
    if route.route == "employer":
        return case.work_status in WITH_A_JOB
    if route.route == "programme_keyworker":
        return case.in_programme not in (None, "none")
    return route.route != "outreach"


def way_in(service: Service, case: Case) -> WayIn:
    """Return how well the best way into ``service`` for this patient is known."""
    if not service.has_ways_for_some:
        return service.best_way_in
    found = {route.way_in for route in service.routes if is_open_to(route, case)}
    return next((way for way in WAYS_IN if way in found), "not_known")


def is_foremost(service: Service, case: Case) -> bool:
    """Say whether ``service`` comes before all others of its need for this patient, whatever its kind."""
    return _is_at_hand(service, case) or _is_due_at_the_start(service, case)


def _is_due_at_the_start(service: Service, case: Case) -> bool:
    """Say whether it pays for what a job needs that is about to start.

    Access to Work takes applications within 12 weeks before that day, so it cannot wait for the rest
    (gov.uk/access-to-work/eligibility; digest of the seeds, R36).
    """
    return (
        case.has_job_offer is True
        and service.kind == "grant"
        and any(f.key == "has_job_offer" for c in service.criteria for f in c.facts)
    )


def _is_at_hand(service: Service, case: Case) -> bool:
    """Say whether the way in is a secondary mental health team that has this patient in its care already.

    That team's own employment support comes before anything the patient would have to be sent to (digest of
    the seeds, section 1I: severe mental illness under secondary care).
    """
    return case.under_secondary_mental_health is True and any(
        route.route == "secondary_care" for route in service.routes
    )
