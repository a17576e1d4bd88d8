"""`fingerpost referrals` and `fingerpost audit`: what each verb prints, in which role, and its exit code."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from desk_cases import GP, NOW, ZEBRA
from record_cases import unguarded
from referral_cases import IN_2024, PRACTICE, SAID, packer

from cli.main import main
from referrals import desk
from referrals.desk import Room
from referrals.draft import Draft, build_draft
from referrals.permissions import Actor
from referrals.records import colleagues, engine
from referrals.records.tables import AUDIT
from services_directory.loading import directory

ROOT = Path(__file__).resolve().parents[2]
SERVICE = "working-well-ips-primary-care"


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def reference() -> str:
    """A form of a shipped service, as it was open in 2024, with a name held."""
    room = Room(directory().services, PRACTICE)
    actor = Actor(GP.id, "gp", PRACTICE.ods_code)
    made = build_draft(room.services[SERVICE], packer(), SAID, PRACTICE, IN_2024, "gp")
    assert isinstance(made, Draft)
    found = desk.open_referral(room, actor, NOW, made, packer(), SAID, IN_2024).reference
    desk.set_identity(room, actor, NOW, found, ZEBRA)
    return found


def said(capsys: Any, *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_list_and_its_json_name_no_patient(reference, capsys) -> None:
    text = said(capsys, "referrals", "list")
    assert reference in text and "draft, not sent" in text and "1 referral" in text
    (row,) = json.loads(said(capsys, "referrals", "list", "--json"))
    assert (row["reference"], row["state"], row["identity_held"]) == (reference, "draft", True)
    assert said(capsys, "referrals", "list", "--state", "sent").strip().endswith("0 referrals")
    with engine.writing(engine.records()) as connection:
        colleagues.seen(connection, Actor(GP.id, "gp", PRACTICE.ods_code), "Dr Ada", NOW)
    assert GP.id in text and "Dr Ada" in said(capsys, "referrals", "list")
    for told in (text, json.dumps(row)):
        assert "Zebra" not in told and "ack pain" not in told
    assert "may not do this" in said(capsys, "referrals", "list", "--role", "maintainer", code=1)


def test_show_tells_of_the_patient_in_a_clinical_role_only(reference, capsys) -> None:
    assert "Low back pain" in said(capsys, "referrals", "show", reference, "--role", "gp")
    text = said(capsys, "referrals", "show", reference.lower())
    assert "Low back pain" not in text and "not shown to your role" in text
    found = json.loads(said(capsys, "referrals", "show", reference, "--json", "--role", "nurse"))
    assert found["state"] == "draft" and found["history"][0]["state"] == "draft"
    assert {b["code"] for b in found["blockers"]} >= {"no_consent", "unsigned"}
    assert "There is no referral" in said(capsys, "referrals", "show", "FP-00000000", code=1)


def test_withdraw_and_export(reference, capsys) -> None:
    refused = said(capsys, "referrals", "withdraw", reference, "--role", "reception", code=1)
    assert "may not do this" in refused
    words = ("referrals", "withdraw", reference, "--role", "gp", "--reason", "changed plan")
    assert "is withdrawn" in said(capsys, *words)
    assert said(capsys, "referrals", "list").strip().endswith("0 referrals")
    head, row = said(capsys, "referrals", "export").splitlines()
    assert head.startswith("reference,") and row.startswith(f"{reference},{SERVICE}")
    (found,) = json.loads(said(capsys, "referrals", "export", "--json"))
    assert [step["state"] for step in found["history"]] == ["draft", "withdrawn"]


def test_purge_counts_first_and_deletes_one_at_once(reference, capsys, var) -> None:
    assert "Would delete 0 drafts" in said(capsys, "referrals", "purge", "--dry-run")
    assert "belong together" in said(capsys, "referrals", "purge", reference, code=2)
    done = json.loads(said(capsys, "referrals", "purge", reference, "--now", "--json"))
    assert done == {"emptied": 1, "removed": 0, "forgotten": True}
    assert b"gAAAAA" not in (var / "referrals.db").read_bytes()


def test_migrate_and_a_new_key(capsys) -> None:
    assert "brought from nothing" in said(capsys, "referrals", "migrate")
    assert "are up to date" in said(capsys, "referrals", "migrate")
    key = said(capsys, "referrals", "rotate-key", "--new").strip()
    assert len(key) == 44


def test_rotate_key(reference, capsys, monkeypatch, var) -> None:
    new = said(capsys, "referrals", "rotate-key", "--new").strip()
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", f"{new},{(var / 'referrals.key').read_text()}")
    assert "Sealed 0 values" not in said(capsys, "referrals", "rotate-key")
    monkeypatch.setenv("FINGERPOST_REFERRALS_KEY", new)
    assert "Low back pain" in said(capsys, "referrals", "show", reference, "--role", "gp")
    assert "is whole" in said(capsys, "audit", "verify")


def test_audit_verify(reference, capsys) -> None:
    noted = json.loads(said(capsys, "audit", "verify", "--json"))
    assert noted["whole"] and noted["rows"] == 2
    said(capsys, "referrals", "show", reference)
    assert "3 rows" in said(capsys, "audit", "verify", "--expect", noted["latest"])
    assert "not the same trail" in said(capsys, "audit", "verify", "--expect", "0" * 64, code=1)
    with engine.writing(engine.records()) as connection:
        unguarded(connection)
        connection.execute(sa.delete(AUDIT).where(AUDIT.c.number == 2))
    assert "broken at row 2: a row is missing" in said(capsys, "audit", "verify", code=1)


def test_send_says_what_is_missing_where_nobody_can_be_asked(reference, capsys) -> None:
    text = said(capsys, "referrals", "send", reference, "--role", "gp", code=1)
    assert text.startswith("Not sent.") and "Zebra" not in text


def test_send_asks_step_by_step_at_a_terminal(reference, var) -> None:
    """It goes by hand: paste, check, read aloud, sign, recorded as sent."""
    room = Room(directory().services, PRACTICE)
    actor = Actor(GP.id, "gp", PRACTICE.ods_code)
    desk.forget_identity(room, actor, NOW, reference)
    pasted = "ZEBRA, Test (Mrs) Born 12-Mar-1978 Gender Female NHS No. 999 000 0018"
    us, them = pty.openpty()
    words = ["referrals", "send", reference, "--role", "gp", "--checked", "--by-hand"]
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        stdin=them,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "FINGERPOST_VAR": str(var)},
    )
    os.close(them)
    os.write(us, f"{pasted}\ny\ny\ny\n".encode())
    text, _ = process.communicate(timeout=60)
    os.close(us)
    assert process.returncode == 0, text
    assert "nhs number: 9990000018" in text and "Read aloud:" in text
    assert "Recorded: sent by hand." in text
    view = desk.view(room, actor, NOW, reference)
    assert view.referral.state == "sent" and view.consent.recorded_role == "gp"
