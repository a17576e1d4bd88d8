"""Servers on PostgreSQL and Redis: a database restarted, two processes for one sender, one that dies."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.lock import LEASE_SECONDS
from tests.conversations.reading_answers import of_type, types
from tests.conversations.server import ROOT, Server, start
from tests.engines import Postgres, running_postgres, running_redis

pytestmark = [pytest.mark.system, pytest.mark.model, pytest.mark.slow]

OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"
BURST = 40


@dataclass(frozen=True)
class Engines:
    """A database and a Redis; `start` starts a server on both, with a folder of its own."""

    postgres: Postgres
    start: Callable[[], Server]

    def rows(self, query: str) -> list[Any]:
        """Return what `query` finds in the database."""
        engine = sa.create_engine(self.postgres.url, future=True, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            return list(connection.execute(sa.text(query)))

    def said(self) -> list[str]:
        """Return what clinicians said, as it was stored, in order."""
        query = "SELECT data FROM events WHERE type_name = 'user' ORDER BY id"
        return [json.loads(row.data)["text"] for row in self.rows(query)]

    def events(self) -> int:
        """Return how many events are stored."""
        return int(self.rows("SELECT count(*) AS n FROM events")[0].n)


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        environ = {
            "FINGERPOST_DATABASE_URL": postgres.url,
            "FINGERPOST_REDIS_URL": stack.enter_context(running_redis()),
            "FINGERPOST_SENDER_KEY": "of these tests",
        }
        started: list[Server] = []

        def start_one() -> Server:
            var = tmp_path / f"server{len(started)}"
            var.mkdir()
            started.append(start(var, **environ))
            stack.callback(started[-1].stop)
            return started[-1]

        yield Engines(postgres, start_one)


def purge(engines: Engines, var: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "purge", "--now"],
        cwd=ROOT,
        env={"FINGERPOST_VAR": str(var), "FINGERPOST_DATABASE_URL": engines.postgres.url},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_consultation_outlives_a_restart_of_the_database(engines: Engines) -> None:
    server = engines.start()
    server.wait()
    server.say("gp", OPENING)
    engines.postgres.stop()
    engines.postgres.start()
    # Between two turns: nothing is noticed and nothing lost.
    case = of_type(server.say("gp", "she is 49"), "understood")[-1]["whole_case"]
    assert case["age"] == 49 and case["conditions"] == ["back_pain"]
    assert len(engines.said()) == 2

    before = engines.events()
    engines.postgres.stop()
    refused = server.post({"sender": "gp", "message": "she is 50"})
    assert refused.status_code == 500
    assert [m["custom"]["code"] for m in refused.json()] == ["internal"]
    engines.postgres.start()
    # A turn that could not be taken left nothing, and the one before it is still there.
    assert engines.events() == before
    assert of_type(server.say("gp", "summary"), "info")[0]["text"].count("49")
    assert "recommendations" in types(server.say("gp", "show"))
    assert engines.said()[-2:] == ["summary", "show"]
    assert "packer" not in server.log and "Traceback" not in server.log

    assert purge(engines, server.var) == "Deleted 1 conversation.\n"
    assert engines.events() == 0
    [row] = engines.rows("SELECT * FROM consultation_counts")
    assert (row.age_band, row.work_status) == ("25-49", "off_sick")
    assert not (server.var / "counts.db").exists()
    assert not (server.var / "conversations.db").exists()


def test_two_processes_take_turns_with_one_sender(engines: Engines) -> None:
    # At the same time, so that both find no tables.
    pair = engines.start(), engines.start()
    for server in pair:
        server.wait()
    said = [f"age {20 + number}" for number in range(BURST)]
    with ThreadPoolExecutor(BURST) as pool:
        begun = time.monotonic()
        answers = list(pool.map(lambda n: pair[n % 2].say("gp", said[n]), range(BURST)))
        taken = time.monotonic() - begun
    print(f"\n{BURST} messages of one sender, two processes: {taken:.1f} s")
    assert all(answers)
    assert all("error" not in types(entries) for entries in answers)
    # One and the same consultation: a word changed on one process is seen on the other.
    assert sorted(engines.said()) == sorted(said)
    assert taken < 30

    pair[0].say("gp", "new patient")
    case = of_type(pair[1].say("gp", "carpenter in Oldham, unemployed"), "understood")[-1]
    assert "age" not in case["whole_case"]
    case = of_type(pair[0].say("gp", "31M"), "understood")[-1]
    assert case["whole_case"]["age"] == 31 and case["whole_case"]["area"] == "oldham"
    assert not [text for text in engines.said() if text.startswith("age ")]
    assert "ERROR" not in pair[0].log + pair[1].log


def test_a_process_that_dies_holds_nobody_up_for_long(engines: Engines) -> None:
    doomed, other = engines.start(), engines.start()
    for server in (doomed, other):
        server.wait()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(doomed.say, "gp", f"age {20 + n}") for n in range(8)]
        while not any(future.done() for future in asked):
            time.sleep(0.005)
        doomed.process.kill()
    begun = time.monotonic()
    assert other.say("gp", "summary")
    waited = time.monotonic() - begun
    print(f"\nthe next message waited {waited:.1f} s after a process had died in a turn")
    assert waited < LEASE_SECONDS + 5
