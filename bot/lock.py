"""Locks of conversations in Redis: over several server processes, one sender's messages take turns.

What differs from `rasa.core.lock_store.RedisLockStore` of 3.6.21 (lines in that file):

- a place in the queue is taken, kept and given back by one script each, which Redis runs whole; Rasa
  reads, changes and writes the queue (71-88, 263-277), so that two processes can take the same place;
- who waits looks again after `POLL_SECONDS` at most, not after a second (94);
- a place lasts `LEASE_SECONDS` and is renewed for as long as its process lives: what a process leaves
  behind when it dies is over soon (Rasa: a minute), and a slow turn does not lose its lock;
- every key expires by itself (277);
- Redis' clock alone counts, so those of the machines need not agree.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore
from redis import Redis
from redis.asyncio import BlockingConnectionPool
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Longer than a server is ever busy with one thing: meanwhile it renews nothing.
LEASE_SECONDS = 10.0
POLL_SECONDS = 0.05
# Who is next looks more often than who is tenth.
POLL_STEP_SECONDS = 0.01
CONNECTIONS = 16
TIMEOUT_SECONDS = 5.0

# Each script gets the queue (a sorted set of places by the time at which they end, in ms) and the count
# of places given out. A place is `number:random`; the least is served. Numbers can begin again when the
# queue was empty, hence the random part.
_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""
# ARGV: the place or '', the random part of a new one, the lease in ms. Returns the place and how many
# are before it. A place that was lost is replaced by one at the end: another may be served by now.
STAND_IN_LINE = f"""
{_NOW}
local place = ARGV[1]
if place == '' or not redis.call('ZSCORE', KEYS[1], place) then
  place = string.format('%015d:%s', redis.call('INCR', KEYS[2]), ARGV[2])
end
redis.call('ZADD', KEYS[1], now + ARGV[3], place)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local before = 0
for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if other < place then before = before + 1 end
end
return {{place, before}}
"""
# ARGV: the place, the lease in ms. Returns 1, or 0 where the place was lost.
RENEW = f"""
{_NOW}
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
"""
# ARGV: the place. The last one out leaves no key behind.
LEAVE = """
redis.call('ZREM', KEYS[1], ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
return 1
"""


class RedisTurns(LockStore):
    """A lock store for several processes. Of a lock store, Rasa calls `lock` alone.

    `url` is Redis' (`redis://`, or `rediss://` for TLS); `lease` is in seconds. Connects on first use,
    in the event loop that it is then used in.
    """

    def __init__(self, url: str, lease: float = LEASE_SECONDS) -> None:
        super().__init__()
        self._lease = lease
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            decode_responses=True,
        )
        redis = AsyncRedis(connection_pool=pool)
        self._stand_in_line = redis.register_script(STAND_IN_LINE)
        self._renew = redis.register_script(RENEW)
        self._leave = redis.register_script(LEAVE)
        # Which task holds which conversation: the channel takes its turn when a message arrives, and
        # Rasa's agent asks for the same one again.
        self._held: dict[str, asyncio.Task[Any] | None] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation; a task that holds it already goes on at once.

        Those who ask are served in the order in which they asked. `lock_lifetime` is how long to wait
        for that, in seconds; it does not limit the turn. Raises `LockError` where it does not come in
        that time, or Redis does not answer.
        """
        task = asyncio.current_task()
        if conversation_id in self._held and self._held[conversation_id] is task:
            yield TicketLock(conversation_id)
            return
        keys = [f"fingerpost:turns:{{{conversation_id}}}:{part}" for part in ("queue", "count")]
        place = await self._wait(keys, lock_lifetime, wait_time_in_seconds)
        renewal = asyncio.create_task(self._keep(keys, place))
        self._held[conversation_id] = task
        try:
            yield TicketLock(conversation_id)
        finally:
            if self._held.get(conversation_id) is task:
                del self._held[conversation_id]
            renewal.cancel()
            await self._give_back(keys, place)

    async def _wait(self, keys: list[str], patience: float, poll: float) -> str:
        """Return our place once nobody is before it."""
        end = time.monotonic() + patience
        ours, place = uuid.uuid4().hex, ""
        try:
            while True:
                found = await self._stand_in_line(keys, [place, ours, self._lease_ms])
                place, before = str(found[0]), int(found[1])
                if before == 0:
                    return place
                if time.monotonic() >= end:
                    raise LockError("The messages before this one took too long.")
                await asyncio.sleep(min(poll, before * POLL_STEP_SECONDS))
        except RedisError as error:
            raise LockError(f"Redis does not answer ({type(error).__name__}).") from None
        except (LockError, asyncio.CancelledError):
            # Those behind us need not wait until the place expires.
            await self._give_back(keys, place)
            raise

    async def _keep(self, keys: list[str], place: str) -> None:
        """Renew our place until cancelled."""
        while True:
            await asyncio.sleep(self._lease / 4)
            try:
                if not await self._renew(keys, [place, self._lease_ms]):
                    logger.error("a turn lost its lock; another may have run beside it")
                    return
            except RedisError as error:
                logger.warning("a lock could not be renewed: %s", type(error).__name__)

    async def _give_back(self, keys: list[str], place: str) -> None:
        """Leave the queue. Never fails: the turn has been taken, and the place expires by itself."""
        # A task of its own, because Redis' client cannot be used by one that is being cancelled.
        leaving = asyncio.create_task(self._go(keys, place))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        await asyncio.shield(leaving)

    async def _go(self, keys: list[str], place: str) -> None:
        with suppress(RedisError):
            await self._leave(keys, [place])

    @property
    def _lease_ms(self) -> int:
        return int(self._lease * 1000)


@lru_cache(maxsize=4)
def redis_turns(url: str) -> RedisTurns:
    """Return this process's lock store for `url`: the channels and Rasa's agent share one."""
    return RedisTurns(url)


def check(url: str) -> None:
    """Raise `RedisError` where Redis does not answer, `ValueError` where `url` is no address of one."""
    with Redis.from_url(url, socket_connect_timeout=TIMEOUT_SECONDS) as redis:
        redis.ping()
