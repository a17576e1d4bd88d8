"""The page in Chromium, as a clinician meets it: helpers for the tests of this folder."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

TODAY = "2026-11-22"
OPENING = (
    "48F warehouse packer in Ashton, off sick 6 wks w low back pain, getting low, "
    "boss won't budge on duties"
)
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: sudo apt-get install chromium"
    # Chromium's sandbox refuses to start for root, as which CI runs.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])


class Widget:
    """One tab with the page. `faults`: console errors, exceptions, and breaches of the policy."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) =>"
            " console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
        )

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def open(self, query: str = f"?as_of={TODAY}") -> Widget:
        """Go to the page, and wait until it can be typed in and knows what was said before."""
        self.page.goto(f"{self.url}/{query}")
        self.input.wait_for(state="visible")
        self.page.wait_for_function("() => document.querySelector('fingerpost-chat').talk?.ready")
        return self

    # What a person sees. Playwright looks into open shadow roots by itself.

    def find(self, css: str) -> Locator:
        return self.page.locator(f"fingerpost-chat {css}")

    @property
    def input(self) -> Locator:
        return self.find("textarea")

    @property
    def log(self) -> Locator:
        return self.find("[role=log]")

    @property
    def about(self) -> str:
        return self.find(".about").inner_text()

    @property
    def question(self) -> Locator:
        return self.find(".dock fieldset")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def focused(self) -> str:
        """The name of the element in focus, such as `TEXTAREA`."""
        return str(
            self.page.evaluate(
                "document.querySelector('fingerpost-chat').shadowRoot.activeElement?.tagName"
            )
        )

    @property
    def sideways(self) -> int:
        """By how many pixels anything on the page, or in the log, is wider than its place."""
        return int(
            self.page.evaluate(
                """() => {
                  const root = document.querySelector('fingerpost-chat').shadowRoot;
                  const boxes = [document.documentElement, ...root.querySelectorAll('.app, .middle, .dock')];
                  return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
                }"""
            )
        )

    # What a person does.

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def say(self, text: str) -> None:
        """Type a message, send it with Enter, and wait for all answers."""
        # Focus alone does not wait: under a cover the keys would go to its button.
        self.input.wait_for(state="visible")
        self.input.focus()
        self.page.keyboard.insert_text(text)
        self.press("Enter")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is waiting or being sent."""
        waiting = """() => document.querySelector('fingerpost-chat').talk
          .entries.every((entry) => !entry.state || entry.state === 'sent')"""
        self.page.wait_for_function(waiting, timeout=30_000)

    def reach_cards(self, opening: str = OPENING) -> None:
        """Say the opening line, and know no answer to what is asked."""
        self.say(opening)
        self.know_nothing()
        assert self.find(".card").count() > 0

    def take_up(self, header: str) -> None:
        """Open the consultation of that header, which was parked."""
        parked = self.find(".about details")
        expect(parked).to_be_visible()
        parked.evaluate("(element) => (element.open = true)")
        parked.get_by_role("button", name=header).click()

    def know_nothing(self) -> None:
        """Answer every question with "don't know"."""
        for _ in range(6):
            if self.question.is_visible():
                self.say("don't know")


@contextmanager
def tab(
    browser: Browser, url: str, faults: Callable[[list[str]], list[str]] = list, **options: Any
) -> Iterator[Widget]:
    """A fresh tab in a context of its own; on leaving, `faults` of those noted must be none."""
    context = browser.new_context(**options)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    widget = Widget(context, url)
    try:
        yield widget
        left = faults(widget.faults)
        assert not left, left
    finally:
        context.close()


def eventually(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Tell whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
