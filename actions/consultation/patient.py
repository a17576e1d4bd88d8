"""Guarding against two patients in one consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.consultation.context import TurnContext
from actions.consultation.header import header
from actions.consultation.state import Consultation
from services_directory.directory import Directory
from services_directory.practice import practice_settings
from understanding.word_sets import words

# Around "new one" or "same patient" these say nothing more.
_IDLE = words(
    "yes yep yeah yup no ok okay sorry actually it its it's is this that that's thats was the a an i'm im "
    "on to please now for one patient pt person case lady man chap lad pts"
)
_NEW = words("new next another different other")
_SAME = words("same this change still current him her")


def which_one(answer: str) -> str | None:
    """Return ``new`` or ``same`` where ``answer`` plainly says which patient is meant, else None.

    Anything looser could merge two patients (H01): every word must belong to the one or the other answer.
    """
    said = answer.casefold().replace("’", "'").replace(",", " ").strip(" .!?").split()
    denied = "not" in said
    telling = [w for w in said if w not in _IDLE and w != "not"]
    if telling and _NEW.issuperset(telling):
        return "same" if denied else "new"
    pointed = [w for w in said if (w not in _IDLE or w in _SAME) and w != "not"]
    if pointed and _SAME.issuperset(pointed) and (len(said) > 1 or said[0] == "same"):
        return None if denied else "same"
    return None


_PRONOUNS = frozenset(
    ("he", "she", "him", "her", "his", "hers", "himself", "herself", "he's", "she's")
)


# What a wrong pronoun may say of the patient known; an illness, an age, a job or a place asks first.
_OF_ANYBODY = frozenset(("sex", "goal", "job_at_risk"))


def may_be_another(
    state: Consultation, understanding: Mapping[str, Any], context: TurnContext
) -> bool:
    """Say whether the message may be about another patient, so that nothing may be merged yet.

    Either it reads as an opening, or describes somebody by age and sex, and contradicts the known age, sex or
    job without a correcting word; or it tells facts of a *he* where a woman is known; or facts come after the
    idle time of the practice's settings.
    """
    said = understanding.get("case") or {}
    if state.empty or not said:
        return False
    if state.idle_minutes(context.now) >= practice_settings().idle_minutes:
        return True
    another_sex = state.case.sex is not None and said.get("sex") not in (None, state.case.sex)
    if another_sex and said.keys() <= _OF_ANYBODY and _only_a_pronoun(understanding):
        # "Keep his job" of a woman: a slip; her sex stays as it is.
        return False
    if understanding.get("corrects"):
        # "Actually no he's back at work" of a woman: her husband, the last patient, or a slip.
        return another_sex and len(said) > 1 and _only_a_pronoun(understanding)
    described = bool(understanding.get("opening")) or _described(understanding)
    return another_sex or (described and _contradicts(state, said))


def begins_another(state: Consultation) -> bool:
    """Say whether the message that waits opened like a new patient's, so that "yes" agrees to one."""
    waiting = (state.pending or {}).get("said") or {}
    return bool(waiting.get("opening")) or _described(waiting)


def _sex_mentions(understanding: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    mentions = understanding.get("mentions") or ()
    return [m for m in mentions if m["slot"] == "sex" and m.get("assertion") == "present"]


def _only_a_pronoun(understanding: Mapping[str, Any]) -> bool:
    said = [str(m["text"]).casefold() for m in _sex_mentions(understanding)]
    return bool(said) and _PRONOUNS.issuperset(said)


def _described(understanding: Mapping[str, Any]) -> bool:
    """Say whether an age stands with a sex that is more than a pronoun ("25F", "a man of 60")."""
    aged = any(
        m["slot"] == "age" and m.get("assertion") == "present"
        for m in understanding.get("mentions") or ()
    )
    return aged and bool(_sex_mentions(understanding)) and not _only_a_pronoun(understanding)


def _contradicts(state: Consultation, said: Mapping[str, Any]) -> bool:
    case = state.case
    if case.age is not None and "age" in said and float(said["age"]) != case.age:
        return True
    if case.sex is not None and said.get("sex") not in (None, case.sex):
        return True
    job = said.get("occupation")
    if case.occupation and job:
        known, new = case.occupation.casefold(), str(job).casefold()
        return known not in new and new not in known
    return False


def another_patient_question(state: Consultation, directory: Directory) -> dict[str, Any]:
    """Return the question "New patient, or change this one?"."""
    return {
        "type": "question",
        "slot": "patient",
        "text": f"New patient, or change this one ({header(state, directory)})?",
        "options": [
            {"title": "New patient", "payload": "new patient"},
            {"title": "Change this one", "payload": "same patient"},
        ],
        "multiple": False,
        "skippable": False,
    }
