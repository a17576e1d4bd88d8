"""The second question after an answer that left the first one open: "yes" to a programme, "on the sick"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.state import Consultation
from services_directory.loading import directory
from services_directory.question_texts import question_message
from understanding.work_answers import job_left_open

Said = Mapping[str, Any]


def bare_yes(state: Consultation, understanding: Said) -> bool:
    """Say whether "already with a programme?" was answered by no more than yes."""
    intent = dict(understanding.get("intent") or {}).get("name")
    return state.asked == "in_programme" and intent == "affirm"


def job_still_open(state: Consultation, after: Consultation, understanding: Said) -> bool:
    """Say whether "in work?" was answered by what is said with a job and without one, for the first time."""
    if state.asked != "work_status" or state.asked_again or after.paused:
        return False
    unsaid = after.case.work_status is None or "work_status" in after.inferred
    return unsaid and job_left_open(str(understanding.get("text", "")))


def is_there_a_job(context: TurnContext) -> dict[str, Any]:
    """Return the question after "on the sick" or "yes UC": both are said with a job and without one."""
    message = question_message("work_status", directory(), context.as_of)
    return {
        **message,
        "text": "Is there a job that the patient still has (in work, or off sick from it), or none?",
    }


def which_programme(context: TurnContext) -> dict[str, Any]:
    """Return the question which programme it is, with a way to say that this is not known."""
    message = question_message("in_programme", directory(), context.as_of)
    return {
        **message,
        "text": "Which programme or keyworker is it? If that is not known, say “some programme”.",
        "options": [
            *(option for option in message["options"] if option["payload"] != "none"),
            {"title": "Not known which", "payload": "some programme"},
        ],
    }
