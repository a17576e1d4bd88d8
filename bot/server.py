"""The launcher: Rasa, its actions, the page and the REST channel in one process (`fingerpost up`).

The port is taken first and answers at once (`/health`: 503), while the model loads beside it; so a second
server on the same port is told so in a moment, and whoever waits can see that something is coming.
"""

from __future__ import annotations

import asyncio
import errno
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
from bot.channels import rest
from bot.settings import Settings
from bot.web.pages import pages
from bot.web.security import protect

# A request beyond it is refused unread; what a message may hold is the channel's matter.
REQUEST_MAX_SIZE = 1024 * 1024
SWEEP_SECONDS = 60.0
GRACE_SECONDS = 3.0

Report = Callable[[str], None]


class StartError(Exception):
    """A reason not to start; its message is one line that says what to do."""


def claim(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises `StartError` where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"port {port} is taken, perhaps by another fingerpost; "
                "stop that one, or choose another with --port."
            ) from None
        raise StartError(f"cannot listen on {host}:{port}: {error.strerror}") from None
    sock.listen(100)
    sock.setblocking(False)
    return sock


def load_agent(settings: Settings, report: Report) -> Any:
    """Return Rasa's agent, ready to answer. Takes seconds; `report` is told each step.

    Raises `StartError` where there is no model, or SQLAlchemy's errors where a store cannot be opened.
    """
    report("Loading Rasa")
    from rasa.core.agent import Agent
    from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
    from rasa.exceptions import ModelNotFound

    from bot import repairs
    from bot.in_process import InProcessActions
    from bot.tracker_store import ConversationStore

    repairs.apply()
    # Rasa sets up logging of its own on import.
    logs.configure()

    report("Reading the directory and the vocabulary")
    from actions.reading import reader
    from bot.web.health import directory_revision
    from services_directory.loading import directory
    from services_directory.practice import practice_settings

    practice_settings()
    directory()
    directory_revision()
    reader()

    report("Opening the conversations")
    store = ConversationStore(host=settings.database_url)
    store.retention.end_of_day(datetime.now().astimezone())

    locks: LockStore = InMemoryLockStore()
    if settings.redis_url:
        locks = RedisLockStore.from_url(settings.redis_url)

    report("Loading the model")
    try:
        agent = Agent(tracker_store=store, lock_store=locks, action_endpoint=InProcessActions())
        agent.load_model(str(settings.model))
    except ModelNotFound:
        raise StartError("there is no trained model; `make train` makes one.") from None
    return agent


async def sweep(app: Sanic) -> None:
    """Delete what has outlived its day, once a minute, for as long as the server runs."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            app.ctx.agent.tracker_store._tracker_store.retention.end_of_day(
                datetime.now().astimezone()
            )
        except Exception as error:
            logs.logger.error("conversations could not be deleted: %s", where(error))


def build_app(settings: Settings) -> Sanic:
    """Return the web application. Until `app.ctx.agent` is set, it answers that it is starting."""
    app = Sanic("fingerpost", configure_logging=False)
    app.ctx.agent = None
    app.config.REQUEST_MAX_SIZE = REQUEST_MAX_SIZE
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_SECONDS
    app.config.FALLBACK_ERROR_FORMAT = "text"
    protect(app, settings)

    async def handle(message: Any) -> None:
        await app.ctx.agent.handle_message(message)

    app.blueprint(rest.RestChannel(settings).blueprint(handle), url_prefix="/webhooks/rest")
    app.blueprint(pages())

    @app.exception(Exception)
    async def refuse(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        if status >= 500:
            logs.logger.error("a request failed: %s", where(error))
        if (request.path or "").startswith("/webhooks/"):
            return rest.refusal(status, "request", f"This request failed ({status}).")
        return response.text(f"This request failed ({status}).\n", status=status)

    return app


def serve(settings: Settings, report: Report, ready: Report) -> int:
    """Serve until Ctrl-C; return the exit code.

    `report` is told each step of starting, `ready` the address once a message can be answered. Raises
    `StartError`.
    """
    os.environ.setdefault("FINGERPOST_BASE_URL", settings.base_url)
    logs.configure()
    sock = claim(settings.host, settings.port)
    app = build_app(settings)
    failures: list[BaseException] = []

    async def start(app: Sanic) -> None:
        try:
            app.ctx.agent = await asyncio.to_thread(load_agent, settings, report)
        except Exception as error:
            failures.append(error)
            app.stop()
            return
        app.add_task(sweep(app))
        ready(settings.base_url)

    app.add_task(start)
    try:
        app.run(sock=sock, access_log=False, motd=False, workers=1)
    finally:
        sock.close()
    if failures:
        raise failures[0]
    return 0
