"""The desk, use case by use case: who may, what is missing, which step follows, and what is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
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
    MAINTAINER,
    NOW,
    NURSE,
    RECEPTION,
    SERVICES,
    STRANGER,
    UNVERIFIED,
    ZEBRA,
    KeepingOutbox,
    a_draft,
    a_room,
    opened,
    ready,
)
from referral_cases import PRACTICE, SAID, packer, route, service

from referrals import audit, desk
from referrals.desk import DeskError, Room
from referrals.identity import Identity
from referrals.model import Consent
from referrals.permissions import HIDDEN, UNKNOWN, Actor
from referrals.records import engine, history, referrals
from referrals.sealing import sealer
from services_directory.model import Delivery

ROOM = a_room()


@pytest.fixture(autouse=True)
def _own_record(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))


def refused(code: str, call: Any, *words: Any, **named: Any) -> DeskError:
    with pytest.raises(DeskError) as told:
        call(*words, **named)
    assert told.value.code == code, told.value
    assert told.value.what and told.value.kept
    return told.value


def stored(reference: str) -> Any:
    with engine.reading(engine.records()) as connection:
        return referrals.get(connection, sealer(), reference)


def noted(reference: str) -> list[str]:
    with engine.reading(engine.records()) as connection:
        assert audit.verify(connection).whole
        return [e.action for e in audit.entries(connection, reference)]


def states(reference: str) -> list[str]:
    with engine.reading(engine.records()) as connection:
        return [c.to_state for c in history.changes(connection, sealer(), reference)]


# Opening


def test_opening_keeps_the_draft_with_where_each_value_came_from() -> None:
    referral = opened(ROOM)
    kept = stored(referral.reference)
    assert kept == referral
    assert (kept.state, kept.kind, kept.owner) == ("draft", "enquiry_form", GP.id)
    assert kept.field("health").value == "Back pain"
    assert kept.field("health").source == 'your words: "low back pain"'
    assert kept.field("urgency").allowed == ("soon", "can wait")
    assert states(kept.reference) == ["draft"] and noted(kept.reference) == ["open"]


def test_referrals_of_one_consultation_hang_together() -> None:
    one = opened(ROOM)
    two = opened(ROOM, LETTER, consultation_id=one.consultation_id)
    other = opened(ROOM)
    assert one.consultation_id == two.consultation_id != other.consultation_id
    assert len(one.consultation_id) == 32


def test_who_did_not_sign_in_prepares_and_nothing_else() -> None:
    actor = Actor("not-signed-in", UNKNOWN, PRACTICE.ods_code)
    referral = opened(ROOM, actor=GP)
    draft = a_draft(BY_HAND)
    desk.open_referral(ROOM, actor, NOW, draft, packer(), SAID, date(2026, 11, 22))
    refused("not_allowed", desk.view, ROOM, actor, NOW, referral.reference)


def test_a_maintainer_opens_none_and_that_is_noted() -> None:
    draft = a_draft(BY_HAND)
    refused(
        "not_allowed",
        desk.open_referral, ROOM, MAINTAINER, NOW, draft, packer(), SAID, date(2026, 11, 22),
    )  # fmt: skip
    assert stored(draft.referral_id) is None
    assert noted(draft.referral_id) == ["refused"]


def test_a_reference_is_used_once() -> None:
    draft = a_draft(BY_HAND)
    words = (ROOM, GP, NOW, draft, packer(), SAID, date(2026, 11, 22))
    desk.open_referral(*words)
    refused("changed_meanwhile", desk.open_referral, *words)


def test_the_same_service_again_in_a_consultation_is_told() -> None:
    one = opened(ROOM)
    found = desk.opened_before(ROOM, GP, NOW, one.consultation_id, BY_EMAIL.id)
    assert found == (one.reference,)
    assert desk.opened_before(ROOM, GP, NOW, one.consultation_id, LETTER.id) == ()
    desk.withdraw(ROOM, GP, NOW, one.reference)
    assert desk.opened_before(ROOM, GP, NOW, one.consultation_id, BY_EMAIL.id) == ()


# Editing


def test_what_somebody_typed_is_never_overwritten() -> None:
    referral = opened(ROOM)
    desk.edit_field(ROOM, GP, NOW, referral.reference, "goal", "Only mornings")
    desk.edit_field(ROOM, GP, NOW, referral.reference, "health", "")
    other = packer(goal="change_job", conditions=["osteoarthritis"], work_status="in_work")
    changed = desk.refill(ROOM, GP, NOW, referral.reference, other, {})
    after = stored(referral.reference)
    assert after.field("goal").value == "Only mornings"
    assert after.field("health").value == "", "an emptied field stays empty"
    assert after.field("work").value.startswith("In work")
    assert changed.fields == ("work",), "what changed is named, to be highlighted"
    assert after.field("goal").edited_by == GP.id and after.about.case == other


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nothing", "x", "no_field"),
        ("full_name", "Test Zebra", "no_field"),
        ("urgency", "yesterday", "not_allowed_value"),
        ("tried", "x" * 4001, "not_allowed_value"),
    ],
)
def test_what_cannot_be_typed(name: str, value: str, code: str) -> None:
    referral = opened(ROOM)
    error = refused(code, desk.edit_field, ROOM, GP, NOW, referral.reference, name, value)
    assert value not in str(error) and stored(referral.reference) == referral


def test_an_allowed_value_is_taken_and_can_be_emptied() -> None:
    reference = opened(ROOM).reference
    desk.edit_field(ROOM, GP, NOW, reference, "urgency", " soon ")
    assert stored(reference).field("urgency").value == "soon"
    desk.edit_field(ROOM, GP, NOW, reference, "urgency", "")
    assert stored(reference).field("urgency").value == ""


def test_reception_edits_what_it_may_read() -> None:
    reference = opened(ROOM).reference
    desk.edit_field(ROOM, RECEPTION, NOW, reference, "goal", "Mornings only")
    refused("no_field", desk.edit_field, ROOM, RECEPTION, NOW, reference, "health", "x")


def test_more_than_was_agreed_to_is_asked_again() -> None:
    referral = opened(ROOM)
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    changed = desk.edit_field(ROOM, GP, NOW, referral.reference, "tried", "Physiotherapy")
    assert changed.ask_again and changed.referral.state == "draft"
    assert desk.view(ROOM, GP, NOW, referral.reference).consent is None
    # Another value in a field that was agreed to is no more than that.
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    changed = desk.edit_field(ROOM, GP, NOW, referral.reference, "tried", "Physio twice")
    assert not changed.ask_again and changed.referral.state == "consented"


def test_what_changes_after_signing_is_signed_again() -> None:
    referral = ready(ROOM)
    changed = desk.edit_field(ROOM, GP, NOW, referral.reference, "goal", "Go back in March")
    assert changed.referral.state == "consented" and not changed.referral.signed
    assert refused("unsigned", desk.mark_ready, ROOM, GP, NOW, referral.reference)
    same = ready(ROOM)
    value = same.field("goal").value
    changed = desk.edit_field(ROOM, GP, NOW, same.reference, "goal", value)
    assert changed.referral.state == "ready", "the same words change nothing"


def test_sensitive_and_uncertain_facts_are_switched_on_one_by_one() -> None:
    about = packer(barriers=["domestic_abuse"])
    referral = opened(ROOM, about=about)
    assert "epression" not in stored(referral.reference).field("health").value
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    changed = desk.choose_facts(
        ROOM, GP, NOW, referral.reference, confirmed=[("conditions", "depression")]
    )
    assert changed.fields == ("health",) and changed.ask_again
    assert "epression" in stored(referral.reference).field("health").value
    desk.choose_facts(ROOM, GP, NOW, referral.reference, confirmed=[])
    assert "epression" not in stored(referral.reference).field("health").value
    refused(
        "not_allowed",
        desk.choose_facts, ROOM, RECEPTION, NOW, referral.reference,
        included=[("barriers", "domestic_abuse")],
    )  # fmt: skip


def test_what_a_jobcentre_may_have_needs_the_entry_and_the_patient() -> None:
    referral = opened(ROOM, JOBCENTRE)
    assert all("ack pain" not in f.value for f in referral.fields)
    changed = desk.choose_facts(ROOM, GP, NOW, referral.reference, agreed=["conditions"])
    assert any("ack pain" in f.value for f in changed.referral.fields)


def test_what_is_handed_over_is_not_changed_any_more() -> None:
    referral = ready(ROOM, BY_HAND)
    desk.mark_sent_by_hand(ROOM, GP, NOW, referral.reference)
    refused("wrong_state", desk.edit_field, ROOM, GP, NOW, referral.reference, "goal", "x")
    refused("wrong_state", desk.refill, ROOM, GP, NOW, referral.reference)
    queued = ready(a_room(KeepingOutbox()))
    desk.send(a_room(KeepingOutbox()), GP, NOW, queued.reference)
    refused("wrong_state", desk.edit_field, ROOM, GP, NOW, queued.reference, "goal", "x")


# Who the patient is


def test_identifiers_typed_once_serve_the_whole_consultation() -> None:
    one = opened(ROOM)
    two = opened(ROOM, LETTER, consultation_id=one.consultation_id)
    assert desk.set_identity(ROOM, GP, NOW, one.reference, ZEBRA) == desk.Kept()
    assert desk.reveal_identity(ROOM, GP, NOW, two.reference) == ZEBRA
    assert desk.reveal_name(ROOM, RECEPTION, NOW, two.reference) == "Test Zebra"
    assert noted(two.reference) == ["open", "reveal_identity", "reveal_name"]
    refused("not_allowed", desk.reveal_name, ROOM, AUDITOR, NOW, one.reference)
    desk.forget_identity(ROOM, GP, NOW, two.reference)
    assert desk.reveal_identity(ROOM, GP, NOW, one.reference) == Identity()


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ZEBRA, nhs_number="9990000019"),
        # Valid, and might be somebody's: training takes invented patients only.
        replace(ZEBRA, nhs_number="4010232137"),
        replace(ZEBRA, date_of_birth=date(2030, 1, 1)),
        replace(ZEBRA, address="x" * 401),
    ],
)
def test_an_identity_that_cannot_be_is_not_kept(wrong: Identity) -> None:
    reference = opened(ROOM).reference
    error = refused("identity", desk.set_identity, ROOM, GP, NOW, reference, wrong)
    assert "Zebra" not in str(error) and wrong.nhs_number not in str(error)
    assert desk.reveal_identity(ROOM, GP, NOW, reference).empty


@pytest.mark.parametrize(
    ("identity", "case"),
    [
        (replace(ZEBRA, date_of_birth=date(1990, 1, 1)), {}),
        (replace(ZEBRA, sex="male"), {}),
        (ZEBRA, {"age": 30}),
        (ZEBRA, {"sex": "male"}),
    ],
)
def test_another_patient_stops_the_referral_until_one_is_corrected(identity, case) -> None:
    referral = opened(ROOM, about=packer(**case))
    kept = desk.set_identity(ROOM, GP, NOW, referral.reference, identity)
    assert len(kept.at_odds) == 1
    desk.record_consent(ROOM, GP, NOW, [referral.reference])
    desk.sign(ROOM, GP, NOW, referral.reference)
    refused("at_odds", desk.mark_ready, ROOM, GP, NOW, referral.reference)
    if case:
        desk.refill(ROOM, GP, NOW, referral.reference, packer())
        desk.sign(ROOM, GP, NOW, referral.reference)
    else:
        desk.set_identity(ROOM, GP, NOW, referral.reference, ZEBRA)
    assert desk.mark_ready(ROOM, GP, NOW, referral.reference).state == "ready"


def test_it_also_stops_what_was_ready_before() -> None:
    referral = ready(ROOM)
    desk.set_identity(ROOM, GP, NOW, referral.reference, replace(ZEBRA, sex="male"))
    refused("at_odds", desk.send, ROOM, GP, NOW, referral.reference)
    refused("at_odds", desk.mark_sent_by_hand, ROOM, GP, NOW, referral.reference)


def test_the_same_patient_and_service_again_is_told() -> None:
    first = ready(ROOM)
    again = opened(ROOM, now=NOW + DAY)
    kept = desk.set_identity(ROOM, GP, NOW + DAY, again.reference, ZEBRA)
    assert [r.reference for r in kept.duplicates] == [first.reference]
    by_name = Identity(name="ZEBRA, Test", date_of_birth=ZEBRA.date_of_birth)
    kept = desk.set_identity(ROOM, GP, NOW + DAY, again.reference, by_name)
    assert [r.reference for r in kept.duplicates] == [first.reference]
    desk.withdraw(ROOM, GP, NOW + DAY, first.reference)
    assert desk.set_identity(ROOM, GP, NOW + DAY, again.reference, ZEBRA).duplicates == ()
    other = opened(ROOM, LETTER)
    assert desk.set_identity(ROOM, GP, NOW, other.reference, ZEBRA).duplicates == ()


# Consent


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
    assert "team@service.example" in sent.shown and "Back pain" in sent.shown
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
    assert message["text"] == f"{reference} to Test Service: declined, since 23 November 2026."
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
