"""What the practice has to do about its referrals, for pages, JSON and terminal: tasks, words, next services.

Like the use cases of the desk: each takes the ``Room``, the ``Actor`` and the time, and raises ``DeskError``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from referrals.desk import DeskError, Room
from referrals.permissions import Actor
from referrals.records import referrals
from referrals.records.tables import REFERRAL
from referrals.replies import nudges, tasks
from referrals.replies.next_steps import Next, next_services, patient_words
from referrals.replies.tasks import NotYours, Task
from referrals.service_words import name_of
from services_directory.loading import directory


@dataclass(frozen=True)
class ToDo:
    """A task with the service's name and the words that the patient can be told."""

    task: Task
    service_name: str
    patient_words: str


def to_do(
    room: Room, actor: Actor, now: datetime, reference: str | None = None
) -> tuple[ToDo, ...]:
    """Return what is to be done at the actor's practice (about one referral), oldest first."""
    with room.work(actor, now) as work:
        work.allow("see", reference or actor.practice)
        found = tasks.open_tasks(work.connection, actor.practice, reference)
        return tuple(_with_words(room, task) for task in found)


def done(room: Room, actor: Actor, now: datetime, task_id: int) -> Task:
    """Note that a task is done; whose silence it was about is asked for again after as long a time."""
    with room.work(actor, now) as work:
        work.allow("report", actor.practice)
        try:
            return tasks.finish(work.connection, actor, task_id, now)
        except NotYours as error:
            raise DeskError("not_found", str(error), "Nothing was changed.") from None


def next_for(room: Room, actor: Actor, now: datetime, reference: str) -> tuple[Next, ...]:
    """Return the services to try next for the patient of ``reference``.

    Without those that this consultation has tried. Raises ``DeskError``, also once it was purged.
    """
    with room.work(actor, now) as work:
        referral = work.load(reference, "see_conditions")
        same = REFERRAL.c.consultation_id == referral.consultation_id
        tried = {other.service_id for other in referrals.listed(work.connection, same)}
        day = work.day_for(referral)
        return next_services(referral.about.case, day, directory(), tried, actor.role)


def note_silence(room: Room, now: datetime) -> int:
    """Keep a task for each referral of which nothing was heard; return how many are new."""
    clock = Actor("clock", "clock", room.practice.ods_code)
    with room.work(clock, now) as work:
        return nudges.note(work.connection, room.services, now)


def _with_words(room: Room, task: Task) -> ToDo:
    service = room.services.get(task.service_id)
    name = name_of(service) if service else task.service_id
    return ToDo(task, name, patient_words(task.kind, name, room.practice.name))
