"""Whether a request comes from Microsoft's connector, for this bot: the checks that Microsoft specifies.

Source: "Authentication with the Bot Connector API", Microsoft Learn (docs/teams.md, Sources). All of them
matter: with one left out, whoever likes could speak as a clinician, or have our own token sent to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from bot.channels.teams.activities import Activity
from bot.channels.teams.configuration import TeamsSettings, safe_address
from bot.channels.teams.signing_keys import KeysUnavailable, SigningKeys

ISSUER = "https://api.botframework.com"
ALGORITHMS = ["RS256"]
LEEWAY_SECONDS = 300
CHANNEL = "msteams"
# A real token has some 1,500 characters.
LONGEST = 16_384


class Refused(Exception):
    """A request that is not answered. `status`: of the answer; its text says why, and holds no secret."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


async def check(
    authorization: str, activity: Activity, found: TeamsSettings, keys: SigningKeys
) -> None:
    """Return if the activity may be believed. Raises `Refused`: 401, 403, or 503 where no key is held."""
    if found.anonymous:
        # Only on loopback (`configuration`), and nothing is sent elsewhere either.
        if not safe_address(activity.service_url) or activity.service_url.startswith("https"):
            raise Refused(403, "Without tokens, the service URL must be on this machine.")
        return
    if not found.on:
        raise Refused(404, "Teams is not set up here (docs/teams.md).")
    claims, endorsements = await _verified(authorization, found, keys)
    told = claims.get("serviceurl", claims.get("serviceUrl"))
    if not isinstance(told, str) or told.rstrip("/") != activity.service_url.rstrip("/"):
        raise Refused(401, "The token is for another service URL.")
    if not safe_address(activity.service_url):
        raise Refused(401, "The service URL must begin with https://.")
    if activity.channel != CHANNEL or CHANNEL not in endorsements:
        raise Refused(403, "The token's key is not endorsed for this channel.")
    if not activity.tenants or not activity.tenants <= found.tenants:
        raise Refused(403, "People of this tenant are not answered here.")


async def _verified(
    authorization: str, found: TeamsSettings, keys: SigningKeys
) -> tuple[Mapping[str, Any], frozenset[str]]:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST:
        raise Refused(401, "A bearer token is needed.")
    try:
        header = jwt.get_unverified_header(token)
        # Before a key is looked for: what is signed otherwise is not worth asking anybody about.
        if header.get("alg") not in ALGORITHMS or not isinstance(header.get("kid"), str):
            raise Refused(401, "The token is not signed as it must be.")
        key = await keys.find(header["kid"])
        if key is None:
            raise Refused(401, "The token is signed with an unknown key.")
        claims = jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=found.app_id,
            issuer=ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
    except (jwt.PyJWTError, ValueError):
        raise Refused(401, "The token does not hold.") from None
    except KeysUnavailable as error:
        raise Refused(503, str(error)) from None
    return claims, key.endorsements
