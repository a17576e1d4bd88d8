"""A plan for going back to work, or staying, that patient, employer and clinician fill in together.

Rows of the AHP Health and Work Report (a difficulty at work, and what would help) and the four options of a
fit note. Functional: no condition is named unless the employer's entry allows it and the patient agreed.
It is neither of those two documents; a clinician may copy from it.
"""

from __future__ import annotations

from referrals.artefacts.fit_note_comments import PLAN_FROM_WEEKS
from referrals.artefacts.frame import NOTHING_SENT, entries, of_page, words
from referrals.artefacts.work_options import BOXES, options_for
from referrals.page import Page
from referrals.rendering.model import (
    Bullets,
    DocumentModel,
    Entries,
    Entry,
    Table,
    Ticks,
    section,
)
from services_directory.sentences import sentence_case

WHAT_BOXES_MEAN = {
    "phased return": "fewer hours at first, then more",
    "altered hours": "other times of work",
    "amended duties": "other tasks for a while",
    "workplace adaptations": "changes to the place, the tools or the help there",
}
# More rows than a person can act on are no plan.
MOST_ROWS = 5
FEWEST_ROWS = 3
WEEKS = (("Week 1", "", ""), ("Week 2", "", ""), ("Week 3", "", ""), ("Week 4", "", ""))


def return_to_work_plan(page: Page) -> DocumentModel:
    """Return the plan of ``page``, with rows from the confirmed case and room for the patient's own."""
    away = page.case.work_status == "off_sick" or page.case.absence_weeks is not None
    boxed = tuple(f"{sentence_case(box)}: {WHAT_BOXES_MEAN[box]}" for box in BOXES)
    rows = tuple((option.difficulty, option.text) for option in options_for(page.case))[:MOST_ROWS]
    return of_page(
        page,
        "My plan for going back to work" if away else "My plan for staying in work",
        words(
            "This plan is mine. I choose who sees it, and I can cross out anything. It says what helps me "
            f"at work, not what my condition is. {NOTHING_SENT}",
            "It is not a fit note, and not an AHP Health and Work Report.",
        ),
        section("About me", entries(page.fields)),
        section(
            "Who is in this plan",
            Entries(
                (
                    Entry("Clinician at my practice", page.signed_by),
                    Entry("My keyworker or adviser"),
                    Entry("At my work"),
                )
            ),
        ),
        section("If my employer agrees, these could help", Ticks(boxed)),
        section("What is hard, and what would help", _table(rows)),
        section("The first weeks", Table(("Week", "Days and hours", "Tasks"), WEEKS))
        if away
        else None,
        section(
            "Looking at it again",
            Entries((Entry("We talk again on"), Entry("If it is too much, I tell"))),
            Bullets((_soon(page),)),
        ),
    )


def _table(rows: tuple[tuple[str, str], ...]) -> Table:
    room = (("", ""),) * max(1, FEWEST_ROWS - len(rows))
    return Table(("What is hard for me at work", "What would help, and my goal"), rows + room)


def _soon(page: Page) -> str:
    weeks = page.case.absence_weeks
    if weeks is not None and weeks >= PLAN_FROM_WEEKS:
        return "I have been off for 4 weeks or more, so the first talk should be soon."
    return "Small steps count. The plan can change."
