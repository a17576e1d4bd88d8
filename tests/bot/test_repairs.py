"""Every place that we repair in Rasa 3.6.21 is still there, and the repairs do what they say."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
from importlib.metadata import version

import pytest

from bot import repairs
from tests.bot.places import PLACES


def resolved(place: str) -> object:
    module, _, path = place.partition(":")
    found: object = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    return found


def test_rasa_is_the_version_that_the_repairs_were_written_for() -> None:
    assert version("rasa") == "3.6.21"


@pytest.mark.parametrize("place", PLACES)
def test_the_repaired_place_exists_with_its_parameters(place: str) -> None:
    assert list(inspect.signature(resolved(place)).parameters) == PLACES[place]  # type: ignore[arg-type]


def test_the_compiled_schema_still_refuses_a_wrong_answer() -> None:
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction

    repairs.apply()
    action = RemoteAction("action_help", None)
    good = {"events": [{"event": "slot", "name": "case", "value": {}}], "responses": []}
    assert action._validate_action_result(good)
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": "none"})


def test_event_types_are_remembered_and_unknown_ones_still_refused() -> None:
    from rasa.shared.core.events import Event, SlotSet

    repairs.apply()
    repairs.apply()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type.cache_info().currsize >= 1
    with pytest.raises(ValueError):
        Event.resolve_by_type("no such event")


@pytest.mark.parametrize("name", ["rasa.core.processor", "rasa.core.policies.rule_policy"])
def test_what_is_not_copied_any_more_was_for_the_log_alone(name: str) -> None:
    source = ast.parse(inspect.getsource(importlib.import_module(name)))
    copied = [ast.unparse(node) for node in ast.walk(source) if _is_name(node, "copy")]
    logged = [
        ast.unparse(node)
        for call in ast.walk(source)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("structlogger.")
        for node in ast.walk(call)
        if _is_name(node, "copy")
    ]
    assert copied and copied == logged


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


async def test_a_failing_tracker_store_is_not_replaced_by_memory() -> None:
    from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
    from rasa.shared.core.domain import Domain

    class Broken(InMemoryTrackerStore):
        async def save(self, tracker: object) -> None:
            raise ConnectionError("the disk is full")

        async def retrieve(self, sender_id: str) -> None:
            raise ConnectionError("the disk is full")

    repairs.apply()
    store = FailSafeTrackerStore(Broken(Domain.empty()))
    with pytest.raises(ConnectionError):
        await store.retrieve("someone")
    with pytest.raises(ConnectionError):
        await store.save(store._tracker_store.init_tracker("someone"))


def test_nobody_is_told_of_use_or_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa import telemetry

    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    repairs.apply()
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"
    assert not telemetry.is_telemetry_enabled()
