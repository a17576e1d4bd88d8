"""One real server and one fake connector for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.server import Server, start
from tests.teams.fake_connector import APP_ID, SECRET, TENANT, Connector, running_connector
from tests.teams.people import Person

GP = "99999999-0000-4000-8000-000000000001"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server."""
    for item in items:
        if "teams_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.model)


def teams_environ(connector: Connector, **more: str) -> dict[str, str]:
    """Return what sets up a server for this connector."""
    return {
        "FINGERPOST_TEAMS_APP_ID": APP_ID,
        "FINGERPOST_TEAMS_TENANT_ID": TENANT,
        "FINGERPOST_TEAMS_APP_PASSWORD": SECRET,
        "FINGERPOST_TEAMS_OPENID": f"{connector.url}/openid",
        "FINGERPOST_TEAMS_LOGIN": connector.url,
        "FINGERPOST_TEAMS_ROLES": f"{GP}=gp",
        **more,
    }


@pytest.fixture(scope="session")
def connector() -> Iterator[Connector]:
    with running_connector() as running:
        yield running


@pytest.fixture(scope="session")
def teams_server(
    tmp_path_factory: pytest.TempPathFactory, connector: Connector
) -> Iterator[Server]:
    """A server that has started, without having asked anybody for keys."""
    running = start(Path(tmp_path_factory.mktemp("teams")), **teams_environ(connector))
    try:
        running.wait()
        assert connector.key_lists == 0
        yield running
    finally:
        running.stop()


@pytest.fixture
def somebody(connector: Connector, teams_server: Server) -> Callable[..., Person]:
    """Make a person: `somebody(kind="groupChat")`."""

    def make(**how: Any) -> Person:
        return Person(connector, teams_server.url, teams_server.var / "teams.db", **how)

    return make


@pytest.fixture
def nurse(somebody: Callable[..., Person]) -> Person:
    """Somebody in a private chat with the assistant."""
    return somebody()
