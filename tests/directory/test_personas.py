"""The invented patients beside every shipped entry say what the entry says."""

from __future__ import annotations

from datetime import date

import pytest

from services_directory.areas import areas
from services_directory.checks.personas import check_personas
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.entry_tree import read_tree
from services_directory.loading import ENTRIES_FOLDER
from services_directory.vocabulary import vocabulary

# The day for which the shipped entries were written; `fingerpost directory check` takes today's.
DAY = date(2026, 11, 22)
TREE = read_tree(ENTRIES_FOLDER, EntryReader(vocabulary(), areas()))
BOOK = Directory(TREE.services, vocabulary(), areas())


@pytest.mark.parametrize("entry", TREE.entries, ids=lambda entry: entry.path.stem)
def test_every_shipped_entry_has_personas_and_they_hold(entry: ReadEntry) -> None:
    assert entry.service is not None
    assert len(entry.service.personas) >= 2
    assert [str(finding) for finding in check_personas(entry, BOOK, DAY)] == []


def test_an_ended_service_has_a_persona_of_today_whom_it_turns_away() -> None:
    for service in BOOK.services.values():
        if service.status == "ended" or (service.valid_to and service.valid_to < DAY):
            verdicts = {(p.verdict, p.as_of) for p in service.personas}
            assert ("not_referable", DAY) in verdicts, service.id


def entry_with(persona: str) -> ReadEntry:
    text = (ENTRIES_FOLDER / "england" / "childline.yml").read_text(encoding="utf-8")
    head = text[: text.index("personas:")]
    reader = EntryReader(vocabulary(), areas())
    return reader.parse_entry(f"{head}personas:\n{persona}", "childline.yml")


@pytest.mark.parametrize(
    ("persona", "said"),
    [
        (
            "  - {name: A, case: {age: 19, barriers: [domestic_abuse]}, verdict: eligible}",
            "expected eligible, but the entry says not_eligible: criterion 'age' (Under 19) is not met",
        ),
        (
            "  - {name: A, case: {barriers: [domestic_abuse]}, verdict: eligible}",
            "the entry says possible: criterion 'age' (Under 19) is not known",
        ),
        (
            "  - {name: A, case: {age: 9, work_status: unemployed}, verdict: eligible}",
            "the patient has no need that it serves (their needs: employment)",
        ),
        ("  - {name: A, case: {ages: 9}, verdict: eligible}", "'ages' is not a key"),
        ("  - {name: A, case: {age: old}, verdict: eligible}", "age: expected a number"),
        ("  - {name: A, case: {barriers: [sadness]}, verdict: eligible}", "'sadness' is not an id"),
    ],
)
def test_what_is_said_of_a_persona_that_does_not_hold(persona: str, said: str) -> None:
    found = [str(finding) for finding in check_personas(entry_with(persona), BOOK, DAY)]
    assert any(said in finding for finding in found), found
