"""The addresses of the maintainers' pages. Opening one changes nothing; only its forms do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.sign_in import user_of
from bot.web.health import served_day
from bot.web.maintain import entries, tools
from bot.web.maintain.access import Maintainer, maintainer_of
from bot.web.maintain.frame import frame
from bot.web.maintain.templating import answer
from bot.web.security import from_our_page
from services_directory.keeping.instance import instance
from services_directory.keeping.notes import NoteError

Page = Callable[..., Awaitable[HTTPResponse]]


def maintain() -> Blueprint:
    """Return the routes below ``/maintain``."""
    routes = Blueprint("fingerpost_maintain", url_prefix="/maintain")

    def guarded(page: Page) -> Page:
        """Let only maintainers in, and let only our own forms change anything."""

        @wraps(page)
        async def checked(request: Request, **named: Any) -> HTTPResponse:
            who = maintainer_of(user_of(request))
            if who is None:
                return response.text(
                    "These pages are for maintainers who are signed in (/sign-in). Where sign-in is not "
                    "set up, they open only on the machine that the assistant runs on.\n",
                    status=403,
                )
            if request.method != "GET" and not from_our_page(request.headers):
                return response.text(
                    "Only this page's own forms may change anything.\n", status=403
                )
            return await page(request, who=who, **named)

        return checked

    async def shown(
        template: str, who: Maintainer, here: str, status: int = 200, /, **context: Any
    ) -> Any:
        around = await asyncio.to_thread(frame, who.role, here)
        return await asyncio.to_thread(answer, template, status, frame=around, **context)

    async def entry_shown(
        name: str, who: Maintainer, status: int = 200, **context: Any
    ) -> HTTPResponse:
        page = await asyncio.to_thread(entries.entry_page, name, served_day())
        if page is None:
            return await shown("missing.html", who, "/maintain", 404, name=name)
        said = {
            "done": "",
            "error": "",
            "action": "",
            "form": dict.fromkeys(entries.FIELDS, ""),
            **context,
        }
        return await shown("entry.html", who, "/maintain", status, page=page, **said)

    @routes.get("/")
    @guarded
    async def overview(request: Request, who: Maintainer) -> HTTPResponse:
        wanted = {key: (request.args.get(key) or "")[:80] for key in ("q", "area", "status")}
        found = await asyncio.to_thread(
            entries.rows, served_day(), wanted["q"].strip(), wanted["area"], wanted["status"]
        )
        areas = instance().directory().areas
        choices = [(area, areas.label(area)) for area in areas.by_id]
        return await shown(
            "overview.html", who, "/maintain", rows=found, areas=choices, wanted=wanted
        )

    @routes.get("/entries/<name:str>")
    @guarded
    async def entry(request: Request, who: Maintainer, name: str) -> HTTPResponse:
        return await entry_shown(name, who, done=entries.DONE.get(request.args.get("done"), ""))

    @routes.post("/entries/<name:str>/<action:str>")
    @guarded
    async def act(request: Request, who: Maintainer, name: str, action: str) -> HTTPResponse:
        form = _firsts(request)
        if not who.demo:
            # Signed in, a role is known and not asked.
            form["role"] = who.role
        try:
            done = await asyncio.to_thread(entries.act, name, action, form, served_day())
        except NoteError as error:
            return await entry_shown(name, who, 400, error=str(error), action=action, form=form)
        except KeyError:
            return await shown("missing.html", who, "/maintain", 404, name=name)
        return response.redirect(f"/maintain/entries/{quote(name)}?done={done}", status=303)

    def tool(path: str, template: str, made: Callable[..., Mapping[str, Any]]) -> None:
        """Add a page that shows what ``made`` makes of what was sent; sending it changes nothing."""

        async def page(request: Request, who: Maintainer) -> HTTPResponse:
            sent = request.form if request.method == "POST" else request.args
            given = {key: [str(v) for v in sent.getlist(key)] for key in sent}
            context = await asyncio.to_thread(made, given, request.method == "POST", served_day())
            status = 400 if context.get("error") else 200
            return await shown(template, who, f"/maintain{path}", status, **context)

        page.__name__ = template.removesuffix(".html")
        routes.add_route(guarded(page), path, methods=("GET", "POST"))

    tool("/check", "check.html", tools.check)
    tool("/stale", "stale.html", tools.stale)
    tool("/try", "try.html", tools.try_patient)
    tool("/edit", "edit.html", tools.try_edit)
    tool("/new", "new.html", tools.new)
    tool("/diff", "diff.html", tools.diff)
    return routes


def _firsts(request: Request) -> dict[str, str]:
    """Return the first value of each field; browsers and Sanic leave out what is empty."""
    return {key: str(request.form.get(key, "")) for key in entries.FIELDS}
