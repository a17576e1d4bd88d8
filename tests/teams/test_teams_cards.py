"""Every typed message as a card: valid, small enough, with words for who cannot see it, and safe to press."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.teams.cards import cards_of
from bot.channels.teams.cards.blocks import MOST_ACTIONS, Card, walk
from bot.channels.teams.cards.others import in_private, nudge, plain, welcome
from bot.channels.teams.cards.worklist import worklist
from bot.channels.teams.presses import PressError, closed, press_of, stamped, with_note
from bot.channels.teams.sizes import LIMIT, fitting, pieces, weight
from referrals.replies.following_up import ToDo
from referrals.replies.tasks import Task
from referrals.worklist import WorkRow
from tests.teams.card_cases import MESSAGES, WORDS, draft
from tests.teams.npm import node
from tests.teams.people import button, titles, words

BASE = "https://fingerpost.example.nhs.uk"
CHECK = Path(__file__).parent / "check_cards.cjs"
TOKEN = "0" * 32
NOW = datetime.now().astimezone()
TASKS = [ToDo(Task(1, "FP-ABCDEFGH", "a", "silent", NOW, "x"), WORDS, WORDS)] * 12
ROW = WorkRow("FP-ABCDEFGH", "a", WORDS, "sent", WORDS, 1, True, WORDS, "x", NOW, False, False)
ROWS = [ROW] * 12


def all_cards() -> Iterator[tuple[str, Card]]:
    for name, message in MESSAGES.items():
        for card in cards_of(message, BASE):
            yield from ((name, part) for part in fitting(card))
    yield "welcome", welcome(True, "nurse", True)
    yield "welcome in service", welcome(False, "nurse", False)
    yield "group", in_private("28:bot")
    yield "joined a group", in_private("28:bot", joined=True)
    yield "plain", plain(WORDS)
    yield "worklist", worklist(TASKS, ROWS, BASE)
    yield "nudge", nudge("FP-ABCDEFGH", WORDS, WORDS, BASE)


CARDS = [(name, stamped(card.content(), TOKEN)) for name, card in all_cards()]


@pytest.mark.system
def test_microsofts_own_parser_finds_nothing_wrong() -> None:
    changed = [(name, closed(card, "Chosen")) for name, card in CARDS]
    noted = [(name, with_note(card, "Pressed already")) for name, card in CARDS]
    every = [*CARDS, *changed, *noted]
    given = json.dumps([card for _, card in every]).encode()
    found = json.loads(node(CHECK, given))
    assert len(found) == len(every)
    assert [(name, what) for (name, _), what in zip(every, found, strict=True) if what] == []


@pytest.mark.system
def test_the_parser_does_find_what_is_wrong() -> None:
    wrong: list[dict[str, Any]] = [
        {"body": [{"type": "TextBlock", "text": "a", "colour": "good"}]},
        {"body": [{"type": "TextBlock", "text": "a", "color": "Pink"}]},
        {"body": [{"type": "Carousel", "pages": []}]},
        {
            "body": [],
            "actions": [{"type": "Action.Execute", "title": "a", "fallback": {"type": "x"}}],
        },
        {"body": [], "actions": [{"type": "Action.Submit", "title": str(n)} for n in range(7)]},
    ]
    cards = [{"type": "AdaptiveCard", "version": "1.5", **one} for one in wrong]
    assert all(json.loads(node(CHECK, json.dumps(cards).encode())))


@pytest.mark.parametrize("name", MESSAGES)
def test_each_card_has_words_and_fits(name: str) -> None:
    cards = [part for card in cards_of(MESSAGES[name], BASE) for part in fitting(card)]
    assert cards
    for card in cards:
        content = stamped(card.content(), TOKEN)
        assert content["version"] == "1.5"
        assert content["fallbackText"].strip()
        assert weight(content) < LIMIT
        assert card.summary and "48" not in card.summary
        for actions in [content.get("actions", []), *(b.get("actions", []) for b in card.body)]:
            assert len(actions) <= MOST_ACTIONS


@pytest.mark.parametrize("name", MESSAGES)
def test_data_of_buttons_are_objects_with_a_fallback_for_old_clients(name: str) -> None:
    for card in cards_of(MESSAGES[name], BASE):
        for node_ in walk(stamped(card.content(), TOKEN)):
            if node_.get("type") in ("Action.Execute", "Action.Submit"):
                assert isinstance(node_["data"], dict)
                assert node_["data"]["fingerpost"]["card"] == TOKEN
            if node_.get("type") == "Action.Execute":
                assert node_["fallback"]["type"] == "Action.Submit"
                assert node_["fallback"]["data"] == node_["data"]
            if node_.get("type") == "Action.OpenUrl":
                assert node_["url"].startswith("https://")


def test_what_was_typed_is_never_markdown() -> None:
    """Words of people and of entries stand where a client reads no links; headings have none."""
    for _, card in CARDS:
        for node_ in walk(card):
            if node_.get("type") == "TextBlock":
                assert not set("[]*_`") & set(node_["text"])


def test_nothing_is_lost_where_a_card_is_split() -> None:
    message = MESSAGES["info, taken elsewhere"]
    [card] = cards_of(message, BASE)
    parts = fitting(card)
    assert len(parts) > 1
    told = [line for part in parts for line in words({"body": part.body}).splitlines()]
    assert told[1:] == [line for line in message["text"].splitlines() if line]


def test_long_words_are_cut_where_there_is_no_space() -> None:
    for text in ("a" * 100_000, "é" * 50_000, "word " * 20_000, "line\n" * 10_000):
        cut = pieces(text)
        assert all(weight(one) <= LIMIT for one in cut)
        assert "".join("".join(cut).split()) == "".join(text.split())


def test_every_service_of_a_country_can_be_asked_about() -> None:
    message = MESSAGES["recommendations, a whole country"]
    parts = [part for card in cards_of(message, BASE) for part in fitting(card)]
    offered = {
        choice["value"]
        for part in parts
        for node_ in walk(part.body)
        if node_.get("type") == "Input.ChoiceSet"
        for choice in node_["choices"]
    }
    assert {one["service_id"] for one in message["rejected"]} <= offered


def test_six_answers_are_buttons_and_seven_a_list() -> None:
    [five] = cards_of(MESSAGES["question, buttons"], BASE)
    assert len([a for a in five.actions if a["type"] == "Action.Execute"]) == 6
    [six] = cards_of(MESSAGES["question, a list"], BASE)
    assert [a["title"] for a in six.actions] == ["Answer", "Don't know"]


def test_a_draft_opens_its_own_page_and_tells_no_identifier() -> None:
    [card] = cards_of(MESSAGES["draft"], BASE)
    page = button(card.content(), "Open the referral")
    assert page["url"] == f"{BASE}/referrals/consultation/abc"
    said = words(card.content())
    assert "Held in referral FP-ABCDEFGH" in said
    assert "Still missing: \nName" in said
    assert "never in this chat" in said


def test_a_closed_card_keeps_only_its_links() -> None:
    [card] = cards_of(MESSAGES["question, many"], BASE)
    after = closed(stamped(card.content(), TOKEN), "Answer 3")
    assert titles(after) == []
    assert "✓ Answer 3" in words(after)
    [card] = cards_of(MESSAGES["draft"], BASE)
    after = closed(stamped(card.content(), TOKEN), "Done")
    assert set(titles(after)) == {"Open the referral", "Worklist"}


def test_a_choice_that_was_not_offered_is_refused() -> None:
    [card] = cards_of(MESSAGES["question, many"], BASE)
    content = stamped(card.content(), TOKEN)
    data = button(content, "Answer")["data"]
    assert press_of(content, {**data, "choice": "answer-7"}).says == ("answer-7",)
    for choice in ("answer-61", "", None, 7, ["answer-7"], "answer-7;drop"):
        with pytest.raises(PressError):
            press_of(content, {**data, "choice": choice})


def test_what_a_role_may_not_read_is_not_called_missing() -> None:
    hidden = {"name": "conditions", "label": "Conditions", "value": "", "required": True}
    fields = [
        {**hidden, "source": "not shown to your role", "missing": False},
        {**hidden, "name": "aim", "label": "Aim", "source": "", "missing": True},
    ]
    [card] = cards_of(draft(fields=fields), BASE)
    said = words({"body": card.body})
    assert "Still missing: \nAim" in said
    assert "Conditions" not in said
