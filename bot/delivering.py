"""Delivers referrals beside the server: one thread, which the server's end stops.

It shares the outbox with any `fingerpost referrals deliver` on the same record. Without `send: true` in
delivery.yml it only notices silence.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from actions.failure import where
from referrals import desk
from referrals.delivery.settings import delivery_settings
from referrals.delivery.worker import REST_SECONDS, Worker
from referrals.records.engine import records
from referrals.replies.following_up import note_silence
from referrals.sealing import SealingError, sealer

logger = logging.getLogger(__name__)

SILENCE_SECONDS = 3600.0
END_SECONDS = 2.0


def start_delivering() -> Callable[[], None]:
    """Start; return what stops it. A delivery that is under way then is taken up again at the next start."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=run, args=(stop,), name=run.__name__, daemon=True)
        for run in (_deliver, _notice_silence)
    ]
    for thread in threads:
        thread.start()

    def end() -> None:
        stop.set()
        for thread in threads:
            thread.join(END_SECONDS)

    return end


def _deliver(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            worker = Worker(records(), sealer(), delivery_settings)
        except SealingError as error:
            logger.error("nothing is delivered: %s", error)
        except Exception as error:
            logger.error("nothing is delivered: %s", where(error))
        else:
            worker.run(stop)
        stop.wait(REST_SECONDS)


def _notice_silence(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            note_silence(desk.open_room(), datetime.now().astimezone())
        except Exception as error:
            logger.error("silence could not be noticed: %s", where(error))
        stop.wait(SILENCE_SECONDS)
