"""The desk, use case by use case: opening, filling, and who the patient is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_cases import (
    AUDITOR,
    BY_EMAIL,
    BY_HAND,
    DAY,
    GP,
    JOBCENTRE,
    LETTER,
    MAINTAINER,
    NOW,
    RECEPTION,
    ZEBRA,
    KeepingOutbox,
    a_draft,
    a_room,
    noted,
    opened,
    ready,
    refused,
    states,
    stored,
)
from referral_cases import PRACTICE, SAID, packer

from referrals import desk
from referrals.identity import Identity
from referrals.permissions import UNKNOWN, Actor

ROOM = a_room()


pytestmark = pytest.mark.usefixtures("own_record")


def test_opening_keeps_the_draft_with_where_each_value_came_from() -> None:
    referral = opened(ROOM)
    kept = stored(referral.reference)
    assert kept == referral
    assert (kept.state, kept.kind, kept.owner) == ("draft", "enquiry_form", GP.id)
    assert kept.field("health").value == "Low back pain"
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
