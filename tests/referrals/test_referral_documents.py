"""Which documents a referral has, what each file holds, and what is switched on one by one."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy

import pytest
from referral_cases import (
    AGREED,
    FORM,
    NAMES_THE_PATIENT,
    PATIENT,
    REFERENCE,
    SETTLED,
    case,
    draft,
    flat,
    given,
    packer,
    pdf_text,
    route,
    service,
    shipped,
)

from referrals.documents import NoSuchDocument, kinds_for, make, model_of
from referrals.page import DocumentInput
from referrals.rendering.text import as_text
from services_directory.model import FormField, Route

WITHDRAWN = replace(AGREED, withdrawn_at=AGREED.at, withdrawn_by="user-1")
LETTER = route("clinician_letter", email="refer@service.example")


def told(kind: str, of: DocumentInput, identity=None) -> str:
    return flat(as_text(model_of(kind, of, identity)))


@pytest.mark.parametrize(
    ("way", "about", "kinds"),
    [
        (
            LETTER,
            packer(),
            "letter patient_handout return_to_work_plan fit_note_comments record_text fhir_bundle email",
        ),
        (
            LETTER,
            case(work_status="unemployed"),
            "letter patient_handout record_text fhir_bundle email",
        ),
        (route("clinician_form"), case(), "enquiry_form patient_handout record_text fhir_bundle"),
        (route("self_referral", who=("patient",)), case(), "patient_handout record_text"),
        (route("jobcentre"), case(), "work_coach_note patient_handout record_text"),
        (route("employer"), case(), "employer_note patient_handout record_text"),
    ],
)
def test_documents_of_a_route(way, about, kinds):
    assert [k.kind for k in kinds_for(given(service(way), about))] == kinds.split()


def test_a_letter_inside_the_practice_is_sent_to_nobody():
    kinds = {k.kind for k in kinds_for(given(shipped("social-prescribing-gm"), packer()))}
    assert "letter" in kinds and not kinds & {"fhir_bundle", "email"}


def test_every_document_comes_in_every_format_it_names():
    of = given(service(LETTER), packer())
    starts = {"txt": b"***", "pdf": b"%PDF-", "json": b"{", "eml": b"X-Unsent: 1"}
    for kind in kinds_for(of):
        for fmt in kind.formats:
            made = make(kind.kind, of, PATIENT, fmt)
            assert made.content.startswith(starts[fmt])
            assert made.file_name.startswith(REFERENCE) and made.file_name.endswith(fmt)
            for words in NAMES_THE_PATIENT:
                assert words not in made.file_name
        if kind.large_print:
            assert make(kind.kind, of, None, "pdf", True).file_name.endswith(".large.pdf")


@pytest.mark.parametrize(
    ("kind", "fmt"),
    [("work_coach_note", "pdf"), ("letter", "json"), ("fhir_bundle", "pdf"), ("x", "txt")],
)
def test_what_a_referral_does_not_have_is_refused(kind, fmt):
    with pytest.raises(NoSuchDocument):
        make(kind, given(service(LETTER), packer()), None, fmt)


def test_blanks_until_the_patient_is_named():
    of = given(service(LETTER), packer())
    blank = told("letter", of)
    assert "Name: ____" in blank and "Language, interpreter: ____" in blank
    named = told("letter", of, PATIENT)
    for line in (
        "Name: Zażółć Nguyễn-Testpatient",
        "Date of birth: 4 March 1978",
        "How to reach the patient: 0000 000 0001, testpatient@example.invalid",
        "Language, interpreter: Polish, interpreter needed",
        "Communication need: large print",
        "Safe to ring, leave a message, text: ring: yes; leave a message: no; send a text: not asked",
    ):
        assert line in named
    assert "999 000 0018" not in named


def test_the_form_decides_which_identifiers_are_printed():
    for kind in ("letter", "secondary_care_request"):
        way = LETTER if kind == "letter" else route("secondary_care", who=("care_team",))
        assert ("999 000 0018" in told(kind, given(service(way), packer()), PATIENT)) == (
            kind == "secondary_care_request"
        )


def test_a_settled_letter_goes_as_it_is():
    text = told("letter", given(service(LETTER), packer(), **SETTLED), PATIENT)
    assert "Agreement: The patient agreed aloud on 22 November 2026" in text
    assert "Signed (name and role): Dr A. Example (invented), GP" in text
    for words in (
        "Nothing has been sent",
        "Still missing",
        "for the practice",
        "ask first",
        "____",
    ):
        assert words not in text


@pytest.mark.parametrize(
    "change",
    [
        {"agreement": None},
        {"signed_by": ""},
        {"agreement": WITHDRAWN},
    ],
)
def test_without_agreement_or_signature_it_stays_a_draft(change):
    text = told("letter", given(service(LETTER), packer(), **{**SETTLED, **change}), PATIENT)
    assert "Nothing has been sent." in text and "Still missing" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"how": "written"}, "The patient agreed in writing on"),
        ({"who_agreed": "attorney"}, "The patient's attorney agreed aloud on"),
        ({"who_agreed": "best_interests"}, "Decided in the patient's best interests on"),
    ],
)
def test_who_agreed_is_said(change, words):
    settled = {**SETTLED, "agreement": replace(AGREED, **change)}
    assert words in told("letter", given(service(LETTER), packer(), **settled))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "Nothing has been sent. We have not told anyone about you."),
        ({"agreement": WITHDRAWN}, "We have not told anyone about you."),
        ({"agreement": AGREED}, "You said yes, so we will ask them to help you."),
        ({"agreement": AGREED, "sent": True}, "You said yes, so we asked them to help you."),
    ],
)
def test_the_hand_out_says_who_has_been_told(state, words):
    assert words in told("patient_handout", given(service(LETTER), packer(), **state))


def test_an_edit_wins_over_the_case_in_its_own_document_alone():
    of = given(
        service(LETTER), packer(), edits={"goal": "Go back by Easter", "full_name": "Nobody"}
    )
    text = told("letter", of)
    assert "What the patient wants: Go back by Easter" in text
    assert "Nobody" not in text
    assert "Easter" not in told("return_to_work_plan", of)


def test_an_emptied_field_stays_empty():
    text = told("letter", given(service(LETTER), packer(), edits={"health": ""}))
    assert "back pain" not in text.lower() and "Health: not said" in text


@pytest.mark.parametrize(
    ("value", "kept"), [("Go back to the job", True), ("Something else", False)]
)
def test_only_values_that_the_receiver_allows_are_filled_in(value, kept):
    form = (FormField("goal", "Wish", ("goal",), required=True, allowed=(value, "Other")),)
    of = given(service(route("clinician_form", form=form)), packer())
    field = next(iter(draft(of.service, of.case).fields))
    assert bool(field.value) == kept
    if not kept:
        assert field.source == "the receiver takes only: Something else, Other"


ABUSED = case(
    conditions=["alcohol_dependence", "back_pain"],
    barriers=["domestic_abuse", "offending_history", "transport"],
    work_status="unemployed",
)
WORDS = {
    ("conditions", "alcohol_dependence"): "alcohol",
    ("barriers", "domestic_abuse"): "domestic abuse",
    ("barriers", "offending_history"): "criminal record",
}


@pytest.mark.parametrize("on", [None, *WORDS])
def test_sensitive_facts_are_switched_on_one_at_a_time(on):
    included = frozenset([on]) if on else frozenset()
    text = told("letter", given(service(LETTER), ABUSED, included=included)).lower()
    assert {fact for fact, words in WORDS.items() if words in text} == set(included)


def test_what_the_entry_never_takes_stays_out_even_when_switched_on():
    way = replace(LETTER, never_include=("domestic_abuse",))
    text = told("letter", given(service(way), ABUSED, included=frozenset(WORDS))).lower()
    assert "domestic abuse" not in text and "alcohol" in text


@pytest.mark.parametrize("on", [False, True])
def test_safety_is_said_to_professionals_only_when_switched_on(on):
    of = given(
        service(LETTER),
        packer(),
        safety=("suicide_self_harm", "abuse"),
        included=frozenset({("safety", "suicide_self_harm")} if on else ()),
    )
    assert ("suicide" in told("letter", of)) == on
    assert "buse was mentioned" not in told("letter", of)
    for kind in ("patient_handout", "return_to_work_plan", "fit_note_comments"):
        assert "suicide" not in told(kind, of)
    before, hidden = told("record_text", of).split("Consider hiding from online access")
    assert "suicide" not in before and "suicide" in hidden


def test_an_uncertain_fact_comes_in_once_it_is_confirmed():
    of = given(service(LETTER), packer())
    assert "depression" not in told("letter", of)
    sure = replace(of, confirmed=frozenset({("conditions", "depression")}))
    assert "Health: Low back pain and depression" in told("letter", sure)
    assert "Health: low back pain and depression" in told("record_text", sure)


def test_what_to_hide_from_online_access_is_never_printed():
    (record,) = [k for k in kinds_for(given(service(LETTER), ABUSED)) if k.kind == "record_text"]
    assert record.formats == ("txt",) and not record.large_print


@pytest.mark.parametrize("way", ["jobcentre", "employer", "programme_keyworker"])
@pytest.mark.parametrize(
    ("may", "agreed", "named"),
    [
        ((), (), False),
        (("conditions",), (), False),
        ((), ("conditions",), False),
        (("conditions",), ("conditions",), True),
    ],
)
def test_a_condition_needs_the_entrys_leave_and_the_patients(way, may, agreed, named):
    of = given(service(route(way, may_include=may)), packer(), agreed=frozenset(agreed))
    text = told(of.kind, of)
    assert ("back pain" in text.lower()) == named
    assert ("My health (I agreed that it is named): Back pain" in text) == named
    plan = told("return_to_work_plan", of)
    assert ("back pain" in plan.lower()) == (named and way == "employer")


def test_the_plan_of_the_packer():
    text = told("return_to_work_plan", given(service(LETTER), packer()))
    for line in (
        "My plan for going back to work",
        "It is not a fit note, and not an AHP Health and Work Report.",
        "My job: Warehouse packer",
        "Clinician at my practice: ____",
        "My keyworker or adviser: ____",
        "[ ] Phased return",
        "[ ] Altered hours",
        "[ ] Amended duties",
        "[ ] Workplace adaptations",
        "What is hard for me at work: Lifting, bending, reaching, or staying long in one position",
        "What would help, and my goal: Less lifting, bending, reaching or kneeling",
        "I have been off for 4 weeks or more",
        "Week 4",
    ):
        assert line in text
    at_work = packer(work_status="in_work_struggling", absence_weeks=None, goal="stay_in_work")
    staying = told("return_to_work_plan", given(service(LETTER), at_work))
    assert "My plan for staying in work" in staying and "Week 4" not in staying


def test_the_plan_keeps_its_own_shape_whatever_the_receivers_form():
    of = given(service(route("clinician_form", form=FORM)), packer())
    assert "My job: Warehouse packer" in told("return_to_work_plan", of)


def test_the_email_draft_names_nobody_outside_its_attachment():
    of = given(service(LETTER), packer(), **SETTLED)
    raw = make("email", of, PATIENT, "eml").content
    message = email.message_from_bytes(raw, policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == f"Referral {REFERENCE}"
    assert message["To"] == "refer@service.example"
    assert message["From"] == "fernbank.surgery@example.invalid"
    body = message.get_body()
    (attachment,) = message.iter_attachments()
    assert body is not None
    outside = body.get_content() + "".join(f"{k}: {v}" for k, v in message.items())
    outside += "".join(f"{k}: {v}" for k, v in attachment.items())
    for words in (*NAMES_THE_PATIENT, "back pain"):
        assert words not in outside
    assert attachment.get_filename() == f"{REFERENCE}-letter.pdf"
    assert attachment.get_content_type() == "application/pdf"
    assert "Name Zażółć Nguyễn-Testpatient" in pdf_text(attachment.get_content())


def test_an_address_cannot_add_a_header():
    way = Route(
        "clinician_letter", ("gp",), "By mail", "known", email="a@b.example\nBcc: x@y.example"
    )
    with pytest.raises(ValueError):
        make("email", given(service(way), packer()), None, "eml")


@pytest.mark.parametrize("way", ["clinician_form", "clinician_letter", "jobcentre", "employer"])
def test_one_page_where_it_fits(way):
    from io import BytesIO

    from pypdf import PdfReader

    of = given(service(route(way)), packer())
    for kind in (of.kind, "patient_handout", "return_to_work_plan", "fit_note_comments"):
        assert len(PdfReader(BytesIO(make(kind, of).content)).pages) == 1, kind
