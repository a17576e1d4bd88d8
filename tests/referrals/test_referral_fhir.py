"""The FHIR R4 Bundle of a referral: valid, stable, no more than the form asks for, nothing claimed."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from referral_cases import FORM, PATIENT, SETTLED, given, packer, pdf_text, route, service

from referrals.documents import bundle_of
from referrals.identity import Identity
from services_directory.exchange.fhir_check import faults

LETTER = service(route("clinician_letter"))
SENT = [
    ("clinician_form", ("gp",)),
    ("clinician_letter", ("gp",)),
    ("secondary_care", ("care_team",)),
    ("social_care", ("social_worker",)),
]


def bundle(of: Any = LETTER, identity: Identity | None = PATIENT, **more: Any) -> dict[str, Any]:
    return bundle_of(given(of, packer(), **more), identity)


def resources(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in made["entry"]}


@pytest.mark.parametrize(("way", "who"), SENT)
@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("identity", [None, PATIENT, Identity(name="Only Testpatient")])
def test_every_bundle_is_valid_r4(way, who, settled, identity):
    of = service(route(way, who=who))
    assert faults(bundle(of, identity, **(SETTLED if settled else {}))) == []


def test_a_settled_referral():
    found = resources(bundle(**SETTLED))
    assert set(found) == {
        "ServiceRequest",
        "Patient",
        "Consent",
        "QuestionnaireResponse",
        "DocumentReference",
        "Organization",
        "PractitionerRole",
    }
    request = found["ServiceRequest"]
    assert (request["status"], request["intent"]) == ("active", "order")
    assert request["identifier"][0]["value"] == "FP-ABCDEFGH"
    assert request["requester"]["reference"] == f"urn:uuid:{found['PractitionerRole']['id']}"
    assert len(request["supportingInfo"]) == 3
    assert found["Consent"]["status"] == "active"
    assert found["Consent"]["policyRule"]["text"] == "The patient agreed aloud on 22 November 2026"
    assert found["Organization"]["identifier"] == [
        {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "Y99999"}
    ]
    answers = {
        i["linkId"]: i["answer"][0]["valueString"] for i in found["QuestionnaireResponse"]["item"]
    }
    assert answers["health"] == "Low back pain"
    assert answers["safe_contact"].startswith("ring: yes")
    attachment = found["DocumentReference"]["content"][0]["attachment"]
    assert attachment["contentType"] == "application/pdf"
    assert "Zażółć" not in attachment["title"]
    assert "Zażółć" in pdf_text(base64.b64decode(attachment["data"]))


def test_a_draft_has_no_consent_and_orders_nothing():
    found = resources(bundle())
    assert not {"Consent", "PractitionerRole"} & set(found)
    assert found["ServiceRequest"]["status"] == "draft"
    assert found["QuestionnaireResponse"]["status"] == "in-progress"
    assert found["DocumentReference"]["docStatus"] == "preliminary"


def test_the_same_referral_is_the_same_resources():
    first, again = bundle(**SETTLED), bundle(**SETTLED)
    assert first == again
    assert [e["request"] for e in first["entry"]] == [
        {"method": "PUT", "url": f"{e['resource']['resourceType']}/{e['resource']['id']}"}
        for e in first["entry"]
    ]
    other = bundle(**SETTLED, reference="FP-ABCDEFG0")
    ids = {e["resource"]["id"] for e in first["entry"]}
    assert not ids & {e["resource"]["id"] for e in other["entry"]}


def test_the_patient_has_what_the_form_asks_for_and_no_more():
    named = resources(bundle(service(route("clinician_form", form=FORM))))["Patient"]
    assert set(named) == {"resourceType", "id", "active", "name"}
    team = service(route("secondary_care", who=("care_team",)))
    known = resources(bundle(team))["Patient"]
    assert known["identifier"] == [
        {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}
    ]
    assert known["birthDate"] == "1978-03-04"
    assert not {"telecom", "address", "gender"} & set(known)


def test_no_conformance_is_claimed():
    raw = json.dumps(bundle(**SETTLED))
    assert '"profile"' not in raw and '"meta"' not in raw
