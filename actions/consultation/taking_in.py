"""What a message adds to the case and takes away, with the words it was said in; nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.consultation import steps
from actions.consultation.bare_length import WITHOUT_A_JOB, fitted
from actions.consultation.messages import error
from actions.consultation.state import Consultation
from actions.consultation.understood import understood
from services_directory.case import (
    FACT_KEYS,
    LIST_KEYS,
    Case,
    CaseError,
    merged,
    without,
)
from services_directory.loading import directory
from services_directory.needs import WITH_A_JOB
from understanding.bare_wishes import CUE_BY_STATUS

Said = Mapping[str, Any]
Step = tuple[Consultation, list[dict[str, Any]]]


def take_in(state: Consultation, understanding: Said) -> Step:
    """Merge what was said into the case. A value that cannot be is refused, the case kept."""
    added, removed = _said_facts({**understanding, "case": fitted(state.case, understanding)})
    status = added.get("work_status", state.case.work_status)
    if "goal" in added:
        added["goal"] = _wish_fitted(str(added["goal"]), status, understanding)
    aside = state.asked not in (None, "work_status") and not understanding.get("corrects")
    known = state.case.work_status is not None and "work_status" not in state.inferred
    if aside and known and not _turn_of_events(understanding):
        # "Employee" answers what kind of job; it does not end a sick leave that was said before.
        added.pop("work_status", None)
    removed = _standing(state.case, {**_outdated(state.case, added), **removed})
    if unread := [key for key, value in added.items() if value is None]:
        told = ", ".join(key.replace("_", " ") for key in unread)
        return state, [
            error("bad_value", f"I could not read a value for {told}; nothing was changed.")
        ]
    command = understanding.get("command") or {}
    if command.get("name") == "change" and not command.get("slot"):
        return state, [error("bad_value", steps.WHAT_TO_CHANGE)]
    another_sex = state.case.sex and added.get("sex") not in (None, state.case.sex)
    if another_sex and not understanding.get("corrects"):
        # "He" about a woman is somebody else, or a slip: changing a stated sex needs a correcting word.
        del added["sex"]
    mentions = list(understanding.get("mentions", ()))
    if not added and not removed:
        return state, _left_out(mentions, state)
    try:
        case = _with_outcome(merged(without(state.case, removed), added))
    except CaseError as problem:
        return state, [
            error("bad_value", f"That cannot be right, so nothing was changed: {problem}.")
        ]
    changed = case != state.case
    after = state.remembered() if changed else state
    said, place = _words_said(after, understanding, removed, case)
    after = replace(
        after,
        case=case,
        said=said,
        place=place,
        inferred=_inferred(after, added, understanding),
        proposed=_proposed(after, understanding),
    )
    visible = {k: v for k, v in added.items() if k != "answered"}
    if visible.get("sex") is not None and visible["sex"] == state.case.sex:
        # A *he* of a man adds nothing.
        del visible["sex"]
    for key, how in dict(added.get("answered", {})).items():
        if how == "complete" and key in LIST_KEYS:
            visible.setdefault(key, [])
    if not visible and not removed:
        return after, _left_out(mentions, after)
    guesses = set(after.proposed)
    return after, [understood(visible, removed, mentions, case, directory(), said, guesses)]


def _wish_fitted(goal: str, status: str | None, understanding: Said) -> str:
    """Return the wish as it can be meant of somebody with this work status.

    "Another job", said of somebody who has none, is finding one; "days only" is staying, going back or
    finding work, whichever the patient can do.
    """
    by_status = any(m.get("cue") == CUE_BY_STATUS for m in understanding.get("mentions", ()))
    if status in WITHOUT_A_JOB and (goal == "change_job" or (by_status and goal == "stay_in_work")):
        return "find_work"
    if by_status and goal in ("stay_in_work", "find_work"):
        if status == "off_sick":
            return "return_to_work"
        return "stay_in_work" if status in WITH_A_JOB else goal
    return goal


# What has happened to the job is told whatever was asked.
_EVENT = re.compile(
    r"\bback (?:at|in|to) (?:work|job|his|her)|\bback working|\blost (?:his|her|their|the) job|\bsacked|"
    r"\bredundan|\bdismissed|\bsigned off|\bgone off|\bwent off|\bquit\b|\bhanded in|"
    r"\bstarted (?:a|work|his|her)",
    re.IGNORECASE,
)


def _turn_of_events(understanding: Said) -> bool:
    """Say whether the message tells that the work status has changed ("he's back at work since Monday")."""
    return any(
        m["slot"] == "work_status" and m.get("assertion") == "present" and _EVENT.search(m["text"])
        for m in understanding.get("mentions", ())
    )


def _outdated(case: Case, added: Said) -> dict[str, Any]:
    """Return what a change of work status ends: an absence, time out of work, the wish to be back."""
    status = added.get("work_status")
    if status is None or status == case.work_status:
        return {}
    at_work = status in ("in_work", "in_work_struggling")
    gone: dict[str, Any] = {}
    if status != "off_sick":
        gone["absence_weeks"] = case.absence_weeks
    if status in WITH_A_JOB:
        gone["out_of_work_months"] = case.out_of_work_months
    else:
        gone["job_at_risk"] = case.job_at_risk
    if at_work and case.work_status == "off_sick" and case.goal == "return_to_work":
        gone["goal"] = case.goal
    return {key: value for key, value in gone.items() if value and key not in added}


def _standing(case: Case, removed: Said) -> dict[str, Any]:
    """Return what of ``removed`` the case holds: only that can be taken away.

    "Remove age" names no value: it is the one that stands, if any does.
    """
    standing: dict[str, Any] = {}
    for key, value in removed.items():
        if key in LIST_KEYS:
            named = value if isinstance(value, (list, tuple)) else [value]
            value = [one for one in named if one in getattr(case, key)]
        elif key in FACT_KEYS:
            value = getattr(case, key) if value is None else value
        if value:
            standing[key] = value
    return standing


def _left_out(mentions: list[dict[str, Any]], state: Consultation) -> list[dict[str, Any]]:
    """Return word of what was read and belongs to the past or to somebody else; nothing where nothing was."""
    told = understood({}, {}, mentions, state.case, directory(), state.said)
    return [told] if told["left_out"] else []


def _said_facts(understanding: Said) -> tuple[dict[str, Any], dict[str, Any]]:
    added = dict(understanding.get("case", {}))
    removed = {k: v for k, v in dict(understanding.get("removed", {})).items() if v}
    command = understanding.get("command") or {}
    if command.get("name") == "change" and command.get("slot") and command["slot"] not in added:
        slot, value = command["slot"], command.get("value")
        added[slot] = [value] if slot in LIST_KEYS and not isinstance(value, list) else value
    if command.get("name") == "remove" and command.get("slot"):
        slot, value = command["slot"], command.get("value")
        if slot not in removed and slot in FACT_KEYS:
            removed[slot] = [value] if slot in LIST_KEYS else value
        if slot in ("conditions", "barriers") and value:
            ruled_out = dict(added.get("ruled_out", {}))
            ruled_out[slot] = list(dict.fromkeys((*ruled_out.get(slot, ()), value)))
            added["ruled_out"] = ruled_out
    answered = understanding.get("answered") or {}
    if answered:
        added["answered"] = {**dict(added.get("answered", {})), **answered}
    return added, removed


def _with_outcome(case: Case) -> Case:
    """Keep the work status outcome true: recorded once a status stands, declined once refused."""
    if case.work_status is not None:
        return replace(case, work_status_outcome="recorded")
    if case.answered.get("work_status") == "declined":
        return replace(case, work_status_outcome="declined")
    # A status taken back is none recorded.
    return (
        replace(case, work_status_outcome=None) if case.work_status_outcome == "recorded" else case
    )


def _words_said(
    state: Consultation, understanding: Said, removed: Said, case: Case
) -> tuple[dict[str, str], str | None]:
    """Return the clinician's words for the facts of ``case``, and the place as said."""
    said, place = dict(state.said), state.place
    for key, value in removed.items():
        said.pop(key, None)
        for one in value if isinstance(value, list) else []:
            said.pop(f"{key}:{one}", None)
    for key in FACT_KEYS:
        if key not in LIST_KEYS and getattr(case, key) != getattr(state.case, key):
            said.pop(key, None)
            place = None if key == "area" else place
    now: set[str] = set()
    for mention in understanding.get("mentions", ()):
        if mention.get("assertion") not in ("present", "uncertain"):
            continue
        slot, value, words = mention["slot"], mention["value"], mention["text"]
        if slot not in LIST_KEYS and getattr(case, slot, None) != value:
            # An answer about something else can mention what the case does not take from it.
            continue
        fact = f"{slot}:{value}" if slot in LIST_KEYS else slot
        # "Breast cancer" says more of the same than "chemo" further on.
        if fact not in now or slot not in LIST_KEYS or len(words) > len(said[fact]):
            said[fact] = words
        now.add(fact)
        if slot == "area":
            label = directory().areas.label(str(value))
            place = words if _is_place(words) else label
    return said, place


def _inferred(state: Consultation, added: Said, understanding: Said) -> tuple[str, ...]:
    """Return the keys that rest on inference alone: "in work" from nothing but a job's name."""
    if "work_status" not in added:
        return state.inferred
    mentions = understanding.get("mentions", ())
    jobs = {(m["start"], m["end"]) for m in mentions if m["slot"] == "occupation"}
    told = [m for m in mentions if m["slot"] == "work_status" and m["assertion"] == "present"]
    only_a_job = any((m["start"], m["end"]) in jobs for m in told)
    return ("work_status",) if only_a_job and added["work_status"] == "in_work" else ()


def _proposed(state: Consultation, understanding: Said) -> tuple[str, ...]:
    """Return the facts that rest on a proposal alone; saying one in plain words confirms it."""
    present = [m for m in understanding.get("mentions", ()) if m.get("assertion") == "present"]
    sure = {f"{m['slot']}:{m['value']}" for m in present if m.get("sure", True)}
    guessed = [
        f"{m['slot']}:{m['value']}"
        for m in present
        if not m.get("sure", True) and m["slot"] in LIST_KEYS
    ]
    return tuple(f for f in dict.fromkeys((*state.proposed, *guessed)) if f not in sure)


def _is_place(words: str) -> bool:
    """Say whether the words are a place's name (not an id or an outward code)."""
    return words[:1].isupper() and not any(c.isdigit() for c in words) and "-" not in words
