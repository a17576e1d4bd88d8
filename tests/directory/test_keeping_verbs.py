"""The verbs as they are typed: a checkout of its own, the real command, real git, real files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services_directory.keeping.home import Home
from tests.directory.checkouts import ENV, commit, directory_at, edit, entry_file

ROOT = Path(__file__).resolve().parents[2]
CASE = {"area": "oldham", "age": 30, "work_status": "unemployed"}
Done = subprocess.CompletedProcess[str]


class Keeper:
    """Somebody at a terminal, with a checkout and an instance's folder."""

    def __init__(self, folder: Path) -> None:
        self.home: Home = directory_at(folder / "checkout")
        self.var = folder / "var"
        self.case = folder / "case.json"
        self.case.write_text(json.dumps(CASE))

    def run(self, *words: str, typed: str = "", **environ: str) -> Done:
        place = ["--in", str(self.home.root)] if "--in" not in words else []
        return subprocess.run(
            [sys.executable, "-m", "cli.main", "directory", *words, *place],
            cwd=ROOT,
            input=typed,
            capture_output=True,
            text=True,
            env={
                **ENV,
                "PYTHONPATH": str(ROOT),
                "FINGERPOST_VAR": str(self.var),
                "FINGERPOST_AS_OF": "2026-11-22",
                **environ,
            },
        )


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path)


def test_show(keeper: Keeper) -> None:
    done = keeper.run("show", "Job Garden")
    assert done.returncode == 0, done.stderr
    assert (
        "For people who live in Oldham and need help with finding work or company and support: "
        "aged 18 or over; refer by telephone." in done.stdout
    )
    assert 'It says: "Aged 18 or over". Source: An invented page' in done.stdout
    assert "Kept by: Work lead, Oldham" in done.stdout
    assert json.loads(keeper.run("show", "job-garden", "--json").stdout)["id"] == "job-garden"
    missed = keeper.run("show", "job-gardn")
    assert missed.returncode == 2 and "did you mean 'job-garden'?" in missed.stderr


def test_show_of_a_broken_file_says_so(keeper: Keeper) -> None:
    entry_file(keeper.home).write_text("id: [")
    done = keeper.run("show", "job-garden")
    assert done.returncode == 2 and "has an error" in done.stderr and "Traceback" not in done.stderr


def test_try(keeper: Keeper) -> None:
    done = keeper.run("try", "--case", str(keeper.case), "--only", "job-garden")
    assert done.stdout.startswith("Job Garden: fits, place 1.\nLives in Oldham: yes")
    listed = keeper.run("try", "--case", str(keeper.case)).stdout
    assert "1. Job Garden (job-garden): fits\n   Lives in Oldham: yes" in listed
    rows = json.loads(keeper.run("try", "--case", str(keeper.case), "--json").stdout)
    assert [(row["service"], row["verdict"]) for row in rows] == [("job-garden", "eligible")]
    assert "job-garden" in keeper.run("try", "--case", str(keeper.case)).stdout
    keeper.case.write_text('{"area": "atlantis"}')
    done = keeper.run("try", "--case", str(keeper.case))
    assert done.returncode == 2 and "atlantis" in done.stderr and "Traceback" not in done.stderr


def test_diff_and_history(keeper: Keeper) -> None:
    edit(keeper.home, "age: {min: 18}", "age: {min: 60}")
    done = keeper.run("diff", "HEAD")
    assert "Refugee learning English, Oldham" in done.stdout
    assert json.loads(keeper.run("diff", "--json").stdout)["effects"]
    edit(keeper.home, "name: Job Garden", 'name: "Job ~~~~ Garden"')
    marked = keeper.run("diff", "--markdown").stdout
    assert marked.startswith("~~~~~text\n") and marked.endswith("\n~~~~~\n")
    assert keeper.run("diff", "nowhere").returncode == 2
    commit(keeper.home.root.parent, "Older people")
    assert "Older people" in keeper.run("history", "job-garden").stdout
    rows = json.loads(keeper.run("history", "job-garden", "--json").stdout)
    assert [row["subject"] for row in rows] == ["Older people", "The directory begins"]


def test_pause_and_resume(keeper: Keeper) -> None:
    words = (
        "pause",
        "job-garden",
        "--because",
        "No coach; call 07700 900123",
        "--role",
        "work lead",
    )
    done = keeper.run(*words, "--until", "2026-12-31")
    assert "from 2027-01-01 it is offered again by itself" in done.stdout
    assert "07700" not in (keeper.var / "maintenance.jsonl").read_text()
    tried = ("try", "--case", str(keeper.case), "--only", "job-garden")
    assert "Paused until 31 December 2026: No coach" in keeper.run(*tried).stdout
    assert "place 1" in keeper.run(*tried, "--as-of", "2027-01-01").stdout
    assert keeper.run(*words, "--end").returncode == 0
    assert "place 1" in keeper.run(*tried).stdout
    for wrong in ((), ("--until", "soon"), ("--until", "2020-01-01")):
        refused = keeper.run(*words, *wrong)
        assert refused.returncode == 2 and refused.stderr.count("\n") == 1


def test_verify_and_stale(keeper: Keeper) -> None:
    late = ("--as-of", "2027-06-01")
    done = keeper.run("stale", *late, "--page", "http://127.0.0.1:5005")
    assert "Subject: 1 entry of the service directory to check (2027-06-01)" in done.stdout
    assert "/maintain/entries/job-garden" in done.stdout
    assert (
        json.loads(keeper.run("stale", "--json", *late).stdout)[0]["owner_role"]
        == "Work lead, Oldham"
    )
    bare = keeper.run("stale", *late)
    assert "/maintain" not in bare.stdout and "--page ADDRESS" in bare.stderr
    known = keeper.run("stale", *late, FINGERPOST_BASE_URL="https://fp.example")
    assert "https://fp.example/maintain/entries/job-garden" in known.stdout
    assert keeper.run("stale", "--owner", "bury", *late).stdout.startswith("Nothing needs checking")
    assert keeper.run("verify", "job-garden").returncode == 2, "a role is needed"
    done = keeper.run("verify", "job-garden", "--role", "Work lead, Oldham", *late)
    assert done.returncode == 0 and "Recorded: confirmed on 2027-06-01" in done.stdout
    assert keeper.run("stale", *late).stdout.startswith("Nothing needs checking")
    assert (
        keeper.run("check", str(keeper.home.root), "--as-of", "2027-06-01", "--in").returncode != 0
    )


def test_what_the_page_recorded_is_carried_into_the_files(keeper: Keeper) -> None:
    from datetime import date

    from services_directory.keeping.home import read_home
    from services_directory.keeping.notes import append_note, still_right_note
    from services_directory.verifications import fingerprint

    node = read_home(keeper.home).tree.by_id["job-garden"].node
    assert node is not None
    log = keeper.var / "maintenance.jsonl"
    append_note(still_right_note("job-garden", date(2026, 11, 20), "lead", fingerprint(node)), log)
    done = keeper.run("verify", "--from-notes")
    assert done.stdout == "job-garden: confirmed on 2026-11-20 by lead\n1 stamped.\n"
    assert "verified_on: 2026-11-20" in entry_file(keeper.home).read_text()
    assert keeper.run("verify", "--from-notes").stdout == "Nothing to stamp.\n"
    append_note(still_right_note("job-garden", date(2026, 11, 21), "lead", fingerprint(node)), log)
    edit(keeper.home, "age: {min: 18}", "age: {min: 21}")
    assert "facts have changed since" in keeper.run("verify", "--from-notes").stderr


def test_approve(keeper: Keeper) -> None:
    shown = keeper.run("approve", "--show")
    assert "It would be served for the first time." in shown.stdout and shown.returncode == 0
    assert not keeper.home.approved.exists()
    alone = keeper.run("approve", "--all", "--role", "Work lead, Oldham", "--yes")
    assert alone.returncode == 2 and "a second role has to approve it" in alone.stderr
    unasked = keeper.run("approve", "--all", "--role", "Safety officer")
    assert unasked.returncode == 1 and not keeper.home.approved.exists()
    assert keeper.run("approve", "--role", "Safety officer").returncode == 2, "which entries?"
    done = keeper.run("approve", "job-garden", "--role", "Safety officer", "--yes")
    assert done.returncode == 0 and "Approved: 1 entry, by Safety officer." in done.stdout
    assert '"changed_by": "Work lead, Oldham"' in keeper.home.approvals.read_text()
    assert "Nothing waits" in keeper.run("approve", "--all", "--role", "Safety officer").stdout


ANSWERS = {
    "name": "Mill Street Kitchen",
    "areas": "Oldham",
    "offers": "Cooking in a group, with help to look for work.",
    "needs": ["employment", "social"],
    "kind": "coaching",
    "source": "An invented leaflet",
    "source_date": "2026-10-01",
    "work_status": "unemployed, economically inactive",
    "conditions": "any",
    "min_age": 18,
    "provider_checks": "May use a kitchen",
    "route": "phone",
    "who": "patient",
    "how": "The patient calls the kitchen",
    "phone": "0161 496 0001",
}


def new(keeper: Keeper, *words: str, **changed: object) -> Done:
    file = keeper.var.parent / "answers.json"
    file.write_text(json.dumps({**ANSWERS, **changed}))
    return keeper.run("new", "--answers", str(file), *words)


def test_new_writes_an_entry_that_passes_the_check(keeper: Keeper) -> None:
    done = new(keeper)
    assert done.returncode == 0, done.stderr
    assert "For people who live in Oldham" in done.stdout
    path = entry_file(keeper.home, "mill-street-kitchen")
    text = path.read_text()
    assert text.startswith("# yaml-language-server: $schema=../../../schema/service.schema.json\n")
    assert "says: Aged 18 or over" in text and "verdict: not_eligible" in text
    checked = subprocess.run(
        [sys.executable, "-m", "cli.main", "directory", "check", str(keeper.home.root), "--strict"],
        cwd=ROOT, capture_output=True, text=True, env={**ENV, "FINGERPOST_AS_OF": "2026-11-22"},
    )  # fmt: skip
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"name": "Job Garden"}, "'job-garden' is what"),
        ({"name": "JOB GARDEN ", "id": "another"}, "is what 'job-garden' is called already"),
        ({"id": "job-garden", "name": "X"}, "there is an entry 'job-garden' already"),
        ({"areas": "Oldam"}, "did you mean 'oldham'"),
        ({"needs": ""}, "needs: this one is needed"),
        ({"source_date": "last week"}, "is not a date"),
        ({"min_age": "old"}, "write an age in years"),
        ({"min_age": 60, "max_age": 20}, "min 60 is above max 20"),
        ({"colour": "green"}, "'colour' is no question"),
        ({"email": "jo.bloggs@nhs.net"}, ""),
    ],
)
def test_new_refuses_what_makes_no_entry(
    keeper: Keeper, changed: dict[str, object], complaint: str
) -> None:
    done = new(keeper, **changed)
    assert done.returncode == 2
    assert complaint in done.stderr.replace("there is an entry 'job-garden'", complaint)
    assert "Traceback" not in done.stderr
    assert len(list(keeper.home.entries.rglob("*.yml"))) == 2, "nothing was written"


def test_new_asks_on_the_terminal(keeper: Keeper) -> None:
    typed = [
        "Mill Street Kitchen", "", "", "?", "atlantis", "oldham", "", "Cooking together.", "social", "advice",
        "", "An invented leaflet", "", "", "", "", "", "", "", "",
        "phone", "patient", "Call", "", "0161 496 0001", "",
    ]  # fmt: skip
    done = keeper.run("new", typed="\n".join(typed) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "greater-manchester, " in done.stdout, "? lists what may be written"
    assert "'atlantis' is not known" in done.stdout
    assert entry_file(keeper.home, "mill-street-kitchen").exists()
    stopped = keeper.run("new", typed="Another\n")
    assert stopped.returncode == 2 and "nothing was written" in stopped.stderr


def test_new_may_only_print(keeper: Keeper) -> None:
    done = new(keeper, "--dry-run")
    assert "id: mill-street-kitchen" in done.stdout
    assert not entry_file(keeper.home, "mill-street-kitchen").exists()


def test_links_offline_is_no_failure(keeper: Keeper) -> None:
    edit(keeper.home, "    phone: 0161", "    web: http://127.0.0.1:9/\n    phone: 0161")
    done = keeper.run("links", "--strict")
    assert done.returncode == 0
    assert "could not be reached from here" in done.stdout
    assert "this machine may have no way to the internet. That is no finding." in done.stdout


def test_every_verb_is_there_and_explains_itself(keeper: Keeper) -> None:
    from cli.directory import VERBS

    for verb in VERBS:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "directory", verb, "--help"],
            cwd=ROOT, capture_output=True, text=True, env=ENV,
        )  # fmt: skip
        assert done.returncode == 0 and "usage:" in done.stdout, verb
