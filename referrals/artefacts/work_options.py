"""What can be changed at work, box by box of a fit note, and the difficulty that each change answers.

Function, never a diagnosis. The boxes are those of the fit note's "may be fit for work" (gov.uk guidance for
healthcare professionals, October 2023). A difficulty with what would help is a row of the AHP Health and
Work Report, as nottingham.ac.uk's page on completing it shows (read November 2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services_directory.case import Case
from services_directory.vocabulary import vocabulary


@dataclass(frozen=True)
class Option:
    """One wording, for the box it may go with, the ``difficulty`` it answers, and what in the case brings it
    to mind (any of ``groups`` of conditions, any of ``ids`` of conditions and barriers).
    """

    box: str
    text: str
    difficulty: str
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
        "Getting through a full day or week at first",
        _MIND | _LONG | _BODY,
    ),
    Option(
        "altered hours",
        "Later start or finish, or shorter days, so that tiredness can be managed.",
        "Being worn out before the day is over",
        _MIND | _LONG,
    ),
    Option(
        "altered hours",
        "Time off for appointments.",
        "Getting to appointments in working hours",
        ids=frozenset({"treatment_wait"}),
    ),
    Option(
        "altered hours",
        "Hours that allow a manageable journey.",
        "The journey to work and back",
        ids=frozenset({"transport", "leaving_home_alone"}),
    ),
    Option(
        "amended duties",
        "Less lifting, bending, reaching or kneeling; no long spells in one position.",
        "Lifting, bending, reaching, or staying long in one position",
        _BODY,
        frozenset({"physical_disability"}),
    ),
    Option(
        "amended duties",
        "A lighter load at first, one task at a time, agreed with the manager.",
        "Many tasks at once, or working against the clock",
        _MIND,
        frozenset({"job_quality", "confidence"}),
    ),
    Option(
        "amended duties",
        "No work where a sudden loss of attention or balance would be a danger.",
        "Heights, driving or machines that need steady attention",
        ids=frozenset({"neurological"}),
    ),
    Option(
        "workplace adaptations",
        "A look at seat, screen, tools and reach; a place to change position or rest.",
        "Seat, screen, tools or reach that do not suit",
        _BODY,
        frozenset({"physical_disability"}),
    ),
    Option(
        "workplace adaptations",
        "A quieter place, written instructions, and warning of changes.",
        "Noise, sudden changes, or instructions that are only spoken",
        frozenset({"neurodevelopmental"}),
    ),
    Option(
        "workplace adaptations",
        "Information in a form that can be read or heard.",
        "Reading or hearing what the job needs",
        ids=frozenset({"sensory_impairment", "literacy_numeracy"}),
    ),
    Option(
        "workplace adaptations",
        "A toilet and a rest place near by; breaks when needed.",
        "Being far from a toilet or a place to rest",
        ids=frozenset({"gastrointestinal", "menopause", "cancer"}),
    ),
)


def options_for(case: Case) -> tuple[Option, ...]:
    """Return the options that ``case`` brings to mind, in the order of the boxes.

    ``case`` must hold only what may be drawn on (``shareable``).
    """
    terms = vocabulary().terms["conditions"]
    ids = {*case.conditions, *case.barriers}
    groups = {terms[i].group for i in case.conditions if i in terms}
    return tuple(o for o in OPTIONS if _meets(o.groups, groups) or _meets(o.ids, ids))


def _meets(wanted: Iterable[str], held: Iterable[str | None]) -> bool:
    return bool(set(wanted) & set(held))
