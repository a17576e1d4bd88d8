"""The invented patients beside an entry's rules: does the entry say of them what its writer expects?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services_directory.case import CaseError, case_from_json
from services_directory.directory import Directory
from services_directory.eligibility import Judgement, judge
from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding, shown
from services_directory.model import Persona, Service
from services_directory.needs import CaseNeeds, needs_of

FITTING = ("eligible", "possible")


def check_personas(entry: ReadEntry, directory: Directory, today: date) -> Iterator[Finding]:
    """Yield each persona of ``entry`` whose case cannot be read or whose verdict differs.

    A persona without a day of its own is judged ``today``.
    """
    service = entry.service
    if service is None:
        return
    path = str(entry.path)
    if not service.personas:
        yield Finding(
            path, 0, "warning", "has no personas; add one patient who fits and one who does not"
        )
        return
    for position, persona in enumerate(service.personas):
        try:
            case = case_from_json(dict(persona.case), directory.words, directory.areas)
        except CaseError as error:
            line = entry.line_of("personas", position, "case", str(error).split(":")[0])
            yield Finding(path, line, "error", f"persona '{shown(persona.name)}': {error}")
            continue
        needs = needs_of(case, directory.words)
        judgement = judge(service, case, needs, persona.as_of or today, directory)
        if judgement.verdict != persona.verdict:
            yield Finding(
                path,
                entry.line_of("personas", position, "verdict"),
                "error",
                f"persona '{shown(persona.name)}': expected {persona.verdict}, but the entry says "
                f"{judgement.verdict}: {deciding(judgement, needs)}; mend the rule or the persona",
            )
    yield from _both_kinds(path, entry.line_of("personas"), service, service.personas)


def _both_kinds(
    path: str, line: int, service: Service, personas: tuple[Persona, ...]
) -> Iterator[Finding]:
    verdicts = {persona.verdict for persona in personas}
    never_open = service.status in ("closed", "ended") and not (
        service.referrals_close_on or service.valid_to
    )
    if not verdicts & set(FITTING) and not never_open:
        yield Finding(
            path, line, "warning", "no persona fits; add a patient whom the service takes"
        )
    if not verdicts & {"not_eligible", "not_referable"}:
        yield Finding(
            path, line, "warning", "every persona fits; add a patient whom it does not take"
        )


def deciding(judgement: Judgement, needs: CaseNeeds) -> str:
    """Return what decided ``judgement``, in words: the status, the need, or the criterion."""
    status = judgement.status
    if judgement.verdict == "not_referable":
        since = f" since {status.since}" if status.since else ""
        return f"its status is {status.status}{since}"
    counted = [o for o in judgement.outcomes if not o.criterion.by_provider]
    for state, said in (("not_met", "is not met"), ("unknown", "is not known")):
        found = [o.criterion for o in counted if o.state == state]
        if found:
            names = " and ".join(f"criterion '{c.id}' ({c.says})" for c in found)
            return f"{names} {said}"
        if state == "not_met" and not judgement.served:
            have = ", ".join(needs.ordered) or "none"
            return f"the patient has no need that it serves (their needs: {have})"
    return "every criterion is met"
