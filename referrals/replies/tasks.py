"""What somebody at the practice has to do about a referral: tell the patient, and try the next service.

Rows of tasks, with what each kind asks for. The words for the patient are in ``next_steps``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from referrals import audit
from referrals.permissions import Actor, may
from referrals.records.delivery_tables import TASK
from referrals.records.tables import REFERRAL

TaskKind = Literal["declined", "failed", "silent", "may_have_left"]

TO_DO: Mapping[TaskKind, str] = {
    "declined": "The service declined. Tell the patient, and try the next service.",
    "failed": "It could not be delivered. Tell the patient; send it another way, or try the next service.",
    "silent": "Nothing was heard. Ask the service and the patient; if need be, try the next service.",
    "may_have_left": (
        "It was taken back, but may have left already. Ask the service to delete it, and tell the patient."
    ),
}


class NotYours(PermissionError):
    """There is no such task at this practice, or the role may not end it."""


@dataclass(frozen=True)
class Task:
    """One task. ``owner`` follows the referral up; ``to_do`` says what is asked."""

    id: int
    reference: str
    service_id: str
    kind: TaskKind
    made_at: datetime
    owner: str
    done_at: datetime | None = None

    @property
    def to_do(self) -> str:
        """What is asked, in words."""
        return TO_DO[self.kind]


def open_task(connection: Any, reference: str, kind: TaskKind, now: datetime) -> bool:
    """Keep a task, unless one of its kind is open for that referral; say whether it was kept."""
    same = sa.select(TASK.c.id).where(
        TASK.c.reference == reference, TASK.c.kind == kind, TASK.c.done_at.is_(None)
    )
    if connection.execute(same).first() is not None:
        return False
    connection.execute(sa.insert(TASK).values(reference=reference, kind=kind, made_at=now))
    return True


def open_tasks(connection: Any, practice: str, reference: str | None = None) -> tuple[Task, ...]:
    """Return what is to be done at ``practice`` (for one referral), oldest first."""
    query = _joined().where(TASK.c.done_at.is_(None), REFERRAL.c.practice == practice)
    if reference is not None:
        query = query.where(TASK.c.reference == reference)
    rows = connection.execute(query.order_by(TASK.c.made_at, TASK.c.id))
    return tuple(Task(**row._mapping) for row in rows)


def finish(connection: Any, actor: Actor, task_id: int, now: datetime) -> Task:
    """Note that ``actor`` has done it; return the task. Raises ``NotYours``. Twice is as once."""
    row = connection.execute(
        _joined().where(TASK.c.id == task_id, REFERRAL.c.practice == actor.practice)
    ).one_or_none()
    if row is None or not may(actor, "report"):
        raise NotYours("There is no such task that you could end.")
    task = Task(**row._mapping)
    if task.done_at is not None:
        return task
    connection.execute(
        sa.update(TASK).where(TASK.c.id == task_id).values(done_at=now, done_by=actor.id)
    )
    audit.note(connection, actor, now, "task_done", task.reference, {"kind": task.kind})
    return task


def settle(connection: Any, reference: str, kind: str, now: datetime, by: str) -> None:
    """End the open task of that kind, because what it asked for has come about."""
    connection.execute(
        sa.update(TASK)
        .where(TASK.c.reference == reference, TASK.c.kind == kind, TASK.c.done_at.is_(None))
        .values(done_at=now, done_by=by)
    )


def last_done(connection: Any, references: tuple[str, ...], kind: TaskKind) -> dict[str, datetime]:
    """Return when a task of that kind was last ended, by reference."""
    query = sa.select(
        TASK.c.reference, sa.func.max(TASK.c.done_at, type_=TASK.c.done_at.type)
    ).where(TASK.c.reference.in_(references), TASK.c.kind == kind, TASK.c.done_at.is_not(None))
    rows = connection.execute(query.group_by(TASK.c.reference))
    return {reference: done_at for reference, done_at in rows}


def _joined() -> Any:
    return sa.select(
        TASK.c.id,
        TASK.c.reference,
        REFERRAL.c.service_id,
        TASK.c.kind,
        TASK.c.made_at,
        REFERRAL.c.owner,
        TASK.c.done_at,
    ).join(REFERRAL, REFERRAL.c.reference == TASK.c.reference)
