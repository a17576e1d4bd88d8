"""Notes that readers leave on the directory's pages: taken, cleaned, refused, forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import requests

from bot.web import reader_notes
from bot.web.reader_notes import NoteRefused, add_note, cleaned, notes
from cli.main import main
from services_directory.keeping.home import read_home
from services_directory.keeping.notes import append_note, still_right_note
from services_directory.verifications import fingerprint
from tests.bot.pages_server import Parsed, served

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    monkeypatch.setenv("FINGERPOST_AS_OF", "2026-11-22")


def send(site: str, text: str, page: str = "", **headers: str) -> requests.Response:
    body = {"text": text, "page": page}
    return requests.post(f"{site}/directory/acas/wrong", body, headers=headers, timeout=10)


def test_a_note_is_kept_without_identifiers_and_shown_as_kept(site: str) -> None:
    page = "https://www.example.org/new-number"
    answer = send(
        site, "Mrs Jane Smith on 07700 900123 says the number is wrong", page, Origin=site
    )
    assert answer.status_code == 200
    (kept,) = notes()
    assert (kept.service, kept.page) == ("acas", page)
    assert "Jane" not in kept.text and "900123" not in kept.text
    assert "says the number is wrong" in kept.text
    assert kept.text in Parsed(answer.text).text
    files = b"".join(path.read_bytes() for path in reader_notes.notes_file().parent.iterdir())
    assert b"Jane" not in files and b"900123" not in files


def test_a_note_from_another_website_is_refused(site: str) -> None:
    for origin in ("https://evil.example", "null"):
        assert send(site, "Spam", Origin=origin).status_code == 403
    assert notes() == ()


def test_the_form_s_page_lets_browsers_name_their_origin(site: str) -> None:
    answer = requests.get(f"{site}/directory/acas/wrong", timeout=10)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    form = next(attrs for tag, attrs in Parsed(answer.text).elements if tag == "form")
    assert (form["method"], form["action"]) == ("post", "/directory/acas/wrong")
    assert "Write about the service only" in Parsed(answer.text).text


@pytest.mark.parametrize(
    ("text", "page", "said"),
    [
        ("", "", "Write what is wrong"),
        (" \n\t\x00 ", "", "Write what is wrong"),
        ("x" * 1001, "", "at most 1000 characters"),
        ("wrong", "javascript:alert(1)", "must be an address"),
        ("wrong", "https://jane.smith@evil.example/", "must be an address"),
        ("wrong", "https://x.example/" + "a" * 400, "must be an address"),
        ("wrong", "not a page", "must be an address"),
    ],
)
def test_a_note_that_cannot_be_taken_is_sent_back_with_the_words(
    site: str, text: str, page: str, said: str
) -> None:
    answer = send(site, text, page)
    assert answer.status_code == 400
    assert said in Parsed(answer.text).text
    assert "<script" not in answer.text
    assert notes() == ()
    if text == "wrong":
        box = re.search(r"<textarea[^>]*>([^<]*)</textarea>", answer.text)
        assert box is not None and box.group(1) == "wrong"


def test_a_thousand_characters_with_line_breaks_are_taken(site: str) -> None:
    # Browsers count a line break as one character, and send two.
    assert send(site, "\r\n".join(["word"] * 200)).status_code == 200


def test_nothing_after_the_question_mark_of_a_page_is_kept() -> None:
    assert cleaned("x", "https://x.example/a?name=jane#smith")[1] == "https://x.example/a"


def test_the_same_note_is_kept_once_and_all_end_after_a_year(tmp_path: Path) -> None:
    base = tmp_path / "n.db"
    for _ in range(3):
        add_note("acas", "The link is broken", "", NOW, base)
    assert len(notes(file=base)) == 1
    add_note("acas", "Another", "", NOW + timedelta(days=400), base)
    assert [note.text for note in notes("acas", base)] == ["Another"]
    assert notes("samaritans", base) == ()


def test_the_keeper_s_mail_says_what_readers_wrote_until_somebody_has_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_note("access-to-work", "The line rings out", "https://x.example/a", NOW)
    assert main(["directory", "stale", "--as-of", "2026-11-23"]) == 0
    mail = capsys.readouterr().out
    assert "* Access to Work grant (access-to-work): somebody says it needs a change." in mail
    said = "Said since: 2026-11-22 (a reader of the public page): The line rings out (page: https://x.example/a)"
    assert said in mail
    checked = still_right_note(
        "access-to-work", date(2026, 11, 23), "Work lead", facts_of("access-to-work")
    )
    append_note(checked, tmp_path / "maintenance.jsonl")
    main(["directory", "stale", "--as-of", "2026-11-24"])
    assert "The line rings out" not in capsys.readouterr().out


def facts_of(service: str) -> str:
    node = read_home().tree.by_id[service].node
    assert node is not None
    return fingerprint(node)


def test_a_flood_of_notes_is_stopped(tmp_path: Path) -> None:
    base = tmp_path / "n.db"
    for number in range(reader_notes.MOST_AN_HOUR):
        add_note("acas", f"The link on line {number} is broken", "", NOW, base)
    with pytest.raises(NoteRefused) as stopped:
        add_note("acas", "One more", "", NOW + timedelta(minutes=1), base)
    assert stopped.value.busy
    add_note("acas", "Later", "", NOW + timedelta(hours=2), base)


def test_notes_that_cannot_be_kept_are_told(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", "/dev/null/nowhere")
    answer = send(site, "The link is broken")
    assert answer.status_code == 503
    assert "could not be kept" in Parsed(answer.text).text
