"""Real checkouts for tests: a small directory under git, with the shipped words and areas."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from services_directory.areas import AREAS_FOLDER
from services_directory.keeping.home import SHIPPED, Home
from services_directory.vocabulary import VOCABULARY_FOLDER

GARDEN = """\
# What the keeper noted for the next keeper stays where it is.
id: job-garden
name: Job Garden
areas: [oldham]
offers: Gardening in a group, with help to look for work.
needs: [employment, social]
kind: coaching
status: open
source_date: 2026-10-01
confidence: medium
sources:
  - {id: page, cite: An invented page, dated: 2026-10-01}
criteria:
  - id: age
    says: Aged 18 or over
    source: page
    age: {min: 18}
routes:
  - route: phone
    who: [patient]
    how: The patient calls the garden
    way_in: known
    phone: 0161 496 0000
    source: page
personas:
  - name: Fits
    case: {area: oldham, age: 40, work_status: unemployed}
    verdict: eligible
  - name: Too young
    case: {area: oldham, age: 17, work_status: unemployed}
    verdict: not_eligible
"""
KEEPER = "owner_role: Work lead, Oldham\nmax_age_months: 6\ncontact_hint: The council's work team\n"
# Nobody's: git must not look for a person's settings.
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "FINGERPOST_"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.org",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.org",
}


def git(folder: Path, *words: str) -> str:
    """Run git in ``folder`` and return what it prints."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True, env=ENV
    )
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit everything in ``folder``; return the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def directory_at(folder: Path, **entries: str) -> Home:
    """Make a checkout at ``folder`` whose directory holds ``entries`` (file name without ending: text)."""
    home = Home(folder / "services_directory")
    folder_of(home).mkdir(parents=True)
    (folder_of(home) / "_folder.yml").write_text(KEEPER)
    shutil.copytree(VOCABULARY_FOLDER, home.root / "vocabulary")
    shutil.copytree(AREAS_FOLDER, home.root / "areas")
    shutil.copy(SHIPPED.sample_patients, home.sample_patients)
    for name, text in (entries or {"job-garden": GARDEN}).items():
        entry_file(home, name.replace("_", "-")).write_text(text)
    git(folder, "init", "-q", "-b", "live")
    commit(folder, "The directory begins")
    return home


def folder_of(home: Home) -> Path:
    """Return the one folder of entries made by ``directory_at``."""
    return home.entries / "greater-manchester" / "oldham"


def entry_file(home: Home, name: str = "job-garden") -> Path:
    """Return the file of an entry made by ``directory_at``."""
    return folder_of(home) / f"{name}.yml"


def edit(home: Home, old: str, new: str, name: str = "job-garden") -> None:
    """Replace ``old`` by ``new`` in an entry."""
    path = entry_file(home, name)
    text = path.read_text()
    assert old in text, f"{name} does not say {old!r}"
    path.write_text(text.replace(old, new))
