"""Since when: a month, a feast, a season, a year or a day, as a length of time up to today.

"Since March", "since 3rd September", "since Xmas", "last summer", "since 2019", "since covid",
"since her op in Sept", "since Monday".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

from understanding.amounts import Duration
from understanding.late_pattern import LatePattern
from understanding.surface import Surface

_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTHS = {name: n + 1 for n, name in enumerate(_NAMES)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9, "febuary": 2, "janurary": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {name: n for n, name in enumerate(_WEEKDAYS)}
_DAYS |= {name[:3]: n for name, n in _DAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
# The middle of a season, and the fixed days of feasts: month and day.
_SEASONS = {"spring": (4, 15), "summer": (7, 15), "autumn": (10, 15), "winter": (1, 15)}
_FEASTS = {
    **dict.fromkeys(("xmas", "christmas", "crimbo", "chrimbo", "boxing day"), (12, 25)),
    **dict.fromkeys(("new year 's", "new years", "new year"), (1, 1)),
    **dict.fromkeys(("halloween",), (10, 31)),
    **dict.fromkeys(("bonfire night",), (11, 5)),
    **dict.fromkeys(("august bank holiday", "aug bank holiday"), (8, 28)),
}
# The first lockdown in England was announced on 23 March 2020.
_LOCKDOWN = date(2020, 3, 23)
_COVID = r"covid(?: started| hit| time)?|the pandemic|pandemic|the first lockdown|first lockdown|lockdown"


def _any(words: dict[str, int] | dict[str, tuple[int, int]]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WHEN = (
    r"(?:(?P<rough>about|around|roughly|approx|early|mid|late|the|this|just (?:before|after)|before|after|"
    r"start of|beginning of|middle of|end of|back end of|last|back in|in|-) )*"
    rf"(?:(?P<feast>{_any(_FEASTS)})(?: (?P<feast_year>20\d\d|last year))?"
    r"|(?P<easter>easter)(?: (?P<easter_year>20\d\d|last year))?"
    rf"|(?P<covid>{_COVID})(?! (?:19|\d|jab|vaccine|infection))"
    r"|(?P<dd>\d{1,2}) ?[/.] ?(?P<mm>\d{1,2})(?: ?[/.] ?(?P<yy>(?:20)?\d\d))?(?![\d/])"
    r"|(?P<nth>\d{1,2})(?:st|nd|rd|th)(?! (?:of|week|month|day|time|birthday|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec))"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{_any(_MONTHS)})"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)(?! week))?"
    r"(?: ,? ?(?P<year>20\d\d)| (?P<last>last year|this year))?"
    rf"|(?P<season>{_any(_SEASONS)})(?: (?P<season_year>20\d\d|last year))?"
    rf"|(?P<weekday>{_any(_DAYS)})(?: (?P<week>last week))?"
    r"|(?P<just>yesterday|last week|last month|last year|the start of (?:the|this) (?:year|month|week))"
    r"|(?P<only>19[6-9]\d|20\d\d))\b"
)
_ANSWER = LatePattern(
    r"^(?:(?:off|not worked|out of work|been off|signed off|on it|about|around|roughly|early|mid|late|"
    r"maybe|last|he|she|they|has been|'s been|ever|finished(?: work\w*| up)?|stopped(?: work\w*)?|"
    r"left(?: work)?|gave up(?: work)?|lost (?:it|(?:his|her|the) job)|was|made redundant|redundant|sacked|"
    r"laid off|worked|went(?: off)?) )*"
    r"(?:since|from|until|till|back in|in|last)? ?"
    r"(?:(?:his|her|their|the|an?) (?:\w+ ){1,3}(?:back )?(?:in|on|at|last) )?"
    + _WHEN
    + r"(?: (?:time|i think|or so|ish|or thereabouts|onwards?|just gone))* ?[.!]?$"
)
# "Since her op in Sept", "since he came out of hospital in May".
_SINCE = LatePattern(r"\bsince(?: (?!in\b|on\b)[a-z']+){1,6}? (?:back )?(?:in|on|at|last) " + _WHEN)
_PLAIN_SINCE = LatePattern(r"\b(?:since|from) " + _WHEN)
_NOT_A_DATE = LatePattern(r" ?(?:%|mg|units|\d|may (?:be|have|need|want)|march(?:es|ing))")
_MIDDLE = 15
_LATELY = 70


_day_set: ContextVar[date | None] = ContextVar("_day_set", default=None)


@contextmanager
def read_as_of(day: date | None) -> Iterator[None]:
    """Let whatever is read meanwhile be read for ``day``, such as a rehearsal's; None: the usual day."""
    before = _day_set.set(day)
    try:
        yield
    finally:
        _day_set.reset(before)


def today() -> date:
    """Return the day that messages are read for: the one set, else FINGERPOST_AS_OF's, else today."""
    chosen = _day_set.get()
    if chosen is not None:
        return chosen
    try:
        return date.fromisoformat(os.environ.get("FINGERPOST_AS_OF", ""))
    except ValueError:
        return date.today()


def days_since(plain: str, today: date) -> int | None:
    """Return the days from the time that ``plain`` (lower case) names to ``today``.

    A month alone is its middle, the last time it came round. None where nothing but a time and the words
    around it would be said, or where it lies ahead.
    """
    found = _ANSWER.match(plain.strip())
    return None if found is None else _days(found, today)


def find_since(surface: Surface, today: date) -> list[Duration]:
    """Return every time that the message says something has lasted since, as a length in days."""
    found: list[Duration] = []
    if "since" not in surface.flat and "from" not in surface.flat:
        return found
    for pattern in (_PLAIN_SINCE, _SINCE):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            taken = any(d.first <= last and first <= d.last for d in found)
            if taken or surface.sentence[first] != surface.sentence[last]:
                continue
            if _NOT_A_DATE.match(surface.flat[match.end() :]):
                continue
            days = _days(match, today)
            if days is not None and days > 0:
                found.append(Duration(first, last, days, "day"))
    return sorted(found, key=lambda d: d.first)


def _days(found: re.Match[str], today: date) -> int | None:
    try:
        then = _day(found, today)
    except ValueError:
        return None
    return (today - then).days if then is not None and then <= today else None


def _day(found: re.Match[str], today: date) -> date | None:
    """Return the day that a match of ``_WHEN`` names: the last time that it came round."""
    if found["feast"]:
        return _came_round(*_FEASTS[found["feast"]], today, found["feast_year"])
    if found["season"]:
        return _came_round(*_SEASONS[found["season"]], today, found["season_year"])
    if found["easter"]:
        sunday: date = easter(_year(found["easter_year"], today))
        before: date = easter(today.year - 1)
        return sunday if sunday <= today or found["easter_year"] else before
    if found["covid"]:
        return _LOCKDOWN
    if found["month"]:
        day = int(found["day"] or found["after"] or _MIDDLE)
        then = _came_round(_MONTHS[found["month"]], day, today, found["year"] or found["last"])
        # In November "last October" is a year and a month ago.
        lately = "last " in found.group()[: found.start("month") - found.start()]
        soon = lately and (today - then).days < _LATELY
        return then.replace(year=then.year - 1) if soon else then
    if found["dd"]:
        return _numbered(int(found["dd"]), int(found["mm"]), found["yy"], today)
    if found["nth"]:
        this = today.replace(day=int(found["nth"]))
        last = this.month - 1 or 12
        return this if this <= today else _came_round(last, this.day, today, None)
    if found["weekday"]:
        back = (today.weekday() - _DAYS[found["weekday"]]) % 7 or 7
        return today - timedelta(days=back + (7 if found["week"] and back < 7 else 0))
    if found["just"]:
        return _lately(found["just"], today)
    year = int(found["only"])
    middle = date(year, 7, 1)
    return middle if middle <= today or year != today.year else date(year, 1, 1)


def _numbered(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return the day of "1/9/26" or "1/9"; "3/12" and "3/7" are so many months and days."""
    if year is not None:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    return None if month in (7, 12) else _came_round(month, day, today, None)


def _year(said: str | None, today: date) -> int:
    if said and said.isdigit():
        return int(said)
    return today.year - 1 if said == "last year" else today.year


def _came_round(month: int, day: int, today: date, said: str | None) -> date:
    then = date(_year(said, today), month, day)
    if then > today and (said is None or said == "last year"):
        then = date(then.year - 1, month, day)
    return then


def _lately(said: str, today: date) -> date:
    if said == "yesterday":
        return today - timedelta(days=1)
    if said == "last week":
        return today - timedelta(days=7)
    if said == "last month":
        return today - timedelta(days=30)
    if said == "last year":
        return date(today.year - 1, 7, 1)
    if said.endswith("year"):
        return date(today.year, 1, 1)
    return (
        today.replace(day=1) if said.endswith("month") else today - timedelta(days=today.weekday())
    )
