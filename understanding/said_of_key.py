"""How each key of the case takes what is said of a mention: a job that is wanted is not held."""

from __future__ import annotations

import re

from understanding.assertion import Judgement
from understanding.facts import Fact
from understanding.surface import Surface
from understanding.word_sets import words
from understanding.work import LOST
from understanding.work_evidence import is_helper

NO_PRESENT_JOB = re.compile(
    r"\b(?:was|were|used to be|former|ex|trained|qualified|worked|years|old|"
    r"dream\w*|retrain|become|being|lost)\b(?: \w+){0,3}$"
)
# "Discharged from secondary care" names the team and its end in one phrase.
LEFT = words("discharged stepped signed")
LET_GO = re.compile(r"[^.;]{0,60}(?<!not )(?<!not yet )(?<!not been )\bdischarged\b(?! yet)")
# "34 year old f nurse": old is the age, not the job.
_AGED = re.compile(r"\b[\w-]+ (?:- )?(?:years?|y) (?:- )?old\b")
WANTED = re.compile(
    r"\b(?:wants?|want|looking|would like|would love|keen|hop\w+|try|trying|maybe|"
    r"thinking|consider\w*|considering|interested|ideally|prefer\w*|suit|only if|"
    r"could manage|could do|after)\b"
)
GOAL_OF_OTHERS = re.compile(
    r"\b(?:want|wants|pushing|push|pressure|pressuring|telling|told|tells|expect\w*|"
    r"insist\w*) (?:him|her|them|that he|that she)(?: to)?(?: \w+){0,2}$|"
    r"\bon (?:(?:at|to) )?(?:his|her|their|him|them) ?(?:back|case)? (?:about|re|over|for|to|"
    r"around|regarding)(?: \w+){0,2}$"
)
WRITER_AFTER = re.compile(
    r"^(?:here|writing|speaking|calling|asking|visit|says|said|told|thinks|wants|rang|"
    r"asked|asks|reports|reckons|suggested|suggests|referred|notes?|review|wrote|letter|"
    r"involved|helping|sorting|appointment|appt)\b"
)
# "Nurse, asthma clinic. He's 29": who writes, and where.
_IN_CLINIC = re.compile(
    r"nurse (?:here )?[,:-] (?:the )?(?:\w+ ){0,2}(?:clinic|review|treatment room)\b ?[.,:;-]"
)
NOT_KNOWN = re.compile(
    r"\b(?:not sure|unsure|unclear|not clear|uncertain|no idea|do not know|not certain|"
    r"can not remember|query) (?:if|whether)\b"
)
TO_COME = re.compile(
    r"\b(?:will|'ll|might|may|could|going to|gonna|about to|threat\w*|if|be|expects?|"
    r"due to|likely|risk|facing|fear\w*|scared|worried)(?: \w+){0,3}$"
)


def as_said(surface: Surface, fact: Fact, judged: Judgement) -> Fact:
    """Return ``fact`` asserted as its key has it, given what was judged of its mention."""
    slot = fact.slot
    before = " ".join(w.norm for w in surface.words[max(0, fact.first - 6) : fact.first])
    clause = re.split(r"[,.;:]| but | and ", before)[-1]
    if slot in ("employment_type", "occupation"):
        held = _AGED.sub("", clause).strip()
        if WANTED.search(held) or NO_PRESENT_JOB.search(held):
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
    if slot == "occupation" and is_helper(surface, fact):
        return fact.set("other_person", "who helps")
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
    if slot == "under_secondary_mental_health" and NOT_KNOWN.search(clause):
        return fact.set("hypothetical", "not known")
    if slot == "under_secondary_mental_health" and surface.words[fact.first].norm in LEFT:
        return fact.set("past", surface.words[fact.first].norm)
    if slot == "under_secondary_mental_health" and LET_GO.match(
        surface.flat[surface.offsets[fact.last] :]
    ):
        return fact.set("past", "discharged")
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


def is_writer(surface: Surface, fact: Fact) -> bool:
    """Say whether a job named is the writer's, or that of somebody who helps or reports."""
    after = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    before = surface.words[fact.first - 1].norm if fact.first else ""
    if fact.first == 0 and _IN_CLINIC.match(surface.flat[surface.offsets[fact.last] :]):
        return True
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
        "told",
        "tells",
        "telling",
        "asked",
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
        # "From Oldham works at Asda": who *works* there does so now.
        if surface.words[fact.first].norm != "works" and re.search(
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
