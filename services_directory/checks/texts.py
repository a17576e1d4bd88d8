"""What may not stand in an entry's words: dead numbers, people's addresses, hidden characters, markup.

Nothing here is ever run: text is shown as plain text whatever it holds, and that is what the warnings say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding, shown
from services_directory.yaml_files import read_yaml

DEAD_NUMBERS_FILE = Path(__file__).parent.parent / "dead_numbers.yml"
LONG_TEXT = 600
LONGEST_TEXT = 5000
_EMAIL = re.compile(r"([A-Za-z0-9._%+-]+)@[A-Za-z0-9-]+\.[A-Za-z]")
# Two names, or an initial and a name, before the @: how organisations build addresses of people.
_PERSON = re.compile(
    r"(?:[a-z]{2,}[._-][a-z]{2,}(?:[._-]?[0-9]{1,3})?|[a-z]\.[a-z]{3,}[0-9]{0,3})", re.I
)
# Words of which a team's address is made; with one of them it is no person's.
_TEAM_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "access admin advice adviser advisers advisor asylum be better bewell bookings business "
        "care careers carers central centre clinic community complaints connect contact council "
        "debt desk direct duty education employment enquiries enquiry feedback first general get gm "
        "group hello help helpdesk helpline home housing hub info information intake jobs learning "
        "legal line live local mail main manchester mental nhs north office oldham online open ops "
        "our partnership physio point primary programme project reception recovery referral "
        "referrals rehab rochdale salford secretary self service services single skills social "
        "south stockport support talking tameside team therapies therapy to trafford training us "
        "volunteering well wellbeing welfare wigan work works working workwell young youth ",
    )
)
_MOBILE = re.compile(r"(?<!\d)(?:\+44\s?7|07)(?:\s?\d){9}(?!\d)")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|<!--|&(?:[a-zA-Z]{2,8}|#\d+);|javascript:|\{\{|\{%", re.I)
_PATTERN = re.compile(r"\.\*|\.\+|\(\?[:=!P]|\\[bdswBDSW](?![a-z])|\[\^|\[a-z|\[0-9")
# Characters that cannot be seen, or that turn the order of letters round.
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u0080-\u009f]"
)


@lru_cache(maxsize=1)
def dead_numbers() -> dict[str, str]:
    """Return each dead number's digits and whose it was."""
    return {
        re.sub(r"\D", "", str(item["number"])): str(item["was"])
        for item in read_yaml(DEAD_NUMBERS_FILE)
    }


def check_texts(entry: ReadEntry) -> Iterator[Finding]:
    """Yield what is wrong with the words of ``entry``, readable as an entry or not."""
    if entry.node is None:
        return
    path = str(entry.path)
    for steps, node in entry.node.scalars():
        # A number written without quotes is read as one; its digits may still be a telephone's.
        text = str(node.value) if isinstance(node.value, (str, int)) else ""
        if not text:
            continue
        name = next((str(step) for step in reversed(steps) if isinstance(step, str)), "text")
        for is_error, message in _complaints(name, text):
            yield Finding(path, node.line, "error" if is_error else "warning", message)


def _complaints(name: str, text: str) -> Iterator[tuple[bool, str]]:
    digits = re.sub(r"[^\d]", "", text)
    for number, was in dead_numbers().items():
        if number in digits and _stands_in(number, text):
            yield True, f"{name}: this number is dead ({was}); delete it"
    for match in _EMAIL.finditer(text):
        if _is_personal(match.group(1)):
            yield (
                True,
                f"{name}: '{shown(match.group(0))}…' looks like a person's address; give a team's",
            )
    if _MOBILE.search(text):
        yield (
            False,
            f"{name}: looks like a mobile number; give the service's number, not a person's",
        )
    if name == "web" and not re.fullmatch(r"https?://[^\s<>\"']+", text):
        yield True, f"{name}: '{shown(text)}' must start with https:// and hold no spaces"
    if name == "email" and not _EMAIL.match(text):
        yield True, f"{name}: '{shown(text)}' is no e-mail address"
    if name == "phone" and len(digits) < 3:
        yield True, f"{name}: '{shown(text)}' is no telephone number"
    if _HIDDEN.search(text):
        yield True, f"{name}: holds characters that cannot be seen; type the text again"
    if _MARKUP.search(text):
        yield False, f"{name}: looks like HTML or a template; it will be shown as plain text"
    if _PATTERN.search(text) and name != "web":
        yield False, f"{name}: looks like a search pattern; it will be taken word for word"
    if len(text) > LONGEST_TEXT:
        yield True, f"{name}: {len(text)} characters; keep it under {LONGEST_TEXT}"
    elif len(text) > LONG_TEXT:
        yield False, f"{name}: {len(text)} characters is long to read; say it in under {LONG_TEXT}"


def _stands_in(number: str, text: str) -> bool:
    spaced = r"[\s().-]*".join(number)
    return re.search(rf"(?<!\d){spaced}(?!\d)", text) is not None


def _is_personal(local: str) -> bool:
    if not _PERSON.fullmatch(local):
        return False
    return not any(part.lower() in _TEAM_WORDS for part in re.split(r"[._-]", local))
