"""Calls of the v3 connector: a message sent, updated, typing shown. What fails for a while is tried again.

Microsoft asks for back-off on 429, 412, 502 and 504 ("Optimize your bot with rate limiting in Teams"); other
5xx are treated alike. A request whose answer was lost is not sent again: it may have arrived.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.channels.teams.configuration import TeamsSettings, safe_address
from bot.channels.teams.credentials import Credentials, CredentialsError

logger = logging.getLogger(__name__)

TRIES = 6
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
WAIT_SECONDS = 20.0
AGAIN = frozenset((408, 412, 429))


class ConnectorError(RuntimeError):
    """A call that failed for good. `status` is 0 where there was no answer."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Place:
    """Where to answer: a conversation of a service URL that has been verified."""

    service_url: str
    conversation_id: str

    @property
    def address(self) -> str:
        """The address of its activities."""
        quoted = quote(self.conversation_id, safe="")
        return f"{self.service_url.rstrip('/')}/v3/conversations/{quoted}/activities"


class Connector:
    """Sends as this bot."""

    def __init__(
        self,
        found: TeamsSettings,
        session: Callable[[], aiohttp.ClientSession],
        credentials: Credentials,
        sleep: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self._found = found
        self._session = session
        self._credentials = credentials
        self._sleep = sleep

    async def send(self, place: Place, activity: dict[str, Any]) -> str:
        """Send an activity; return the id that it got. Raises `ConnectorError`."""
        reply_to = activity.get("replyToId")
        address = f"{place.address}/{quote(reply_to, safe='')}" if reply_to else place.address
        return str((await self._call("POST", address, activity)).get("id") or "")

    async def update(self, place: Place, activity_id: str, activity: dict[str, Any]) -> None:
        """Put `activity` in the place of one that was sent. Raises `ConnectorError`."""
        await self._call("PUT", f"{place.address}/{quote(activity_id, safe='')}", activity)

    async def _call(self, method: str, address: str, activity: dict[str, Any]) -> dict[str, Any]:
        if not safe_address(address):
            raise ConnectorError("That is no address to send to.")
        for attempt in range(1, TRIES + 1):
            status, asked, token = 0, None, ""
            told: dict[str, Any] = {}
            try:
                token = await self._token()
                status, told, asked = await self._once(method, address, activity, token)
            except CredentialsError as error:
                if not error.for_now:
                    raise ConnectorError(str(error)) from None
            except aiohttp.ClientConnectorError:
                # It never got there.
                pass
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
                raise ConnectorError("The connector's answer was lost.") from None
            if 200 <= status < 300:
                return told
            if status == 401 and token and attempt == 1:
                # It may have been withdrawn before its time.
                self._credentials.forget(token)
            elif status and status not in AGAIN and status < 500:
                raise ConnectorError(f"The connector refused ({status}).", status)
            if attempt < TRIES:
                await self._sleep(pause(attempt, asked))
        raise ConnectorError(f"The connector did not answer in {TRIES} tries.", status)

    async def _token(self) -> str:
        return "" if self._found.anonymous else await self._credentials.token()

    async def _once(
        self, method: str, address: str, activity: dict[str, Any], token: str
    ) -> tuple[int, dict[str, Any], str | None]:
        request = self._session().request(
            method,
            address,
            json=activity,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=aiohttp.ClientTimeout(total=WAIT_SECONDS),
            # Our token must not follow wherever an answer points.
            allow_redirects=False,
        )
        async with request as answer:
            asked = answer.headers.get("Retry-After")
            if not 200 <= answer.status < 300:
                return answer.status, {}, asked
            try:
                told = await answer.json(content_type=None)
            except ValueError:
                told = {}
            return answer.status, told if isinstance(told, dict) else {}, asked


def pause(attempt: int, retry_after: str | None = None) -> float:
    """Return the seconds before the next try: as asked, else doubling with chance in it."""
    try:
        asked = float(retry_after or "")
    except ValueError:
        asked = -1.0
    if 0 <= asked <= LONGEST_WAIT:
        return asked
    if asked > LONGEST_WAIT:
        return LONGEST_WAIT
    most = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (attempt - 1))
    return most * (0.5 + random.random() / 2)
