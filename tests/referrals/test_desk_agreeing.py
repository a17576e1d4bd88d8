"""The desk: what the patient agrees to, who signs, and handing over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from desk_cases import (
    AUDITOR,
    BY_EMAIL,
    BY_HAND,
    DAY,
    GP,
    HAND_OUT,
    JOBCENTRE,
    LETTER,
    LINK_WORKER,
    NOW,
    NURSE,
    RECEPTION,
    SERVICES,
    UNVERIFIED,
    ZEBRA,
    KeepingOutbox,
    a_room,
    noted,
    opened,
    ready,
    refused,
    states,
    stored,
)
from referral_cases import PRACTICE, route, service

from referrals import desk
from referrals.desk import Room
from referrals.model import Consent
from referrals.records import engine
from referrals.sealing import sealer
from services_directory.model import Delivery

ROOM = a_room()


pytestmark = pytest.mark.usefixtures("own_record")


def test_several_services_are_agreed_to_at_once_each_with_its_own_words() -> None:
    one = opened(ROOM)
    two = opened(ROOM, LETTER, consultation_id=one.consultation_id)
    done = desk.record_consent(
        ROOM, LINK_WORKER, NOW, [one.reference, two.reference], seen_alone=True
    )
    assert [r.state for r in done] == ["consented", "consented"]
    found = desk.view(ROOM, GP, NOW, one.reference).consent
    assert found == Consent(
        NOW,
        LINK_WORKER.id,
        "link_worker",
        desk.words_for(ROOM, GP, NOW, one.reference).says,
        seen_alone=True,
    )
    assert "Test Service" in found.says and "name" in found.says


def test_one_that_cannot_be_agreed_to_leaves_the_others_too() -> None:
    one, two = opened(ROOM), opened(ROOM)
    desk.withdraw(ROOM, GP, NOW, two.reference)
    both = [one.reference, two.reference]
    refused("wrong_state", desk.record_consent, ROOM, GP, NOW, both)
    assert stored(one.reference).state == "draft"


def test_somebody_else_agrees_with_a_reason_only() -> None:
    reference = opened(ROOM).reference
    refused(
        "not_an_agreement",
        desk.record_consent, ROOM, GP, NOW, [reference], who_agreed="best_interests",
    )  # fmt: skip
    desk.record_consent(
        ROOM, GP, NOW, [reference], who_agreed="best_interests", reason="meeting of 1 May"
    )
    assert desk.view(ROOM, GP, NOW, reference).consent.reason == "meeting of 1 May"
    assert desk.view(ROOM, AUDITOR, NOW, reference).consent.reason == ""


def test_reception_records_no_consent() -> None:
    reference = opened(ROOM).reference
    refused("not_allowed", desk.record_consent, ROOM, RECEPTION, NOW, [reference])


def test_without_consent_no_referral() -> None:
    referral = opened(ROOM)
    desk.sign(ROOM, GP, NOW, referral.reference)
    error = refused("no_consent", desk.mark_ready, ROOM, GP, NOW, referral.reference)
    assert "hand-out" in error.do
    refused("wrong_state", desk.send, ROOM, GP, NOW, referral.reference)
    refused("no_consent", desk.mark_sent_by_hand, ROOM, GP, NOW, referral.reference)


def test_withdrawing_consent_stops_it_wherever_it_is() -> None:
    outbox = KeepingOutbox()
    room = a_room(outbox)
    waiting, sent = ready(room), ready(room)
    for referral in (waiting, sent):
        desk.send(room, GP, NOW, referral.reference)
    with engine.writing(engine.records()) as connection:
        desk.delivered(connection, sealer(), sent.reference, NOW)
    for referral in (waiting, sent):
        after = desk.withdraw_consent(room, GP, NOW, referral.reference, "changed their mind")
        assert after.state == "withdrawn" and after.queued_at is None
        assert desk.view(room, GP, NOW, referral.reference).consents[0].withdrawn_by == GP.id
    assert outbox.cancelled == [waiting.reference, sent.reference]
    refused("no_consent", desk.withdraw_consent, room, GP, NOW, waiting.reference)


# Signing and sending


@pytest.mark.parametrize(
    ("who", "actor", "signs"),
    [
        (("gp",), GP, True),
        (("gp",), NURSE, False),
        (("gp", "nurse", "ahp"), NURSE, True),
        (("gp",), LINK_WORKER, False),
        (("gp", "link_worker"), LINK_WORKER, True),
        (("gp",), RECEPTION, False),
    ],
)
def test_whom_the_route_names_signs(who, actor, signs) -> None:
    of = service(route(who=who), id="by-email")
    room = Room({**SERVICES, "by-email": of}, PRACTICE)
    reference = opened(room, of).reference
    if signs:
        assert desk.sign(room, actor, NOW, reference).signed_role == actor.role
        return
    error = refused("not_allowed", desk.sign, room, actor, NOW, reference)
    assert error.do == "It is prepared for a GP to sign."
    assert noted(reference) == ["open", "refused"]
    assert "sign" not in desk.view(room, actor, NOW, reference).may


def test_a_link_workers_is_prepared_for_a_gp() -> None:
    referral = opened(ROOM, actor=LINK_WORKER)
    assert referral.to_sign == "a GP"
    (row,) = desk.worklist(ROOM, GP, NOW)
    assert row.waits_for == "a GP to sign"
    desk.record_consent(ROOM, LINK_WORKER, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    assert desk.mark_ready(ROOM, LINK_WORKER, NOW, referral.reference).state == "ready"


def test_a_required_field_stops_it() -> None:
    referral = opened(ROOM)
    desk.edit_field(ROOM, GP, NOW, referral.reference, "work", "")
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    error = refused("missing", desk.mark_ready, ROOM, GP, NOW, referral.reference)
    assert "Work" in error.what


def test_the_default_is_a_dry_run_and_the_state_says_not_sent() -> None:
    referral = ready(ROOM)
    sent = desk.send(ROOM, RECEPTION, NOW, referral.reference)
    assert not sent.queued and sent.shown.startswith("Dry run: nothing was sent.")
    assert "team@service.example" in sent.shown and "Low back pain" in sent.shown
    assert "Zebra" not in sent.shown
    assert stored(referral.reference) == referral, "nothing is different"
    assert noted(referral.reference)[-1] == "dry_run"


def test_what_is_queued_is_not_sent_before_it_was_delivered() -> None:
    outbox = KeepingOutbox()
    room = a_room(outbox)
    referral = ready(room)
    sent = desk.send(room, GP, NOW, referral.reference)
    assert sent.queued and sent.referral.state == "ready"
    (packet,) = outbox.packets
    assert packet.identity == ZEBRA and packet.delivery == Delivery("email", "team@service.example")
    assert packet.given.agreement is not None and packet.given.signed_by == "a GP"
    refused("wrong_state", desk.send, room, GP, NOW, referral.reference)
    with engine.writing(engine.records()) as connection:
        done = desk.delivered(connection, sealer(), referral.reference, NOW + DAY)
        assert desk.delivered(connection, sealer(), referral.reference, NOW + DAY) is None
    assert done.state == "sent" and done.queued_at is None
    assert states(referral.reference) == ["draft", "consented", "ready", "sent"]


def test_what_could_not_be_delivered_is_sent_again() -> None:
    outbox = KeepingOutbox()
    room = a_room(outbox)
    referral = ready(room)
    desk.send(room, GP, NOW, referral.reference)
    with engine.writing(engine.records()) as connection:
        desk.failed(connection, sealer(), referral.reference, NOW, "refused")
    assert stored(referral.reference).state == "failed"
    assert desk.send(room, GP, NOW + DAY, referral.reference).referral.state == "ready"
    assert len(outbox.packets) == 2


def test_an_enqueue_that_fails_leaves_everything_as_it_was() -> None:
    class Broken(KeepingOutbox):
        def enqueue(self, *words: Any) -> bool:
            raise RuntimeError("the outbox broke")

    referral = ready(ROOM)
    with pytest.raises(RuntimeError):
        desk.send(a_room(Broken()), GP, NOW, referral.reference)
    assert stored(referral.reference) == referral
    assert "queue" not in noted(referral.reference)


def test_what_is_in_the_way_of_delivery_is_told() -> None:
    outbox = KeepingOutbox(("The address is not confirmed.",))
    room = a_room(outbox)
    referral = ready(room)
    error = refused("hindered", desk.send, room, GP, NOW, referral.reference)
    assert "not confirmed" in error.what and outbox.packets == []


def test_no_paper_with_blanks_is_delivered() -> None:
    referral = opened(ROOM)
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    desk.mark_ready(ROOM, GP, NOW, referral.reference)
    error = refused("missing", desk.send, ROOM, GP, NOW, referral.reference)
    assert "Name" in error.what


def test_what_is_sent_by_hand_needs_no_identity() -> None:
    referral = opened(ROOM, BY_HAND)
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    desk.mark_ready(ROOM, GP, NOW, referral.reference)
    refused("by_hand", desk.send, ROOM, GP, NOW, referral.reference)
    after = desk.mark_sent_by_hand(ROOM, RECEPTION, NOW, referral.reference, "by e-mail")
    assert after.state == "sent"
    assert desk.view(ROOM, GP, NOW, referral.reference).history[-1].reason == "by e-mail"


@pytest.mark.parametrize("of", [HAND_OUT, JOBCENTRE])
def test_a_paper_that_the_patient_carries_is_given_without_consent_or_signature(of) -> None:
    referral = opened(ROOM, of, actor=RECEPTION)
    view = desk.view(ROOM, RECEPTION, NOW, referral.reference)
    assert view.carried and view.blockers == ()
    after = desk.mark_sent_by_hand(ROOM, RECEPTION, NOW, referral.reference, "given to the patient")
    assert after.state == "sent"


def test_a_service_of_which_nobody_knows_gets_nothing_until_somebody_checked() -> None:
    referral = opened(ROOM, UNVERIFIED)
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    desk.mark_ready(ROOM, GP, NOW, referral.reference)
    refused("unchecked", desk.mark_sent_by_hand, ROOM, GP, NOW, referral.reference)
    desk.confirm_checked(ROOM, GP, NOW, referral.reference)
    assert desk.mark_sent_by_hand(ROOM, GP, NOW, referral.reference).checked_by == GP.id


def test_by_hand_old_facts_are_shown_and_do_not_stop() -> None:
    old = replace(BY_HAND, source_date=date(2024, 1, 1), sources=())
    room = Room({"by-hand": old}, PRACTICE)
    referral = ready(room, old)
    assert desk.view(room, GP, NOW, referral.reference).blockers == ()
    assert desk.mark_sent_by_hand(room, GP, NOW, referral.reference).state == "sent"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"routes": (replace(BY_EMAIL.routes[0], way_in="unconfirmed"),)}, "unchecked"),
        ({"source_date": date(2024, 1, 1), "sources": ()}, "unchecked"),
        ({"referrals_close_on": date(2026, 11, 21)}, "not_referable"),
        ({"status": "paused"}, "not_referable"),
    ],
)
def test_what_changed_at_the_service_stops_what_was_ready(change, code) -> None:
    referral = ready(ROOM)
    room = Room({**SERVICES, "by-email": replace(BY_EMAIL, **change)}, PRACTICE, KeepingOutbox())
    refused(code, desk.send, room, GP, NOW, referral.reference)
    gone = Room({}, PRACTICE)
    refused("no_entry", desk.send, gone, GP, NOW, referral.reference)
    assert desk.view(gone, GP, NOW, referral.reference).service is None
    assert desk.withdraw(gone, GP, NOW, referral.reference).referral.state == "withdrawn"


# Afterwards
