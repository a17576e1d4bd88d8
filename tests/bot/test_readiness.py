"""`/ready` asks each database and Redis and never waits long; `/health` asks nobody."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from bot.settings import settings
from bot.web.readiness import NO_ANSWER, OK, WAIT_SECONDS, Probe, ask_database, probes
from tests.conversations.server import Server, start
from tests.engines import running_postgres, running_redis

# On a busy machine.
SLACK_SECONDS = 8


@contextmanager
def silent_port() -> Iterator[int]:
    """Give a port that takes connections and never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        yield int(silent.getsockname()[1])


def ready(server: Server) -> tuple[int, dict[str, str]]:
    answer = requests.get(f"{server.url}/ready", timeout=30)
    return answer.status_code, answer.json().get("checks", {})


@pytest.mark.model
def test_with_files_of_its_own(tmp_path: Path) -> None:
    server = start(tmp_path, FINGERPOST_REFERRALS_URL=f"sqlite:///{tmp_path}/held/referrals.db")
    try:
        server.wait()
        assert ready(server) == (200, dict.fromkeys(("conversations", "counts", "referrals"), OK))
        for beside in ("-wal", "-shm"):
            (tmp_path / f"conversations.db{beside}").unlink(missing_ok=True)
        (tmp_path / "conversations.db").write_bytes(b"not a database" * 100)
        time.sleep(1.1)
        answer = requests.get(f"{server.url}/ready", timeout=30)
        assert answer.status_code == 503 and answer.json()["status"] == "not_ready"
        assert answer.json()["checks"]["conversations"] == "cannot be used (DatabaseError)"
        assert answer.json()["checks"]["referrals"] == OK
        assert str(tmp_path) not in answer.text
        assert requests.get(f"{server.url}/health", timeout=30).status_code == 200
    finally:
        server.stop()


@pytest.mark.system
@pytest.mark.model
def test_with_engines_that_go_away(tmp_path: Path) -> None:
    with running_postgres() as postgres, running_redis() as redis_url:
        server = start(
            tmp_path,
            FINGERPOST_DATABASE_URL=postgres.url,
            FINGERPOST_REFERRALS_URL=postgres.url,
            FINGERPOST_REDIS_URL=redis_url,
        )
        try:
            server.wait()
            names = ("conversations", "counts", "referrals", "redis")
            assert ready(server) == (200, dict.fromkeys(names, OK))
            postgres.stop()
            time.sleep(1.1)
            status, checks = ready(server)
            assert status == 503 and checks.pop("redis") == OK
            assert set(checks.values()) == {"cannot be used (OperationalError)"}
            assert requests.get(f"{server.url}/health", timeout=30).status_code == 200
            postgres.start()
            time.sleep(1.1)
            assert ready(server)[0] == 200
        finally:
            server.stop()


@pytest.mark.parametrize("kind", ["database", "redis"])
def test_what_never_answers_is_told_in_seconds(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    with silent_port() as port:
        address = {
            "database": {"FINGERPOST_DATABASE_URL": f"postgresql+psycopg2://x@127.0.0.1:{port}/x"},
            "redis": {"FINGERPOST_REDIS_URL": f"redis://127.0.0.1:{port}/0"},
        }[kind]
        found = probes(settings(environ={"FINGERPOST_VAR": str(tmp_path), **address}))
        name = "redis" if kind == "redis" else "conversations"
        begin = time.monotonic()
        told = asyncio.run(found[name].found())
        assert told == NO_ANSWER or told.startswith("cannot be used (")
        assert time.monotonic() - begin < WAIT_SECONDS + SLACK_SECONDS
        assert asyncio.run(found["referrals"].found()) == OK


def test_one_question_is_under_way_however_many_ask() -> None:
    asked, go_on = [], threading.Event()

    def ask() -> None:
        asked.append(1)
        go_on.wait(60)

    probe = Probe(ask, wait=0.05)

    async def many() -> list[str]:
        return list(await asyncio.gather(*(probe.found() for _ in range(50))))

    assert set(asyncio.run(many())) == {NO_ANSWER} and len(asked) == 1
    assert asyncio.run(probe.found()) == NO_ANSWER and len(asked) == 1
    # It answered after all: that is the answer, and a new question is asked only when it is old.
    go_on.set()
    end = time.monotonic() + SLACK_SECONDS
    while asyncio.run(probe.found()) != OK:
        assert time.monotonic() < end
    assert len(asked) <= 2


def test_a_file_that_is_not_there_yet_is_no_fault_and_is_not_made(tmp_path: Path) -> None:
    ask_database(f"sqlite:///{tmp_path}/later/referrals.db")
    assert list(tmp_path.iterdir()) == []
    sqlite3.connect(tmp_path / "here.db").close()
    ask_database(f"sqlite:///{tmp_path}/here.db")


def test_one_database_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/all.db"
    monkeypatch.setenv("FINGERPOST_REFERRALS_URL", url)
    monkeypatch.setenv("FINGERPOST_TEAMS_ANONYMOUS", "1")
    monkeypatch.setenv("FINGERPOST_TEAMS_URL", url)
    found = probes(settings(environ={"FINGERPOST_DATABASE_URL": url}))
    assert set(found) == {"conversations", "counts", "referrals", "teams"}
    assert len({id(probe) for probe in found.values()}) == 1
