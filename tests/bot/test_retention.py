"""Consultations are deleted: at the next patient, at the end of the day, and in the bytes."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.retention import last_end_of_day
from bot.tracker_store import ConversationStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  consultation: {type: any, influence_conversation: false, mappings: [{type: custom}]}
"""
)
NOW = datetime.now().astimezone().replace(hour=20, minute=0, second=0)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationStore:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    return ConversationStore(DOMAIN)


def said(text: str, when: datetime, **case: Any) -> list[Event]:
    stamp = when.timestamp()
    state = {"case": case, "offered": ["acas"], "chosen": [], "dismissed": {}, "gaps": []}
    return [
        UserUttered(text, {"name": "inform"}, timestamp=stamp),
        ActionExecuted("action_update_case", timestamp=stamp),
        BotUttered(f"heard {text}", {"custom": {"type": "understood", "x": text}}, timestamp=stamp),
        SlotSet("consultation", state, timestamp=stamp),
    ]


def save(store: ConversationStore, sender: str, *events: Event) -> DialogueStateTracker:
    """Do what a turn does: fetch the session, add to it, save it."""
    tracker = asyncio.run(store.get_or_create_tracker(sender, append_action_listen=False))
    for event in events:
        tracker.update(event, DOMAIN)
    asyncio.run(store.save(tracker))
    return tracker


def begun(when: datetime) -> list[Event]:
    return [SessionStarted(timestamp=when.timestamp())]


def kept(tmp_path: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in tmp_path.iterdir())


def counts(store: ConversationStore) -> list[dict[str, Any]]:
    return store.retention._counts.all()


@pytest.mark.parametrize(
    ("now", "end"),
    [("2026-11-22T19:00", "2026-11-22T19:00"), ("2026-11-22T18:59", "2026-11-21T19:00")],
)
def test_the_last_end_of_a_day(now: str, end: str) -> None:
    assert last_end_of_day(datetime.fromisoformat(now), "19:00") == datetime.fromisoformat(end)


def test_at_the_end_of_the_day_no_byte_is_left(store: ConversationStore, tmp_path: Path) -> None:
    earlier = NOW - timedelta(hours=3)
    for number in range(30):
        words = f"warehouse packer number {number} in Ashton " * 20
        save(store, f"s{number}", *begun(earlier), *said(words, earlier, age=48))
    assert b"warehouse packer" in kept(tmp_path)
    assert store.retention.end_of_day(NOW) == 30
    left = kept(tmp_path)
    assert b"warehouse" not in left and b"Ashton" not in left and b"s29" not in left
    assert len(counts(store)) == 30
    assert counts(store)[0]["age_band"] == "25-49"
    assert store.retention.end_of_day(NOW) == 0


def test_a_consultation_in_use_at_that_hour_goes_once_it_is_idle(store: ConversationStore) -> None:
    end = NOW.replace(hour=19, minute=0)
    save(store, "late", *begun(end - timedelta(minutes=5)), *said("48F", end, age=48))
    assert store.retention.end_of_day(end + timedelta(minutes=5)) == 0
    assert store.retention.end_of_day(end + timedelta(minutes=11)) == 1


def test_one_that_began_after_that_hour_stays_until_the_next(store: ConversationStore) -> None:
    evening = NOW.replace(hour=19, minute=20)
    save(store, "evening", *begun(evening), *said("48F", evening, age=48))
    assert store.retention.end_of_day(evening + timedelta(hours=4)) == 0
    assert store.retention.end_of_day(evening + timedelta(hours=24)) == 1


def test_a_new_patient_leaves_nothing_of_the_one_before(
    store: ConversationStore, tmp_path: Path
) -> None:
    now = datetime.now().astimezone()
    save(store, "gp", *begun(now), *said("packer with low back pain", now, age=48))
    new = [UserUttered("new patient"), ActionExecuted("action_new_patient"), SessionStarted()]
    save(store, "gp", *new, SlotSet("consultation", {"case": {}}))
    assert b"packer" not in kept(tmp_path)
    tracker = save(store, "gp", *said("a carpenter", now, age=30))
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["a carpenter"]
    full = asyncio.run(store.retrieve_full_tracker("gp"))
    assert full is not None
    assert [e.text for e in full.events if isinstance(e, UserUttered)] == ["a carpenter"]
    assert [row["age_band"] for row in counts(store)] == ["25-49"]


def test_turns_are_stored_once_and_read_back(store: ConversationStore) -> None:
    now = datetime.now().astimezone()
    save(store, "gp", *begun(now), *said("first", now))
    save(store, "gp", *said("second", now))
    tracker = asyncio.run(store.retrieve("gp"))
    assert tracker is not None
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["first", "second"]
    assert len(tracker.events) == 9


def test_what_we_answered_is_stored_without_its_payload(
    store: ConversationStore, tmp_path: Path
) -> None:
    now = datetime.now().astimezone()
    save(store, "gp", *begun(now), *said("word", now))
    tracker = asyncio.run(store.retrieve("gp"))
    assert tracker is not None
    [answer] = [event for event in tracker.events if isinstance(event, BotUttered)]
    assert answer.data == {"custom": {"type": "understood"}}


def test_a_failure_to_count_keeps_the_consultation(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(rows: object) -> None:
        raise OSError("disk full")

    earlier = NOW - timedelta(hours=3)
    save(store, "gp", *begun(earlier), *said("word", earlier, age=48))
    monkeypatch.setattr(store.retention._counts, "add", fail)
    with pytest.raises(OSError):
        store.retention.end_of_day(NOW)
    assert asyncio.run(store.retrieve("gp")) is not None


def test_where_nothing_is_due_nothing_goes(store: ConversationStore) -> None:
    assert store.retention.end_of_day(NOW) == 0
