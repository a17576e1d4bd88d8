"""Words of an illness, a job or a benefit that mean something else where they stand.

A trade named after what it treats ("drug and alcohol nurse"), somebody who did a thing to the patient
("customer assaulted him"), the hour "after work", an appeal against a sacking, the probation of a new job.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.relations import EMPLOYERS
from understanding.surface import Surface
from understanding.word_sets import words

_DEPENDENCE = frozenset({"alcohol_dependence", "drug_dependence", "gambling"})
# Who treats them for a living. A *worker* or a *team* is as often the patient's own.
_TRADE = words(
    "nurse practitioner lead counsellor counselor manager coordinator therapist matron nurses "
    "commissioner "
    "midwife psychologist"
)
_TRADE_OR_KEYWORKER = _TRADE | words("worker keyworker caseworker adviser advisor specialist")
_CARED_FOR = re.compile(
    r"\b(?:under|with|by|via|from|to|through|of|sees?|seeing|seen|saw|has|have|had|got|his|her|"
    r"their|our|my|"
    r"the|attends|attending|open|known|told|asked|per)(?: (?:a|an|the|his|her|local|community|cgl))*$"
)
_IS_ONE = re.compile(
    r"(?:^|[,.;:(\n] ?|\b(?:works|worked|working|job|trained|employed|qualified) as (?:a |an )?|"
    r"\b(?:is|was|'s) (?:a|an) |\d\d ?[fm] (?:\w+ )?|\b(?:year|yr|y) ?-? ?old |"
    r"\b(?:lady|man|woman|male|female|a|an) )$"
)
# Never the patient's job by themselves.
_SERVED = words(
    "customer client pupil passenger resident parent inmate colleague coworker workmate tenant shopper"
)
_DOES_TO = re.compile(
    r" (?:has |had |'s |just |then |who )*(?:assaulted|attacked|hit|punched|kicked|bit|slapped|"
    r"threatened|"
    r"abused|groped|bullie[sd]|harasse[sd]|hounds|belittles|humiliate[sd]|shouts at|shouted at|"
    r"screamed at|swore at|"
    r"spat at|picks on|picked on|sacked|suspended) (?:him|her|them|me)\b"
)
_IS_HARD = re.compile(
    r" (?:is|was|'s|being|keeps?|very|so|really|quite|a|bit|rather|too|being|always|gets|can be)"
    r"(?: (?:is|was|being|very|so|really|quite|a|bit|bit of|rather|too|always))* ?"
    r"(?:aggressive|controlling|coercive|abusive|bully\w*|nasty|horrible|unsupportive|"
    r"unsympathetic|difficult|picking|"
    r"making|shouting|harassing|hounding|threatening|refusing|toxic|a bully|vile|awful|on (?:his|"
    r"her) back|giving (?:him|her))\b"
)
_AFTER_WORK = re.compile(r"(?:after|after any) (?:work|job|jobs)$")
_IS_AFTER = re.compile(
    r"(?:^|[,.;:(/-] ?|(?<!\w)(?:is|'s|was|are|be|been|not|really|now|still|and|but|actively|both|he|she|"
    r"patient|\d\d ?[fm]|unemployed|jobless|keen|uc|jsa|esa|pip|definitely|very|much|only|desperately) )$"
)
_THEN = re.compile(r" (?:he|she|they|has|gets|goes|falls|drinks|sleeps|comes)\b")
_DISMISSED = re.compile(
    r"\b(?:sack(?:ed|ing)|dismiss\w*|fired|disciplinary|grievance|suspension|redundanc\w+|"
    r"ill health retirement|parking|conviction|sentence|visa|asylum|home office|ehcp|school place|"
    r"licence|dvla|rent|eviction)\b"
)
_OF_A_BENEFIT = re.compile(
    r"\b(?:pip|uc|esa|dwp|wca|lcwra?|dla|jsa|benefits?|universal credit|mandatory|mr|award|points|"
    r"tribunal date|fit for work|assessment|sanction\w*|carers)\b"
)
_NOT_YET = re.compile(r" not yet(?= (?:[,.;)?]|claimed|applied|started|made|and|but)|$| $)")
_NEW_JOB = re.compile(r"\b(?:new|first|at|in) (?:job|post|role|employer|firm|work)\b|\bstarted\b")
_PROBATION = re.compile(r"(?:on )?probation$")
_TREATING = re.compile(r"(?:(?:drugs?|alcohol|addictions?|substance|misuse|and|&) )+$")
_SUSPENDED = re.compile(r"\b(?:suspended|suspension|gardening leave|furlough\w*)\b[^.;]{0,20}$")
_OUT = re.compile(r"(?:kicked|chucked) out$")
_OF_NO_HOME = re.compile(
    r" (?:of|from) (?!(?:his |her |their |the |a |family |parents?|mum|dad|own |council )*"
    r"(?:home|house|flat|hostel|place|digs|tenancy|accommodation|refuge)|'?s\b)"
)
_PAY = re.compile(r"on (?:full|half) pay$|(?:full|half) pay$")


_NEW, _SENT_HOME = "of a new job", "suspended"
# What tells of a job that is held.
_HOLDS_A_JOB = frozenset({_NEW, _SENT_HOME})


def meant_otherwise(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return ``facts`` with those that are only words of something else set aside."""
    out = []
    for fact in facts:
        cue = _meant(surface, fact) if fact.holds else ""
        if cue in _HOLDS_A_JOB:
            out.append(Fact("work_status", "in_work", fact.first, fact.last, cue=cue))
        if (
            not cue
            and fact.value == "alcohol_dependence"
            and fact.present
            and _counted(surface, fact)
        ):
            out.append(fact.set("uncertain", "a number of units"))
        elif not cue:
            out.append(fact)
        elif fact.slot in ("conditions", "occupation"):
            out.append(fact.set("other_person", cue))
        else:
            out.append(fact.set("hypothetical", cue))
    return out


def _counted(surface: Surface, fact: Fact) -> bool:
    """Say whether all that is said is how much somebody drinks ("60 units/wk")."""
    return any(w.norm in ("units", "unit") for w in surface.words[fact.first : fact.last + 1])


def _meant(surface: Surface, fact: Fact) -> str:
    said = " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])
    begin = surface.offsets[fact.first]
    before = surface.flat[max(0, begin - 50) : begin]
    after = surface.flat[surface.offsets[fact.last] + len(surface.words[fact.last].norm) :][:60]
    if fact.slot == "conditions" and fact.value in _DEPENDENCE:
        return _trade(said, before, after)
    if fact.slot == "occupation":
        served = fact.first == fact.last and said in _SERVED
        if (treats := _TREATING.search(before)) and _CARED_FOR.search(
            before[: treats.start()].rstrip()
        ):
            return "who helps"
        if served or _DOES_TO.match(after) or (said in EMPLOYERS and _IS_HARD.match(after)):
            return "who does it"
    if (
        fact.slot in ("work_status", "goal")
        and _AFTER_WORK.search(said)
        and not said.startswith("not")
        and (not _IS_AFTER.search(before) or _THEN.match(after))
    ):
        return "after hours"
    if fact.slot == "benefit_issues" and fact.value == "appeal":
        against = _DISMISSED.search(surface.flat)
        return against.group() if against and not _OF_A_BENEFIT.search(surface.flat) else ""
    if fact.slot == "benefits" and (yet := _NOT_YET.match(after)):
        return yet.group().strip()
    if (
        fact.value == "offending_history"
        and _PROBATION.search(said)
        and _NEW_JOB.search(after[:24])
    ):
        return _NEW
    if fact.value == "change_job" and re.search(
        r"\bprobation [(,-]? ?(?:in |at |of |with |a |the )*$", before
    ):
        return "on probation in it"
    if fact.value == "housing" and _OUT.search(said) and _OF_NO_HOME.match(after):
        return "of no home"
    if fact.value == "off_sick" and _PAY.search(said) and _SUSPENDED.search(before):
        return _SENT_HOME
    return ""


def _trade(said: str, before: str, after: str) -> str:
    """Return the trade that an illness is part of the name of ("drug and alcohol nurse"), or nothing."""
    named = said.split()[-1]
    following = after.split()[:1]
    trade = named if named in _TRADE_OR_KEYWORKER else following[0] if following else ""
    if trade in _TRADE and not _CARED_FOR.search(before.rstrip()):
        return trade
    # "Drug worker, sciatica": only where it is said to be what the patient is.
    return trade if trade in _TRADE_OR_KEYWORKER and _IS_ONE.search(before) else ""
