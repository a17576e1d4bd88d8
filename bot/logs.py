"""What the server logs: that something happened and where, and never what was said.

Rasa logs the text of messages at DEBUG, and at ERROR when something fails; the message of an exception
can quote it too. So libraries log warnings and worse only, through one handler that writes an exception as
its kind and places, and structured events without their values.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from actions.failure import where

logger = logging.getLogger("fingerpost")

# What an event of Rasa's may show besides its name; all else could hold a clinician's words.
SHOWN_KEYS = frozenset({"event", "level", "error_type"})


class QuietFormatter(logging.Formatter):
    """Writes an exception as its kind and the places it passed, without its message."""

    def formatException(self, ei: Any) -> str:
        """Return one line for the exception."""
        return where(ei[1]) if ei and ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, never reusing a text that another handler made."""
        record.exc_text = None
        return super().format(record)


def only_names(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every value of a structured event (a structlog processor)."""
    return {key: value for key, value in event.items() if key in SHOWN_KEYS}


def configure(level: int = logging.WARNING) -> None:
    """Set up logging for this process, replacing what was set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[only_names, structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    # Rasa warns of a message that it cannot parse by quoting it; and libraries put their warnings back
    # when they are loaded. So all go to one logger, which is off.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").disabled = True
    for name in ("rasa", "sanic.root", "sanic.error", "sanic.access", "apscheduler", "asyncio"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel(level)
