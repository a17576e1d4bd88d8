"""Invented patients with the services they should and should not be offered, played over REST.

The format of ``vignettes.jsonl``: ``must_include``, ``must_not``, ``must_top3`` (one of them), ``rejected``
(id and verdict), ``route``, ``safety`` and ``max_questions``; what is not listed is allowed.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from services_directory.case import case_from_json
from services_directory.loading import directory
from services_directory.recommendation import recommend
from tests.conversations.simulated_gp import MAX_TURNS, Played, play, shown

VIGNETTES = [
    json.loads(line)
    for name in ("", "_more", "_third", "_fourth", "_fifth")
    for line in (Path(__file__).parent / f"vignettes{name}.jsonl").read_text("utf-8").splitlines()
]
MOST_QUESTIONS = 3
MOST_ITEMS_MEDIAN = 15
# Said no by the full facts, and possible after three questions: what decides it was worth no question.
LEFT_POSSIBLE = {
    "y025": "ips-secondary-gm",
    "y028": "restart-scheme-gm",
    "y031": "ips-secondary-gm",
    "y044": "ips-secondary-gm",
}


def faults(vignette: dict[str, Any], recommended: dict[str, Any]) -> list[Any]:
    """Return every demand of ``vignette`` that ``recommended`` does not meet."""
    cards = shown(recommended)
    ids = {i for card in cards for i in card}
    verdicts = {r["service_id"]: r["verdict"] for r in recommended["rejected"]}
    found: list[Any] = [("missing", i) for i in vignette["must_include"] if i not in ids]
    found += [("forbidden", i) for i in vignette["must_not"] if i in ids]
    first = {i for card in cards[:3] for i in card}
    if vignette.get("must_top3") and not set(vignette["must_top3"]) & first:
        found.append(("first three", cards[:3]))
    for service_id, verdict in vignette["rejected"].items():
        if verdicts.get(service_id) != verdict:
            found.append(("rejected", service_id, verdicts.get(service_id)))
    for service_id, route in vignette["route"].items():
        for item in [*recommended["items"], *recommended["rejected"]]:
            if service_id in (item["service_id"], *item.get("also", ())):
                routes = [r["route"] for r in item["referral"]["routes"]]
                if route not in routes:
                    found.append(("route", service_id, routes))
    return found


def verdict_of(service_id: str, recommended: dict[str, Any]) -> str:
    """Return the verdict on a service, shown on a card of its own or not at all."""
    told = [*recommended["items"], *recommended["rejected"]]
    return next(str(one["verdict"]) for one in told if one["service_id"] == service_id)


@pytest.fixture(scope="module")
def consultations(talk: Any) -> dict[str, Played]:
    return {
        v["id"]: play(talk, f"vignette-{v['id']}", v["opening"], v["facts"], v["as_of"])
        for v in VIGNETTES
    }


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["id"])
def test_full_facts_give_the_expected_services(vignette: dict[str, Any]) -> None:
    day = date.fromisoformat(vignette["as_of"])
    made = recommend(case_from_json(vignette["facts"]), day, directory())
    assert faults(vignette, made) == []


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["id"])
def test_consultation_gives_the_expected_services(
    vignette: dict[str, Any], consultations: dict[str, Played]
) -> None:
    played = consultations[vignette["id"]]
    assert set(vignette["safety"]) <= set(played.safety)
    assert bool(vignette["safety"]) == bool(played.safety)
    if played.recommended is None:
        assert vignette["safety"], "only a safety message may end the flow"
        return
    found = faults(vignette, played.recommended)
    left = LEFT_POSSIBLE.get(vignette["id"])
    assert [fault for fault in found if fault[1] != left] == []
    if left is not None:
        assert verdict_of(left, played.recommended) == "possible"
    assert len(played.asked) <= min(MOST_QUESTIONS, vignette["max_questions"])
    assert len(played.asked) < MAX_TURNS


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["id"])
def test_chat_and_command_agree_on_the_facts_learned(
    vignette: dict[str, Any], consultations: dict[str, Played]
) -> None:
    played = consultations[vignette["id"]]
    if played.recommended is None:
        assert vignette["safety"], "only a safety message may end the flow"
        return
    day = date.fromisoformat(vignette["as_of"])
    made = recommend(case_from_json(played.case), day, directory())
    for part in ("items", "rejected"):
        chat = {i["service_id"]: i["verdict"] for i in played.recommended[part]}
        assert chat == {i["service_id"]: i["verdict"] for i in made[part]}


def test_lists_are_short_enough_to_read(consultations: dict[str, Played]) -> None:
    sizes = [len(p.recommended["items"]) for p in consultations.values() if p.recommended]
    questions = [len(p.asked) for p in consultations.values()]
    print(f"items: median {median(sizes)}; questions: median {median(questions)}")
    assert median(sizes) <= MOST_ITEMS_MEDIAN


def test_nothing_asked_twice(consultations: dict[str, Played]) -> None:
    for played in consultations.values():
        assert len(played.asked) == len(set(played.asked))
