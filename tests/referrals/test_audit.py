"""The audit trail: any change, deletion, insertion or move of a row is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_cases import NOW, unguarded

from referrals import audit
from referrals.permissions import Actor
from referrals.records.engine import make_engine, migrate, reading, writing
from referrals.records.tables import AUDIT, AUDIT_HEAD

ACTOR = Actor("dr-a", "gp", "Y99999")
ROWS = 6


@pytest.fixture
def record(tmp_path: Path) -> Any:
    engine = make_engine(f"sqlite:///{tmp_path}/referrals.db")
    migrate(engine)
    return engine


def fill(record: Any, rows: int = ROWS) -> None:
    with writing(record) as connection:
        for number in range(rows):
            audit.note(connection, ACTOR, NOW, "see", f"FP-0000000{number % 3}", {"n": number})


def found(record: Any) -> audit.Verified:
    with reading(record) as connection:
        return audit.verify(connection)


def test_an_untouched_trail_is_whole(record: Any) -> None:
    assert found(record) == audit.Verified(0, audit.BEGINNING)
    fill(record)
    assert found(record).whole and found(record).rows == ROWS
    with reading(record) as connection:
        about = list(audit.entries(connection, "FP-00000001"))
        everything = list(audit.entries(connection))
    assert [e.detail["n"] for e in about] == [1, 4]
    assert [e.number for e in everything] == [1, 2, 3, 4, 5, 6]
    assert everything[-1].hash == found(record).latest


def test_a_row_stands_only_with_its_change(record: Any) -> None:
    with pytest.raises(RuntimeError), writing(record) as connection:
        audit.note(connection, ACTOR, NOW, "sign", "FP-00000001")
        raise RuntimeError
    assert found(record).rows == 0


def _changed(column: str, value: Any) -> Any:
    return lambda c, n: c.execute(
        sa.update(AUDIT).where(AUDIT.c.number == n).values({column: value})
    )


def _entry_changed(key: str, value: Any) -> Any:
    def change(connection: Any, n: int) -> None:
        row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == n)).one()
        entry = json.dumps({**json.loads(row.entry), key: value})
        connection.execute(sa.update(AUDIT).where(AUDIT.c.number == n).values(entry=entry))

    return change


def _deleted(connection: Any, n: int) -> None:
    connection.execute(sa.delete(AUDIT).where(AUDIT.c.number == n))


def _cut_off(connection: Any, n: int) -> None:
    connection.execute(sa.delete(AUDIT).where(AUDIT.c.number >= n))


def _swapped(connection: Any, n: int) -> None:
    other = n % ROWS + 1
    for old, new in ((n, 900), (other, n), (900, other)):
        connection.execute(sa.update(AUDIT).where(AUDIT.c.number == old).values(number=new))


def _doubled(connection: Any, n: int) -> None:
    row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == n)).one()
    connection.execute(sa.insert(AUDIT).values(**{**dict(row._mapping), "number": ROWS + 1}))


def _put_before(connection: Any, n: int) -> None:
    row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == n)).one()
    connection.execute(sa.insert(AUDIT).values(**{**dict(row._mapping), "number": 0}))


def _deleted_and_counted_anew(connection: Any, n: int) -> None:
    _deleted(connection, n)
    for number in range(n + 1, ROWS + 1):
        connection.execute(
            sa.update(AUDIT).where(AUDIT.c.number == number).values(number=number - 1)
        )


def _head_gone(connection: Any, n: int) -> None:
    connection.execute(sa.delete(AUDIT_HEAD))


DAMAGE = [
    _changed("hash", "0" * 64),
    _changed("previous", "1" * 64),
    _changed("entry", "{}"),
    _changed("entry", "not json"),
    _changed("subject", "FP-99999999"),
    _entry_changed("actor", "dr-b"),
    _entry_changed("at", "2020-01-01T00:00:00+00:00"),
    _entry_changed("action", "send"),
    _deleted,
    _cut_off,
    _swapped,
    _doubled,
    _put_before,
    _deleted_and_counted_anew,
    _head_gone,
]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("row", [1, 3, ROWS])
def test_any_damage_is_found(record: Any, damage: Any, row: int) -> None:
    fill(record)
    with writing(record) as connection:
        unguarded(connection)
        damage(connection, row)
    assert not found(record).whole
    assert found(record).why


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(1, 5)), st.integers(0, 4))
def test_no_other_order_and_no_gap_passes(tmp_path: Path, order: list[int], kept: int) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/{'-'.join(map(str, order))}-{kept}.db")
    migrate(engine)
    with writing(engine) as connection:
        unguarded(connection)
        connection.execute(sa.delete(AUDIT))
        connection.execute(sa.delete(AUDIT_HEAD))
    fill(engine, 4)
    with writing(engine) as connection:
        rows = {r.number: dict(r._mapping) for r in connection.execute(sa.select(AUDIT))}
        connection.execute(sa.delete(AUDIT))
        for place, number in enumerate(order[:kept], start=1):
            connection.execute(sa.insert(AUDIT).values(**{**rows[number], "number": place}))
    assert found(engine).whole == (list(order[:kept]) == [1, 2, 3, 4])
