"""Stands here so that the folders below find the cases of this one: pytest puts this folder on the path."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a test a record of its own."""
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
