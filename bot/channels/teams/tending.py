"""What is done now and then: idle consultations end, what was never answered is said, old rows go."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from bot.channels.teams.cards.others import plain
from bot.channels.teams.connector import ConnectorError
from bot.channels.teams.dedup import Taken
from bot.channels.teams.references import Chat, References
from bot.channels.teams.stage import Stage
from services_directory.practice import practice_settings

logger = logging.getLogger(__name__)

# Longer than an answer ever takes, its further tries with it.
UNANSWERED_SECONDS = 600.0
INTERRUPTED = (
    "I was interrupted before I could answer your last message, and have not kept it. "
    "Please send it again."
)


class Tending:
    """Looks after chats. `end` deletes a conversation of Rasa, by its sender."""

    def __init__(
        self,
        chats: References,
        taken: Taken,
        stage: Stage,
        end: Callable[[str], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._chats = chats
        self._taken = taken
        self._stage = stage
        self._end = end
        self._clock = clock

    async def look(self) -> None:
        """Do what is due."""
        now = self._clock()
        minutes = practice_settings().idle_minutes
        for chat in await asyncio.to_thread(self._chats.idle, now - minutes * 60):
            await self._end_idle(chat, minutes)
        before = now - UNANSWERED_SECONDS
        for key in await asyncio.to_thread(self._taken.claim_unanswered, before, now):
            found = self._chats.get(key)
            if found is not None:
                await self._tell(found, INTERRUPTED)
        await asyncio.to_thread(self._taken.forget, now)
        await asyncio.to_thread(self._chats.forget_old, now)

    async def _end_idle(self, chat: Chat, minutes: int) -> None:
        fresh = await asyncio.to_thread(self._chats.next_patient, chat, self._clock())
        if fresh is None:
            return
        await asyncio.to_thread(self._end, chat.sender)
        text = (
            f"Nothing was said for {minutes} minutes, so that consultation has ended and its cards no "
            "longer work. What you type next is about a new patient."
        )
        await self._tell(fresh, text)

    async def _tell(self, chat: Chat, text: str) -> None:
        """Say something; a chat that cannot be reached does not keep others from being told."""
        try:
            await self._stage.show(chat, [plain(text)])
        except ConnectorError as error:
            logger.warning("a chat could not be told (%s)", error.status)
