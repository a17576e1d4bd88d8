"""One module an artefact: pure functions from a page to plain text. The table names each kind once."""

from __future__ import annotations

from collections.abc import Callable

from referrals.artefacts.employer_note import employer_note
from referrals.artefacts.enquiry_form import enquiry_form
from referrals.artefacts.keyworker_note import keyworker_note
from referrals.artefacts.letter import letter
from referrals.artefacts.patient_handout import patient_handout
from referrals.artefacts.secondary_care_request import secondary_care_request
from referrals.artefacts.social_care_request import social_care_request
from referrals.artefacts.work_coach_note import work_coach_note
from referrals.page import Page

WRITERS: dict[str, Callable[[Page], str]] = {
    "enquiry_form": enquiry_form,
    "letter": letter,
    "work_coach_note": work_coach_note,
    "secondary_care_request": secondary_care_request,
    "social_care_request": social_care_request,
    "keyworker_note": keyworker_note,
    "employer_note": employer_note,
    "patient_handout": patient_handout,
}
