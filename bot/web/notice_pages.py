"""`/privacy` and `/terms`: what is kept and what the assistant is not for, said to anybody, without sign-in.

The practice's own words (`notices` of its settings) come first. What follows is the software's about itself,
and is shown whatever the practice wrote.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.teams.configuration import teams_settings
from bot.settings import Settings
from bot.web.directory_pages import page
from bot.web.what_is_kept import Stores, what_is_kept
from referrals.delivery.settings import DeliverySettingsError, delivery_settings
from referrals.records.engine import records_url
from services_directory.practice import practice_settings

SENDS = "Services that take it so are sent it by this server, over an encrypted connection."
SENDS_NOTHING = "Just now this server sends none itself: staff hand over what it prepared."
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a plain text, which empty lines part."""
    parts = (" ".join(part.split()) for part in _BETWEEN_PARAGRAPHS.split(text))
    return tuple(part for part in parts if part)


def stores(settings: Settings) -> Stores:
    """Return where this server keeps things."""
    teams = teams_settings(settings)
    return Stores(
        conversations=settings.database_url,
        counts=settings.counts_url,
        referrals=records_url(),
        teams=teams.url if teams.on else None,
        queue=settings.redis_url is not None,
    )


def sending() -> str:
    """Return whether this server sends referrals itself, in words."""
    try:
        return SENDS if delivery_settings().sending else SENDS_NOTHING
    except DeliverySettingsError:
        # Then nothing is sent either (`referrals.delivery`).
        return SENDS_NOTHING


def notice_pages(settings: Settings) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("fingerpost_notices")

    @routes.get("/privacy")
    async def privacy(request: Request) -> HTTPResponse:
        return await asyncio.to_thread(_privacy, stores(settings))

    @routes.get("/terms")
    async def terms(request: Request) -> HTTPResponse:
        own = practice_settings().notices.terms
        return _notice("terms.html", "Terms of use", own)

    return routes


def _privacy(where: Stores) -> HTTPResponse:
    practice = practice_settings()
    return _notice(
        "privacy.html",
        "Privacy",
        practice.notices.privacy,
        kept=what_is_kept(practice, where),
        teams=where.teams is not None,
        sending=sending(),
    )


def _notice(template: str, title: str, own: str, **more: Any) -> HTTPResponse:
    practice = practice_settings()
    return page(template, title=title, practice=practice, own=paragraphs(own), **more)
