"""The keys with which Microsoft signs what it sends, fetched when first needed and kept.

The server starts without the network. An unknown key id asks for the list anew, because Microsoft may have
changed its keys, but not more often than once in a while: forged tokens must not make us ask all day.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt

from actions.failure import where
from bot.channels.teams.configuration import safe_address

logger = logging.getLogger(__name__)

KEEP_SECONDS = 24 * 3600.0
BETWEEN_SECONDS = 60.0
# The same while none are held: then nobody can be answered.
FIRST_BETWEEN_SECONDS = 5.0
WAIT_SECONDS = 10.0


class KeysUnavailable(RuntimeError):
    """There are no keys: none were ever fetched, and the service does not answer."""


@dataclass(frozen=True)
class SigningKey:
    """One key of the list. `endorsements`: the channels for which it may sign."""

    key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """The list, and when it was last asked for. `openid`: the address that announces where it is."""

    def __init__(
        self,
        openid: str,
        session: Callable[[], aiohttp.ClientSession],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._openid = openid
        self._session = session
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched: float | None = None
        self._asked: float | None = None
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> SigningKey | None:
        """Return the key of that id, or None where Microsoft has none. Raises `KeysUnavailable`."""
        if kid in self._keys and self._lock.locked():
            # Somebody is asking already: whoever's key is held need not wait for that.
            return self._keys[kid]
        if kid not in self._keys or self._old():
            async with self._lock:
                if kid not in self._keys or self._old():
                    await self._refresh()
        if not self._keys:
            raise KeysUnavailable("Microsoft's signing keys cannot be fetched.")
        return self._keys.get(kid)

    def _old(self) -> bool:
        return self._fetched is None or self._clock() - self._fetched > KEEP_SECONDS

    async def _refresh(self) -> None:
        now = self._clock()
        between = BETWEEN_SECONDS if self._keys else FIRST_BETWEEN_SECONDS
        if self._asked is not None and now - self._asked < between:
            return
        self._asked = now
        try:
            announced = await self._get(self._openid)
            address = announced.get("jwks_uri")
            if not isinstance(address, str) or not safe_address(address):
                raise ValueError("no address of keys")
            self._keys = _read(await self._get(address))
            self._fetched = now
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, OSError) as error:
            # Those that are held stay good.
            logger.warning("Microsoft's signing keys could not be fetched: %s", where(error))

    async def _get(self, address: str) -> dict[str, Any]:
        wait = aiohttp.ClientTimeout(total=WAIT_SECONDS)
        async with self._session().get(address, timeout=wait, allow_redirects=False) as answer:
            answer.raise_for_status()
            found = await answer.json(content_type=None)
        if not isinstance(found, dict):
            raise ValueError("no JSON object")
        return found


def _read(document: dict[str, Any]) -> dict[str, SigningKey]:
    keys: dict[str, SigningKey] = {}
    for raw in document.get("keys") or ():
        if not isinstance(raw, dict) or raw.get("kty") != "RSA":
            continue
        kid, endorsements = raw.get("kid"), raw.get("endorsements")
        if not isinstance(kid, str):
            continue
        try:
            key = jwt.PyJWK(raw, algorithm="RS256").key
        except jwt.PyJWTError:
            continue
        named = endorsements if isinstance(endorsements, list) else []
        keys[kid] = SigningKey(key, frozenset(str(one) for one in named))
    if not keys:
        raise ValueError("no keys in the list")
    return keys
