"""What this channel remembers, on PostgreSQL as on SQLite: each thing once, whoever asks at the same time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.channels.teams.activities import Activity
from bot.channels.teams.dedup import Taken
from bot.channels.teams.references import References
from bot.channels.teams.shown_cards import ShownCards
from bot.channels.teams.tables import open_tables
from tests.engines import running_postgres

CALLERS = 8


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "sqlite":
        yield open_tables(f"sqlite:///{tmp_path / 'teams.db'}")
        return
    with running_postgres() as postgres:
        made = open_tables(postgres.url)
        yield made
        made.dispose()


def test_each_thing_happens_once(engine: Any) -> None:
    now = time.time()
    activity = Activity("message", "1", "msteams", "https://a.example", "a", person="p")
    with ThreadPoolExecutor(CALLERS) as pool:

        def all_at_once(work: Any) -> list[Any]:
            return [one.result() for one in [pool.submit(work) for _ in range(CALLERS)]]

        chats = References(engine)
        made = all_at_once(lambda: chats.of(activity, now))
        assert len({chat.sender for chat in made}) == 1
        chat = made[0]
        taken = Taken(engine)
        assert all_at_once(lambda: taken.take("key", chat.key, now)).count(True) == 1
        assert all_at_once(lambda: chats.welcome(chat.key, now)).count(True) == 1
        shown = ShownCards(engine)
        shown.add("t" * 32, chat.key, chat.consultation, "question", {"body": []}, now)
        card = shown.find("t" * 32, chat.key)
        assert card is not None
        assert all_at_once(lambda: shown.press(card, "yes")).count(True) == 1
        assert shown.was_pressed(card, "yes")
        claimed = all_at_once(lambda: taken.claim_unanswered(now + 1, now))
        assert sum(map(len, claimed)) == 1
        ended = all_at_once(lambda: chats.next_patient(chat, now))
        assert sum(one is not None for one in ended) == 1
    assert shown.find("t" * 32, chat.key) is None
    chats.forget(chat.key)
    assert chats.get(chat.key) is None
