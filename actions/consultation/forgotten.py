"""Said after "new patient": the patient before is meant after all, and nothing of them was kept."""

from __future__ import annotations

import re
from typing import Any

from actions.consultation.messages import info
from actions.consultation.state import Consultation

NOTHING_TO_UNDO = "There is nothing to undo."
PATIENT_GONE = (
    "If there was a patient before, “new patient” forgot them for good and nothing brings them back: "
    "what is still needed, say again."
)
_WHO = r"(?:lady|man|woman|patient|pt|person|one|chap|girl|lad|lass|gent\w*|bloke)"
_THE_SAME = re.compile(
    rf"\b(?:(?:same|previous|last) {_WHO}\b|(?:not|wasn'?t|isn'?t) a new (?:patient|one)\b)",
    re.IGNORECASE,
)


def means_the_last(state: Consultation, text: str) -> bool:
    """Say whether ``text``, the first of a patient, speaks of the one before ("actually same lady")."""
    return state.empty and _THE_SAME.search(text.replace("’", "'")) is not None


def gone() -> dict[str, Any]:
    """Return word that a patient before cannot be brought back."""
    return info("help", PATIENT_GONE)


def nothing_to_undo(state: Consultation) -> dict[str, Any]:
    """Return the answer to an ``undo`` that finds nothing."""
    fresh = state.empty and not state.past
    return info("help", f"{NOTHING_TO_UNDO} {PATIENT_GONE}" if fresh else NOTHING_TO_UNDO)
