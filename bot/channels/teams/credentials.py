"""Our own token for the connector: fetched when needed, kept until shortly before it ends.

Three kinds of bots (Microsoft: `SingleTenant`, `MultiTenant`, `UserAssignedMSI`). The token is like a
password: it is in no log, and `bot.channels.teams.connector` sends it to verified service URLs only.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.channels.teams.configuration import TeamsSettings

SCOPE = "https://api.botframework.com/.default"
RESOURCE = "https://api.botframework.com"
# Where a multi-tenant bot asks, whatever its own tenant.
SHARED_TENANT = "botframework.com"
# The Azure Instance Metadata Service: the same address on every virtual machine there.
METADATA = "http://169.254.169.254/metadata/identity/oauth2/token"
EARLY_SECONDS = 300.0
WAIT_SECONDS = 10.0
_HOW: dict[str, Any] = {
    "timeout": aiohttp.ClientTimeout(total=WAIT_SECONDS),
    "allow_redirects": False,
}


class CredentialsError(RuntimeError):
    """No token is to be had; its text says which service refused, without quoting it.

    `for_now`: another try may succeed.
    """

    def __init__(self, why: str, for_now: bool = False) -> None:
        super().__init__(why)
        self.for_now = for_now


class Credentials:
    """Gives the token of this bot."""

    def __init__(
        self,
        found: TeamsSettings,
        session: Callable[[], aiohttp.ClientSession],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._found = found
        self._session = session
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """Return a token that still holds for some minutes. Raises `CredentialsError`."""
        async with self._lock:
            if not self._token or self._clock() > self._until - EARLY_SECONDS:
                begun = self._clock()
                answer = await self._ask()
                token = answer.get("access_token")
                if not isinstance(token, str) or not token:
                    raise CredentialsError("The sign-in service gave no token.")
                self._token = token
                self._until = begun + _seconds(answer.get("expires_in"))
            return self._token

    def forget(self, token: str) -> None:
        """Drop a token that the connector did not accept."""
        if token == self._token:
            self._token = ""

    async def _ask(self) -> dict[str, Any]:
        found = self._found
        try:
            if found.app_type == "managed_identity":
                # The machine itself, so never through the proxy that the environment may name.
                async with aiohttp.ClientSession() as direct:
                    address, params, headers = _identity(found.app_id)
                    return await _told(direct.get(address, params=params, headers=headers, **_HOW))
            tenant = SHARED_TENANT if found.app_type == "multi_tenant" else found.tenant_id
            form = {
                "grant_type": "client_credentials",
                "client_id": found.app_id,
                "client_secret": found.app_password,
                "scope": SCOPE,
            }
            address = f"{found.login}/{tenant}/oauth2/v2.0/token"
            return await _told(self._session().post(address, data=form, **_HOW))
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, OSError):
            raise CredentialsError("The sign-in service does not answer.", True) from None


async def _told(request: Any) -> dict[str, Any]:
    async with request as answer:
        if answer.status != 200:
            raise CredentialsError(
                f"The sign-in service refused us ({answer.status}).",
                answer.status == 429 or answer.status >= 500,
            )
        told = await answer.json(content_type=None)
    return told if isinstance(told, dict) else {}


def _seconds(told: Any) -> float:
    """Return for how long a token holds: a number, or one written as text (managed identities)."""
    try:
        return float(told or 0)
    except (TypeError, ValueError):
        return 0.0


def _identity(client_id: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Return address, query and headers to ask the machine itself: App Service's way, else a VM's."""
    asked = {"resource": RESOURCE, "client_id": client_id}
    endpoint, secret = os.environ.get("IDENTITY_ENDPOINT"), os.environ.get("IDENTITY_HEADER")
    if endpoint and secret:
        return endpoint, {"api-version": "2019-08-01", **asked}, {"X-IDENTITY-HEADER": secret}
    return METADATA, {"api-version": "2018-02-01", **asked}, {"Metadata": "true"}
