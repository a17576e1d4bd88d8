"""The setting that puts the directory in use into a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from services_directory.loading import directory
from services_directory.store.stored import StoredDirectory

CASE = {"work_status": "off_sick", "conditions": ["back_pain"], "area": "tameside", "age": 48}
ROOT = Path(__file__).resolve().parents[2]


def test_without_the_setting_it_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FINGERPOST_DIRECTORY_URL", raising=False)
    assert not isinstance(directory(), StoredDirectory)


def test_with_the_setting_it_is_stored_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_memory = directory()
    monkeypatch.setenv("FINGERPOST_DIRECTORY_URL", f"sqlite:///{tmp_path}/made/directory.db")
    found = directory()
    assert isinstance(found, StoredDirectory)
    assert directory() is found
    assert dict(found.services.items()) == in_memory.services


@pytest.mark.parametrize("verb", ["recommend", "next-question"])
def test_the_command_answers_the_same(verb: str, tmp_path: Path) -> None:
    told = []
    for more in ({}, {"FINGERPOST_DIRECTORY_URL": f"sqlite:///{tmp_path}/directory.db"}):
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", verb, "--case", "-", "--json"],
            input=json.dumps(CASE),
            env={**os.environ, "FINGERPOST_AS_OF": "2026-11-22", **more},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        told.append(json.loads(done.stdout))
    assert told[0] == told[1]
