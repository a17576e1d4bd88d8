"""What all pages of the room share: who may come in, how a page is answered, forms that are done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.sign_in import user_of
from bot.web.notices import notices
from bot.web.referrals import once as sending_once
from bot.web.referrals.access import TOKEN, Asker, Door
from bot.web.referrals.answers import framed_headers, rendered
from bot.web.referrals.forms import NotAForm, sent_of
from bot.web.referrals.people import Book, People
from bot.web.referrals.trouble import Trouble
from bot.web.security import from_our_page
from referrals import desk
from referrals.delivery.settings import DeliverySettingsError
from referrals.desk import DeskError, Room
from referrals.permissions import may
from services_directory.practice import practice_settings

HERE = Path(__file__).parent
FILES = {
    "referrals.css": "text/css; charset=utf-8",
    "referrals.js": "text/javascript; charset=utf-8",
}
STATUS = {
    "not_found": 404, "not_allowed": 403, "no_entry": 404, "purged": 410, "full": 507, "unavailable": 503,
    "no_key": 503,
}  # fmt: skip
OURS_ONLY = Trouble(
    "Only this page’s own forms may change anything, on the day on which it was opened.",
    "Nothing was changed.",
    "Load the page again, then repeat it.",
)
Page = Callable[..., Awaitable[HTTPResponse]]


class Shell:
    """What the pages of the room share: who may come in, how a page is answered, forms done once.

    ``room`` opens the room with the directory, the practice and the delivery in use.
    """

    def __init__(self, settings: Settings, room: Callable[[], Room] = desk.open_room) -> None:
        self.settings = settings
        self.room = room
        self.door = Door(settings)
        self.once = sending_once.Once()
        self.headers = framed_headers(settings)
        self.book = Book()

    def guarded(self, page: Page) -> Page:
        """Let only people in who are signed in, and let only our own forms change anything."""

        @wraps(page)
        async def checked(request: Request, **named: Any) -> HTTPResponse:
            user = user_of(request)
            if user is None:
                return self.sign_in(request.path, request.method == "POST")
            asker = self.door.asker(user)
            try:
                if request.method == "POST":
                    sent = sent_of(request)
                    known = self.door.holds(user, sent.text(TOKEN))
                    if not (from_our_page(request.headers) and known):
                        return await self.wrong(asker, OURS_ONLY, 403)
                    named["sent"] = sent
                return await page(request, asker=asker, **named)
            except NotAForm as error:
                trouble = Trouble(str(error), "Nothing was changed.", "Go back and try again.")
                return await self.wrong(asker, trouble, 400)
            except DeskError as error:
                return await self.wrong(asker, trouble_of(error), STATUS.get(error.code, 409))
            except DeliverySettingsError as error:
                trouble = Trouble(str(error), "Nothing was changed.", "Mend the settings.")
                return await self.wrong(asker, trouble, 503)

        return checked

    def sign_in(self, path: str, typed: bool = False) -> HTTPResponse:
        """Return the page for somebody who is not signed in (any more); ``typed``: a form was sent."""
        trouble = "These pages are for the practice’s own people."
        if typed:
            trouble = (
                "You are not signed in any more. Nothing was changed. When you have signed in and load this "
                "page again, the browser sends once more what you typed."
            )
        html = rendered(
            "outside.html",
            title="Sign in first",
            practice=notices()["practice"],
            trouble=trouble,
            done="",
            sign_in=f"/sign-in?then={path}",
            page=None,
        )
        return response.html(html, status=401, headers=self.headers)

    async def wrong(self, asker: Asker, trouble: Trouble, status: int) -> HTTPResponse:
        """Return the page that says what was not done."""
        title = "Not found" if status == 404 else "Not done"
        return await self.page("wrong.html", asker, "", status=status, title=title, trouble=trouble)

    async def page(
        self, template: str, asker: Asker, here: str, /, *, status: int = 200, **context: Any
    ) -> HTTPResponse:
        """Return a page; ``here`` is the navigation's address that it belongs to."""
        html = await asyncio.to_thread(self._html, template, asker, here, context)
        return response.html(html, status=status, headers=self.headers)

    def _html(self, template: str, asker: Asker, here: str, context: dict[str, Any]) -> str:
        people = People((), ())
        with suppress(SQLAlchemyError, OSError):
            # Without the record there is still a page, which says so.
            self.book.note(asker, now())
            people = self.book.people(asker.actor.practice, now())
        return rendered(
            template,
            asker=asker,
            here=here,
            navigation=navigation(asker),
            banner=notices()["banner"],
            idle_minutes=practice_settings().idle_minutes,
            who=people.who,
            people=people.offered,
            **context,
        )

    async def done_once(
        self, asker: Asker, request: Request, act: Callable[[], Awaitable[str | None]]
    ) -> str | None:
        """Return the address to which ``act`` leads, having done it once for the same form."""
        who = f"{asker.user.id} {request.path}"
        return await self.once.do(who, request.body, act)


def navigation(asker: Asker) -> tuple[tuple[str, str], ...]:
    """Return the pages that the asker's role may open."""
    found = []
    if may(asker.actor, "see"):
        found.append(("/referrals/worklist", "Referrals"))
    if may(asker.actor, "see") and may(asker.actor, "draft"):
        found.append(("/referrals/inbound", "Asked of us"))
    if may(asker.actor, "audit"):
        found.append(("/referrals/audit", "Audit trail"))
    return tuple(found)


def trouble_of(error: DeskError) -> Trouble:
    """Return what a person is told of ``error``."""
    return Trouble(error.what, error.kept, error.do)


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now().astimezone()


def seen_other(address: str) -> HTTPResponse:
    """Return the answer that leads a browser on after a form."""
    return response.redirect(address, status=303)


def static_files(routes: Blueprint) -> None:
    """Add the style and the script of these pages."""

    @routes.get("/files/<name:str>")
    async def file(request: Request, name: str) -> HTTPResponse:
        kind = FILES.get(name)
        if kind is None:
            return response.text("There is nothing at this address.\n", status=404)
        body = await asyncio.to_thread((HERE / name).read_bytes)
        return response.raw(body, content_type=kind)
