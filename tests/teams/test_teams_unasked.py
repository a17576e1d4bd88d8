"""Word sent unasked: a nudge, a referral that moved, a consultation that ended, a message left unanswered."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.channels.conversation import Conversations
from bot.channels.teams.activities import Activity, parse
from bot.channels.teams.bot import TeamsBot
from bot.channels.teams.cards import cards_of
from bot.channels.teams.cards.others import nudge
from bot.channels.teams.configuration import TeamsSettings, teams_settings
from bot.channels.teams.connector import Connector as Calls
from bot.channels.teams.credentials import Credentials
from bot.channels.teams.following import Following
from bot.channels.teams.proactive import Proactive
from bot.channels.teams.references import Chat, person_id
from bot.channels.teams.shown_cards import ShownCards
from bot.channels.teams.stage import Stage
from bot.channels.teams.tables import ACTIVITIES, CARDS, CHATS, NUDGES, forget_cards, open_tables
from bot.channels.teams.tending import Tending
from bot.settings import Settings, settings
from referrals.records.engine import records, writing
from referrals.records.tables import REFERRAL
from referrals.replies import tasks
from tests.conversations.server import Server
from tests.teams.card_cases import MESSAGES
from tests.teams.conftest import teams_environ
from tests.teams.fake_connector import TENANT, Connector
from tests.teams.people import Person, titles, words
from tests.teams.test_teams_consultation import reach_cards


async def nobody(message: Any) -> None:
    raise AssertionError("nothing is said to Rasa here")


class Room:
    """A bot in this process, on a real connector and a real database; its clock can be put forward."""

    def __init__(
        self,
        connector: Connector,
        var: Path,
        client: aiohttp.ClientSession,
        rasa: Callable[[Any], Awaitable[None]] = nobody,
        **environ: str,
    ) -> None:
        self.ended: list[str] = []
        self.later = 0.0
        self.connector = connector
        environ = teams_environ(connector, FINGERPOST_VAR=str(var), **environ)
        self.settings: Settings = settings(environ=environ)
        self.found: TeamsSettings = teams_settings(self.settings, environ)
        self.engine = open_tables(self.found.url)
        calls = Calls(self.found, lambda: client, Credentials(self.found, lambda: client))
        shown = ShownCards(self.engine)
        self.stage = Stage(calls, shown)
        conversations = Conversations(self.settings, rasa, "teams")
        self.bot = TeamsBot(
            self.settings,
            self.found,
            conversations,
            self.engine,
            self.stage,
            self.ended.append,
            self.clock,
        )
        self.tending = Tending(
            self.bot.chats, self.bot.taken, self.stage, self.ended.append, self.clock
        )
        self.proactive = Proactive(self.bot.chats, shown, self.stage, self.settings)

    def clock(self) -> float:
        return time.time() + self.later

    def activity(self, person: Person, **more: Any) -> Activity:
        return self.parsed(person.activity(**more))

    def parsed(self, activity: dict[str, Any]) -> Activity:
        return parse(json.dumps(activity).encode())

    async def settled(self) -> None:
        """Wait until everything was answered, however busy the machine is."""
        while self.bot._queue._tasks:
            await self.bot.finish()

    def chat(self, person: Person) -> Chat:
        return self.bot.chats.of(self.activity(person, text="x"), self.clock())


@pytest_asyncio.fixture
async def room(connector: Connector, tmp_path: Path) -> AsyncIterator[Room]:
    async with aiohttp.ClientSession() as client:
        yield Room(connector, tmp_path, client)


@pytest.fixture
def person(connector: Connector, tmp_path: Path) -> Person:
    return Person(connector, "", tmp_path / "teams.db")


async def test_a_nudge_reaches_who_made_the_referral(room: Room, person: Person) -> None:
    chat = room.chat(person)
    assert chat.user_id == person_id(TENANT, person.object_id)
    card = nudge("FP-ABCDEFGH", "A service", "Nothing was heard.", "https://fp.example")
    assert await room.proactive.nudge(chat.user_id, card)
    [told] = person.seen
    assert "Nothing was heard." in words(told.card)
    assert titles(told.card) == ["Open the referral", "Worklist"]
    assert not await room.proactive.nudge("somebody who never wrote", card)


async def test_a_nudge_goes_to_no_group(room: Room, connector: Connector) -> None:
    group = Person(connector, "", Path("-"), kind="groupChat")
    chat = room.chat(group)
    card = nudge("FP-ABCDEFGH", "A service", "Nothing was heard.", "https://fp.example")
    assert not await room.proactive.nudge(chat.user_id, card)


async def test_a_practice_may_allow_groups(room: Room, connector: Connector) -> None:
    """Then what is said there goes to the assistant, and the answer stands in its thread."""
    group = Person(connector, "", Path("-"), kind="channel")
    room.bot._found = replace(room.found, groups=True)
    room.bot.accept(room.activity(group, text="<at>x</at> help", id="message-1"))
    await room.settled()
    # There is no Rasa behind this room: what comes is the answer for when something breaks.
    [told] = group.seen
    assert "Something went wrong here" in words(told.card)
    assert told.reply_to == "message-1"


async def test_the_worklist_is_for_private_chats(room: Room, connector: Connector) -> None:
    group = Person(connector, "", Path("-"), kind="groupChat")
    room.bot._found = replace(room.found, groups=True)
    room.bot.accept(room.activity(group, text="worklist"))
    await room.settled()
    [told] = group.seen
    assert "Go on in private" in titles(told.card)


async def test_a_nudge_that_cannot_be_sent_is_told(room: Room, person: Person) -> None:
    chat = room.chat(person)
    room.connector.failures.append((403, {}))
    card = nudge("FP-ABCDEFGH", "A service", "Nothing was heard.", "https://fp.example")
    assert not await room.proactive.nudge(chat.user_id, card)


async def test_a_referral_that_moved_is_shown_on_its_card(room: Room, person: Person) -> None:
    chat = room.chat(person)
    await room.stage.show(chat, cards_of(MESSAGES["draft"], "https://fp.example"))
    status = MESSAGES["status"]
    assert await room.proactive.referral_changed(status) == 1
    first, changed = person.seen
    assert (changed.method, changed.id) == ("PUT", first.id)
    assert "Accepted" in words(changed.card)
    assert await room.proactive.referral_changed({**status, "referral_id": "FP-OTHER"}) == 0


async def test_an_idle_consultation_ends_with_its_cards(room: Room, person: Person) -> None:
    chat = room.chat(person)
    await room.stage.show(chat, cards_of(MESSAGES["question, buttons"], "https://fp.example"))
    await room.tending.look()
    assert room.ended == []
    room.later = 11 * 60
    await room.tending.look()
    assert room.ended == [chat.sender]
    assert "that consultation has ended" in words(person.seen[-1].card)
    assert room.chat(person).sender != chat.sender
    with room.engine.connect() as connection:
        assert connection.execute(sa.select(CARDS)).all() == []
    # The words of its cards are gone from the file as well.
    kept = b"".join(path.read_bytes() for path in person.database.parent.glob("teams.db*"))
    assert b"What is in the way" not in kept
    await room.tending.look()
    assert len(person.seen) == 2


async def test_what_a_crash_left_unanswered_is_told_once(room: Room, person: Person) -> None:
    chat = room.chat(person)
    activity = room.activity(person, text="48F, off sick")
    row = {"key": activity.key, "chat": chat.key, "taken_at": room.clock() - 700}
    with room.engine.begin() as connection:
        connection.execute(sa.insert(ACTIVITIES).values(**row))
    await room.tending.look()
    await room.tending.look()
    [told] = person.seen
    assert "Please send it again" in words(told.card)


async def test_an_activity_that_fails_is_not_taken_for_answered(room: Room, person: Person) -> None:
    room.connector.failures += [(404, {})]
    room.bot.accept(room.activity(person, value={"x": 1}))
    await room.settled()
    with room.engine.connect() as connection:
        [row] = connection.execute(sa.select(ACTIVITIES)).all()
    assert row.answered_at is None
    room.later = 700
    await room.tending.look()
    assert "I was interrupted" in words(person.seen[-1].card)


async def test_a_chat_that_waits_for_its_answer_is_not_idle(room: Room, person: Person) -> None:
    chat = room.chat(person)
    await room.stage.show(chat, cards_of(MESSAGES["question, buttons"], "https://fp.example"))
    room.later = 11 * 60
    row = {"key": "of the message that came", "chat": chat.key, "taken_at": room.clock()}
    with room.engine.begin() as connection:
        connection.execute(sa.insert(ACTIVITIES).values(**row))
    await room.tending.look()
    assert room.ended == []
    room.bot.taken.answered("of the message that came", room.clock())
    await room.tending.look()
    assert room.ended == [chat.sender]


async def test_a_chat_that_cannot_be_reached_keeps_nobody_waiting(
    room: Room, connector: Connector, tmp_path: Path
) -> None:
    people = [Person(connector, "", tmp_path / "teams.db") for _ in range(3)]
    for person in people:
        chat = room.chat(person)
        await room.stage.show(chat, cards_of(MESSAGES["question, buttons"], "https://fp.example"))
    room.later = 11 * 60
    connector.failures.append((403, {}))
    await room.tending.look()
    assert len(room.ended) == 3
    assert sum("has ended" in words(person.seen[-1].card) for person in people) == 2
    for person in people:
        row = {"key": person.conversation, "chat": room.chat(person).key, "taken_at": 0.0}
        with room.engine.begin() as connection:
            connection.execute(sa.insert(ACTIVITIES).values(**row))
    connector.failures.append((403, {}))
    await room.tending.look()
    assert sum("send it again" in words(person.seen[-1].card) for person in people) == 2


async def test_a_person_who_removed_the_app_is_not_tried_again(room: Room, person: Person) -> None:
    chat = room.chat(person)
    room.connector.failures.append((403, {}))
    card = nudge("FP-ABCDEFGH", "A service", "Nothing was heard.", "https://fp.example")
    assert not await room.proactive.nudge(chat.user_id, card)
    assert not room.proactive.reaches(chat.user_id)
    room.chat(person)
    assert await room.proactive.nudge(chat.user_id, card)


async def test_what_nobody_needs_any_more_goes(room: Room, connector: Connector) -> None:
    person = Person(connector, "", Path("-"))
    group = Person(connector, "", Path("-"), kind="groupChat")
    chat = room.chat(person)
    room.chat(group)
    card = nudge("FP-ABCDEFGH", "A service", "Nothing was heard.", "https://fp.example")
    assert await room.proactive.nudge(chat.user_id, card)
    room.later = 31 * 24 * 3600
    await room.tending.look()
    with room.engine.connect() as connection:
        assert connection.execute(sa.select(CARDS)).all() == []
        [left] = connection.execute(sa.select(CHATS)).all()
    # Where somebody can be reached is kept.
    assert left.key == chat.key


async def test_what_takes_long_is_not_done_in_the_servers_loop(room: Room, person: Person) -> None:
    chat = room.chat(person)
    await room.stage.show(chat, cards_of(MESSAGES["question, buttons"], "https://fp.example"))
    threads: list[str] = []
    room.bot._end = lambda sender: threads.append(threading.current_thread().name)
    room.bot.accept(room.activity(person, text="new patient"))
    await room.settled()
    room.bot.accept(room.activity(person, kind="installationUpdate", action="remove"))
    await room.settled()
    assert len(threads) == 2
    assert threading.main_thread().name not in threads


async def test_old_activities_are_forgotten(room: Room, person: Person) -> None:
    room.bot.accept(room.activity(person, value={"x": 1}))
    await room.settled()
    room.later = 3 * 24 * 3600
    await room.tending.look()
    with room.engine.connect() as connection:
        assert connection.execute(sa.select(ACTIVITIES)).all() == []


async def test_every_card_goes_with_the_purge(room: Room, person: Person) -> None:
    await room.stage.show(room.chat(person), cards_of(MESSAGES["question, buttons"], "https://x"))
    room.engine.dispose()
    assert forget_cards(room.found.url) == 1
    assert forget_cards(room.found.url) == 0
    assert b"What is in the way" not in person.database.read_bytes()


async def test_the_latest_service_url_counts(room: Room, person: Person) -> None:
    chat = room.chat(person)
    moved = replace(room.activity(person, text="x"), service_url="https://smba.example/uk/")
    assert room.bot.chats.of(moved, room.clock()).place.service_url == "https://smba.example/uk/"
    assert room.bot.chats.of(moved, room.clock()).key == chat.key


async def test_a_task_and_a_new_state_reach_who_made_the_referral(
    nurse: Person,
    teams_server: Server,
    connector: Connector,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server's own sweep may look as well meanwhile: told once all the same."""
    for card in reach_cards(nurse):
        nurse.press(card, "Refer")
    drafts = [one for one in nurse.seen if "Held in referral" in words(one.card)]
    found = re.search(r"FP-\w{8}", words(drafts[0].card))
    assert found is not None
    monkeypatch.setenv("FINGERPOST_VAR", str(teams_server.var))
    now = datetime.now().astimezone()
    with writing(records()) as connection:
        assert tasks.open_task(connection, found[0], "silent", now)
        here = REFERRAL.c.reference == found[0]
        connection.execute(sa.update(REFERRAL).where(here).values(state="consented"))
    async with aiohttp.ClientSession() as client:
        room = Room(connector, teams_server.var, client)
        following = Following(room.engine, room.proactive, room.settings)
        with room.engine.begin() as connection:
            # Of a task that is no more: its number may be given again.
            connection.execute(sa.insert(NUDGES).values(task=987_654))
        await following.look()
        await following.look()
        with room.engine.connect() as connection:
            assert 987_654 not in set(connection.scalars(sa.select(NUDGES.c.task)))
    told = [one for one in nurse.seen if "Something to do" in words(one.card)]
    assert len(told) == 1
    assert tasks.TO_DO["silent"] in words(told[0].card)
    changed = [one for one in nurse.seen if one.method == "PUT" and one.id == drafts[0].id]
    assert len(changed) == 1
    assert "Consent recorded" in words(changed[0].card)
