"""What the practice does after a referral was handed over: the list, and trying the next service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.web.referrals.access import Asker
from referrals import desk
from referrals.desk import DeskError, Room
from referrals.draft import Draft, build_draft
from referrals.lifecycle import STATES
from referrals.model import State
from referrals.replies import tasks
from referrals.replies.tasks import TaskKind
from referrals.worklist import WorkRow
from services_directory.ways_in import is_open_to

# More are found with the filter; a page of thousands would be of no use.
MOST_ROWS = 300
NOTHING_PREPARED = "Nothing was prepared."


@dataclass(frozen=True)
class Wanted:
    """Which referrals the list shows. ``state``: ``open`` (not at an end), ``all``, or one state."""

    state: str = "open"
    owner: str = ""
    silent: bool = False

    @property
    def states(self) -> tuple[State, ...]:
        """The states to ask the desk for; none means all that are not at an end."""
        if self.state == "all":
            return STATES
        return tuple(state for state in STATES if state == self.state)


def wanted(state: str, owner: str, silent: str) -> Wanted:
    """Return what the address asks for; what it does not know is as if not said."""
    known = state if state in ("all", *STATES) else "open"
    return Wanted(known, "me" if owner == "me" else "", silent == "1")


def listed(room: Room, asker: Asker, now: datetime, want: Wanted) -> tuple[WorkRow, ...]:
    """Return the rows of the practice's list. Raises ``DeskError``."""
    owner = asker.actor.id if want.owner == "me" else None
    found = desk.worklist(room, asker.actor, now, want.states, owner)
    return tuple(row for row in found if row.silent or not want.silent)


def note_task(room: Room, asker: Asker, now: datetime, reference: str, kind: TaskKind) -> None:
    """Make the task of a referral that the practice was told is declined, or that came back.

    Raises ``DeskError``.
    """
    with room.work(asker.actor, now) as work:
        tasks.open_task(work.connection, reference, kind, now)


def try_next(
    room: Room, asker: Asker, now: datetime, day: date, reference: str, service_id: str
) -> str:
    """Prepare a referral of the same patient to ``service_id``; return its consultation's id.

    Raises ``DeskError`` where the service cannot be referred to.
    """
    view = desk.view(room, asker.actor, now, reference)
    about, service = view.referral.about, room.services.get(service_id)
    if service is None or "see_conditions" not in view.may:
        raise DeskError("no_entry", "This service cannot be prepared here.", NOTHING_PREPARED)
    ways = tuple(way for way in service.routes if is_open_to(way, about.case))
    made = build_draft(
        replace(service, routes=ways),
        about.case,
        about.said,
        room.practice,
        day,
        asker.actor.role,
        names={s.id: s.name for s in room.services.values()},
    )
    if not isinstance(made, Draft):
        raise DeskError("not_referable", made.text, NOTHING_PREPARED, "Try another.")
    opened = desk.open_referral(
        room,
        asker.actor,
        now,
        made,
        about.case,
        about.said,
        day,
        consultation_id=view.referral.consultation_id,
        safety=about.safety,
    )
    return opened.consultation_id
