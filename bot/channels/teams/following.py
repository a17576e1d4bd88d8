"""What has become of referrals, told in Teams to who made them: a card for a task, a new state on the card.

Read from the referrals room's own tables: references, states and tasks, and nothing of the patient.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.channels.teams.cards.others import nudge
from bot.channels.teams.proactive import Proactive
from bot.channels.teams.tables import CARDS, NUDGES
from bot.settings import Settings
from referrals import desk
from referrals.records.engine import reading, records
from referrals.records.tables import REFERRAL
from referrals.replies import tasks
from referrals.replies.tasks import Task
from referrals.service_words import name_of


class Following:
    """Looks now and then. `engine`: this channel's own tables."""

    def __init__(self, engine: Any, proactive: Proactive, settings: Settings) -> None:
        self._engine = engine
        self._proactive = proactive
        self._settings = settings

    async def look(self) -> None:
        """Tell what is new."""
        for task in await asyncio.to_thread(self._new_tasks):
            await self._tell(task)
        shown = self._states_shown()
        for reference, state in await asyncio.to_thread(_states, list(shown)):
            if shown[reference] != state:
                await self._proactive.referral_changed(_status(reference, state))

    def _new_tasks(self) -> list[Task]:
        with self._engine.connect() as connection:
            told = set(connection.scalars(sa.select(NUDGES.c.task)))
        room = desk.open_room()
        now = datetime.now().astimezone()
        with room.work(desk.clock(room.practice.ods_code), now) as work:
            found = tasks.open_tasks(work.connection, room.practice.ods_code)
        # What is done is forgotten: a database may give the number of a deleted task again.
        done = told - {task.id for task in found}
        if done:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(NUDGES).where(NUDGES.c.task.in_(done)))
        return [task for task in found if task.id not in told]

    async def _tell(self, task: Task) -> None:
        if not self._proactive.reaches(task.owner):
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(NUDGES).values(task=task.id))
        except IntegrityError:
            # Another process tells it.
            return
        service = desk.open_room().services.get(task.service_id)
        card = nudge(
            task.reference,
            name_of(service) if service else task.service_id,
            task.to_do,
            self._settings.public_url,
        )
        if not await self._proactive.nudge(task.owner, card):
            with self._engine.begin() as connection:
                connection.execute(sa.delete(NUDGES).where(NUDGES.c.task == task.id))

    def _states_shown(self) -> dict[str, str]:
        query = sa.select(CARDS.c.referral_id, CARDS.c.state).where(CARDS.c.kind == "referral")
        with self._engine.connect() as connection:
            return {reference: state or "draft" for reference, state in connection.execute(query)}


def _states(references: Sequence[str]) -> list[tuple[str, str]]:
    if not references:
        return []
    query = sa.select(REFERRAL.c.reference, REFERRAL.c.state)
    with reading(records()) as connection:
        rows = connection.execute(query.where(REFERRAL.c.reference.in_(references)))
        return [(row.reference, row.state) for row in rows]


def _status(reference: str, state: str) -> dict[str, Any]:
    """Return a `referral_status` that says where a referral stands, and nothing else."""
    return {
        "type": "referral_status",
        "text": "Its page says what has happened, and what is to be done.",
        "referral_id": reference,
        "state": state,
        "url": f"/referrals/{reference}",
    }
