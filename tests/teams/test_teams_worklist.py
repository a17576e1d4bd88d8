"""The practice's worklist in the chat: what the page shows, to whom the page shows it, and no patient."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from bot.channels.teams.cards.blocks import MOST_ACTIONS
from bot.channels.teams.cards.worklist import MOST_ROWS, worklist
from bot.channels.teams.worklist import asks_for_worklist
from referrals.records.engine import records, writing
from referrals.records.tables import REFERRAL
from referrals.replies import tasks
from referrals.replies.following_up import ToDo
from referrals.worklist import WorkRow
from tests.conversations.server import Server
from tests.teams.conftest import GP
from tests.teams.people import Person, titles, words
from tests.teams.test_teams_consultation import reach_cards


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("worklist", True),
        ("Show me my worklist.", True),
        ("work list", True),
        ("open the worklist", True),
        ("her worklist at the warehouse is too long", False),
        ("list", False),
        ("", False),
        ("worklist " * 50, False),
    ],
)
def test_what_asks_for_it(said: str, asks: bool) -> None:
    assert asks_for_worklist(said) is asks


def test_whoever_may_report_sees_what_is_to_be_done(
    somebody: Callable[..., Person], teams_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = somebody(object_id=GP)
    for card in reach_cards(doctor):
        doctor.press(card, "Refer")
    draft = next(one for one in doctor.seen if "Held in referral" in words(one.card))
    found = re.search(r"FP-\w{8}", words(draft.card))
    assert found is not None
    monkeypatch.setenv("FINGERPOST_VAR", str(teams_server.var))
    with writing(records()) as connection:
        now = datetime.now().astimezone()
        assert tasks.open_task(connection, found[0], "declined", now)
        here = REFERRAL.c.reference == found[0]
        connection.execute(sa.update(REFERRAL).where(here).values(state="declined"))
    [told] = doctor.say("worklist")
    assert told.activity["summary"] == "The worklist"
    said = words(told.card)
    assert "To be done" in said and found[0] in said
    assert tasks.TO_DO["declined"] in said
    assert found[0] in titles(told.card) and "Open the worklist" in titles(told.card)
    assert "packer" not in json.dumps(told.activity)


def test_where_a_referral_stands_is_told_as_a_card(
    somebody: Callable[..., Person], nurse: Person
) -> None:
    doctor = somebody(object_id=GP)
    doctor.press(reach_cards(doctor)[0], "Refer")
    draft = next(one for one in doctor.seen if "Held in referral" in words(one.card))
    found = re.search(r"FP-\w{8}", words(draft.card))
    assert found is not None
    for typed in (f"status of {found[0]}", "has the referral gone?"):
        [told] = [one for one in doctor.say(typed) if one.method == "POST" and one.card]
        assert f"Held in referral {found[0]}" in words(told.card)
        assert "Next: " in words(told.card) and "Open the referral" in titles(told.card)
        assert "packer" not in json.dumps(told.activity)
    # Whoever the practice has not named is reception here: they may see, but these are not theirs.
    [none] = nurse.cards("what happened to my referral?")
    assert "No such referral" in words(none) and found[0] not in words(none)


def test_it_is_asked_for_from_the_welcome(nurse: Person) -> None:
    [welcome] = nurse.send(nurse.activity("installationUpdate", action="add"))
    _, [told, _] = nurse.press(welcome.card, "Worklist")
    assert words(told.card).startswith("Worklist")
    assert "Open the worklist" in titles(told.card)


def test_a_long_list_stays_a_card_for_a_phone() -> None:
    now = datetime.now().astimezone()
    todos = [
        ToDo(tasks.Task(n, f"FP-TASK{n:04}", "a", "silent", now, "x"), "A service", "words")
        for n in range(40)
    ]
    rows = [
        WorkRow(
            f"FP-ROWS{n:04}", "a", "A service", "sent", "Sent", n, True, "the service", "x", now,
            False, False,
        )
        for n in range(40)
    ]  # fmt: skip
    card = worklist(todos, rows, "https://fp.example")
    assert len(card.actions) == MOST_ACTIONS
    assert words({"body": card.body}).count("FP-") == 2 * MOST_ROWS
    assert "60 more on the page" in words({"body": card.body})
    assert "Nothing is to be done" in words({"body": worklist([], [], "https://fp.example").body})
