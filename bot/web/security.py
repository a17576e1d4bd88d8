"""What every answer of the server carries, and which requests it refuses unread.

A page of another website must neither talk to a server on the clinician's own machine nor frame it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.settings import Settings, is_loopback

HEADERS = {
    # Everything comes from this server; no script or style stands in a page itself.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What is shown of a patient stays on no disk.
    "Cache-Control": "no-store",
}

# What a page of FINGERPOST_HOST_PAGES may load and ask, with the reader's cookie.
FOR_HOSTS = ("/static/", "/webhooks/web/")

# The Open Referral feed (`bot.web.openreferral`): the one part that other websites may read.
FEED = "/openreferral"


def _host(address: str) -> str:
    return urlsplit(f"//{address}").hostname or ""


def refused(settings: Settings, host: str, origin: str | None, public: bool = False) -> str | None:
    """Return why a request is refused, or None.

    `host` and `origin` are the headers. What is `public` other websites may read, but not from a server
    on the reader's own machine. On loopback only this machine's names are answered to, against
    addresses of others that are made to point here; FINGERPOST_HOSTS (commas) adds a proxy's names.
    """
    added = {name.strip() for name in os.environ.get("FINGERPOST_HOSTS", "").split(",")} - {""}
    name = _host(host)
    if is_loopback(settings.host) and not is_loopback(name) and name not in added:
        return "This server answers to the names of its own machine only."
    if origin and origin != "null" and urlsplit(origin).netloc == host:
        return None
    if public and not is_loopback(settings.host):
        return None
    return "Pages of other websites may not talk to this server." if origin else None


def from_our_page(headers: Mapping[str, str], hosts: tuple[str, ...] = ()) -> bool:
    """Say whether a page of this server sent a change: browsers name where a form or script is from.

    A request that does not say is refused as well. Pages with forms are served with a referrer policy
    (`same-origin`) under which browsers do say it. `hosts`: origins of other pages that may as well.
    """
    origin, host = headers.get("origin", ""), headers.get("host", "")
    if origin in hosts:
        return True
    site = headers.get("sec-fetch-site", "same-origin")
    return bool(host) and urlsplit(origin).netloc == host and site == "same-origin"


def protect(app: Sanic, settings: Settings) -> None:
    """Put refusals before every route of `app` and the headers on every answer."""

    def host_page(request: Request) -> str | None:
        """Return the origin of the other page that holds the widget, if that is who asks."""
        origin = request.headers.get("origin", "")
        known = origin in settings.host_pages and (request.path or "").startswith(FOR_HOSTS)
        return origin if known else None

    @app.on_request
    async def refuse(request: Request) -> HTTPResponse | None:
        path = request.path or ""
        if host_page(request):
            # Asked before anything else than a plain request.
            return response.empty() if request.method == "OPTIONS" else None
        public = request.method == "GET" and (path == FEED or path.startswith(f"{FEED}/"))
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        why = refused(settings, host, origin, public)
        return response.text(why + "\n", status=403) if why else None

    @app.on_response
    async def add_headers(request: Request, answer: HTTPResponse) -> None:
        if settings.host_pages and (request.path or "").startswith(FOR_HOSTS):
            answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            answer.headers["Vary"] = "Origin"
            origin = host_page(request)
            if origin:
                answer.headers["Access-Control-Allow-Origin"] = origin
                answer.headers["Access-Control-Allow-Credentials"] = "true"
                answer.headers["Access-Control-Allow-Headers"] = "Content-Type"
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
