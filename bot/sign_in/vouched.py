"""From what somebody else vouches for, a proxy's headers or a provider's claims, to a `User`."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.settings import is_loopback
from bot.sign_in.configuration import SignInSettings
from bot.sign_in.user import User, user_id

# A proxy that passes on requests of others puts one of these in front.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")

_LONGEST = 200


def asked_here(peer: str, headers: Mapping[str, str]) -> bool:
    """Say whether a request comes from this machine: by its address, by the name it asks for, unpassed."""
    name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    passed_on = any(header in headers for header in FORWARDED)
    return is_loopback(peer) and is_loopback(name) and not passed_on


def believed(found: SignInSettings, peer: str) -> bool:
    """Say whether identity headers from the address `peer` are the proxy's own."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in found.proxies)


def user_from_headers(
    found: SignInSettings, peer: str, headers: Mapping[str, str], practice: str
) -> User | None:
    """Return whom the proxy at `peer` names, or None: no proxy of ours, nobody named, or no role of ours."""
    if not believed(found, peer):
        return None
    said = {part: headers.get(header.lower(), "") for part, header in found.fields.items()}
    return _user(found, "proxy", said, practice)


def user_from_claims(
    found: SignInSettings, claims: Mapping[str, Any], practice: str
) -> User | None:
    """Return whom a checked id token names, or None where it gives no role of ours."""
    said = {part: claims.get(claim) for part, claim in found.fields.items()}
    return _user(found, found.issuer, said, practice)


def _user(
    found: SignInSettings, issuer: str, said: Mapping[str, Any], practice: str
) -> User | None:
    subject = _text(said.get("id"))
    roles = said.get("role")
    words = roles if isinstance(roles, list) else _text(roles).split(",")
    role = found.role_of([str(word) for word in words])
    if not subject or role is None:
        return None
    name = _text(said.get("name")) or subject
    return User(user_id(issuer, subject), name, role, _text(said.get("practice")) or practice)


def _text(value: object) -> str:
    return str(value).strip()[:_LONGEST] if isinstance(value, (str, int)) else ""
