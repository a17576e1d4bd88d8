"""What `/health` says: whether a message can be answered, by which model, from which directory."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from functools import lru_cache
from typing import Any

from actions.context import iso_date
from services_directory.loading import ENTRIES_FOLDER, directory

REVISION_DIGITS = 12


@lru_cache(maxsize=1)
def directory_revision() -> str:
    """Return what changes whenever an entry does: the first digits of a hash over all of them."""
    digest = hashlib.sha256()
    for path in sorted(ENTRIES_FOLDER.rglob("*.yml")):
        digest.update(str(path.relative_to(ENTRIES_FOLDER)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:REVISION_DIGITS]


def health(agent: Any | None) -> tuple[int, dict[str, Any]]:
    """Return status and body. `agent` is Rasa's, or None while it is loading."""
    if agent is None or not agent.is_ready():
        return 503, {"status": "starting"}
    day = iso_date(os.environ.get("FINGERPOST_AS_OF")) or date.today()
    return 200, {
        "status": "ok",
        "model": agent.processor.model_filename,
        "directory": {
            "services": len(directory().services),
            "as_of": day.isoformat(),
            "revision": directory_revision(),
        },
    }
