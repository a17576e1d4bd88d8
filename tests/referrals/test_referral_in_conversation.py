"""`refer to` in the conversation: a referral in the room, read as far as the role may."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from desk_cases import NOW
from referral_cases import PRACTICE, packer

from actions.consultation import turn
from actions.consultation.context import TurnContext
from actions.context import turn_context
from referrals import desk
from referrals.permissions import HIDDEN, UNKNOWN, Actor

TODAY = date(2026, 11, 22)
# Open to clinicians alone.
REQUEST = "ips-secondary-gm"
GP = Actor("user-1", "gp", PRACTICE.ods_code)


pytestmark = pytest.mark.usefixtures("own_record")


def refer(
    state: dict[str, Any], service: str, role: str | None = "gp", user: str | None = "user-1"
) -> tuple[dict[str, Any], dict[str, Any]]:
    context = TurnContext(as_of=TODAY, now=NOW, role=role, user=user, practice=PRACTICE.ods_code)
    said = {"text": f"refer to {service}", "command": {"services": [service]}}
    result = turn.respond("refer_to", state, said, context)
    (message,) = result.messages
    return result.state, message


def begun(**facts: Any) -> dict[str, Any]:
    facts |= {"conditions": ["psychosis", "back_pain", "depression"]}
    facts["under_secondary_mental_health"] = True
    about = packer(work_status="unemployed", goal="find_work", absence_weeks=None, **facts)
    case = {k: v for k, v in about.to_json().items() if v is not None}
    return {
        "case": case,
        "begun": NOW.isoformat(),
        "said": {"conditions:back_pain": "low back pain"},
    }


def test_it_opens_a_referral_that_belongs_to_the_consultation() -> None:
    state, first = refer(begun(), REQUEST)
    assert first["type"] == "referral_draft" and first["sent"] is False
    view = desk.view(desk.open_room(), GP, NOW, first["referral_id"])
    assert (view.referral.owner, view.referral.prepared_role) == ("user-1", "gp")
    assert view.referral.consultation_id == state["consultation_id"]
    assert len(state["consultation_id"]) == 32 and state["drafts"] == [first["referral_id"]]
    assert set(first) >= {
        "type", "text", "referral_id", "service_id", "state", "fields", "documents", "sent",
    }  # fmt: skip
    assert {f.name: f.value for f in view.referral.fields} == {
        f["name"]: f["value"] for f in first["fields"]
    }


def test_a_second_one_to_the_same_service_is_said() -> None:
    state, first = refer(begun(), REQUEST)
    state, second = refer(state, REQUEST)
    assert f"Already prepared in this consultation: {first['referral_id']}." in second["text"]
    assert state["drafts"] == [second["referral_id"]] and state["chosen"] == [REQUEST]


def test_another_patient_gets_another_consultation() -> None:
    state, _ = refer(begun(), REQUEST)
    result = turn.respond("new_patient", state, {"text": "new patient"}, TurnContext(TODAY, NOW))
    assert result.state["consultation_id"] is None and "FP-" not in json.dumps(result.state)


@pytest.mark.parametrize("role", ["link_worker", "reception"])
def test_who_may_not_sign_gets_it_prepared_for_a_gp(role: str) -> None:
    _, message = refer(begun(), REQUEST, role)
    assert message["type"] == "referral_draft" and "Prepared for a GP to sign" in message["text"]
    view = desk.view(desk.open_room(), GP, NOW, message["referral_id"])
    assert view.referral.to_sign == "a GP"
    assert desk.sign(desk.open_room(), GP, NOW, message["referral_id"]).signed


def test_reception_reads_no_conditions_in_the_answer() -> None:
    _, message = refer(begun(), REQUEST, "reception")
    told = json.dumps(message)
    assert not any(word in told for word in ("pain", "epression", "sychosis"))
    assert HIDDEN in {f["source"] for f in message["fields"]} and message["documents"] == []
    _, message = refer(begun(), REQUEST, "link_worker")
    assert "Psychosis" in json.dumps(message) and message["documents"]


def test_reception_gets_a_patients_hand_out() -> None:
    _, message = refer(begun(area="oldham"), "get-oldham-working", "reception")
    assert [d["kind"] for d in message["documents"]] == ["patient_handout"]


def test_where_nobody_signed_in_it_is_prepared_and_nothing_more() -> None:
    _, message = refer(begun(), REQUEST, None, None)
    view = desk.view(desk.open_room(), GP, NOW, message["referral_id"])
    assert (view.referral.owner, view.referral.prepared_role) == ("not-signed-in", UNKNOWN)


def test_metadata_says_who_signed_in() -> None:
    metadata = {"role": "nurse", "user": "user-9", "practice": "Y99999"}
    context = turn_context(metadata, None, NOW)
    assert (context.user, context.role, context.practice) == ("user-9", "nurse", "Y99999")
    assert turn_context({"user": 5}, None, NOW).user is None
