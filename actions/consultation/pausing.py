"""How the pause after a safety message ends: with the clinician's own word that the risk was seen to.

A bare "go on" says nothing of the risk, and the record must not say more than was said: it is asked
about once, and a "yes" or a second "go on" ends the pause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.consultation.messages import info
from actions.consultation.safety import HOW_TO_GO_ON
from actions.consultation.state import Consultation
from understanding.risk_denied import risk_denied

_KIND = "risk"
IS_IT_ASSESSED = (
    'Paused for safety. Have you assessed the risk? Say "yes" to go on. '
    "What you say of the case is kept."
)


def _asked(state: Consultation) -> bool:
    return (state.pending or {}).get("kind") == _KIND


def not_asked(state: Consultation) -> Consultation:
    """Return ``state`` without the question about the risk: it stands for one message."""
    return replace(state, pending=None) if _asked(state) else state


def ends(state: Consultation, understanding: Mapping[str, Any]) -> bool:
    """Say whether the words end a pause: the risk denied, seen to, or confirmed as assessed."""
    if not state.paused:
        return False
    if risk_denied(str(understanding.get("text", "")), state.categories):
        return True
    intent = (understanding.get("intent") or {}).get("name")
    return _asked(state) and intent in ("affirm", "go_on")


def confirm(state: Consultation) -> tuple[Consultation, list[dict[str, Any]]]:
    """Ask whether the risk is assessed, of someone who said no more than "go on"."""
    return replace(state, pending={"kind": _KIND}), [info("help", IS_IT_ASSESSED)]


def still_paused() -> dict[str, Any]:
    """Return the line that says that the work flow waits, and how it goes on."""
    return info("help", f"Paused for safety. {HOW_TO_GO_ON}")
