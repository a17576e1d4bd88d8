"""An understanding as JSON, in the shape of the contract, section 7."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from understanding.model import Understanding


def understanding_json(u: Understanding) -> dict[str, Any]:
    """Return ``u`` as the contract has it, with the further keys of ``Understanding``."""
    return {
        "intent": {"name": u.intent, "confidence": round(u.confidence, 3)},
        "case": u.case,
        "removed": u.removed,
        "mentions": [asdict(mention) for mention in u.mentions],
        "safety": list(dict.fromkeys(cue.category for cue in u.safety)),
        "safety_cues": [{"category": cue.category, "text": cue.text} for cue in u.safety],
        "text": u.text,
        "answered": u.answered,
        "command": None if u.command is None else asdict(u.command),
        "corrects": u.corrects,
        "opening": u.opening,
        "services": list(u.services),
        "another": u.another,
        "handed_to": u.handed_to,
        "asks": list(u.asks),
        "noted": list(u.noted),
        "identifiers": [{"kind": i.kind, "replacement": i.replacement} for i in u.identifiers],
    }
