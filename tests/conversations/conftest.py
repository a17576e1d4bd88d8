"""One real server for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.server import Server, start

Talk = Callable[..., list[dict[str, Any]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server: all that uses the fixture."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has started, in training mode, with a folder of its own."""
    running = start(Path(tmp_path_factory.mktemp("server")))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def talk(server: Server) -> Talk:
    """Say something: `talk(sender, text, as_of=None, role=None)` gives the entries of the answer."""

    def say(
        sender: str, text: str, as_of: str | None = None, role: str | None = None
    ) -> list[dict[str, Any]]:
        return server.say(sender, text, as_of=as_of, role=role)

    return say
