"""Serves the public directory: `/directory`, `/directory/<id>`, and the note that something is wrong.

Read-only but for the note. Every page works without scripts; the templates escape all that they are given.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.context import iso_date
from bot.web.directory_entry import service_page
from bot.web.directory_results import PAGE_SIZE, result_page
from bot.web.reader_notes import LONGEST_NOTE, NoteRefused, add_note
from services_directory import live
from services_directory.model import Service
from services_directory.practice import TRAINING_BANNER, practice_settings
from services_directory.reasons import day_of

TEMPLATES = Path(__file__).parent / "templates"
# With `no-referrer`, as elsewhere, browsers send no origin with a form either, and it would be refused.
_FORM_HEADERS = {"Referrer-Policy": "same-origin"}
_FEW = 20


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, with every value escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def today() -> date:
    """Return the day the pages are for: FINGERPOST_AS_OF's, else today."""
    return iso_date(os.environ.get("FINGERPOST_AS_OF")) or date.today()


def rendered(name: str, **values: Any) -> str:
    """Return the page that the template ``name`` makes."""
    banner = TRAINING_BANNER if practice_settings().training_mode else ""
    template = environment().get_template(name)
    return template.render(
        banner=banner, rehearsing=live.rehearsing(), day=day_of(today()), **values
    )


def page(name: str, status: int = 200, /, **values: Any) -> HTTPResponse:
    """Return an answer with that page."""
    headers = _FORM_HEADERS if name == "wrong.html" else {}
    return response.html(rendered(name, **values), status=status, headers=headers)


def problems() -> list[str]:
    """Return what is wrong with files of the directory, without where this machine keeps them."""
    found = [finding for finding in live.problems() if finding.severity == "error"]
    told = [f"{Path(f.path).name}, line {f.line}: {f.message}" for f in found[:_FEW]]
    return told + ([f"and {len(found) - _FEW} more"] if len(found) > _FEW else [])


def _nothing_here() -> HTTPResponse:
    text = "There is no service at this address. It may have been renamed: search for it."
    return page("message.html", 404, title="Nothing here", text=text)


def _service(service_id: str) -> Service | None:
    return live.current().services.get(service_id)


def _by_another_name(name: str) -> str | None:
    """Return the id of the one entry that has ``name`` among its aliases, so that old addresses lead on."""
    wanted = name.casefold()
    found = [
        service.id
        for service in live.current().services.values()
        if any(wanted == alias.casefold() for alias in service.aliases)
    ]
    return found[0] if len(found) == 1 else None


def directory_pages() -> Blueprint:
    """Return the routes."""
    routes = Blueprint("fingerpost_directory")

    @routes.get("/directory")
    async def listing(request: Request) -> HTTPResponse:
        params = {name: values[0] for name, values in request.args.items()}
        # In a thread: the first search of a very large directory reads all of it.
        view = await asyncio.to_thread(result_page, params, live.current(), today())
        return page("directory.html", view=view, problems=problems(), page_size=PAGE_SIZE)

    @routes.get("/directory/<service_id:str>")
    async def one(request: Request, service_id: str) -> HTTPResponse:
        service = _service(service_id)
        if service is None:
            other = _by_another_name(service_id)
            return response.redirect(f"/directory/{other}") if other else _nothing_here()
        return page("service.html", view=service_page(service, live.current(), today()))

    @routes.get("/directory/<service_id:str>/wrong")
    async def ask(request: Request, service_id: str) -> HTTPResponse:
        service = _service(service_id)
        return _nothing_here() if service is None else _form(service)

    @routes.post("/directory/<service_id:str>/wrong")
    async def note(request: Request, service_id: str) -> HTTPResponse:
        service = _service(service_id)
        if service is None:
            return _nothing_here()
        text, address = (str(request.form.get(name) or "") for name in ("text", "page"))
        # Browsers send line breaks as two characters, and count them as one.
        text = text.replace("\r\n", "\n")
        now = datetime.now().astimezone()
        try:
            kept = await asyncio.to_thread(add_note, service.id, text, address, now)
        except NoteRefused as refusal:
            status = 429 if refusal.busy else 400
            return _form(service, status, str(refusal), text[: LONGEST_NOTE * 2], address[:600])
        except (OSError, sqlite3.Error):
            said = "The note could not be kept. Please try again later."
            return _form(service, 503, said, text, address)
        return page("noted.html", service=service, note=kept)

    return routes


def _form(
    service: Service, status: int = 200, error: str = "", text: str = "", address: str = ""
) -> HTTPResponse:
    field = "" if not error else "page" if "web page" in error else "text"
    return page(
        "wrong.html",
        status,
        service=service,
        error=error,
        field=field,
        text=text,
        page=address,
        longest=LONGEST_NOTE,
    )
