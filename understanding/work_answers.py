"""What "yes" or "no" with more words after it says to "Is the patient in work at the moment?".

The word that answers stands alone: "no off sick" is *no, off sick*, and denies no sick leave; a *yes* that
goes on about something else ("yes UC", "yes cmht") is no job. What could be either stays open, to be asked.
"""

from __future__ import annotations

import re
from typing import Literal

from understanding.facts import Fact
from understanding.slot_answers import said_choice

Told = str | Literal["open"] | None
OPEN: Literal["open"] = "open"

_LEAD = re.compile(
    r"^(?:oh |well |er |um )?(?:(?P<yes>yes|yep|yeah|yea|yup|aye|y)|(?P<no>no|nope|nah|n))"
    r"(?P<pause> ?[,.;:-]+)? (?P<rest>\S.*)$"
)
_WHO = (
    r"(?:(?:he|she|they|patient|pt|is|'s|are|has|been|still|currently|just|only|now|got|a|the|gone|went|"
    r"at present|,) )*"
)
# "No, off", "no fit note": away from a job; "off the sick", "off benefits" are not.
_OFF = re.compile(
    rf"^{_WHO}(?:on )?(?:off(?! (?:the\b|benefits?\b|uc\b|to\b))|signed off|sick(?!\w)|sicknote|"
    r"(?:sick|fit) ?- ?note|fitnote|med ?3|poorly)\b"
)
# Of the patient's own work: then a yes is one, whatever else is said.
_OF_A_JOB = re.compile(
    r"\b(?:full|part|job\w*|work\w*|shifts?|nights|days|hours|hrs|self|employ\w*|zero|agency|contract\w*|"
    r"perm\w*|at|as|for|still|struggl\w*|manag\w*|cop\w*|boss|business|apprentice\w*|casual|bank|temp\w*|"
    r"barely|just|but|though|however|is|does|has)\b"
)
_ELSEWHERE = frozenset(
    {
        "benefits",
        "benefit_issues",
        "conditions",
        "barriers",
        "under_secondary_mental_health",
        "in_programme",
        "uc_months",
        "never_worked",
    }
)
# A benefit or a sick leave: people say both.
_THE_SICK = re.compile(
    rf"^(?:no ,? ?)?{_WHO}(?:(?:wants?|wanting|hopes?|hoping|would|like|trying|keen|to|get|getting|be|come|"
    r"coming) )*(?:on|off) the sick"
    r"(?: (?:for|since|now|at|still|long|years|ages|onto|into|and|to|,).*)?[ .!]*$"
)
# "Not retire": a wish, and as often said of somebody at work as of somebody off.
_NOT_RETIRED = re.compile(
    r"\b(?:not|never)\b(?: \w+){0,3} retir\w+|\bretir\w+ (?:is )?(?:not|no)\b"
)
# "Job or college": what somebody wants who has neither.
_EITHER = re.compile(
    r"^(?:(?:he|she|they|wants?|would|like|after|looking|for|either|to|get|a|any|some|maybe) )*"
    r"(?:(?:jobs?|work|working|employment|apprenticeship)(?: ,? ?or|/| /) ?(?:a |to )?(?:college|uni\w*|"
    r"courses?|training|study\w*|school|apprenticeship|education)|"
    r"(?:college|uni\w*|courses?|training|study\w*|education|apprenticeship)(?: ,? ?or|/| /) ?(?:a |to )?"
    r"(?:jobs?|work|working|employment|apprenticeship))[ .!?]*$"
)
_WANTS_TO_LEARN = re.compile(
    r"^(?:he |she |they |patient )?(?:wants?|would like|hopes?|hoping|keen|looking|after|applying|applied)\b"
    r".*\b(?:college|uni|university|course|school)\b"
)


def either_job_or_course(plain: str) -> bool:
    """Say whether an answer names a job or a course as what is wanted."""
    return _EITHER.match(plain) is not None


_GOES_ON = re.compile(r"^(?:yes|yep|yeah|yea|yup|aye) \S|\bthe sick\b|\bretir\w+", re.IGNORECASE)


def job_left_open(text: str) -> bool:
    """Say whether an answer that gave no work status is worth one more question ("on the sick")."""
    return _GOES_ON.search(text.strip()) is not None


def of_work(plain: str, facts: list[Fact]) -> Told:
    """Return the work status that an answer tells beside its *yes* or *no*, ``OPEN``, or None.

    ``plain``: the answer in normal form; ``facts``: what was read in it, the denied facts too. None: nothing
    of this kind, so the answer is read by the tables of the key.
    """
    if _THE_SICK.match(plain) and not any(f.slot == "occupation" and f.holds for f in facts):
        return OPEN
    if _NOT_RETIRED.search(plain) or _WANTS_TO_LEARN.match(plain):
        return OPEN
    if any(f.slot == "work_status" and f.holds for f in facts):
        return None
    lead = _LEAD.match(plain)
    if lead is None:
        # "School cook" is no pupil.
        job = any(f.slot == "occupation" and f.holds for f in facts)
        return "in_work" if job and said_choice("work_status", plain) == "student" else None
    rest = lead.group("rest")
    if lead.group("no"):
        return _after_no(rest, facts)
    job = any(f.slot == "occupation" and f.holds for f in facts)
    if job or lead.group("pause"):
        return "in_work" if job else None
    if _OF_A_JOB.search(rest):
        return None
    other = any(f.slot in _ELSEWHERE and f.holds for f in facts)
    return OPEN if other else None


def _after_no(rest: str, facts: list[Fact]) -> Told:
    if _OFF.match(rest):
        return "off_sick"
    denied = [f for f in facts if f.slot == "work_status" and f.state == "absent" and f.cue == "no"]
    if denied:
        # "No student": the no has answered.
        value = str(denied[0].value)
        return OPEN if value.startswith("in_work") else value
    told = said_choice("work_status", rest)
    if told is None or str(told).startswith("in_work"):
        return "economically_inactive" if re.match(rf"{_WHO}carer\b", rest) else None
    return str(told)
