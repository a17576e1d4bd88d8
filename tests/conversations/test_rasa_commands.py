"""People who know Rasa can use its own commands in the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conversations.server import ROOT

pytestmark = [pytest.mark.model, pytest.mark.slow]
RASA = Path(sys.executable).parent / "rasa"


def rasa(*words: str, typed: str = "", var: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(RASA), *words],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "FINGERPOST_VAR": str(var)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_rasa_data_validate_finds_nothing(tmp_path: Path) -> None:
    # Its exit code says nothing of warnings, so what it says is read.
    done = rasa("data", "validate", var=tmp_path)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    # Not counted: intents that rules decide have no sentences, and "yes" answers or affirms by what was
    # asked, so it stands under both.
    expected = ("'safety'", "'remove'", "'referral_status'", "multiple different intents")
    complaints = [
        line
        for line in told.splitlines()
        if "UserWarning" in line and not any(known in line for known in expected)
    ]
    assert "No story structure conflicts found" in told
    assert complaints == [], told


def test_rasa_shell_nlu_reads_a_message(tmp_path: Path) -> None:
    done = rasa("shell", "nlu", typed="48F packer off sick 6 weeks\n/stop\n", var=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"understanding"' in done.stdout and '"work_status": "off_sick"' in done.stdout
