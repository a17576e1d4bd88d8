"""The same vignette on the page, over REST and in Teams: the same services, in the same order."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conversations import simulated_gp
from tests.conversations.server import Server
from tests.teams.conftest import GP
from tests.teams.people import Person, walk

FILE = Path(__file__).parents[1] / "conversations" / "vignettes.jsonl"
EVERY = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
# Different ones: in work, off sick, out of work, not wanting work, with a word of risk among them.
VIGNETTES = EVERY[::3][:6]
Ids = tuple[list[str], set[str]]


def ids(message: dict[str, Any] | None) -> Ids:
    assert message is not None
    return [i["service_id"] for i in message["items"]], {
        i["service_id"] for i in message["rejected"]
    }


def over_rest(server: Server, vignette: dict[str, Any]) -> tuple[Ids, list[str]]:
    """Return what was recommended, and what was typed on the way."""
    typed: list[str] = []

    def talk(sender: str, text: str, as_of: str) -> list[dict[str, Any]]:
        typed.append(text)
        return server.say(sender, text, as_of=as_of, role="gp")

    sender = f"everywhere-{vignette['id']}"
    played = simulated_gp.play(
        talk, sender, vignette["opening"], vignette["facts"], vignette["as_of"]
    )
    return ids(played.recommended), typed


def on_the_page(server: Server, vignette: dict[str, Any], typed: list[str]) -> Ids:
    session = requests.Session()
    session.headers["Origin"] = server.url
    address = f"{server.url}/webhooks/web"
    assert session.get(f"{address}/start", timeout=30).status_code == 200
    seat = secrets.token_hex(8)
    begun = session.post(f"{address}/consultations", json={"seat": seat}, timeout=30)
    consultation = begun.json()["id"]
    last: dict[str, Any] | None = None
    for text in typed:
        body = {
            "seat": seat,
            "id": secrets.token_hex(8),
            "text": text,
            "metadata": {"as_of": vignette["as_of"]},
        }
        answer = session.post(
            f"{address}/consultations/{consultation}/messages", json=body, timeout=30
        )
        assert answer.status_code == 200, answer.text
        for node in walk(answer.json()):
            last = node if node.get("type") == "recommendations" else last
    return ids(last)


def in_teams(person: Person, typed: list[str]) -> Ids:
    items: list[str] = []
    rejected: set[str] = set()
    for text in typed:
        for one in person.say(text):
            if one.activity.get("summary") == "Services that fit":
                items, rejected = [], set()
            for node in walk(one.card):
                mark = (node.get("data") or {}).get("fingerpost") or {}
                verb, _, service = mark.get("say", "").rpartition(" ")
                if verb == "tell me about" and node["type"] == "Action.Execute" and service != "{}":
                    items.append(service)
                if str(node.get("id")).startswith("rest"):
                    items += [choice["value"] for choice in node["choices"]]
                if str(node.get("id")).startswith("rejected"):
                    rejected |= {choice["value"] for choice in node["choices"]}
    return items, rejected


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["id"])
def test_the_same_services_everywhere(
    vignette: dict[str, Any], teams_server: Server, somebody: Callable[..., Person]
) -> None:
    expected, typed = over_rest(teams_server, vignette)
    assert expected[0]
    assert on_the_page(teams_server, vignette, typed) == expected
    person = somebody(object_id=GP, as_of=vignette["as_of"])
    assert in_teams(person, typed) == expected
