"""Who may use the maintainers' pages, and which requests may change anything.

The one place where sign-in will come in: until then a demo maintainer on this machine alone, and nobody
anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings, is_loopback

# A proxy that passes on requests of others puts one of these in front.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True)
class Maintainer:
    """Whoever keeps the directory. ``role``: what stands in the log beside what they do."""

    role: str
    demo: bool = False


DEMO = Maintainer("demo maintainer", demo=True)


def maintainer_of(settings: Settings, headers: Mapping[str, str]) -> Maintainer | None:
    """Return who asks, or ``None`` where nobody is signed in.

    The server must listen on this machine alone, be asked by a name of this machine, and by nobody who
    passes on the request of another.
    """
    host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    passed_on = any(name in headers for name in FORWARDED)
    if is_loopback(settings.host) and is_loopback(host) and not passed_on:
        return DEMO
    return None


def may_change(headers: Mapping[str, str]) -> bool:
    """Say whether a form of our own page sent this: the browser names where a form was sent from.

    A request that does not say is refused as well. These pages are served with a referrer policy under
    which browsers do say it.
    """
    origin, host = headers.get("origin", ""), headers.get("host", "")
    site = headers.get("sec-fetch-site", "same-origin")
    return bool(host) and urlsplit(origin).netloc == host and site == "same-origin"
