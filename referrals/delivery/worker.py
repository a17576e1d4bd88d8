"""The worker: takes what is due out of the outbox, hands it over, and notes what came of it.

It may be killed at any point. Before the claim nothing has happened; after it the row is due again when the
lease ends, and the receiver knows the second delivery by its key. What happened is noted in one transaction
with what it means for the referral (``aftermath``).

It loads nothing of the assistant's reading, so that it starts at once.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from referrals.delivery import outbox
from referrals.delivery.aftermath import after_arrival, after_failure
from referrals.delivery.channels import CHANNELS, Channel
from referrals.delivery.model import Arrived, Never, NotYet, OutboxState, Outcome
from referrals.delivery.outbox import Claimed, Item
from referrals.delivery.retry import given_up, wait_after
from referrals.delivery.settings import DeliverySettings, DeliverySettingsError
from referrals.delivery.time_limit import within
from referrals.records.engine import writing
from referrals.records.referrals import ChangedMeanwhile
from referrals.sealing import Sealer, SealingError

logger = logging.getLogger(__name__)

# All of one delivery: connecting, sending, waiting for the answer. Much less than ``outbox.LEASE``.
LONGEST = 60.0
POLL_SECONDS = 5.0
# After the record could not be reached.
REST_SECONDS = 30.0
NOTE_TRIES = 3
NOTE_SECONDS = 0.1

TOO_SLOW = "The receiver took more than a minute. It may have the referral all the same."
NO_KEY = "The key that opens it is missing (FINGERPOST_REFERRALS_KEY); nothing was sent."
BROKEN = "Sending failed for a reason that is ours: {}. Please report it; nothing was lost."
AT_LAST = "{why} It was tried {attempts} times, the last time on {day:%d/%m/%Y at %H:%M}."


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(timezone.utc)


@dataclass
class Worker:
    """Delivers what is in the record behind ``engine``. ``clock`` and ``chance`` can be replaced in tests."""

    engine: Any
    sealer: Sealer
    settings: Callable[[], DeliverySettings]
    clock: Callable[[], datetime] = utc_now
    chance: Callable[[], float] = random.random
    channels: Mapping[str, Channel] = field(default_factory=lambda: CHANNELS)

    def step(self) -> bool:
        """Deliver the row that has been due for longest; False where none is due, or sending is off.

        Raises ``SQLAlchemyError`` where the record cannot be read or written, and ``DeliverySettingsError``.
        """
        settings = self.settings()
        if not settings.sending:
            return False
        with writing(self.engine) as connection:
            claimed = outbox.claim(connection, self.clock())
        if claimed is None:
            return False
        self._note(claimed.item, self._sent(claimed, settings))
        return True

    def run_all(self) -> int:
        """Deliver all that is due; return how many were tried. Raises as ``step``."""
        count = 0
        # SQLite writes its log back whenever the last connection closes: not after every parcel.
        with self.engine.connect():
            while self.step():
                count += 1
        return count

    def run(self, stop: threading.Event) -> None:
        """Deliver what becomes due until ``stop`` is set."""
        while not stop.is_set():
            wait = POLL_SECONDS
            try:
                self.run_all()
            except (SQLAlchemyError, ChangedMeanwhile, OSError) as error:
                # Nothing is lost: what was not noted is due again when its lease ends.
                logger.error(
                    "the record cannot be reached, deliveries wait: %s", type(error).__name__
                )
                wait = REST_SECONDS
            except DeliverySettingsError as error:
                logger.error("deliveries wait: %s", error)
                wait = REST_SECONDS
            stop.wait(wait)

    def _sent(self, claimed: Claimed, settings: DeliverySettings) -> Outcome:
        item = claimed.item
        channel = self.channels.get(item.channel)
        if channel is None:
            return Never(f"There is no channel {item.channel} in this version.")
        try:
            parcel = claimed.parcel(self.sealer)
        except SealingError:
            return NotYet(NO_KEY)
        token = settings.receiver(item.service_id).token
        too_slow: Outcome = NotYet(TOO_SLOW)
        try:
            return within(LONGEST, lambda: channel.send(parcel, settings, token), too_slow)
        except Exception as error:
            # A mistake of ours must not hold up the rows behind it; its text could quote the parcel.
            logger.error("delivering %s failed: %s", _named(item), type(error).__name__)
            return NotYet(BROKEN.format(type(error).__name__))

    def _note(self, item: Item, outcome: Outcome) -> None:
        """Note the outcome. Somebody may change the referral at the same moment: then once more."""
        for left in reversed(range(NOTE_TRIES)):
            try:
                self._note_once(item, outcome)
                break
            except (ChangedMeanwhile, OperationalError):
                if not left:
                    raise
                time.sleep(NOTE_SECONDS)
        logger.info("%s: %s", _named(item), type(outcome).__name__)

    def _note_once(self, item: Item, outcome: Outcome) -> None:
        now = self.clock()
        with writing(self.engine) as connection:
            if isinstance(outcome, Arrived):
                before = outbox.arrived(connection, item.id, outcome.receipt, now)
                if before is not None and item.reference is not None:
                    after_arrival(connection, self.sealer, item, before == "cancelled", now)
            elif isinstance(outcome, NotYet) and not self._too_long(item, now):
                wait = wait_after(item.attempts, self.chance(), outcome.after)
                outbox.put_off(connection, item, outcome.why, now + wait)
            else:
                why = self._last_words(item, outcome, now)
                state: OutboxState = "refused" if isinstance(outcome, Never) else "dead"
                ours = outbox.given_up(connection, item, why, now, state)
                if ours and item.reference is not None:
                    after_failure(connection, self.sealer, item, why, now)

    def _too_long(self, item: Item, now: datetime) -> bool:
        return given_up(item.attempts, item.first_tried_at or now, now)

    def _last_words(self, item: Item, outcome: Outcome, now: datetime) -> str:
        assert not isinstance(outcome, Arrived)
        if isinstance(outcome, Never):
            return outcome.why
        return AT_LAST.format(why=outcome.why, attempts=item.attempts, day=now.astimezone())


def _named(item: Item) -> str:
    return item.reference or "a test message"
