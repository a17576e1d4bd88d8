"""A referral as a FHIR R4 Bundle: ServiceRequest, Patient, Consent, QuestionnaireResponse, DocumentReference.

Element names: hl7.org/fhir/R4. Identifier systems of the NHS number and the ODS code: those that UK Core's
own examples use (fhir.nhs.uk/Id). No ``meta.profile`` is set, because it would claim conformance to UK Core,
which nobody has tested. Ids are derived from the reference, so that the same referral is the same resources
however often it is sent. Only fields of the receiver's form are in it.
"""

from __future__ import annotations

import base64
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from referrals.artefacts.frame import REACHING, agreement_words
from referrals.artefacts.identified import VALUES
from referrals.artefacts.titles import TITLES
from referrals.identity import Identity
from referrals.page import Page
from referrals.service_words import name_of

SYSTEM = "urn:fingerpost"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
_SPACE = UUID("6f3f4b0e-6f0a-5c2e-9a55-0d6f5f2b7c11")
_LONDON = ZoneInfo("Europe/London")
_CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
# "Release of information consent", of the value set consent-category (hl7.org, read November 2026).
_RELEASE = {"system": "http://loinc.org", "code": "64292-6"}


def fhir_bundle(page: Page, identity: Identity | None, pdf: bytes) -> dict[str, Any]:
    """Return a Bundle of type ``transaction`` as JSON data; each resource is put at its own id.

    ``identity`` fills the Patient as far as the receiver's form asks; ``pdf`` is the document as sent. The
    ServiceRequest is a draft until the patient agreed and somebody signed; there is no Consent before that.
    """
    told = _Bundle(page)
    resources = [
        told.service_request(),
        told.patient(identity),
        told.answers(identity),
        told.document(pdf),
        told.organization(),
    ]
    if page.agreement is not None:
        resources.append(told.consent())
    if page.signed_by:
        resources.append(told.signer())
    return {
        "resourceType": "Bundle",
        "id": told.id("Bundle"),
        "identifier": {"system": f"{SYSTEM}:referral", "value": page.reference},
        "type": "transaction",
        "timestamp": told.instant,
        "entry": [
            {
                "fullUrl": f"urn:uuid:{item['id']}",
                "resource": item,
                "request": {"method": "PUT", "url": f"{item['resourceType']}/{item['id']}"},
            }
            for item in resources
        ],
    }


class _Bundle:
    """The resources of one referral, which refer to each other by id."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.title = TITLES.get(page.kind, page.kind)
        moment = datetime.combine(page.today, time(), _LONDON)
        self.instant = moment.isoformat()

    def id(self, resource_type: str) -> str:
        return str(uuid5(_SPACE, f"{self.page.reference}/{resource_type}"))

    def to(self, resource_type: str) -> dict[str, str]:
        return {"reference": f"urn:uuid:{self.id(resource_type)}", "type": resource_type}

    def _new(self, resource_type: str, **more: Any) -> dict[str, Any]:
        kept = {key: value for key, value in more.items() if value not in (None, "", [], {})}
        return {"resourceType": resource_type, "id": self.id(resource_type), **kept}

    def _receiver(self) -> dict[str, Any]:
        service = self.page.service
        return {
            "type": "HealthcareService",
            "identifier": {"system": f"{SYSTEM}:service", "value": service.id},
            "display": name_of(service),
        }

    def service_request(self) -> dict[str, Any]:
        page = self.page
        supporting = [self.to("QuestionnaireResponse"), self.to("DocumentReference")]
        if page.agreement is not None:
            supporting.append(self.to("Consent"))
        return self._new(
            "ServiceRequest",
            identifier=[{"system": f"{SYSTEM}:referral", "value": page.reference}],
            status="active" if page.settled else "draft",
            intent="order",
            category=[_concept("route", page.route.route, "Referral to a work and health service")],
            code={"text": name_of(page.service)},
            subject=self.to("Patient"),
            authoredOn=page.today.isoformat(),
            requester=self.to("PractitionerRole" if page.signed_by else "Organization"),
            performer=[self._receiver()],
            supportingInfo=supporting,
        )

    def patient(self, identity: Identity | None) -> dict[str, Any]:
        asked = {field.name for field in self.page.fields if field.identifier}
        if identity is None:
            return self._new("Patient", active=True)
        telecom = []
        if asked & {"phone", "contact"}:
            numbers = (identity.phone, identity.other_phone)
            telecom += [{"system": "phone", "value": number} for number in numbers if number]
        if asked & {"email", "contact"} and identity.email:
            telecom.append({"system": "email", "value": identity.email})
        number = identity.nhs_number if "nhs_number" in asked else ""
        named = identity.name if "full_name" in asked else ""
        born = identity.date_of_birth if "date_of_birth" in asked else None
        return self._new(
            "Patient",
            active=True,
            identifier=[{"system": NHS_NUMBER, "value": number}] if number else [],
            name=[{"use": "official", "text": named}] if named else [],
            telecom=telecom,
            birthDate=born.isoformat() if born else None,
            address=self._address(asked, identity),
        )

    def _address(self, asked: set[str], identity: Identity) -> list[dict[str, Any]]:
        text = VALUES["address"](identity) if "address" in asked else ""
        postcode = identity.postcode if asked & {"address", "postcode"} else ""
        told = {"text": text, "postalCode": postcode}
        kept = {key: value for key, value in told.items() if value}
        return [{"use": "home", **kept}] if kept else []

    def answers(self, identity: Identity | None) -> dict[str, Any]:
        page = self.page
        items = [_item(f.name, f.label, f.value) for f in page.fields if not f.identifier]
        if identity is not None:
            items += [_item(e.name, e.label, VALUES[e.name](identity)) for e in REACHING]
        return self._new(
            "QuestionnaireResponse",
            identifier={"system": f"{SYSTEM}:referral", "value": page.reference},
            questionnaire=f"{SYSTEM}:form:{page.service.id}:{page.route.route}",
            status="completed" if page.settled else "in-progress",
            subject=self.to("Patient"),
            authored=page.today.isoformat(),
            author=self.to("Organization"),
            item=[item for item in items if item],
        )

    def document(self, pdf: bytes) -> dict[str, Any]:
        page = self.page
        return self._new(
            "DocumentReference",
            identifier=[{"system": f"{SYSTEM}:document", "value": f"{page.reference}-{page.kind}"}],
            status="current",
            docStatus="final" if page.settled else "preliminary",
            type={"text": self.title},
            subject=self.to("Patient"),
            date=self.instant,
            author=[self.to("Organization")],
            content=[
                {
                    "attachment": {
                        "contentType": "application/pdf",
                        "language": "en-GB",
                        "data": base64.b64encode(pdf).decode(),
                        "title": f"{self.title} {page.reference}",
                    }
                }
            ],
        )

    def consent(self) -> dict[str, Any]:
        agreement = self.page.agreement
        assert agreement is not None, "asked for only where there is one"
        return self._new(
            "Consent",
            identifier=[{"system": f"{SYSTEM}:referral", "value": self.page.reference}],
            status="active",
            scope={
                "coding": [{"system": _CONSENT_SCOPE, "code": "patient-privacy"}],
                "text": "Sharing for this referral",
            },
            category=[{"coding": [_RELEASE], "text": "Release of information consent"}],
            patient=self.to("Patient"),
            dateTime=agreement.at.isoformat(),
            performer=[self.to("Patient")] if agreement.who_agreed == "patient" else [],
            organization=[self.to("Organization")],
            # R4 wants a policy or a policy rule; no law or register is cited that nobody has checked.
            policyRule={"text": agreement_words(agreement)},
            provision={
                "type": "permit",
                "actor": [
                    {
                        "role": {"text": "receives the referral"},
                        "reference": {
                            "identifier": self._receiver()["identifier"],
                            "display": name_of(self.page.service),
                        },
                    }
                ],
                "data": [{"meaning": "instance", "reference": self.to("ServiceRequest")}],
            },
        )

    def organization(self) -> dict[str, Any]:
        practice = self.page.practice
        ods = [{"system": ODS_CODE, "value": practice.ods_code}] if practice.ods_code else []
        reply = practice.reply_address.strip()
        return self._new(
            "Organization",
            identifier=ods,
            name=practice.name,
            telecom=[{"system": "email", "value": reply}] if "@" in reply else [],
            address=[{"text": " ".join(practice.address.split())}] if practice.address else [],
        )

    def signer(self) -> dict[str, Any]:
        return self._new(
            "PractitionerRole",
            active=True,
            practitioner={"display": self.page.signed_by},
            organization=self.to("Organization"),
        )


def _item(name: str, label: str, value: str) -> dict[str, Any] | None:
    if not value:
        return None
    return {"linkId": name, "text": label, "answer": [{"valueString": value}]}


def _concept(system: str, code: str, text: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{SYSTEM}:{system}", "code": code}], "text": text}
