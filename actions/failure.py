"""What is said when something breaks: where it broke, and never what was being said.

The message of an exception can quote what a clinician typed, so it is never logged and never shown.
"""

from __future__ import annotations

import traceback
from typing import Any

TEXT = (
    "Something went wrong here, and nothing was changed. Please send that again; "
    "if it fails again, type “new patient” to start afresh."
)


def where(error: BaseException, frames: int = 4) -> str:
    """Return the kind of `error` and its innermost places, as one line without its message."""
    stack = traceback.extract_tb(error.__traceback__)[-frames:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(stack))
    return f"{type(error).__name__} in {places or 'an unknown place'}"


def error_message(code: str, text: str = TEXT) -> dict[str, Any]:
    """Return a typed `error` message (contract, section 6)."""
    return {"type": "error", "text": text, "code": code}
