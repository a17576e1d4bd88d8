"""A service that was added while the assistant runs answers to its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.consultation import names
from services_directory.loading import directory


def test_a_service_added_since_answers_to_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    book = directory()
    assert names.resolve("Job Garden") == ()
    garden = replace(book.services["acas"], id="job-garden", name="Job Garden", aliases=("the JG",))
    grown = replace(book, services={**book.services, garden.id: garden})
    monkeypatch.setattr(names, "directory", lambda: grown)
    assert names.resolve("job garden") == names.resolve("the JG") == ("job-garden",)
    assert names.service_names() is names.service_names(), "made once for a directory"
    monkeypatch.setattr(names, "directory", lambda: book)
    assert names.resolve("Job Garden") == ()
