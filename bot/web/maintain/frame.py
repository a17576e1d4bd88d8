"""What every maintainers' page shows around its matter: what is served, and that nothing here is a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.web.health import served_day
from services_directory.keeping.instance import Told, instance
from services_directory.practice import TRAINING_BANNER, practice_settings

NAVIGATION = (
    ("/maintain", "Entries"),
    ("/maintain/stale", "To check"),
    ("/maintain/check", "Mistakes"),
    ("/maintain/try", "Try a patient"),
    ("/maintain/edit", "Try an edit"),
    ("/maintain/new", "New entry"),
    ("/maintain/diff", "What changed"),
)


@dataclass(frozen=True)
class Frame:
    """The surroundings of a page. ``banner``: empty outside training."""

    banner: str
    role: str
    day: date
    told: Told
    here: str
    navigation: tuple[tuple[str, str], ...] = NAVIGATION


def frame(role: str, here: str) -> Frame:
    """Return the surroundings of the page at ``here`` for somebody in ``role``."""
    day = served_day()
    banner = TRAINING_BANNER if practice_settings().training_mode else ""
    return Frame(banner, role, day, instance().told(day), here)
