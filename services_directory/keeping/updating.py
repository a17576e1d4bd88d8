"""How an approved revision reaches an instance: it pulls one allowed branch, and only forwards.

What comes in is checked before it is taken: a commit on the allowed branch that follows on what is here, by
a trusted key where signatures are wanted, without errors in its entries. Anything else is refused and
what is served stays.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services_directory.checking import check_path
from services_directory.keeping.git_versions import GitError, git, home_at, top_of
from services_directory.keeping.home import Home

REMOTE_VARIABLE = "FINGERPOST_DIRECTORY_REMOTE"
BRANCH_VARIABLE = "FINGERPOST_DIRECTORY_BRANCH"
SIGNED_VARIABLE = "FINGERPOST_DIRECTORY_SIGNED"


class UpdateRefused(RuntimeError):
    """What came in is not taken; ``str()`` says why. Nothing has changed."""


@dataclass(frozen=True)
class Source:
    """Where updates come from: a remote of the checkout and its one allowed branch."""

    remote: str = "origin"
    branch: str = "live"
    signed: bool = False


@dataclass(frozen=True)
class Updated:
    """What an update did. Equal ends: there was nothing new."""

    before: str
    after: str


def source_of(environ: Mapping[str, str] | None = None) -> Source:
    """Return the source that the settings name."""
    env = os.environ if environ is None else environ
    return Source(
        env.get(REMOTE_VARIABLE) or Source.remote,
        env.get(BRANCH_VARIABLE) or Source.branch,
        env.get(SIGNED_VARIABLE) == "1",
    )


def update(home: Home, source: Source, day: date) -> Updated:
    """Fetch the allowed branch and move the checkout of ``home`` forward to it.

    Raises ``UpdateRefused`` for what may not be taken and ``GitError`` where git cannot.
    """
    top = top_of(home)
    before = git(top, "rev-parse", "HEAD").decode().strip()
    where = f"refs/heads/{source.branch}"
    git(top, "fetch", "--quiet", "--no-tags", "--end-of-options", source.remote, where)
    after = git(top, "rev-parse", "FETCH_HEAD").decode().strip()
    if after == before:
        return Updated(before, after)
    try:
        git(top, "merge-base", "--is-ancestor", before, after)
    except GitError:
        raise UpdateRefused(
            f"{source.branch} does not follow on what is here ({before[:12]}): its history was rewritten, "
            "or this checkout has commits of its own"
        ) from None
    if source.signed:
        try:
            git(top, "verify-commit", after)
        except GitError:
            raise UpdateRefused(f"{after[:12]} carries no signature that is trusted here") from None
    with home_at(home, after) as incoming:
        errors = [f for f in check_path(incoming.root, day) if f.severity == "error"]
    if errors:
        place = f"{os.path.basename(errors[0].path)}:{errors[0].line}"
        raise UpdateRefused(
            f"{after[:12]} has errors in its directory ({len(errors)}), the first in {place}: "
            f"{errors[0].message}"
        )
    git(top, "merge", "--quiet", "--ff-only", after)
    return Updated(before, after)
