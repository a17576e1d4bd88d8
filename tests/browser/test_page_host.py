"""The widget on a page of somebody else: a hostile stylesheet, a strict policy, and two of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.widget import OPENING, Widget, tab
from tests.conversations.server import ROOT

FOLDER = ROOT / "docs" / "example-host"


@pytest.fixture
def host(host_origin: str, site: str) -> Iterator[str]:
    """The example page on a server of its own, with the policy that its README asks for."""
    policy = (
        f"default-src 'none'; script-src {site}; style-src 'self' {site}; connect-src {site}; "
        f"frame-src {site}; base-uri 'none'; form-action 'none'"
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = "hostile.css" if self.path.endswith(".css") else "index.html"
            body = (FOLDER / name).read_text("utf-8").replace("https://fingerpost.example", site)
            found = self.path in ("/", "/hostile.css")
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", "text/css" if name.endswith("css") else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            if found:
                self.wfile.write(body.encode())

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", urlsplit(host_origin).port or 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host_origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def consult(widget: Widget, one: Locator, text: str, about: str) -> None:
    one.locator("textarea").fill(text)
    one.locator("textarea").press("Enter")
    expect(one.locator(".about")).to_contain_text(about)


def test_it_looks_and_works_right_in_both_places(browser: Browser, site: str, host: str) -> None:
    with tab(browser, host, viewport={"width": 1280, "height": 900}) as widget:
        widget.page.goto(host)
        wide = widget.page.locator("section fingerpost-chat")
        panel = widget.page.locator("aside fingerpost-chat")
        expect(wide.locator("textarea")).to_be_visible()
        expect(panel.locator(".training")).to_contain_text("Sandbox")
        consult(widget, wide, OPENING, "48F, warehouse packer")
        panel.get_by_role("button", name="Unemployed for a year").click()
        expect(panel.locator(".about")).to_contain_text("Salford")
        # Each has its own consultation.
        expect(wide.get_by_role("log")).not_to_contain_text("Salford")
        looks = (
            "(one) => { const s = getComputedStyle(one); return [s.fontFamily, s.fontSize, s.color,"
        )
        looks += (
            " s.letterSpacing, s.textTransform, s.direction, s.opacity, s.float, s.transform]; }"
        )
        button = wide.get_by_role("button", name="Send", exact=True)
        assert button.evaluate(looks) == [
            "Arial, sans-serif", "16px", "rgb(255, 255, 255)", "normal", "none", "ltr", "1", "none",
            "none",
        ]  # fmt: skip
        assert panel.evaluate("(one) => one.getBoundingClientRect().width") == 360
        # A reload brings both back.
        widget.page.reload()
        expect(wide.locator(".about")).to_contain_text("48F, warehouse packer")
        expect(panel.locator(".about")).to_contain_text("Salford")


def test_signed_in_at_another_tab_one_comes_back_to_the_consultation(
    browser: Browser, site: str, host: str
) -> None:
    def ours(faults: list[str]) -> list[str]:
        return [fault for fault in faults if "Failed to load resource" not in fault]

    with tab(browser, host, ours, viewport={"width": 1280, "height": 900}) as widget:
        widget.page.goto(host)
        wide = widget.page.locator("section fingerpost-chat")
        consult(widget, wide, OPENING, "48F, warehouse packer")
        context = widget.page.context
        signed = context.cookies()
        context.clear_cookies()
        wide.locator("textarea").fill("change age to 50")
        wide.locator("textarea").press("Enter")
        cover = wide.locator(".cover")
        expect(cover).to_contain_text("not signed in")
        with context.expect_page() as opened:
            cover.get_by_role("link", name="Sign in").click()
        opened.value.wait_for_load_state()
        context.clear_cookies()
        context.add_cookies(signed)
        opened.value.close()
        # What a browser tells a page that one comes back to.
        widget.page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(wide.locator(".about")).to_contain_text("50F, warehouse packer")


def test_a_page_that_was_not_named_gets_nothing(browser: Browser, site: str, host: str) -> None:
    def refused(faults: list[str]) -> list[str]:
        assert any("CORS" in fault for fault in faults)
        return []

    # The same page by another name of this machine is another origin.
    other = host.replace("127.0.0.1", "localhost")
    with tab(browser, host, refused) as widget:
        widget.page.goto(other)
        widget.page.wait_for_timeout(300)
        assert widget.page.locator("fingerpost-chat textarea").count() == 0
