"""The fields of each artefact where the receiver's entry declares no form of its own.

Only what that reader needs: an employer gets no health, an advice service gets none either.
"""

from __future__ import annotations

from collections.abc import Collection

from services_directory.model import FormField, Route, Service

# Readers who neither are clinicians nor care for the patient: what they get is functional.
FUNCTIONAL_KINDS = frozenset(
    {"work_coach_note", "keyworker_note", "employer_note", "patient_handout"}
)
# Papers that the employer is meant to see: functional, and only what concerns the work.
EMPLOYER_KINDS = frozenset({"employer_note", "return_to_work_plan"})
# Papers with a shape of their own, whatever form the receiver has.
OWN_SHAPE = frozenset({"patient_handout", "return_to_work_plan"})
HEALTH_NEEDS = frozenset({"employment", "job_retention", "mental_health", "physical_health"})
# Whom the patient's work concerns: all but help with food, a home, the family or safety.
WORK_NEEDS = HEALTH_NEEDS | {"skills", "money", "social"}

NAME = FormField("full_name", "Name", required=True, identifier=True)
BORN = FormField("date_of_birth", "Date of birth", required=True, identifier=True)
NHS_NUMBER = FormField("nhs_number", "NHS number", identifier=True)
CONTACT = FormField("contact", "How to reach the patient", required=True, identifier=True)
PERSON = FormField("person", "Patient", ("age", "sex"))
WORK = FormField(
    "work",
    "Work",
    ("occupation", "employment_type", "work_status", "absence_weeks", "out_of_work_months"),
)
GOAL = FormField("goal", "What the patient wants", ("goal",))
HEALTH = FormField("health", "Health", ("conditions",))
BARRIERS = FormField("barriers", "What makes work or life hard", ("barriers",))
AREA = FormField("area", "Lives in", ("area",))
BENEFITS = FormField("benefits", "Benefits", ("benefits", "benefit_issues"))


def _about(service: Service) -> list[FormField]:
    """Return the fields on the patient that a service for these needs has a use for."""
    needs = set(service.needs)
    fields = [PERSON]
    fields += [WORK, GOAL] if WORK_NEEDS & needs else []
    fields += [HEALTH] if HEALTH_NEEDS & needs else []
    fields.append(BARRIERS)
    return fields + ([BENEFITS] if "money" in needs else [])


_MY_NAME = FormField("full_name", "My name", identifier=True)
_MY_WORK = FormField("work", "My work", ("occupation", "work_status", "out_of_work_months"))
_MY_JOB = FormField("work", "My job", ("occupation",))
_MY_GOAL = FormField("goal", "What I want", ("goal",))
_MY_NEEDS = FormField("barriers", "What would help me", ("barriers",))
_MY_MORE = {
    "conditions": FormField("conditions", "My health (I agreed that it is named)", ("conditions",)),
    "age": FormField("age", "My age", ("age",)),
}


def default_form(
    kind: str, service: Service, agreed: Collection[str] = ()
) -> tuple[FormField, ...]:
    """Return the fields of the artefact ``kind`` for ``service``; none for a patient hand-out.

    ``agreed``: keys that a Jobcentre, programme or employer may have and the patient agreed to name.
    """
    extra = tuple(_MY_MORE[key] for key in _MY_MORE if key in agreed)
    if kind in ("enquiry_form", "letter", "social_care_request"):
        return (NAME, BORN, CONTACT, *_about(service), AREA)
    if kind == "secondary_care_request":
        return (NAME, BORN, NHS_NUMBER, PERSON, WORK, GOAL, HEALTH, BARRIERS)
    if kind in ("work_coach_note", "keyworker_note"):
        return (_MY_NAME, _MY_WORK, _MY_GOAL, _MY_NEEDS, *extra)
    if kind in EMPLOYER_KINDS:
        return (_MY_NAME, _MY_JOB, _MY_GOAL, _MY_NEEDS, *extra)
    return ()


def form_of(
    kind: str, service: Service, route: Route | None, agreed: Collection[str] = ()
) -> tuple[FormField, ...]:
    """Return the receiver's own form where the route declares one, else the default for ``kind``."""
    if route is not None and route.form and kind not in OWN_SHAPE:
        return _told_apart(route.form) if _to_a_clinic(kind, service) else route.form
    return default_form(kind, service, agreed)


def _to_a_clinic(kind: str, service: Service) -> bool:
    return kind == "letter" and service.kind == "treatment"


def _told_apart(form: tuple[FormField, ...]) -> tuple[FormField, ...]:
    """Return ``form`` with what a clinic needs to find the patient among its records, after the name."""
    held = {field.name for field in form}
    known = (BORN, NHS_NUMBER, PERSON)
    first = [field for field in form if field.name == NAME.name]
    rest = [field for field in form if field.name != NAME.name]
    return (*first, *(field for field in known if field.name not in held), *rest)
