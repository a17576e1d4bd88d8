"""`fingerpost directory` from the command line: exit codes, one line a finding, lists."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.main import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["directory", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check_of_the_shipped_directory_passes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--as-of", "2026-11-22")
    assert code == 0
    assert err.startswith("0 errors, ")
    assert all(re.fullmatch(r".+\.yml:\d+: warning: .+", line) for line in out.splitlines())


def test_the_list_stays_readable_in_a_narrow_window(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = run(capsys, "list", "--status", "closed", "--as-of", "2026-11-22")
    rows = [line.split() for line in out.splitlines()[1:-1]]
    assert rows and all(row[1] == "closed" for row in rows), "one line an entry"


def test_check_of_a_bad_entry_fails_with_one_line_a_finding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "bad.yml"
    path.write_text("id: bad\nneeds: [mony]\n")
    code, out, _ = run(capsys, "check", str(path))
    assert code == 1
    assert f"{path}:2: error: needs: 'mony' is not known; did you mean 'money'?" in out.splitlines()


def test_warnings_fail_only_a_strict_check(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("check", "services_directory/entries/england/acas.yml", "--as-of", "2026-11-22")
    assert run(capsys, *words)[0] == 0
    assert run(capsys, *words, "--strict")[0] == 1
    assert run(capsys, *words, "--no-warnings")[1] == ""


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, out, _ = run(capsys, "list", "--json", "--as-of", "2026-11-22", *words)
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    everything = rows(capsys)
    assert len(everything) >= 100
    by_id = {row["id"]: row for row in everything}
    assert by_id["restart-scheme-gm"]["status"] == "closed"
    assert by_id["restart-scheme-gm"]["since"] == "2026-06-30"
    assert by_id["acas"]["stale"] is True


def test_list_filters(capsys: pytest.CaptureFixture[str]) -> None:
    here = {row["id"] for row in rows(capsys, "--area", "oldham")}
    assert {"get-oldham-working", "workwell-gm", "acas"} <= here
    assert "maes" not in here
    ended = rows(capsys, "--status", "ended")
    assert ended and {row["status"] for row in ended} == {"ended"}
    old = rows(capsys, "--age", "24")
    assert old and all(row["age_months"] is None or row["age_months"] > 24 for row in old)


def test_list_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list", "--area", "oldham")
    assert code == 0
    assert "get-oldham-working" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "usage: fingerpost directory VERB"),
        (("chek",), 2, "no verb `chek`"),
        (("list", "--area", "oldam"), 2, "did you mean 'oldham'?"),
    ],
)
def test_mistakes_on_the_command_line(
    words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _, err = run(capsys, *words)
    assert found == code
    assert said in err


def test_the_schema_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "schema", "--check")[0] == 0
