"""The outbox and its worker: once, in time, or given up with a reason; a set clock, real receivers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
import sqlalchemy as sa
from delivery_cases import NOW, SEALER, Bench
from hypothesis import given
from hypothesis import strategies as st
from loopback_receivers import http_receiver
from record_cases import emptied

from referrals import audit
from referrals.delivery import http_post, outbox, retry
from referrals.delivery.channels import CHANNELS, Channel
from referrals.delivery.model import Arrived, Outcome
from referrals.delivery.outbox import LEASE
from referrals.delivery.sending import Sending
from referrals.delivery.worker import LONGEST, NO_KEY
from referrals.records import history, referrals
from referrals.records.engine import (
    database_file,
    forget_deleted,
    make_engine,
    migrate,
    reading,
    writing,
)
from referrals.replies import tasks
from referrals.sealing import Sealer, new_key, read_keys
from tests.engines import running_postgres


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)], scope="module"
)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    if request.param == "sqlite":
        yield cases.new_record(tmp_path_factory.mktemp("outbox"))
        return
    with running_postgres() as server:
        engine = make_engine(server.url)
        migrate(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def bench(database: Any) -> Iterator[Bench]:
    yield Bench(database)
    with writing(database) as connection:
        emptied(connection)


def test_sent_once_and_noted(bench: Bench) -> None:
    with http_receiver() as it:
        key = cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        assert bench.worker().run_all() == 1
        assert bench.worker().run_all() == 0
    assert it.came == {key: 1}
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "sent"
    item = cases.item_of(bench.engine, "FP-ABCDEFGH")
    assert (item.state, item.receipt, item.attempts) == ("delivered", "case-1", 1)
    with reading(bench.engine) as connection:
        [change] = history.changes(connection, SEALER, "FP-ABCDEFGH")
        assert (change.from_state, change.to_state, change.party) == ("ready", "sent", "delivery")
        rows = tuple(audit.entries(connection, "FP-ABCDEFGH"))
        assert [row.action for row in rows] == ["delivered", "state"]
        assert rows[0].detail["key"] == key and audit.verify(connection).whole
        found = referrals.get(connection, SEALER, "FP-ABCDEFGH")
        assert found is not None and found.queued_at is None


def test_what_was_sent_is_not_kept(bench: Bench) -> None:
    with http_receiver() as it:
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        bench.worker().run_all()
    with reading(bench.engine) as connection:
        assert connection.execute(sa.text("select parcel from outbox")).scalar_one() is None
    file = database_file(str(bench.engine.url))
    if file is not None:
        forget_deleted(bench.engine)
        assert cases.NAME.encode() not in file.read_bytes()


def test_an_hour_of_trouble_is_sat_out(bench: Bench) -> None:
    with http_receiver() as it:
        it.behave = lambda number: "500" if bench.clock.now < NOW + timedelta(hours=1) else "ok"
        key = cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        tried = []
        while cases.state_of(bench.engine, "FP-ABCDEFGH") == "ready":
            if bench.worker().run_all():
                tried.append(bench.clock.now - NOW)
                item = cases.item_of(bench.engine, "FP-ABCDEFGH")
                assert (
                    item.state == "delivered" or item.problem == "The receiver is in trouble (500)."
                )
            bench.clock.on(seconds=10)
    assert it.came == {key: 1}
    gaps = [round((b - a).total_seconds()) for a, b in pairwise(tried)]
    assert gaps == [30, 60, 120, 240, 480, 960, 1920], "with all of the chance, the whole wait"
    assert tried[-1] >= timedelta(hours=1)


def test_a_day_of_trouble_is_given_up_with_a_reason(bench: Bench) -> None:
    with http_receiver() as it:
        it.behave = lambda number: "503"
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        while cases.item_of(bench.engine, "FP-ABCDEFGH").state == "waiting":
            bench.worker().run_all()
            bench.clock.on(minutes=10)
        assert bench.clock.now - NOW >= retry.GIVE_UP_AFTER
        assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "failed"
        item = cases.item_of(bench.engine, "FP-ABCDEFGH")
        assert item.problem.startswith("The receiver is in trouble (503). It was tried ")
        with reading(bench.engine) as connection:
            [task] = tasks.open_tasks(connection, "Y99999")
            assert (task.kind, task.reference) == ("failed", "FP-ABCDEFGH")
            assert history.changes(connection, SEALER, "FP-ABCDEFGH")[-1].reason == item.problem
        # A person has it sent again: it may have arrived, so the key is the same.
        it.behave = lambda number: "ok"
        with writing(bench.engine) as connection:
            found = referrals.get(connection, SEALER, "FP-ABCDEFGH")
            assert found is not None
            referrals.save(connection, SEALER, cases.replace(found, state="ready"))
            sent = cases.outgoing(it.url)
            parcel = cases.CHANNELS["web_api"].pack(sent, bench.settings)
            assert outbox.put(connection, SEALER, sent, parcel, bench.clock.now) == item.id
        bench.worker().run_all()
    assert list(it.came) == [item.key]
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "sent"


def test_refused_at_once_is_given_up_at_once(bench: Bench) -> None:
    with http_receiver() as it:
        it.behave = lambda number: "422"
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        bench.worker().run_all()
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "failed"
    assert cases.item_of(bench.engine, "FP-ABCDEFGH").state == "refused"


@pytest.mark.parametrize("how", ["reset_after", "half", "huge"])
def test_an_answer_that_is_lost_makes_one_referral_of_two_arrivals(bench: Bench, how: str) -> None:
    with http_receiver() as it:
        it.behave = lambda number: how if number == 1 else "ok"
        key = cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        bench.worker().run_all()
        assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "ready"
        bench.clock.on(minutes=1)
        bench.worker().run_all()
    assert it.came == {key: 2} and list(it.kept) == [key]
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "sent"


def test_a_receiver_that_answers_twice_changes_nothing(bench: Bench) -> None:
    """The second answer is noted by nobody: the row has ended."""
    with http_receiver() as it:
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        bench.worker().run_all()
    item = cases.item_of(bench.engine, "FP-ABCDEFGH")
    with writing(bench.engine) as connection:
        assert outbox.arrived(connection, item.id, "again", NOW) is None
        assert not outbox.put_off(connection, item, "x", NOW)
        assert not outbox.given_up(connection, item, "x", NOW)
    assert cases.item_of(bench.engine, "FP-ABCDEFGH") == item


def test_a_delivery_ends_well_before_its_lease() -> None:
    """The lease is longer than any delivery, else a second worker would send while the first one does."""
    assert LEASE.total_seconds() >= 2 * LONGEST
    assert http_post.CONNECT_SECONDS + http_post.READ_SECONDS < LONGEST


def test_many_workers_send_each_once(bench: Bench) -> None:
    names = cases.references(40)
    with http_receiver() as it:
        keys = {cases.put(bench.engine, name, it.url) for name in names}
        counts: list[int] = []
        threads = [
            threading.Thread(target=lambda: counts.append(bench.worker().run_all()))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(counts) == 40 and it.came == dict.fromkeys(keys, 1)
    with reading(bench.engine) as connection:
        assert audit.verify(connection).whole
        assert {r.state for r in referrals.listed(connection)} == {"sent"}


def test_switched_off_nothing_leaves(bench: Bench) -> None:
    with http_receiver() as it:
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        bench.using(sending=False)
        assert bench.worker().run_all() == 0
    assert not it.paths and cases.item_of(bench.engine, "FP-ABCDEFGH").attempts == 0


def test_withdrawn_before_it_left(bench: Bench) -> None:
    with http_receiver() as it:
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        with writing(bench.engine) as connection:
            Sending(lambda: bench.settings).cancel(connection, "FP-ABCDEFGH", NOW)
            assert not tasks.open_tasks(connection, "Y99999")
        assert bench.worker().run_all() == 0
    assert not it.paths
    assert cases.item_of(bench.engine, "FP-ABCDEFGH").state == "cancelled"


def test_withdrawn_while_it_was_leaving(bench: Bench) -> None:
    """Somebody withdraws between the claim and the receiver's answer."""

    def send_and_withdraw(*rest: Any) -> Arrived:
        with writing(bench.engine) as connection:
            found = referrals.get(connection, SEALER, "FP-ABCDEFGH")
            assert found is not None
            referrals.save(connection, SEALER, cases.replace(found, state="withdrawn"))
            Sending(lambda: bench.settings).cancel(connection, "FP-ABCDEFGH", NOW)
        return Arrived("late")

    bench.channels = {"web_api": Channel(lambda *x: None, send_and_withdraw, lambda *x: "")}  # type: ignore
    cases.put(bench.engine, "FP-ABCDEFGH", "http://localhost/in")
    bench.worker().run_all()
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "withdrawn"
    assert cases.item_of(bench.engine, "FP-ABCDEFGH").receipt == "late"
    with reading(bench.engine) as connection:
        [task] = tasks.open_tasks(connection, "Y99999")
    assert task.kind == "may_have_left" and "Ask the service to delete it" in task.to_do


def test_a_row_that_nobody_can_open_holds_up_no_other(bench: Bench) -> None:
    with http_receiver() as it:
        cases.put(bench.engine, "FP-ABCDEFGH", it.url)
        worker = bench.worker()
        worker.sealer = Sealer(read_keys(new_key()))
        assert worker.run_all() == 1
        assert cases.item_of(bench.engine, "FP-ABCDEFGH").problem == NO_KEY
        assert not it.paths
        bench.clock.on(minutes=1)
        bench.worker().run_all()
    assert cases.state_of(bench.engine, "FP-ABCDEFGH") == "sent"


def test_a_mistake_of_ours_holds_up_no_other(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*rest: Any) -> Arrived:
        raise RuntimeError(cases.NAME)

    bench.channels = {"web_api": Channel(lambda *x: None, fails, lambda *x: "")}  # type: ignore
    cases.put(bench.engine, "FP-ABCDEFGH", "http://localhost/in")
    bench.worker().run_all()
    assert "RuntimeError" in cases.item_of(bench.engine, "FP-ABCDEFGH").problem
    assert cases.NAME not in caplog.text


def test_the_same_parcel_is_kept_once(bench: Bench) -> None:
    cases.put(bench.engine, "FP-ABCDEFGH", "http://localhost/in")
    sent = cases.outgoing("http://localhost/in")
    parcel = cases.CHANNELS["web_api"].pack(sent, bench.settings)
    with pytest.raises(sa.exc.IntegrityError), writing(bench.engine) as connection:
        outbox.put(connection, SEALER, sent, parcel, NOW)


def test_not_committed_is_not_sent(bench: Bench) -> None:
    with pytest.raises(RuntimeError), writing(bench.engine) as connection:
        referrals.insert(connection, SEALER, cases.waiting_referral("FP-ABCDEFGH"))
        sent = cases.outgoing("http://localhost/in")
        parcel = cases.CHANNELS["web_api"].pack(sent, bench.settings)
        outbox.put(connection, SEALER, sent, parcel, NOW)
        raise RuntimeError("the work fails")
    assert bench.worker().run_all() == 0


def test_a_full_disk_stops_it_before_anything_leaves(tmp_path: Path) -> None:
    engine = cases.new_record(tmp_path)
    bench = Bench(engine)
    with http_receiver() as it:
        cases.put(engine, "FP-ABCDEFGH", it.url)
        limit = []

        def full(connection: Any, record: Any) -> None:
            # SQLite's own limit on a file's pages: its errors are those of a full disk.
            pages = connection.execute("pragma page_count").fetchone()[0]
            connection.execute(f"pragma max_page_count={pages}")
            limit.append(pages)

        sa.event.listen(engine, "connect", full)
        with pytest.raises(sa.exc.OperationalError, match="disk is full"):
            for name in cases.references(200):
                cases.put(engine, name, it.url)
        sa.event.remove(engine, "connect", full)
        assert limit and not it.paths
        before = len(bench.worker().engine.connect().execute(sa.text("select 1 from outbox")).all())
        assert bench.worker().run_all() == before
    assert len(it.came) == before and it.duplicates == 0


def test_a_record_that_cannot_be_reached_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = cases.new_record(tmp_path)
    bench = Bench(engine)
    stop = threading.Event()
    with http_receiver() as it:
        cases.put(engine, "FP-ABCDEFGH", it.url)
        file = tmp_path / "referrals.db"
        file.rename(tmp_path / "away.db")
        file.mkdir()
        worker = bench.worker()
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        while "deliveries wait" not in caplog.text:
            pass
        stop.set()
        thread.join()
        file.rmdir()
        (tmp_path / "away.db").rename(file)
        bench.worker().run_all()
    assert len(it.came) == 1 and it.duplicates == 0


@given(
    attempts=st.integers(1, 10_000),
    chance=st.floats(0, 1),
    asked=st.none() | st.floats(0, 1e9),
)
def test_every_wait_is_within_bounds(attempts: int, chance: float, asked: float | None) -> None:
    wait = retry.wait_after(attempts, chance, asked).total_seconds()
    assert retry.FIRST_WAIT / 2 <= wait <= max(retry.LONGEST_WAIT, retry.LONGEST_ASKED)
    if asked is None:
        assert wait <= retry.LONGEST_WAIT
    else:
        assert wait >= min(asked, retry.LONGEST_ASKED)


def test_nothing_is_given_up_that_was_hardly_tried() -> None:
    days = timedelta(days=9)
    assert not retry.given_up(retry.LEAST_ATTEMPTS - 1, NOW, NOW + days)
    assert retry.given_up(retry.LEAST_ATTEMPTS, NOW, NOW + days)
    assert not retry.given_up(500, NOW, NOW + retry.GIVE_UP_AFTER - timedelta(seconds=1))


@pytest.mark.system
def test_the_database_goes_away_after_the_receiver_has_answered() -> None:
    with running_postgres() as server, http_receiver() as it:
        engine = make_engine(server.url)
        migrate(engine)
        bench = Bench(engine)
        names = cases.references(3)
        keys = {cases.put(engine, name, it.url) for name in names}
        worker = bench.worker()
        send = CHANNELS["web_api"].send

        def send_and_stop(*rest: Any) -> Outcome:
            outcome = send(*rest)
            server.stop()
            return outcome

        worker.channels = {"web_api": cases.replace(CHANNELS["web_api"], send=send_and_stop)}
        with pytest.raises(sa.exc.OperationalError):
            worker.run_all()
        server.start()
        assert len(it.came) == 1
        bench.clock.on(seconds=LEASE.total_seconds())
        assert bench.worker().run_all() == 3
        engine.dispose()
    assert it.came.keys() == keys and it.duplicates == 1
