"""What Teams sends besides messages, how often it sends it, and what becomes of an answer on its way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
import requests

from tests.conversations.server import Server
from tests.teams.fake_connector import BOT, Connector
from tests.teams.people import Person, titles, words
from tests.teams.test_teams_consultation import OPENING, reach_cards


def test_both_addresses_answer(nurse: Person) -> None:
    nurse.path = "/webhooks/teams/webhook"
    assert nurse.say("help")


def test_an_activity_delivered_again_is_answered_once(nurse: Person) -> None:
    activity = nurse.activity(text="help")
    for _ in range(4):
        assert nurse.post(activity).status_code == 202
    nurse.wait()
    assert len(nurse.seen) == 1


def test_typing_is_shown_first(nurse: Person, connector: Connector) -> None:
    nurse.say("help")
    kinds = [o.activity["type"] for o in connector.sent if o.conversation == nurse.conversation]
    assert kinds == ["typing", "message"]


@pytest.mark.parametrize(
    "kind",
    ["messageUpdate", "messageDelete", "messageReaction", "typing", "event", "endOfConversation"],
)
def test_edits_and_reactions_change_nothing(kind: str, nurse: Person) -> None:
    added = {"reactionsAdded": [{"type": "like"}], "text": "48F off sick"}
    assert nurse.post(nurse.activity(kind, **added)).status_code == 202
    nurse.wait()
    assert nurse.seen == []


def test_the_welcome_says_who_keeps_what_is_typed(nurse: Person) -> None:
    joined = nurse.activity("conversationUpdate", membersAdded=[{"id": BOT}])
    [welcome] = nurse.send(joined)
    assert "Your organisation keeps what is typed here" in words(welcome.card)
    assert "invented patients only" in words(welcome.card)
    # Teams tells of it twice, and of other people who join.
    assert nurse.send(nurse.activity("installationUpdate", action="add")) == []
    others = nurse.activity("conversationUpdate", membersAdded=[{"id": "29:somebody"}])
    assert nurse.send(others) == []


def test_the_app_removed_and_installed_again(nurse: Person) -> None:
    nurse.send(nurse.activity("installationUpdate", action="add"))
    assert nurse.send(nurse.activity("installationUpdate", action="remove")) == []
    assert len(nurse.send(nurse.activity("installationUpdate", action="add"))) == 1


@pytest.mark.parametrize("kind", ["groupChat", "channel"])
def test_no_patient_is_discussed_before_others(
    kind: str, somebody: Callable[..., Person], teams_server: Server
) -> None:
    group = somebody(kind=kind)
    [joined] = group.send(group.activity("conversationUpdate", membersAdded=[{"id": BOT}]))
    assert "private chat only" in words(joined.card)
    mention = "<at>Fingerpost</at>"
    [told] = group.say(
        f"{mention} 48F xylophonist in Ashton, off sick",
        entities=[{"type": "mention", "mentioned": {"id": BOT}, "text": mention}],
    )
    assert "private chat" in words(told.card) and "delete it" in words(told.card)
    assert "Go on in private" in titles(told.card)
    assert told.reply_to
    assert "xylophonist" not in json.dumps(told.activity)
    assert b"xylophonist" not in teams_server.bytes_kept()


def test_names_of_those_mentioned_are_not_read(nurse: Person, teams_server: Server) -> None:
    bot, other = "<at>Fingerpost</at>", "<at>Wilhelmina Ottershaw</at>"
    came = nurse.say(
        f"{bot}&nbsp;48F in Oldham, off sick, {other} knows her",
        entities=[
            {"type": "mention", "mentioned": {"id": BOT, "name": "Fingerpost"}, "text": bot},
            {"type": "mention", "mentioned": {"id": "29:x"}, "text": other},
            {"type": "clientInfo", "locale": "en-GB"},
        ],
    )
    assert "off sick" in words(came[0].card)
    assert "delete that message" not in "".join(words(one.card) for one in came)
    assert b"Ottershaw" not in teams_server.bytes_kept()


def test_a_name_that_the_list_of_mentions_left_out_is_not_read(
    nurse: Person, teams_server: Server
) -> None:
    """Teams leaves the text of a mention out where the name has a `&`."""
    came = nurse.say(
        "<at>Philippa Cormorant &amp; co</at> 48F in Oldham, off sick &lt; 6 wks, anxiety &amp; debt",
        entities=[{"type": "mention", "mentioned": {"id": "29:x"}}],
    )
    told = words(came[0].card)
    assert "anxiety" in told and "debt" in told
    assert "&" not in told
    assert b"Cormorant" not in teams_server.bytes_kept()


def test_a_message_without_text_is_told_so(nurse: Person) -> None:
    picture = [{"contentType": "image/png", "contentUrl": "https://example.invalid/a.png"}]
    [told] = nurse.send(nurse.activity(attachments=picture))
    assert "plain text only" in words(told.card)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 412])
def test_what_fails_for_a_while_is_sent_again(
    status: int, nurse: Person, connector: Connector
) -> None:
    connector.failures += [(status, {"Retry-After": "0"})] * 2
    came = nurse.say("help")
    assert connector.failures == []
    assert len(came) == 1


def test_retry_after_is_kept_to(nurse: Person, connector: Connector) -> None:
    connector.failures.append((429, {"Retry-After": "1"}))
    [first] = nurse.say("help")
    [typing] = [
        o
        for o in connector.sent
        if o.conversation == nurse.conversation and o.activity["type"] == "typing"
    ]
    assert first.at - typing.at >= 1.0


@pytest.mark.parametrize("status", [400, 413])
def test_a_card_that_is_not_taken_comes_as_text(
    status: int, nurse: Person, connector: Connector
) -> None:
    connector.failures.append((status, {}))
    [told] = nurse.say("help")
    assert told.card is None
    assert "new patient" in told.activity["text"]


def test_a_token_withdrawn_early_is_fetched_again(nurse: Person, connector: Connector) -> None:
    nurse.say("help")
    asked = len(connector.forms)
    connector.failures.append((401, {}))
    assert len(nurse.say("help")) == 1
    assert len(connector.forms) == asked + 1


def test_nothing_is_larger_than_teams_takes(nurse: Person) -> None:
    reach_cards(nurse)
    nurse.say("record text")
    for one in nurse.seen:
        assert len(json.dumps(one.activity, ensure_ascii=False).encode()) <= 28_000


def test_a_body_of_a_megabyte_is_refused(nurse: Person) -> None:
    activity = nurse.activity(text="a" * (1024 * 1024))
    # It may be refused before the whole of it was sent.
    with suppress(requests.ConnectionError):
        assert nurse.post(activity).status_code == 413
    assert nurse.post(nurse.activity(text="b" * 200_000)).status_code == 413
    assert nurse.say("help")


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"7",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"type": "message"}',
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_activity_is_refused(body: bytes, nurse: Person) -> None:
    assert nurse.post(body).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": 7},
        {"id": ["a"]},
        {"id": ""},
        {"text": {"a": 1}},
        {"from": "me"},
        {"from": {}},
        {"conversation": []},
        {"conversation": {"id": 5}},
        {"serviceUrl": None},
        {"entities": "x"},
        {"entities": [1]},
        {"membersAdded": {"id": "x"}},
        {"channelData": 1},
        {"recipient": "bot"},
        {"recipient": {"id": "x" * 201}},
        {"conversation": {"id": "a" * 501}},
        {"conversation": {"id": "a\u0000b"}},
        {"from": {"id": "29:\ud800"}},
    ],
    ids=str,
)
def test_a_field_of_the_wrong_shape_is_refused(wrong: dict[str, object], nurse: Person) -> None:
    answer = nurse.post(nurse.activity(**({"text": "help"} | wrong)))
    assert answer.status_code == 400


def test_an_invoke_that_is_not_ours_is_refused(nurse: Person) -> None:
    other = nurse.activity("invoke", name="task/fetch", value={"data": {}})
    assert nurse.post(other).status_code == 400


def test_only_posts_are_taken(teams_server: Server) -> None:
    assert requests.get(f"{teams_server.url}/api/messages", timeout=10).status_code == 405


def test_the_log_names_nobody(nurse: Person, teams_server: Server) -> None:
    nurse.say(OPENING)
    nurse.post(nurse.activity(text="Barnabas Thistlewood"), "")
    log = teams_server.log
    for secret in ("packer", "Thistlewood", "Invented Nurse", nurse.object_id, "client secret"):
        assert secret not in log
    assert "token of the bot" not in log
