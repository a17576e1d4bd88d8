"""Finding entries by words and by what they are: what the directory's pages and its feed search with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from services_directory.directory import Directory
from services_directory.model import Service, Status
from services_directory.status import status_on

# In which order results of equal worth are shown: first what somebody can be sent to.
_ORDER: tuple[Status, ...] = ("open", "unverified", "paused", "planned", "closed", "ended")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_QUERY = 200


@dataclass(frozen=True)
class Query:
    """What is looked for; empty means anything. ``who``: a role that may start a referral."""

    words: str = ""
    need: str = ""
    area: str = ""
    status: str = ""
    who: str = ""


def folded(text: str) -> str:
    """Return ``text`` in small letters without accents, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return (
        "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    )


def words_of(service: Service, book: Directory) -> str:
    """Return all that an entry is found by."""
    said = (
        service.name,
        *service.aliases,
        service.id,
        service.programme or "",
        service.provider or "",
        service.commissioner or "",
        service.offers,
        *(book.words.label("needs", need) for need in service.needs),
        *(book.areas.label(area) for area in service.areas),
        *(criterion.says for criterion in service.criteria),
        *(caution for caution in service.cautions),
    )
    return " ".join(said)


def matches_words(service: Service, words: str, book: Directory) -> bool:
    """Say whether every word of ``words`` begins a word of the entry."""
    return _rank(service, _wanted(words), _texts(book)) is not None


def search(query: Query, book: Directory, day: date) -> list[Service]:
    """Return the entries that fit, those with the words in their names first, then by status and name.

    An area finds what serves anybody who lives there: entries for it, for the areas around and inside it.
    """
    places = book.areas.around(query.area)
    wanted, texts = _wanted(query.words), _texts(book)
    found = []
    for service in book.services.values():
        status = status_on(service, day).status
        if (
            (query.need and query.need not in service.needs)
            or (query.area and not places.intersection(service.areas))
            or (query.status and query.status != status)
            or (query.who and not any(query.who in route.who for route in service.routes))
        ):
            continue
        rank = _rank(service, wanted, texts)
        if rank is not None:
            found.append((rank, _ORDER.index(status), service.name.casefold(), service))
    return [service for *_, service in sorted(found, key=lambda row: row[:3])]


def _wanted(words: str) -> list[str]:
    return [f" {word}" for word in _WORD.findall(folded(words[:_LONGEST_QUERY]))]


def _rank(service: Service, wanted: list[str], texts: _Texts) -> int | None:
    """Return 0 where the names hold every word, 1 where the entry does, ``None`` where it does not."""
    if not wanted:
        return 0
    for rank, text in enumerate(texts.of(service)):
        if all(part in text for part in wanted):
            return rank
    return None


class _Texts:
    """The words that each entry of one directory is found by, folded once."""

    def __init__(self, book: Directory) -> None:
        self.book = book
        self._held: dict[str, tuple[str, str]] = {}

    def of(self, service: Service) -> tuple[str, str]:
        """Return the words of the names, and of the whole entry, each with a space before it."""
        found = self._held.get(service.id)
        if found is None:
            names = " ".join((service.name, *service.aliases))
            found = _spaced(names), _spaced(words_of(service, self.book))
            self._held[service.id] = found
        return found


def _spaced(text: str) -> str:
    return "".join(f" {word}" for word in _WORD.findall(folded(text)))


_lately: _Texts | None = None


def _texts(book: Directory) -> _Texts:
    """Return the words of ``book``: those made before, while the same directory is in use."""
    global _lately
    held = _lately
    if held is None or held.book is not book:
        held = _lately = _Texts(book)
    return held
