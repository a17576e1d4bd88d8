"""Comments for the "may be fit for work" part of a fit note, to be decided by whoever signs it.

Function, never a diagnosis: hours, duties, equipment, travel. Source of the rules: gov.uk fit note
guidance (for healthcare professionals and for employers, October 2023).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referrals.page import NOTHING_SENT, head, section, wrapped
from referrals.shareable import shareable
from services_directory.case import Case
from services_directory.needs import WITH_A_JOB
from services_directory.practice import PracticeSettings
from services_directory.sentences import sentence_case
from services_directory.vocabulary import vocabulary

PLAN_FROM_WEEKS = 4
SIGNERS = (
    "A doctor, nurse, occupational therapist, pharmacist or physiotherapist decides and signs."
)


@dataclass(frozen=True)
class Option:
    """One wording, for the box it may go with, and what in the case brings it to mind."""

    box: str
    text: str
    groups: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


BOXES = ("phased return", "altered hours", "amended duties", "workplace adaptations")
_MIND = frozenset({"common_mental_health", "severe_mental_illness"})
_BODY = frozenset({"musculoskeletal"})
_LONG = frozenset({"long_term_physical"})

OPTIONS = (
    Option(
        "phased return",
        "Fewer hours or days at first, more each week, with a talk each week on how it goes.",
        _MIND | _LONG | _BODY,
    ),
    Option(
        "altered hours",
        "Later start or finish, or shorter days, so that tiredness can be managed.",
        _MIND | _LONG,
    ),
    Option("altered hours", "Time off for appointments.", ids=frozenset({"treatment_wait"})),
    Option(
        "altered hours",
        "Hours that allow a manageable journey.",
        ids=frozenset({"transport", "leaving_home_alone"}),
    ),
    Option(
        "amended duties",
        "Less lifting, bending, reaching or kneeling; no long spells in one position.",
        _BODY,
        frozenset({"physical_disability"}),
    ),
    Option(
        "amended duties",
        "A lighter load at first, one task at a time, agreed with the manager.",
        _MIND,
        frozenset({"job_quality", "confidence"}),
    ),
    Option(
        "amended duties",
        "No work where a sudden loss of attention or balance would be a danger.",
        ids=frozenset({"neurological"}),
    ),
    Option(
        "workplace adaptations",
        "A look at seat, screen, tools and reach; a place to change position or rest.",
        _BODY,
        frozenset({"physical_disability"}),
    ),
    Option(
        "workplace adaptations",
        "A quieter place, written instructions, and warning of changes.",
        frozenset({"neurodevelopmental"}),
    ),
    Option(
        "workplace adaptations",
        "Information in a form that can be read or heard.",
        ids=frozenset({"sensory_impairment", "literacy_numeracy"}),
    ),
    Option(
        "workplace adaptations",
        "A toilet and a rest place near by; breaks when needed.",
        ids=frozenset({"gastrointestinal", "menopause", "cancer"}),
    ),
)

PLAN = (
    "1. Patient and employer agree a day to talk, and who calls whom.",
    "2. They name one thing that is hard at work now, and one change that would help.",
    "3. They agree a first week (hours, days, tasks) and how to add to it.",
    "4. They set a day to look again, within 4 weeks, and what to do if it is too much.",
)


def fit_note_comments(case: Case, practice: PracticeSettings, today: date) -> str:
    """Return comments that could be used, box by box. Nothing uncertain or sensitive is drawn on."""
    sure = shareable(case)
    title = "Fit note: comments to consider"
    blocks = [head(practice, today, "", title)]
    if (
        sure.work_status is not None
        and sure.work_status not in WITH_A_JOB
        and not sure.has_job_offer
    ):
        blocks.append(
            wrapped(
                "These comments are for an employer, and no present job was said. "
                "Add the job first if there is one."
            )
        )
        return "\n\n".join(blocks) + f"\n\n{NOTHING_SENT}\n"
    blocks.append(
        wrapped(
            f"For the certifying clinician to decide after an assessment. {SIGNERS} "
            'This is wording for "may be fit for work taking account of the following advice"; it does '
            "not say which of the two options is right. Cross out what does not fit this patient."
        )
    )
    chosen = _options(sure)
    blocks += [
        section(
            f"[ ] {sentence_case(box)}",
            [f"- {text}" for text in chosen.get(box, ())] or ["- (your words)"],
        )
        for box in BOXES
    ]
    blocks.append(
        section(
            "Good to know",
            [
                "Comments say what the person can do and needs, not what the diagnosis is.",
                "The advice does not bind the employer. If the changes cannot be made, the note counts as "
                "not fit for work, and no new note is needed.",
                "The patient may go back before the note ends, without seeing a clinician again.",
            ],
        )
    )
    if sure.absence_weeks is not None and sure.absence_weeks >= PLAN_FROM_WEEKS:
        blocks.append(section("Off for 4 weeks or more: a short plan for the return", PLAN))
    return "\n\n".join(blocks) + f"\n\n{NOTHING_SENT}\n"


def _options(case: Case) -> dict[str, list[str]]:
    terms = vocabulary().terms["conditions"]
    ids = {*case.conditions, *case.barriers}
    groups = {terms[i].group for i in case.conditions if i in terms}
    found: dict[str, list[str]] = {}
    for option in OPTIONS:
        if _meets(option.groups, groups) or _meets(option.ids, ids):
            found.setdefault(option.box, []).append(option.text)
    return found


def _meets(wanted: Iterable[str], held: Iterable[str | None]) -> bool:
    return bool(set(wanted) & set(held))
