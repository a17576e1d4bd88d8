"""`GET /ready`: whether what a message needs answers just now, each database and Redis, with a bounded wait.

`/health` says that this process can serve and asks nobody. This asks everybody, so it is for a load balancer
that is to send people elsewhere meanwhile, and for whoever looks for the fault.

    200  {"status": "ready", "checks": {"conversations": "ok", "referrals": "ok", "redis": "ok"}}
    503  {"status": "not_ready", "checks": {..., "redis": "does not answer in 2 seconds"}}
    503  {"status": "starting"}
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from redis import Redis
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.teams.configuration import tables_url, teams_settings
from bot.settings import Settings
from referrals.records.engine import database_file, records_url

# PostgreSQL's client waits no less for a connection.
WAIT_SECONDS = 2
# Without the last three, a question to a machine that died before it answered would stay under way for hours.
LIBPQ_WAITS = {
    "connect_timeout": WAIT_SECONDS,
    "tcp_user_timeout": WAIT_SECONDS * 1000,
    "keepalives_idle": WAIT_SECONDS,
    "keepalives_interval": WAIT_SECONDS,
    "keepalives_count": 2,
}
# An answer stands for so long, however many ask.
FRESH_SECONDS = 1.0
OK = "ok"
NO_ANSWER = f"does not answer in {WAIT_SECONDS} seconds"


class Probe:
    """Asks one thing whether it is there. However often it is asked, one question is under way at most."""

    def __init__(self, ask: Callable[[], None], wait: float = WAIT_SECONDS) -> None:
        """`ask` returns where it is there and raises where it is not; it may take for ever."""
        self._ask = ask
        self._wait = wait
        self._asking: Future[None] | None = None
        self._begun = 0.0

    async def found(self) -> str:
        """Return `OK`, or in words what is wrong: the kind of an error, never its text."""
        asking = self._asking
        stale = (
            asking is not None and asking.done() and time.monotonic() - self._begun > FRESH_SECONDS
        )
        if asking is None or stale:
            asking = self._begin()
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asking)), self._wait)
        except asyncio.TimeoutError:
            return NO_ANSWER
        except Exception as error:
            return f"cannot be used ({type(error).__name__})"
        return OK

    def _begin(self) -> Future[None]:
        asking: Future[None] = Future()
        self._asking, self._begun = asking, time.monotonic()

        def run() -> None:
            try:
                self._ask()
            except Exception as error:
                asking.set_exception(error)
            else:
                asking.set_result(None)

        # Not of a pool: what never answers must neither hold up other work nor the end of the process.
        threading.Thread(target=run, name="readiness", daemon=True).start()
        return asking


def ask_database(url: str) -> None:
    """Return where the database answers. Raises what its client raises, or `OSError`.

    A file of SQLite's that is not there yet is made at its first use: then its folder must take it.
    """
    file = database_file(url)
    if file is not None:
        _ask_file(file)
        return
    address = sa.engine.make_url(url)
    connect = LIBPQ_WAITS if address.get_driver_name() == "psycopg2" else {}
    # A connection of its own each time: one from a pool tells only that there was one.
    engine = sa.create_engine(
        address, future=True, poolclass=sa.pool.NullPool, connect_args=connect, hide_parameters=True
    )
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))


def _ask_file(file: Path) -> None:
    if not file.exists():
        folder = next(folder for folder in file.absolute().parents if folder.exists())
        if not os.access(folder, os.W_OK):
            raise PermissionError(f"{folder} takes no file")
        return
    address = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def ask_redis(url: str) -> None:
    """Return where Redis answers. Raises `RedisError`, or `ValueError` for a wrong address."""
    waits = {"socket_connect_timeout": WAIT_SECONDS, "socket_timeout": WAIT_SECONDS}
    with closing(Redis.from_url(url, **waits)) as redis:
        redis.ping()


def probes(settings: Settings) -> dict[str, Probe]:
    """Return what to ask, by the name under which it is told; what is one database is asked once."""
    urls = {
        "conversations": settings.database_url,
        "counts": settings.counts_url,
        "referrals": records_url(),
    }
    if teams_settings(settings).on:
        urls["teams"] = tables_url(settings)
    asked: dict[str, Probe] = {}
    for url in urls.values():
        if url not in asked:
            asked[url] = Probe(partial(ask_database, url))
    found = {name: asked[url] for name, url in urls.items()}
    if settings.redis_url:
        found["redis"] = Probe(partial(ask_redis, settings.redis_url))
    return found


def readiness(settings: Settings) -> Blueprint:
    """Return the route. It needs no sign-in: what it tells are words of this module."""
    routes = Blueprint("fingerpost_readiness")
    asked = probes(settings)

    @routes.get("/ready")
    async def is_ready(request: Request) -> HTTPResponse:
        agent: Any = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return response.json({"status": "starting"}, status=503)
        answers = await asyncio.gather(*(probe.found() for probe in asked.values()))
        checks = dict(zip(asked, answers, strict=True))
        ready = all(answer == OK for answer in answers)
        body = {"status": "ready" if ready else "not_ready", "checks": checks}
        return response.json(body, status=200 if ready else 503)

    return routes
