"""The work behind the acknowledgements of one process: chat by chat in order, and only so much of it.

What waits is held in memory, and who waits for minutes thinks that nobody answers. So beyond a number
nothing more is put in line: the bot says so to whoever sent it, and whoever could not even be told so is told
afterwards (`bot.channels.teams.tending`), for an activity is noted before it gets here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Literal
from weakref import WeakValueDictionary

from actions.failure import where
from bot.channels.teams.dedup import Taken

logger = logging.getLogger(__name__)

# What one chat may have waiting: more is no talk, and would hold up everybody else's.
MOST_OF_ONE_CHAT = 20
# To say that we are busy is little work, so many may wait for that.
MOST_NOTICES = 1000
GRACE_SECONDS = 2.0

# Each has a limit of its own: turns, events such as an app that was added, and saying that we are busy.
Lane = Literal["turn", "event", "notice"]
Work = Callable[[], Awaitable[None]]


class Queue:
    """Runs work in the order in which it came, chat by chat. `most`: how many turns, and events, may wait."""

    def __init__(self, taken: Taken, most: int, clock: Callable[[], float] = time.time) -> None:
        self._taken = taken
        self._clock = clock
        self._most: dict[Lane, int] = {"turn": most, "event": most, "notice": MOST_NOTICES}
        self._waiting: Counter[Lane] = Counter()
        self._of_chat: Counter[str] = Counter()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turned_away = 0

    def has_room(self, chat: str, lane: Lane = "turn") -> bool:
        """Say whether more of this chat may be put in line."""
        if lane == "turn" and self._of_chat[chat] >= MOST_OF_ONE_CHAT:
            return False
        return self._waiting[lane] < self._most[lane]

    def put(self, key: str, chat: str, work: Work, lane: Lane = "turn") -> None:
        """Put `work` in line, which answers the activity of that `key`."""
        self._waiting[lane] += 1
        self._of_chat[chat] += lane == "turn"
        task = asyncio.create_task(self._in_turn(key, chat, work, lane))
        self._tasks.add(task)

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            self._waiting[lane] -= 1
            self._of_chat[chat] -= lane == "turn"
            if not self._of_chat[chat]:
                del self._of_chat[chat]
            self._over()

        task.add_done_callback(done)

    def turned_away(self) -> None:
        """Note, once for the log, that something found no room."""
        if not self._turned_away:
            logger.warning("more is asked than can be answered: what comes now is turned away")
        self._turned_away += 1

    async def finish(self) -> None:
        """Wait a little for what is being answered."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=GRACE_SECONDS)

    async def _in_turn(self, key: str, chat: str, work: Work, lane: Lane) -> None:
        # Who is told that we are busy does not wait for what is in line.
        place = f"{lane} {key}" if lane == "notice" else chat
        async with self._locks.setdefault(place, asyncio.Lock()):
            try:
                await work()
            except Exception as error:
                # It stays unanswered, and `bot.channels.teams.tending` says so.
                logger.error("an activity could not be answered: %s", where(error))
                return
        self._taken.answered(key, self._clock())

    def _over(self) -> None:
        if self._turned_away and self._waiting["turn"] <= self._most["turn"] // 2:
            logger.warning("there is room again; %s were turned away", self._turned_away)
            self._turned_away = 0
