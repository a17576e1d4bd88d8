"""The record: its tables and their written-down changes agree, and rows come back as they went in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from record_cases import NOW, referral

from referrals import audit
from referrals.model import Consent, StateChange
from referrals.permissions import Actor
from referrals.records import engine as opened
from referrals.records import history, identities, referrals
from referrals.records.engine import migrate, reading, records, writing
from referrals.records.sealed_values import any_sealed, sealed_columns
from referrals.records.tables import METADATA, VERSION_TABLE
from referrals.sealing import Sealer, new_key, read_keys
from tests.engines import running_postgres

SEALER = Sealer(read_keys(new_key()))


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)], scope="module"
)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An engine with its tables."""
    if request.param == "sqlite":
        engine = opened.make_engine(f"sqlite:///{tmp_path_factory.mktemp('record')}/referrals.db")
        migrate(engine)
        yield engine
        return
    with running_postgres() as server:
        engine = opened.make_engine(server.url)
        migrate(engine)
        yield engine
        engine.dispose()


def test_the_changes_make_the_tables(record: Any) -> None:
    with reading(record) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        found = compare_metadata(context, METADATA)
    assert [d for d in found if "events" not in str(d)] == []
    assert migrate(record)[0] == migrate(record)[1]


@pytest.mark.parametrize("change", ["update audit set entry = '{}'", "delete from audit"])
def test_the_database_itself_keeps_the_audit_trail(record: Any, change: str) -> None:
    with writing(record) as connection:
        audit.note(connection, Actor("dr-a", "gp", "Y99999"), NOW, "view", "FP-00000001")
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), writing(record) as connection:
        connection.execute(sa.text(change))
    with reading(record) as connection:
        assert audit.verify(connection).whole


def test_what_was_there_before_is_dropped(tmp_path: Any) -> None:
    engine = opened.make_engine(f"sqlite:///{tmp_path}/referrals.db")
    with writing(engine) as connection:
        connection.execute(sa.text("create table drafts (message text)"))
        connection.execute(sa.text("insert into drafts values ('an unsealed zebra keeper')"))
    assert migrate(engine)[0] == ""
    opened.forget_deleted(engine)
    assert b"zebra" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


def test_a_referral_comes_back_as_it_went_in(record: Any) -> None:
    kept = referral()
    with writing(record) as connection:
        referrals.insert(connection, SEALER, kept)
    with reading(record) as connection:
        assert referrals.get(connection, SEALER, kept.reference) == kept
        assert referrals.get(connection, SEALER, "FP-00000000") is None
    with pytest.raises(referrals.ReferenceTaken), writing(record) as connection:
        referrals.insert(connection, SEALER, kept)


def test_whether_anything_is_sealed(record: Any) -> None:
    with writing(record) as connection:
        for table, _ in sealed_columns():
            connection.execute(sa.delete(table))
        assert not any_sealed(connection)
        referrals.insert(connection, SEALER, referral("FP-00000009"))
        assert any_sealed(connection)


def test_of_two_who_change_it_the_second_is_told(record: Any) -> None:
    kept = referral("FP-00000001")
    with writing(record) as connection:
        referrals.insert(connection, SEALER, kept)
        after = referrals.save(connection, SEALER, replace(kept, owner="dr-c"))
    assert (after.version, after.owner) == (2, "dr-c")
    with pytest.raises(referrals.ChangedMeanwhile), writing(record) as connection:
        referrals.save(connection, SEALER, replace(kept, owner="dr-d"))
    with reading(record) as connection:
        assert referrals.get(connection, SEALER, kept.reference) == after


def test_history_and_consent_come_back(record: Any) -> None:
    kept = referral("FP-00000002")
    change = StateChange(NOW, None, "draft", "practice", "dr-a", "gp", "because")
    consent = Consent(NOW, "dr-a", "gp", "I will send it", "verbal", "attorney", "LPA", True)
    later = NOW + timedelta(days=1)
    with writing(record) as connection:
        referrals.insert(connection, SEALER, kept)
        history.add_change(connection, SEALER, kept.reference, change)
        history.add_consent(connection, SEALER, kept.reference, consent)
        assert history.withdraw_consents(connection, kept.reference, later, "dr-b") == 1
        assert history.withdraw_consents(connection, kept.reference, later, "dr-b") == 0
    with reading(record) as connection:
        assert history.changes(connection, SEALER, kept.reference) == (change,)
        (found,) = history.consents(connection, SEALER, kept.reference)
        assert found == replace(consent, withdrawn_at=later, withdrawn_by="dr-b")
        assert not found.stands


def test_a_patient_is_recognised_and_not_read(record: Any) -> None:
    with writing(record) as connection:
        identities.keep(connection, SEALER, "c7", {"name": "Test Zebra"}, ("9990000018",))
        assert identities.get(connection, SEALER, "c7") == {"name": "Test Zebra"}
        assert identities.sharing(connection, SEALER, ("9990000018",)) == {"c7"}
        assert identities.sharing(connection, SEALER, ("9990000026",)) == frozenset()
        assert identities.held(connection, ("c7", "c8")) == {"c7"}
        identities.forget(connection, "c7")
        assert identities.get(connection, SEALER, "c7") == {}


def test_many_at_the_same_time_take_their_turns(record: Any) -> None:
    """Each writes its referral and its row in the audit trail: none is lost, and the trail is whole."""
    actor = Actor("dr-a", "gp", "Y99999")

    def write(number: int) -> None:
        reference = f"FP-{number:08d}"
        with writing(record) as connection:
            referrals.insert(connection, SEALER, referral(reference, consultation_id="many"))
            audit.note(connection, actor, NOW, "open", reference)

    with reading(record) as connection:
        before = audit.verify(connection).rows
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100, 148)))
    with reading(record) as connection:
        found = audit.verify(connection)
        assert found.whole and found.rows - before == 48
        assert len(referrals.of_consultation(connection, "many")) == 48


def test_the_files_are_their_owners_alone(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    with writing(records()) as connection:
        referrals.insert(connection, SEALER, referral())
    folder = tmp_path / "var"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


def test_a_file_deleted_while_we_run_is_made_again(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    records()
    for file in tmp_path.iterdir():
        file.unlink()
    with writing(records()) as connection:
        referrals.insert(connection, SEALER, referral())


def test_a_time_needs_its_zone(record: Any) -> None:
    with pytest.raises(sa.exc.StatementError), writing(record) as connection:
        referrals.insert(
            connection, SEALER, referral("FP-00000003", opened_at=datetime(2026, 1, 1))
        )
