"""Whatever is sent: a clear answer, the case intact, and never an empty 200."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.conversations.conftest import Talk
from tests.conversations.server import Server

OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"


def types(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["custom"]["type"] for entry in entries]


def well_formed(entries: list[dict[str, Any]], sender: str) -> bool:
    """Tell whether each entry is as the contract says: typed, in words, to whoever asked."""
    return bool(entries) and all(
        entry["recipient_id"] == sender
        and entry["custom"]["type"]
        and entry["custom"]["text"] == entry["text"]
        and entry["text"].strip()
        for entry in entries
    )


def known_case(talk: Talk, sender: str) -> dict[str, Any]:
    """Return what the assistant knows of this sender's patient."""
    entries = talk(sender, "no, she is 49")
    found = [e["custom"] for e in entries if e["custom"]["type"] == "understood"]
    assert found, entries
    return dict(found[-1]["whole_case"])


ODD = {
    "empty": "",
    "blank": " \n\t ",
    "emoji": "🙂🏥💊",
    "html": "<script>alert(1)</script><b>48F</b>",
    "sql": "'; DROP TABLE events; --",
    "template": "{{7*7}} ${jndi:ldap://127.0.0.1/x} %s %n",
    "payload": '/inform{"age": 99}',
    "broken payload": "/inform{age",
    "restart": "/restart",
    "welsh": "Mae gan y claf boen cefn ac nid yw'n gweithio",
    "polish": "Pacjentka nie pracuje od sześciu tygodni",
    "arabic": "المريض لا يعمل منذ ستة أسابيع",
    "control": "\x00\x07\x1b[31m",
    "surrogate": "\ud83d",
    "long word": "a" * 5_000,
    "unknown service": "why not the Intergalactic Work Programme",
    "refer to nothing": "refer to",
    "digits": "1" * 400,
    "brackets": "(" * 2_000,
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_is_answered_and_the_case_stays(talk: Talk, kind: str) -> None:
    sender = f"odd {kind} {uuid4()}"
    talk(sender, OPENING)
    entries = talk(sender, ODD[kind])
    assert well_formed(entries, sender)
    case = known_case(talk, sender)
    assert case["work_status"] == "off_sick" and case["conditions"] == ["back_pain"]
    assert case["age"] == 49


def test_ten_thousand_characters_are_answered(talk: Talk) -> None:
    sender = f"long {uuid4()}"
    talk(sender, OPENING)
    entries = talk(sender, ("the patient told me a long story about the weather. " * 200)[:10_000])
    assert well_formed(entries, sender)
    assert known_case(talk, sender)["conditions"] == ["back_pain"]


SHAPES: dict[str, bytes] = {
    "not json": b"hello",
    "nothing": b"",
    "a list": b"[]",
    "no sender": b'{"message": "48F"}',
    "no message": b'{"sender": "a"}',
    "number": b'{"sender": "a", "message": 48}',
    "metadata": b'{"sender": "a", "message": "48F", "metadata": "gp"}',
    "as_of": b'{"sender": "a", "message": "48F", "metadata": {"as_of": "tomorrow"}}',
    "role": b'{"sender": "a", "message": "48F", "metadata": {"role": "patient"}}',
    "long sender": json.dumps({"sender": "a" * 129, "message": "48F"}).encode(),
    "deep": b"[" * 20_000,
    "not utf-8": b'{"sender": "\xff", "message": "x"}',
}


@pytest.mark.parametrize("kind", SHAPES)
def test_json_of_the_wrong_shape_is_refused(server: Server, kind: str) -> None:
    answer = server.post(SHAPES[kind], headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    [entry] = answer.json()
    assert entry["custom"]["type"] == "error" and entry["custom"]["code"]
    assert entry["custom"]["text"] == entry["text"]


@pytest.mark.parametrize("size", [65 * 1024, 3 * 1024 * 1024])
def test_a_body_that_is_too_long_is_refused(server: Server, size: int) -> None:
    answer = server.post({"sender": "a", "message": "x" * size})
    assert answer.status_code == 413
    assert answer.json()[0]["custom"]["type"] == "error"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(server: Server, method: str) -> None:
    answer = requests.request(method, f"{server.url}/webhooks/rest/webhook", timeout=30)
    assert answer.status_code == 405
    assert answer.json()[0]["custom"]["type"] == "error"


def test_a_page_of_another_website_is_refused(server: Server) -> None:
    body = {"sender": "a", "message": "48F"}
    answer = server.post(body, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
