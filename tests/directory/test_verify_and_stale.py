"""The stamp of a check, and what needs one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services_directory.checking import check_path
from services_directory.keeping.home import Home, read_home
from services_directory.keeping.notes import needs_change_note
from services_directory.keeping.staleness import mail_text, to_check
from services_directory.keeping.stamping import StampError, stamped_text, verify
from tests.directory.checkouts import GARDEN, directory_at, edit, entry_file

DAY = date(2026, 11, 22)
ROLE = 'Work lead: "Oldham", #1'


def stamp(home: Home, role: str = ROLE, day: date = DAY) -> None:
    read = read_home(home)
    verify(read.tree.by_id["job-garden"], read.reader, role, day, home.verifications)


def messages(home: Home) -> list[str]:
    return [f.message for f in check_path(home.root, DAY)]


def test_a_stamp_changes_two_lines_and_nothing_else(tmp_path: Path) -> None:
    home = directory_at(tmp_path)
    stamp(home)
    lines = entry_file(home).read_text().splitlines()
    assert [line for line in lines if line.startswith("verified")] == [
        "verified_on: 2026-11-22",
        "verified_by_role: 'Work lead: \"Oldham\", #1'",
    ]
    assert [line for line in lines if not line.startswith("verified")] == GARDEN.splitlines()
    assert messages(home) == []
    stamp(home, "Another role", date(2026, 12, 1))
    assert entry_file(home).read_text().count("verified_on") == 1
    assert home.verifications.read_text().count("\n") == 2, "the log is only added to"


def test_check_sees_a_stamp_by_hand_and_facts_changed_since(tmp_path: Path) -> None:
    home = directory_at(tmp_path)
    stamp(home)
    edit(home, "age: {min: 18}", "age: {min: 17}")
    assert any("facts have changed since" in m for m in messages(home))
    edit(home, "verified_on: 2026-11-22", "verified_on: 2026-11-23")
    assert any("was not written by" in m for m in messages(home))


@pytest.mark.parametrize("role", ["", "  \n "])
def test_a_check_needs_a_role(tmp_path: Path, role: str) -> None:
    home = directory_at(tmp_path)
    with pytest.raises(StampError, match="role"):
        stamp(home, role)
    assert entry_file(home).read_text() == GARDEN and not home.verifications.exists()


def test_an_entry_with_errors_is_not_stamped(tmp_path: Path) -> None:
    home = directory_at(tmp_path)
    entry = read_home(home).tree.by_id["job-garden"]
    broken = read_home(home).reader.parse_entry("id: job-garden", entry.path)
    with pytest.raises(StampError, match="has errors"):
        verify(broken, read_home(home).reader, ROLE, DAY, home.verifications)


@pytest.mark.parametrize(
    "text",
    [
        GARDEN,
        GARDEN.replace("source_date: 2026-10-01\n", ""),
        GARDEN.replace("\n", "\r\n"),
        GARDEN.replace("status: open", "status: >-\n  open"),
    ],
)
def test_any_layout_is_stamped_or_refused_but_never_broken(tmp_path: Path, text: str) -> None:
    home = directory_at(tmp_path)
    entry_file(home).write_bytes(text.encode())
    try:
        stamp(home)
    except StampError:
        assert entry_file(home).read_bytes() == text.encode()
        assert not home.verifications.exists()
    else:
        service = read_home(home).directory.services["job-garden"]
        assert (service.verified_on, service.verified_by_role) == (DAY, ROLE)


def test_an_entry_without_status_in_its_column_is_refused() -> None:
    with pytest.raises(StampError, match="first column"):
        stamped_text("{id: x, status: open}", DAY, ROLE)


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        (GARDEN, date(2027, 4, 1), None),
        (GARDEN, date(2027, 5, 2), "its facts are 7 months old (6 are allowed)"),
        (GARDEN.replace("source_date: 2026-10-01\n", ""), DAY, "its facts have no date"),
        (
            GARDEN.replace("status: open", "status: unverified"),
            DAY,
            "nobody knows whether it is open",
        ),
        (GARDEN.replace("status: open", "status: ended"), date(2030, 1, 1), None),
    ],
)
def test_what_needs_checking(tmp_path: Path, text: str, day: date, why: str | None) -> None:
    read = read_home(directory_at(tmp_path, job_garden=text))
    found = to_check(read.tree, read.directory.services, (), day)
    assert [e.why for owners in found for e in owners.entries] == ([why] if why else [])


def test_the_mail_goes_to_a_role_and_leads_to_the_page(tmp_path: Path) -> None:
    read = read_home(directory_at(tmp_path))
    note = needs_change_note("job-garden", DAY, "GP", "The number rings out")
    (owners,) = to_check(read.tree, read.directory.services, (note,), date(2027, 6, 1))
    mail = mail_text(owners, date(2027, 6, 1), "http://127.0.0.1:5005/")
    assert mail.startswith("To: Work lead, Oldham (The council's work team)\nSubject: 1 entry of")
    assert "\n  http://127.0.0.1:5005/maintain/entries/job-garden" in mail
    assert "Opening the link changes nothing" in mail
    assert "The number rings out" in mail
    assert "/maintain" not in mail_text(owners, DAY)


def test_a_confirmation_answers_the_note(tmp_path: Path) -> None:
    home = directory_at(tmp_path)
    note = needs_change_note("job-garden", DAY, "GP", "The number rings out")
    stamp(home, day=date(2026, 11, 23))
    read = read_home(home)
    assert to_check(read.tree, read.directory.services, (note,), date(2026, 11, 24)) == ()
