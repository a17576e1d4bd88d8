"""Drafts and their documents, kept in ``var/referrals.db`` until they are deleted.

A draft holds what a patient said, although never who the patient is, so the folder and the file are
open to their owner alone, and what is deleted is overwritten on disk. One small table each for
drafts and documents; a draft never changes once made.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from referrals.draft import Draft

ROOT = Path(__file__).resolve().parent.parent
FILE_NAME = "referrals.db"
BUSY_SECONDS = 10

_META = MetaData()
_DRAFTS = Table(
    "drafts",
    _META,
    Column("referral_id", String(11), primary_key=True),
    Column("service_id", String(100), nullable=False),
    Column("created_on", String(10), nullable=False, index=True),
    Column("message", Text, nullable=False),
)
_DOCUMENTS = Table(
    "documents",
    _META,
    Column(
        "referral_id",
        String(11),
        ForeignKey("drafts.referral_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kind", String(40), primary_key=True),
    Column("text", Text, nullable=False),
)


class ReferenceTaken(ValueError):
    """A draft with this reference is already kept. Build the draft again for a new one."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it was kept: the contract's message, the day, and the kinds of its documents."""

    referral_id: str
    service_id: str
    created_on: date
    message: dict[str, Any]
    kinds: tuple[str, ...]


def database_file() -> Path:
    """Return where drafts are kept: the folder named by FINGERPOST_VAR, else ``var/`` in the checkout."""
    return Path(os.environ.get("FINGERPOST_VAR") or ROOT / "var") / FILE_NAME


@lru_cache(maxsize=8)
def _engine_for(path: Path) -> Any:
    engine = create_engine(
        f"sqlite:///{path}",
        future=True,
        poolclass=NullPool,
        connect_args={"timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")

    return engine


def _engine() -> Any:
    """Return the engine, with the file and its tables in place."""
    path = database_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    engine = _engine_for(path)
    _META.create_all(engine)
    return engine


def create_draft(draft: Draft, made_on: date | None = None) -> str:
    """Keep ``draft`` and its documents, and return its reference. Raises ``ReferenceTaken``.

    ``made_on`` is the real day, for deletion; not the day that a rehearsal pretends (default: today).
    """
    rows = [
        {"referral_id": draft.referral_id, "kind": d.kind, "text": d.kept} for d in draft.documents
    ]
    try:
        with _engine().begin() as connection:
            connection.execute(
                insert(_DRAFTS).values(
                    referral_id=draft.referral_id,
                    service_id=draft.service_id,
                    created_on=(made_on or date.today()).isoformat(),
                    message=json.dumps(draft.to_message()),
                )
            )
            if rows:
                connection.execute(insert(_DOCUMENTS), rows)
    except IntegrityError:
        raise ReferenceTaken(draft.referral_id) from None
    return draft.referral_id


def get(referral_id: str) -> KeptDraft | None:
    """Return the kept draft, or ``None`` where there is none (never made, or deleted)."""
    if not database_file().exists():
        return None
    with _engine().connect() as connection:
        row = connection.execute(
            select(_DRAFTS).where(_DRAFTS.c.referral_id == referral_id)
        ).one_or_none()
        if row is None:
            return None
        kinds = connection.execute(
            select(_DOCUMENTS.c.kind)
            .where(_DOCUMENTS.c.referral_id == referral_id)
            .order_by(_DOCUMENTS.c.kind)
        ).scalars()
        return KeptDraft(
            row.referral_id,
            row.service_id,
            date.fromisoformat(row.created_on),
            json.loads(row.message),
            tuple(kinds),
        )


def document_text(referral_id: str, kind: str) -> str | None:
    """Return one document as it is kept (``draft.Document.kept``), or ``None``."""
    if not database_file().exists():
        return None
    with _engine().connect() as connection:
        found: str | None = connection.execute(
            select(_DOCUMENTS.c.text).where(
                _DOCUMENTS.c.referral_id == referral_id, _DOCUMENTS.c.kind == kind
            )
        ).scalar_one_or_none()
        return found


def delete_before(day: date) -> int:
    """Delete the drafts made before ``day`` with their documents, and return how many."""
    if not database_file().exists():
        return 0
    with _engine().begin() as connection:
        result = connection.execute(delete(_DRAFTS).where(_DRAFTS.c.created_on < day.isoformat()))
        return int(result.rowcount)
