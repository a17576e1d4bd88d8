"""For any case and any service: no document says more than its reader may have, in any format."""

from __future__ import annotations

import base64
import email
import json
from collections.abc import Iterator
from dataclasses import replace
from email import policy

from hypothesis import given, settings
from hypothesis import strategies as st
from referral_cases import FORM, PATIENT, SETTLED, WORDS, flat, pdf_text, route, service
from referral_cases import given as referral

from referrals.documents import Made, kinds_for, make, model_of
from referrals.page import CARRIED_KINDS, DocumentInput
from referrals.rendering.text import as_text
from referrals.shareable import confirmed, is_sensitive, sensitive_facts
from services_directory.case import Case
from services_directory.loading import directory
from services_directory.model import ROUTES
from services_directory.status import status_on
from tests.any_case import cases

FUNCTIONAL_ROUTES = ("jobcentre", "employer", "programme_keyworker")
LETTER = service(route("clinician_letter", email="refer@service.example"))
FORMED = service(route("clinician_form", form=FORM, email="refer@service.example"))
SHIPPED = [
    s
    for s in directory().services.values()
    if any(r.way_in != "not_known" for r in s.routes) and status_on(s, LETTER.source_date)
]
# Facts with words of their own, so that finding the words means that the fact was told.
MARKED = Case(
    occupation="zebra keeper",
    area="oldham",
    age=43,
    sex="female",
    conditions=("back_pain", "psychosis"),
    barriers=("domestic_abuse", "debt_finance"),
    benefits=("pip",),
    work_status="off_sick",
    absence_weeks=7,
    goal="change_job",
)
TOLD = ("zebra", "oldham", "43", "woman", "back pain", "psychosis", "abuse", "debt", "7 weeks")


def plain(case: Case) -> Case:
    """Drop the clinician's free text, in which any word could stand."""
    return replace(case, occupation=None)


def text_in(made: Made) -> Iterator[str]:
    """Return every text that a file holds, attachments opened."""
    if made.media_type == "application/pdf":
        yield pdf_text(made.content)
    elif made.media_type == "application/fhir+json":
        bundle = json.loads(made.content)
        for entry in bundle["entry"]:
            for content in entry["resource"].get("content", ()):
                yield pdf_text(base64.b64decode(content["attachment"].pop("data")))
        yield json.dumps(bundle, ensure_ascii=False)
    elif made.media_type == "message/rfc822":
        message = email.message_from_bytes(made.content, policy=policy.default)
        body = message.get_body()
        assert body is not None
        yield body.get_content()
        for part in message.iter_attachments():
            yield pdf_text(part.get_content())
    else:
        yield flat(made.content.decode())


def told_in(of: DocumentInput, kind: str) -> set[str]:
    """Return the conditions and barriers that the text of ``kind`` says because of the case."""
    text = flat(as_text(model_of(kind, of))).lower()
    base = flat(as_text(model_of(kind, replace(of, case=Case())))).lower()
    return {
        value
        for key in ("conditions", "barriers")
        for value in WORDS.terms[key]
        if text.count(WORDS.label(key, value).lower()) > base.count(WORDS.label(key, value).lower())
    }


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SHIPPED), st.sampled_from(FUNCTIONAL_ROUTES), cases().map(plain), st.booleans()
)
def test_nobody_at_the_jobcentre_or_work_reads_of_a_condition(of, way, about, agreed):
    invented = service(route(way), id="test", criteria=of.criteria, needs=of.needs)
    everything = frozenset(sensitive_facts(about))
    keys = frozenset({"conditions", "barriers", "age", "sex"}) if agreed else frozenset()
    made = referral(invented, about, included=everything, agreed=keys)
    for kind in CARRIED_KINDS - {"employer_note", "work_coach_note", "keyworker_note"} | {
        made.kind
    }:
        told = told_in(made, kind)
        assert not told & set(WORDS.terms["conditions"])
        assert not {value for value in told if is_sensitive("barriers", value)}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ROUTES), cases().map(plain))
def test_sensitive_and_uncertain_facts_are_in_no_document(way, about):
    of = referral(service(route(way)), about)
    sure = confirmed(about)
    for kind in kinds_for(of):
        if kind.kind in ("record_text", "fhir_bundle", "email"):
            continue
        told = told_in(of, kind.kind)
        assert not {v for v in told if is_sensitive("conditions", v) or is_sensitive("barriers", v)}
        doubtful = {v for ids in about.uncertain.values() for v in ids}
        said = {WORDS.label(k, v) for k in ("conditions", "barriers") for v in getattr(sure, k)}
        for value in told & doubtful - {*sure.conditions, *sure.barriers}:
            key = "conditions" if value in WORDS.terms["conditions"] else "barriers"
            # A label may be part of another that is sure.
            assert any(WORDS.label(key, value) in label for label in said)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_only_the_receivers_fields_are_told_to_the_receiver(about):
    of = referral(FORMED, replace(about, occupation="zebra keeper", area="oldham"))
    text = flat(as_text(model_of(of.kind, of)))
    assert "zebra" not in text and "Oldham" not in text
    assert not told_in(of, of.kind)


def test_only_the_receivers_fields_are_in_any_format_sent():
    everything = frozenset(sensitive_facts(MARKED))
    of = referral(FORMED, MARKED, included=everything, agreed=frozenset({"conditions"}), **SETTLED)
    for kind in (of.kind, "fhir_bundle", "email"):
        held = next(k for k in kinds_for(of) if k.kind == kind)
        for fmt in held.formats:
            for text in text_in(make(kind, of, PATIENT, fmt)):
                for words in TOLD:
                    assert words not in text.lower(), (kind, fmt, words)
                for words in ("1978", "999 000 0018", "9990000018", "ZZ1 1ZZ, Poland"):
                    assert words not in text, (kind, fmt, words)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FUNCTIONAL_ROUTES), cases().map(plain), st.booleans())
def test_redaction_holds_on_paper_too(way, about, large):
    of = referral(service(route(way)), about, included=frozenset(sensitive_facts(about)))
    base = replace(of, case=Case(work_status=about.work_status, has_job_offer=about.has_job_offer))
    for kind in (of.kind, "return_to_work_plan", "patient_handout"):
        if kind not in {k.kind for k in kinds_for(of)} & {k.kind for k in kinds_for(base)}:
            continue
        text = pdf_text(make(kind, of, None, "pdf", large).content).lower()
        plainly = pdf_text(make(kind, base, None, "pdf", large).content).lower()
        for value in about.conditions:
            label = WORDS.label("conditions", value).lower()
            assert text.count(label) <= plainly.count(label)


def test_a_carried_paper_has_no_identifier_but_the_name():
    for way in FUNCTIONAL_ROUTES:
        of = referral(service(route(way)), MARKED)
        for kind in (of.kind, "return_to_work_plan", "patient_handout"):
            text = flat(as_text(model_of(kind, of, PATIENT)))
            for words in ("1978", "999 000 0018", "2 Example Street", "0000 000 0001"):
                assert words not in text


def test_the_properties_of_a_file_name_nobody():
    from io import BytesIO

    from pypdf import PdfReader

    of = referral(LETTER, MARKED, **SETTLED)
    made = make("letter", of, PATIENT)
    found = PdfReader(BytesIO(made.content))
    raw = str(found.metadata) + found.trailer["/Root"]["/Metadata"].get_data().decode()
    for words in ("Testpatient", "1978", "back pain", "zebra"):
        assert words not in raw.lower() and words not in raw
