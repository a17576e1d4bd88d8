"""The table for spreadsheets: nothing is lost on the way out and back, and no cell is run as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings

from services_directory.entry_reader import EntryReader
from services_directory.exchange.csv_reading import read_table
from services_directory.exchange.csv_table import COLUMNS, GUARDED, table, unguarded
from services_directory.exchange.written import rule_written, written
from services_directory.exchange.yaml_text import entry_text
from services_directory.loading import directory
from services_directory.model import Expression, Service
from tests.directory.any_service import BOOK, expressions, services

READER = EntryReader(BOOK.words, BOOK.areas)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
GROUPS = BOOK.words.groups


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def same(one: Service | None, other: Service) -> bool:
    # Personas show what an entry does and take no part in its equality; they must come back too.
    return one == other and one is not None and one.personas == other.personas


@pytest.mark.parametrize("mark", [False, True], ids=["plain", "Excel"])
def test_the_shipped_directory_comes_back_whole(mark: bool) -> None:
    shipped = directory().services.values()
    read = read_table(table(shipped, GROUPS, mark), READER)
    assert read.findings == ()
    assert all(same(r.entry.service, s) for r, s in zip(read.rows, shipped, strict=True))


@SLOW
@given(services())
def test_any_service_comes_back_whole(service: Service) -> None:
    text = table([service], GROUPS, mark=True)
    read = read_table(text, READER)
    assert [f for f in read.findings if f.severity == "error"] == []
    assert same(read.rows[0].entry.service, service)
    # The file that is made of a row says the same again.
    assert same(READER.parse_entry(read.rows[0].text, "x.yml").service, service)


@SLOW
@given(services())
def test_no_cell_is_run_as_a_formula(service: Service) -> None:
    for row in cells(table([service])):
        for value in row.values():
            assert not value.startswith(tuple(c for c in GUARDED if c != "'"))


@SLOW
@given(services())
def test_a_spreadsheet_that_saves_the_table_again_changes_nothing(service: Service) -> None:
    rows = cells(table([service]))
    saved = io.StringIO()
    writer = csv.DictWriter(saved, COLUMNS, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    assert same(read_table("\ufeff" + saved.getvalue(), READER).rows[0].entry.service, service)


@SLOW
@given(expressions())
def test_any_rule_comes_back(rule: Expression) -> None:
    text = entry_text({"rule": rule_written(rule, GROUPS)}).removeprefix("rule: ")
    assert READER.rule(text) == rule


def test_a_file_made_of_an_entry_says_the_same() -> None:
    for service in directory().services.values():
        read = READER.parse_entry(entry_text(written(service, GROUPS)), f"{service.id}.yml")
        assert read.findings == ()
        assert same(read.service, service)


def test_a_rule_reads_as_an_entry_does() -> None:
    row = next(r for r in cells(table(directory().services.values(), GROUPS)) if r["id"] == "acas")
    first = row["criteria"].split("\n\n")[0]
    assert first.splitlines()[:3] == [
        "id: job",
        "says: Has an employer, or a job to start (not self-employed)",
        "source: statement",
    ]


HEAD = "id,name,areas,needs,kind,status,confidence,source_date,sources\r\n"
GOOD = 'x,X,salford,employment,coaching,open,low,2026-02-09,"id: a\ncite: A"\r\n'


def test_a_day_as_british_spreadsheets_write_it() -> None:
    read = read_table(HEAD + GOOD.replace("2026-02-09", "09/02/2026"), READER)
    assert read.findings == ()
    assert str(read.rows[0].entry.service.source_date) == "2026-02-09"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: error: the table is empty"),
        (HEAD.replace("needs", "need") + GOOD, "1: error: no column 'need'; did you mean 'needs'?"),
        (HEAD.replace("name", "id") + GOOD, "1: error: the column 'id' stands twice"),
        (HEAD + GOOD.replace("salford", "salfrod"), "2: error: column areas: areas: 'salfrod'"),
        (HEAD + GOOD.replace("coaching", "advise"), "2: error: column kind: kind: 'advise'"),
        (HEAD + GOOD.replace("2026-02-09", "Feb 26"), "2: error: column source_date: "),
        (HEAD + GOOD.replace("cite: A", "cite"), "2: error: column sources: block 1"),
        (HEAD + GOOD.replace("cite: A", "cite: !!python/x A"), "drop the tag"),
        (HEAD + GOOD.replace("cite: A", "cite: &a A"), "drop the anchor"),
        (HEAD + GOOD + GOOD, "3: error: the id 'x' stands in row 2 already"),
        (HEAD + GOOD.replace("x,X", "x,"), "'name' is missing"),
        (HEAD + GOOD.replace("\r\n", ",more\r\n"), "has more cells than there are columns"),
        ('id\r\n"' + "x" * 2_000_000 + '"\r\n', "2: error: is not CSV from here on"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(text: str, said: str) -> None:
    found = [str(finding) for finding in read_table(text, READER).findings]
    assert any(said in line for line in found), found


def test_taking_an_apostrophe_away_is_always_right() -> None:
    assert unguarded("'=1") == "=1"
    assert unguarded("''x") == "'x"
    # Typed by a person: an apostrophe that guards nothing is part of the text.
    assert unguarded("'tis") == "'tis"
