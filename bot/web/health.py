"""What `/health` says: whether a message can be answered, by which model, from which directory."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from actions.context import iso_date
from services_directory.keeping.instance import instance


def served_day() -> date:
    """Return the day that the directory is served for: FINGERPOST_AS_OF, else today."""
    return iso_date(os.environ.get("FINGERPOST_AS_OF")) or date.today()


def health(agent: Any | None) -> tuple[int, dict[str, Any]]:
    """Return status and body. `agent` is Rasa's, or None while it is loading."""
    if agent is None or not agent.is_ready():
        return 503, {"status": "starting"}
    here = instance()
    day = served_day()
    told = here.told(day)
    return 200, {
        "status": "ok",
        "model": agent.processor.model_filename,
        "directory": {
            "services": len(here.directory().services),
            "as_of": day.isoformat(),
            "revision": told.revision,
            "mode": told.mode,
            "approved": told.approved,
            "held_back": [str(held) for held in told.held],
            "paused": list(told.paused),
            "problems": list(told.problems),
        },
    }
