"""From nothing to a merged new service that a live instance serves, with a browser and a Git host alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from bot.web.maintain import tools
from services_directory.checking import check_path
from services_directory.keeping.approvals import approve
from services_directory.keeping.comparing import compare_with
from services_directory.keeping.home import SHIPPED, Home, read_home
from services_directory.keeping.instance import Instance
from services_directory.keeping.standing import standings
from services_directory.keeping.updating import Source, update
from services_directory.live import LiveDirectory
from tests.directory.checkouts import commit, git

DAY = date(2026, 11, 22)
FORM = {
    "name": ["Mill Street Kitchen"],
    "areas": ["oldham"],
    "offers": ["Cooking in a group, with help to look for work."],
    "needs": ["employment"],
    "kind": ["coaching"],
    "status": ["open"],
    "source": ["An invented leaflet"],
    "source_date": ["2026-10-01"],
    "confidence": ["medium"],
    "work_status": ["unemployed"],
    "route": ["phone"],
    "who": ["patient"],
    "how": ["The patient calls the kitchen"],
    "phone": ["0161 496 0001"],
}


def test_from_nothing_to_served(tmp_path: Path) -> None:
    # A Git host with the directory on its branch `live`, all of it approved; and an instance of it.
    seed = tmp_path / "seed"
    shutil.copytree(
        SHIPPED.root,
        seed / "services_directory",
        ignore=shutil.ignore_patterns("*.py", "__pycache__"),
    )
    git(seed, "init", "-q", "-b", "live")
    commit(seed, "The directory")
    read = read_home(Home(seed / "services_directory"))
    for entry in read.tree.entries:
        approve(read, entry, "Second role", "First role", DAY)
    commit(seed, "Approved")
    host = tmp_path / "host.git"
    git(tmp_path, "clone", "-q", "--bare", str(seed), str(host))
    git(tmp_path, "clone", "-q", str(host), str(tmp_path / "instance"))
    own = Home(tmp_path / "instance" / "services_directory")

    class Clock:
        now = 0.0

        def __call__(self) -> float:
            return self.now

    clock = Clock()
    serving = Instance(LiveDirectory(own.entries, 2.0, clock), own, "live", tmp_path / "log.jsonl")
    before = len(serving.directory().services)
    assert before == len(read.tree.entries)

    # The page makes the text; the Git host's web editor puts it on a branch of its own.
    made = tools.new(FORM, True, DAY)
    assert made["error"] == ""
    git(tmp_path, "clone", "-q", str(host), str(tmp_path / "web-editor"))
    editor = tmp_path / "web-editor"
    git(editor, "checkout", "-q", "-b", "new-kitchen")
    file = editor / made["path"]
    file.write_text(made["made"].text)
    commit(editor, "A new service")

    # What the comment on the proposal says.
    proposal = Home(editor / "services_directory")
    assert [f for f in check_path(proposal.root, DAY) if f.severity == "error"] == []
    compared = compare_with(proposal, "live", DAY)
    assert [e.kind for e in compared.entries] == ["new"]

    # Merged but not approved, it reaches the instance and is not served.
    git(editor, "push", "-q", "origin", "HEAD:live")
    update(own, Source(), DAY)
    clock.now += 3
    assert len(serving.directory().services) == before
    assert [str(h) for h in serving.told(DAY).held] == [
        "mill-street-kitchen: nobody has approved it yet; it is not served"
    ]

    # The second role approves; the instance serves it.
    read = read_home(proposal)
    approve(read, read.tree.by_id["mill-street-kitchen"], "Second role", "Work lead", DAY)
    commit(editor, "Approved")
    git(editor, "push", "-q", "origin", "HEAD:live")
    update(own, Source(), DAY)
    clock.now += 3
    book = serving.directory()
    persona = book.services["mill-street-kitchen"].personas[0]
    from services_directory.case import case_from_json

    found = standings(case_from_json(dict(persona.case)), DAY, book)["mill-street-kitchen"]
    assert found.offered and found.verdict == "eligible"
    told = serving.told(DAY)
    assert told.held == () and told.approved
    assert told.revision == git(editor, "rev-parse", "--short=12", "HEAD")
