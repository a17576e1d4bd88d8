"""What every kind of test shares."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is. What must be fast is measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Read by Rasa on import, so before any test can import it.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"

# The full check sets it: there, a skipped test is a thing not shown, and so a failure.
NO_SKIPS = os.environ.get("FINGERPOST_NO_SKIPS") == "1"


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run with skipped tests, where none may be."""
    if NO_SKIPS and session.exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say why, above pytest's closing line."""
    count = _skipped(config)
    if NO_SKIPS and count:
        terminalreporter.write_line(
            f"FINGERPOST_NO_SKIPS=1: failed, because {count} skipped; each must run here.", red=True
        )
