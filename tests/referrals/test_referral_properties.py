"""What holds for any valid case, any entry, any role: nothing fails, and nothing leaks."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from referral_cases import FORM, PRACTICE, REFERENCE, TODAY, WORDS, route, service

from referrals.draft import Draft, build_draft
from referrals.forms import FUNCTIONAL_KINDS, form_of
from referrals.refusals import Refusal
from referrals.shareable import confirmed, is_sensitive, sensitive_facts
from services_directory.case import Case
from services_directory.loading import directory
from services_directory.model import ROLES, ROUTES, Service
from tests.any_case import cases

SERVICES = sorted(directory().services.values(), key=lambda s: s.id)
INVENTED = [service(route(name), id=f"test-{name}") for name in ROUTES]
ANY_SERVICE = st.sampled_from([*SERVICES, *INVENTED])
ANY_ROLE = st.sampled_from([None, *ROLES])
ANY_ROUTE = st.sampled_from([None, "patient_handout", *ROUTES])


def build(of: Service, about: Case, role: str | None, wanted: str | None) -> Draft | Refusal:
    return build_draft(of, about, {}, PRACTICE, TODAY, role, route=wanted, reference=REFERENCE)


def new_labels(of: Service, about: Case, role: str | None, wanted: str | None) -> set[str]:
    """Return the labels of the case's conditions and barriers that the document says because of it."""
    made = build(of, about, role, wanted)
    if not isinstance(made, Draft):
        return set()
    blank = build(of, Case(), role, wanted)
    assert isinstance(blank, Draft)
    text, base = made.documents[0].text, blank.documents[0].text
    flat, plain = " ".join(text.split()).lower(), " ".join(base.split()).lower()
    return {
        value
        for key in ("conditions", "barriers")
        for value in WORDS.terms[key]
        if flat.count(WORDS.label(key, value).lower())
        > plain.count(WORDS.label(key, value).lower())
    }


def without_occupation(about: Case) -> Case:
    """Drop the clinician's free text, in which any word could stand."""
    return replace(about, occupation=None)


@settings(max_examples=300)
@given(ANY_SERVICE, cases(), ANY_ROLE, ANY_ROUTE)
def test_never_an_exception_and_always_the_essentials(of, about, role, wanted):
    made = build(of, about, role, wanted)
    if isinstance(made, Refusal):
        assert made.reason and made.what_to_do
        return
    message = made.to_message()
    assert message["sent"] is False and message["state"] == "draft"
    for document in made.documents:
        for words in ("Nothing has been sent", PRACTICE.name, PRACTICE.address, REFERENCE):
            assert words in " ".join(document.text.split())
        assert "22 November 2026" in document.text
        assert "confirmed" in document.text
        assert "Training mode" in document.text.splitlines()[0]
    for field in made.fields:
        assert not (field.identifier and field.value)


@settings(max_examples=300)
@given(ANY_SERVICE, cases().map(without_occupation), ANY_ROLE, ANY_ROUTE)
def test_uncertain_and_sensitive_facts_are_in_no_document(of, about, role, wanted):
    kept = confirmed(about)
    sure = {*kept.conditions, *kept.barriers}
    sensitive = {value for _, value in sensitive_facts(about)}
    for value in new_labels(of, about, role, wanted):
        assert value not in sensitive
        # A label may be part of another that is sure ("severe mental illness" stands for itself alone).
        assert (
            value in sure
            or any(_label(value) in _label(other) for other in sure if other != value)
            or value not in {*about.conditions, *about.barriers}
        )


def _label(value: str) -> str:
    key = "conditions" if value in WORDS.terms["conditions"] else "barriers"
    return WORDS.label(key, value).lower()


@settings(max_examples=300)
@given(ANY_SERVICE, cases().map(without_occupation), ANY_ROLE, ANY_ROUTE)
def test_no_condition_for_a_work_coach_employer_keyworker_or_on_a_hand_out(of, about, role, wanted):
    made = build(of, about, role, wanted)
    if isinstance(made, Draft) and made.documents[0].kind in FUNCTIONAL_KINDS:
        assert not new_labels(of, about, role, wanted) & set(WORDS.terms["conditions"])


@given(cases())
def test_only_the_receivers_fields_appear(about):
    marked = replace(about, occupation="zebra keeper", area="oldham")
    of = service(route("clinician_form", form=FORM))
    made = build(of, marked, "gp", None)
    assert isinstance(made, Draft)
    assert [f.name for f in made.fields] == [f.name for f in FORM]
    text = made.documents[0].text
    assert "zebra" not in text and "Oldham" not in text
    assert not new_labels(of, marked, "gp", None)


@given(ANY_SERVICE, cases(), ANY_ROLE, ANY_ROUTE)
def test_fields_are_those_of_the_form_in_its_order(of, about, role, wanted):
    made = build(of, about, role, wanted)
    if isinstance(made, Draft):
        kind = made.documents[0].kind
        forms = [form_of(kind, of, r) for r in of.routes if r.route == made.route]
        assert [f.name for f in made.fields] in [[f.name for f in form] for form in forms]


@given(cases())
def test_never_include_is_honoured_in_every_paper_of_the_service(about):
    of = service(
        route("clinician_letter", never_include=("depression", "musculoskeletal", "goal")),
        route("self_referral", who=("patient",)),
    )
    for wanted in (None, "self_referral"):
        said = new_labels(of, without_occupation(about), "gp", wanted)
        assert "depression" not in said
        assert not said & set(WORDS.groups["musculoskeletal"])


def test_sensitive_covers_what_the_contract_names():
    assert is_sensitive("barriers", "domestic_abuse")
    assert is_sensitive("barriers", "offending_history")
    for value in WORDS.groups["addiction"]:
        assert is_sensitive("conditions", value)
    assert not is_sensitive("conditions", "back_pain")
