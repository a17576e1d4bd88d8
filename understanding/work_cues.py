"""What a message says of work in constructions whose middle is open.

A verb of a trade with what it is done to ("drives a gritter"), a place of work with *on the* ("on the
tills"), a workplace that *finished her*, an absence told by its cause ("it's the asthma that's got her
off"). The words are in ``status_words``, ``jobless_words`` and ``goal_words``; here is when they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding import goal_words, jobless_words, status_words
from understanding.facts import Fact
from understanding.people import People
from understanding.returns import find_returns
from understanding.surface import Surface

_TABLE: tuple[tuple[str, object, tuple[str, ...]], ...] = (
    ("work_status", "in_work", status_words.IN_WORK),
    ("work_status", "in_work_struggling", status_words.STRUGGLING),
    ("work_status", "off_sick", status_words.OFF),
    ("work_status", "unemployed", jobless_words.LOST),
    ("work_status", "looking", jobless_words.LOOKING),
    ("work_status", "economically_inactive", jobless_words.INACTIVE),
    ("work_status", "student", jobless_words.STUDENT),
    ("work_status", "retired", jobless_words.RETIRED),
    ("work_status", "volunteering", jobless_words.VOLUNTEER),
    ("goal", "find_work", goal_words.WISH),
    ("goal", "return_to_work", goal_words.RETURN),
    ("goal", "stay_in_work", goal_words.STAY),
    ("goal", "change_job", goal_words.CHANGE),
    ("goal", "not_now", goal_words.NOT_NOW),
    ("job_at_risk", True, goal_words.RISK),
    ("has_job_offer", True, goal_words.OFFER),
    ("never_worked", True, goal_words.NEVER),
    (
        "employment_type",
        "self_employed",
        (
            r"\b(?:owns|runs|with|has) (?:his|her|their|a|the|his own|her own|"
            r"own) (?:own )?(?:\w+ ){0,2}?(?:workshop|takeaway|chippy|salon|stall|"
            r"business|restaurant|garage|market stall|cafe|round|studio|butchers?|"
            r"barbers?|newsagents?)\b",
        ),
    ),
)
TABLE = tuple(
    (slot, value, re.compile("|".join(f"(?:{p})" for p in patterns)))
    for slot, value, patterns in _TABLE
)
# What undoes such a cue when it stands just before it, in the same clause.
UNDONE = re.compile(
    r"\b(?:not|never|no|if|was|were|used to|might|may|would|could|till|"
    r"until|before|when|without|nearly|almost|had|"
    r"rather than|instead of|last|previously|then|once|ex|former|because)(?: \w+){0,2}$"
)
# How many letters before a cue can hold what undoes it.
_NEAR = 160
OWN_TENSE = frozenset({"goal", "job_at_risk", "has_job_offer", "never_worked"})
_AWAY = re.compile(
    r"\b(?:off|signed|sick|absent|absence|fit note|ssp|phased|laid up|at home|full pay|half pay|"
    r"stood down|held|not been in)\b"
)
# "No warnings and the job's safe".
_SAFE = re.compile(
    r"\b(?:job|post|position)(?: is| 's)? (?:(?:perfectly|totally|completely|quite|all) )?"
    r"(?:safe|secure|not at risk|not in danger|not under threat)\b|"
    r"\bno (?:threat|danger|risk) to (?:his|her|the|their) (?:job|post)\b"
)
_IN_DOUBT = re.compile(
    r"\b(?:not|no|if|whether|how|hop(?:es|ing)|wants?|like|until|till|think|sure|know|was|were|want|a|find|finding|any|"
    r"new|more)(?: \w+){0,3}$"
)
WITHDRAWN = re.compile(
    r"\b(?:offer|job)\b.{0,20}\b(?:withdrawn|rescinded|fell through|fallen through|pulled|taken back)\b"
)


def find_work_cues(surface: Surface, people: People) -> Iterator[Fact]:
    """Yield what the message says of work in open constructions, where it is the patient's."""
    yield from find_returns(surface, people)
    flat = surface.flat.strip() + " "
    for slot, value, pattern in TABLE:
        for match in pattern.finditer(flat):
            start = match.start() + (len(match.group()) - len(match.group().lstrip(" ,.;:(")))
            first, last = surface.word_at(start), surface.word_at(max(start, match.end() - 2))
            owner = people.owner[first]
            if owner is not None and not owner.employer:
                continue
            before = re.split(r"[,.;:()?!]| but | and ", flat[max(0, start - _NEAR) : start])[
                -1
            ].strip()
            if slot not in OWN_TENSE and value != "in_work_struggling" and UNDONE.search(before):
                continue
            if slot == "goal" and re.search(r"\b(?:not|never|no longer)(?: \w+){0,1}$", before):
                continue
            if value == "return_to_work" and not _AWAY.search(flat):
                continue
            if value == "looking":
                yield Fact("work_status", "unemployed", first, last, cue="looking")
                yield Fact("goal", "find_work", first, last, cue="looking")
                continue
            yield Fact(slot, value, first, last, cue=match.group().strip(" ,.;:("))
    safe = _SAFE.search(flat)
    if safe and not _IN_DOUBT.search(
        re.split(r"[,.;:]| and | but ", flat[: safe.start()])[-1].strip()
    ):
        at = surface.word_at(safe.start())
        holder = people.owner[at]
        if holder is None or holder.employer:
            yield Fact("job_at_risk", True, at, at, "absent", safe.group(), ruled_out=True)
    offer = WITHDRAWN.search(flat)
    if offer:
        at = surface.word_at(offer.start())
        yield Fact("has_job_offer", True, at, at, "absent", "withdrawn", ruled_out=True)
