"""Safety comes first, once for each new cue, and the work flow waits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.reading_answers import of_type, one, types

TODAY = "2026-11-22"


@pytest.mark.parametrize(
    ("text", "category", "first_contacts"),
    [
        (
            "26M Bury off sick, says he wants to end it all",
            "suicide_self_harm",
            ["pathway", "nhs-111-option-2", "samaritans", "shout"],
        ),
        (
            "she took 30 paracetamol an hour ago",
            "emergency",
            ["emergency-999", "pathway", "nhs-111-option-2"],
        ),
        ("her husband hits her", "abuse", ["national-domestic-abuse-helpline"]),
        ("45M, told me his wife hits him", "abuse", ["mens-advice-line"]),
    ],
)
def test_safety_comes_before_anything_else(
    talk: Any, text: str, category: str, first_contacts: list[str]
) -> None:
    entries = talk(f"safety-{text[:12]}", text, as_of=TODAY)
    assert types(entries)[0] == "safety"
    alarm = entries[0]["custom"]
    assert category in alarm["categories"]
    contacts = [c.get("service_id", "pathway") for c in alarm["contacts"]]
    assert contacts[: len(first_contacts)] == first_contacts
    assert "not a risk screen" in alarm["text"]
    assert not of_type(entries, "recommendations")
    assert not of_type(entries, "question")


def test_work_flow_waits_until_risk_is_assessed(talk: Any) -> None:
    sender = "safety-wait"
    talk(sender, "26M Bury, off sick 5 wks, depressed, says he wants to end it all", as_of=TODAY)
    waiting = talk(sender, "on UC", as_of=TODAY)
    assert not of_type(waiting, "recommendations")
    assert not of_type(waiting, "question")
    assert "suicide_self_harm" in waiting[0]["custom"]["pinned"]
    assert one(talk(sender, "refer to access-to-work", as_of=TODAY), "info")
    resumed = talk(sender, "risk assessed, go on", as_of=TODAY)
    assert of_type(resumed, "question") or of_type(resumed, "recommendations")
    summary = one(talk(sender, "summary", as_of=TODAY), "info")
    assert "depression" in summary["text"], "the case was kept"
    assert "Risk assessed by the clinician" in summary["text"]
    record = one(talk(sender, "record text", as_of=TODAY), "info")
    assert "Risk assessed by the clinician" in record["text"]


def test_each_new_cue_alarms_once(talk: Any) -> None:
    sender = "safety-once"
    first = talk(sender, "31F Sale, wants to end it all", as_of=TODAY)
    assert types(first)[0] == "safety"
    talk(sender, "risk assessed, go on", as_of=TODAY)
    again = talk(sender, "she's on UC", as_of=TODAY)
    assert not of_type(again, "safety")
    fresh = talk(sender, "her partner hits her", as_of=TODAY)
    assert types(fresh)[0] == "safety"
    assert fresh[0]["custom"]["categories"] == ["abuse"]


@pytest.mark.parametrize(
    "text",
    [
        "depressed, PHQ 17, no thoughts of self harm",
        "OD aged 15, nothing since and no current risk",
        "meter on emergency again, toast for tea",
    ],
)
def test_denied_or_past_risk_is_no_alarm(talk: Any, text: str) -> None:
    assert not of_type(talk(f"calm-{text[:10]}", text, as_of=TODAY), "safety")


def test_no_unverified_number_stands_unmarked(talk: Any) -> None:
    entries = talk("safety-numbers", "wants to kill herself", as_of=TODAY)
    for contact in entries[0]["custom"]["contacts"]:
        assert contact["name"]
        assert not contact.get("unverified") or "not confirmed" in entries[0]["custom"]["text"]


def test_words_of_risk_are_no_facts_about_work(talk: Any) -> None:
    talk("safety-words", "41F Bury unemployed, she wants to end it all", as_of=TODAY)
    summary = one(talk("safety-words", "summary", as_of=TODAY), "info")
    assert "job at risk" not in summary["text"]


def test_the_same_words_again_are_not_passed_over(talk: Any) -> None:
    talk("safety-again", "41F Bury unemployed, she wants to end it all", as_of=TODAY)
    talk("safety-again", "risk assessed, go on", as_of=TODAY)
    again = talk("safety-again", "she wants to end it all", as_of=TODAY)
    assert "raised safety before" in again[0]["custom"]["text"]


def test_going_on_needs_the_assessment(talk: Any) -> None:
    talk("safety-bare", "41F Bury, she wants to end it all", as_of=TODAY)
    waiting = one(talk("safety-bare", "go on", as_of=TODAY), "info")
    assert "Paused" in waiting["text"]
