"""What the channel does to a message before Rasa sees it, and to an answer after."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.conversation import (
    Conversations,
    MetadataError,
    checked_metadata,
    clean,
    dates_allowed,
    failed,
    readable,
    removed_message,
    sender_key,
    stored_sender,
)
from bot.channels.rest import ShapeError, parse
from bot.settings import Settings, is_loopback, settings


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  48F packer ", "48F packer"),
        ('/inform{"age": 3}', 'inform{"age": 3}'),
        ("///restart", "restart"),
        ("3/12", "3/12"),
        ("a\x00b\x1bc", "a b c"),
        ("line\nline", "line\nline"),
        ("\ud800", "?"),
        ("🙂", "🙂"),
    ],
)
def test_text_is_cleaned(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_no_word_is_too_long_to_read() -> None:
    assert readable("(" * 250) == f"{'(' * 100} {'(' * 100} {'(' * 50}"
    assert readable("48F " + "a" * 100 + " packer") == "48F " + "a" * 100 + " packer"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"sender": "a"}',
        b'{"message": "a"}',
        b'{"sender": 1, "message": "a"}',
        b'{"sender": "", "message": "a"}',
        b'{"sender": "a", "message": 1}',
        b'{"sender": "a", "message": ["a"]}',
        b'{"sender": "a", "message": null}',
        b'{"sender": "a", "message": "a", "metadata": []}',
        b'{"sender": "a", "message": "a", "metadata": "x"}',
        json.dumps({"sender": "a" * 129, "message": "a"}).encode(),
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_request_of_the_wrong_shape_is_refused(body: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(body)


def test_only_known_metadata_passes() -> None:
    given = {"as_of": "2024-02-01", "role": "GP", "name": "Ann Smith", "as_of_allowed": False}
    assert checked_metadata(given, dates=True) == {
        "as_of": "2024-02-01",
        "as_of_allowed": True,
        "role": "gp",
    }
    assert checked_metadata(given, dates=False) == {"role": "gp"}
    assert checked_metadata(None, dates=False) == {}


@pytest.mark.parametrize(
    "wrong", [{"as_of": "1 Feb"}, {"as_of": 20240201}, {"role": "patient"}, {"role": ["gp"]}]
)
def test_wrong_metadata_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(MetadataError):
        checked_metadata(wrong, dates=True)


def test_a_date_that_does_not_count_is_not_even_read() -> None:
    assert checked_metadata({"as_of": "1 Feb"}, dates=False) == {}


LIVE = """
name: Fernbank Surgery
ods_code: Y99999
address: 1 Example Street
reply_address: fernbank@example.invalid
safety_pathway: Tell the duty doctor.
governance:
  data_controller: Fernbank Surgery
  dpia_reference: DPIA-1
  safety_case_version: "1.0"
  clinical_safety_officer: {role: GP partner, date: 2026-11-01}
"""


@pytest.mark.parametrize(
    ("host", "live", "setting", "allowed"),
    [
        ("127.0.0.1", False, {}, True),
        ("0.0.0.0", False, {}, False),
        ("127.0.0.1", True, {}, False),
        ("0.0.0.0", True, {"FINGERPOST_ALLOW_AS_OF": "1"}, True),
    ],
)
def test_who_may_set_the_date(
    host: str,
    live: bool,
    setting: dict[str, str],
    allowed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if live:
        (tmp_path / "practice.yml").write_text(LIVE, encoding="utf-8")
        monkeypatch.setenv("FINGERPOST_PRACTICE", str(tmp_path / "practice.yml"))
    assert dates_allowed(settings(host, environ=setting)) is allowed


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("evil.example", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_sender_is_stored_as_a_keyed_hash(tmp_path: Path) -> None:
    key = sender_key(tmp_path / "deep" / "sender.key")
    assert key == sender_key(tmp_path / "deep" / "sender.key") and len(key) == 32
    assert (tmp_path / "deep" / "sender.key").stat().st_mode & 0o077 == 0
    kept = stored_sender("Dr Ann Smith", key)
    assert len(kept) == 32 and kept == stored_sender("Dr Ann Smith", key)
    assert kept != stored_sender("Dr Ann Smith", b"another key")


def test_what_was_removed_is_told_by_kind() -> None:
    told = removed_message(["name", "nhs_number", "phone"])
    assert told["type"] == "info" and told["topic"] == "limits"
    assert "a name, an NHS number and a phone number" in told["text"]


@pytest.fixture
def found(tmp_path: Path) -> Settings:
    return settings(environ={"FINGERPOST_VAR": str(tmp_path)})


async def answers(message: UserMessage, *typed: dict[str, Any]) -> None:
    for one in typed:
        await message.output_channel.send_response(
            message.sender_id, {"text": one["text"], "custom": one, "image": None}
        )


async def test_rasa_never_sees_an_identifier_or_the_sender(found: Settings) -> None:
    seen: list[UserMessage] = []

    async def rasa(message: UserMessage) -> None:
        seen.append(message)
        await answers(
            message,
            {"type": "safety", "text": "First."},
            {"type": "understood", "text": "One.\n\nTwo."},
        )

    conversations = Conversations(found, rasa, "rest")
    got = await conversations.say("Dr Ann", "48F, NHS no 943 476 5919, ann@example.com", {})
    assert "943" not in seen[0].text and "example.com" not in seen[0].text
    assert "Ann" not in seen[0].sender_id
    assert [entry["custom"]["type"] for entry in got] == ["safety", "info", "understood"]
    assert got[2]["text"] == "One.\n\nTwo."


async def test_an_empty_message_is_answered_without_rasa(found: Settings) -> None:
    async def rasa(message: UserMessage) -> None:
        raise AssertionError

    for nothing in ("", "  ", "\x00", "//"):
        [entry] = await Conversations(found, rasa, "rest").say("a", nothing, {})
        assert entry["custom"]["code"] == "empty"


async def test_a_failure_is_told_and_logged_without_words(
    found: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async def rasa(message: UserMessage) -> None:
        raise ValueError(f"cannot read {message.text}")

    got = await Conversations(found, rasa, "rest").say("a", "a packer in Ashton", {})
    assert failed(got)
    assert "ValueError in rasa" in caplog.text and "packer" not in caplog.text


async def test_saying_nothing_back_is_a_failure(found: Settings) -> None:
    async def rasa(message: UserMessage) -> None:
        pass

    assert failed(await Conversations(found, rasa, "rest").say("a", "hello", {}))


async def test_messages_of_one_sender_are_taken_in_order_others_beside_them(
    found: Settings,
) -> None:
    order: list[str] = []

    async def rasa(message: UserMessage) -> None:
        order.append(f"+{message.text}")
        await asyncio.sleep(0.02 if message.text == "first" else 0)
        order.append(f"-{message.text}")
        await answers(message, {"type": "info", "text": message.text})

    conversations = Conversations(found, rasa, "rest")
    await asyncio.gather(
        conversations.say("one", "first", {}),
        conversations.say("one", "second", {}),
        conversations.say("two", "other", {}),
    )
    assert order.index("-first") < order.index("+second")
    assert order.index("-other") < order.index("-first")


async def test_a_message_that_comes_again_is_taken_once(found: Settings) -> None:
    seen: list[str] = []

    async def rasa(message: UserMessage) -> None:
        seen.append(message.text)
        await answers(message, {"type": "info", "text": f"answer {len(seen)}"})

    conversations = Conversations(found, rasa, "rest")
    first = await conversations.say("a", "she is 49", {"message_id": "m1"})
    assert await conversations.say("a", "she is 49", {"message_id": "m1"}) == first
    assert seen == ["she is 49"]
    assert await conversations.say("a", "she is 49", {"message_id": "m2"}) != first
    assert await conversations.say("b", "she is 49", {"message_id": "m1"}) != first
    await conversations.say("a", "she is 49", {})
    await conversations.say("a", "she is 49", {})
    assert len(seen) == 5
