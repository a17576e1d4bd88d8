"""What has to happen next with a referral, at each point of its way."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from desk_cases import (
    AUDITOR,
    BY_EMAIL,
    BY_HAND,
    DAY,
    GP,
    HAND_OUT,
    MAINTAINER,
    NOW,
    RECEPTION,
    SERVICES,
    UNVERIFIED,
    ZEBRA,
    KeepingOutbox,
    a_room,
    opened,
    ready,
)
from referral_cases import PRACTICE

from referrals import desk
from referrals.desk import Room
from referrals.desk.what_next import DELETED, NO_ENTRY
from referrals.lifecycle import STATES

ROOM = a_room()


pytestmark = pytest.mark.usefixtures("own_record")


def told(reference: str, room: Room = ROOM, now: datetime = NOW, actor: Any = GP) -> str:
    return str(desk.status_message(desk.view(room, actor, now, reference))["text"])


def test_from_the_draft_to_the_answer_in_words() -> None:
    reference = opened(ROOM, BY_HAND).reference
    before = f"{reference} to Test Service: draft, not sent, since 22 November 2026. Next: "
    assert told(reference).startswith(before + "ask the patient and record the answer; ")
    assert "have it signed" in told(reference)
    desk.record_consent(ROOM, GP, NOW, [reference])
    assert "the patient agreed, not sent" in told(reference)
    assert "ask the patient" not in told(reference) and "have it signed" in told(reference)
    desk.sign(ROOM, GP, NOW, reference)
    desk.mark_ready(ROOM, GP, NOW, reference)
    assert told(reference).endswith("Next: send it yourself and note that it has gone.")
    desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
    assert "Next: the service answers, by 6 December 2026;" in told(reference)
    late = told(reference, now=NOW + 14 * DAY)
    assert "nothing was heard by 6 December 2026, so ask them." in late
    desk.report(ROOM, GP, NOW + DAY, reference, "received")
    assert "accepts or declines, by 7 December 2026;" in told(reference, now=NOW + DAY)
    desk.report(ROOM, GP, NOW + DAY, reference, "accepted")
    assert "Next: the patient starts with the service" in told(reference, now=NOW + DAY)
    desk.report(ROOM, GP, NOW + DAY, reference, "attached")
    assert "takes part" in told(reference, now=NOW + DAY)
    desk.report(ROOM, GP, NOW + DAY, reference, "completed")
    assert told(reference, now=NOW + DAY).endswith("Nothing more is to be done.")


def test_what_the_product_delivers_is_on_its_way_and_tried_again() -> None:
    outbox = KeepingOutbox()
    room = a_room(outbox)
    reference = ready(room).reference
    assert told(reference, room).endswith("Next: send it.")
    desk.send(room, GP, NOW, reference)
    assert told(reference, room).endswith(
        "ready, not sent, since 22 November 2026, on its way. Next: it is delivered."
    )

    class InVain(KeepingOutbox):
        def problem(self, connection: Any, reference: str) -> str:
            return "the receiver at secret.example answered 500"

    assert "is tried again" in told(reference, a_room(InVain()))
    assert "secret.example" not in told(reference, a_room(InVain()))


def test_declined_failed_and_withdrawn() -> None:
    ways = {
        "declined": ("declined", "tell the patient and try another service"),
        "failed": ("failed", "send it another way"),
    }
    for state, (to, words) in ways.items():
        reference = ready(ROOM, BY_HAND).reference
        desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
        desk.report(ROOM, GP, NOW, reference, to, "lives elsewhere, aged 48")  # type: ignore[arg-type]
        assert words in told(reference), state
        assert "elsewhere" not in told(reference)
    reference = ready(ROOM, BY_HAND).reference
    desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
    desk.withdraw(ROOM, GP, NOW, reference)
    assert "ask them to delete it" in told(reference)
    reference = opened(ROOM).reference
    desk.withdraw(ROOM, GP, NOW, reference)
    assert told(reference).endswith("Nothing more is to be done.")


def test_a_paper_that_the_patient_carries() -> None:
    reference = opened(ROOM, HAND_OUT).reference
    assert told(reference).endswith("give the paper to the patient, and note that it was given.")
    desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
    assert "The patient has the paper and decides" in told(reference, now=NOW + 40 * DAY)


def test_what_the_directory_says_against_it() -> None:
    reference = opened(ROOM, UNVERIFIED).reference
    assert "ask the service whether it takes referrals" in told(reference)
    closed = replace(BY_HAND, status="closed")
    reference = opened(ROOM, BY_HAND).reference
    assert "choose another service" in told(reference, Room({closed.id: closed}, PRACTICE))
    assert told(reference, Room({}, PRACTICE)).endswith(NO_ENTRY)


def test_who_signs_where_it_was_prepared_for_them() -> None:
    reference = opened(ROOM, BY_HAND, actor=RECEPTION).reference
    assert "have it signed by a" in told(reference, actor=RECEPTION)


def test_once_purged() -> None:
    reference = ready(ROOM, BY_HAND).reference
    desk.mark_sent_by_hand(ROOM, GP, NOW, reference)
    desk.purge(ROOM, MAINTAINER, NOW, reference)
    assert told(reference).endswith(DELETED)


def test_nothing_of_the_patient_is_ever_in_it() -> None:
    # Another patient's line was pasted: the page says what does not fit, the chat does not.
    reference = opened(ROOM, BY_EMAIL).reference
    other = dataclasses.replace(ZEBRA, sex="male")
    desk.set_identity(ROOM, GP, NOW, reference, other)
    assert "correct who the patient is" in told(reference)
    for actor in (GP, RECEPTION, AUDITOR):
        said = str(desk.status_message(desk.view(ROOM, actor, NOW, reference))).lower()
        names = ("zebra", "1978", "9990000018", "example street", "packer", "male", "pain", "urdu")
        assert not any(name in said for name in names)


def test_each_state_has_its_words() -> None:
    reference = opened(ROOM, BY_HAND).reference
    view = desk.view(ROOM, GP, NOW, reference)
    from referrals.desk.what_next import Standing, next_step

    for state in STATES:
        referral = replace(view.referral, state=state)
        for service in (SERVICES["by-hand"], None):
            assert next_step(referral, (), Standing(service), NOW).endswith(".")
