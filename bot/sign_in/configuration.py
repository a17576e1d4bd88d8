"""How people sign in, as the environment says it.

| variable | meaning | default |
| --- | --- | --- |
| FINGERPOST_SIGN_IN | `none` (a demo user, on loopback alone), `proxy` or `oidc` | `none` |
| FINGERPOST_SIGN_IN_PROXIES | proxy: addresses or networks whose headers are believed | |
| FINGERPOST_SIGN_IN_FIELDS | `id=…, name=…, role=…, practice=…`: headers, or claims | see `FIELDS` |
| FINGERPOST_SIGN_IN_ROLES | `their word=our role`, with commas; the first that fits counts | our own words |
| FINGERPOST_SIGN_OUT_URL | proxy: where signing out is finished | |
| FINGERPOST_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET | oidc: the provider, and what it knows us as | |
| FINGERPOST_OIDC_SCOPES | oidc: what is asked for | `openid profile` |
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.port import StartError
from bot.settings import Settings, is_loopback
from bot.sign_in.user import ROLES

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "none": {},
        # As oauth2-proxy and its like name them.
        "proxy": {
            "id": "X-Forwarded-User",
            "name": "X-Forwarded-Preferred-Username",
            "role": "X-Forwarded-Groups",
            "practice": "X-Forwarded-Practice",
        },
        "oidc": {"id": "sub", "name": "name", "role": "roles", "practice": "practice"},
    }
)
MODES = tuple(FIELDS)


@dataclass(frozen=True)
class SignInSettings:
    """How people sign in. `fields`: what each part of a `User` is called by whoever vouches for them."""

    mode: str = "none"
    proxies: tuple[Network, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[tuple[str, str], ...] = ()
    sign_out_url: str = ""
    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid profile"

    def role_of(self, words: list[str]) -> str | None:
        """Return our role for what somebody is called elsewhere, or None where none of it is known."""
        said = {word.strip().lower() for word in words}
        mapped = next((ours for theirs, ours in self.roles if theirs.lower() in said), None)
        return mapped or next((role for role in ROLES if role in said), None)


def sign_in_settings(environ: Mapping[str, str] | None = None) -> SignInSettings:
    """Return how people sign in, from `environ` (default: ours). Raises `StartError`, saying what to set."""
    env = os.environ if environ is None else environ
    mode = env.get("FINGERPOST_SIGN_IN") or "none"
    if mode not in MODES:
        raise StartError(f"FINGERPOST_SIGN_IN must be one of {', '.join(MODES)}, not {mode!r}.")
    found = SignInSettings(
        mode=mode,
        proxies=tuple(map(_network, _listed(env.get("FINGERPOST_SIGN_IN_PROXIES")))),
        fields={**FIELDS[mode], **_fields(env.get("FINGERPOST_SIGN_IN_FIELDS"))},
        roles=_roles(env.get("FINGERPOST_SIGN_IN_ROLES")),
        sign_out_url=env.get("FINGERPOST_SIGN_OUT_URL") or "",
        issuer=(env.get("FINGERPOST_OIDC_ISSUER") or "").rstrip("/"),
        client_id=env.get("FINGERPOST_OIDC_CLIENT_ID") or "",
        client_secret=env.get("FINGERPOST_OIDC_CLIENT_SECRET") or "",
        scopes=env.get("FINGERPOST_OIDC_SCOPES") or "openid profile",
    )
    if mode == "proxy" and not found.proxies:
        raise StartError(
            "FINGERPOST_SIGN_IN=proxy needs FINGERPOST_SIGN_IN_PROXIES: the addresses of the proxy, "
            "because anybody else could send its headers."
        )
    if mode == "oidc":
        _check_provider(found)
    return found


def check_binding(settings: Settings, found: SignInSettings) -> None:
    """Raise `StartError` where other machines would reach a server that nobody has to sign in to."""
    if found.mode == "none" and not is_loopback(settings.host):
        raise StartError(
            f"other machines would reach {settings.host}, and nobody would have to sign in. Set "
            "FINGERPOST_SIGN_IN to proxy or oidc (docs/operations.md), or leave out --host."
        )


def _check_provider(found: SignInSettings) -> None:
    missing = [
        name
        for name, value in (
            ("FINGERPOST_OIDC_ISSUER", found.issuer),
            ("FINGERPOST_OIDC_CLIENT_ID", found.client_id),
        )
        if not value
    ]
    if missing:
        raise StartError(f"FINGERPOST_SIGN_IN=oidc needs {' and '.join(missing)}.")
    where = urlsplit(found.issuer)
    if where.scheme != "https" and not (
        where.scheme == "http" and is_loopback(where.hostname or "")
    ):
        raise StartError("FINGERPOST_OIDC_ISSUER must begin with https://.")


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise StartError(
            f"FINGERPOST_SIGN_IN_PROXIES: {text!r} is no address or network, such as 10.0.0.5."
        ) from None


def _pairs(name: str, text: str | None) -> list[tuple[str, str]]:
    pairs = [tuple(part.strip() for part in one.split("=", 1)) for one in _listed(text)]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise StartError(f"{name} must be written as `word=word`, with commas between.")
    return [(pair[0], pair[1]) for pair in pairs]


def _fields(text: str | None) -> dict[str, str]:
    pairs = dict(_pairs("FINGERPOST_SIGN_IN_FIELDS", text))
    for name in pairs:
        if name not in FIELDS["oidc"]:
            raise StartError(
                f"FINGERPOST_SIGN_IN_FIELDS knows id, name, role and practice, not {name!r}."
            )
    return pairs


def _roles(text: str | None) -> tuple[tuple[str, str], ...]:
    pairs = _pairs("FINGERPOST_SIGN_IN_ROLES", text)
    for _, ours in pairs:
        if ours not in ROLES:
            raise StartError(
                f"FINGERPOST_SIGN_IN_ROLES: a role is one of {', '.join(ROLES)}, not {ours!r}."
            )
    return tuple(pairs)
