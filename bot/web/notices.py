"""What a page of the assistant says of itself: training or not, rehearsal or not, whose practice."""

from __future__ import annotations

from typing import Any

from services_directory.live import rehearsing
from services_directory.practice import TRAINING_BANNER, practice_settings

REHEARSAL_BANNER = "Rehearsal: shows edits that nobody has approved"


def notices() -> dict[str, Any]:
    """Return `training` (true or false), `banner` (text, perhaps empty) and `practice` (its name)."""
    practice = practice_settings()
    marks = (
        TRAINING_BANNER if practice.training_mode else "",
        REHEARSAL_BANNER if rehearsing() else "",
    )
    return {
        "training": practice.training_mode,
        "banner": ". ".join(filter(None, marks)),
        "practice": practice.name,
    }
