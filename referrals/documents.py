"""Documents by their address: ``/documents/FP-XXXXXXXX/<kind>.txt``."""

from __future__ import annotations

from referrals import store
from referrals.artefacts import WRITERS
from referrals.reference import tidied


def read_document(referral_id: str, kind: str) -> str | None:
    """Return the text of a document, or ``None`` for a reference or a kind that is not held.

    ``referral_id`` is taken as a person types it (small letters, O for 0).
    """
    reference = tidied(referral_id)
    if reference is None or kind not in WRITERS:
        return None
    return store.document_text(reference, kind)
