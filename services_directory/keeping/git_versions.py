"""Reading other versions of a directory out of git: by revision, and entry by entry through its history.

Only reads. Nothing from outside reaches git as an option: revisions are resolved first, paths stand
behind ``--``. Names of people who committed are not read at all.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from services_directory.keeping.home import FOLDER_NAME, Home

SECONDS = 60
_FIELD, _RECORD = "\x1f", "\x1e"


class GitError(RuntimeError):
    """Git cannot say; ``str()`` is one line for a person."""


@dataclass(frozen=True)
class Version:
    """One commit that touched an entry: its short id, its day, its subject and the file's path then."""

    commit: str
    on: date
    subject: str
    path: str


def git(folder: Path, *words: str) -> bytes:
    """Run git in ``folder`` and return what it prints. Raises ``GitError`` in one line."""
    # Git's own variables, set where this runs inside a hook, would point it at another repository.
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, env=env, timeout=SECONDS
        )
    except FileNotFoundError:
        raise GitError("git is not installed here") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took more than {SECONDS} seconds ({words[0]})") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(told[-1] if told else f"git {words[0]} failed")
    return done.stdout


def top_of(home: Home) -> Path:
    """Return the checkout that ``home`` stands in. Raises ``GitError`` outside of git."""
    try:
        return Path(git(home.root, "rev-parse", "--show-toplevel").decode().strip())
    except GitError as error:
        if "not a git repository" in str(error):
            raise GitError(f"{home.root} is in no git checkout, so it has no history") from None
        raise


def resolve(home: Home, revision: str) -> str:
    """Return the full id of the commit that ``revision`` names. Raises ``GitError``."""
    try:
        found = git(
            home.root,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}^{{commit}}",
        )
    except GitError as error:
        if "no git checkout" in str(error) or "not installed" in str(error):
            raise
        top_of(home)
        raise GitError(
            f"'{revision}' is no revision of this checkout (a branch, tag or commit)"
        ) from None
    return found.decode().strip()


def commit_of(home: Home) -> str | None:
    """Return the short id of the commit that is checked out, or ``None`` outside of git."""
    try:
        return git(home.root, "rev-parse", "--short=12", "HEAD").decode().strip()
    except GitError:
        return None


@contextmanager
def home_at(home: Home, revision: str) -> Iterator[Home]:
    """Give the directory as it was at ``revision``, in a temporary folder. Raises ``GitError``."""
    top = top_of(home)
    commit = resolve(home, revision)
    inside = home.root.resolve().relative_to(top.resolve())
    parts = [
        name
        for name in (
            "entries",
            "vocabulary",
            "areas",
            "approved",
            "approvals.yml",
            "verifications.yml",
        )
        if git(top, "ls-tree", commit, "--", f"{inside.as_posix()}/{name}")
    ]
    if not parts:
        raise GitError(f"there was no directory at {revision}")
    packed = git(
        top, "archive", "--format=tar", commit, "--", *(f"{inside.as_posix()}/{p}" for p in parts)
    )
    with TemporaryDirectory(prefix="fingerpost-") as folder:
        _unpack(packed, Path(folder))
        yield Home(Path(folder) / inside)


def _unpack(packed: bytes, folder: Path) -> None:
    """Write the ordinary files of a tar archive below ``folder``; links and devices are left out."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            target = (folder / member.name).resolve()
            if not member.isfile() or folder.resolve() not in target.parents:
                continue
            content = archive.extractfile(member)
            if content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def history_of(home: Home, path: Path, most: int = 200) -> tuple[Version, ...]:
    """Return the commits that touched the entry at ``path``, newest first. Raises ``GitError``."""
    top = top_of(home)
    inside = path.resolve().relative_to(top.resolve()).as_posix()
    shape = _RECORD + _FIELD.join(("%h", "%cs", "%s")) + _FIELD
    told = git(
        top,
        "log",
        "--follow",
        f"--max-count={most}",
        f"--format={shape}",
        "--name-only",
        "--",
        inside,
    ).decode(errors="replace")
    versions = []
    for record in told.split(_RECORD)[1:]:
        commit, day, subject, names = record.split(_FIELD, 3)
        files = [line for line in names.splitlines() if line.strip()]
        versions.append(
            Version(commit, date.fromisoformat(day), subject, files[-1] if files else inside)
        )
    return tuple(versions)


def text_at(home: Home, commit: str, path: str) -> str | None:
    """Return the file ``path`` (from the top of the checkout) at ``commit``, ``None`` where it was not."""
    try:
        return git(top_of(home), "show", "--end-of-options", f"{commit}:{path}").decode(
            "utf-8", errors="replace"
        )
    except GitError:
        return None


def recent_revisions(home: Home, most: int = 15) -> tuple[Version, ...]:
    """Return the newest commits that touched the directory. Raises ``GitError``."""
    top = top_of(home)
    shape = _FIELD.join(("%h", "%cs", "%s"))
    told = git(
        top, "log", f"--max-count={most}", f"--format={shape}", "--", str(home.root.resolve())
    ).decode(errors="replace")
    rows = (line.split(_FIELD, 2) for line in told.splitlines() if line)
    return tuple(
        Version(commit, date.fromisoformat(day), subject, FOLDER_NAME)
        for commit, day, subject in rows
    )
