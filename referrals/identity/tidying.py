"""Values as they are kept, from the way in which record systems write them."""

from __future__ import annotations

import re
from datetime import date

from referrals.identity import shapes

# Stands where something was taken, so that what is left on either side stays apart.
TAKEN = "\x00"


def day_of(match: re.Match[str], today: date) -> tuple[date | None, str]:
    """Return the day that ``match`` writes, and what is doubtful about it; ``None`` where it is no day."""
    doubt = ""
    if match["year"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        year, day = int(match["y"]), int(match["d"])
        month = shapes.MONTHS[match["word"].lower()] if match["word"] else int(match["m"])
        if month > 12 >= day:
            day, month = month, day
            doubt = "The date was written month first: check it."
        if year < 100:
            year += 2000 if 2000 + year <= today.year else 1900
            doubt = "The year has two figures: check the century."
    try:
        return date(year, month, day), doubt
    except ValueError:
        return None, ""


def name_of(words: str) -> str:
    """Return "Test ZEBRA" for "ZEBRA, Test (Mrs)": given name first, no title, letters as written."""
    words = re.sub(r"\([^)]*\)?", " ", words)
    words = shapes.TITLE.sub(" ", words).strip(" ,;:-–()\n")
    parts = [" ".join(part.split()) for part in words.split(",") if part.strip()]
    return " ".join(reversed(parts)) if len(parts) == 2 else " ".join(parts)


def one_line(lines: str) -> str:
    """Return an address on one line, its parts between commas."""
    parts = re.split(r"[\n,]+", lines.replace(TAKEN, " "))
    return ", ".join(part for part in (" ".join(p.split()) for p in parts) if part)


def postcode_of(match: re.Match[str]) -> str:
    """Return a postcode in capitals with its space."""
    return f"{match[1]} {match[2]}".upper()


def phone_of(number: str) -> str:
    """Return a telephone number without brackets and dashes."""
    return " ".join(re.sub(r"[()-]", " ", number.replace("(0)", "")).split())
