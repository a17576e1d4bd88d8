"""`status of FP-…` in the conversation: which referral is meant, and who is told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from desk_cases import BY_EMAIL, DAY, GP, HAND_OUT, NOW, a_draft, noted
from desk_cases import SERVICES as INVENTED
from hypothesis import given, settings
from hypothesis import strategies as st
from referral_cases import PRACTICE, SAID, packer

from actions.consultation import turn
from actions.consultation.context import TurnContext
from referrals import desk
from referrals.desk import Room
from referrals.model import Referral
from referrals.permissions import Actor
from referrals.reference import ALPHABET
from services_directory.loading import directory
from understanding.identifiers import redact
from understanding.reader import Reader, understanding_json

TODAY = date(2026, 11, 22)
READER = Reader()


pytestmark = pytest.mark.usefixtures("own_record")


def ask(
    text: str, state: dict[str, Any] | None = None, role: str | None = "gp", **who: Any
) -> list[dict[str, Any]]:
    """Return what comes back for ``text``; the consultation must stay as it was."""
    said = understanding_json(READER.read(text))
    assert said["intent"]["name"] == "referral_status", said
    who = {"user": GP.id, "practice": PRACTICE.ods_code, **who}
    context = TurnContext(as_of=TODAY, now=NOW + timedelta(minutes=1), role=role, **who)
    begun = {"begun": NOW.isoformat(), **(state or {})}
    result = turn.respond("referral_status", begun, said, context)
    after = {key: value for key, value in result.state.items() if key in begun}
    assert after == begun and not result.ended
    return result.messages


def made(of: Any = BY_EMAIL, actor: Any = GP, days: int = 0) -> Referral:
    room = Room({**directory().services, **INVENTED}, PRACTICE)
    draft = a_draft(of, role=actor.role)
    at = NOW - days * DAY
    return desk.open_referral(room, actor, at, draft, packer(), SAID, TODAY)


def test_by_its_reference_and_the_look_is_noted() -> None:
    reference = made().reference
    [message] = ask(f"Status of {reference.lower()}?")
    assert (message["type"], message["referral_id"]) == ("referral_status", reference)
    assert message["state"] == "draft" and message["text"].startswith(f"{reference} to ")
    assert message["url"] == f"/referrals/{reference}"
    assert noted(reference)[-1] == "view"
    assert "packer" not in json.dumps(message) and "pain" not in json.dumps(message)


@pytest.mark.parametrize("role", ["gp", "nurse", "ahp", "link_worker", "reception"])
def test_roles_that_see_referrals_on_the_page_see_them_here(role: str) -> None:
    reference = made().reference
    [message] = ask(reference, role=role, user="somebody-else")
    assert message["type"] == "referral_status"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        # Nobody signed in and no role was said: such a person prepares, and sees nothing.
        ({"role": None, "user": None, "practice": None}, "referral_not_allowed"),
        ({"practice": "X99999"}, "referral_not_found"),
    ],
)
def test_nobody_else_is_told(who: dict[str, Any], code: str) -> None:
    reference = made().reference
    for text in (f"status of {reference}", "has my referral gone?"):
        state = {"chosen": ["by-email"], "drafts": [reference]}
        [message] = ask(text, state, **who)
        assert (message["type"], message["code"]) == ("error", code)
        assert "draft" not in json.dumps(message["text"])
    if code == "referral_not_allowed":
        assert noted(reference)[-1] == "refused"


def test_a_reference_that_is_none() -> None:
    for typed in ("status of FP-123", "FP-00000000"):
        [message] = ask(typed)
        assert message["code"] == "referral_not_found" and "FP-7K3M9Q2X" in message["text"]


def test_without_one_it_is_this_consultations() -> None:
    first, second, elsewhere = made(), made(HAND_OUT), made()
    state = {"chosen": ["by-email", "hand-out"], "drafts": [first.reference, second.reference]}
    told = [m["referral_id"] for m in ask("what happened to her referral?", state)]
    assert told == [first.reference, second.reference] and elsewhere.reference not in told


def test_of_several_the_service_named_is_meant() -> None:
    one = made().reference
    other = made(HAND_OUT).reference
    state = {"chosen": ["access-to-work", "citizens-advice"], "drafts": [one, other]}
    [message] = ask("has the referral to Citizens Advice gone?", state)
    assert message["referral_id"] == other


def test_else_it_is_what_the_person_follows_up_the_latest_first() -> None:
    mine = [made(days=days).reference for days in (4, 1, 3, 2, 0)]
    desk.reassign(Room(INVENTED, PRACTICE), GP, NOW, mine[0], "nurse-b")
    first, *told, more = ask("status of my referrals")
    assert "None was prepared in this consultation" in first["text"]
    assert [m["referral_id"] for m in told] == [mine[4], mine[1], mine[3]]
    assert more["text"].startswith("There are 1 more.")
    [_, one] = ask("status of my referrals", user="nurse-b", role="nurse")
    assert one["referral_id"] == mine[0]


def test_who_did_not_sign_in_has_none_of_their_own() -> None:
    made()
    [message] = ask("has my referral gone?", user=None)
    assert message["type"] == "info" and "No such referral" in message["text"]


NOBODY = Actor("not-signed-in", "unknown", PRACTICE.ods_code)
NO_SIGN_IN: dict[str, Any] = {"role": None, "user": None, "practice": None}


def here(referral: Referral) -> dict[str, Any]:
    return {
        "chosen": [referral.service_id],
        "drafts": [referral.reference],
        "consultation_id": referral.consultation_id,
    }


@pytest.mark.parametrize(
    "text",
    [
        "status of the referral",
        "status of my referral",
        "has the referral gone?",
        "what happened to her referral?",
        "where is the referral?",
        "status of {}",
    ],
)
def test_who_prepared_it_without_signing_in_hears_of_it_in_that_consultation(text: str) -> None:
    own = made(actor=NOBODY)
    [message] = ask(text.format(own.reference), here(own), **NO_SIGN_IN)
    assert (message["type"], message["referral_id"]) == ("referral_status", own.reference)
    assert "packer" not in json.dumps(message) and "pain" not in json.dumps(message)


@pytest.mark.parametrize(
    ("maker", "elsewhere", "who"),
    [
        # Not from another consultation, nor from one that has prepared nothing.
        (NOBODY, {"consultation_id": "another-consultation"}, NO_SIGN_IN),
        (NOBODY, {"consultation_id": None}, NO_SIGN_IN),
        # Nor what somebody prepared who did sign in.
        (GP, {}, NO_SIGN_IN),
        # Who signed in is held to the table of roles, as ever.
        (NOBODY, {}, {"role": None}),
        (NOBODY, {}, {"role": "maintainer"}),
    ],
)
def test_and_nothing_else(maker: Actor, elsewhere: dict[str, Any], who: dict[str, Any]) -> None:
    one = made(actor=maker)
    [message] = ask(f"status of {one.reference}", {**here(one), **elsewhere}, **who)
    assert (message["type"], message["code"]) == ("error", "referral_not_allowed")
    assert "look at referrals" in message["text"] and "(see)" not in message["text"]


def test_where_none_was_prepared_it_is_said_and_nothing_refused() -> None:
    [message] = ask("status of the referral", **NO_SIGN_IN)
    assert message["type"] == "info" and "No such referral" in message["text"]


def test_it_is_told_while_something_else_waits() -> None:
    reference = made().reference
    waiting = {"kind": "patient", "said": {"text": "33M"}}
    [message] = ask(reference, {"pending": waiting})
    assert message["type"] == "referral_status" and message["asked"] == "patient"
    [message] = ask(reference, {"asked": "age"})
    assert message["asked"] == "age"


@settings(max_examples=300, deadline=None)
@given(letters=st.text(ALPHABET, min_size=8, max_size=8), lower=st.booleans())
def test_no_reference_is_taken_for_a_name_or_a_number(letters: str, lower: bool) -> None:
    reference = f"FP-{letters}"
    typed = reference.lower() if lower else reference
    for text in (f"status of {typed}", typed, f"what happened to {typed}?"):
        assert redact(text).text == text


def test_a_name_beside_a_reference_is_removed_all_the_same() -> None:
    assert "Brocklehurst" not in redact("status of FP-XX3G2EWA for Mrs Brocklehurst").text
    assert "9990000018" not in redact("FP-9990000018").text
