"""Turns in a thread of their own: their results, their failures, their order, and their end."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Iterator

import pytest

from bot.turn_thread import TurnThread

WHO = contextvars.ContextVar("WHO", default="nobody")


@pytest.fixture
def turns() -> Iterator[TurnThread]:
    made = TurnThread()
    yield made
    made.stop()


async def test_what_a_turn_returns_comes_back_from_another_thread(turns: TurnThread) -> None:
    async def work() -> tuple[str, str]:
        return threading.current_thread().name, WHO.get()

    WHO.set("the asker")
    assert await turns.run(work()) == ("turns", "the asker")


async def test_what_a_turn_raises_is_raised_and_ends_no_other(turns: TurnThread) -> None:
    async def fails() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await turns.run(fails())

    async def work() -> int:
        return 7

    assert await turns.run(work()) == 7


async def test_the_server_answers_while_a_turn_is_worked_out(turns: TurnThread) -> None:
    """The turn ends only when the other loop has got round to letting it."""
    go = threading.Event()

    async def busy() -> bool:
        return go.wait(30)

    turn = asyncio.create_task(turns.run(busy()))
    await asyncio.sleep(0)
    go.set()
    assert await turn


async def test_turns_begin_in_the_order_in_which_they_came(turns: TurnThread) -> None:
    begun: list[int] = []

    async def work(number: int) -> None:
        begun.append(number)
        await asyncio.sleep(0)

    await asyncio.gather(*(turns.run(work(number)) for number in range(50)))
    assert begun == list(range(50))


async def test_whoever_gives_up_ends_the_turn(turns: TurnThread) -> None:
    begun, ended = threading.Event(), threading.Event()

    async def endless() -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        finally:
            ended.set()

    turn = asyncio.create_task(turns.run(endless()))
    assert await asyncio.to_thread(begun.wait, 30)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert await asyncio.to_thread(ended.wait, 30)


async def test_at_the_end_nobody_waits_for_ever() -> None:
    turns = TurnThread()
    begun = threading.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.sleep(3600)

    turn = asyncio.create_task(turns.run(endless()))
    assert await asyncio.to_thread(begun.wait, 30)
    await asyncio.to_thread(turns.stop)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(turn, 30)
    assert "turns" not in {thread.name for thread in threading.enumerate()}
