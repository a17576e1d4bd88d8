"""An absence told by what the patient has not done for some time ("not picked up a saw in 9 weeks").

Three constructions count, each with a length of time beside it and only where a job is named and nothing
says that it was lost: not using the tools or place of a trade; not working at all, or having last worked so
long ago; tools laid down. Whether the patient is away from a job or out of one is thus decided by the job.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from understanding.amounts import Duration
from understanding.facts import Fact
from understanding.surface import Surface

_TOOL = (
    r"(?:saws?|hammer|trowel|brush(?:es)?|spanners?|drill|ladders?|scaffold\w*|roofs?|scissors|"
    r"clippers|needles?|"
    r"tools?|wheel|wagon|van|lorry|hgv|bus|tram|cab|taxi|fare|truck|forklift|tractor|digger|"
    r"crane|rounds?|route|"
    r"shifts?|class(?:es|room)?|lessons?|pupils?|ward|tills?|counter|site|kitchen|stove|pans?|"
    r"knife|desk|"
    r"office|shop|factory|warehouse|depot|salon|clients?|customers?|patients?|orders?|"
    r"deliver(?:y|ies)|parcels?|"
    r"bricks?|tiles?|pipes?|boilers?|wires?|gigs?|stall|market|pitch|machine|mop|hoover|kiln|"
    r"lathe|loom|"
    r"keyboard|crossing|beat|patrol|bench|shop floor|boat|bins|thing|stroke of work|day 's work|"
    r"hand 's turn|work)"
)
# Verbs that want or own a thing rather than use it.
_NO_USE = (
    r"(?:got|had|have|having|want\w*|need\w*|like[ds]?|lik\w+|find\w*|found|look\w*|know\w*|"
    r"enjoy\w*|allowed|let|"
    r"given|offered|appl\w+|heard|refer\w+|seen|see|told|paid|help\w*|missed|lost|changed|"
    r"affected|taken|the|a|"
    r"too|due|sure|much|any|at|in|on|related|struggl\w+|coping|managing|keep\w*|"
    r"been (?:refused|offered|given|paid))"
)
_UNDONE = re.compile(
    rf"\b(?:not|never) (?:yet |really |even |been able to |managed to )?(?!{_NO_USE}\b)[a-z]+ "
    rf"(?:(?!(?:but|and|because|since|so|for)\b)[a-z]+ ){{0,4}}?{_TOOL}\b"
    r"(?! (?:nurse|leader|coach|experience))"
)
# "Not lifted a hawk in 7/52": whatever the tool, hands that do not take it up do not work.
_UNTOUCHED = re.compile(
    r"\b(?:not|never) (?:been able to |managed to |so much as )?(?:lift(?:ed)?|pick(?:ed)? up|"
    r"touch(?:ed)?|swung|swing|"
    r"wield(?:ed)?|laid|lay|held|hold|pulled|push(?:ed)?|fitted|hung|plumbed|wired|driven|climbed|mixed|baked|cut|sewn|"
    r"thrown|poured) (?:(?:a|an|any|his|her|the|one|single) )+(?!(?:drop|drink|pint|drunk|fag|"
    r"cig\w*|smoke|bottle|"
    r"finger|bet|job|book|phone|thing|conversation|grudge|baby|child|food|note|bag|kettle|bite|card|penny|can|joint|"
    r"spliff|line|rizla|razor|blade|muscle|tear|weight|face|foot)\b)[a-z]{3,}\b"
)
_IDLE = re.compile(
    r"\b(?:not (?:been )?(?:able to |fit to )?(?:working|work(?:ed)?"
    r"(?! (?:full|part|as|at|with|out)\b)|"
    r"going (?:in ?)?to work|attending work|go(?:ing)? in|trading|gigging)|no work possible|"
    r"(?:so|been|stuck|sat) (?:at )?home|"
    r"unable to work|could not work|last (?:worked|shift|day (?:at|in|of) work|in work|at work|"
    r"on site)|"
    r"(?:tools|work) down|downed tools|set foot in work)\b"
)
_BETWEEN = re.compile(
    r"^(?: (?:since (?:his|her|the) \w+|in|for|since|now|over|these|past|the|last|about|nearly|"
    r"almost|some|of|it|was|is|"
    r"were|has|been|"
    r"him|her|at|work|all|again|because|with|as|[,:-]|approx|around|he|she|they|patient))*$"
)
_AGO = re.compile(r"^ ?(?:ago|back|since)\b")
# Beyond this many weeks, whoever last worked then has no job to be away from.
LONGEST = 52
# How many words may lie between a mishap so long ago and "not worked since".
FARTHEST = 12
# Means-tested or jobseeker's benefits speak against a job.
_OUT = frozenset({"uc", "uc_lcw", "uc_lcwra", "esa", "esa_wrag", "esa_support_group", "jsa"})


def find_kept_from_work(
    surface: Surface, facts: list[Fact], durations: Iterable[Duration], others: list[bool]
) -> list[Fact]:
    """Return the absence that ``surface`` tells by what is not done, as status and weeks, or nothing.

    ``others[i]``: whether word ``i`` is another person's.
    """
    lengths = [d for d in durations if not others[d.first]]
    if not lengths or not _has_job(facts):
        return []
    on_benefits = any(f.slot == "benefits" and f.value in _OUT and f.present for f in facts)
    for pattern in (_UNDONE, _UNTOUCHED, _IDLE):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            if others[first] or _lost(facts, first, last):
                continue
            if pattern is _IDLE and (on_benefits or not _ails(facts)):
                continue
            length = next((d for d in lengths if _belongs(surface, d, first, last)), None)
            if length is None or length.weeks > LONGEST:
                continue
            cue = match.group()
            return [
                Fact("work_status", "off_sick", first, last, cue=cue),
                Fact("absence_weeks", length.weeks, length.first, length.last, cue=cue),
            ]
    return []


def _has_job(facts: list[Fact]) -> bool:
    """Say whether a job the patient has is named."""
    return any(
        f.present
        and (
            f.slot in ("occupation", "employment_type")
            or (f.slot == "work_status" and f.value in ("in_work", "in_work_struggling"))
            or (f.slot == "benefits" and f.value == "ssp")
        )
        for f in facts
    )


def _ails(facts: list[Fact]) -> bool:
    return any(f.slot == "conditions" and f.holds for f in facts) or any(
        f.slot == "benefits" and f.value == "ssp" and f.present for f in facts
    )


def _lost(facts: list[Fact], first: int, last: int) -> bool:
    """Say whether words other than ``first``..``last`` tell that there is no job."""
    return any(
        f.slot == "work_status"
        and f.value in ("unemployed", "retired", "volunteering", "student")
        and f.present
        and not (f.first <= last and first <= f.last)
        for f in facts
    )


def _end(surface: Surface, word: int) -> int:
    return surface.offsets[word] + len(surface.words[word].norm)


def _belongs(surface: Surface, length: Duration, first: int, last: int) -> bool:
    """Say whether ``length`` stands beside words ``first``..``last``, in their sentence."""
    if surface.sentence[length.first] != surface.sentence[first]:
        return False
    after = surface.flat[_end(surface, length.last) :]
    if length.first > last:
        between = " ".join(w.norm for w in surface.words[last + 1 : length.first])
        return bool(_BETWEEN.match(" " + between if between else ""))
    between = " ".join(w.norm for w in surface.words[length.last + 1 : first])
    before = surface.words[length.first - 1].norm if length.first else ""
    if _AGO.match(after) and surface.flat[_end(surface, last) :].startswith(" since"):
        # "Broke his hand 3 weeks back and not worked since".
        return first - length.last <= FARTHEST
    known = before in ("since", "for", "past", "last", ",", ".", "-", ":") or not between
    return (
        known and not _AGO.match(after) and bool(_BETWEEN.match(" " + between if between else ""))
    )
