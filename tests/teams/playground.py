"""Microsoft's own client on this machine, in real Chromium, with a server of ours behind it.

The Microsoft 365 Agents Playground speaks as Teams does, without tokens. It opens no browser of its own, and
reports nothing to its makers.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from playwright.sync_api import Browser, Locator, Page

from tests.conversations.server import Server, free_port, start
from tests.teams.npm import node_modules

START_SECONDS = 60
OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain, getting low"


@contextmanager
def running_playground(folder: Path) -> Iterator[tuple[str, Server]]:
    """Yield the client's address and the server behind it; `folder` is where both keep things."""
    var, work = folder / "var", folder / "playground"
    var.mkdir()
    work.mkdir()
    server = start(var, FINGERPOST_TEAMS_ANONYMOUS="1")
    port = free_port()
    words = ["start", "-e", f"{server.url}/api/messages", "-c", "msteams", "-p", str(port)]
    program = node_modules() / "@microsoft" / "m365agentsplayground" / "cli.js"
    with (work / "log").open("wb") as log:
        client = subprocess.Popen(
            ["node", str(program), *words, "--disable-telemetry"],
            cwd=work,
            env={**os.environ, "TEAMSAPPTESTER_BROWSER": "none", "HOME": str(work)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        server.wait()
        _wait(url, client, work / "log")
        yield url, server
    finally:
        client.terminate()
        client.wait(20)
        server.stop()


def _wait(url: str, client: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert client.poll() is None, f"the playground ended:\n{log.read_text()}"
        try:
            requests.get(url, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"the playground did not start:\n{log.read_text()}")


@dataclass
class Client:
    """The playground's page."""

    page: Page

    @classmethod
    def opened(cls, browser: Browser, url: str, width: int = 1200, height: int = 900) -> Client:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(url)
        return cls(page)

    @property
    def input(self) -> Locator:
        return self.page.get_by_role("textbox").and_(self.page.locator("[data-lexical-editor]"))

    def say(self, text: str) -> None:
        """Type a message and send it."""
        self.input.click()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def press(self, title: str) -> None:
        """Press the last button of that title."""
        self.page.get_by_role("button", name=title, exact=True).last.click()

    def see(self, words: str, seconds: float = 30.0) -> None:
        """Wait until the page shows these words."""
        self.page.get_by_text(words).last.wait_for(state="visible", timeout=seconds * 1000)

    def hide_the_log(self) -> None:
        """Leave the chat alone on the page."""
        self.page.get_by_title("Hide log panel").click()

    def settle(self) -> None:
        """Wait until what moves has come to rest."""
        self.page.wait_for_timeout(800)
        self.page.mouse.move(0, 0)
