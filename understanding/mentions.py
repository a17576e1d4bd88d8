"""From phrases found to facts: whose they are, how they are asserted, and which do not count."""

from __future__ import annotations

import re
from typing import Any

from understanding.assertion import Judgement, is_plain_question, judge
from understanding.corrections import correcting_cue
from understanding.facts import Fact
from understanding.lexicon import HOMONYM, WORKPLACE, Lexicon
from understanding.people import People
from understanding.person import Person
from understanding.phrases import Found, longest
from understanding.relations import PARTNERS, RELATIVES
from understanding.surface import Surface
from understanding.word_sets import words
from understanding.work import LOST

# Barriers that are about other people: naming them does not make the fact theirs.
ABOUT_OTHERS = words(
    "domestic_abuse family_relationship caring_responsibilities childcare bereavement "
    "employer_adjustments "
    "job_quality low_expectations discrimination leaving_home_alone social_isolation literacy_numeracy "
    "english_language housing digital_skills"
)
# Barriers named by one bare word count only as an answer, or where the word *barrier* or the like stands by.
NO_PRESENT_JOB = re.compile(
    r"\b(?:was|were|used to be|former|ex|trained|qualified|worked|years|old|"
    r"dream\w*|retrain|become|being|lost)\b(?: \w+){0,3}$"
)
NOR_THE_PATIENT = re.compile(
    r"[^\s]+(?: (?!not )[\w&]+){0,4}? ?[,;.-]? (?:but |and )?(?P<who>he|she|this one|patient)"
    r"(?: himself| herself)? (?:has|does|is) not(?: (?:got|have) (?:it|that|any))?(?= ?(?:,|\.|;|and|but|$))"
)
# "Discharged from secondary care" names the team and its end in one phrase.
LEFT = words("discharged stepped signed")
BARE = words(
    "transport travel housing finances caring confidence digital commute travelling literacy "
    "rural appeal"
)
NAMED_AS_BARRIER = re.compile(
    r"\b(?:barriers?|problems?|issues?|trouble|obstacles?|difficult\w*|worries|mainly|biggest|the main)\b"
)
WANTED = re.compile(
    r"\b(?:wants?|want|looking|would like|would love|keen|hop\w+|try|trying|maybe|"
    r"thinking|consider\w*|considering|interested|ideally|prefer\w*|suit|only if|"
    r"could manage|could do|after)\b"
)
GOAL_OF_OTHERS = re.compile(
    r"\b(?:want|wants|pushing|push|pressure|pressuring|telling|told|tells|expect\w*|"
    r"insist\w*) (?:him|her|them|that he|that she)(?: to)?(?: \w+){0,2}$"
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
        if _too_bare(surface, one, asked) or (
            is_plain_question(surface, one.first) and asked is None
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


def _too_bare(surface: Surface, found: Found, asked: str | None) -> bool:
    """A bare "transport" is a barrier as an answer; in a sentence it may be anything."""
    if found.sense.slot != "barriers" or found.first != found.last or asked == "barriers":
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
    if owner is not None and _others(fact, owner, slot, str(value), words):
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
    if judged.cue == "not" and _replaced(surface, fact, taken):
        judged = Judgement("absent", "not")
    return _asserted(surface, fact, judged)


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


def _others(fact: Fact, owner: Person, slot: str, value: str, words: str) -> bool:
    """Say whether a fact inside ``owner``'s words is theirs."""
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
        if value == "low_expectations" and words.startswith("told"):
            # "Wife was told never to work again": hers; "wife told him to give up": his.
            return not {"him", "her", "them", "he", "she"}.intersection(words.split())
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


def _asserted(surface: Surface, fact: Fact, judged: Judgement) -> Fact:
    slot = fact.slot
    before = " ".join(w.norm for w in surface.words[max(0, fact.first - 6) : fact.first])
    clause = re.split(r"[,.;:]| but | and ", before)[-1]
    if slot in ("employment_type", "occupation"):
        age_only = re.search(r"\b(?:year|years|y) old$", clause.strip())
        if not age_only and (WANTED.search(clause) or NO_PRESENT_JOB.search(clause)):
            gone = any(word in clause for word in ("was", "worked", "lost"))
            return fact.set("past" if gone else "hypothetical", clause.strip())
    last = surface.words[fact.last].raw.lower()
    if (
        slot == "occupation"
        and fact.first == fact.last
        and last.endswith("s")
        and not last.endswith("ss")
    ):
        return fact.set("other_person", "several of them")
    if slot == "occupation" and is_writer(surface, fact):
        return fact.set("other_person", "the writer")
    # "Wants to end his life", "bloods gone off", "grand on cards": the words of work, not work.
    following = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    if slot == "job_at_risk" and re.search(
        r"\b(?:life|it all|things|himself|herself)\b", following
    ):
        return fact.set("hypothetical", following)
    if slot == "work_status" and re.search(
        r"\b(?:bloods?|milk|food|results?|alarm|lights?|phone|skin|wound|tests?|"
        r"ecg|heating)(?: \w+)?$",
        clause,
    ):
        return fact.set("other_person", clause)
    if slot == "employment_type" and re.search(
        r"\b(?:grand|k|hundred|thousand|pounds|quid|owes?|debts?)\b", clause
    ):
        return fact.set("other_person", clause)
    if slot == "goal" and GOAL_OF_OTHERS.search(before):
        return fact.set("hypothetical", "wanted by others")
    if slot == "work_status":
        return _status_asserted(surface, fact, judged, clause)
    if slot == "under_secondary_mental_health" and re.match(
        r"(?:referral|referred|assessment|have been asked)",
        " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3]),
    ):
        return fact.set("hypothetical", "only referred")
    if slot == "under_secondary_mental_health" and surface.words[fact.first].norm in LEFT:
        return fact.set("past", surface.words[fact.first].norm)
    near = " ".join(w.norm for w in surface.words[max(0, fact.first - 5) : fact.first])
    if slot == "under_secondary_mental_health" and re.search(
        r"\b(?:never been (?:near|under|with|seen by|in)|not (?:open to|under|"
        r"with|known to|seen by|on the books of)|no|"
        r"never (?:had|under|with|seen|needed)|without)(?: (?:a|an|the|any|his|her))*$",
        near,
    ):
        return fact.set("absent", near, True)
    if slot == "has_job_offer" and re.search(
        r"\b(?:withdr\w+|fell through|pulled|rescinded|taken back)\b", surface.flat
    ):
        return fact.set("absent", "withdrawn", True)
    if judged.state == "present":
        return fact
    if slot == "employment_type" and judged.state == "uncertain":
        return fact.set("hypothetical", judged.cue)
    if slot in ("goal", "job_at_risk", "has_job_offer", "never_worked") and judged.state in (
        "past",
        "uncertain",
    ):
        return fact
    if slot == "benefit_issues" and fact.value == "wca_pending" and judged.state != "past":
        return fact
    if slot == "benefit_issues" and judged.state == "hypothetical" and fact.value != "appeal":
        return fact
    return fact.set(judged.state, judged.cue, judged.ruled_out)


WRITER_AFTER = re.compile(
    r"^(?:here|writing|speaking|calling|asking|visit|says|said|told|thinks|wants|rang|"
    r"asked|asks|reports|reckons|suggested|suggests|referred|notes?|review|wrote|letter|"
    r"involved|helping|sorting|appointment|appt)\b"
)


def is_writer(surface: Surface, fact: Fact) -> bool:
    """Say whether a job named is the writer's, or that of somebody who helps or reports."""
    after = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    before = surface.words[fact.first - 1].norm if fact.first else ""
    return bool(WRITER_AFTER.match(after)) or before in (
        "his",
        "her",
        "their",
        "the",
        "our",
        "my",
        "by",
        "via",
        "see",
        "saw",
        "sees",
        "to",
    )


def _status_asserted(surface: Surface, fact: Fact, judged: Judgement, clause: str) -> Fact:
    """Work status has its own past ("used to work") and wishes ("wants to be back at work")."""
    following = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    if re.match(
        r"(?:commitments?|requirements?|search|history|experience|record|references?|"
        r"coach|capability|adviser|advisor|programme|email|phone)\b",
        following,
    ):
        return fact.set("hypothetical", following)
    if judged.ruled_out and judged.cue.split()[-1:] not in (
        ["fine"],
        ["ok"],
        ["okay"],
        ["normal"],
        ["sorted"],
    ):
        return fact.set("absent", judged.cue, True)
    if fact.value in ("in_work", "student", "retired", "volunteering", "in_work_struggling"):
        if re.search(
            r"\b(?:used to|was|were|previously|formerly|finished|left|dropped out of|"
            r"done with|quit|lost|before|until|till|gave up|had been|stopped|ex|since|"
            r"packed in|last|from|starting|start|trained|experience|never)(?: \w+){0,2}$",
            clause,
        ):
            return fact.set("past", clause.strip())
        if re.search(
            r"\b(?:wants?|want|would|hop\w+|keen|like|love|ready|plan\w*|thinking|about|"
            r"tried|try|trying|if|when|get|able|should|could|might|help|pushing|wish\w*|"
            r"offered|semi|fear of|apply\w*|consider\w*)(?: \w+){0,3}$",
            clause,
        ):
            return fact.set("hypothetical", clause.strip())
    if fact.value == "off_sick" and re.search(
        r"\b(?:never|avoid|not want|want to go|without|nearly|almost|about to|on verge of|"
        r"rather than|was|were|had been|last|might|may|could|if|does not want|"
        r"to be)(?: \w+){0,2}$",
        clause,
    ):
        return fact.set(
            "past"
            if re.search(r"\b(?:was|were|had been)\b", clause) and judged.state == "past"
            else "present"
            if re.search(r"\b(?:was|were)\b", clause)
            else "hypothetical",
            clause.strip(),
        )
    if (
        judged.state == "past"
        and not re.match(r"(?:till|until)", judged.cue)
        and fact.value in ("off_sick", "student", "volunteering")
    ):
        return fact.set("past", judged.cue)
    if judged.state == "hypothetical":
        return fact.set("hypothetical", judged.cue)
    if (
        fact.value == "unemployed"
        and TO_COME.search(clause)
        and LOST.search(" ".join(w.norm for w in surface.words[fact.first : fact.last + 1]))
    ):
        return fact.set("hypothetical", "to come")
    return fact


TO_COME = re.compile(
    r"\b(?:will|'ll|might|may|could|going to|gonna|about to|threat\w*|if|be|expects?|"
    r"due to|likely|risk|facing|fear\w*|scared|worried)(?: \w+){0,3}$"
)
