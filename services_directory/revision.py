"""Which revision of the directory is loaded, and what a file said in the last commit.

Asks git; where there is none, it says so with ``None`` and a hash of the files serves instead.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 5
DIGITS = 12


def _git(folder: Path, *words: str) -> str | None:
    """Return what git says in ``folder``, or ``None`` where there is no git, no repository or no answer."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def committed_text(path: Path) -> str | None:
    """Return what the file at ``path`` held in the last commit, or ``None`` where that cannot be told."""
    return _git(path.parent, "show", f"HEAD:./{path.name}")


def content_revision(root: Path, paths: Iterable[Path]) -> str:
    """Return the first digits of a hash over the files ``paths`` below ``root``."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            body = path.read_bytes()
        except OSError:
            continue
        digest.update(f"{path.relative_to(root)}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()[:DIGITS]


def committed_revision(folder: Path) -> str | None:
    """Return the commit that ``folder`` stands at, or ``None`` where it differs from it or there is none."""
    changed = _git(folder, "status", "--porcelain", "--", ".")
    if changed is None or changed.strip():
        return None
    commit = _git(folder, "rev-parse", f"--short={DIGITS}", "HEAD")
    return commit.strip() if commit else None
