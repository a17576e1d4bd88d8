"""A broken or half-saved file never takes the assistant down."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from services_directory import live
from services_directory.findings import has_errors
from services_directory.live import LiveDirectory
from services_directory.loading import directory

GOOD = """\
id: {id}
name: {name}
areas: [england]
needs: [money]
kind: advice
status: open
confidence: high
sources: [{{id: page, cite: A page}}]
"""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def write(folder: Path, name: str, text: str | None = None) -> Path:
    path = folder / f"{name}.yml"
    path.write_text(GOOD.format(id=name, name=name.title()) if text is None else text)
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tree(tmp_path: Path, clock: Clock) -> tuple[Path, LiveDirectory, Clock]:
    write(tmp_path, "one")
    write(tmp_path, "two")
    return tmp_path, LiveDirectory(tmp_path, 2.0, clock), clock


Tree = tuple[Path, LiveDirectory, Clock]


def test_an_edit_is_in_use_within_the_poll_interval(tree: Tree) -> None:
    folder, book, clock = tree
    before = book.revision()
    write(folder, "one", GOOD.format(id="one", name="Renamed"))
    clock.now = 1.9
    assert book.current().services["one"].name == "One"
    clock.now = 2.0
    assert book.current().services["one"].name == "Renamed"
    assert book.problems() == ()
    assert book.revision() != before


@pytest.mark.parametrize(
    "broken",
    ["", "id: one\nname: [", "id: one\nnam: One\n", "\tid: one", "\udcff", GOOD * 2],
    ids=["empty", "half-saved", "misspelt", "tab", "bytes", "doubled"],
)
def test_the_last_good_version_of_a_broken_entry_stays(tree: Tree, broken: str) -> None:
    folder, book, clock = tree
    path = folder / "one.yml"
    path.write_bytes(broken.encode("utf-8", "surrogateescape"))
    clock.now += 2
    assert book.current().services["one"].name == "One"
    assert set(book.current().services) == {"one", "two"}
    (problem, *_) = book.problems()
    assert problem.path == str(path)
    assert "the version read before stays in use" in problem.message
    write(folder, "one", GOOD.format(id="one", name="Mended"))
    clock.now += 2
    assert book.current().services["one"].name == "Mended"
    assert book.problems() == ()


def test_a_new_broken_entry_is_left_out_and_said(tree: Tree) -> None:
    folder, book, clock = tree
    write(folder, "three", "id: three\n")
    clock.now += 2
    assert set(book.current().services) == {"one", "two"}
    assert all("left out" in problem.message for problem in book.problems())


def test_an_entry_can_be_deleted_but_not_all_at_once(tree: Tree) -> None:
    folder, book, clock = tree
    (folder / "two.yml").unlink()
    clock.now += 2
    assert set(book.current().services) == {"one"}
    (folder / "one.yml").unlink()
    clock.now += 2
    assert set(book.current().services) == {"one"}
    assert "stay in use" in book.problems()[0].message
    write(folder, "four")
    clock.now += 2
    assert set(book.current().services) == {"four"}


def test_at_start_the_committed_version_stands_in(tmp_path: Path) -> None:
    path = write(tmp_path, "one")

    def git(*words: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    clean = LiveDirectory(tmp_path, None)
    assert not clean.revision().startswith("files-")
    path.write_text("id: [")
    book = LiveDirectory(tmp_path, None)
    assert book.current().services["one"].name == "One"
    assert "last commit" in book.problems()[0].message
    assert book.revision().startswith("files-")


def test_two_entries_with_one_id_are_told_and_the_first_stays(tree: Tree) -> None:
    folder, book, clock = tree
    (folder / "zwei.yml").write_text(GOOD.format(id="two", name="Zwei"))
    clock.now += 2
    assert book.current().services["two"].name == "Two"
    assert "already stands in" in book.problems()[0].message


def test_a_copy_with_an_earlier_name_takes_no_one_s_place(tree: Tree) -> None:
    folder, book, clock = tree
    (folder / "copy-of-two.yml").write_text(GOOD.format(id="two", name="Zwei"))
    clock.now += 2
    assert book.current().services["two"].name == "Two"
    (problem,) = book.problems()
    assert problem.path.endswith("copy-of-two.yml")
    assert f"the id 'two' already stands in {folder.name}/two.yml" in problem.message


def test_changed_words_and_places_ask_for_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    entries, words = tmp_path / "entries", tmp_path / "vocabulary"
    entries.mkdir()
    words.mkdir()
    write(entries, "one")
    term = write(words, "goal", "key: goal\n")
    monkeypatch.setattr(live, "VOCABULARY_FOLDER", words)
    book = LiveDirectory(entries, 2.0, clock)
    assert book.problems() == ()
    term.write_text("key: goal\nlabel: another\n")
    clock.now += 2
    (told,) = book.problems()
    assert told.path == str(term) and "once the assistant is restarted" in told.message
    term.write_text("key: goal\n")
    os.utime(term, ns=book._word_stamps[term][:1] * 2)
    clock.now += 2
    assert book.problems() == (), "as it was at the start"


def test_the_shipped_directory_is_good() -> None:
    # A file of words that somebody edits meanwhile brings a warning, and no more.
    assert not has_errors(live.problems())
    assert live.current() is directory()
    assert live.revision()


def test_an_edit_while_it_runs_marks_the_rehearsal(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, book, clock = tree
    monkeypatch.setattr(live, "shipped", lambda: book)
    assert not live.rehearsing()
    write(folder, "one", GOOD.format(id="one", name="Renamed"))
    clock.now += 2
    assert live.rehearsing()
    monkeypatch.setenv("FINGERPOST_DIRECTORY_MODE", "live")
    assert not live.rehearsing(), "where only approved versions are served, an edit shows nowhere"


def test_a_rehearsal_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not live.rehearsing()
    monkeypatch.setenv("FINGERPOST_REHEARSAL", "1")
    assert live.rehearsing()
    assert live.revision().startswith("rehearsal-")
    assert set(live.current().services) == set(directory().services)
