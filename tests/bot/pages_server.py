"""Pages on a port, in this process: no model, and entries or a room that a test may choose."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from html.parser import HTMLParser
from itertools import count
from unittest.mock import patch

from sanic import Sanic

from bot.settings import Settings, settings
from bot.web.directory_pages import directory_pages
from bot.web.notice_pages import notice_pages
from bot.web.openreferral import openreferral
from bot.web.pages import pages
from bot.web.security import protect
from tests.conversations.server import free_port

_NUMBERS = count()


def directory_of(app: Sanic, found: Settings) -> None:
    """Add the directory's pages and feed, and the notices that they link to."""
    app.blueprint(directory_pages())
    app.blueprint(notice_pages(found))
    app.blueprint(openreferral())
    app.blueprint(pages())


@contextmanager
def served(
    host: str = "127.0.0.1", build: Callable[[Sanic, Settings], object] = directory_of
) -> Iterator[str]:
    """Yield the address of a server with the settings of one that listens on ``host``.

    ``build`` adds its pages: the directory's, unless something else is given.
    """
    port = free_port()
    number = next(_NUMBERS)
    app = Sanic(f"directory-pages-{number}", configure_logging=False)
    found = settings(host, port, environ={"FINGERPOST_VAR": os.environ.get("FINGERPOST_VAR", "")})
    protect(app, found)
    build(app, found)
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    failed: list[BaseException] = []

    async def start() -> None:
        server = await app.create_server(
            host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False
        )
        # Sanic rewrites its own code when it starts, which it can do only once in a process.
        with nullcontext() if number == 0 else patch("sanic.app.TouchUp.run"):
            await server.startup()
        await server.start_serving()

    def run() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(start())
        except BaseException as error:
            failed.append(error)
            ready.set()
            return
        ready.set()
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(20)
    if failed:
        raise failed[0]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


class Parsed(HTMLParser):
    """What a page holds: its elements with their attributes, and the text of each kind."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def links(self) -> list[str]:
        return [str(attrs.get("href")) for tag, attrs in self.elements if tag == "a"]
