"""From phrases found to facts: whose they are, how they are asserted, and which do not count."""

from __future__ import annotations

import re
from typing import Any

from understanding.assertion import Judgement, is_plain_question, judge
from understanding.corrections import correcting_cue
from understanding.facts import Fact
from understanding.lexicon import HOMONYM, WORKPLACE, Lexicon
from understanding.months import today
from understanding.onset import at_onset
from understanding.people import People
from understanding.person import Person
from understanding.phrases import Found, longest
from understanding.relations import PARTNERS, RELATIVES
from understanding.resolution import FOR_LIFE
from understanding.said_of_key import as_said
from understanding.surface import Surface
from understanding.word_sets import words

# Barriers that are about other people: naming them does not make the fact theirs.
ABOUT_OTHERS = words(
    "domestic_abuse family_relationship caring_responsibilities childcare bereavement "
    "employer_adjustments "
    "job_quality low_expectations discrimination leaving_home_alone social_isolation literacy_numeracy "
    "english_language housing digital_skills"
)
# "Both parents have diabetes, he does not".
NOR_THE_PATIENT = re.compile(
    r"[^\s]+(?: (?!not )[\w&]+){0,4}? ?[,;.-]? (?:but |and )?(?P<who>he|she|this one|patient)"
    r"(?: himself| herself)? (?:has|does|is) not(?: (?:got|have) (?:it|that|any))?(?= ?(?:,|\.|;|and|but|$))"
)
# Barriers named by one bare word count only as an answer, or where the word *barrier* or the like stands by.
BARE = words(
    "transport travel housing finances caring confidence digital commute travelling literacy "
    "rural appeal"
)
NAMED_AS_BARRIER = re.compile(
    r"\b(?:barriers?|problems?|issues?|trouble|obstacles?|difficult\w*|worries|mainly|biggest|the main)\b"
)


def read_facts(
    surface: Surface, found: list[Found], people: People, lexicon: Lexicon, asked: str | None
) -> list[Fact]:
    """Return the facts that ``found`` phrases tell, with whose they are and how they are asserted."""
    found = [
        f
        for f in found
        if not (f.sense.answer and f.sense.slot != asked) and not _is_title(surface, f)
    ]
    kept = _longest(found)
    taken = frozenset(
        i
        for f in kept
        if f.sense.slot in ("conditions", "barriers", "benefits")
        for i in range(f.first, f.last + 1)
    )
    facts = []
    for one in kept:
        if (
            _too_bare(surface, one, asked)
            or _in_jest(surface, one)
            or (is_plain_question(surface, one.first) and asked is None)
        ):
            continue
        facts.append(_fact(surface, one, people, lexicon, taken))
    return facts


def _longest(found: list[Found]) -> list[Found]:
    """Return the finds that stand; a job may lie inside what would hide an illness ("IT support")."""
    work = [f for f in found if f.sense.slot in ("occupation", "work_status", "employment_type")]
    rest = [f for f in found if f not in work]
    silent = [f for f in rest if f.sense.slot == HOMONYM]
    kept = longest(rest, frozenset({HOMONYM, WORKPLACE}))
    kept += longest(
        [f for f in work if f.sense.slot != "occupation"] + silent, frozenset({HOMONYM})
    )
    # "No dentist" is the barrier it says, and names nobody's job.
    named = {
        i
        for f in kept
        if f.sense.slot in ("conditions", "barriers")
        for i in range(f.first, f.last + 1)
    }
    jobs = [
        f
        for f in work
        if f.sense.slot == "occupation" and not named & set(range(f.first, f.last + 1))
    ]
    kept += longest(jobs, frozenset())
    return [f for f in kept if f.sense.slot not in (HOMONYM, WORKPLACE)]


def _is_title(surface: Surface, found: Found) -> bool:
    """ "Ms" before a name is no multiple sclerosis."""
    return found.first == found.last and surface.words[found.first].raw == "Ms"


def _in_jest(surface: Surface, found: Found) -> bool:
    """ "Printer jammed AGAIN, depression setting in lol": what is laughed at is no finding."""
    after = {w.norm for w in surface.words[found.last + 1 : found.last + 5]}
    return found.sense.slot == "conditions" and bool({"lol", "haha", "hahaha", "jk"} & after)


# A *no* to the question for the goal ends there, or says what is not wanted.
_NO_GOAL = frozenset({"no", "none", "nothing", "neither"})
_AFTER_NO = words(
    ". , ; ! ? - thanks thank ta not never plans plan interest intention desire wish chance way yet "
    "really work job nothing thing at for"
)


# What names an employer only where it is all, or nearly all, of an answer.
_PLACE_OF_WORK = frozenset({"work", "boss", "employer", "manager", "workplace"})
_BARE_ANSWER = 4


def _too_bare(surface: Surface, found: Found, asked: str | None) -> bool:
    """A bare "transport" is a barrier as an answer; in a sentence it may be anything."""
    if found.sense.slot == "goal" and surface.words[found.last].norm in _NO_GOAL:
        # "Actually no he's back at work" puts something right.
        following = [w.norm for w in surface.words[found.last + 1 : found.last + 2]]
        led = [w.norm for w in surface.words[max(0, found.first - 1) : found.first]]
        return bool(following) and (following[0] not in _AFTER_NO or led == ["actually"])
    if found.sense.slot != "barriers" or found.first != found.last:
        return False
    if found.sense.answer and surface.words[found.first].norm in _PLACE_OF_WORK:
        # "Work" may be the answer; in "he's back at work since Monday" it is none.
        return sum(w.norm.isalpha() for w in surface.words) > _BARE_ANSWER
    if asked == "barriers":
        return False
    after = " ".join(w.norm for w in surface.words[found.last + 1 : found.last + 3])
    if re.match(r"(?:fine|ok|okay|sorted|no problem|is (?:fine|ok|sorted|not))\b", after):
        return False
    return surface.words[found.first].norm in BARE and not NAMED_AS_BARRIER.search(surface.flat)


def _fact(
    surface: Surface, found: Found, people: People, lexicon: Lexicon, taken: frozenset[int]
) -> Fact:
    slot, value = found.sense.slot, found.sense.value
    truth: Any = True if slot in lexicon.flags else value
    if slot == "occupation":
        truth = surface.text[slice(*surface.span(found.first, found.last))]
    fact = Fact(slot, truth, found.first, found.last, cue="")
    owner = people.owner[found.first]
    words = " ".join(w.norm for w in surface.words[found.first : found.last + 1])
    if owner is not None and _others(fact, owner, slot, str(value), words, people.patient_sex):
        if slot == "conditions" and _not_the_patient(surface, found.last, owner):
            return fact.set("absent", "not the patient", True)
        return Fact(slot, truth, found.first, found.last, "other_person", owner.word, owner=owner)
    following = people.owner[found.last + 1] if found.last + 1 < len(surface.words) else None
    if (
        slot == "conditions"
        and following is not None
        and not following.employer
        and following.at == found.last + 1
        and following.word in RELATIVES
    ):
        # "Her disabled son": the word describes him.
        return Fact(
            slot, truth, found.first, found.last, "other_person", following.word, owner=following
        )
    own_negation = frozenset(range(found.first, found.last + 1))
    judged = judge(
        surface,
        found.first,
        found.last,
        taken | own_negation,
        benefit=slot
        in ("benefits", "employment_type", "benefit_issues", "under_secondary_mental_health"),
    )
    if judged.state == "past" and value in FOR_LIFE and judged.cue.endswith("settled"):
        judged = Judgement()
    if judged.state == "past":
        judged = at_onset(surface, slot, value, found.first, found.last, judged, today())
    if judged.cue == "not" and _replaced(surface, fact, taken):
        judged = Judgement("absent", "not")
    return as_said(surface, fact, judged)


def _replaced(surface: Surface, fact: Fact, taken: frozenset[int]) -> bool:
    """ "Typo, OA not RA": what was mistyped is taken back, nobody looked for it."""
    at = fact.first - 1
    if surface.words[at].norm != "not" or at == 0:
        return False
    beside = at - 2 if surface.words[at - 1].norm == "," else at - 1
    return beside in taken and correcting_cue(surface.text) is not None


def _not_the_patient(surface: Surface, last: int, owner: Person) -> bool:
    """ "Both parents have diabetes, he does not": said of the patient, too."""
    found = NOR_THE_PATIENT.match(surface.flat[surface.offsets[last] :])
    if found is None:
        return False
    sex = {"he": "male", "she": "female"}.get(found["who"])
    return sex is None or sex != owner.sex


# Money that a couple lives on is the patient's too, whoever of them lost it.
_HOUSEHOLD = re.compile(
    r"\b(?:rent|mortgage|savings|house|housekeeping|bills?|food|shopping|deposit|electric|gas|"
    r"council tax|joint|"
    r"family|life savings|nest egg)\b"
)
_FORMER = frozenset({"ex"})
_TOLD = re.compile(r"\btold (him|her|he|she)\b")


def _others(
    fact: Fact, owner: Person, slot: str, value: str, words: str, patient_sex: str | None
) -> bool:
    """Say whether a fact inside ``owner``'s words is theirs."""
    if value == "caring_responsibilities" and re.match(
        rf"{re.escape(owner.word)} (?:'s|is|was) (?:the|a|his|her|their|my)(?: \w+)? carer\b", words
    ):
        # "Mum's the carer"; but "mum's carer" is whoever cares for her.
        return True
    pronoun = owner.word in ("he", "she") and slot != "barriers"
    if owner.at >= fact.first and slot != "occupation" and not pronoun:
        return owner.at > fact.last
    if owner.employer:
        away = (
            slot == "work_status"
            and value in ("off_sick", "retired")
            and fact.first - owner.at <= 3
        )
        return away or slot in ("conditions", "benefits", "goal")
    if slot == "barriers":
        if value == "caring_responsibilities":
            # "Nan can't be left": the patient's care; "wife is a carer": the wife's.
            return (
                re.search(r"\b(?:carer|cares|caring|look(?:s|ing) after|minds)\b", words)
                is not None
            )
        if value == "domestic_abuse":
            return owner.word not in PARTNERS | {"he", "she"}
        if value == "low_expectations" and (told := _TOLD.search(words)):
            # "Wife was told she'd never work": hers; "wife told him to give up": his.
            whose = {"he": "male", "him": "male"}.get(told.group(1), "female")
            return owner.sex == whose and patient_sex is not None and patient_sex != whose
        if value == "low_expectations" and words.startswith("told"):
            # "Wife was told never to work again".
            return not {"him", "her", "them", "he", "she"}.intersection(words.split())
        if value == "debt_finance" and owner.word in PARTNERS - _FORMER:
            return _HOUSEHOLD.search(words) is None
        return value not in ABOUT_OTHERS or value in (
            "bereavement",
            "caring_responsibilities",
            "literacy_numeracy",
            "english_language",
            "digital_skills",
            "housing",
            "leaving_home_alone",
            "social_isolation",
        )
    return True
