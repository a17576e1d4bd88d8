"""Serves the Open Referral UK 3.0 feed under `/openreferral`: for every machine that may reach this server.

Public data, so other websites may read it (the standard asks for that), except from a server on a
clinician's own machine, which answers that machine's pages alone.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.directory_pages import today
from bot.web.security import FEED
from services_directory import live
from services_directory.exchange.open_referral import View
from services_directory.exchange.openreferral_feed import answer

CACHE_SECONDS = 300
_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class _Views:
    """The directory as it was last looked at: made anew only where entries or day have changed."""

    def __init__(self) -> None:
        self._view: View | None = None

    def now(self) -> View:
        book, day = live.current(), today()
        if self._view is None or self._view.book is not book or self._view.day != day:
            self._view = View(book, day)
        return self._view


def _answered(path: str, params: dict[str, str], view: View) -> tuple[int, bytes]:
    found = answer(path, params, view)
    body: Any = json.dumps(found.body, ensure_ascii=False)
    return found.status, body.encode("utf-8")


def openreferral() -> Blueprint:
    """Return the routes."""
    routes = Blueprint("fingerpost_openreferral", url_prefix=FEED)
    views = _Views()

    async def feed(request: Request, path: str = "") -> HTTPResponse:
        params = {name: values[0] for name, values in request.args.items()}
        status, body = await asyncio.to_thread(_answered, path, params, views.now())
        if status != 200:
            headers = {**_OPEN, "Cache-Control": "no-store"}
            return response.raw(body, status, headers, "application/json")
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {
            **_OPEN,
            "Cache-Control": f"public, max-age={CACHE_SECONDS}",
            "ETag": tag,
        }
        known = [name.strip() for name in request.headers.get("if-none-match", "").split(",")]
        if tag in known or f"W/{tag}" in known:
            return response.raw(b"", 304, headers, "application/json")
        return response.raw(body, 200, headers, "application/json")

    routes.add_route(feed, "/", methods=["GET"], name="root")
    routes.add_route(feed, "/<path:path>", methods=["GET"], name="below")
    return routes
