"""Workers killed with SIGKILL, at each step and at random: nothing lost, one key or Message-ID a referral.

Arrivals beyond the first are counted and printed; a receiver that honours the key keeps one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
import sqlalchemy as sa
import worker_lives
from delivery_cases import NOW
from loopback_certificates import authority
from loopback_receivers import HttpReceiver, MailReceiver, http_receiver, mail_receiver
from record_cases import emptied

from referrals import audit
from referrals.delivery.outbox import LEASE
from referrals.records import history, referrals
from referrals.records.engine import make_engine, migrate, reading
from referrals.sealing import Sealer, new_key, read_keys
from tests.engines import running_postgres

ROOT = Path(__file__).resolve().parents[3]
RANDOM_KILLS = 110
KEY = new_key()


@dataclass
class Lives:
    """One process after another that works on the record, each with its clock a lease later."""

    process: subprocess.Popen[str]
    lived: int = 0
    killed: int = 0

    def start(self, die_at: str = "never") -> int:
        """Start a life; return its process id."""
        assert self.process.stdin and self.process.stdout
        seconds = self.lived * (LEASE.total_seconds() + 1)
        self.lived += 1
        self.process.stdin.write(f"{die_at} {seconds}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def wait(self) -> None:
        """Wait until the life has ended; count it where it was killed."""
        assert self.process.stdout
        self.killed += self.process.stdout.readline() == "killed\n"

    def kill_after(self, seconds: float) -> None:
        """Start a life and kill it so many seconds later."""
        pid = self.start()
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.wait()


@contextmanager
def lives(url: str, settings_file: Path) -> Iterator[Lives]:
    words = [sys.executable, worker_lives.__file__, url, KEY, str(settings_file), NOW.isoformat()]
    process = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield Lives(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(30)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)], scope="module"
)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('killed')}/referrals.db"
        return
    with running_postgres() as server:
        yield server.url


@pytest.fixture
def engine(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(cases, "SEALER", Sealer(read_keys(KEY)))
    made = make_engine(url)
    migrate(made)
    yield made
    with made.begin() as connection:
        emptied(connection)
    made.dispose()


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return written(tmp_path, "")


def written(folder: Path, more: str) -> Path:
    file = folder / "delivery.yml"
    file.write_text(f"send: true\n{more}")
    return file


def check_whole(
    engine: Any, names: list[str], keys: set[str], it: HttpReceiver | MailReceiver
) -> None:
    """Every referral is sent, under its one key, and the record says so once."""
    assert set(it.came) == keys
    with reading(engine) as connection:
        for name in names:
            found = referrals.get(connection, cases.SEALER, name)
            assert found is not None and found.state == "sent"
            changes = history.changes(connection, cases.SEALER, name)
            assert [change.to_state for change in changes] == ["sent"]
        assert audit.verify(connection).whole
        rows = connection.execute(sa.text("select state, parcel from outbox")).all()
    assert set(rows) == {("delivered", None)} and len(rows) == len(names)


@pytest.mark.parametrize("step", worker_lives.STEPS)
def test_killed_at_each_step(engine: Any, url: str, settings_file: Path, step: str) -> None:
    names = cases.references(3)
    with http_receiver() as it, lives(url, settings_file) as worker:
        keys = {cases.put(engine, name, it.url) for name in names}
        for _ in names:
            worker.start(step)
            worker.wait()
        worker.start()
        worker.wait()
    check_whole(engine, names, keys, it)
    assert worker.killed == len(names)
    # What was sent and not noted is sent again under the same key; nothing else comes twice.
    assert it.duplicates == (3 if step in ("after_sending", "in_note") else 0)
    assert set(it.kept) == keys


def test_killed_at_random(
    engine: Any, url: str, settings_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20261122)
    names: list[str] = []
    keys: set[str] = set()
    with http_receiver() as it, lives(url, settings_file) as worker:
        spare = iter(cases.references(5000))
        while worker.killed < RANDOM_KILLS:
            for name in [next(spare) for _ in range(3)]:
                names.append(name)
                keys.add(cases.put(engine, name, it.url))
            worker.kill_after(chance.uniform(0.0, 0.1))
        worker.start()
        worker.wait()
        worker.start()
        worker.wait()
    check_whole(engine, names, keys, it)
    assert set(it.kept) == keys
    with capsys.disabled():
        print(
            f"\n{engine.dialect.name}: {worker.killed} workers killed at random, {len(names)} referrals, "
            f"{len(it.came)} keys, {it.duplicates} arrivals beyond the first, 0 lost"
        )


def test_mail_workers_killed_at_random(
    engine: Any, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20261123)
    ours = authority(tmp_path)
    names = cases.references(60)
    with mail_receiver(ours.server()) as it:
        more = (
            f"mail: {{server: localhost, port: {it.port}, from: a@practice.example.invalid}}\n"
            "approved_domains: [receiver.example.invalid]\nca_file: authority.pem\n"
        )
        settings_file = written(tmp_path, more)
        using = cases.settings(mail=cases.mail(it.port, sender="a@practice.example.invalid"))
        keys = {cases.put(engine, name, cases.RECEIVER, "email", using) for name in names}
        with lives(url, settings_file) as worker:
            while worker.killed < 25:
                worker.kill_after(chance.uniform(0.0, 0.1))
            for _ in range(2):
                worker.start()
                worker.wait()
    check_whole(engine, names, {f"<{key}@practice.example.invalid>" for key in keys}, it)
    with capsys.disabled():
        print(
            f"\n{engine.dialect.name}, e-mail: {worker.killed} workers killed at random, {len(names)} "
            f"referrals, {len(it.came)} Message-IDs, {it.duplicates} arrivals beyond the first, 0 lost"
        )
