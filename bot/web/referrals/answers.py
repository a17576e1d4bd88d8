"""From what is known to HTML, and the headers of these pages. Every value is escaped."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import response
from sanic.response import HTTPResponse

from bot.settings import Settings
from bot.web.security import HEADERS
from referrals.documents import Made
from services_directory.reasons import day_of

POLICY = "Content-Security-Policy"


def _moment(at: datetime) -> str:
    """Return a time as people here read it: 22 November 2026, 09:30."""
    local = at.astimezone()
    return f"{day_of(local.date())}, {local:%H:%M}"


def _day(on: date) -> str:
    return day_of(on)


_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters.update(moment=_moment, day=_day)


def framed_headers(settings: Settings) -> dict[str, str]:
    """Return the headers of pages that the widget shows in a frame: ours, or that of a configured host."""
    hosts = " ".join(("'self'", *settings.host_pages))
    return {
        POLICY: HEADERS[POLICY].replace("frame-ancestors 'none'", f"frame-ancestors {hosts}"),
        # Browsers that know `frame-ancestors` go by that.
        "X-Frame-Options": "SAMEORIGIN",
        # Under the policy of other pages a browser would hide where a form was sent from.
        "Referrer-Policy": "same-origin",
    }


def rendered(template: str, /, **context: Any) -> str:
    """Return the page made from ``template``."""
    return _PAGES.get_template(template).render(**context)


def file_answer(made: Made, headers: dict[str, str], download: bool) -> HTTPResponse:
    """Return a document as an answer, to be looked at or (``download``) kept."""
    how = "attachment" if download else "inline"
    shown = {**headers, "Content-Disposition": f'{how}; filename="{made.file_name}"'}
    return response.raw(made.content, content_type=made.media_type, headers=shown)
