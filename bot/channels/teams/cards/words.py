"""The words of cards that the assistant's messages do not bring along."""

from __future__ import annotations

import re

VERDICT = {"eligible": "Fits", "possible": "May fit: check"}
STATE = {"met": "✓ ", "unknown": "? Not known: ", "not_met": "✗ "}
WAY_IN = {
    "not_known": "No way in is known.",
    "unconfirmed": "The way in is not confirmed: check.",
}
USE = {"you": "You", "gp_to_sign": "For a GP to sign", "patient": "The patient"}
VOLUNTARY = {
    "yes": "Voluntary",
    "no": "Not voluntary",
    "after_referral_mandatory": "Mandatory once referred",
    "not_known": "Not known whether voluntary",
}
TELLS_DWP = {
    "yes": "tells the DWP",
    "no": "does not tell the DWP",
    "not_known": "not known whether it tells the DWP",
}
DISMISS = (
    "patient declined",
    "already tried",
    "too far",
    "wait too long",
    "not suitable",
    "other",
)
SAFETY = {"suicide_self_harm": "suicide or self-harm"}
STATES = {
    "draft": "Draft: nothing has been sent",
    "consented": "Consent recorded: nothing has been sent",
    "ready": "Ready to be sent",
    "sent": "Sent",
    "received": "Received",
    "accepted": "Accepted",
    "declined": "Declined",
    "attached": "The patient takes part",
    "completed": "Completed",
    "withdrawn": "Withdrawn",
    "failed": "Not delivered",
}
NOT_HERE = (
    "What names the patient is typed on the referral's own page, never in this chat: "
    "the organisation keeps chat text."
)
_CAPITALS = re.compile(r"\b(uc|lcw|lcwra|esa|wrag|jsa|pip|dla|ssp|wca|ptsd|ocd|adhd)\b")


def in_words(identifier: str) -> str:
    """Return an id as words: `uc_lcwra` is "UC LCWRA"."""
    plain = identifier.replace("_", " ").replace("-", " ")
    return _CAPITALS.sub(lambda found: found[0].upper(), plain)
