"""Comments for the "may be fit for work" part of a fit note, to be decided by whoever signs it.

Function, never a diagnosis: hours, duties, equipment, travel. Source of the rules: gov.uk fit note
guidance (for healthcare professionals and for employers, October 2023).
"""

from __future__ import annotations

from datetime import date

from referrals.artefacts.frame import NOTHING_SENT, sheet, words
from referrals.artefacts.work_options import BOXES, options_for
from referrals.rendering.model import Bullets, DocumentModel, Section, Steps, Ticks, section
from referrals.rendering.text import as_text
from referrals.shareable import shareable
from services_directory.case import Case
from services_directory.needs import WITH_A_JOB
from services_directory.practice import PracticeSettings
from services_directory.sentences import sentence_case

KIND = "fit_note_comments"
PLAN_FROM_WEEKS = 4
SIGNERS = (
    "A doctor, nurse, occupational therapist, pharmacist or physiotherapist decides and signs."
)
PLAN = (
    "Patient and employer agree a day to talk, and who calls whom.",
    "They name one thing that is hard at work now, and one change that would help.",
    "They agree a first week (hours, days, tasks) and how to add to it.",
    "They set a day to look again, within 4 weeks, and what to do if it is too much.",
)
GOOD_TO_KNOW = (
    "Comments say what the person can do and needs, not what the diagnosis is.",
    "The advice does not bind the employer. If the changes cannot be made, the note counts as not fit for "
    "work, and no new note is needed.",
    "The patient may go back before the note ends, without seeing a clinician again.",
)


def fit_note_comments(case: Case, practice: PracticeSettings, today: date) -> str:
    """Return ``fit_note_document`` as text."""
    return as_text(fit_note_document(case, practice, today))


def fit_note_document(case: Case, practice: PracticeSettings, today: date) -> DocumentModel:
    """Return comments that could be used, box by box. Nothing uncertain or sensitive is drawn on."""
    sure = shareable(case)
    title = "Fit note: comments to consider"
    if not has_a_job(sure):
        only = words(
            "These comments are for an employer, and no present job was said. "
            "Add the job first if there is one.",
            NOTHING_SENT,
        )
        return sheet(KIND, title, practice, today, "", [only])
    off_long = sure.absence_weeks is not None and sure.absence_weeks >= PLAN_FROM_WEEKS
    return sheet(
        KIND,
        title,
        practice,
        today,
        "",
        [
            words(
                f"For the certifying clinician to decide after an assessment. {SIGNERS} "
                'This is wording for "may be fit for work taking account of the following advice"; it '
                "does not say which of the two options is right. Cross out what does not fit this patient."
            ),
            *(_box(box, sure) for box in BOXES),
            section("Good to know", Bullets(GOOD_TO_KNOW)),
            section("Off for 4 weeks or more: a short plan for the return", Steps(PLAN))
            if off_long
            else None,
            words(NOTHING_SENT),
        ],
    )


def has_a_job(case: Case) -> bool:
    """Say whether ``case`` speaks of a job that the patient has or is to start, or does not say."""
    return case.work_status is None or case.work_status in WITH_A_JOB or bool(case.has_job_offer)


def _box(box: str, case: Case) -> Section | None:
    told = tuple(option.text for option in options_for(case) if option.box == box)
    return section(sentence_case(box), Ticks(told or ("(your words)",)))
