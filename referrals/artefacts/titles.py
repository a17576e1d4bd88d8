"""What each kind of document is called, for people."""

from __future__ import annotations

TITLES = {
    "enquiry_form": "Enquiry form",
    "letter": "Letter",
    "secondary_care_request": "Request to the care team",
    "social_care_request": "Request to adult social care",
    "work_coach_note": "Note for the work coach",
    "keyworker_note": "Note for the keyworker",
    "employer_note": "Note for the employer",
    "patient_handout": "Patient hand-out",
    "return_to_work_plan": "Return-to-work plan",
    "fit_note_comments": "Fit note: comments to consider",
    "record_text": "Text for the GP record",
    "fhir_bundle": "FHIR R4 bundle",
    "email": "E-mail draft",
}
