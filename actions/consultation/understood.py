"""The ``understood`` message: what the last message added and took away, with the words it came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from actions.consultation.chips import SILENT_KEYS, fact_chips
from services_directory.case import LIST_KEYS, Case
from services_directory.directory import Directory
from services_directory.reasons import fact_words

# What a length of time is of; the unit alone would leave it open ("6 weeks").
_OF = {
    "absence_weeks": "off work",
    "out_of_work_months": "out of work",
    "uc_months": "on Universal Credit",
}


def facts_in_words(
    facts: Mapping[str, Any],
    case: Case,
    directory: Directory,
    said: Mapping[str, str],
    guesses: Collection[str] = (),
) -> list[str]:
    """Return each fact of the contract-shaped ``facts`` in words; ``guesses`` are marked as such."""
    told: list[str] = []
    for key, value in facts.items():
        if key in SILENT_KEYS:
            continue
        if key == "ruled_out":
            for kind, ids in value.items():
                told += [f"not {directory.words.label(kind, i)}" for i in ids]
        elif key in LIST_KEYS:
            if not value:
                told.append(f"no {directory.words.label('keys', key)}")
            told += [
                fact_words(key, one, case, directory, said)
                + (" (my guess: confirm or remove)" if f"{key}:{one}" in guesses else "")
                for one in value
            ]
        else:
            told.append(_with_its_unit(key, fact_words(key, value, case, directory, said)))
    return told


def _with_its_unit(key: str, told: str) -> str:
    """Return the words of a fact; of a length of time, before the clinician's own, what it is of."""
    if key not in _OF:
        return told
    length, quote, own = told.partition(' ("')
    return f"{length} {_OF[key]}{quote}{own}"


def removed_in_words(removed: Mapping[str, Any], directory: Directory) -> list[str]:
    """Return what was taken away in words."""
    told = []
    for key, value in removed.items():
        if key in ("ruled_out", "uncertain"):
            continue
        for one in value if isinstance(value, list) else [value]:
            told.append(fact_words(key, one, Case(), directory, {}))
    return told


def understood(
    added: Mapping[str, Any],
    removed: Mapping[str, Any],
    mentions: list[dict[str, Any]],
    case: Case,
    directory: Directory,
    said: Mapping[str, str],
    guesses: Collection[str] = (),
) -> dict[str, Any]:
    """Return the ``understood`` message of the contract."""
    parts = []
    told = facts_in_words(added, case, directory, said, guesses)
    if told:
        parts.append("Understood: " + "; ".join(told) + ".")
    gone = removed_in_words(removed, directory)
    if gone:
        parts.append("Removed: " + "; ".join(gone) + ".")
    others = _not_the_patient(mentions, directory)
    if others:
        parts.append("Left out: " + "; ".join(others) + ".")
    return {
        "type": "understood",
        "text": " ".join(parts) or "Nothing about the patient was added.",
        "case": dict(added),
        "removed": dict(removed),
        "whole_case": case.to_json(),
        "chips": fact_chips(added, case, directory, said, guesses),
        "whole_chips": fact_chips(case.to_json(), case, directory, said, guesses),
        "gone": gone,
        "left_out": others,
        "mentions": mentions,
    }


def _not_the_patient(mentions: list[dict[str, Any]], directory: Directory) -> list[str]:
    why = {"past": "in the past", "other_person": "another person"}
    told = []
    for mention in mentions:
        reason = why.get(str(mention.get("assertion")))
        if reason and mention["slot"] in ("conditions", "barriers", "benefits", "work_status"):
            label = directory.words.label(mention["slot"], mention["value"])
            told.append(f"{label} ({reason})")
    return list(dict.fromkeys(told))
