"""More than can be answered: whoever is turned away is told so, at once or afterwards, and can try again."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage

from bot.channels.teams.bot import BUSY, BUSY_PRESS, Full
from bot.channels.teams.configuration import DEFAULT_QUEUE, teams_settings
from bot.channels.teams.queue import MOST_OF_ONE_CHAT
from bot.channels.teams.tending import INTERRUPTED, UNANSWERED_SECONDS
from bot.port import StartError
from bot.settings import settings
from tests.conversations.server import Server, start
from tests.teams.conftest import teams_environ
from tests.teams.fake_connector import Connector, Sent
from tests.teams.people import Person, titles, words
from tests.teams.test_teams_unasked import Room

MOST = 3


class Gate:
    """Stands where Rasa is: answers nothing until it is opened."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.heard: list[str] = []

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(str(message.text))
        await self.open.wait()
        said = {"type": "info", "topic": "help", "text": f"Heard: {message.text}"}
        await message.output_channel.send_response("x", {"text": said["text"], "custom": said})


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest_asyncio.fixture
async def room(connector: Connector, tmp_path: Path, gate: Gate) -> AsyncIterator[Room]:
    async with aiohttp.ClientSession() as client:
        yield Room(connector, tmp_path, client, gate, FINGERPOST_TEAMS_QUEUE=str(MOST))


@pytest.fixture
def people(connector: Connector, tmp_path: Path) -> list[Person]:
    return [Person(connector, "", tmp_path / "teams.db") for _ in range(2 * MOST + 2)]


async def until(true: Any) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def told(person: Person) -> list[str]:
    return [words(one.card) for one in person.seen]


async def test_beyond_the_limit_people_are_told_and_can_send_it_again(
    room: Room, gate: Gate, people: list[Person], caplog: pytest.LogCaptureFixture
) -> None:
    taken, refused = people[:MOST], people[MOST : MOST + 2]
    for person in taken:
        room.bot.accept(room.activity(person, text="first"))
    late = [room.activity(person, text="second") for person in refused]
    for activity in (*late, *late):
        # Delivered twice, as Teams does: told once.
        room.bot.accept(activity)
    await until(lambda: all(person.seen for person in refused))
    assert [told(person) for person in refused] == [[BUSY]] * 2
    assert "turned away" in caplog.text and "second" not in caplog.text
    gate.open.set()
    await until(lambda: all("Heard: first" in told(person) for person in taken))
    await until(lambda: room.bot._queue.has_room("any"))
    assert "second" not in gate.heard
    # It is not said again afterwards, and what is sent again is answered.
    room.later = UNANSWERED_SECONDS + 60
    await room.tending.look()
    assert [told(person) for person in refused] == [[BUSY]] * 2
    room.bot.accept(room.activity(refused[0], text="second again"))
    await until(lambda: "Heard: second again" in told(refused[0]))
    assert "2 were turned away" in caplog.text


async def test_who_cannot_be_told_at_once_is_told_afterwards(
    room: Room, gate: Gate, people: list[Person]
) -> None:
    room.bot._queue._most["notice"] = MOST
    for person in people[:MOST]:
        room.bot.accept(room.activity(person, text="first"))
    # The lane of those who are told is full as well: the last two are told nothing now.
    for person in people[MOST:]:
        room.bot.accept(room.activity(person, text="second"))
    unlucky = people[2 * MOST :]
    gate.open.set()
    await until(lambda: all(person.seen for person in people[: 2 * MOST]))
    assert not any(person.seen for person in unlucky)
    room.later = UNANSWERED_SECONDS + 60
    await room.tending.look()
    assert [told(person) for person in unlucky] == [[INTERRUPTED]] * 2


async def test_one_chat_does_not_take_the_room_of_all(
    connector: Connector, tmp_path: Path, gate: Gate
) -> None:
    one, other = (Person(connector, "", tmp_path / "teams.db") for _ in range(2))
    async with aiohttp.ClientSession() as client:
        room = Room(connector, tmp_path, client, gate)
        for number in range(MOST_OF_ONE_CHAT + 5):
            room.bot.accept(room.activity(one, text=f"line {number}"))
        await until(lambda: told(one).count(BUSY) == 5)
        gate.open.set()
        room.bot.accept(room.activity(other, text="mine"))
        await until(lambda: "Heard: mine" in told(other))
        await until(lambda: len(told(one)) == MOST_OF_ONE_CHAT + 5)
    # In the order in which they came.
    assert [text for text in gate.heard if text != "mine"] == [
        f"line {number}" for number in range(MOST_OF_ONE_CHAT)
    ]


async def test_a_button_that_found_no_room_can_be_pressed_again(
    room: Room, gate: Gate, people: list[Person]
) -> None:
    from bot.channels.teams.cards import cards_of
    from tests.teams.card_cases import MESSAGES

    presser = people[0]
    chat = room.chat(presser)
    await room.stage.show(chat, cards_of(MESSAGES["question, buttons"], "https://fp.example"))
    card = presser.seen[0].card
    title = titles(card)[0]
    for person in people[1 : MOST + 1]:
        room.bot.accept(room.activity(person, text="first"))

    def press() -> dict[str, Any]:
        action = presser.invoke(presser.data(card, title))
        action["id"] = uuid.uuid4().hex
        return room.bot.invoked(room.parsed(action))

    assert press()["value"] == BUSY_PRESS and len(presser.seen) == 1
    gate.open.set()
    await until(lambda: all(person.seen for person in people[1 : MOST + 1]))
    await until(lambda: room.bot._queue.has_room("any"))
    answer = press()
    assert f"✓ {title}" in words(answer["value"])
    await until(lambda: len(presser.seen) >= 2)


async def test_an_event_that_found_no_room_may_be_delivered_again(
    room: Room, gate: Gate, people: list[Person]
) -> None:
    held = room.activity(people[0], kind="installationUpdate", action="add")
    for person in people[1 : MOST + 1]:
        room.bot.accept(room.activity(person, kind="installationUpdate", action="add"))
    with pytest.raises(Full):
        room.bot.accept(held)
    await until(lambda: all(person.seen for person in people[1 : MOST + 1]))
    await until(lambda: room.bot._queue.has_room("any", "event"))
    room.bot.accept(held)
    await until(lambda: bool(people[0].seen))
    assert "Fingerpost" in told(people[0])[0]


@pytest.mark.parametrize("text", ["0", "many", "-1"])
def test_the_limit_is_a_number(text: str) -> None:
    found = settings(environ={})
    with pytest.raises(StartError, match="FINGERPOST_TEAMS_QUEUE"):
        teams_settings(found, {"FINGERPOST_TEAMS_QUEUE": text})
    assert teams_settings(found, {}).queue == DEFAULT_QUEUE


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, connector: Connector) -> Iterator[Server]:
    """A whole server in which little may wait."""
    environ = teams_environ(connector, FINGERPOST_TEAMS_QUEUE=str(MOST))
    server = start(Path(tmp_path_factory.mktemp("small")), **environ)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.mark.model
def test_of_a_burst_nobody_is_left_without_an_answer(small: Server, connector: Connector) -> None:
    crowd = [Person(connector, small.url, small.var / "teams.db") for _ in range(40)]
    opening = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"
    with ThreadPoolExecutor(len(crowd)) as pool:
        posts = list(pool.map(lambda person: person.post(person.activity(text=opening)), crowd))
    assert {post.status_code for post in posts} == {202}
    crowd[0].wait()
    busy = [person for person in crowd if told(person) == [BUSY]]
    answered = [person for person in crowd if any("packer" in text for text in told(person))]
    assert len(busy) + len(answered) == len(crowd)
    assert busy and answered, (len(busy), len(answered))
    again: list[Sent] = busy[0].say(opening)
    assert any("packer" in words(one.card) for one in again)
