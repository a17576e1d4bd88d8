"""Words about the right to work, which no key of the case holds: providers check it, but it was said."""

from __future__ import annotations

import re

from understanding.people import find_people
from understanding.surface import Surface

_NO_RIGHT = re.compile(
    r"\b(?:(?:no|without|lacks?|does not have|has not got|has no|have no|not have|awaiting|waiting for|"
    r"not got) (?:the |a |any |his |her |their )?(?:right|permission|leave|permit|entitlement) to work"
    r"|(?:no|without a|without|lacks? a|has no) work (?:permit|visa)"
    r"|(?:not|is not|are not|was not) (?:legally )?(?:allowed|permitted|entitled|able) to (?:legally )?work"
    r"(?= (?:here|in the uk|in uk|legally|as an asylum|until|while|due to visa|because of visa|"
    r"on (?:his|her|that|this) visa))"
    r"|can not (?:legally work|work legally)|(?:visa|status) (?:does not|will not|do not) "
    r"(?:allow|let|permit)(?: him| her| them)?(?: to)? work\w*|no recourse to public funds|nrpf)\b"
)


def said_of_the_right_to_work(surface: Surface) -> tuple[str, ...]:
    """Return the words that say the patient has no right to work, or none to public funds."""
    told: list[str] = []
    hits = list(_NO_RIGHT.finditer(surface.flat))
    people = find_people(surface) if hits else None
    for found in hits:
        first, last = surface.word_at(found.start()), surface.word_at(found.end() - 1)
        owner = people.owner[first] if people else None
        if owner is None or owner.employer:
            start, end = surface.span(first, last)
            told.append(surface.text[start:end])
    return tuple(dict.fromkeys(told))
