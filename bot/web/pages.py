"""Serves the page at `/`, its files under `/static/`, and `/health`."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.health import health
from bot.web.security import HEADERS

FILES = Path(__file__).parent
PAGE = FILES / "index.html"
STYLE = FILES / "fingerpost.css"
# Where the page names its style, which is put in there: the first paint waits for no other file.
STYLE_LINK = '<link rel="stylesheet" href="/static/fingerpost.css">'
# What may be fetched: nothing of Python's, nothing hidden, no folders.
SERVED = {".js", ".css", ".svg", ".png", ".ico", ".woff2", ".json", ".html"}
_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


def served_file(name: str) -> Path | None:
    """Return the file of that name if it may be served."""
    path = FILES / name
    allowed = _NAME.fullmatch(name) and path.suffix in SERVED
    return path if allowed and path.is_file() else None


@lru_cache(maxsize=1)
def version() -> str:
    """Return what names the present content of all served files: a new version is a new address."""
    digest = hashlib.sha256()
    for path in sorted(FILES.iterdir()):
        if path.suffix in SERVED:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def full_page() -> tuple[str, dict[str, str]]:
    """Return the page at `/`, and its headers: the policy names the one style that stands in it."""
    style = STYLE.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    html = PAGE.read_text("utf-8").replace(STYLE_LINK, f"<style>{style}</style>")
    policy = HEADERS["Content-Security-Policy"]
    allowed = policy.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")
    return html.replace("/static/", f"/static/{version()}/"), {"Content-Security-Policy": allowed}


async def _file(path: Path) -> HTTPResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    body = await asyncio.to_thread(path.read_bytes)
    charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else ""
    return response.raw(body, content_type=kind + charset)


def _not_found() -> HTTPResponse:
    return response.text("There is nothing at this address.\n", status=404)


def pages() -> Blueprint:
    """Return the routes."""
    routes = Blueprint("fingerpost_pages")

    @routes.get("/")
    async def page(request: Request) -> HTTPResponse:
        html, headers = full_page()
        return response.html(html, headers=headers)

    @routes.get("/static/<name:str>")
    async def static(request: Request, name: str) -> HTTPResponse:
        path = served_file(name)
        return await _file(path) if path else _not_found()

    @routes.get("/static/<of:str>/<name:str>")
    async def lasting(request: Request, of: str, name: str) -> HTTPResponse:
        path = served_file(name)
        if path is None or of != version():
            return _not_found()
        answer = await _file(path)
        # Nothing of a patient, and never another content: browsers need not ask again.
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    @routes.get("/health")
    async def is_healthy(request: Request) -> HTTPResponse:
        status, body = health(getattr(request.app.ctx, "agent", None))
        return response.json(body, status=status)

    return routes
