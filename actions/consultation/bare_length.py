"""A length of time typed out of turn ("6/12" while something else was asked): what of the case it measures.

The reader takes it for a time off work; what is known of the patient decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services_directory.case import Case
from understanding.answers import BARE

# Calendar weeks in a month.
_WEEKS_A_MONTH = 52.18 / 12
WITHOUT_A_JOB = frozenset({"unemployed", "economically_inactive"})


def fitted(case: Case, understanding: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of ``understanding`` with a bare length as the patient's: time off or out of work.

    What is known already is not overwritten, and of somebody at work it measures nothing.
    """
    added = dict(understanding.get("case", {}))
    if not any(m.get("cue") == BARE for m in understanding.get("mentions", ())):
        return added
    weeks = added.pop("absence_weeks", None)
    if weeks is None:
        return added
    if case.work_status == "off_sick" and case.absence_weeks is None:
        added["absence_weeks"] = weeks
    elif case.work_status in WITHOUT_A_JOB and case.out_of_work_months is None:
        added["out_of_work_months"] = max(1, round(weeks / _WEEKS_A_MONTH))
    return added
