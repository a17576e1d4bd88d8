"""Several processes, and one that was started anew: each activity still has one answer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conversations.server import Server, start
from tests.teams.conftest import teams_environ
from tests.teams.fake_connector import Connector
from tests.teams.people import Person, titles, words
from tests.teams.test_teams_consultation import OPENING


@pytest.fixture(scope="module")
def second(
    tmp_path_factory: pytest.TempPathFactory, teams_server: Server, connector: Connector
) -> Iterator[Server]:
    """Another process on the same databases, which has not seen what the first has."""
    var = Path(tmp_path_factory.mktemp("second"))
    first = teams_server.var
    shared = {
        "FINGERPOST_TEAMS_URL": f"sqlite:///{first / 'teams.db'}",
        "FINGERPOST_DATABASE_URL": f"sqlite:///{first / 'conversations.db'}",
        "FINGERPOST_COUNTS_URL": f"sqlite:///{first / 'counts.db'}",
        "FINGERPOST_SENDER_KEY": "of this test",
    }
    running = start(var, **teams_environ(connector, **shared))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def at(person: Person, server: Server) -> Person:
    """The same person in the same chat, whose posts reach another process."""
    return Person(
        person.connector,
        server.url,
        person.database,
        person.conversation,
        object_id=person.object_id,
    )


def test_what_one_process_answered_another_does_not(nurse: Person, second: Server) -> None:
    activity = nurse.activity(text="help")
    nurse.send(activity)
    assert at(nurse, second).post(activity).status_code == 202
    nurse.wait()
    assert len(nurse.seen) == 1


def test_delivered_to_both_at_once_it_is_answered_once(nurse: Person, second: Server) -> None:
    elsewhere = at(nurse, second)
    activities = [nurse.activity(text="help") for _ in range(10)]
    with ThreadPoolExecutor(8) as pool:
        posts = [pool.submit(p.post, a) for a in activities for p in (nurse, elsewhere)]
    assert {post.result().status_code for post in posts} == {202}
    nurse.wait()
    assert len(nurse.seen) == len(activities)


def test_a_consultation_goes_on_in_another_process(nurse: Person, second: Server) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    assert asked is not None
    elsewhere = at(nurse, second)
    answer, came = elsewhere.press(asked, titles(asked)[0])
    assert f"✓ {titles(asked)[0]}" in words(answer["value"])
    assert "packer" in words(came[0].card)
    again, nothing = nurse.press(asked, titles(asked)[0])
    assert again == answer and not nothing
