"""One page of results of the directory, as plain data for the template. Pure: from directory and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from urllib.parse import urlencode

from services_directory.areas import ROOT, Areas
from services_directory.directory import Directory
from services_directory.model import OTHER_REFERRERS, ROLES, STATUSES, Service
from services_directory.plain_english import STATUS_WORDS
from services_directory.reasons import age_of_facts
from services_directory.search import Query, search
from services_directory.status import status_on

PAGE_SIZE = 25
LONGEST_QUERY = 200
_WHO = {
    "gp": "GP",
    "ahp": "allied health professional",
    "reception": "practice reception",
    "patient": "the patient themselves",
}
# Short enough for a label; the long words stand on the service's own page.
STATUS_LABELS = {**STATUS_WORDS, "unverified": "Not known whether open"}


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Result:
    """One line of the results."""

    id: str
    name: str
    status: str
    status_label: str
    offers: str
    areas: str
    needs: str
    age: str


@dataclass(frozen=True)
class ResultPage:
    """One page of results. ``before`` and ``after`` are addresses of the pages beside it, or empty."""

    query: Query
    filters: dict[str, tuple[str, list[Option]]]
    results: list[Result]
    total: int
    page: int
    pages: int
    before: str
    after: str
    unknown: list[str]
    filtered: bool


def who_words(who: str) -> str:
    """Return a role, or whoever else may start a referral, in words."""
    return _WHO.get(who, who.replace("_", " "))


def result_page(params: Mapping[str, str], book: Directory, day: date) -> ResultPage:
    """Return the results for the form's ``params``; a value that is not known is left out and said."""
    asked = {name: params.get(name, "").strip() for name in ("need", "area", "status", "who")}
    known = _choices(book)
    unknown = [f"{name}: {value}" for name, value in asked.items() if value not in known[name]]
    kept = {name: value for name, value in asked.items() if value in known[name]}
    query = Query(words=params.get("q", "").strip()[:LONGEST_QUERY], **kept)
    found = search(query, book, day)
    pages = max(1, ceil(len(found) / PAGE_SIZE))
    page = min(_whole(params.get("page", "")), pages)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    said = {"q": query.words, **kept}
    titles = {"need": "Need", "area": "Area", "status": "Status", "who": "Who may refer"}
    return ResultPage(
        query=query,
        filters={
            name: (title, [Option(v, t, v == kept.get(name, "")) for v, t in known[name].items()])
            for name, title in titles.items()
        },
        results=[_result(service, book, day) for service in shown],
        total=len(found),
        page=page,
        pages=pages,
        before=_address(said, page - 1) if page > 1 else "",
        after=_address(said, page + 1) if page < pages else "",
        unknown=unknown,
        filtered=any(said.values()),
    )


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _address(said: Mapping[str, str], page: int) -> str:
    kept = {name: value for name, value in said.items() if value}
    return f"/directory?{urlencode({**kept, 'page': page})}"


def _choices(book: Directory) -> dict[str, dict[str, str]]:
    return {
        "need": {
            "": "Any",
            **{n: book.words.label("needs", n).capitalize() for n in book.words.needs},
        },
        "area": {"": "Anywhere", **dict(_tree(book.areas, ROOT, 0))},
        "status": {"": "Any", **{status: STATUS_LABELS[status] for status in STATUSES}},
        "who": {"": "Anybody", **{w: first_up(who_words(w)) for w in (*ROLES, *OTHER_REFERRERS)}},
    }


def first_up(text: str) -> str:
    """Return ``text`` with a capital first letter, and all others as they are."""
    return text[:1].upper() + text[1:]


def _tree(areas: Areas, area: str, depth: int) -> Iterable[tuple[str, str]]:
    """Yield the areas from the outside in; an en dash for each step inwards."""
    yield area, f"{'– ' * depth}{areas.label(area)}"
    for inner in areas.by_id.values():
        if inner.parent == area:
            yield from _tree(areas, inner.id, depth + 1)


def _result(service: Service, book: Directory, day: date) -> Result:
    status = status_on(service, day).status
    return Result(
        id=service.id,
        name=service.name,
        status=status,
        status_label=STATUS_LABELS[status],
        offers=service.offers,
        areas=", ".join(book.areas.label(area) for area in service.areas),
        needs=", ".join(book.words.label("needs", need) for need in service.needs),
        age=first_up(age_of_facts(service, day)),
    )
