"""How the server is known to Microsoft Teams, as the environment says it.

| variable | meaning | default |
| --- | --- | --- |
| FINGERPOST_TEAMS_APP_ID | the bot's app id; without it there is no Teams channel | |
| FINGERPOST_TEAMS_APP_TYPE | `single_tenant`, `multi_tenant` or `managed_identity` | `single_tenant` |
| FINGERPOST_TEAMS_TENANT_ID | the tenant in which the app is registered | |
| FINGERPOST_TEAMS_APP_PASSWORD | the client secret; a managed identity has none | |
| FINGERPOST_TEAMS_TENANTS | tenants whose people are answered, with commas | the tenant above |
| FINGERPOST_TEAMS_ROLES | `object id=role`, with commas; `*=role` for everybody else | see `role_of` |
| FINGERPOST_TEAMS_GROUPS | `1`: patients may be discussed in group chats and channels | off |
| FINGERPOST_TEAMS_URL | SQLAlchemy address of what this channel remembers | the conversations', or SQLite |
| FINGERPOST_TEAMS_OPENID | where Microsoft's signing keys are announced | `OPENID` |
| FINGERPOST_TEAMS_LOGIN | where our own token comes from | `LOGIN` |
| FINGERPOST_TEAMS_ANONYMOUS | `1`: no tokens at all, for a test client on this machine | off |
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.port import StartError
from bot.settings import Settings, is_loopback, whole_number
from bot.sign_in.user import CLINICAL_ROLES

APP_TYPES = ("single_tenant", "multi_tenant", "managed_identity")

# Both addresses: "Authentication with the Bot Connector API", Microsoft Learn (docs/teams.md, Sources).
OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN = "https://login.microsoftonline.com"

# Nobody has said who this is: least is allowed.
LEAST_ROLE = "reception"
EVERYBODY = "*"

# A minute of 50 a second: two minutes' work for one process (docs/teams.md, "Speed").
DEFAULT_QUEUE = 3000
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class TeamsSettings:
    """How this server is known to Teams. `url`: SQLAlchemy address; `tenants`: ids in lower case.

    `queue`: how many activities may wait in one process for their answer.
    """

    app_id: str
    app_type: str
    tenant_id: str
    app_password: str = field(repr=False)
    tenants: frozenset[str]
    roles: Mapping[str, str]
    groups: bool
    url: str
    openid: str = OPENID
    login: str = LOGIN
    anonymous: bool = False
    queue: int = DEFAULT_QUEUE

    @property
    def on(self) -> bool:
        """Say whether there is a Teams channel at all."""
        return bool(self.app_id) or self.anonymous

    def role_of(self, object_id: str) -> str | None:
        """Return the role that the practice gave to the person with this Entra object id, if any."""
        return self.roles.get(object_id.lower()) or self.roles.get(EVERYBODY)


def teams_settings(settings: Settings, environ: Mapping[str, str] | None = None) -> TeamsSettings:
    """Return the settings, from `environ` (default: ours). Raises `StartError`, saying what to set."""
    env = os.environ if environ is None else environ
    found = TeamsSettings(
        app_id=env.get("FINGERPOST_TEAMS_APP_ID") or "",
        app_type=env.get("FINGERPOST_TEAMS_APP_TYPE") or "single_tenant",
        tenant_id=env.get("FINGERPOST_TEAMS_TENANT_ID") or "",
        app_password=env.get("FINGERPOST_TEAMS_APP_PASSWORD") or "",
        tenants=_tenants(env),
        roles=_roles(env.get("FINGERPOST_TEAMS_ROLES") or ""),
        groups=env.get("FINGERPOST_TEAMS_GROUPS") == "1",
        url=tables_url(settings, env),
        openid=env.get("FINGERPOST_TEAMS_OPENID") or OPENID,
        login=(env.get("FINGERPOST_TEAMS_LOGIN") or LOGIN).rstrip("/"),
        anonymous=env.get("FINGERPOST_TEAMS_ANONYMOUS") == "1",
        queue=whole_number("FINGERPOST_TEAMS_QUEUE", env, DEFAULT_QUEUE),
    )
    _check(settings, found)
    return found


def tables_url(settings: Settings, environ: Mapping[str, str] | None = None) -> str:
    """Return the SQLAlchemy address of what this channel remembers."""
    env = os.environ if environ is None else environ
    own = f"sqlite:///{settings.var / 'teams.db'}"
    return env.get("FINGERPOST_TEAMS_URL") or env.get("FINGERPOST_DATABASE_URL") or own


def safe_address(address: str, here: bool = True) -> bool:
    """Say whether an address may be talked to: TLS, or this machine itself where `here` allows it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    return parts.scheme == "https" or (here and parts.scheme == "http" and is_loopback(host))


def _check(settings: Settings, found: TeamsSettings) -> None:
    if found.anonymous and not is_loopback(settings.host):
        raise StartError(
            "FINGERPOST_TEAMS_ANONYMOUS is for a test client on this machine: anybody could speak as "
            "anybody. Leave it out, or leave out --host."
        )
    if found.anonymous and not is_loopback(urlsplit(settings.public_url).hostname or ""):
        raise StartError(
            "FINGERPOST_TEAMS_ANONYMOUS is for a test client on this machine, but FINGERPOST_BASE_URL says "
            "that others reach it. Leave one of them out."
        )
    if found.anonymous and found.app_id:
        raise StartError("Set FINGERPOST_TEAMS_ANONYMOUS or FINGERPOST_TEAMS_APP_ID, not both.")
    if not found.app_id:
        return
    if found.app_type not in APP_TYPES:
        raise StartError(f"FINGERPOST_TEAMS_APP_TYPE must be one of {', '.join(APP_TYPES)}.")
    if not _UUID.fullmatch(found.app_id):
        raise StartError("FINGERPOST_TEAMS_APP_ID must be an id such as 00000000-0000-0000-….")
    if found.app_type == "single_tenant" and not found.tenant_id:
        raise StartError("A single-tenant bot needs FINGERPOST_TEAMS_TENANT_ID.")
    if found.app_type != "managed_identity" and not found.app_password:
        raise StartError("FINGERPOST_TEAMS_APP_PASSWORD is missing: the app's client secret.")
    if not found.tenants:
        raise StartError("Say in FINGERPOST_TEAMS_TENANTS whose people may talk to the assistant.")
    for name, address in (
        ("FINGERPOST_TEAMS_OPENID", found.openid),
        ("FINGERPOST_TEAMS_LOGIN", found.login),
    ):
        if not safe_address(address):
            raise StartError(f"{name} must begin with https://.")


def _tenants(env: Mapping[str, str]) -> frozenset[str]:
    text = env.get("FINGERPOST_TEAMS_TENANTS") or env.get("FINGERPOST_TEAMS_TENANT_ID") or ""
    return frozenset(part.strip().lower() for part in text.split(",") if part.strip())


def _roles(text: str) -> dict[str, str]:
    roles: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        who, _, role = (word.strip() for word in part.partition("="))
        if role not in CLINICAL_ROLES or not who:
            raise StartError(
                "FINGERPOST_TEAMS_ROLES must be written as `object id=role`, with commas between; "
                f"a role is one of {', '.join(CLINICAL_ROLES)}."
            )
        roles[who.lower()] = role
    return roles
