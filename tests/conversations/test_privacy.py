"""Nothing that names a patient is kept or logged, and nothing leaves this machine."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from tests.conversations.conftest import Talk
from tests.conversations.server import ROOT, Server, loopback_only, start

IDENTIFIERS = {
    "name": "Philippa Throckmorton",
    "nhs_number": "943 476 5919",
    "phone": "07700 900123",
    "email": "pippa.throck@example.com",
    "date_of_birth": "03/04/1978",
}
TYPED = (
    f"Mrs {IDENTIFIERS['name']}, DOB {IDENTIFIERS['date_of_birth']}, NHS no "
    f"{IDENTIFIERS['nhs_number']}, tel {IDENTIFIERS['phone']}, email {IDENTIFIERS['email']}, "
    "warehouse packer in Ashton, off sick 6 wks w low back pain"
)
SENDER = "Dr Zebedee Quillfeather"


def test_identifiers_reach_no_file_and_no_answer(server: Server, talk: Talk) -> None:
    entries = talk(SENDER, TYPED)
    told = [e["custom"] for e in entries if e["custom"].get("topic") == "limits"]
    assert told and "NHS number" in told[0]["text"]
    shown = str([entry["custom"] for entry in entries])
    kept = server.bytes_kept().decode("utf-8", "replace")
    for kind, value in IDENTIFIERS.items():
        for part in {value, value.replace(" ", "")}:
            assert part not in kept, kind
            assert part not in shown, kind
    assert "Throckmorton" not in kept and "Quillfeather" not in kept


def test_the_log_holds_no_word_of_a_conversation(server: Server, talk: Talk) -> None:
    sender = f"logged {uuid4()}"
    for text in (TYPED, "/inform{broken", "why not the zeugma programme", "refer to zeugma", ""):
        talk(sender, text)
    for word in ("packer", "Ashton", "zeugma", "back pain", "broken"):
        assert word not in server.log


def test_nothing_is_called_beyond_this_machine(server: Server, talk: Talk) -> None:
    talk(f"caller {uuid4()}", TYPED)
    assert loopback_only(server.calls), [c for c in server.calls if not loopback_only([c])]


def test_the_end_of_the_day_leaves_no_byte(server: Server, tmp_path: Path) -> None:
    """A server of its own, so that the others' conversations stay."""
    own = start(tmp_path)
    try:
        own.wait()
        for number in range(3):
            own.say(f"s{number}", "48F xylophone tuner in Ashton, off sick 6 wks, low back pain")
        assert b"xylophone" in own.bytes_kept()
        purge = subprocess.run(
            [sys.executable, "-m", "cli.main", "purge", "--now"],
            cwd=ROOT,
            env={"FINGERPOST_VAR": str(tmp_path), "PATH": ""},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert purge.returncode == 0 and "Deleted 3 conversations." in purge.stdout, purge.stderr
        assert b"xylophone" not in own.bytes_kept()
        # The server goes on, with a clean sheet.
        assert "back pain" not in str(own.say("s0", "summary"))
        with sqlite3.connect(tmp_path / "counts.db") as counts:
            rows = counts.execute(
                "SELECT age_band, work_status FROM consultation_counts"
            ).fetchall()
        assert rows == [("25-49", "off_sick")] * 3
    finally:
        own.stop(signal.SIGINT)


def test_yesterday_is_deleted_at_start_up(server: Server, tmp_path: Path) -> None:
    server.say(f"old {uuid4()}", "48F xylophone tuner, off sick 6 wks")
    with sqlite3.connect(server.var / "conversations.db") as live:
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(server.var / "conversations.db", tmp_path)
    with sqlite3.connect(tmp_path / "conversations.db") as old:
        old.execute("UPDATE events SET timestamp = timestamp - 90000")
    assert b"xylophone" in (tmp_path / "conversations.db").read_bytes()
    own = start(tmp_path)
    try:
        own.wait()
        assert b"xylophone" not in own.bytes_kept()
    finally:
        own.stop(signal.SIGTERM)
    assert "was destroyed" not in own.log
