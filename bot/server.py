"""The launcher: Rasa, its actions, the page and the REST channel in one process (`fingerpost up`).

The port answers as soon as it can (`/health`: 503), while the model loads beside it; so whoever waits
can see that something is coming.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.failure import where
from bot import logs
from bot.agent import Report, load_agent
from bot.channels import rest
from bot.channels.teams.channel import TeamsChannel
from bot.channels.web.channel import WebChannel
from bot.delivering import start_delivering
from bot.settings import Settings
from bot.sign_in import install as install_sign_in
from bot.turn_thread import TurnThread
from bot.web.directory_pages import directory_pages
from bot.web.maintain.routes import maintain
from bot.web.notice_pages import notice_pages
from bot.web.openreferral import openreferral
from bot.web.pages import pages
from bot.web.readiness import readiness
from bot.web.referrals.routes import install_referrals
from bot.web.security import protect
from referrals import desk

logger = logging.getLogger(__name__)

# A request beyond it is refused unread; what a message may hold is the channel's matter.
REQUEST_MAX_SIZE = 1024 * 1024
SWEEP_SECONDS = 60.0
SWEEP = "sweep"
GRACE_SECONDS = 3.0


def build_app(settings: Settings) -> Sanic:
    """Return the web application. Until `app.ctx.agent` is set, it answers that it is starting."""
    app = Sanic("fingerpost", configure_logging=False)
    app.ctx.agent = None
    app.config.REQUEST_MAX_SIZE = REQUEST_MAX_SIZE
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_SECONDS
    protect(app, settings)
    install_sign_in(app, settings)

    app.ctx.turns = None

    async def handle(message: Any) -> None:
        # Every channel holds the sender's lock (`bot.channels.conversation`), so Rasa's agent, which would
        # take it in the event loop of another thread, is left out.
        app.ctx.turns = app.ctx.turns or TurnThread()
        await app.ctx.turns.run(app.ctx.agent.processor.handle_message(message))

    @app.after_server_stop
    async def end(app: Sanic, loop: Any) -> None:
        # Whatever is under way when the loop ends is complained about in the log.
        await app.cancel_task(SWEEP, raise_exception=False)
        if app.ctx.turns is not None:
            app.ctx.turns.stop()

    app.blueprint(rest.RestChannel(settings).blueprint(handle), url_prefix="/webhooks/rest")
    app.blueprint(WebChannel(settings).blueprint(handle), url_prefix="/webhooks/web")
    app.ctx.teams = TeamsChannel(settings, lambda sender: app.ctx.retention.end(sender))
    app.blueprint(app.ctx.teams.blueprint(handle))
    app.blueprint(pages())
    app.blueprint(readiness(settings))
    app.blueprint(maintain())
    app.blueprint(directory_pages())
    app.blueprint(openreferral())
    app.blueprint(notice_pages(settings))
    install_referrals(app, settings)

    @app.exception(Exception)
    async def refuse(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        if status >= 500:
            logger.error("a request failed: %s", where(error))
        text = f"This request failed ({status})."
        # Cut off while its head was read, a request has no path yet.
        if request is not None and (request.path or "").startswith("/webhooks/"):
            return rest.refusal(status, "request", text)
        return response.text(f"{text}\n", status=status)

    return app


async def sweep(app: Sanic) -> None:
    """Delete what has outlived its day, once a minute, for as long as the server runs."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        now = datetime.now().astimezone()
        try:
            app.ctx.retention.end_of_day(now)
        except Exception as error:
            logger.error("conversations could not be deleted: %s", where(error))
        try:
            await asyncio.to_thread(_purge_referrals, now)
        except Exception as error:
            logger.error("referrals could not be deleted: %s", where(error))


def _purge_referrals(now: datetime) -> None:
    room = desk.open_room()
    desk.purge(room, desk.clock(room.practice.ods_code), now)


def serve(
    settings: Settings, sock: socket.socket, report: Report, ready: Callable[[], None]
) -> None:
    """Serve on `sock` until Ctrl-C.

    `report` is told each step of starting; `ready` is called once a message can be answered. Raises
    what `bot.agent.load_agent` raises.
    """
    # What is kept holds what patients said: it is for this user alone.
    os.umask(0o077)
    os.environ.setdefault("FINGERPOST_BASE_URL", settings.base_url)
    logs.configure()
    app = build_app(settings)
    failures: list[BaseException] = []
    endings: list[Callable[[], None]] = []

    async def start(app: Sanic) -> None:
        try:
            agent = await asyncio.to_thread(load_agent, settings, report)
        except (Exception, SystemExit) as error:
            failures.append(error)
            app.stop()
            return
        app.ctx.retention = agent.tracker_store._tracker_store.retention
        # What was loaded stays: looking through all of it for garbage would hold up a turn now and then.
        gc.collect()
        gc.freeze()
        app.ctx.agent = agent
        app.add_task(sweep(app), name=SWEEP)
        endings.append(start_delivering())
        ready()

    app.add_task(start)
    try:
        app.run(sock=sock, access_log=False, motd=False, workers=1)
    finally:
        sock.close()
        for end in endings:
            end()
    if failures:
        raise failures[0]
