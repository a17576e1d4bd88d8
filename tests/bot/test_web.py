"""Which requests the server refuses, and which files it gives."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from bot.settings import settings
from bot.web.health import health
from bot.web.pages import full_page, served_file
from bot.web.security import HEADERS, from_our_page, refused

HERE = "127.0.0.1:5005"


@pytest.mark.parametrize(
    ("listening", "host", "origin", "allowed"),
    [
        ("127.0.0.1", HERE, None, True),
        ("127.0.0.1", "localhost:5005", None, True),
        ("127.0.0.1", "[::1]:5005", None, True),
        ("127.0.0.1", HERE, f"http://{HERE}", True),
        # A page of another website, and one whose name was made to point here.
        ("127.0.0.1", HERE, "https://evil.example", False),
        ("127.0.0.1", HERE, "null", False),
        ("127.0.0.1", HERE, "http://127.0.0.1:9999", False),
        ("127.0.0.1", "evil.example:5005", None, False),
        ("127.0.0.1", "evil.example:5005", "http://evil.example:5005", False),
        ("127.0.0.1", "", None, False),
        ("0.0.0.0", "practice.example", None, True),
        ("0.0.0.0", "practice.example", "https://practice.example", True),
        ("0.0.0.0", "practice.example", "https://evil.example", False),
    ],
)
def test_other_websites_are_refused(
    listening: str, host: str, origin: str | None, allowed: bool
) -> None:
    assert (refused(settings(listening, environ={}), host, origin) is None) is allowed


def test_a_change_must_say_where_it_comes_from() -> None:
    here = {"host": HERE, "origin": f"http://{HERE}"}
    assert from_our_page(here) and from_our_page({**here, "sec-fetch-site": "same-origin"})
    assert not from_our_page({**here, "sec-fetch-site": "cross-site"})
    assert not from_our_page({**here, "origin": "null"})
    assert not from_our_page({"host": HERE})
    assert not from_our_page({"origin": f"http://{HERE}"})
    assert not from_our_page({})


def test_a_proxy_may_give_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_HOSTS", "fingerpost.example, other.example")
    found = settings(environ={})
    assert refused(found, "fingerpost.example", None) is None
    assert refused(found, "evil.example", None) is not None


def test_a_page_may_load_from_this_server_alone() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "name",
    ["pages.py", "../settings.py", "..", ".", "", ".htaccess", "__pycache__", "none.css", "a/b.js"],
)
def test_what_is_not_for_the_page_is_not_served(name: str) -> None:
    assert served_file(name) is None


def test_the_page_is_served() -> None:
    assert served_file("index.html") is not None


def test_the_page_holds_its_style_and_the_policy_names_no_other() -> None:
    html, headers = full_page()
    [style] = re.findall("<style>(.*?)</style>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"] and ".css" not in html


def test_health_before_the_model_is_loaded() -> None:
    assert health(None) == (503, {"status": "starting"})
