"""Guarding against two patients in one consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.header import header
from actions.consultation.state import Consultation
from services_directory.directory import Directory
from services_directory.practice import practice_settings


def may_be_another(
    state: Consultation, understanding: Mapping[str, Any], context: TurnContext
) -> bool:
    """Say whether the message may be about another patient, so that nothing may be merged yet.

    Either it reads as an opening and contradicts the known age, sex or job without a correcting word,
    or facts come after the idle time of the practice's settings.
    """
    said = understanding.get("case") or {}
    if state.empty or not said:
        return False
    if state.idle_minutes(context.now) >= practice_settings().idle_minutes:
        return True
    if understanding.get("corrects"):
        return False
    another_sex = state.case.sex is not None and said.get("sex") not in (None, state.case.sex)
    return another_sex or (bool(understanding.get("opening")) and _contradicts(state, said))


def _contradicts(state: Consultation, said: Mapping[str, Any]) -> bool:
    case = state.case
    if case.age is not None and "age" in said and float(said["age"]) != case.age:
        return True
    if case.sex is not None and said.get("sex") not in (None, case.sex):
        return True
    job = said.get("occupation")
    if case.occupation and job:
        known, new = case.occupation.casefold(), str(job).casefold()
        return known not in new and new not in known
    return False


def another_patient_question(state: Consultation, directory: Directory) -> dict[str, Any]:
    """Return the question "New patient, or change this one?"."""
    return {
        "type": "question",
        "slot": "patient",
        "text": f"New patient, or change this one ({header(state, directory)})?",
        "options": [
            {"title": "New patient", "payload": "new patient"},
            {"title": "Change this one", "payload": "same patient"},
        ],
        "multiple": False,
        "skippable": False,
    }
