"""What a live instance serves: approved versions only, and every stop at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services_directory.keeping.approvals import ApprovalError, approve
from services_directory.keeping.going_live import LiveView
from services_directory.keeping.home import Home, read_home
from services_directory.keeping.instance import Instance
from services_directory.keeping.pending import live_now, pending, pending_text
from services_directory.keeping.serving import mode_of
from services_directory.live import LiveDirectory
from services_directory.status import status_on
from services_directory.yaml_files import DirectoryFileError
from tests.directory.checkouts import GARDEN, directory_at, edit, entry_file

DAY = date(2026, 11, 22)
LEAD, SECOND = "Work lead, Oldham", "Clinical safety officer"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return directory_at(tmp_path / "checkout")


def approve_garden(home: Home, role: str = SECOND) -> None:
    read = read_home(home)
    approve(read, read.tree.by_id["job-garden"], role, LEAD, DAY)


def view(home: Home, day: date = DAY) -> LiveView:
    return live_now(read_home(home), day)


def test_nothing_is_served_before_it_is_approved(home: Home) -> None:
    found = view(home)
    assert found.services == {}
    assert [held.why for held in found.held] == ["never_approved"]


def test_a_second_role_must_approve(home: Home) -> None:
    with pytest.raises(ApprovalError, match="second role"):
        approve_garden(home, role=" work lead, OLDHAM ")
    with pytest.raises(ApprovalError, match="two roles"):
        approve_garden(home, role=" ")
    assert not home.approved.exists()


def test_what_is_approved_is_served_as_written(home: Home) -> None:
    approve_garden(home)
    found = view(home)
    assert found.held == ()
    assert found.services["job-garden"].criteria[0].expression is not None


NEEDS_APPROVAL = [
    ("age: {min: 18}", "age: {min: 16}", "the rules"),
    ("phone: 0161 496 0000", "phone: 0161 496 0001", "the ways in"),
    ("areas: [oldham]", "areas: [oldham, bury]", "the areas"),
    ("needs: [employment, social]", "needs: [employment]", "the needs"),
    ("kind: coaching", "kind: advice", "what it does"),
    ("for work.", "for work; call 0161 496 0003.", "an address or number in its text"),
    ("for work.", "for work. See www.example.org", "an address or number in its text"),
]


@pytest.mark.parametrize(("old", "new", "part"), NEEDS_APPROVAL)
def test_until_then_the_approved_version_is_served(
    home: Home, old: str, new: str, part: str
) -> None:
    approve_garden(home)
    before = view(home).services["job-garden"]
    edit(home, old, new)
    found = view(home)
    assert found.services["job-garden"] == before
    assert [(held.why, held.parts) for held in found.held] == [("changed", (part,))]
    approve_garden(home)
    assert view(home).held == ()
    assert view(home).services["job-garden"] != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Job Garden", "name: The Job Garden"),
        ("Gardening in a group", "Gardening together"),
        ("# What the keeper noted", "# What the last keeper noted"),
        ("source_date: 2026-10-01", "source_date: 2026-11-01"),
        ("  - name: Too young", "  - name: Not of age"),
    ],
)
def test_what_reaches_no_patient_goes_live_at_once(home: Home, old: str, new: str) -> None:
    approve_garden(home)
    edit(home, old, new)
    found = view(home)
    assert found.held == ()
    assert found.services["job-garden"] == read_home(home).directory.services["job-garden"]


STOPS = [
    ("status: open", "status: closed", "closed"),
    ("status: open", "status: ended", "ended"),
    ("status: open", "status: paused", "paused"),
    ("status: open", "status: unverified", "unverified"),
    ("status: open", "status: open\nvalid_to: 2026-11-01", "ended"),
    ("status: open", "status: open\nreferrals_close_on: 2026-11-01", "closed"),
]


@pytest.mark.parametrize(("old", "new", "status"), STOPS)
@pytest.mark.parametrize("and_the_rules_too", [False, True])
def test_stopping_needs_nobody_else(
    home: Home, old: str, new: str, status: str, and_the_rules_too: bool
) -> None:
    approve_garden(home)
    edit(home, old, new)
    if and_the_rules_too:
        edit(home, "age: {min: 18}", "age: {min: 16}")
    found = view(home)
    served = found.services["job-garden"]
    assert status_on(served, DAY).status == status
    assert bool(found.held) is and_the_rules_too
    assert "16" not in str(served.criteria[0].facts), "the rules still wait"


@pytest.mark.parametrize(("closed", "opening", "_"), [(new, old, s) for old, new, s in STOPS])
def test_opening_needs_approval(tmp_path: Path, closed: str, opening: str, _: str) -> None:
    home = directory_at(tmp_path / "c", job_garden=GARDEN.replace("status: open", closed))
    approve_garden(home)
    edit(home, closed, opening)
    found = view(home)
    assert [held.parts for held in found.held] == [("its opening",)]
    assert status_on(found.services["job-garden"], DAY).status != "open"


def test_a_later_end_is_an_opening_and_an_earlier_one_a_stop(tmp_path: Path) -> None:
    text = GARDEN.replace("status: open", "status: open\nvalid_to: 2027-03-31")
    home = directory_at(tmp_path / "c", job_garden=text)
    approve_garden(home)
    edit(home, "valid_to: 2027-03-31", "valid_to: 2027-06-30")
    assert view(home).held[0].parts == ("its opening",)
    assert view(home).services["job-garden"].valid_to == date(2027, 3, 31)
    edit(home, "valid_to: 2027-06-30", "valid_to: 2026-12-31")
    assert view(home).held == ()
    assert view(home).services["job-garden"].valid_to == date(2026, 12, 31)


def test_a_date_that_would_open_a_closed_entry_waits(tmp_path: Path) -> None:
    # Written as closed with an end to come, an entry is open until then: no stop at all.
    home = directory_at(tmp_path / "c", job_garden=GARDEN.replace("status: open", "status: closed"))
    approve_garden(home)
    edit(home, "status: closed", "status: closed\nreferrals_close_on: 2027-03-31")
    assert view(home).held[0].parts == ("its opening",)
    assert status_on(view(home).services["job-garden"], DAY).status == "closed"


def test_a_broken_file_leaves_the_approved_version(home: Home) -> None:
    approve_garden(home)
    entry_file(home).write_text("id: [")
    found = view_by_file(home)
    assert found.services["job-garden"].name == "Job Garden"
    assert [held.why for held in found.held] == ["broken"]


def view_by_file(home: Home) -> LiveView:
    """As an instance sees it that starts with a broken file: it goes by the file's name."""
    from services_directory.entry_tree import read_tree
    from services_directory.keeping.approvals import last_approvals, read_approvals
    from services_directory.keeping.going_live import live_view

    read = read_home(home)
    written = {entry.path.stem: entry for entry in read.tree.entries}
    log, _ = read_approvals(home.approvals)
    copies = read_tree(home.approved, read.reader).by_id
    return live_view(written, copies, last_approvals(log), DAY)


def test_a_copy_edited_by_hand_is_not_served(home: Home) -> None:
    approve_garden(home)
    copy = home.approved / "greater-manchester" / "oldham" / "job-garden.yml"
    copy.write_text(copy.read_text().replace("min: 18", "min: 12"))
    found = view(home)
    assert found.services == {}
    assert [held.why for held in found.held] == ["not_as_approved"]
    from services_directory.checking import check_path

    told = [str(f) for f in check_path(home.root, DAY) if f.severity == "error"]
    assert (
        len(told) == 1 and "was not written by `fingerpost directory approve job-garden`" in told[0]
    )


def test_an_entry_taken_away_is_not_served(home: Home) -> None:
    approve_garden(home)
    entry_file(home).unlink()
    assert view(home).services == {}


def test_an_entry_that_moves_to_another_folder_keeps_one_copy(home: Home) -> None:
    approve_garden(home)
    (home.entries / "bury").mkdir()
    entry_file(home).rename(home.entries / "bury" / "job-garden.yml")
    edited = home.entries / "bury" / "job-garden.yml"
    edited.write_text(edited.read_text().replace("min: 18", "min: 20"))
    assert view(home).held[0].parts == ("the rules",)
    approve_garden(home)
    assert [p.parent.name for p in home.approved.rglob("*.yml")] == ["bury"]
    assert view(home).held == ()


def test_who_approves_is_shown_what_changes_for_patients(home: Home) -> None:
    approve_garden(home)
    edit(home, "age: {min: 18}", "age: {min: 60}")
    found = pending(read_home(home), DAY)
    text = pending_text(found, {"job-garden"})
    assert "was for people who are aged 18 or over; now for people who are aged 60 or over" in text
    assert "Refugee learning English, Oldham" in text
    assert "Job Garden is no longer offered" in text
    approve_garden(home)
    assert "Nothing waits" in pending_text(pending(read_home(home), DAY), {"job-garden"})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def instance_of(home: Home, tmp_path: Path, mode: str, clock: Clock) -> Instance:
    files = LiveDirectory(home.entries, 2.0, clock)
    return Instance(files, home, mode, tmp_path / "maintenance.jsonl")  # type: ignore[arg-type]


def test_a_live_instance_refuses_to_begin_with_nothing(home: Home, tmp_path: Path) -> None:
    with pytest.raises(DirectoryFileError, match="none is approved"):
        instance_of(home, tmp_path, "live", Clock())


def test_a_live_instance_follows_approvals_and_a_rehearsal_the_files(
    home: Home, tmp_path: Path
) -> None:
    approve_garden(home)
    clock = Clock()
    live = instance_of(home, tmp_path, "live", clock)
    rehearsal = instance_of(home, tmp_path, "rehearsal", clock)
    edit(home, "name: Job Garden", "name: Work Garden")
    edit(home, "age: {min: 18}", "age: {min: 21}")
    clock.now += 3
    assert live.directory().services["job-garden"].name == "Job Garden"
    assert rehearsal.directory().services["job-garden"].name == "Work Garden"
    told, tried = live.told(DAY), rehearsal.told(DAY)
    assert (told.mode, told.approved) == ("live", True)
    assert "the rules changed since it was approved" in str(told.held[0])
    assert (tried.mode, tried.approved, tried.held) == ("rehearsal", False, ())
    assert tried.revision.startswith("rehearsal-")
    assert not told.revision.startswith("rehearsal-")
    approve_garden(home)
    clock.now += 3
    assert live.directory().services["job-garden"].name == "Work Garden"
    assert live.told(DAY).held == ()


def test_trouble_with_the_approvals_leaves_what_was_served(home: Home, tmp_path: Path) -> None:
    approve_garden(home)
    live = instance_of(home, tmp_path, "live", Clock())
    home.approvals.write_text("- [")
    assert live.directory().services["job-garden"].name == "Job Garden"
    assert "stays in use" in live.told(DAY).problems[0]


def test_a_live_instance_without_a_safety_contact_refuses_to_begin(tmp_path: Path) -> None:
    line = GARDEN.replace("job-garden", "samaritans").replace("Job Garden", "A line")
    home = directory_at(tmp_path / "c", job_garden=GARDEN, samaritans=line)
    approve_garden(home)
    with pytest.raises(DirectoryFileError, match="safety contacts are not approved: samaritans"):
        instance_of(home, tmp_path, "live", Clock())


@pytest.mark.parametrize("word", ["live", "rehearsal"])
def test_the_mode_is_set_by_name(word: str) -> None:
    assert mode_of({"FINGERPOST_DIRECTORY_MODE": word}) == word


def test_training_rehearses_and_another_word_is_refused() -> None:
    assert mode_of({}) == "rehearsal"
    with pytest.raises(ValueError, match="write live or rehearsal"):
        mode_of({"FINGERPOST_DIRECTORY_MODE": "Life"})


def test_out_of_training_an_instance_is_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services_directory.practice import SAMPLE_FILE

    settled = SAMPLE_FILE.read_text(encoding="utf-8").split("\ngovernance:")[0] + (
        "\ngovernance:\n  data_controller: An invented practice\n  dpia_reference: D1\n"
        "  safety_case_version: '1'\n  clinical_safety_officer: {role: officer, date: 2026-01-01}\n"
    )
    own = tmp_path / "practice.yml"
    own.write_text(settled, encoding="utf-8")
    monkeypatch.setenv("FINGERPOST_PRACTICE", str(own))
    assert mode_of({}) == "live"
