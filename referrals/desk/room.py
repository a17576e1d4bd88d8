"""The room in which the desk works: the record, the directory, the practice; and one piece of work in it.

A piece of work is one transaction: it is done as a whole, with its rows in the audit trail, or not at all.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic.util import CommandError

from referrals import audit
from referrals.desk.errors import DeskError
from referrals.desk.outbox import DryRun, Outbox
from referrals.lifecycle import NoSuchStep, check_step
from referrals.model import Party, Referral, State, StateChange
from referrals.permissions import ACTION_WORDS, Action, Actor, may
from referrals.records import engine, history, referrals
from referrals.records.referrals import ChangedMeanwhile
from referrals.reference import tidied
from referrals.sealing import Sealer, SealingError, sealer
from services_directory.loading import directory
from services_directory.model import Service
from services_directory.practice import PracticeSettings, practice_settings

NOTHING_KEPT = "Nothing was stored."
# PostgreSQL: disk_full. SQLite says it in words alone.
_DISK_FULL_CODE = "53100"
_DISK_FULL_WORDS = "database or disk is full"


@dataclass(frozen=True)
class Room:
    """``services`` by id; ``practice`` whose instance this is; ``outbox`` takes what is to be delivered."""

    services: Mapping[str, Service]
    practice: PracticeSettings
    outbox: Outbox = field(default_factory=DryRun)

    @contextmanager
    def work(
        self, actor: Actor, now: datetime, kept: str = "The referral is as it was."
    ) -> Iterator[Work]:
        """Give a piece of work. Raises ``DeskError``: nothing is changed then; ``kept`` says what is left."""
        refused: Work | None = None
        try:
            key = sealer()
            with engine.writing(engine.records()) as connection:
                refused = Work(self, actor, now, connection, key)
                yield refused
        except DeskError:
            self._note_refusal(refused)
            raise
        except SealingError as error:
            raise DeskError("no_key", str(error), kept) from None
        except ChangedMeanwhile:
            raise DeskError(
                "changed_meanwhile",
                "Somebody else changed this referral at the same time.",
                "Their change is kept.",
                "Look at it again, then repeat yours.",
            ) from None
        except CommandError:
            raise DeskError(
                "unavailable",
                "The tables of the referrals are not those of this version.",
                kept,
                "Install the version that last ran here; `fingerpost referrals migrate` says more.",
            ) from None
        except (sa.exc.DBAPIError, sa.exc.TimeoutError, OSError) as error:
            raise _unavailable(error, kept) from error

    def _note_refusal(self, refused: Work | None) -> None:
        """Note what was asked and not allowed; the work itself was rolled back."""
        if refused is None or refused.not_allowed is None:
            return
        action, subject = refused.not_allowed
        with engine.writing(engine.records()) as connection:
            audit.note(
                connection, refused.actor, refused.now, "refused", subject, {"wanted": action}
            )


def _unavailable(error: Exception, kept: str) -> DeskError:
    full = _DISK_FULL_WORDS in str(error) or getattr(error, "errno", None) == errno.ENOSPC
    if isinstance(error, sa.exc.DBAPIError):
        if isinstance(error, (sa.exc.IntegrityError, sa.exc.ProgrammingError)):
            raise error
        full = full or getattr(error.orig, "pgcode", None) == _DISK_FULL_CODE
    if full:
        return DeskError(
            "full",
            "The disk on which referrals are kept is full.",
            kept,
            "Tell whoever keeps this system running; then try again.",
        )
    return DeskError(
        "unavailable",
        "The database of referrals cannot be reached.",
        kept,
        "Try again in a minute; if it stays so, tell whoever keeps this system running.",
    )


@dataclass
class Work:
    """One transaction of ``actor`` at ``now``. ``not_allowed`` is set where something was refused."""

    room: Room
    actor: Actor
    now: datetime
    connection: Any
    sealer: Sealer
    not_allowed: tuple[str, str] | None = None

    def allow(self, action: Action, subject: str) -> None:
        """Raise ``DeskError`` where the actor may not do ``action``."""
        if not may(self.actor, action):
            self.refuse(action, subject)

    def refuse(self, action: str, subject: str, do: str = "Ask a colleague who may.") -> None:
        """Raise ``DeskError``, and have it noted that ``action`` was asked for."""
        self.not_allowed = (action, subject)
        told = ACTION_WORDS.get(action, action.replace("_", " "))
        raise DeskError("not_allowed", f"Your role may not do this: {told}.", do=do)

    def load(self, reference: str, action: Action) -> Referral:
        """Return the referral for ``action``. Raises ``DeskError``: not found, not allowed, or purged."""
        found = referrals.get(self.connection, self.sealer, tidied(reference) or "")
        # Another practice's is as if it were not there.
        if found is None or found.practice != self.actor.practice:
            raise DeskError(
                "not_found",
                "There is no referral with this reference here.",
                "Nothing was changed.",
                "Check the reference; it looks like FP-7K3M9Q2X.",
            )
        self.allow(action, found.reference)
        if found.purged and action != "see":
            raise DeskError(
                "purged",
                "What this referral said of the patient has been deleted.",
                "Its reference, service and states are kept.",
                "Start a new one if the patient needs it again.",
            )
        return found

    def service_of(self, referral: Referral) -> Service:
        """Return the entry that ``referral`` goes to. Raises ``DeskError`` where it has gone."""
        service = self.room.services.get(referral.service_id)
        if service is None:
            raise DeskError(
                "no_entry",
                f"The directory has no entry {referral.service_id} any more.",
                do="Withdraw the referral and choose another service.",
            )
        return service

    def move(
        self, referral: Referral, to: State, reason: str = "", party: Party = "practice"
    ) -> Referral:
        """Return ``referral`` in the state ``to``, with the step in its history. Raises ``DeskError``."""
        return step(self.connection, self.sealer, referral, to, self.actor, self.now, reason, party)

    def save(
        self, referral: Referral, action: str, detail: Mapping[str, Any] | None = None
    ) -> Referral:
        """Write ``referral`` and a row in the audit trail; return it as it now stands."""
        self.note(action, referral.reference, detail)
        return referrals.save(self.connection, self.sealer, referral)

    def note(self, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> None:
        """Add a row to the audit trail. ``detail`` holds nothing of a patient."""
        audit.note(self.connection, self.actor, self.now, action, subject, detail)

    def day_for(self, referral: Referral) -> date:
        """Return the day to judge the service on: today, or the day that a rehearsal pretends."""
        rehearsed = referral.as_of != referral.opened_at.astimezone(self.now.tzinfo).date()
        return referral.as_of if rehearsed else self.now.date()


def step(
    connection: Any,
    key: Sealer,
    referral: Referral,
    to: State,
    actor: Actor,
    now: datetime,
    reason: str = "",
    party: Party = "practice",
) -> Referral:
    """Return ``referral`` in the state ``to``; its history and the audit trail get the step.

    The caller writes the referral. Raises ``DeskError`` where no such step is declared.
    """
    try:
        check_step(referral.state, to, party)
    except NoSuchStep as error:
        raise DeskError("wrong_state", str(error)) from None
    change = StateChange(now, referral.state, to, party, actor.id, actor.role, reason)
    history.add_change(connection, key, referral.reference, change)
    detail = {"from": referral.state, "to": to, "by": party}
    audit.note(connection, actor, now, "state", referral.reference, detail)
    return replace(referral, state=to, state_since=now)


def open_room(outbox: Outbox | None = None) -> Room:
    """Return the room with the directory, the practice and the delivery in use."""
    # Delivery is built on the desk, so the desk learns of it only here.
    from referrals.delivery.sending import Sending

    return Room(directory().services, practice_settings(), outbox or Sending())
