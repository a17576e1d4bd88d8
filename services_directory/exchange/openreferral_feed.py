"""The paths of an Open Referral UK 3.0 feed: pages, single things, and refusals that say what is wrong.

``answer`` is the whole feed as a function; the server only adds headers. What the standard lets a client
ask and we cannot tell (opening times by the clock, distance) is refused rather than left out, so that
nobody takes an unfiltered list for a filtered one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from services_directory.exchange import openreferral_uk as uk
from services_directory.exchange.open_referral import TAXONOMIES, View, ages, uid
from services_directory.model import Service
from services_directory.search import matches_words

PAGE_SIZE = 50
LARGEST_PAGE = 100
PROFILE = "https://docs.openreferraluk.org/en/latest/"
OPENAPI = "https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json"
_PAGING = ("page", "per_page")
_FILTERS = ("search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age")
_CANNOT = {
    "start_time": "opening hours are held as words",
    "end_time": "opening hours are held as words",
    "day": "opening hours are held as words",
    "postcode": "no address of a service is held",
    "proximity": "no address of a service is held",
}

Params = Mapping[str, str]
Shown = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """What a path gives: the HTTP status and the JSON body."""

    status: int
    body: dict[str, Any]


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.answer = Answer(status, {"error": {"code": code, "message": message}})


def answer(path: str, params: Params, view: View) -> Answer:
    """Return what the feed says at ``path`` (below its root, without a leading ``/``)."""
    parts = [part for part in path.split("/") if part]
    try:
        if not parts:
            return Answer(200, {"version": "3.0", "profile": PROFILE, "openapi_url": OPENAPI})
        if parts[0] not in _KINDS or len(parts) > 2:
            known = ", ".join(f"/{kind}" for kind in _KINDS)
            raise _Refused(404, "no_such_path", f"There is: {known}, each also with /{{id}}.")
        kind = _KINDS[parts[0]]
        if len(parts) == 2:
            found = kind.one(parts[1], view)
            if found is None:
                raise _Refused(404, "not_found", "There is nothing with this id.")
            return Answer(200, found)
        _only(params, (*_PAGING, *kind.filters))
        return Answer(200, _page(kind.many(params, view), params))
    except _Refused as refusal:
        return refusal.answer


def _only(params: Params, allowed: tuple[str, ...]) -> None:
    for name in params:
        if name in _CANNOT and name not in allowed:
            said = f"{name} cannot be asked here: {_CANNOT[name]}."
            raise _Refused(400, "not_supported", said)
        if name not in allowed:
            said = f"No such parameter here; there is: {', '.join(allowed)}."
            raise _Refused(400, "unknown_parameter", said)


def _whole(params: Params, name: str, default: int, low: int, high: int | None = None) -> int:
    text = params.get(name, "")
    if not text:
        return default
    # Longer than any list is long; also what keeps the number small.
    good = text.isascii() and text.isdigit() and len(text) <= 9
    number = int(text) if good else -1
    if number < low or (high is not None and number > high):
        upto = f" to {high}" if high is not None else " or more"
        raise _Refused(400, "bad_parameter", f"{name}: write a whole number, {low}{upto}.")
    return number


def _page(items: list[Shown], params: Params) -> dict[str, Any]:
    number = _whole(params, "page", 1, 1)
    size = _whole(params, "per_page", PAGE_SIZE, 1, LARGEST_PAGE)
    pages = max(1, ceil(len(items) / size))
    if number > pages:
        raise _Refused(404, "no_such_page", f"The last page is {pages}.")
    contents = [show() for show in items[(number - 1) * size : number * size]]
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not contents,
        "contents": contents,
    }


def _services(params: Params, view: View) -> list[Shown]:
    low = _whole(params, "minimum_age", 0, 0, 150)
    high = _whole(params, "maximum_age", 150, 0, 150)
    words, term = params.get("search", ""), params.get("taxonomy_term_id", "")
    taxonomy = params.get("taxonomy_id", "")
    held = {term.taxonomy for term in view.terms if uid("taxonomy", term.taxonomy) == taxonomy}

    def fits(service: Service) -> bool:
        least, most = ages(service)
        if (least is not None and least > high) or (most is not None and most < low):
            return False
        if words and not matches_words(service, words, view.book):
            return False
        if not (term or taxonomy):
            return True
        own = view.terms_of(service)
        return (not term or any(found.uid == term for found in own)) and (
            not taxonomy or any(found.taxonomy in held for found in own)
        )

    return [
        partial(uk.listed, service, view)
        for service in view.book.services.values()
        if fits(service)
    ]


def _service(identifier: str, view: View) -> dict[str, Any] | None:
    # By our own id too, which is what a person knows.
    found = view.book.services.get(identifier) or next(
        (s for s in view.book.services.values() if uid("service", s.id) == identifier), None
    )
    return None if found is None else uk.service_of(found, view)


def _organizations(params: Params, view: View) -> list[Shown]:
    return [partial(uk.organisation_of, name, view) for name in view.providers]


def _organization(identifier: str, view: View) -> dict[str, Any] | None:
    names = (name for name in view.providers if uid("organization", name) == identifier)
    return next((uk.organisation_of(name, view) for name in names), None)


def _taxonomies(params: Params, view: View) -> list[Shown]:
    return [partial(uk.taxonomy_of, name) for name in TAXONOMIES]


def _taxonomy(identifier: str, view: View) -> dict[str, Any] | None:
    return next((uk.taxonomy_of(n) for n in TAXONOMIES if uid("taxonomy", n) == identifier), None)


def _terms(params: Params, view: View) -> list[Shown]:
    return [partial(uk.term_of, term) for term in view.terms]


def _term(identifier: str, view: View) -> dict[str, Any] | None:
    return next((uk.term_of(term) for term in view.terms if term.uid == identifier), None)


def _nowhere(params: Params, view: View) -> list[Shown]:
    """No address of any service is held, so there is no service at a location."""
    return []


def _no_place(identifier: str, view: View) -> None:
    return None


@dataclass(frozen=True)
class _Kind:
    many: Callable[[Params, View], list[Shown]]
    one: Callable[[str, View], dict[str, Any] | None]
    filters: tuple[str, ...] = ()


_KINDS = {
    "services": _Kind(_services, _service, _FILTERS),
    "service_at_locations": _Kind(_nowhere, _no_place, (*_FILTERS, *_CANNOT)),
    "organizations": _Kind(_organizations, _organization),
    "taxonomies": _Kind(_taxonomies, _taxonomy),
    "taxonomy_terms": _Kind(_terms, _term),
}
