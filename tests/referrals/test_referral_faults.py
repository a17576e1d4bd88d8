"""Disk full, database away, no key: a clear error, and what was there is still there."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk_cases import BY_HAND, GP, MAINTAINER, NOW, ZEBRA, a_draft, a_room, opened, ready
from record_cases import LIVE
from referral_cases import SAID, packer

from actions.consultation import turn
from actions.consultation.context import TurnContext
from referrals import audit, desk, sealing
from referrals.desk import DeskError
from referrals.records import engine, referrals
from referrals.records.rotating import rotate
from services_directory.case import case_from_json
from tests.engines import running_postgres

ROOM = a_room()
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch):
    """Return what lets the file grow no further, as a full disk does; SQLite itself refuses the page."""
    from sqlalchemy import event

    def fill() -> None:
        record = engine.records()
        with closing(sqlite3.connect(str(record.url.database))) as file:
            # No page that was freed before is left to write into.
            file.execute("VACUUM")
        with engine.reading(record) as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        @event.listens_for(record, "connect")
        def _limit(connection, _record) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

    yield fill
    engine._up_to_date.cache_clear()


def told(call, *words, **named) -> DeskError:
    with pytest.raises(DeskError) as error:
        call(*words, **named)
    assert "Zebra" not in str(error.value) and "back pain" not in str(error.value).lower()
    assert error.value.what and error.value.kept and error.value.do
    return error.value


def test_with_a_full_disk_nothing_is_lost(full_disk) -> None:
    referral = opened(ROOM)
    full_disk()
    long = "x" * 4000
    error = told(desk.edit_field, ROOM, GP, NOW, referral.reference, "tried", long)
    assert (error.code, error.kept) == ("full", "The referral is as it was.")
    with engine.reading(engine.records()) as connection:
        assert referrals.get(connection, sealing.sealer(), referral.reference) == referral


def test_with_a_full_disk_no_half_referral_is_opened(full_disk) -> None:
    opened(ROOM)
    full_disk()
    codes = set()
    for _ in range(30):
        draft = a_draft(BY_HAND)
        try:
            desk.open_referral(ROOM, GP, NOW, draft, packer(), SAID, TODAY)
        except DeskError as error:
            codes.add(error.code)
            assert "consultation is as it was" in error.kept
    assert codes == {"full"}
    with engine.reading(engine.records()) as connection:
        for table in ("field", "state_change"):
            orphans = f"select count(*) from {table} where reference not in (select reference from referral)"
            assert connection.execute(sa.text(orphans)).scalar() == 0
        assert audit.verify(connection).whole


@pytest.mark.parametrize("kind", ["folder", "not a database"])
def test_a_file_that_is_no_database_is_told(kind: str, var: Path) -> None:
    var.mkdir()
    if kind == "folder":
        (var / "referrals.db").mkdir()
    else:
        (var / "referrals.db").write_bytes(b"no database " * 400)
    error = told(desk.worklist, ROOM, GP, NOW)
    assert error.code == "unavailable"


def test_tables_of_a_later_version_are_told() -> None:
    opened(ROOM)
    with engine.writing(engine.records()) as connection:
        connection.execute(sa.text("update referrals_revision set version_num = '9999'"))
    engine._up_to_date.cache_clear()
    error = told(desk.worklist, ROOM, GP, NOW)
    assert error.code == "unavailable" and "not those of this version" in error.what


def test_in_service_without_a_key_nothing_is_kept(monkeypatch, var: Path) -> None:
    monkeypatch.setattr(sealing, "practice_settings", lambda: LIVE)
    with pytest.raises(DeskError) as error:
        opened(ROOM)
    assert error.value.code == "no_key" and "FINGERPOST_REFERRALS_KEY" in error.value.what
    assert not (var / "referrals.db").exists()


def test_a_lost_training_key_is_never_replaced_under_sealed_records(
    var: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reference = opened(ROOM).reference
    [made] = [r for r in caplog.records if r.name == "referrals.sealing"]
    assert str(var / "referrals.key") in made.getMessage()
    key = (var / "referrals.key").read_text()
    assert key not in caplog.text
    (var / "referrals.key").unlink()
    caplog.clear()
    for call in (
        lambda: opened(ROOM),
        lambda: desk.view(ROOM, GP, NOW, reference),
        lambda: desk.worklist(ROOM, GP, NOW),
    ):
        with pytest.raises(DeskError) as error:
            call()
        assert error.value.code == "no_key"
        assert (
            "referrals.key is missing" in error.value.what and "none was made" in error.value.what
        )
        assert "Put the file back" in error.value.what and "referrals.db" in error.value.what
    assert not (var / "referrals.key").exists() and caplog.text == ""
    # As the message says: the file back, or its content in the environment.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINGERPOST_REFERRALS_KEY", key)
        assert desk.view(ROOM, GP, NOW, reference).referral.field("goal").value
    (var / "referrals.key").write_text(key)
    assert desk.view(ROOM, GP, NOW, reference).referral.field("goal").value


def test_a_record_whose_key_is_lost_is_moved_away_and_another_begins(
    var: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ready(ROOM)
    (var / "referrals.key").unlink()
    with pytest.raises(DeskError, match="is missing"):
        opened(ROOM)
    for name in ("referrals.db", "referrals.db-wal", "referrals.db-shm"):
        (var / name).unlink(missing_ok=True)
    caplog.clear()
    assert desk.view(ROOM, GP, NOW, opened(ROOM).reference).referral.field("goal").value
    assert "a key for training was made" in caplog.text


def test_where_all_was_purged_a_new_key_does_no_harm(var: Path) -> None:
    reference = ready(ROOM, BY_HAND).reference
    desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
    desk.purge(ROOM, MAINTAINER, NOW, reference)
    (var / "referrals.key").unlink()
    assert desk.view(ROOM, GP, NOW, reference).referral.purged
    assert (var / "referrals.key").exists()


def test_of_many_that_begin_at_once_none_is_refused_its_key(var: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: opened(ROOM).reference, range(16)))
    assert all(desk.view(ROOM, GP, NOW, one).referral.field("goal").value for one in made)


def test_the_conversation_goes_on_where_no_referral_can_be_stored(var: Path) -> None:
    var.mkdir()
    (var / "referrals.db").mkdir()
    case = {
        "age": 48, "area": "oldham", "work_status": "unemployed", "goal": "find_work",
        "barriers": ["skills_qualifications"],
    }  # fmt: skip
    state = {"case": case_from_json(case).to_json(), "begun": NOW.isoformat()}
    context = TurnContext(as_of=TODAY, now=NOW, role="gp")
    said = {"text": "refer to get oldham working", "command": {"services": ["get-oldham-working"]}}
    result = turn.respond("refer_to", state, said, context)
    (message,) = result.messages
    assert (message["type"], message["code"]) == ("error", "referral_unavailable")
    assert "The consultation is as it was" in message["text"]
    assert result.state["case"] == state["case"] and result.state["drafts"] == []
    (var / "referrals.db").rmdir()
    result = turn.respond("refer_to", result.state, said, context)
    assert [m["type"] for m in result.messages] == ["referral_draft"]
    assert result.state["consultation_id"] and len(result.state["drafts"]) == 1


@pytest.mark.system
def test_while_postgresql_is_away_it_is_told_and_afterwards_all_is_there(monkeypatch) -> None:
    with running_postgres() as server:
        monkeypatch.setenv("FINGERPOST_REFERRALS_URL", server.url)
        referral = ready(ROOM, BY_HAND)
        server.stop()
        error = told(desk.mark_sent_by_hand, ROOM, GP, NOW, referral.reference)
        assert (error.code, error.kept) == ("unavailable", "The referral is as it was.")
        server.start()
        assert desk.view(ROOM, GP, NOW, referral.reference).referral == referral
        assert desk.reveal_identity(ROOM, GP, NOW, referral.reference) == ZEBRA
        assert desk.mark_sent_by_hand(ROOM, GP, NOW, referral.reference).state == "sent"
        again = opened(ROOM, BY_HAND)
        kept = desk.set_identity(ROOM, GP, NOW, again.reference, ZEBRA)
        assert [r.reference for r in kept.duplicates] == [referral.reference]
        assert len(desk.worklist(ROOM, GP, NOW)) == 2
        desk.purge(ROOM, desk.clock(GP.practice), NOW, referral.reference)
        assert desk.view(ROOM, GP, NOW, referral.reference).referral.purged
        with ROOM.work(desk.clock(GP.practice), NOW) as work:
            assert rotate(work.connection, work.sealer) == 0
            assert audit.verify(work.connection).whole
        engine.records().dispose()
