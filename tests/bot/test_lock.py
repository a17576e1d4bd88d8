"""The queue of one conversation over several processes: order, nothing lost, and what a crash leaves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import redis
from rasa.core.lock_store import InMemoryLockStore, LockError

from bot.agent import lock_store
from bot.lock import RedisTurns, check, redis_turns
from bot.port import StartError
from tests.engines import free_port, running_redis

SENDER = "0123456789abcdef"


@pytest.fixture(scope="module")
def engine() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def url(engine: str) -> str:
    redis.Redis.from_url(engine).flushall()
    return engine


def keys(url: str) -> list[Any]:
    return list(redis.Redis.from_url(url).keys("*"))


@pytest.mark.system
async def test_turns_never_overlap_and_come_in_the_order_asked_for(url: str) -> None:
    processes = [RedisTurns(url), RedisTurns(url), RedisTurns(url)]
    queue = f"fingerpost:turns:{{{SENDER}}}:queue"
    spans: list[tuple[int, float, float]] = []

    async def turn(number: int) -> None:
        async with processes[number % 3].lock(SENDER):
            begun = time.monotonic()
            await asyncio.sleep(0.02)
            spans.append((number, begun, time.monotonic()))

    turns = []
    async with RedisTurns(url).lock(SENDER):
        for number in range(30):
            turns.append(asyncio.create_task(turn(number)))
            # Each asks once the one before stands in line, so that the order of asking is certain.
            while redis.Redis.from_url(url).zcard(queue) < number + 2:
                await asyncio.sleep(0.002)
    await asyncio.gather(*turns)
    assert [number for number, _, _ in spans] == list(range(30))
    assert all(one[2] <= two[1] for one, two in pairwise(spans))
    assert keys(url) == []


@pytest.mark.system
async def test_other_conversations_do_not_wait(url: str) -> None:
    one, two = RedisTurns(url), RedisTurns(url)
    async with one.lock(SENDER), two.lock("another"):
        pass


@pytest.mark.system
async def test_what_a_dead_process_held_is_over_after_its_lease(url: str) -> None:
    dead, alive = RedisTurns(url, lease=0.5), RedisTurns(url, lease=0.5)
    # A process that took its place, one that waited, and nothing more of either.
    names = [f"fingerpost:turns:{{{SENDER}}}:{part}" for part in ("queue", "count")]
    await dead._stand_in_line(names, ["", "holder", 500])
    await dead._stand_in_line(names, ["", "waiter", 500])
    begun = time.monotonic()
    async with alive.lock(SENDER):
        assert time.monotonic() - begun > 0.3
    assert keys(url) == []


@pytest.mark.system
async def test_a_slow_turn_keeps_its_lock(url: str) -> None:
    slow, other = RedisTurns(url, lease=0.4), RedisTurns(url, lease=0.4)
    ended = 0.0

    async def hold() -> None:
        nonlocal ended
        async with slow.lock(SENDER):
            await asyncio.sleep(1.2)
            ended = time.monotonic()

    holding = asyncio.create_task(hold())
    await asyncio.sleep(0.1)
    async with other.lock(SENDER):
        assert ended and time.monotonic() >= ended
    await holding


@pytest.mark.system
async def test_every_key_expires(url: str) -> None:
    async with RedisTurns(url).lock(SENDER):
        store = redis.Redis.from_url(url)
        lives = {key: store.pttl(key) for key in store.keys("*")}
    assert len(lives) == 2
    assert all(0 < life <= 10_000 for life in lives.values()), lives


@pytest.mark.system
async def test_who_waits_too_long_is_told_and_stands_in_nobodys_way(url: str) -> None:
    turns, other = RedisTurns(url), RedisTurns(url)
    async with turns.lock(SENDER):
        with pytest.raises(LockError):
            async with other.lock(SENDER, lock_lifetime=0.2):
                raise AssertionError("two at a time")
    async with other.lock(SENDER):
        pass
    assert keys(url) == []


@pytest.mark.system
async def test_who_goes_away_while_waiting_leaves_the_queue(url: str) -> None:
    turns, other = RedisTurns(url), RedisTurns(url)

    async def ask() -> None:
        async with other.lock(SENDER):
            raise AssertionError("never served")

    async with turns.lock(SENDER):
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0.2)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    # Leaving the queue takes a moment: it is done beside the cancelled task.
    for _ in range(40):
        if not keys(url):
            break
        await asyncio.sleep(0.05)
    assert keys(url) == []


@pytest.mark.system
async def test_a_failing_turn_gives_its_lock_back(url: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with RedisTurns(url).lock(SENDER):
            raise ZeroDivisionError
    assert keys(url) == []


@pytest.mark.system
async def test_the_agent_asks_again_for_what_the_channel_holds(url: str) -> None:
    turns = RedisTurns(url)
    async with turns.lock(SENDER), turns.lock(SENDER):
        # Another task of the process still waits.
        with pytest.raises(LockError):
            await asyncio.create_task(ask_in_vain(turns))
    async with turns.lock(SENDER):
        pass


async def ask_in_vain(turns: RedisTurns) -> None:
    async with turns.lock(SENDER, lock_lifetime=0.1):
        raise AssertionError("two at a time")


@pytest.mark.system
async def test_without_redis_a_turn_is_refused_and_none_that_was_taken_fails() -> None:
    port = free_port()
    with running_redis(port) as url:
        turns = RedisTurns(url)
        async with turns.lock(SENDER):
            redis.Redis.from_url(url).shutdown(nosave=True)
    with pytest.raises(LockError):
        async with turns.lock(SENDER):
            raise AssertionError("no lock, and yet a turn")
    # Once it is back, so are the turns.
    with running_redis(port):
        async with turns.lock(SENDER):
            pass


@pytest.mark.system
def test_the_channels_and_the_agent_share_one(url: str) -> None:
    assert lock_store(url) is redis_turns(url)
    check(url)


def test_a_redis_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(StartError, match="FINGERPOST_REDIS_URL") as refused:
        lock_store(f"redis://:secret@127.0.0.1:{free_port()}/0")
    assert "secret" not in str(refused.value)
    with pytest.raises(StartError, match="FINGERPOST_REDIS_URL"):
        lock_store("not an address")


def test_one_process_needs_no_redis() -> None:
    assert isinstance(lock_store(None), InMemoryLockStore)
