"""The desk: what is heard of a referral, who reads what, and the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from desk_cases import (
    AUDITOR,
    BY_HAND,
    DAY,
    GP,
    HAND_OUT,
    LETTER,
    MAINTAINER,
    NOW,
    NURSE,
    RECEPTION,
    STRANGER,
    a_room,
    noted,
    opened,
    ready,
    refused,
    states,
)
from referral_cases import PRACTICE, packer

from referrals import desk
from referrals.desk import DeskError, Room
from referrals.permissions import HIDDEN
from referrals.records import engine
from referrals.sealing import sealer

ROOM = a_room()


pytestmark = pytest.mark.usefixtures("own_record")


def sent(room: Room = ROOM, of: Any = BY_HAND) -> str:
    referral = ready(room, of)
    desk.mark_sent_by_hand(room, GP, NOW, referral.reference)
    return referral.reference


def test_what_the_service_says_is_recorded() -> None:
    reference = sent()
    for state in ("received", "accepted", "attached", "completed"):
        assert desk.report(ROOM, RECEPTION, NOW + DAY, reference, state).state == state
    refused("wrong_state", desk.report, ROOM, GP, NOW, reference, "accepted")
    assert states(reference)[-4:] == ["received", "accepted", "attached", "completed"]


def test_declining_needs_a_reason_and_only_reports_are_reported() -> None:
    reference = sent()
    refused("no_reason", desk.report, ROOM, GP, NOW, reference, "declined")
    refused("wrong_state", desk.report, ROOM, GP, NOW, reference, "ready")
    refused("no_reason", desk.report, ROOM, GP, NOW, reference, "declined", "x" * 501)
    desk.report(ROOM, GP, NOW, reference, "declined", "lives elsewhere")
    history_seen = desk.view(ROOM, AUDITOR, NOW, reference).history
    assert history_seen[-1].reason == "", "reasons can tell of the patient"


def test_the_receivers_own_word_counts_once() -> None:
    reference = sent()
    with engine.writing(engine.records()) as connection:
        assert desk.reported(connection, sealer(), reference, "accepted", NOW).state == "accepted"
        assert desk.reported(connection, sealer(), reference, "accepted", NOW) is None
        assert desk.reported(connection, sealer(), reference, "ready", NOW) is None
        assert desk.reported(connection, sealer(), "FP-00000000", "accepted", NOW) is None
    step = desk.view(ROOM, GP, NOW, reference).history[-1]
    assert (step.party, step.actor, step.to_state) == ("receiver", "receiver", "accepted")


def test_withdrawing_says_whether_the_service_must_be_told() -> None:
    assert desk.withdraw(ROOM, GP, NOW, sent()).tell_service
    assert not desk.withdraw(ROOM, GP, NOW, opened(ROOM).reference, "changed plan").tell_service
    refused("not_allowed", desk.withdraw, ROOM, RECEPTION, NOW, opened(ROOM).reference)


def test_somebody_else_follows_it_up() -> None:
    reference = sent()
    assert desk.reassign(ROOM, GP, NOW, reference, "nurse-b").owner == "nurse-b"
    refused("no_reason", desk.reassign, ROOM, GP, NOW, reference, " ")
    assert [r.reference for r in desk.worklist(ROOM, GP, NOW, owner="nurse-b")] == [reference]
    assert desk.worklist(ROOM, GP, NOW, owner="dr-a") == ()


# Looking


def test_another_practices_referral_is_as_if_it_were_not_there() -> None:
    reference = opened(ROOM).reference
    for call in (desk.view, desk.reveal_name, desk.sign, desk.withdraw):
        refused("not_found", call, ROOM, STRANGER, NOW, reference)
    assert desk.worklist(ROOM, STRANGER, NOW) == ()
    refused("not_found", desk.view, ROOM, GP, NOW, "FP-00000000")
    refused("not_found", desk.view, ROOM, GP, NOW, "../x")


def test_reception_and_auditor_read_no_conditions_anywhere() -> None:
    referral = ready(ROOM)
    for actor in (RECEPTION, AUDITOR):
        view = desk.view(ROOM, actor, NOW, referral.reference)
        assert view.referral.field("health").source == HIDDEN
        assert "ack pain" not in repr(view).replace(repr(view.service), "")
        assert "Zebra" not in repr(view)
        refused("not_allowed", desk.papers, ROOM, actor, NOW, referral.reference)
    assert desk.view(ROOM, RECEPTION, NOW, referral.reference).referral.field("goal").value
    assert not desk.view(ROOM, AUDITOR, NOW, referral.reference).referral.field("goal").value
    refused("not_allowed", desk.view, ROOM, MAINTAINER, NOW, referral.reference)


def test_reception_hands_out_the_patients_own_paper_and_no_other() -> None:
    from referrals.documents import make

    about = packer(barriers=["domestic_abuse", "transport"], conditions=["back_pain", "psychosis"])
    referral = opened(ROOM, HAND_OUT, about)
    given, identity = desk.papers(ROOM, RECEPTION, NOW, referral.reference)
    assert identity is None
    for kind in ("patient_handout", "record_text", "return_to_work_plan"):
        text = make(kind, given, None, "txt").content.decode().lower()
        assert not any(word in text for word in ("pain", "psychosis", "abuse", "depression")), kind
    refused("not_allowed", desk.papers, ROOM, AUDITOR, NOW, referral.reference)
    refused("not_allowed", desk.papers, ROOM, RECEPTION, NOW, opened(ROOM, LETTER).reference)


def test_every_look_is_noted() -> None:
    reference = ready(ROOM).reference
    before = len(noted(reference))
    desk.view(ROOM, GP, NOW, reference)
    desk.papers(ROOM, GP, NOW, reference, with_identity=True)
    desk.reveal_name(ROOM, GP, NOW, reference)
    assert noted(reference)[before:] == ["view", "documents", "reveal_name"]
    desk.worklist(ROOM, GP, NOW)
    desk.export(ROOM, AUDITOR, NOW)
    assert noted(PRACTICE.ods_code) == ["worklist", "export"]


def test_papers_are_made_from_what_stands_in_the_record() -> None:
    from referrals.documents import make

    referral = ready(ROOM)
    desk.edit_field(ROOM, GP, NOW, referral.reference, "goal", "Only mornings")
    given, identity = desk.papers(ROOM, GP, NOW, referral.reference, with_identity=True)
    text = make(given.kind, given, identity, "txt").content.decode()
    assert "Only mornings" in text and "Test Zebra" in text
    given, identity = desk.papers(ROOM, GP, NOW, referral.reference)
    assert identity is None
    assert "Zebra" not in make(given.kind, given, identity, "txt").content.decode()


def test_the_contracts_message_of_a_referrals_state() -> None:
    reference = sent()
    desk.report(ROOM, GP, NOW + DAY, reference, "declined", "Zebra lives elsewhere")
    message = desk.status_message(desk.view(ROOM, GP, NOW, reference))
    assert set(message) == {"type", "text", "referral_id", "state", "history"}
    assert (message["type"], message["state"]) == ("referral_status", "declined")
    assert [step["state"] for step in message["history"]] == states(reference)
    begins = (
        f"{reference} to Test Service: declined, since 23 November 2026. Next: tell the patient"
    )
    assert message["text"].startswith(begins)
    assert "Zebra" not in repr(message)


def test_the_worklist_shows_what_is_silent_first_and_no_patient() -> None:
    first = sent()
    second = opened(ROOM, now=NOW + DAY).reference
    ended = opened(ROOM).reference
    desk.withdraw(ROOM, GP, NOW, ended)
    rows = desk.worklist(ROOM, NURSE, NOW + 15 * DAY)
    assert [(r.reference, r.days, r.silent) for r in rows] == [
        (first, 15, True),
        (second, 14, False),
    ]
    assert rows[0].waits_for == "the service" and rows[0].identity_held
    assert "Zebra" not in repr(rows) and "9990000018" not in repr(rows)
    assert [r.reference for r in desk.worklist(ROOM, GP, NOW, states=["withdrawn"])] == [ended]
    refused("not_allowed", desk.worklist, ROOM, MAINTAINER, NOW)
    exported = desk.export(ROOM, MAINTAINER, NOW)
    assert {row["reference"] for row in exported} == {first, second, ended}
    assert [
        h["state"] for row in exported for h in row["history"] if row["reference"] == ended
    ] == [
        "draft",
        "withdrawn",
    ]


@pytest.mark.parametrize(
    ("of_service", "of_route", "days", "silent"),
    [(None, None, 13, False), (None, None, 14, True), (5, None, 5, True), (5, 20, 19, False)],
)
def test_by_when_a_service_answers_stands_in_its_entry(of_service, of_route, days, silent) -> None:
    of = replace(
        BY_HAND,
        reply_within_days=of_service,
        routes=(replace(BY_HAND.routes[0], reply_within_days=of_route),),
    )
    room = Room({of.id: of}, PRACTICE)
    sent(room, of)
    (row,) = desk.worklist(room, GP, NOW + timedelta(days=days))
    assert row.silent is silent


def test_of_two_at_the_same_time_the_second_is_told() -> None:
    referral = opened(ROOM)
    with ROOM.work(GP, NOW) as work:
        read = work.load(referral.reference, "draft")
        after = work.save(read, "edit")
        assert after.version == 2
    with pytest.raises(DeskError) as told, ROOM.work(NURSE, NOW) as work:
        work.save(read, "edit")
    assert told.value.code == "changed_meanwhile"
