"""Repairs to Rasa 3.6.21, applied by our launcher before a message is handled.

Rasa's open-source line stands still, so these are kept here, each with the place it mends;
tests/bot/test_repairs.py shows that every place is still there. Plain `rasa` commands work without them,
only slower and more talkative. The repairs of the tracker store are in `bot.tracker_store`, those of the
locks in `bot.lock`.
"""

from __future__ import annotations

import os
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from jsonschema.validators import validator_for
from rasa.core import processor, tracker_store
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import rule_policy
from rasa.shared.core.events import Event

# rasa/telemetry.py:149-183 and 657-712: use is reported to its makers, and crashes to Sentry.
TELEMETRY_OFF = {"RASA_TELEMETRY_ENABLED": "false"}


def apply() -> None:
    """Apply every repair. A second call changes nothing."""
    os.environ.update(TELEMETRY_OFF)
    _compile_action_schema_once()
    _remember_event_types()
    _copy_nothing_for_the_log()
    _fail_with_the_store()


def _compile_action_schema_once() -> None:
    """rasa/core/actions/action.py:699: the schema of an action's answer is checked on each call (16 ms)."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def _validate_action_result(self: Any, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = _validate_action_result


def _remember_event_types() -> None:
    """rasa/shared/core/events.py:375: every class is walked for every event read (35 µs each)."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


def _copy_nothing_for_the_log() -> None:
    """rasa/core/processor.py:1050 and others: what may be logged at DEBUG is copied first (6 ms a turn).

    Both modules copy for that alone, and `bot.logs` lets no value into a log.
    """
    processor.copy = rule_policy.copy = SimpleNamespace(deepcopy=_itself)


def _itself(value: Any) -> Any:
    return value


def _fail_with_the_store() -> None:
    """rasa/core/tracker_store.py:1377-1491: a failing store is silently replaced by one in memory.

    The conversation then goes on without its past, and the clinician is not told. Here the failure is
    raised, and the channel answers with an error.
    """

    def fail(self: Any, error: Exception) -> None:
        raise error

    tracker_store.FailSafeTrackerStore.on_tracker_store_error = fail
    tracker_store.FailSafeTrackerStore.on_tracker_store_retrieve_error = fail
