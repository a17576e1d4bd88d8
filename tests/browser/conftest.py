"""One real server for all tests of this folder, and a browser for each file of them."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.served import PATIENCE_MS, environment
from tests.browser.widget import Widget, launch, tab
from tests.conversations.server import ROOT, Server, start

HERE = Path(__file__).parent
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium and the server: all that uses the fixtures."""
    for item in items:
        if "site" in getattr(item, "fixturenames", ()) and HERE in item.path.parents:
            item.add_marker(pytest.mark.system)
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(Path(tmp_path_factory.mktemp("browser")), **environment())
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def server(_server: Server) -> Server:
    """The server itself, for tests that stop it and start it again."""
    return _server


@pytest.fixture
def host_origin() -> str:
    """The origin of another page that the server lets hold the widget."""
    return environment()["FINGERPOST_HOST_PAGES"]


@pytest.fixture
def site(_server: Server) -> str:
    """The address of a server that has started."""
    return _server.url


# No wider than a file: while Playwright runs, tests that await cannot.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def widget(browser: Browser, site: str) -> Iterator[Widget]:
    """The page at desk size. The test fails on any error in its console."""
    with tab(browser, site, viewport={"width": 1100, "height": 850}) as opened:
        yield opened.open()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which looks for faults of accessibility; installed by npm, once."""
    lock = HERE / "package-lock.json"
    folder = ROOT / "var" / "npm" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return script.read_text(encoding="utf-8")
