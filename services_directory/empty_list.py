"""What is said where no service is listed: what is not known yet, or which wish left it out."""

from __future__ import annotations

from services_directory.case import Case

# What says most about which services fit, with the words for it, in the order in which it is told.
_TELLING = (
    ("work_status", "whether the patient has a job"),
    ("goal", "what they want about work"),
    ("area", "where they live"),
    ("conditions", "which health conditions affect work"),
    ("barriers", "what else makes work hard"),
)
NOTHING = "No service in the directory fits what is known. The gap is noted."
NOT_NOW = (
    "No service is left: the wish is “not now”, which leaves out all support with work. "
    "If the patient does want it, type “change goal to stay in work”, “return to work” or “find work”."
)


def nothing_words(case: Case) -> str:
    """Return what to say of an empty list for ``case``: why it may be empty, and what would fill it."""
    if case.goal == "not_now":
        return NOT_NOW
    missing = [words for key, words in _TELLING if not case.settled(key)]
    if not missing:
        return f"{NOTHING} Say more about the patient, or ask “why not” a service."
    told = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    return f"{NOTHING} Not known yet: {told}. Say it in your own words, or ask “why not” a service."
