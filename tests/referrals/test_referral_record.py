"""Text for the GP record and comments for a fit note."""

from __future__ import annotations

import pytest
from hypothesis import given
from referral_cases import (
    IN_2024,
    PRACTICE,
    TODAY,
    WORDS,
    case,
    flat,
    packer,
    route,
    service,
    shipped,
)

from referrals.artefacts.fit_note_comments import fit_note_comments
from referrals.artefacts.record_text import HIDE, Choice, record_text
from tests.any_case import cases

IPSPC = shipped("working-well-ips-primary-care")


def recorded(about, choices=(), **more):
    return flat(record_text(about, choices, PRACTICE, IN_2024, **more))


def test_record_text_codes_the_work_status_and_names_sources():
    text = recorded(
        packer(),
        [Choice(IPSPC, "chosen", "FP-ABCDEFGH"), Choice(service(route()), "declined")],
        reasons={"test-service": "too_far"},
    )
    for line in (
        "Off sick from a job, recorded 1 February 2024",
        "Code: off_sick (NHS Data Dictionary employment status 01, employed; there is no code for",
        "Works as a warehouse packer; off sick for 6 weeks",
        "Wants to: go back to the job",
        "Individual Placement and Support in Primary Care (draft FP-ABCDEFGH, not sent)",
        "Declined: Test Service (too far)",
        "not yet confirmed with the service",
        "Left out until confirmed 1 point",
        "Nothing has been sent.",
    ):
        assert line in text
    assert "depression" not in text
    assert HIDE not in text


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (case(), "not asked on 1 February 2024"),
        (case(work_status_outcome="declined"), "declined: asked on 1 February 2024"),
        (case(answered={"work_status": "dont_know"}), "not known: asked on 1 February 2024"),
        (
            case(work_status="off_sick", uncertain={"work_status": ["off_sick"]}),
            "not confirmed on 1 February 2024",
        ),
    ],
)
def test_record_text_without_a_status(about, told):
    assert f"Work status {told}" in recorded(about)


def test_sensitive_facts_and_services_stand_apart():
    helpline = service(route("phone"), needs=("safety",), id="line", name="Safe Line")
    text = recorded(
        case(barriers=["domestic_abuse", "transport"], conditions=["alcohol_dependence"]),
        [Choice(helpline, "suggested"), Choice(IPSPC, "suggested")],
        safety=["suicide_self_harm"],
    )
    before, hidden = text.split(HIDE)
    for words in ("Domestic abuse", "Alcohol dependence", "Safe Line", "suicide"):
        assert words in hidden
        assert words.lower() not in before.lower()
    assert "transport" in before and "Individual Placement" in before


@given(cases())
def test_record_text_never_fails_and_hides(about):
    before = record_text(about, [Choice(IPSPC, "suggested")], PRACTICE, TODAY).split(HIDE)[0]
    for key, ids in (("barriers", about.barriers), ("conditions", about.conditions)):
        for value in ids:
            term = WORDS.terms[key][value]
            if term.sensitive or term.group == "addiction":
                assert term.label not in before


def test_fit_note_of_the_packer():
    text = flat(fit_note_comments(packer(), PRACTICE, IN_2024))
    for line in (
        "For the certifying clinician to decide after an assessment.",
        "Less lifting, bending, reaching or kneeling",
        "Altered hours [ ] (your words)",
        "The advice does not bind the employer.",
        "Off for 4 weeks or more: a short plan for the return",
    ):
        assert line in text
    assert "back pain" not in text.lower()


def test_plan_only_from_four_weeks():
    assert "short plan" not in fit_note_comments(packer(absence_weeks=3), PRACTICE, TODAY)
    assert "short plan" in fit_note_comments(packer(absence_weeks=4), PRACTICE, TODAY)


def test_fit_note_without_a_job():
    text = flat(fit_note_comments(case(work_status="unemployed"), PRACTICE, TODAY))
    assert "no present job was said" in text and "[ ]" not in text


@given(cases())
def test_fit_note_never_names_a_condition_and_ignores_the_uncertain(about):
    text = fit_note_comments(about, PRACTICE, TODAY)
    for value in about.conditions:
        assert WORDS.label("conditions", value) not in text
