"""Pauses: in force at once, told with their reason, over by themselves, and never lost from the log."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services_directory import live
from services_directory.case import case_from_json
from services_directory.keeping.home import read_home
from services_directory.keeping.instance import Instance
from services_directory.keeping.notes import (
    Note,
    NoteError,
    append_note,
    needs_change_note,
    pause_note,
    read_notes,
    resume_note,
    still_right_note,
)
from services_directory.keeping.overlay import pauses_of
from services_directory.live import LiveDirectory
from services_directory.loading import directory
from services_directory.model import Pause
from services_directory.recommendation import recommend
from services_directory.status import status_on
from services_directory.verifications import fingerprint
from tests.directory.checkouts import GARDEN, directory_at, edit

DAY = date(2026, 11, 22)
UNTIL = date(2026, 12, 31)
ROLE = "work lead"
CASE = {"work_status": "off_sick", "conditions": ["depression"], "area": "wigan", "age": 40}


def paused(service: str = "job-garden", on: date = DAY, until: date = UNTIL) -> Note:
    return pause_note(service, on, until, "No coach in post", ROLE)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (DAY - timedelta(days=1), "open"),
        (DAY, "paused"),
        (UNTIL, "paused"),
        (UNTIL + timedelta(days=1), "open"),
    ],
)
def test_it_holds_on_its_days_alone(day: date, status: str) -> None:
    service = replace(
        directory().services["workwell-gm"], pauses=(Pause(DAY, UNTIL, "No coach", ROLE),)
    )
    found = status_on(service, day)
    assert found.status == status
    assert (found.until, found.because) == (
        (UNTIL, "No coach") if status == "paused" else (None, "")
    )


def test_it_never_hides_that_a_service_is_over() -> None:
    service = replace(
        directory().services["working-well-pioneer"], pauses=(Pause(DAY, UNTIL, "x", ROLE),)
    )
    assert status_on(service, DAY).status == "closed"


def test_clinicians_are_told_until_when_and_why() -> None:
    book = directory()
    paused_gm = replace(book.services["workwell-gm"], pauses=(Pause(DAY, UNTIL, "No coach", ROLE),))
    book = replace(book, services={**book.services, "workwell-gm": paused_gm})
    made = recommend(case_from_json(CASE), DAY, book)
    assert "workwell-gm" not in [item["service_id"] for item in made["items"]]
    told = next(item for item in made["rejected"] if item["service_id"] == "workwell-gm")
    assert told["verdict"] == "not_referable" and told["status"] == "paused"
    assert told["why_not"].startswith("Paused until 31 December 2026: No coach.")


def test_a_running_instance_pauses_and_resumes_at_once(tmp_path: Path) -> None:
    home = directory_at(tmp_path / "c")
    log = tmp_path / "var" / "maintenance.jsonl"
    running = Instance(LiveDirectory(home.entries, None), home, "rehearsal", log)
    before = running.directory()
    assert running.directory() is before, "nothing is read again while nothing changes"
    append_note(paused(), log)
    assert status_on(running.directory().services["job-garden"], DAY).status == "paused"
    assert running.told(DAY).paused == ("job-garden",)
    assert running.told(UNTIL + timedelta(days=1)).paused == ()
    append_note(resume_note("job-garden", DAY, "Coach found", ROLE), log)
    assert status_on(running.directory().services["job-garden"], DAY).status == "open"
    kinds = [json.loads(line)["kind"] for line in log.read_text().splitlines()]
    assert kinds == ["pause", "resume"], "the log keeps both"


def test_a_later_pause_takes_the_place_of_the_rest_of_an_earlier() -> None:
    first, later = paused(), paused(on=DAY + timedelta(days=5), until=DAY + timedelta(days=6))
    assert [(p.on, p.until) for p in pauses_of("job-garden", [first, later])] == [
        (DAY, DAY + timedelta(days=4)),
        (DAY + timedelta(days=5), DAY + timedelta(days=6)),
    ]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_pauses_never_overlap_and_the_last_word_holds(rows: list[tuple[bool, int, int]]) -> None:
    notes = [
        pause_note("x", DAY + timedelta(days=a), DAY + timedelta(days=a + b), "r", ROLE)
        if is_pause
        else resume_note("x", DAY + timedelta(days=a), "r", ROLE)
        for is_pause, a, b in sorted(rows, key=lambda row: row[1])
    ]
    found = pauses_of("x", notes)
    for one, other in pairwise(found):
        assert one.on <= one.until < other.on
    if notes and notes[-1].kind == "pause":
        assert found[-1].until == notes[-1].until
    if notes and notes[-1].kind == "resume":
        assert all(p.until < notes[-1].on for p in found)


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: pause_note("x", DAY, None, "why", ROLE), "until when"),
        (lambda: pause_note("x", DAY, DAY - timedelta(days=1), "why", ROLE), "before it begins"),
        (lambda: pause_note("x", DAY, DAY + timedelta(days=800), "why", ROLE), "a year at most"),
        (lambda: pause_note("x", DAY, UNTIL, " \n ", ROLE), "say why"),
        (lambda: pause_note("x", DAY, UNTIL, "why", "  "), "role"),
        (lambda: pause_note("x", DAY, UNTIL, "y" * 400, ROLE), "300 characters"),
        (lambda: needs_change_note("x", DAY, "r" * 100, "t"), "few words"),
        (lambda: needs_change_note("x", DAY, ROLE, ""), "what needs a change"),
    ],
)
def test_a_note_that_makes_no_sense_is_refused(make: object, complaint: str) -> None:
    with pytest.raises(NoteError, match=complaint):
        make()  # type: ignore[operator]


def test_lines_that_cannot_be_read_are_told_and_cost_nothing(tmp_path: Path) -> None:
    log = tmp_path / "maintenance.jsonl"
    append_note(paused(), log)
    with log.open("ab") as file:
        file.write(b'{"kind": "pause", "servi')
    append_note(paused("other"), log)
    with log.open("ab") as file:
        file.write(
            b'[]\n{"kind": "dance", "service": "x", "on": "2026-01-01", "role": "r"}\n\xff\n'
        )
    found = read_notes(log)
    assert [note.service for note in found.notes] == ["job-garden", "other"]
    assert found.unreadable == (2, 4, 5, 6)
    running = Instance(
        LiveDirectory(directory_at(tmp_path / "c").entries, None),
        directory_at(tmp_path / "d"),
        "rehearsal",
        log,
    )
    assert "cannot read line 2, 4, 5, 6" in running.told(DAY).problems[0]


def test_text_stays_on_its_line() -> None:
    note = pause_note("x", DAY, UNTIL, "two\nlines\x00 and\t a tab", " the\nlead ")
    assert (note.text, note.role) == ("two lines and a tab", "the lead")


def test_still_right_counts_for_the_facts_that_were_read(tmp_path: Path) -> None:
    home = directory_at(tmp_path / "c")
    log = tmp_path / "maintenance.jsonl"
    entry = read_home(home).tree.by_id["job-garden"]
    assert entry.node is not None
    append_note(still_right_note("job-garden", DAY, ROLE, fingerprint(entry.node)), log)

    def now() -> date | None:
        running = Instance(LiveDirectory(home.entries, None), home, "rehearsal", log)
        return running.directory().services["job-garden"].verified_on

    assert now() == DAY
    edit(home, "age: {min: 18}", "age: {min: 21}")
    assert now() is None, "other facts than those confirmed"
    edit(home, "age: {min: 21}", "age: {min: 18}")
    edit(home, "source_date: 2026-10-01", "source_date: 2026-10-01  # looked again")
    assert now() == DAY, "layout is no fact"
    assert "verified_on" not in GARDEN


def test_everything_that_shows_services_sees_the_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    assert directory().services["acas"].pauses == ()
    append_note(paused("acas"), tmp_path / "maintenance.jsonl")
    assert status_on(directory().services["acas"], DAY).status == "paused"
    assert live.current() is directory(), "the public pages and the feeds read it there"


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), DAY, UNTIL + timedelta(days=1)])
def test_a_directory_in_a_database_pauses_alike(tmp_path: Path, day: date) -> None:
    from services_directory.store.in_use import in_store

    pause = (Pause(DAY, UNTIL, "No coach", ROLE),)
    book = directory()
    services = {i: replace(s, pauses=pause) for i, s in book.services.items()}
    book = replace(book, services=services)
    kept = in_store(f"sqlite:///{tmp_path / 'directory.db'}", book)
    case = case_from_json(CASE)
    made = recommend(case, day, kept)
    assert made == recommend(case, day, book)
    assert bool(made["items"]) is (day != DAY)
