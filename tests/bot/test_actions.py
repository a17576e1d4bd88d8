"""Rasa's side of a turn: what an action is given, what it sends, and what it leaves in the tracker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import rasa_actions
from actions.consultation.context import TurnContext, TurnResult
from actions.context import as_of
from actions.rasa_actions import ActionNewPatient, ActionUpdateCase

QUESTION = {
    "type": "question",
    "text": "Where does she live?",
    "slot": "area",
    "options": [{"title": "Bury", "payload": "bury"}],
}
Turn = tuple[str, dict[str, Any], dict[str, Any], TurnContext]


def tracker(metadata: dict[str, Any] | None = None, **slots: Any) -> Tracker:
    latest = {"text": "48F", "intent": {"name": "inform"}, "understanding": {"case": {"age": 48}}}
    user = {"event": "user", "text": "48F", "metadata": metadata or {}}
    return Tracker("s", slots, latest, [{"event": "action"}, user], False, None, {}, "listen")


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Callable[[TurnResult], list[Turn]]:
    """Make every turn end in the given result; returns the list of turns taken."""

    def result(given: TurnResult) -> list[Turn]:
        taken: list[Turn] = []

        def respond(*turn: Any) -> TurnResult:
            taken.append(turn)
            return given

        monkeypatch.setattr(rasa_actions.turn, "respond", respond)
        return taken

    return result


async def run(action: Any, found: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, found, {})
    return dispatcher.messages, events


async def test_a_turn_is_given_state_understanding_and_context(turns: Any) -> None:
    taken = turns(TurnResult({"case": {"age": 48}}, [QUESTION]))
    metadata = {"as_of": "2024-02-01", "as_of_allowed": True, "role": "nurse"}
    messages, events = await run(ActionUpdateCase(), tracker(metadata, consultation={"x": 1}))
    [(name, state, understanding, context)] = taken
    assert (name, state, understanding) == ("update_case", {"x": 1}, {"case": {"age": 48}})
    assert (context.as_of, context.role, context.training) == (date(2024, 2, 1), "nurse", True)
    assert messages[0]["text"] == QUESTION["text"] and messages[0]["custom"] == QUESTION
    assert messages[0]["buttons"] == [{"title": "Bury", "payload": "bury"}]
    assert {e["name"]: e["value"] for e in events} == {
        "consultation": {"case": {"age": 48}},
        "case": {"age": 48},
        "as_of": "2024-02-01",
    }


async def test_the_end_of_a_consultation_starts_a_session_without_a_past(turns: Any) -> None:
    turns(TurnResult({"case": {}}, [], ended=True))
    _, events = await run(ActionNewPatient(), tracker(consultation={"case": {"age": 48}}))
    assert [event["event"] for event in events] == [
        "session_started",
        "slot",
        "slot",
        "slot",
        "followup",
    ]
    assert events[1]["value"] == {"case": {}}


async def test_a_failure_is_told_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def respond(*turn: Any) -> TurnResult:
        raise KeyError("a packer from Ashton")

    monkeypatch.setattr(rasa_actions.turn, "respond", respond)
    messages, events = await run(ActionUpdateCase(), tracker())
    assert messages[0]["custom"]["code"] == "internal" and events == []
    assert "KeyError in respond" in caplog.text and "packer" not in caplog.text


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("metadata", "kept", "fixed", "day"),
    [
        ({}, None, None, TODAY),
        ({}, None, "2025-06-01", date(2025, 6, 1)),
        ({"as_of_allowed": True, "as_of": "2024-02-01"}, None, "2025-06-01", date(2024, 2, 1)),
        ({"as_of_allowed": True}, "2024-02-01", None, date(2024, 2, 1)),
        # Set in training, met after the practice has gone live.
        ({}, "2024-02-01", None, TODAY),
        ({"as_of": "2024-02-01"}, None, None, TODAY),
    ],
)
def test_the_date_of_a_turn(
    metadata: dict[str, Any],
    kept: str | None,
    fixed: str | None,
    day: date,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FINGERPOST_AS_OF", raising=False)
    if fixed:
        monkeypatch.setenv("FINGERPOST_AS_OF", fixed)
    assert as_of(metadata, kept, TODAY) == day


def test_a_message_is_read_as_the_answer_to_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu import reading

    asked: list[tuple[str | None, date | None]] = []

    def read(text: str, slot: str | None = None, day: date | None = None) -> dict[str, Any]:
        asked.append((slot, day))
        mention = {"text": "6", "start": 0, "end": 1, "slot": "absence_weeks", "value": 6}
        return {
            "intent": {"name": "answer", "confidence": 0.9},
            "mentions": [{**mention, "assertion": "present"}],
        }

    monkeypatch.setattr(reading, "read", read)
    domain = Domain.load("domain.yml")
    conversation = DialogueStateTracker("s", domain.slots)
    conversation.update(SlotSet("consultation", {"asked": "absence_weeks"}), domain)
    component = reading.ClinicalReading(None)
    [message] = component.process([Message({"text": "6"})], conversation)
    rehearsed = {"as_of": "2024-02-01", "as_of_allowed": True}
    component.process([Message({"text": "6", "metadata": rehearsed})])
    assert asked == [("absence_weeks", None), (None, date(2024, 2, 1))]
    found = message.as_dict(only_output_properties=True)
    assert found["intent"]["name"] == "answer"
    assert found["entities"][0]["entity"] == "absence_weeks" and found["entities"][0]["value"] == 6
    assert found["understanding"]["mentions"]
