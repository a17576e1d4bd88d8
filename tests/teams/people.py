"""People in Teams chats: what their client posts, and what they see and press."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.teams.fake_connector import BOT, TENANT, Connector, Sent

ANSWER_SECONDS = 60.0


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a card."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def words(card: Any) -> str:
    """Return all that a card says, a line for each text."""
    return "\n".join(str(node["text"]) for node in walk(card) if isinstance(node.get("text"), str))


def button(card: Any, title: str) -> dict[str, Any]:
    """Return the button of that title, wherever it stands in the card."""
    found = [n for n in walk(card) if str(n.get("type")).startswith("Action.")]
    return next(n for n in found if n["title"] == title and n["type"] != "Action.Submit")


def titles(card: Any) -> list[str]:
    return [n["title"] for n in walk(card) if str(n.get("type")).startswith("Action.")]


@dataclass
class Person:
    """Somebody with the assistant in a chat of their own, or among others."""

    connector: Connector
    server_url: str
    database: Path
    conversation: str = ""
    kind: str = "personal"
    tenant: str = TENANT
    object_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    as_of: str | None = None
    path: str = "/api/messages"

    def __post_init__(self) -> None:
        self.conversation = self.conversation or f"a:{uuid.uuid4().hex}"

    def activity(self, kind: str = "message", **more: Any) -> dict[str, Any]:
        """Return an activity as Teams posts it."""
        made: dict[str, Any] = {
            "type": kind,
            "id": str(time.time_ns()),
            "timestamp": "2026-11-22T10:00:00.000Z",
            "channelId": "msteams",
            "serviceUrl": self.connector.url,
            "from": {
                "id": f"29:{self.object_id}",
                "name": "Invented Nurse",
                "aadObjectId": self.object_id,
            },
            "conversation": {
                "conversationType": self.kind,
                "tenantId": self.tenant,
                "id": self.conversation,
            },
            "recipient": {"id": BOT, "name": "Fingerpost"},
            "channelData": {"tenant": {"id": self.tenant}},
            **more,
        }
        if self.as_of:
            made["channelData"]["as_of"] = self.as_of
        return made

    def post(self, body: Any, authorization: str | None = None) -> requests.Response:
        """Post something to the bot, with a good token unless another header is given."""
        headers = {"Content-Type": "application/json"}
        header = self.connector.bearer() if authorization is None else authorization
        if header:
            headers["Authorization"] = header
        payload = {"data": body} if isinstance(body, (bytes, str)) else {"json": body}
        address = f"{self.server_url}{self.path}"
        return requests.post(address, headers=headers, timeout=60, **payload)

    def settled(self) -> bool:
        """Say whether everything that was taken has been answered."""
        with closing(sqlite3.connect(self.database, timeout=30)) as connection:
            query = "select count(*) from teams_activities where answered_at is null"
            return connection.execute(query).fetchone()[0] == 0

    def wait(self) -> None:
        end = time.monotonic() + ANSWER_SECONDS
        while not self.settled():
            assert time.monotonic() < end, "an activity was not answered"
            time.sleep(0.03)

    @property
    def seen(self) -> list[Sent]:
        """All messages of the chat, changes of them too."""
        return self.connector.messages(self.conversation)

    def send(self, activity: dict[str, Any]) -> list[Sent]:
        """Post an activity, wait until it is answered, return what came."""
        before = len(self.seen)
        answer = self.post(activity)
        assert answer.status_code == 202, answer.text
        self.wait()
        return self.seen[before:]

    def say(self, text: str, **more: Any) -> list[Sent]:
        return self.send(self.activity(text=text, **more))

    def cards(self, text: str) -> list[dict[str, Any]]:
        """Say something and return the new cards that answer it."""
        return [one.card for one in self.say(text) if one.card and one.method == "POST"]

    def data(self, card: Any, title: str, **inputs: str) -> dict[str, Any]:
        return {**button(card, title)["data"], **inputs}

    def invoke(self, data: Any, reply_to: str = "") -> dict[str, Any]:
        """Return the activity of a pressed button."""
        action = {"type": "Action.Execute", "verb": "fingerpost", "data": data}
        value = {"action": action, "trigger": "manual"}
        return self.activity("invoke", name="adaptiveCard/action", value=value, replyToId=reply_to)

    def press(self, card: Any, title: str, **inputs: str) -> tuple[dict[str, Any], list[Sent]]:
        """Press a button; return the answer to the invoke, and what came in the chat."""
        before = len(self.seen)
        answer = self.post(self.invoke(self.data(card, title, **inputs)))
        assert answer.status_code == 200, answer.text
        self.wait()
        return answer.json(), self.seen[before:]

    def question(self) -> dict[str, Any] | None:
        """Return the question that is open, if the last card of the chat is one."""
        cards = [one.card for one in self.seen if one.card and one.method == "POST"]
        last = cards[-1] if cards else None
        return last if last and "Don't know" in titles(last) else None
