"""What a message says beside the facts of the patient, and what is answered to it.

A question this product does not answer, a second patient, words that no key of the case holds, and facts
that turn out to be somebody else's: none of it may be lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.consultation.messages import info
from actions.consultation.state import Consultation
from services_directory.case import FACT_KEYS, LIST_KEYS, Case, case_from_json
from understanding.handing_over import HANDED

ONE_AT_A_TIME = (
    "One patient at a time: what is somebody else's was left out. For them, type “new patient:” and what "
    "you know of them, when this one is done."
)
_RELATIVE = (
    r"(?:husband|hubby|wife|partner|mum|mother|dad|father|son|daughter|brother|sister|friend|other half|"
    r"boyfriend|girlfriend|flatmate|mate)"
)
_ALSO = re.compile(
    rf"\b{_RELATIVE}\b[^.;]*\b(?:also|too|as well)\b[^.;]*"
    rf"|\b(?:also|too|as well)\b[^.;]*\b{_RELATIVE}\b"
    rf"|\b{_RELATIVE}\b[^.;]*\b(?:needs?|wants?|could do with) (?:help|support|something|a job|work)\b",
    re.IGNORECASE,
)
Said = Mapping[str, Any]
Messages = list[dict[str, Any]]

# Source: gov.uk fit-note guidance for healthcare professionals (6 October 2023), and who can issue fit
# notes (1 July 2022).
FIT_NOTE = (
    "Fit notes, from the gov.uk guidance (July 2022 and October 2023; nothing newer was seen). "
    "Who may sign: doctors, registered nurses, occupational therapists, pharmacists and physiotherapists, "
    "each within their own scope. The first 7 calendar days are self-certified. "
    "An assessment is needed: face to face, by video, by phone, or from another professional's written "
    "report. At most 3 months at a time in the first 6 months of the condition; after that by "
    "clinical judgement. There are two options, not fit, or may be fit with advice; there is no box for fit. "
    "Anything else about fit notes, such as backdating, is not answered here: see "
    '"Fit note guidance for healthcare professionals" on gov.uk. '
    "Type “fit note” for comments on this patient's."
)
NOT_ANSWERED = {
    "clinical": (
        "The question about treatment is not answered here: I give no clinical advice. "
        "What you said of the patient is read."
    ),
    "benefits": (
        "What happens to a benefit is not answered here: I give no benefit-entitlement advice; "
        "Citizens Advice can help. What you said of the patient is read."
    ),
    "fit_note": FIT_NOTE,
}


def answers(understanding: Said) -> Messages:
    """Return what is told of the message's own questions, its second patient and its words without a key."""
    told: Messages = []
    for asked in understanding.get("asks") or ():
        told.append(info("help" if asked == "fit_note" else "limits", NOT_ANSWERED[asked]))
    another = str(understanding.get("another") or "").strip(" ,.;:-")
    if another:
        told.append(
            info(
                "help",
                "One patient at a time: only the first one was read. Left for later, and not kept: "
                f'"{another}". When this one is done, type “new patient:” and then that.',
            )
        )
    elif _for_somebody_else(understanding):
        told.append(info("help", ONE_AT_A_TIME))
    told += [info("help", noted_words(words)) for words in understanding.get("noted") or ()]
    return told


def _for_somebody_else(understanding: Said) -> bool:
    """Say whether help is asked for somebody else too ("her hubby needs help as well")."""
    others = {
        str(m["slot"])
        for m in understanding.get("mentions") or ()
        if m.get("assertion") == "other_person"
    }
    return bool(others) and _ALSO.search(str(understanding.get("text", ""))) is not None


def noted_words(words: str) -> str:
    """Return what is said of words that no key of the case holds: those about the right to work."""
    return (
        f'Noted: "{words}". Nothing is ruled out by it here: services check the right to work themselves, '
        "and most work programmes need it. Ask them before referring."
    )


def handed_back(state: Consultation, understanding: Said) -> dict[str, Any]:
    """Return what the last message added and "that's her husband" now takes away, as ``removed``."""
    if not understanding.get("handed_to") or not state.past:
        return {}
    before = case_from_json(state.past[-1]["case"])
    return {
        key: gone
        for key in FACT_KEYS
        if key in HANDED and (gone := _added(key, before, state.case))
    }


def _added(key: str, before: Case, now: Case) -> Any:
    new, old = getattr(now, key), getattr(before, key)
    if key in LIST_KEYS:
        return [one for one in new if one not in old]
    return new if new != old else None


def handed_words(understanding: Said, taken: bool) -> str:
    """Say what was done with "that's her husband"."""
    who = str(understanding["handed_to"])
    if taken:
        return (
            f'Taken as said of "{who}" and left out. What is the patient\'s after all, say again; '
            "“undo” brings all of it back."
        )
    return (
        f'You wrote "{who}": which of what is known is not the patient\'s? '
        "Say, for example, “remove depression”. Nothing was changed."
    )
