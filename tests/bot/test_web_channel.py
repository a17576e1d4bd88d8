"""The page's channel over HTTP: whose consultations, which refusals, and one answer to each message."""

from __future__ import annotations

import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.channels.web.rate import Rate
from tests.bot.light_server import light_server
from tests.conversations.server import Server, start

OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(Path(tmp_path_factory.mktemp("web")), FINGERPOST_MESSAGES_PER_MINUTE="600")
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@dataclass
class Tab:
    """One tab of a browser that has the session's cookie."""

    url: str
    browser: requests.Session = field(default_factory=requests.Session)
    seat: str = field(default_factory=lambda: secrets.token_hex(8))
    id: str = ""

    def begin(self) -> Tab:
        assert self.get("start").status_code == 200
        made = self.post("consultations", {})
        assert made.status_code == 201
        self.id = made.json()["id"]
        return self

    def get(self, path: str) -> requests.Response:
        return self.browser.get(f"{self.url}/webhooks/web/{path}", timeout=60)

    def post(self, path: str, body: dict[str, Any], **headers: str) -> requests.Response:
        return self.browser.post(
            f"{self.url}/webhooks/web/{path}",
            json={"seat": self.seat, **body},
            headers={"Origin": self.url, **headers},
            timeout=60,
        )

    def say(self, text: str, key: str = "", **more: Any) -> requests.Response:
        body = {"id": key or secrets.token_hex(8), "text": text, **more}
        return self.post(f"consultations/{self.id}/messages", body)

    def history(self) -> requests.Response:
        return self.get(f"consultations/{self.id}?seat={self.seat}")

    def lines(self) -> list[str]:
        return [turn["text"] for turn in self.history().json()["turns"]]


@pytest.fixture
def tab(server: Server) -> Tab:
    return Tab(server.url).begin()


def types(answer: requests.Response) -> list[str]:
    return [message["type"] for message in answer.json()["messages"]]


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["messages"][0]["code"]


def test_a_message_is_answered_and_kept_for_a_reload(tab: Tab) -> None:
    answer = tab.say(OPENING, shown="what a button said")
    assert answer.status_code == 200 and types(answer) == ["understood", "question"]
    [turn] = tab.history().json()["turns"]
    assert turn["text"] == OPENING and turn["shown"] == "what a button said"
    assert turn["messages"] == answer.json()["messages"]


def test_what_names_a_patient_is_kept_nowhere(tab: Tab, server: Server) -> None:
    tab.say("Jane Winterbottom, NHS number 999 000 0018, 48F packer in Ashton, off sick 6 wks")
    assert "Winterbottom" not in tab.history().text
    kept = server.bytes_kept()
    assert b"Winterbottom" not in kept and b"999 000 0018" not in kept and b"9990000018" not in kept


def test_a_message_that_comes_again_is_taken_once(tab: Tab) -> None:
    tab.say(OPENING)
    with ThreadPoolExecutor(4) as pool:
        same = list(pool.map(lambda _: tab.say("change age to 50", "same-key").json(), range(4)))
    assert all(answer == same[0] for answer in same)
    assert tab.lines() == [OPENING, "change age to 50"]
    assert "48F" in str(tab.say("undo").json()["messages"])


def test_after_a_restart_the_same_answer_and_the_same_consultation(tmp_path: Path) -> None:
    first = start(tmp_path)
    first.wait()
    tab = Tab(first.url).begin()
    answer = tab.say(OPENING, "key-of-one").json()
    first.stop()
    # A process that died in the next turn: Rasa had stored it, and nobody was answered.
    with sqlite3.connect(tmp_path / "conversations.db") as store:
        store.execute("UPDATE web_turns SET answer = NULL WHERE message_id = 'key-of-one'")
    second = start(tmp_path)
    try:
        second.wait()
        tab.url = second.url
        again = tab.say(OPENING, "key-of-one").json()
        said = [message["text"] for message in answer["messages"]]
        assert [message["text"] for message in again["messages"]] == said
        assert tab.lines() == [OPENING]
        assert "50F" in str(tab.say("change age to 50").json())
        # It was counted as one turn by Rasa as well.
        with sqlite3.connect(tmp_path / "conversations.db") as store:
            [said_to_rasa] = store.execute("SELECT count(*) FROM events WHERE type_name = 'user'")
        assert said_to_rasa == (2,)
    finally:
        second.stop()


def test_nobody_else_finds_a_consultation(tab: Tab, server: Server) -> None:
    tab.say(OPENING)
    other = Tab(server.url).begin()
    other.id, other.seat = tab.id, tab.seat
    assert code(other.history()) == (404, "gone")
    assert code(other.say("undo")) == (404, "gone")
    assert code(other.post(f"consultations/{tab.id}/open", {})) == (404, "gone")
    stranger = Tab(server.url, id=tab.id, seat=tab.seat)
    assert code(stranger.history()) == (401, "sign_in")


def test_one_tab_holds_it_and_another_may_take_it(tab: Tab) -> None:
    tab.say(OPENING)
    second = Tab(tab.url, tab.browser, id=tab.id)
    assert code(second.say("undo")) == (409, "elsewhere")
    assert second.post(f"consultations/{tab.id}/open", {}).status_code == 200
    assert second.lines() == [OPENING]
    assert code(tab.say("undo")) == (409, "elsewhere")


def test_parking_and_taking_up_again(tab: Tab) -> None:
    tab.say(OPENING)
    assert tab.post(f"consultations/{tab.id}/park", {}).status_code == 200
    [parked] = tab.get("consultations").json()["parked"]
    assert parked["id"] == tab.id and parked["header"].startswith("48F, warehouse packer, Ashton")
    assert code(tab.history()) == (409, "elsewhere")
    assert tab.post(f"consultations/{tab.id}/open", {}).status_code == 200
    assert tab.lines() == [OPENING] and tab.get("consultations").json()["parked"] == []


def test_left_alone_it_is_locked_until_it_is_opened_again(tab: Tab, server: Server) -> None:
    tab.say(OPENING)
    with sqlite3.connect(server.var / "conversations.db") as store:
        store.execute("UPDATE web_consultations SET used = used - 3600 WHERE id = ?", (tab.id,))
    assert code(tab.history()) == (423, "locked") and code(tab.say("undo")) == (423, "locked")
    assert tab.post(f"consultations/{tab.id}/open", {}).status_code == 200
    assert tab.lines() == [OPENING]


def test_a_new_patient_leaves_nothing_of_the_last(tab: Tab, server: Server) -> None:
    tab.say("48F beekeeper in Ashton, off sick 6 wks w low back pain")
    answer = tab.say("22M from Salford, student, anxiety", "of-the-second")
    assert types(answer) == ["question"]
    answer = tab.say("new")
    assert answer.json()["first"] == "of-the-second"
    assert "beekeeper" not in tab.history().text
    assert b"beekeeper" not in (server.var / "conversations.db").read_bytes()


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null"])
def test_another_website_can_do_nothing(tab: Tab, origin: str) -> None:
    for path in ("consultations", f"consultations/{tab.id}/messages"):
        assert tab.post(path, {"id": "12345678", "text": "x"}, Origin=origin).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{}", "text/plain", 415),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("[" * 9000, "application/json", 400),
        ('{"seat": "x"}', "application/json", 400),
        ("x" * 70_000, "application/json", 413),
    ],
)
def test_refusals_mean_what_they_say(tab: Tab, body: str, kind: str, status: int) -> None:
    answer = tab.browser.post(
        f"{tab.url}/webhooks/web/consultations/{tab.id}/messages",
        data=body,
        headers={"Origin": tab.url, "Content-Type": kind},
        timeout=30,
    )
    assert answer.status_code == status and answer.json()["messages"][0]["type"] == "error"


def test_what_a_message_may_hold(tab: Tab) -> None:
    assert code(tab.say("x" * 20_001)) == (413, "too_long")
    assert code(tab.say("48F", "short")) == (400, "shape")
    assert code(tab.say("48F", metadata={"as_of": "yesterday"})) == (400, "metadata")
    assert code(tab.say("48F", metadata=["as_of"])) == (400, "shape")


def test_the_role_is_that_of_the_sign_in_alone(tab: Tab) -> None:
    tab.browser.post(
        f"{tab.url}/sign-in/demo", {"role": "auditor"}, headers={"Origin": tab.url}, timeout=30
    )
    assert code(tab.say(OPENING, metadata={"role": "gp"})) == (403, "role")


def test_too_much_at_once_is_refused_with_a_time() -> None:
    rate = Rate(per_minute=60)
    assert [rate.wait("a", 0.0) for _ in range(60)] == [0] * 60
    assert rate.wait("a", 0.0) == 1 and rate.wait("b", 0.0) == 0
    assert rate.wait("a", 1.0) == 0 and rate.wait("a", 1.0) == 1


def test_the_answer_carries_its_time_to_wait(tmp_path: Path) -> None:
    with light_server(tmp_path, FINGERPOST_MESSAGES_PER_MINUTE="1") as url:
        tab = Tab(url).begin()
        answer = tab.post("consultations", {})
        assert code(answer) == (429, "too_many") and int(answer.headers["Retry-After"]) > 0


def test_all_of_it_goes_with_its_day(tab: Tab, server: Server) -> None:
    tab.say(OPENING)
    with sqlite3.connect(server.var / "conversations.db") as store:
        two_days = time.time() - 2 * 24 * 3600
        store.execute("UPDATE web_consultations SET begun = ?, used = ?", (two_days, two_days))
        store.execute("UPDATE events SET timestamp = ?", (two_days,))
    environ = {"FINGERPOST_VAR": str(server.var)}
    gone = subprocess.run(
        [sys.executable, "-m", "cli.main", "purge"], env=environ, check=True, capture_output=True
    )
    assert b"Deleted" in gone.stdout
    assert code(tab.history()) == (404, "gone")
    assert b"warehouse packer" not in (server.var / "conversations.db").read_bytes()
