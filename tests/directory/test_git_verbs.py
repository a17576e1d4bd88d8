"""What changes, for whom, and when it changed: read from real git repositories."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from services_directory.keeping.comparing import compare_with, comparison_text
from services_directory.keeping.git_versions import GitError, home_at, recent_revisions, resolve
from services_directory.keeping.history import entry_history, history_text
from services_directory.keeping.home import Home, read_home
from services_directory.keeping.updating import Source, UpdateRefused, source_of, update
from tests.directory.checkouts import ENV, GARDEN, commit, directory_at, edit, entry_file, git

DAY = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return directory_at(tmp_path / "checkout")


def top(home: Home) -> Path:
    return home.root.parent


def test_an_edit_is_told_by_entry_and_by_patient(home: Home) -> None:
    edit(home, "age: {min: 18}", "age: {min: 60}")
    edit(home, "says: Aged 18 or over", "says: Aged 60 or over")
    edit(home, "phone: 0161 496 0000", "phone: 0161 496 0001")
    found = compare_with(home, "HEAD", DAY)
    (changed,) = found.entries
    assert changed.service == "job-garden"
    assert list(changed.sentences) == [
        "Rule 'age': was for people who are aged 18 or over; now for people who are aged 60 or over.",
        'Rule \'age\' now says "Aged 60 or over" (it said "Aged 18 or over").',
        'Way in (telephone), telephone: "0161 496 0000" → "0161 496 0001".',
    ]
    assert [effect.patient for effect in found.effects] == ["Refugee learning English, Oldham"]
    assert found.effects[0].sentences == (
        "Job Garden is no longer offered. Aged 60 or over: no, age 30.",
    )
    assert "1 of 27 sample patients are touched" in comparison_text(found)


def test_new_gone_and_broken_entries(home: Home) -> None:
    other = GARDEN.replace("job-garden", "second-garden").replace("Job Garden", "Second Garden")
    entry_file(home, "second-garden").write_text(other)
    entry_file(home).unlink()
    entry_file(home, "third").write_text("id: [")
    found = compare_with(home, "HEAD", DAY)
    assert {e.service: e.kind for e in found.entries} == {
        "second-garden": "new",
        "job-garden": "gone",
    }
    assert found.unreadable == ("services_directory/entries/greater-manchester/oldham/third.yml",)
    told = "\n".join(s for e in found.effects for s in e.sentences)
    assert "Second Garden is now offered (place 1, fits)" in told and "It is a new entry." in told
    assert "Job Garden is no longer offered. Its entry is gone." in told


def test_nothing_changed(home: Home) -> None:
    edit(home, "# What the keeper noted", "# What somebody noted")
    assert "Nothing changes for any of the 27" in comparison_text(compare_with(home, "HEAD", DAY))


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "-h", "HEAD:x", "", "HEAD..HEAD"])
def test_what_is_no_revision_is_refused(home: Home, revision: str) -> None:
    with pytest.raises(GitError, match="no revision"):
        resolve(home, revision)
    assert not (top(home) / "x").exists()


def test_outside_of_git_it_says_so(tmp_path: Path) -> None:
    home = Home(tmp_path / "services_directory")
    home.entries.mkdir(parents=True)
    with pytest.raises(GitError, match="no git checkout"), home_at(home, "HEAD"):
        pass


def test_a_link_in_a_revision_leads_nowhere(home: Home, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text(GARDEN.replace("job-garden", "secret"))
    entry_file(home, "secret").symlink_to(secret)
    commit(top(home), "A link")
    with home_at(home, "HEAD") as then:
        assert not entry_file(then, "secret").exists()
        assert set(read_home(then).directory.services) == {"job-garden"}


def test_history_in_plain_english_follows_a_moved_file(home: Home) -> None:
    edit(home, "age: {min: 18}", "age: {min: 21}")
    commit(top(home), "Older people first")
    (home.entries / "bury").mkdir()
    entry_file(home).rename(home.entries / "bury" / "job-garden.yml")
    commit(top(home), "To another folder")
    read = read_home(home)
    found = entry_history(read, read.tree.by_id["job-garden"])
    assert [change.subject for change in found] == [
        "To another folder",
        "Older people first",
        "The directory begins",
    ]
    assert found[0].sentences == ("Layout or comments only: nothing of what it says.",)
    assert "now for people who are aged 21 or over" in found[1].sentences[0]
    assert found[2].sentences == ("The entry was written.",)
    assert "t@example.org" not in history_text(found), "roles stand in the directory, never people"


def test_history_bears_a_version_of_another_format(home: Home) -> None:
    text = entry_file(home).read_text()
    entry_file(home).write_text(text.replace("kind: coaching\n", ""))
    commit(top(home), "As it was written once")
    entry_file(home).write_text(text)
    commit(top(home), "As it is written now")
    read = read_home(home)
    assert entry_history(read, read.tree.by_id["job-garden"])[0].sentences == ("Changed: kind.",)


def test_the_newest_revisions_are_offered(home: Home) -> None:
    edit(home, "age: {min: 18}", "age: {min: 21}")
    commit(top(home), "Older people first")
    assert [v.subject for v in recent_revisions(home)] == [
        "Older people first",
        "The directory begins",
    ]


# How an approved revision reaches an instance: two clones of one host.


@pytest.fixture
def clones(home: Home, tmp_path: Path) -> tuple[Home, Home]:
    """The keeper's checkout and the instance's, both of one bare repository."""
    host = tmp_path / "host.git"
    git(tmp_path, "clone", "-q", "--bare", str(top(home)), str(host))
    git(tmp_path, "clone", "-q", "-b", "live", str(host), str(tmp_path / "keeper"))
    git(tmp_path, "clone", "-q", "-b", "live", str(host), str(tmp_path / "instance"))
    return tuple(Home(tmp_path / name / "services_directory") for name in ("keeper", "instance"))  # type: ignore[return-value]


def push(home: Home, message: str, branch: str = "live", *how: str) -> str:
    made = commit(top(home), message)
    git(top(home), "push", "-q", *how, "origin", f"HEAD:refs/heads/{branch}")
    return made


def test_an_instance_takes_the_allowed_branch_alone(clones: tuple[Home, Home]) -> None:
    keeper, instance = clones
    edit(keeper, "age: {min: 18}", "age: {min: 21}")
    push(keeper, "Proposed, not agreed", "proposal")
    before = git(top(instance), "rev-parse", "HEAD")
    assert update(instance, Source(), DAY).after == before
    assert "min: 18" in entry_file(instance).read_text()
    git(top(keeper), "push", "-q", "origin", "HEAD:live")
    done = update(instance, Source(), DAY)
    assert (done.before, done.after) == (before, git(top(keeper), "rev-parse", "HEAD"))
    assert "min: 21" in entry_file(instance).read_text()
    assert update(instance, Source(), DAY).before == done.after, (
        "a second time there is nothing new"
    )


def test_a_revision_with_errors_is_refused(clones: tuple[Home, Home]) -> None:
    keeper, instance = clones
    edit(keeper, "needs: [employment, social]", "needs: [employmint]")
    push(keeper, "A slip")
    with pytest.raises(
        UpdateRefused, match=r"errors in its directory \(1\), the first in job-garden\.yml:6"
    ):
        update(instance, Source(), DAY)
    assert entry_file(instance).read_text() == GARDEN


def test_rewritten_history_is_refused(clones: tuple[Home, Home]) -> None:
    keeper, instance = clones
    git(top(keeper), "commit", "-q", "--amend", "-m", "Another beginning")
    git(top(keeper), "push", "-q", "--force", "origin", "HEAD:live")
    with pytest.raises(UpdateRefused, match="history was rewritten"):
        update(instance, Source(), DAY)


@pytest.mark.system
def test_an_unsigned_revision_is_refused_where_signatures_are_wanted(
    clones: tuple[Home, Home], tmp_path: Path
) -> None:
    keeper, instance = clones
    edit(keeper, "age: {min: 18}", "age: {min: 21}")
    push(keeper, "Unsigned")
    with pytest.raises(UpdateRefused, match="no signature that is trusted"):
        update(instance, Source(signed=True), DAY)
    key = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, env=ENV
    )
    allowed = tmp_path / "allowed"
    allowed.write_text(f"t@example.org {Path(f'{key}.pub').read_text()}")
    for folder in (top(keeper), top(instance)):
        git(folder, "config", "gpg.format", "ssh")
        git(folder, "config", "user.signingkey", str(key))
        git(folder, "config", "gpg.ssh.allowedSignersFile", str(allowed))
    git(top(keeper), "commit", "-q", "-S", "--allow-empty", "-m", "Signed")
    git(top(keeper), "push", "-q", "origin", "HEAD:live")
    assert update(instance, Source(signed=True), DAY).after == git(top(keeper), "rev-parse", "HEAD")


def test_a_host_that_cannot_be_reached_leaves_all_as_it_is(clones: tuple[Home, Home]) -> None:
    _, instance = clones
    with pytest.raises(GitError):
        update(instance, Source(remote="nowhere"), DAY)
    with pytest.raises(GitError):
        update(instance, Source(branch="--upload-pack=touch x"), DAY)
    assert entry_file(instance).read_text() == GARDEN


def test_the_source_is_set_by_name() -> None:
    assert source_of({}) == Source("origin", "live", False)
    told = {
        "FINGERPOST_DIRECTORY_REMOTE": "upstream",
        "FINGERPOST_DIRECTORY_BRANCH": "agreed",
        "FINGERPOST_DIRECTORY_SIGNED": "1",
    }
    assert source_of(told) == Source("upstream", "agreed", True)
