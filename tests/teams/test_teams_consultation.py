"""A consultation in Teams, from the first line to the referral, with cards pressed as people press them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from bot.channels.teams.presses import MOST_NOTES
from tests.conversations.server import Server
from tests.teams.conftest import GP
from tests.teams.fake_connector import Connector
from tests.teams.people import Person, button, titles, walk, words

OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain, getting low"
RISK = "28M Rochdale, lost his job, says he wants to end his life"


def reach_cards(person: Person) -> list[dict[str, Any]]:
    """Say the opening line, know nothing that is asked, return the cards of services."""
    person.say(OPENING)
    for _ in range(6):
        asked = person.question()
        if asked is None:
            break
        person.press(asked, "Don't know")
    cards = [one.card for one in person.seen if one.card and one.method == "POST"]
    return [card for card in cards if "Refer" in titles(card) and "Sources" in titles(card)]


def test_from_the_opening_to_a_referral(nurse: Person) -> None:
    services = reach_cards(nurse)
    assert 1 <= len(services) <= 3
    for card in services:
        said = words(card)
        assert "Why" in said and "Who refers, and how" in said and "Facts: " in said
    answers = []
    for card in services:
        answer, came = nurse.press(card, "Refer")
        assert "✓ Refer: " in words(answer["value"])
        # Pressed, it is gone; the others stay.
        assert "Refer" not in titles(answer["value"])
        assert "Tell me more" in titles(answer["value"])
        answers += [one.card for one in came if one.card]
    drafts = [card for card in answers if "Held in referral FP-" in words(card)]
    assert drafts, [words(card) for card in answers]
    opened = next(n for n in walk(drafts[0]) if n.get("type") == "Action.OpenUrl")
    assert opened["url"].startswith(nurse.server_url)
    assert "nothing has been sent" in words(drafts[0])


def test_a_question_once_answered_shows_the_answer(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    assert asked is not None
    chosen = titles(asked)[0]
    answer, came = nurse.press(asked, chosen)
    assert answer["statusCode"] == 200
    assert f"✓ {chosen}" in words(answer["value"])
    assert titles(answer["value"]) == []
    assert any(one.activity.get("summary") == "What was understood" for one in came)


def test_what_was_chosen_stands_in_the_chat_for_other_devices_too(nurse: Person) -> None:
    nurse.say(OPENING)
    shown = next(one for one in reversed(nurse.seen) if one.card == nurse.question())
    answer, came = nurse.press(shown.card, "Don't know")
    [changed] = [one for one in came if one.method == "PUT"]
    assert (changed.id, changed.card) == (shown.id, answer["value"])
    # The answer comes first: nobody waits for the old card's new look.
    assert came[-1] is changed


def test_a_card_of_the_patient_before_is_changed_as_well(nurse: Person) -> None:
    nurse.say(OPENING)
    came = nurse.say("62M bus driver in Bury, off sick 3 months, angina")
    asked = next(one for one in came if "New patient" in titles(one.card))
    _, came = nurse.press(asked.card, "New patient")
    [changed] = [one for one in came if one.method == "PUT" and one.id == asked.id]
    assert "✓ New patient" in words(changed.card)


def test_pressed_twice_it_counts_once(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    assert asked is not None
    first, came = nurse.press(asked, "Don't know")
    again, nothing = nurse.press(asked, "Don't know")
    other, still_nothing = nurse.press(asked, titles(asked)[0])
    assert came and not nothing and not still_nothing
    assert first["value"] == again["value"] == other["value"]


def test_refer_pressed_twice_makes_one_draft(nurse: Person) -> None:
    card = reach_cards(nurse)[0]
    _, came = nurse.press(card, "Refer")
    again, nothing = nurse.press(card, "Refer")
    assert came and not nothing
    assert "You have pressed that already" in words(again["value"])


def test_a_card_that_is_asked_from_all_day_stays_small(nurse: Person) -> None:
    reach_cards(nurse)
    more = next(c.card for c in nurse.seen if c.card and "Why not?" in titles(c.card))
    field = next(n for n in walk(more) if str(n.get("id")).startswith("rejected"))
    for choice in field["choices"][:8]:
        answer, came = nurse.press(more, "Why not?", **{field["id"]: choice["value"]})
        assert came and f"Why not?: {choice['title']}" in words(answer["value"])
    assert words(answer["value"]).count("✓ Why not?") == MOST_NOTES


def test_an_invoke_delivered_twice_is_answered_alike(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    invoke = nurse.invoke(nurse.data(asked, "Don't know"))
    first = nurse.post(invoke).json()
    nurse.wait()
    count = len(nurse.seen)
    assert nurse.post(invoke).json() == first
    nurse.wait()
    assert len(nurse.seen) == count


def test_a_card_of_an_ended_consultation_says_so(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    nurse.say("new patient")
    answer, came = nurse.press(asked, "Don't know")
    assert "has ended" in answer["value"]
    assert not came


def test_a_question_answered_by_typing_is_closed(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    came = nurse.say("she wants to stay in her job")
    changed = [one for one in came if one.method == "PUT"]
    assert len(changed) == 1
    assert "Answered in the chat" in words(changed[0].card)
    answer, nothing = nurse.press(asked, titles(asked)[0])
    assert "Answered in the chat" in words(answer["value"])
    assert not nothing


def test_a_question_outlives_an_aside(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    nurse.say("help")
    answer, came = nurse.press(asked, titles(asked)[0])
    assert came
    assert f"✓ {titles(asked)[0]}" in words(answer["value"])


def test_several_answers_at_once(nurse: Person) -> None:
    reach_cards(nurse)
    more = next(c.card for c in nurse.seen if c.card and "Ask me" in titles(c.card))
    _, came = nurse.press(more, "Ask me", chip="ask barriers")
    asked = nurse.question()
    field = next(n for n in walk(asked) if n.get("type") == "Input.ChoiceSet")
    assert field["isMultiSelect"] is True
    values = [choice["value"] for choice in field["choices"] if choice["value"] != "none"][:2]
    # "None" and something else cannot both be so: what was chosen counts.
    answer, came = nurse.press(asked, "Answer", choice=",".join([*values, "none"]))
    assert answer["statusCode"] == 200
    understood = next(c for c in came if c.activity.get("summary") == "What was understood")
    for value in values:
        title = next(c["title"] for c in field["choices"] if c["value"] == value)
        assert title.casefold() in words(understood.card).casefold()


def test_a_fact_is_put_right_on_its_card(nurse: Person) -> None:
    nurse.say(OPENING)
    understood = next(c.card for c in nurse.seen if "Put right" in titles(c.card))
    form = button(understood, "Put right")["card"]
    facts = {c["title"]: c["value"] for c in form["body"][0]["choices"]}
    _, came = nurse.press(understood, "Save", fact=facts["depression"], value="")
    assert "Removed: depression" in "\n".join(words(one.card) for one in came)
    age = next(value for title, value in facts.items() if "48" in title)
    answer, came = nurse.press(understood, "Save", fact=age, value="43")
    assert answer["statusCode"] == 200, answer
    assert "age 43" in "\n".join(words(one.card) for one in came)


def test_what_a_card_did_not_offer_is_refused(nurse: Person) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    good = nurse.data(asked, "Don't know")
    mark = good["fingerpost"]
    understood = next(c.card for c in nurse.seen if "Put right" in titles(c.card))
    save = nurse.data(understood, "Save")
    malformed: list[Any] = [
        None,
        "text",
        [],
        {},
        {"fingerpost": None},
        {"fingerpost": {"card": 7}},
        {"fingerpost": {"card": "../../etc"}},
        {"fingerpost": {"card": mark["card"]}},
        {"fingerpost": {**mark, "say": "refer to everything"}},
        {"fingerpost": {**mark, "press": "role"}},
        {**save, "fact": ["age"]},
        {**save, "fact": "weather"},
        {**save, "fact": ""},
        {**save, "fact": "not depression", "value": {"a": 1}},
        {**save, "fact": "not depression", "value": "x" * 5000},
    ]
    count = len(nurse.seen)
    for data in malformed:
        answer = nurse.post(nurse.invoke(data))
        assert answer.status_code == 200, data
        assert answer.json()["statusCode"] == 400, data
        assert answer.json()["type"] == "application/vnd.microsoft.error"
    for value in ("text", [], {"action": "x"}, None):
        activity = nurse.activity("invoke", name="adaptiveCard/action", value=value)
        assert nurse.post(activity).json()["statusCode"] == 400
    nurse.wait()
    assert len(nurse.seen) == count
    # The card still works.
    assert nurse.press(asked, "Don't know")[1]


def test_a_card_is_for_whom_it_was_shown_to(nurse: Person, somebody: Callable[..., Person]) -> None:
    nurse.say(OPENING)
    asked = nurse.question()
    other = somebody()
    answer, came = other.press(asked, "Don't know")
    assert "has ended" in answer["value"]
    assert not came and nurse.question() == asked


def test_an_old_client_sends_a_button_as_a_message(nurse: Person) -> None:
    nurse.say(OPENING)
    shown = next(one for one in reversed(nurse.seen) if one.card == nurse.question())
    came = nurse.send(
        nurse.activity(value=nurse.data(shown.card, "Don't know"), replyToId=shown.id)
    )
    changed = [one for one in came if one.method == "PUT"]
    assert changed[0].id == shown.id
    assert "✓ Don't know" in words(changed[0].card)
    assert any(one.method == "POST" for one in came)
    again = nurse.send(nurse.activity(value=nurse.data(shown.card, "Don't know")))
    assert all(one.method == "PUT" for one in again)
    for value in ({"fingerpost": 1}, {"a": "b"}, "text"):
        [refused] = nurse.send(nurse.activity(value=value))
        assert "type instead" in words(refused.card)


def test_safety_comes_first_and_alone(nurse: Person) -> None:
    came = nurse.say(RISK)
    first = came[0]
    assert first.activity["summary"] == "Safety first"
    assert first.activity["importance"] == "high"
    assert first.card["body"][0]["style"] == "attention"
    assert "Samaritans" in words(first.card)
    _, came = nurse.press(first.card, "Risk assessed, go on")
    assert "Noted: risk assessed by you" in words(came[0].card)


def test_each_patient_is_a_conversation_of_its_own(nurse: Person, teams_server: Server) -> None:
    def senders() -> set[str]:
        path = teams_server.var / "conversations.db"
        with closing(sqlite3.connect(path, timeout=30)) as db:
            return {row[0] for row in db.execute("select distinct sender_id from events")}

    before = senders()
    nurse.say(OPENING)
    [first] = senders() - before
    came = nurse.say("next patient")
    assert "Tell me about the patient" in words(came[-1].card)
    [second] = senders() - before
    assert second != first
    # A question that already holds the next patient's words back loses none of them.
    nurse.say(OPENING)
    came = nurse.say("62M bus driver in Bury, off sick 3 months, angina")
    asked = next(one.card for one in came if "New patient" in titles(one.card))
    answer, came = nurse.press(asked, "New patient")
    assert "✓ New patient" in words(answer["value"])
    assert "bus driver" in words(came[0].card)
    new = [one.activity for one in came if one.method == "POST"]
    assert new and "packer" not in json.dumps(new)


def test_identifiers_are_dropped_and_the_message_is_to_be_deleted(
    nurse: Person, teams_server: Server
) -> None:
    came = nurse.say("Zebediah Quillfeather, NHS 999 000 0018, 48M, off sick, Oldham")
    told = "\n".join(words(one.card) for one in came)
    assert "delete that message" in told
    assert "NHS number" in told
    sent = json.dumps([one.activity for one in nurse.seen])
    assert "Quillfeather" not in sent and "999 000 0018" not in sent
    kept = teams_server.bytes_kept()
    for secret in (b"Quillfeather", b"9990000018", b"999 000 0018"):
        assert secret not in kept


def test_notifications_say_nothing_of_the_patient(nurse: Person) -> None:
    reach_cards(nurse)
    for one in nurse.seen:
        assert "text" not in one.activity
        assert not {"48", "packer", "Ashton", "back"} & set(one.activity.get("summary", "").split())


def test_a_role_given_by_the_practice_counts(
    somebody: Callable[..., Person], connector: Connector
) -> None:
    doctor = somebody(object_id=GP)
    came = doctor.send(doctor.activity("installationUpdate", action="add"))
    assert "That is me" not in titles(came[0].card)
    services = reach_cards(doctor)
    assert any("You" in words(card).splitlines() for card in services)


def test_a_role_is_chosen_in_rehearsal(nurse: Person) -> None:
    [welcome] = nurse.send(nurse.activity("installationUpdate", action="add"))
    answer, _ = nurse.press(welcome.card, "That is me", role="nurse")
    assert "You are taken as: practice nurse" in words(answer["value"])
    refused = nurse.post(nurse.invoke(nurse.data(welcome.card, "That is me", role="maintainer")))
    assert refused.json()["statusCode"] == 400
