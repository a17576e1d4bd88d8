"""Several servers on one PostgreSQL: tables made at once, one count a consultation, no endless wait."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels.conversation import sender_key
from bot.counts import METADATA, Counts
from bot.database import create_tables, make_engine
from bot.tracker_store import ConversationStore
from tests.bot.test_retention import DOMAIN, NOW, begun, said, save
from tests.engines import Postgres, running_postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def url(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> str:
    engine = make_engine(postgres.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", postgres.url)
    return postgres.url


@pytest.mark.system
def test_tables_are_made_once_by_servers_that_start_together(url: str) -> None:
    engines = [make_engine(url) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda engine: create_tables(engine, METADATA), engines))
    assert sa.inspect(engines[0]).has_table("consultation_counts")
    for engine in engines:
        engine.dispose()


@pytest.mark.system
def test_two_servers_that_sweep_together_count_a_consultation_once(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = [ConversationStore(DOMAIN), ConversationStore(DOMAIN)]
    earlier = NOW - timedelta(hours=3)
    for number in range(3):
        save(stores[0], f"s{number}", *begun(earlier), *said("word", earlier, age=48))
    add = Counts.add

    def slowly(self: Counts, rows: Iterable[dict[str, Any]]) -> None:
        time.sleep(0.2)
        add(self, rows)

    monkeypatch.setattr(Counts, "add", slowly)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda store: store.retention.end_of_day(NOW), stores))
    assert len(stores[0].retention._counts.all()) == 3
    assert asyncio.run(stores[1].retrieve("s0")) is None


@pytest.mark.system
def test_a_new_patient_leaves_no_row_of_the_one_before(url: str) -> None:
    store = ConversationStore(DOMAIN)
    save(store, "gp", *begun(NOW), *said("packer with low back pain", NOW, age=48))
    save(store, "gp", *begun(NOW), *said("a carpenter", NOW, age=30))
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT data FROM events")).scalars().all()
    assert rows and "packer" not in "".join(rows)
    assert [row["age_band"] for row in store.retention._counts.all()] == ["25-49"]


@pytest.mark.slow
def test_a_database_that_never_answers_is_an_error_after_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        engine = make_engine(f"postgresql+psycopg2://x@127.0.0.1:{silent.getsockname()[1]}/x")
        begin = time.monotonic()
        with pytest.raises(sa.exc.OperationalError):
            engine.connect()
        assert time.monotonic() - begin < 15


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    path = tmp_path / "var" / "sender.key"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(sender_key, [path] * 64))
    assert len(keys) == 1 and len(keys.pop()) == 32
    assert [file.name for file in path.parent.iterdir()] == ["sender.key"]
    assert path.stat().st_mode & 0o777 == 0o600
