"""Purging: what is due when, and that not one byte of the patient is left anywhere afterwards."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk_cases import (
    BY_EMAIL,
    BY_HAND,
    DAY,
    GP,
    LETTER,
    LINK_WORKER,
    MAINTAINER,
    NOW,
    ZEBRA,
    KeepingOutbox,
    a_room,
    opened,
    ready,
)
from record_cases import referral
from referral_cases import packer

from referrals import audit, desk
from referrals.desk import DeskError
from referrals.purging import due
from referrals.records import engine
from referrals.records.sealed_values import sealed_columns
from referrals.records.tables import METADATA
from referrals.sealing import Sealer, new_key, read_keys, sealer
from services_directory.practice import ReferralSettings

ROOM = a_room()
SETTINGS = ReferralSettings()
# Everything typed or said that could lead back to the patient, as it might stand in a file.
IDENTIFIERS = (
    b"Zebra", b"ZEBRA", b"9990000018", b"999 000 0018", b"1978-03-12", b"12 March 1978",
    b"Example Street, Anytown", b"ZZ1 1ZZ", b"07700 900123", b"zebra@example.invalid", b"Urdu",
)  # fmt: skip
SAID = (
    b"low back pain",
    b"Low back pain",
    b"warehouse packer",
    b"lemur keeper",
    b"changed their mind",
)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def bytes_in(var: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in var.iterdir() if file.name != "referrals.key")


def unsealed_with_the_key() -> str:
    """Return everything that the key opens, in every sealed column of every table."""
    found = []
    with engine.reading(engine.records()) as connection:
        for _, columns in sealed_columns():
            for column in columns:
                for value in connection.execute(sa.select(column)).scalars():
                    if value:
                        found.append(sealer()._all.decrypt(value.encode()).decode())
        for table in METADATA.tables.values():
            for row in connection.execute(sa.select(table)):
                found.append(str(tuple(row)))
    return "\n".join(found)


@pytest.mark.parametrize(
    ("changes", "identity_held", "days", "is_due"),
    [
        # Nobody touched it: it goes when its day is over.
        ({}, False, 0, False),
        ({}, False, 1, True),
        # Somebody did, or has yet to sign.
        ({"version": 2}, False, 1, False),
        ({"to_sign": "a GP"}, False, 1, False),
        ({}, True, 1, False),
        ({"version": 2}, False, 13, False),
        ({"version": 2}, False, 14, True),
        ({"to_sign": "a GP"}, False, 14, True),
        # From the final state.
        ({"state": "completed"}, True, 29, False),
        ({"state": "completed"}, True, 30, True),
        ({"state": "declined"}, True, 30, True),
        ({"state": "withdrawn"}, False, 30, True),
        # Everything else up to the cap.
        ({"state": "sent"}, True, 179, False),
        ({"state": "sent"}, True, 180, True),
        ({"state": "consented"}, True, 180, True),
        ({"state": "attached"}, True, 180, True),
        ({"state": "failed"}, True, 180, True),
        ({"state": "completed", "purged_at": NOW}, False, 400, False),
    ],
)
def test_what_is_due_when(changes, identity_held, days, is_due) -> None:
    found = due(referral(**changes), identity_held, SETTINGS, NOW + timedelta(days=days))
    assert (found is not None) is is_due


def test_the_time_runs_from_the_final_state_and_not_from_the_first_day() -> None:
    ended = referral(state="completed", opened_at=NOW, state_since=NOW + 100 * DAY)
    assert due(ended, True, SETTINGS, NOW + 120 * DAY) is None
    assert due(ended, True, SETTINGS, NOW + 130 * DAY)


def test_nothing_is_kept_beyond_the_cap_however_late_it_ended() -> None:
    ended = referral(state="declined", opened_at=NOW, state_since=NOW + 175 * DAY)
    assert due(ended, True, SETTINGS, NOW + 179 * DAY) is None
    assert due(ended, True, SETTINGS, NOW + 180 * DAY)


def a_whole_life(now=NOW) -> str:
    """Return a referral that went through everything that keeps something of the patient."""
    room = a_room(KeepingOutbox())
    about = packer(occupation="lemur keeper")
    found = ready(room, BY_EMAIL, now=now, about=about)
    reference = found.reference
    desk.edit_field(
        room, GP, now, reference, "goal", "Zebra wants mornings at 1 Example Street, Anytown"
    )
    desk.set_identity(room, GP, now, reference, replace(ZEBRA, phone="07700 900124"))
    desk.set_identity(room, GP, now, reference, ZEBRA)
    desk.sign(room, GP, now, reference)
    desk.mark_ready(room, GP, now, reference)
    desk.send(room, GP, now, reference)
    desk.reveal_identity(room, GP, now, reference)
    desk.withdraw_consent(room, GP, now, reference, "Test Zebra changed their mind")
    return reference


def test_after_purge_no_byte_of_the_patient_is_left(var, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    reference = a_whole_life()
    assert any(i.decode() in unsealed_with_the_key() for i in IDENTIFIERS), "there was something"
    done = desk.purge(ROOM, MAINTAINER, NOW + 31 * DAY)
    assert (done.emptied, done.removed, done.forgotten) == (1, 0, True)
    left = bytes_in(var)
    opened_again = unsealed_with_the_key()
    for mark in (*IDENTIFIERS, *SAID):
        assert mark not in left
        assert mark.decode() not in opened_again, mark
        assert mark.decode() not in caplog.text
    view = desk.view(ROOM, GP, NOW + 31 * DAY, reference)
    assert view.referral.purged and view.referral.fields == ()
    assert [s.to_state for s in view.history][-1] == "withdrawn"
    assert reference in left.decode("latin-1"), "the reference stays"


def test_before_purge_the_files_show_nothing_without_the_key(var, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    a_whole_life()
    left = bytes_in(var)
    for mark in (*IDENTIFIERS, *SAID):
        assert mark not in left
        assert mark.decode() not in caplog.text


def test_sealed_values_that_were_replaced_or_deleted_are_gone_as_well(var) -> None:
    """Not even as ciphertext: whoever found the key later would open it."""
    reference = a_whole_life()
    with sqlite3.connect(var / "referrals.db") as raw:
        sealed = [row[0] for row in raw.execute("select value from identity")]
        sealed += [row[0] for row in raw.execute("select about from referral")]
    assert sealed and all(s.encode() in bytes_in(var) for s in sealed)
    desk.purge(ROOM, MAINTAINER, NOW, reference)
    assert not any(s.encode()[:64] in bytes_in(var) for s in sealed)
    assert b"gAAAAA" not in bytes_in(var), "no token of any value is left"


def test_what_a_reader_held_up_is_forgotten_the_next_time(var, monkeypatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    reference = a_whole_life()
    with sqlite3.connect(var / "referrals.db", isolation_level=None) as reader:
        reader.execute("begin")
        (about,) = reader.execute("select about from referral").fetchone()
        done = desk.purge(ROOM, MAINTAINER, NOW, reference)
        assert (done.emptied, done.forgotten) == (1, False)
        assert about.encode()[:64] in bytes_in(var), "a reader still sees it"
        assert not desk.purge(ROOM, MAINTAINER, NOW).forgotten
    reader.close()
    assert desk.purge(ROOM, MAINTAINER, NOW) == desk.Purged()
    assert b"gAAAAA" not in bytes_in(var)
    assert not list(var.glob("*.unforgotten"))


def test_a_draft_that_nobody_touched_goes_altogether(var) -> None:
    reference = opened(ROOM, about=packer(occupation="lemur keeper")).reference
    assert desk.purge(ROOM, desk.clock("Y99999"), NOW).removed == 0
    assert desk.purge(ROOM, desk.clock("Y99999"), NOW + DAY, dry_run=True).removed == 1
    assert desk.purge(ROOM, desk.clock("Y99999"), NOW + DAY) == desk.Purged(0, 1, True)
    with pytest.raises(DeskError, match="no referral with this reference"):
        desk.view(ROOM, GP, NOW, reference)
    assert b"gAAAAA" not in bytes_in(var)


def test_one_to_be_signed_waits_for_the_gp() -> None:
    reference = opened(ROOM, actor=LINK_WORKER).reference
    assert desk.purge(ROOM, MAINTAINER, NOW + 2 * DAY) == desk.Purged()
    desk.sign(ROOM, GP, NOW + 2 * DAY, reference)


def test_an_identity_goes_with_the_last_referral_that_needs_it() -> None:
    one = opened(ROOM)
    two = opened(ROOM, LETTER, consultation_id=one.consultation_id)
    desk.set_identity(ROOM, GP, NOW, one.reference, ZEBRA)
    desk.purge(ROOM, MAINTAINER, NOW, one.reference)
    assert desk.reveal_name(ROOM, GP, NOW, two.reference) == "Test Zebra"
    desk.purge(ROOM, MAINTAINER, NOW, two.reference)
    assert "Zebra" not in unsealed_with_the_key()


def test_what_is_on_its_way_is_closed_and_taken_back_first() -> None:
    outbox = KeepingOutbox()
    room = a_room(outbox)
    reference = ready(room).reference
    desk.send(room, GP, NOW, reference)
    desk.purge(room, MAINTAINER, NOW + 180 * DAY)
    assert outbox.cancelled == [reference]
    view = desk.view(room, GP, NOW + 180 * DAY, reference)
    assert (view.referral.state, view.history[-1].party) == ("withdrawn", "clock")


def test_nothing_is_done_to_what_was_purged() -> None:
    reference = ready(ROOM, BY_HAND).reference
    desk.purge(ROOM, MAINTAINER, NOW, reference)
    for call in (desk.sign, desk.mark_ready, desk.reveal_name, desk.withdraw, desk.papers):
        with pytest.raises(DeskError) as told:
            call(ROOM, GP, NOW, reference)
        assert told.value.code == "purged"


def test_who_may_not_purge_deletes_nothing() -> None:
    reference = opened(ROOM).reference
    with pytest.raises(DeskError):
        desk.purge(ROOM, GP, NOW + 400 * DAY)
    assert desk.view(ROOM, GP, NOW, reference).referral.fields


def test_the_audit_trail_outlives_it_and_tells_nothing() -> None:
    reference = a_whole_life()
    desk.purge(ROOM, MAINTAINER, NOW + 31 * DAY)
    with engine.reading(engine.records()) as connection:
        assert audit.verify(connection).whole
        rows = list(audit.entries(connection, reference))
    assert rows[-1].action == "purge"
    told = " ".join(str(row) for row in rows)
    for mark in (*IDENTIFIERS, *SAID):
        assert mark.decode() not in told


def test_keys_are_exchanged_and_the_old_one_opens_nothing(monkeypatch) -> None:
    from referrals.records.rotating import rotate

    old, new = new_key(), new_key()
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", old)
    reference = a_whole_life()
    again = opened(ROOM).reference
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", f"{new},{old}")
    with ROOM.work(MAINTAINER, NOW) as work:
        assert rotate(work.connection, work.sealer) > 20
        assert rotate(work.connection, work.sealer) == 0
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", new)
    assert desk.reveal_identity(ROOM, GP, NOW, reference) == ZEBRA
    assert desk.set_identity(ROOM, GP, NOW, again, ZEBRA).duplicates == (), "withdrawn: none"
    third = opened(ROOM).reference
    found = desk.set_identity(ROOM, GP, NOW, third, ZEBRA).duplicates
    assert [r.reference for r in found] == [again], "still recognised after the exchange"
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", old)
    with pytest.raises(DeskError) as told:
        desk.view(ROOM, GP, NOW, reference)
    assert told.value.code == "no_key"
    assert Sealer(read_keys(old)).marks("x") != Sealer(read_keys(new)).marks("x")
