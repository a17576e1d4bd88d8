"""Which way in is taken, by whom, and when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from referral_cases import (
    IN_2024,
    PRACTICE,
    TODAY,
    draft,
    packer,
    route,
    service,
    shipped,
    text_of,
)

from referrals.draft import Draft, build_draft
from referrals.refusals import NotOnPaper, NotReferable, NoWayIn
from referrals.routes import choose
from services_directory.model import ROUTES, Delivery
from services_directory.practice import Person

FORM = route("clinician_form")
SELF = route("self_referral", who=("patient",))
PHONE = route("phone", who=("patient",), web=None, phone="0000 000 0000")


@pytest.mark.parametrize(
    ("routes", "role", "taken", "to_sign"),
    [
        ([SELF, FORM], "gp", "clinician_form", ""),
        ([SELF, FORM], None, "clinician_form", ""),
        ([FORM, SELF], "link_worker", "self_referral", ""),
        ([FORM], "reception", "clinician_form", "a GP"),
        ([replace(FORM, who=("nurse",))], "link_worker", "clinician_form", "a nurse"),
        ([replace(FORM, way_in="unconfirmed"), SELF], "gp", "self_referral", ""),
        ([replace(FORM, way_in="not_known"), SELF], "gp", "self_referral", ""),
        # A form that a GP signs beats a hand-out that nobody has checked.
        ([FORM, replace(SELF, way_in="unconfirmed")], "reception", "clinician_form", "a GP"),
        ([route("secondary_care", who=("care_team",))], "gp", "secondary_care", ""),
        ([route("secondary_care", who=("care_team",))], "reception", "secondary_care", "a GP"),
        ([route("social_care", who=("social_worker",))], "link_worker", "social_care", ""),
    ],
)
def test_best_route_of_a_role(routes, role, taken, to_sign):
    chosen = choose(service(*routes), role)
    assert chosen is not None
    assert (chosen.route.route, chosen.to_sign) == (taken, to_sign)


@pytest.mark.parametrize("name", ROUTES)
def test_every_route_makes_its_artefact(name):
    made = draft(service(route(name)), packer())
    assert made.route == name
    assert made.documents[0].kind == made.to_message()["documents"][0]["kind"]


def test_a_route_can_be_asked_for():
    assert draft(service(FORM, SELF), packer(), route="self_referral").route == "self_referral"
    refused = build_draft(service(SELF), packer(), {}, PRACTICE, TODAY, "gp", route="employer")
    assert isinstance(refused, NoWayIn) and "no known way in by employer" in refused.text


def test_a_hand_out_can_be_asked_for_whatever_the_route():
    made = draft(
        service(route("jobcentre", who=("work_coach",))), packer(), route="patient_handout"
    )
    assert made.documents[0].kind == "patient_handout"
    assert "Ask your work coach at the Jobcentre." in text_of(made)


def test_unsigned_form_says_who_signs():
    made = draft(service(FORM), packer(), "reception")
    assert "Prepared for a GP to sign" in made.text
    assert "Prepared for a GP to sign." in text_of(made)


def test_where_a_hand_out_is_all_that_a_role_gets_it_hears_who_may_more():
    both = service(SELF, FORM)
    made = draft(both, packer(), "link_worker")
    assert "Or ask a GP, who may make the practice's own referral to this service." in made.text
    for of, role in ((both, "gp"), (both, None), (service(SELF), "link_worker")):
        assert "Or ask" not in draft(of, packer(), role).text


def test_what_the_product_delivers_is_not_said_to_be_sent_by_hand():
    by_mail = Delivery("email", "team@service.example")
    delivered = draft(service(replace(FORM, delivery=by_mail)), packer(), "gp").text
    assert "it is handed over from there" in delivered and "You send it yourself" not in delivered
    assert "To be typed on its own page, never here: " in delivered
    for delivery in (None, Delivery()):
        by_hand = draft(service(replace(FORM, delivery=delivery)), packer(), "gp").text
        assert "You send it yourself" in by_hand and "handed over" not in by_hand


def test_no_way_in_makes_no_form():
    refused = build_draft(service(route(way_in="not_known")), packer(), {}, PRACTICE, TODAY, "gp")
    assert isinstance(refused, NoWayIn)
    assert "How to reach Test Service is not held" in refused.text
    assert "Nothing has been sent." in refused.text


def test_no_route_at_all_is_no_way_in():
    assert isinstance(build_draft(service(), packer(), {}, PRACTICE, TODAY, "gp"), NoWayIn)


def test_unconfirmed_form_becomes_a_hand_out():
    made = draft(service(route(way_in="unconfirmed", web=None)), packer())
    assert made.documents[0].kind == "patient_handout"
    assert "You cannot sign up alone." in text_of(made)
    assert "was not found" in made.text


def test_unconfirmed_letter_is_written_only_with_an_address_and_says_check():
    made = draft(service(route("clinician_letter", way_in="unconfirmed")), packer())
    assert made.documents[0].kind == "letter"
    assert "Where it goes is not confirmed, so check before anything that names" in made.text
    assert "This way in is not confirmed: check it before you send anything." in text_of(made)
    bare = draft(service(route("clinician_letter", way_in="unconfirmed", web=None)), packer())
    assert bare.documents[0].kind == "patient_handout"


def test_a_patients_own_call_beats_asking_social_care():
    food = shipped("trussell-foodbank")
    assert draft(food, packer()).route == "phone"


def test_unconfirmed_contact_is_marked():
    made = draft(service(replace(PHONE, way_in="unconfirmed")), packer())
    assert "We have not checked this one: Phone: 0000 000 0000" in text_of(made)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"valid_to": date(2025, 3, 31)}, "has ended since 31 March 2025"),
        (
            {"referrals_close_on": date(2024, 9, 30)},
            "takes no new referrals since 30 September 2024",
        ),
        ({"valid_from": date(2027, 1, 1)}, "starts on 1 January 2027"),
        ({"status": "paused"}, "takes no referrals at the moment"),
        ({"status": "ended"}, "has ended"),
    ],
)
def test_not_referable_is_refused(facts, told):
    refused = build_draft(
        service(FORM, replaced_by=("new-one",), **facts),
        packer(),
        {},
        PRACTICE,
        TODAY,
        "gp",
        names={"new-one": "The New One"},
    )
    assert isinstance(refused, NotReferable)
    assert told in refused.text
    assert "What replaced it: The New One." in refused.text


def test_unverified_is_drafted_with_a_warning():
    made = draft(service(FORM, status="unverified"), packer())
    for text in (made.text, text_of(made)):
        assert "Check before referring" in text
        assert "Nothing is sent until someone records that they checked" in text


def test_nothing_is_printed_for_a_safety_service():
    line = service(PHONE, needs=("safety",), name="Some Helpline")
    refused = build_draft(line, packer(), {}, PRACTICE, TODAY, "gp")
    assert isinstance(refused, NotOnPaper)
    assert "0000 000 0000" in refused.text and "alone" in refused.text


def test_social_prescribing_goes_to_the_practices_own_link_worker():
    made = draft(shipped("social-prescribing-gm"), packer())
    assert made.documents[0].kind == "letter"
    assert "To our link worker (inside the practice)" in text_of(made)
    assert PRACTICE.link_worker.contact in text_of(made)


def test_without_a_link_worker_there_is_no_internal_letter():
    alone = replace(PRACTICE, link_worker=Person("link worker"))
    made = build_draft(shipped("social-prescribing-gm"), packer(), {}, alone, TODAY, "gp")
    assert not isinstance(made, Draft) or "inside the practice" not in made.documents[0].text


def test_ipspc_is_refused_once_closed_and_drafted_before():
    ipspc = shipped("working-well-ips-primary-care")
    assert isinstance(build_draft(ipspc, packer(), {}, PRACTICE, TODAY, "gp"), NotReferable)
    assert draft(ipspc, packer(), today=IN_2024).documents[0].kind == "enquiry_form"
