"""The document of a draft by its address, for whoever was given it; no name stands on it."""

from __future__ import annotations

from referrals.records import referrals
from referrals.records.engine import reading, records
from referrals.sealing import sealer


def document_text(reference: str, kind: str) -> str | None:
    """Return one document as it is kept (``draft.Document.kept``), or ``None`` where it is not held.

    Raises ``SealingError``, and what ``records`` raises.
    """
    with reading(records()) as connection:
        return referrals.documents(connection, sealer(), reference).get(kind)
