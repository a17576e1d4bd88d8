"""From evidence to one answer a key: the age, the work status, the goal, and what they leave no room for."""

from __future__ import annotations

import re

from understanding.amounts import Age
from understanding.answers import NUMBERS
from understanding.assembling import choose_goal
from understanding.assertion import is_plain_question
from understanding.bare_wishes import CUE as WISH_ALONE
from understanding.facts import Fact
from understanding.people import People
from understanding.surface import Surface
from understanding.work import work_status

# "M34" is a postcode as well as a man of 34; it is his age only where it opens the message.
# A bare number answers the length of time just asked for; an age is said to be one.
STATED = 3
# "18m" is so many months where a length was asked for.
_MONTHS = re.compile(r"\d\dm$")
CODE = re.compile(r"m\d\d$")


def settle(
    surface: Surface,
    facts: list[Fact],
    asked: str | None,
    weeks: dict[tuple[int, int], float],
) -> list[Fact]:
    """Return the facts with the one work status and the one goal they add up to."""
    told = next((f for f in facts if f.slot == "work_status" and f.cue == "answer"), None)
    status = told or work_status(surface, facts, asked)
    keeps = any(f.cue == WISH_ALONE and f.value == "stay_in_work" for f in facts)
    if (asked in NUMBERS or keeps) and told is None:
        status = None
    if asked == "benefits" and status is not None and told is None:
        # The benefit asked for says nothing more of work than is known already.
        named = {(f.first, f.last) for f in facts if f.slot == "benefits"}
        status = None if (status.first, status.last) in named else status
    if asked in ("employment_type", "occupation") and status is not None and told is None:
        said = [f for f in facts if f.slot == "work_status" and f.present and f.cue != "time off"]
        status = status if said and status.value != "in_work" else None
    if status is not None and told is None and _only_swapped(facts, status):
        status = None
    goal = choose_goal(surface, facts, status.value if status else None)
    asked_goal = next((f for f in facts if f.slot == "goal" and f.cue == "answer"), None)
    rest = [
        f for f in facts if f.slot not in ("work_status", "goal") and not _for_signs(surface, f)
    ]
    away = status is not None and status.value in (
        "unemployed",
        "economically_inactive",
        "retired",
        "volunteering",
    )
    if away:
        # "He did lose the job in the end": no risk any more.
        rest = [f for f in rest if f.slot != "job_at_risk" or f.value is not True or not f.present]
        rest = [f for f in rest if f.slot not in ("occupation", "employment_type") or not f.present]
        rest = [
            f
            for f in rest
            if not (f.slot == "barriers" and f.value == "job_quality" and f.cue == "zero hours")
        ]
    if (
        status is not None
        and status.value == "off_sick"
        and not any(f.slot == "absence_weeks" for f in rest)
    ):
        rest = [
            Fact("absence_weeks", weeks[f.first, f.last], f.first, f.last, cue=f.cue)
            if f.slot == "out_of_work_months" and (f.first, f.last) in weeks
            else f
            for f in rest
        ]
    if status is not None and status.value not in ("off_sick",) and asked != "absence_weeks":
        rest = [f for f in rest if f.slot != "absence_weeks"]
    if (
        status is not None
        and status.value in ("off_sick", "in_work", "in_work_struggling")
        and asked != "out_of_work_months"
    ):
        rest = [f for f in rest if f.slot != "out_of_work_months"]
    chosen = [f for f in (status, asked_goal or goal) if f is not None]
    return rest + chosen


def _only_swapped(facts: list[Fact], status: Fact) -> bool:
    """ "She's self-employed, not agency": puts right how the job is held, and says no more of work."""
    kinds = [f for f in facts if f.slot == "employment_type"]
    swapped = any(f.ruled_out for f in kinds) and any(f.present for f in kinds)
    if status.value != "in_work" or not swapped:
        return False
    spans = {(f.first, f.last) for f in kinds if f.present}
    others = [f for f in facts if f.slot in ("occupation", "conditions") and f.holds]
    return (status.first, status.last) in spans and not others


_SIGNS = re.compile(r"\b(?:bsl|sign(?:ed|ing)? (?:language|interpreter)|deaf|lip ?- ?read\w*)\b")


def _for_signs(surface: Surface, fact: Fact) -> bool:
    """Say whether the interpreter of ``fact`` is one for a deaf patient: then nothing is said of English."""
    words = " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])
    english = fact.value == "english_language" and "interpret" in words
    return english and _SIGNS.search(surface.flat) is not None


def find_age(surface: Surface, ages: list[Age], people: People, asked: str | None) -> list[Fact]:
    """Return which of ``ages`` is the patient's, and the sex written with it, if any is."""
    facts: list[Fact] = []
    for age in sorted(ages, key=lambda a: not _said_as_present(surface, a)):
        owner = people.owner[age.first]
        if asked in NUMBERS and age.strength < STATED:
            continue
        if asked in NUMBERS and _MONTHS.match(surface.words[age.first].norm):
            continue
        if is_plain_question(surface, age.first):
            continue
        if is_code(surface, age) or (asked == "area" and CODE.match(surface.words[age.first].norm)):
            continue
        if owner is not None and not owner.employer:
            facts.append(
                Fact(
                    "age",
                    age.years,
                    age.first,
                    age.last,
                    "other_person",
                    owner.word,
                    owner=owner,
                )
            )
            continue
        facts.append(Fact("age", age.years, age.first, age.last, cue="age"))
        if age.sex is not None:
            facts.append(Fact("sex", age.sex, age.first, age.last, cue=age.sex[0]))
        break
    return [f for f in facts if f.slot != "sex" or f.value]


def is_code(surface: Surface, age: Age) -> bool:
    """Say whether what looks like an age with a sex is a postcode ("14 Tanpit Brow M22")."""
    return age.first > 0 and CODE.match(surface.words[age.first].norm) is not None


def _said_as_present(surface: Surface, age: Age) -> bool:
    """ "Last harmed herself age 19, now 35": the age she is now beats one she was."""
    return age.first > 0 and surface.words[age.first - 1].norm == "now"
