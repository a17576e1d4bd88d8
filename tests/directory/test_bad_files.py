"""Whatever a file holds, checking it ends in findings: one line each, with a place, and no traceback.

What a run of these tests finds is kept in ``bad_files/`` and tried again by every later run.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services_directory.areas import areas
from services_directory.checking import Surroundings, check_entry, check_path
from services_directory.checks.references import check_references
from services_directory.entry_reader import EntryReader, ReadEntry
from services_directory.entry_tree import entry_files
from services_directory.findings import Finding
from services_directory.loading import ENTRIES_FOLDER, directory
from services_directory.question_texts import question_texts
from services_directory.schema import service_schema
from services_directory.vocabulary import vocabulary
from services_directory.yaml_files import read_yaml

DAY = date(2026, 11, 22)
READER = EntryReader(vocabulary(), areas())
SURROUNDINGS = Surroundings(directory(), (), frozenset(question_texts()), DAY)
FILES = list(entry_files(ENTRIES_FOLDER))
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]
ENTRIES = [read_yaml(path) for path in FILES]
KEPT = sorted((Path(__file__).parent / "bad_files").glob("*.yml"))
LINE = re.compile(r"[^\n]+:\d+: (error|warning): [^\n]+")
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def findings_of(entry: ReadEntry) -> list[Finding]:
    found = [*entry.findings, *check_entry(entry, SURROUNDINGS), *check_references((entry,))]
    for finding in found:
        assert LINE.fullmatch(str(finding)), repr(finding)
        assert str(finding).isprintable(), repr(finding)
        assert len(finding.message) < 1000, finding
    if entry.service is None:
        assert any(finding.severity == "error" for finding in entry.findings)
    return found


def check(text: str) -> list[Finding]:
    return findings_of(READER.parse_entry(text, "fuzzed.yml"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_kept_bad_files_are_told_and_nothing_else_happens(path: Path) -> None:
    found = findings_of(READER.read_entry(path))
    assert any(finding.severity == "error" for finding in found), "a bad file was read as an entry"


@MANY
@given(st.text())
@example("a: \x85b")
@example("\ufeff")
@example("? - a\n: b")
@example("- - - - " * 10_000)
@example("[" * 10_000)
@example("a: &a [*a, *a]")
@example("!!python/object/apply:os.system ['true']")
@example("{a: b, a: c, [x]: y}")
@example("%TAG ! tag:x,2000:\n---\n!a b")
def test_any_text(text: str) -> None:
    assert check(text)


@MANY
@given(data=st.binary())
@example(data=b"id: caf\xe9")
@example(data="id: x".encode("utf-16"))
def test_any_bytes(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any_bytes.yml"
    path.write_bytes(data)
    assert findings_of(READER.read_entry(path))


YAML_BITS = st.sampled_from(
    [
        "\t",
        ": ",
        "- ",
        "\n",
        "'",
        '"',
        "[",
        "{",
        "&x ",
        "*x",
        "!!set ",
        "---\n",
        "#",
        "|",
        "<<: ",
        "?",
    ]
)


@st.composite
def mangled_texts(draw: st.DrawFn) -> str:
    """A shipped entry with pieces cut out, doubled, or strange marks put in."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 80)))
        middle = draw(
            st.one_of(st.just(""), YAML_BITS, st.text(max_size=8), st.just(text[start:end] * 2))
        )
        text = text[:start] + middle + text[end:]
    return text


@MANY
@given(mangled_texts())
def test_a_shipped_entry_mangled_as_text(text: str) -> None:
    check(text)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=12),
        st.sampled_from(
            ["any", "none", "2026-02-30", "known", "eligible", "a@b.c", "07700 900123"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["any", "all", "not", "age", "conditions", "min", "id", "area", "x"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (container, key) for every place below ``value``."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in list(keys):
        yield value, key
        yield from places(value[key])


@st.composite
def entries_with_wrong_values(draw: st.DrawFn) -> dict[str, Any]:
    """A shipped entry with the value at one to three places replaced by any other."""
    entry = copy.deepcopy(draw(st.sampled_from(ENTRIES)))
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(entry))
        holder, key = found[draw(st.integers(0, len(found) - 1))]
        holder[key] = draw(VALUES)
    return dict(entry)


@MANY
@given(entries_with_wrong_values())
def test_a_shipped_entry_with_values_of_the_wrong_kind(entry: dict[str, Any]) -> None:
    check(json.dumps(entry))


@MANY
@given(
    st.dictionaries(
        st.sampled_from(sorted(service_schema(vocabulary(), areas())["properties"])), VALUES
    )
)
def test_any_values_under_the_known_keys(entry: dict[str, Any]) -> None:
    assert check(json.dumps(entry))


def test_a_tree_of_odd_files_is_told_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "folder.yml").mkdir()
    (tmp_path / "loop.yml").symlink_to(tmp_path / "loop.yml")
    (tmp_path / "big.yml").write_bytes(b"id: " + b"x" * 10_000_000)
    (tmp_path / "unread.yaml").write_text("id: x")
    (tmp_path / "_folder.yml").write_text("owner_role: [x]\nmax_age_months: 999\nowner: y\n")
    found = [str(finding) for finding in check_path(tmp_path, DAY)]
    assert all(LINE.fullmatch(line) for line in found)
    said = "\n".join(found)
    for words in (
        "folder.yml:1: error: is no ordinary file",
        "loop.yml:1: error: is no ordinary file",
        "big.yml:1: error: is 10.0 MB",
        "unread.yaml:1: warning: is not read",
        "_folder.yml:1: error: owner_role",
        "_folder.yml:2: error: max_age_months",
        "_folder.yml:3: error: folder: unknown key 'owner'",
    ):
        assert words in said, words
