"""The public directory: found, complete, escaped; nothing needs a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.web.directory_entry import age_words
from bot.web.directory_results import PAGE_SIZE
from services_directory import live
from services_directory.directory import Directory
from services_directory.findings import Finding
from services_directory.loading import directory
from services_directory.model import Evidence
from tests.bot.pages_server import Parsed, served

BOOK = directory()
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{7*7}} .*(?:x)"


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
    for number in range(1, ceil(len(BOOK.services) / PAGE_SIZE) + 1):
        ids += found(f"{site}/directory?page={number}")
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


def test_an_old_name_leads_to_the_service_and_machine_names_are_not_shown(site: str) -> None:
    answer = requests.get(f"{site}/directory/ww-whp", timeout=10)
    assert answer.url == f"{site}/directory/working-well-work-and-health-programme"
    assert answer.status_code == 200
    assert "ww_whp" not in answer.text and "WHP" in Parsed(answer.text).text
    for name in ("IAPT", "nothing-like-it"):
        missed = requests.get(f"{site}/directory/{name}", timeout=10)
        assert missed.status_code == 404, "a name of several services, and of none"


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
