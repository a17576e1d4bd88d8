"""The server as a whole: health, pages, dates, patients kept apart, and how it stops."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.conversations.conftest import Talk
from tests.conversations.server import ROOT, Server, start

OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"


def of_type(entries: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [entry["custom"] for entry in entries if entry["custom"]["type"] == kind]


def recommended(talk: Talk, sender: str, text: str, as_of: str | None = None) -> dict[str, Any]:
    """Say something and answer "don't know" until there are recommendations."""
    for _ in range(8):
        entries = talk(sender, text, as_of=as_of)
        if found := of_type(entries, "recommendations"):
            return found[-1]
        text = "don't know"
    raise AssertionError("no recommendations came")


def test_health_names_the_model_and_the_directory(server: Server) -> None:
    answer = requests.get(f"{server.url}/health", timeout=10)
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok" and body["model"]
    assert body["directory"]["services"] > 50
    assert body["directory"]["as_of"] == date.today().isoformat()
    assert re.fullmatch(r"(rehearsal-)?[0-9a-f]{12}", body["directory"]["revision"])


def test_every_answer_carries_the_security_headers(server: Server) -> None:
    for path in (
        "/",
        "/health",
        "/static/fingerpost.css",
        "/nowhere",
    ):
        headers = requests.get(f"{server.url}{path}", timeout=10).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Cache-Control"] == "no-store", path
        assert "Access-Control-Allow-Origin" not in headers, path


def test_what_is_not_there_is_not_found(server: Server) -> None:
    for path in ("/nowhere", "/static/pages.py", "/static/..%2fsettings.py", "/documents/a/b.txt"):
        assert requests.get(f"{server.url}{path}", timeout=10).status_code == 404, path


def test_a_conversation_keeps_its_date(talk: Talk) -> None:
    sender = f"dated {uuid4()}"
    first = recommended(talk, sender, OPENING, as_of="2024-02-01")
    assert first["as_of"] == "2024-02-01"
    assert recommended(talk, sender, "she is 49")["as_of"] == "2024-02-01"
    other = recommended(talk, f"undated {uuid4()}", OPENING)
    assert other["as_of"] == date.today().isoformat()


def test_a_new_patient_knows_nothing_of_the_one_before(talk: Talk) -> None:
    sender = f"two patients {uuid4()}"
    talk(sender, OPENING)
    talk(sender, "new patient")
    entries = talk(sender, "30 year old, unemployed")
    case = of_type(entries, "understood")[-1]["whole_case"]
    assert case["age"] == 30
    assert not {"conditions", "occupation", "area", "absence_weeks"} & set(case)
    assert "packer" not in str(talk(sender, "summary"))
    assert "packer" not in str(talk(sender, "undo"))


def test_two_senders_do_not_meet(talk: Talk) -> None:
    one, two = f"one {uuid4()}", f"two {uuid4()}"
    talk(one, OPENING)
    case = of_type(talk(two, "30M unemployed"), "understood")[-1]["whole_case"]
    assert "conditions" not in case
    assert case["age"] == 30


def test_a_burst_of_one_sender_is_answered_in_full(talk: Talk) -> None:
    sender = f"burst {uuid4()}"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: talk(sender, f"age {20 + n}"), range(8)))
    assert all(answers)


def test_a_second_server_on_the_port_is_told_so_at_once(server: Server) -> None:
    again = subprocess.run(
        [sys.executable, "-m", "cli.main", "up", "--port", str(server.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert again.returncode == 1
    [line] = again.stderr.strip().splitlines()
    assert f"port {server.port} is taken" in line


@pytest.mark.slow
def test_it_says_starting_then_answers_then_stops_at_ctrl_c(tmp_path: Path) -> None:
    fresh = start(tmp_path)
    statuses: set[int] = set()
    codes: set[str] = set()
    while 200 not in statuses:
        assert fresh.process.poll() is None, fresh.log
        try:
            statuses.add(requests.get(f"{fresh.url}/health", timeout=30).status_code)
            if 200 not in statuses:
                body = fresh.post({"sender": "a", "message": "48F"})
                codes.add(body.json()[0]["custom"].get("code", ""))
        except requests.ConnectionError:
            continue
    assert statuses == {503, 200}
    assert "starting" in codes
    assert fresh.stop(signal.SIGINT) == 0
    assert "Traceback" not in fresh.log
    assert f"answers at {fresh.url}/" in fresh.log


@pytest.mark.slow
def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    bare = start(tmp_path, FINGERPOST_MODEL=str(tmp_path / "none"))
    assert bare.process.wait(timeout=60) == 1
    assert "there is no trained model; `make train` makes one." in bare.log
    assert "Traceback" not in bare.log


@pytest.mark.slow
def test_chat_talks_in_the_terminal(server: Server, tmp_path: Path) -> None:
    chat = subprocess.run(
        [sys.executable, "-m", "cli.main", "chat", "--as-of", "2024-02-01"],
        cwd=ROOT,
        env={"FINGERPOST_VAR": str(tmp_path), "PATH": ""},
        input=f"{OPENING}\n\nsummary\n",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert chat.returncode == 0, chat.stderr
    assert "invented patients only" in chat.stdout
    assert "Understood" in chat.stdout
    assert "packer" not in chat.stderr


def test_purge_without_conversations_says_so(tmp_path: Path) -> None:
    purge = subprocess.run(
        [sys.executable, "-m", "cli.main", "purge"],
        cwd=ROOT,
        env={"FINGERPOST_VAR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (purge.returncode, purge.stdout) == (0, "There are no conversations.\n")
