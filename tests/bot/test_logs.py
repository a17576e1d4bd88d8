"""Logs tell that something happened and where, never what was said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import logging, warnings, structlog
from bot import logs

logs.configure()
structlog.get_logger().error("processor.failed", text="SECRET", user_message="SECRET")
structlog.get_logger().info("processor.message.parse", parse_data_text="SECRET")
warnings.warn("cannot parse SECRET")
logging.getLogger("rasa.core").debug("SECRET")
logging.getLogger("sanic.access").info("SECRET")
def fail(words):
    raise ValueError(f"cannot read {words}")
try:
    fail("SECRET")
except ValueError:
    logging.getLogger("rasa.core").exception("an action failed")
    structlog.get_logger().exception("action.failed", text="SECRET")
"""


def test_no_text_reaches_the_log() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert "SECRET" not in told, told
    assert "processor.failed" in told
    assert "an action failed" in told and "ValueError in fail:" in told
