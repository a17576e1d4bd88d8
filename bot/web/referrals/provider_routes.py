"""What receivers reach without signing in: the page behind a link, and the call-back of their own system.

Opening a link changes nothing, so that a mail scanner does no harm; its buttons do. No page says anything
about a patient.
"""

from __future__ import annotations

import asyncio

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.web.notices import notices
from bot.web.referrals.answers import rendered
from bot.web.referrals.forms import NotAForm, sent_of
from bot.web.referrals.shell import now
from referrals.delivery.settings import DeliverySettingsError, delivery_settings
from referrals.records.engine import records
from referrals.replies import by_link, callbacks
from referrals.replies.by_link import Page
from referrals.replies.links import LinkError
from referrals.replies.reports import CannotReport
from referrals.sealing import SealingError, sealer
from services_directory.loading import directory

HEADERS = {
    # The address is a secret: it goes to no other server, and a browser still says where a form is from.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
AGAIN = "This cannot be noted now. Nothing was changed. Please try again in a few minutes."
UNAVAILABLE = (SQLAlchemyError, OSError, SealingError, DeliverySettingsError)
_STATUS = {"unknown": 404, "over": 410, "closed": 410}
REPORT_TITLE = "What became of this referral?"
CONFIRM_TITLE = "Is this the right address?"


def provider_routes() -> Blueprint:
    """Return the routes under ``/r/`` and ``/callback/``."""
    routes = Blueprint("fingerpost_receivers")

    async def shown(
        word: str, trouble: str = "", done: str = "", status: int = 200
    ) -> HTTPResponse:
        page: Page | None = None
        title = REPORT_TITLE
        try:
            page = await asyncio.to_thread(_look, word)
            if any(button.value == by_link.CONFIRM for button in page.buttons):
                title = CONFIRM_TITLE
        except LinkError as error:
            # After the last button the link has ended: that is no trouble.
            if not done:
                trouble, status = str(error), _STATUS[error.code]
        except UNAVAILABLE:
            trouble, status = AGAIN, 503
        if done:
            page = None
        html = await asyncio.to_thread(
            rendered,
            "outside.html",
            title="Thank you" if done else title,
            practice=notices()["practice"],
            trouble=trouble,
            done=done,
            sign_in="",
            page=page,
        )
        return response.html(html, status=status, headers=HEADERS)

    @routes.route("/r/<word:str>", methods=("GET", "HEAD"))
    async def look(request: Request, word: str) -> HTTPResponse:
        return await shown(word)

    @routes.post("/r/<word:str>")
    async def press(request: Request, word: str) -> HTTPResponse:
        try:
            sent = sent_of(request)
            why = "; ".join(filter(None, (sent.text("reason"), sent.text("more").strip())))
            told = await asyncio.to_thread(_press, word, sent.text("to"), why)
        except NotAForm as error:
            return await shown(word, str(error), status=400)
        except LinkError as error:
            return await shown(word, status=_STATUS[error.code])
        except CannotReport as error:
            return await shown(word, str(error), status=409)
        except UNAVAILABLE:
            return await shown(word, AGAIN, status=503)
        return await shown(word, done=told)

    @routes.post("/callback/referrals")
    async def callback(request: Request) -> HTTPResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            answer = await asyncio.to_thread(_take, headers, request.body)
        except UNAVAILABLE:
            return response.json({"recorded": False, "text": AGAIN}, status=503)
        return response.json(dict(answer.said), status=answer.status)

    return routes


def _look(word: str) -> Page:
    engine = records()
    service = directory().services.get(by_link.service_of(engine, word, now()))
    return by_link.look(engine, word, now(), service.name if service else "")


def _press(word: str, button: str, why: str) -> str:
    return by_link.press(records(), sealer(), word, button, why, now())


def _take(headers: dict[str, str], body: bytes) -> callbacks.Answer:
    return callbacks.take(records(), sealer(), delivery_settings(), headers, body, now())
