"""The public directory: found, complete, escaped, refused where it must be; notes from readers; the feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.web import reader_notes
from bot.web.directory_entry import age_words
from bot.web.reader_notes import NoteRefused, add_note, cleaned, notes
from services_directory import live
from services_directory.directory import Directory
from services_directory.exchange.schemas import faults
from services_directory.findings import Finding
from services_directory.loading import directory
from services_directory.model import Evidence
from tests.bot.pages_server import served

BOOK = directory()
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{7*7}} .*(?:x)"


class Parsed(HTMLParser):
    """What a page holds: its elements with their attributes, and the text of each kind."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def links(self) -> list[str]:
        return [str(attrs.get("href")) for tag, attrs in self.elements if tag == "a"]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    monkeypatch.setenv("FINGERPOST_AS_OF", "2026-11-22")


def get(url: str, **options: Any) -> Parsed:
    answer = requests.get(url, timeout=10, **options)
    assert answer.status_code == 200, answer.text
    return Parsed(answer.text)


def found(url: str) -> list[str]:
    """The ids of the services on a page of results."""
    links = get(url).links()
    return [link.removeprefix("/directory/") for link in links if link.startswith("/directory/")]


# The pages


def test_every_service_is_on_some_page_of_the_list_once(site: str) -> None:
    ids: list[str] = []
    for number in range(1, 10):
        ids += found(f"{site}/directory?page={number}") if number <= 4 else []
    assert sorted(ids) == sorted(BOOK.services)


def test_every_service_has_a_page_with_the_age_of_each_source(site: str) -> None:
    for service in BOOK.services.values():
        page = get(f"{site}/directory/{service.id}")
        assert service.name in page.text
        for source in service.sources:
            said = f"{source.cite} ({age_words(source.dated, date(2026, 11, 22))})"
            used = {c.source for c in service.criteria} | {r.source for r in service.routes}
            if source.id in used:
                assert " ".join(said.split()) in page.text, service.id


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=access+to+work", "access-to-work"),
        ("q=atw", "access-to-work"),
        ("q=WORKWELL+manch", "workwell-gm"),
        ("q=samaritans", "samaritans"),
    ],
)
def test_words_find_a_service_by_name_and_alias(site: str, query: str, first: str) -> None:
    assert first in found(f"{site}/directory?{query}")[:3]


def test_filters_narrow_the_list_together(site: str) -> None:
    ids = found(f"{site}/directory?need=employment&area=salford&status=open&who=gp")
    assert ids
    for service in (BOOK.services[name] for name in ids):
        assert "employment" in service.needs
        assert any(BOOK.areas.contains(area, "salford") for area in service.areas)
        assert any("gp" in route.who for route in service.routes)


def test_the_form_keeps_what_was_asked(site: str) -> None:
    page = get(f"{site}/directory?q=job+%22help%22&area=bury")
    box = next(attrs for tag, attrs in page.elements if attrs.get("id") == "q")
    chosen = [a["value"] for tag, a in page.elements if tag == "option" and "selected" in a]
    assert box["value"] == 'job "help"'
    assert chosen == ["", "bury", "", ""]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=x",
        "q=" + "x" * 3000,
        "q=%00%ff",
        "a=b",
    ],
)
def test_odd_questions_get_a_page_all_the_same(site: str, query: str) -> None:
    assert get(f"{site}/directory?{query}").text


def test_an_unknown_filter_is_said_to_be_left_out(site: str) -> None:
    assert "There is no area: <b>atlantis</b>" in get(f"{site}/directory?area=<b>atlantis</b>").text


def test_an_ended_service_says_so_and_leads_to_its_successor(site: str) -> None:
    page = get(f"{site}/directory/working-well-ips-primary-care")
    assert "Ended (since 31 March 2025)" in page.text
    assert "/directory/connect-to-work-gm" in page.links()
    assert "Nobody has confirmed these facts with the service yet." in page.text
    assert "fingerpost directory history working-well-ips-primary-care" in page.text


def test_nothing_needs_a_script_or_another_server(site: str) -> None:
    for path in ("", "/access-to-work", "/access-to-work/wrong", "?q=work"):
        page = get(f"{site}/directory{path}")
        assert not [tag for tag, attrs in page.elements if tag in ("script", "iframe", "style")]
        for tag, attrs in page.elements:
            assert "style" not in attrs and not any(name.startswith("on") for name in attrs)
            if tag in ("link", "img"):
                assert str(attrs.get("href") or attrs.get("src")).startswith("/static/")


@pytest.mark.parametrize("path", ["nobody", "nobody/wrong", "..%2f..%2fetc", "<script>"])
def test_an_address_without_a_service_is_told_in_a_page(site: str, path: str) -> None:
    answer = requests.get(f"{site}/directory/{path}", timeout=10)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_text_of_an_entry_is_never_markup(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = BOOK.services["working-well-ips-primary-care"]
    evil = replace(
        old,
        id="evil",
        name=EVIL,
        aliases=(EVIL,),
        provider=EVIL,
        offers=EVIL,
        hours=EVIL,
        cautions=(EVIL,),
        replaced_by=("javascript:alert(3)",),
        criteria=tuple(replace(c, says=EVIL) for c in old.criteria),
        routes=tuple(
            replace(r, how=EVIL, web=f"javascript:{EVIL}", phone=EVIL, email=EVIL)
            for r in old.routes
        ),
        evidence=(Evidence(EVIL, EVIL, old.evidence[0].source),),
        sources=tuple(replace(s, cite=EVIL) for s in old.sources),
    )
    book = Directory({"evil": evil}, BOOK.words, BOOK.areas)
    monkeypatch.setattr(live, "current", lambda: book)
    told = (Finding("/somewhere/private/evil.yml", 3, "error", EVIL),)
    monkeypatch.setattr(live, "problems", lambda: told)
    for path in ("/directory", "/directory?q=script", "/directory/evil", "/directory/evil/wrong"):
        page = get(site + path)
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "img"}, path
        assert not any(a.startswith("on") for _, attrs in page.elements for a in attrs)
        assert not any(link.startswith("javascript:") for link in page.links())
        assert "{{7*7}}" in page.text
        assert "/somewhere/private" not in page.text
    assert "evil.yml, line 3" in get(f"{site}/directory").text


def test_a_rehearsal_says_so_on_every_page(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "rehearsing", lambda: True)
    assert "nobody has approved" in get(f"{site}/directory/access-to-work").text


def test_the_pages_carry_the_strict_policy(site: str) -> None:
    headers = requests.get(f"{site}/directory", timeout=10).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


# Notes from readers


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


# The feed


def test_the_feed_is_json_that_may_be_kept_for_a_while(site: str) -> None:
    answer = requests.get(f"{site}/openreferral/services", timeout=10)
    assert faults("services", answer.json()) == []
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = requests.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=10)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["", "/", "/services/access-to-work", "/taxonomies"])
def test_each_path_of_the_feed_answers(site: str, path: str) -> None:
    assert requests.get(f"{site}/openreferral{path}", timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("services?page=99", 404), ("services?day=MO", 400), ("a/b/c", 404)]
)
def test_errors_of_the_feed_are_json_and_not_kept(site: str, path: str, status: int) -> None:
    answer = requests.get(f"{site}/openreferral/{path}", timeout=10)
    assert answer.status_code == status and answer.json()["error"]["message"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_other_websites_may_read_the_feed_of_a_public_server_and_nothing_else() -> None:
    with served("0.0.0.0") as url:
        other = {"Origin": "https://finder.example"}
        for path, status in (
            ("/openreferral/services", 200),
            ("/openreferralx", 403),
            ("/directory", 403),
        ):
            assert requests.get(url + path, headers=other, timeout=10).status_code == status
        assert (
            requests.post(f"{url}/openreferral/services", headers=other, timeout=10).status_code
            == 403
        )


def test_on_a_clinician_s_own_machine_other_websites_may_read_nothing(site: str) -> None:
    other = {"Origin": "https://finder.example"}
    assert requests.get(f"{site}/openreferral", headers=other, timeout=10).status_code == 403
