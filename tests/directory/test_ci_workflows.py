"""The ready workflows: their commands exist, and their steps do what the comment says, run here by bash."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.directory import VERBS
from services_directory.keeping.home import Home
from tests.directory.checkouts import ENV, directory_at, edit, entry_file, git

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "ci"
WORKFLOWS = sorted(FOLDER.glob("directory-*.yml"))


def steps(name: str) -> list[dict[str, Any]]:
    (job,) = yaml.safe_load((FOLDER / name).read_text())["jobs"].values()
    return list(job["steps"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_in_it_exists(path: Path) -> None:
    text = path.read_text()
    verbs = set(re.findall(r"fingerpost directory (\w+)", text))
    assert verbs and verbs <= set(VERBS)
    workflow = yaml.safe_load(text)
    assert workflow["permissions"]["contents"] in ("read", "write")
    for step in steps(path.name):
        # What somebody typed or named reaches the shell as a value, never as part of the script.
        assert "${{" not in step.get("run", ""), step


def test_a_proposal_brings_its_data_and_not_its_code() -> None:
    for step in steps("directory-check.yml"):
        if "run" in step:
            assert step.get("working-directory") == "code" or ".venv" not in step["run"]
            read = re.findall(r" \.\./edit/\S*", step["run"])
            assert set(read) <= {" ../edit/services_directory"}
    workflow = yaml.safe_load((FOLDER / "directory-check.yml").read_text())
    assert "pull_request" in workflow[True] and "pull_request_target" not in workflow[True]


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Home, str]:
    """A runner's folder: the code (this checkout) and somebody's edit."""
    home = directory_at(tmp_path / "edit")
    base = git(tmp_path / "edit", "rev-parse", "HEAD")
    (tmp_path / "code" / ".venv" / "bin").mkdir(parents=True)
    command = tmp_path / "code" / ".venv" / "bin" / "fingerpost"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m cli.main "$@"\n')
    command.chmod(0o755)
    return tmp_path, home, base


def run_check(folder: Path, base: str) -> tuple[str, int]:
    """Run the steps of the check; return the comment and the last step's exit code."""
    env = {
        **ENV,
        "BASE": base,
        "FINGERPOST_AS_OF": "2026-11-22",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    code = 0
    for step in steps("directory-check.yml"):
        if "run" not in step or step["name"] in ("Install", "Comment"):
            continue
        where = folder / step.get("working-directory", ".")
        # As the runner does: bash, stopping at the first error.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        output = folder / "output"
        said = output.read_text() if output.exists() else ""
        env["CODE"] = next((x.split("=")[1] for x in said.split() if x.startswith("code=")), "")
        code = subprocess.run(command, cwd=where, env=env, capture_output=True).returncode
    return (folder / "comment.md").read_text(), code


pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the workflows are for bash")


def test_the_comment_says_what_changes_for_whom(place: tuple[Path, Home, str]) -> None:
    folder, home, base = place
    edit(home, "age: {min: 18}", "age: {min: 60}")
    edit(home, "case: {area: oldham, age: 40,", "case: {area: oldham, age: 62,")
    comment, code = run_check(folder, base)
    assert code == 0, comment
    assert "### The directory check found no errors" in comment
    assert "now for people who are aged 60 or over" in comment
    assert "Refugee learning English, Oldham" in comment
    assert (folder / "summary.md").read_text() == comment
    assert str(folder) not in comment


def test_an_edit_with_errors_is_stopped(place: tuple[Path, Home, str]) -> None:
    folder, home, base = place
    edit(home, "needs: [employment, social]", "needs: [employmint]")
    comment, code = run_check(folder, base)
    assert code == 1
    assert "### The directory check found errors" in comment
    assert "job-garden.yml:6: error: needs: 'employmint' is not known; did you mean" in comment


def test_advice_is_on_the_files_of_the_edit_alone(place: tuple[Path, Home, str]) -> None:
    folder, home, _ = place
    old = entry_file(home).read_text().replace("source_date: 2026-10-01", "source_date: 2020-10-01")
    entry_file(home).write_text(old)
    other = old.replace("id: job-garden", "id: other").replace("Job Garden", "Other")
    entry_file(home, "other").write_text(other)
    git(folder / "edit", "add", ".")
    git(folder / "edit", "commit", "-m", "Two old entries")
    base = git(folder / "edit", "rev-parse", "HEAD")
    edit(home, "age: {min: 18}", "age: {min: 19}")
    comment, _ = run_check(folder, base)
    assert "job-garden.yml:" in comment and "its facts are 73 months old" in comment
    assert "other.yml" not in comment.split("### What this edit changes")[0]


def test_nothing_in_an_entry_becomes_markup(place: tuple[Path, Home, str]) -> None:
    folder, home, base = place
    evil = "~~~~ <img src=x> [click](https://evil.example) @everyone"
    edit(home, "name: Job Garden", f'name: "{evil}"')
    entry_file(home, "broken").write_text(f"id: broken\nneeds: ['{evil}']\n")
    comment, _ = run_check(folder, base)
    fences = [line for line in comment.splitlines() if line.startswith("~~~~")]
    inside, depth = False, ""
    for line in comment.splitlines():
        if not inside and re.fullmatch(r"~{4,}text", line):
            inside, depth = True, line.removesuffix("text")
        elif inside and line == depth:
            inside = False
        elif "evil.example" in line:
            assert inside, line
    assert not inside and len(fences) >= 4


@pytest.mark.parametrize("name", ["directory-check.yml", "directory-approve.yml"])
def test_it_is_documented(name: str) -> None:
    assert f"docs/ci/{name}" in (ROOT / "docs" / "maintainers.md").read_text().replace(
        "](ci/", "](docs/ci/"
    )
