"""Rasa's own files agree with each other, with the case and with the actions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.context import asked_slot
from actions.rasa_actions import ConsultationAction
from services_directory.case import FACT_KEYS

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


DOMAIN = read("domain.yml")
RULES = read("data/rules.yml")["rules"]
INTENTS = [next(iter(intent)) for intent in DOMAIN["intents"]]


def taught() -> set[str]:
    """Return the intents that data/nlu has sentences for."""
    found: set[str] = set()
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ()
        found |= {entry["intent"] for entry in entries if "intent" in entry}
    return found


def test_each_intent_has_one_rule_and_each_rule_an_intent() -> None:
    assert sorted(rule["steps"][0]["intent"] for rule in RULES) == sorted(INTENTS)
    assert all(len(rule["steps"]) == 2 for rule in RULES)


def test_each_intent_that_is_taught_is_in_the_domain() -> None:
    assert taught() <= set(INTENTS)


def test_each_intent_is_taught() -> None:
    # These are decided by rules in `understanding`, so they need no sentences.
    assert set(INTENTS) - taught() <= {"safety", "remove", "referral_status"}


def test_each_action_of_the_domain_is_written_and_the_other_way_round() -> None:
    written = {kind().name() for kind in ConsultationAction.__subclasses__()}
    assert written == set(DOMAIN["actions"])
    used = {rule["steps"][1]["action"] for rule in RULES}
    assert used == written - {"action_fallback"}


def test_each_action_is_known_to_the_consultation() -> None:
    from actions.consultation.turn import ACTIONS

    assert {kind.step for kind in ConsultationAction.__subclasses__()} <= set(ACTIONS)


def test_entities_are_the_keys_of_the_case() -> None:
    assert sorted(DOMAIN["entities"]) == sorted(FACT_KEYS)


def test_nothing_but_the_intent_decides_what_happens() -> None:
    assert all(not slot["influence_conversation"] for slot in DOMAIN["slots"].values())
    assert all(next(iter(i.values()))["use_entities"] == [] for i in DOMAIN["intents"])


def test_classes_named_in_the_files_exist() -> None:
    from rasa.shared.utils.common import class_from_module_path

    named = [part["name"] for part in read("config.yml")["pipeline"]]
    named += [*read("credentials.yml"), read("endpoints.yml")["tracker_store"]["type"]]
    for path in named:
        assert class_from_module_path(path)


@pytest.mark.parametrize(
    ("state", "slot"),
    [(None, None), ({}, None), ({"asked": "age"}, "age"), ({"asked": None}, None)],
)
def test_the_slot_that_was_asked(state: dict[str, Any] | None, slot: str | None) -> None:
    assert asked_slot(state) == slot
