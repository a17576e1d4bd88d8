"""What a referral is made of on paper: pure functions from a page to a document. Each kind named once."""

from __future__ import annotations

from collections.abc import Callable

from referrals.artefacts.carried_notes import carried_note
from referrals.artefacts.patient_handout import patient_handout
from referrals.artefacts.return_to_work_plan import return_to_work_plan
from referrals.artefacts.to_professionals import to_professionals
from referrals.page import Page
from referrals.rendering.model import DocumentModel

WRITERS: dict[str, Callable[[Page], DocumentModel]] = {
    "enquiry_form": to_professionals,
    "letter": to_professionals,
    "secondary_care_request": to_professionals,
    "social_care_request": to_professionals,
    "work_coach_note": carried_note,
    "keyworker_note": carried_note,
    "employer_note": carried_note,
    "patient_handout": patient_handout,
    "return_to_work_plan": return_to_work_plan,
}
