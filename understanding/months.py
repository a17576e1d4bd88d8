"""Since when: a month, with or without a day and a year, as a length of time up to today."""

from __future__ import annotations

import os
import re
from datetime import date

_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTHS = {name: n + 1 for n, name in enumerate(_NAMES)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9, "febuary": 2, "janurary": 1}
_SINCE = re.compile(
    r"^(?:(?:off|not worked|out of work|been off|signed off|on it|about|around|roughly|early|mid|late|"
    r"maybe|last|he|she|they|has been|'s been|ever) )*(?:since|from|back in|in|last)? ?"
    r"(?:about |around |early |mid |"
    r"late |the |last |start of |end of |beginning of )*(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?: (?P<year>20\d\d))?"
    r"(?: (?:time|last year|this year|i think|or so|ish|or thereabouts))* ?[.!]?$"
)
_MIDDLE = 15


def today() -> date:
    """Return the day that messages are read for: FINGERPOST_AS_OF's, else today."""
    try:
        return date.fromisoformat(os.environ.get("FINGERPOST_AS_OF", ""))
    except ValueError:
        return date.today()


def days_since(plain: str, today: date) -> int | None:
    """Return the days from the time that ``plain`` (lower case) names to ``today``.

    A month alone is its middle, the last time it came round. None where nothing but a month and the words
    around it would be said, or where it lies ahead.
    """
    found = _SINCE.match(plain.strip())
    if found is None:
        return None
    month, day = _MONTHS[found.group("month")], int(found.group("day") or _MIDDLE)
    year = int(found.group("year") or today.year)
    try:
        then = date(year, month, day)
        if then > today and not found.group("year"):
            then = date(year - (2 if "last year" in plain else 1), month, day)
        elif "last year" in plain:
            then = date(today.year - 1, month, day)
    except ValueError:
        return None
    return (today - then).days if then <= today else None
