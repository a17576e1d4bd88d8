"""The page as a federation runs it: two processes on PostgreSQL and Redis, one address, OpenID Connect."""

from __future__ import annotations

import base64
import os
import re
import secrets
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from tests.bot.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, provider
from tests.browser.one_address import OneAddress, one_address
from tests.browser.widget import OPENING, Widget, tab
from tests.conversations.server import free_port, start
from tests.engines import Postgres, running_postgres, running_redis

pytestmark = [pytest.mark.system, pytest.mark.model]

IDLE_SECONDS = 600


@dataclass
class Federation:
    """The proxy before both servers, what they share, and where people sign in."""

    proxy: OneAddress
    postgres: Postgres
    provider: OidcProvider

    def left_alone(self) -> None:
        """Let the idle time of every consultation end now: who signed in before did so before the lock."""
        engine = sa.create_engine(self.postgres.url, future=True, poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            query = sa.text("UPDATE web_consultations SET used = :used")
            connection.execute(query, {"used": time.time() - IDLE_SECONDS})

    def turns(self, text: str) -> int:
        """Return how often Rasa took such a message."""
        engine = sa.create_engine(self.postgres.url, future=True, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            query = sa.text(
                "SELECT count(*) FROM events WHERE type_name = 'user' AND data LIKE :text"
            )
            return int(connection.execute(query, {"text": f"%{text}%"}).scalar_one())


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        people = stack.enter_context(
            provider(sub="77", name="Dr Ann Invented", roles=["gp"], practice="Y99999")
        )
        proxy = stack.enter_context(one_address(free_port()))
        environ = {
            "FINGERPOST_DATABASE_URL": postgres.url,
            "FINGERPOST_REFERRALS_URL": postgres.url,
            "FINGERPOST_REFERRALS_KEY": base64.b64encode(os.urandom(32)).decode(),
            "FINGERPOST_REDIS_URL": stack.enter_context(running_redis()),
            "FINGERPOST_SENDER_KEY": "of these tests",
            "FINGERPOST_BASE_URL": proxy.url,
            "FINGERPOST_SIGN_IN": "oidc",
            "FINGERPOST_OIDC_ISSUER": people.issuer,
            "FINGERPOST_OIDC_CLIENT_ID": CLIENT_ID,
            "FINGERPOST_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "FINGERPOST_MESSAGES_PER_MINUTE": "6000",
        }
        for name in ("first", "second"):
            proxy.servers.append(start(tmp_path_factory.mktemp(name), **environ))
            stack.callback(proxy.servers[-1].stop)
        for server in proxy.servers:
            server.wait()
        yield Federation(proxy, postgres, people)


@pytest.fixture
def signed_in(browser: Browser, federation: Federation) -> Iterator[Widget]:
    """The page of somebody who has just signed in at the provider."""

    def ours(faults: list[str]) -> list[str]:
        return [fault for fault in faults if "Failed to load resource" not in fault]

    with tab(browser, federation.proxy.url, ours, viewport={"width": 1100, "height": 850}) as made:
        made.page.goto(made.url)
        expect(made.find(".cover")).to_contain_text("not signed in")
        made.find(".cover").get_by_role("link", name="Sign in").click()
        expect(made.find(".brand")).to_contain_text("Dr Ann Invented")
        made.page.wait_for_function("document.querySelector('fingerpost-chat').talk?.ready")
        yield made


def test_a_consultation_goes_to_and_fro_between_two_processes(
    signed_in: Widget, federation: Federation
) -> None:
    federation.proxy.answered.clear()
    signed_in.reach_cards()
    signed_in.say("change age to 50")
    signed_in.say("change age to 51")
    assert signed_in.about.startswith("51F, warehouse packer")
    assert len(set(federation.proxy.who_answered("/messages"))) == 2
    words = signed_in.log.inner_text()
    # Both know the whole of it.
    for _ in range(2):
        signed_in.page.reload()
        expect(signed_in.log).to_have_text(re.compile("51"))
        assert signed_in.log.inner_text() == words
    signed_in.say("refer to nhs talking therapies")
    frame = signed_in.page.frame_locator("fingerpost-chat iframe")
    for _ in range(2):
        expect(frame.get_by_role("heading", name="Referrals of this consultation")).to_be_visible()
        expect(frame.locator("body")).to_contain_text("NHS Talking Therapies")
        signed_in.button("Close").click()
        signed_in.button("Open the referral").click()


def test_an_answer_lost_at_one_process_is_given_by_the_other(
    signed_in: Widget, federation: Federation
) -> None:
    signed_in.say(OPENING)
    federation.proxy.answered.clear()
    federation.proxy.lose = 1
    signed_in.say("change age to 57")
    assert signed_in.about.startswith("57F")
    first, second = federation.proxy.who_answered("/messages")
    assert first != second
    assert federation.turns("change age to 57") == 1
    signed_in.say("undo")
    assert signed_in.about.startswith("48F")


def test_one_message_at_both_processes_at_once_is_taken_once(federation: Federation) -> None:
    browser, seat = requests.Session(), secrets.token_hex(8)
    browser.headers["Origin"] = federation.proxy.url
    browser.get(f"{federation.proxy.url}/sign-in", timeout=60)
    channel = f"{federation.proxy.url}/webhooks/web/consultations"
    key = browser.post(channel, json={"seat": seat}, timeout=60).json()["id"]
    body = {"seat": seat, "id": secrets.token_hex(8), "text": "43F beekeeper in Bury, back pain"}

    def send(_: int) -> list[str]:
        answer = browser.post(f"{channel}/{key}/messages", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return [message["text"] for message in answer.json()["messages"]]

    federation.proxy.answered.clear()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert len(set(federation.proxy.who_answered("/messages"))) == 2
    assert answers[0] and all(answer == answers[0] for answer in answers)
    assert federation.turns("beekeeper") == 1


def test_locked_it_takes_a_new_sign_in_and_what_was_typed_is_sent_then(
    signed_in: Widget, federation: Federation
) -> None:
    signed_in.say(OPENING)
    federation.left_alone()
    signed_in.input.fill("change age to 50")
    signed_in.press("Enter")
    expect(signed_in.find(".cover")).to_contain_text("Locked")
    # Loading the page anew opens nothing.
    signed_in.page.reload()
    expect(signed_in.find(".cover")).to_contain_text("Locked")
    expect(signed_in.find(".app")).not_to_contain_text("low back pain")
    asked = len(federation.provider.prompts)
    # The way on is in focus.
    signed_in.press("Enter")
    expect(signed_in.find(".about")).to_contain_text("50F, warehouse packer")
    assert federation.provider.prompts[asked:] == ["login"]
    assert signed_in.focused == "TEXTAREA"


def test_a_parked_one_opens_as_long_as_its_owner_is_at_work(
    signed_in: Widget, federation: Federation
) -> None:
    signed_in.say(OPENING)
    signed_in.press("Alt+k")
    expect(signed_in.find(".about")).to_contain_text("Parked (1)")
    federation.left_alone()
    signed_in.say("60M retired, lonely, Oldham")
    asked = len(federation.provider.prompts)
    signed_in.take_up("48F, warehouse packer")
    expect(signed_in.log).to_contain_text("low back pain")
    assert len(federation.provider.prompts) == asked
    # Else it takes a sign-in, and is there then.
    signed_in.press("Alt+k")
    expect(signed_in.find(".about")).to_contain_text("New patient")
    federation.left_alone()
    with signed_in.page.expect_navigation():
        signed_in.take_up("48F, warehouse packer")
    signed_in.page.wait_for_function("document.querySelector('fingerpost-chat').talk?.ready")
    assert federation.provider.prompts[asked:] == ["login"]
    signed_in.take_up("48F, warehouse packer")
    expect(signed_in.log).to_contain_text("low back pain")


def test_a_process_that_dies_is_not_missed(signed_in: Widget, federation: Federation) -> None:
    signed_in.say(OPENING)
    federation.proxy.servers[0].stop(signal.SIGKILL)
    for age in (50, 51, 52):
        signed_in.say(f"change age to {age}")
        assert signed_in.about.startswith(f"{age}F")
