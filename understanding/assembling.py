"""From the facts of one message to the keys of the case (contract, section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from services_directory.vocabulary import Vocabulary
from understanding.facts import Fact
from understanding.programmes import UNNAMED
from understanding.surface import Surface

LISTS = ("employment_type", "benefits", "benefit_issues", "conditions", "barriers")
GOAL_ORDER = ("not_now", "change_job", "return_to_work", "stay_in_work", "find_work")
NEW_JOB = re.compile(r"\b(?:something|new|another|different|else|elsewhere|other)\b")


@dataclass(frozen=True)
class Assembled:
    """The case keys a message adds, what it takes away, and the facts that carry them."""

    case: dict[str, Any]
    removed: dict[str, Any]


def assemble(facts: list[Fact], words: Vocabulary, corrects: bool) -> Assembled:
    """Return the case that ``facts`` add up to. What only may be so stands in it and in ``uncertain``."""
    case: dict[str, Any] = {}
    removed: dict[str, Any] = {}
    uncertain: dict[str, list[str]] = {}
    for slot in LISTS:
        said = [f for f in facts if f.slot == slot]
        present = list(dict.fromkeys(f.value for f in said if f.present))
        maybe = list(
            dict.fromkeys(
                f.value for f in said if f.state == "uncertain" and f.value not in present
            )
        )
        held = present + maybe
        if slot == "benefits":
            held = most_specific(held, words)
        if held:
            case[slot] = held
        if maybe := [v for v in maybe if v in held]:
            uncertain[slot] = maybe
        once = {f.value for f in said if f.state == "past"}
        denied = [
            f.value
            for f in said
            if f.ruled_out
            and f.owner is None
            and f.value not in held
            and (f.value not in once or f.cue.startswith("no "))
        ]
        if slot in ("conditions", "barriers") and denied:
            case.setdefault("ruled_out", {})[slot] = list(dict.fromkeys(denied))
        gone = [
            f.value
            for f in said
            if f.value not in held
            and (f.state == "absent" or _ended(f) or (corrects and not f.holds))
        ]
        if gone:
            removed[slot] = list(dict.fromkeys(gone))
    for fact in facts:
        if fact.slot in LISTS or fact.slot in case:
            continue
        if fact.present:
            case[fact.slot] = fact.value
        elif fact.value is True and fact.owner is None and (fact.ruled_out or _left(fact)):
            case[fact.slot] = False
    if case.get("in_programme") == UNNAMED:
        # Which one decides: until then nothing that asks for it is met or failed.
        uncertain["in_programme"] = [UNNAMED]
    if uncertain:
        case["uncertain"] = uncertain
    return Assembled(case, removed)


# An end that is told ("resolved", "came off it"), beside a mere time of long ago ("in 2011", "previous").
_END = re.compile(
    r"\b(?:resolved|recover\w+|cleared|cured|sorted|settled|healed|gone|lifted|ended|stopped|finished|"
    r"over|better|fixed|fine|well|safe|paid|closed|dealt|ran|run|expired|remission|under control|"
    r"all clear|sober|dry|clean|abstinent|teetotal|discharged|grew|grown|outgr\w+|withdrawn|removed|"
    r"no (?:longer|contact|problems?)|not (?:since|any)|any more|nothing|none|quit|kicked|gave|given|"
    r"came off|come off|off it|got over|beat|beaten|stepped|signed|overturned|behind|history now|"
    r"put right|moved on|housed|back at)\b"
)


def _ended(fact: Fact) -> bool:
    """Say whether ``fact`` is told to have come to an end, which takes back what was said of it before."""
    return fact.state == "past" and _END.search(fact.cue) is not None


def _left(fact: Fact) -> bool:
    """Discharged from a team is no longer under it."""
    return fact.slot == "under_secondary_mental_health" and fact.state == "past"


def most_specific(benefits: list[str], words: Vocabulary) -> list[str]:
    """Drop a benefit that a narrower one implies, and *none* beside any other."""
    terms = words.terms["benefits"]
    parents = {terms[b].parent for b in benefits if b in terms and terms[b].parent}
    kept = [b for b in benefits if b not in parents]
    return [b for b in kept if b != "none"] if len(kept) > 1 else kept


def choose_goal(surface: Surface, facts: list[Fact], status: str | None) -> Fact | None:
    """Return the goal, in the words that fit the status ("back to work" without a job is finding work)."""
    said = [f for f in facts if f.slot == "goal" and f.present and not _of_the_employer(surface, f)]
    if any(f.slot == "has_job_offer" and f.value is True and f.present for f in facts):
        # "New job starts 1 Dec" is the job to come, no wish for another.
        said = [f for f in said if f.value != "change_job" or not _is_new_job(surface, f)]
    if not said:
        return None
    # A goal inside a longer one ("get a job" in "get a different job") counts once.
    for goal in GOAL_ORDER:
        for fact in said:
            if fact.value == goal:
                fitted = _fitted(surface, fact, goal, status, {f.value for f in said})
                if fitted is not None:
                    return Fact("goal", fitted, fact.first, fact.last, cue=fact.cue)
    return None


def _is_new_job(surface: Surface, fact: Fact) -> bool:
    return (
        re.fullmatch(
            r"(?:a |the |his |her |their )?new (?:jobs?|posts?|role|position|career)",
            " ".join(w.norm for w in surface.words[fact.first : fact.last + 1]),
        )
        is not None
    )


def _of_the_employer(surface: Surface, fact: Fact) -> bool:
    """ "Firm is keeping the job open": what they do, not what the patient wants."""
    after = [w.norm for w in surface.words[fact.last + 1 : fact.last + 2]]
    return (
        after in (["open"], ["warm"], ["nil"], ["none"])
        or _PLAN_NIL.match(" ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 4]))
        is not None
    )


_PLAN_NIL = re.compile(r"(?:plan|date|interview)s? :? ?(?:nil|none|not)\b")


def _fitted(
    surface: Surface, fact: Fact, goal: str, status: str | None, said: set[Any]
) -> str | None:
    text = " ".join(w.norm for w in surface.words[fact.first : fact.last + 3])
    without = status in (
        "unemployed",
        "economically_inactive",
        "volunteering",
        "retired",
        "student",
    )
    if goal in ("return_to_work", "change_job") and without:
        return "find_work"
    if goal == "stay_in_work":
        return None if without else "return_to_work" if status == "off_sick" else goal
    if goal == "find_work":
        if status in ("in_work", "in_work_struggling"):
            return "change_job" if NEW_JOB.search(text) else None
        if status == "off_sick":
            return "change_job" if NEW_JOB.search(text) else None
    if goal == "return_to_work" and status in ("in_work", "in_work_struggling"):
        return None
    return goal
