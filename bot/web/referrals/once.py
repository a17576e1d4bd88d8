"""A form that is sent twice, by a double click or an impatient key, is done once.

Every page brings a random word. The same word with the same fields is the same sending: the second waits for
the first and gets its answer. What failed is not remembered, so that it can be tried again.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import blake2b

MOST = 500
NAME = "once"


def new_word() -> str:
    """Return a random word for a page's forms."""
    return secrets.token_urlsafe(12)


class Once:
    """Remembers the last sendings of one process, by a keyed hash; the answer is an address to go on to."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, asyncio.Future[str | None]] = OrderedDict()

    async def do(
        self, who: str, body: bytes, act: Callable[[], Awaitable[str | None]]
    ) -> str | None:
        """Return what ``act`` returns, or what it returned for the same ``body`` of ``who``.

        ``None`` (not done) is not remembered, nor is what raises.
        """
        key = blake2b(who.encode() + b"\0" + body, key=self._key).digest()
        while (before := self._known.get(key)) is not None:
            answer = await asyncio.shield(before)
            if answer is not None:
                return answer
        future: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._known[key] = future
        answer = None
        try:
            answer = await act()
            return answer
        finally:
            if answer is None:
                del self._known[key]
            future.set_result(answer)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
