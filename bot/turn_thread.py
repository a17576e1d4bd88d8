"""Turns are worked out in a thread of their own, so that the web server answers meanwhile.

A turn with recommendations takes a tenth of a second of the processor. In the server's own event loop, every
other request would wait for it.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")

# How long Python lets one thread run while another waits (its default is five times as long): a request needs
# several goes.
SWITCH_SECONDS = 0.001
STOP_SECONDS = 5.0


class TurnThread:
    """One event loop in one thread: what runs in it is never run by two threads at the same time."""

    def __init__(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="turns", daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what `work` returns, or raise what it raises; its coroutines run in this thread's loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def stop(self) -> None:
        """End the thread; what still runs in it is cancelled, for whoever waits for it too."""
        ending = asyncio.run_coroutine_threadsafe(_cancel_the_others(), self._loop)
        with suppress(FutureTimeout):
            ending.result(STOP_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_SECONDS)
        if not self._thread.is_alive():
            self._loop.close()


async def _cancel_the_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
