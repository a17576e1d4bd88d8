"""`fingerpost directory export` and `import`: files, a feed over the network, and plain refusals."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from cli.directory_verbs import export
from cli.main import main
from services_directory.entry_reader import EntryReader
from services_directory.exchange.open_referral import View
from services_directory.exchange.openreferral_feed import answer
from services_directory.loading import ENTRIES_FOLDER, directory

BOOK = directory()
READER = EntryReader(BOOK.words, BOOK.areas)


def run(*words: str) -> int:
    return main(["directory", *words])


@pytest.mark.parametrize("kind", ["oruk", "hsds", "fhir", "csv"])
def test_each_format_is_written(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("export", "--format", kind, "--out", str(out)) == 0
    assert "Access to Work grant" in out.read_text(encoding="utf-8")


def test_nothing_is_written_that_fails_its_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(export._CHECKED, "fhir", lambda view: ({}, ["a fault"]))
    out = tmp_path / "out.json"
    assert run("export", "--format", "fhir", "--out", str(out)) == 1
    assert not out.exists() and "a fault" in capsys.readouterr().err


def test_a_table_goes_out_and_comes_back_as_entries(tmp_path: Path) -> None:
    table, folder = tmp_path / "t.csv", tmp_path / "entries"
    assert run("export", "--format", "csv", "--excel", "--out", str(table)) == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert run("import", str(table), "--out", str(folder)) == 0
    for service in BOOK.services.values():
        assert READER.read(folder / f"{service.id}.yml") == service


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    source = tmp_path / "feed.json"
    source.write_text(json.dumps([{"name": "One"}]), encoding="utf-8")
    kept = tmp_path / "one.yml"
    kept.write_text("mine", encoding="utf-8")
    assert run("import", str(source), "--out", str(tmp_path)) == 1
    assert kept.read_text(encoding="utf-8") == "mine"
    run("import", str(source), "--out", str(tmp_path), "--replace")
    assert "name: One" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-file.json"], "no-such-file.json: No such file"),
        (["no-such-file.csv"], "no-such-file.csv: No such file"),
        (["ftp://x.example/feed"], "is no web address"),
        (["http://127.0.0.1:9/feed"], "cannot be reached from here"),
        (["x.json", "--area", "salfrod"], "no area 'salfrod'"),
        (["x.json", "--out", str(ENTRIES_FOLDER / "england")], "not go among the entries in use"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    more = [] if "--out" in words else ["--out", str(tmp_path)]
    assert run("import", *words, *more) == 2
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 1


@pytest.mark.parametrize("body", [b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"contents": 3}', b"7"])
def test_a_file_that_is_no_feed_is_refused(
    body: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "feed.json"
    source.write_bytes(body)
    assert run("import", str(source), "--out", str(tmp_path)) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a feed: our own, served by another server."""
    view = View(BOOK, date(2026, 11, 22))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/feed/")
            found = answer(path, dict(parse_qsl(parts.query)), view)
            body = b"<html>" if "html" in parts.path else json.dumps(found.body).encode()
            self.send_response(found.status if "html" not in parts.path else 200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_feed_is_fetched_page_by_page_and_every_service_whole(feed: str, tmp_path: Path) -> None:
    assert run("import", f"{feed}/feed", "--out", str(tmp_path)) == 0
    assert len(list(tmp_path.glob("*.yml"))) == len(BOOK.services)
    made = READER.read(tmp_path / "access-to-work.yml")
    assert made.status == "unverified"
    assert made.criteria == BOOK.services["access-to-work"].criteria


@pytest.mark.parametrize(
    ("path", "said"), [("html", "gives no JSON"), ("nowhere", "answers 404 Not Found")]
)
def test_an_address_that_is_no_feed_is_told(
    feed: str, path: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", f"{feed}/{path}", "--out", str(tmp_path)) == 2
    assert said in capsys.readouterr().err
