"""Jobs, studies and wishes that no list of phrases holds, known by where they stand in a clause."""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.lookalikes import TRADE
from understanding.said_of_key import WANTED, is_writer
from understanding.surface import Surface

BECOME = re.compile(
    r"\b(?:wants|would like|would love|hopes|hoping|dreams|keen) (?:to be|to become|"
    r"of being|of becoming) an? (?!bit|burden|while|mum|dad|good|better|normal|part)\w+"
)
# A job that no list holds: a word for a role at the start of a clause ("transport manager, …").
ROLE = re.compile(
    r"(?:^|, |\. |; |\) |- |\d\d |\d\d[fm] |\ban? |\bas |\blad |\bman |"
    r"\blady )((?:(?!patient|key|social|case|support|line|ward|work|care|his|her|the|same|"
    r"old|area|shift|youth|link|health|drugs?|alcohol|housing|benefits?|debt|practice|"
    r"community|mental|bed|head|(?:by|with|of|in|on|at|to|from|under|for|and|or|living|"
    r"lives|seeing|sees|told|via|is|was|has|no|not|needs|new|my|our|who) )\w+ ){0,2}"
    r"(?:manager|warden|officer|assistant|worker|operative|operator|driver|attendant|"
    r"technician|coordinator|supervisor|inspector|handler|fitter|keeper|controller|clerk|"
    r"agent|maker|cleaner|packer|loader|carer|sorter|picker|trainer|instructor|nurse|cook|"
    r"planner|buyer|merchandiser|stylist|dresser|setter|turner|grinder|finisher|polisher|"
    r"joiner|monitor|steward|guard|escort|caretaker|porter))(?= (?:,|\.|;|-|at|in|for|"
    r"with|on|off|who|but|still|\)|and|from|since|now)| ?$)"
)
SHIFTS = re.compile(
    r"(?:^|, |\. |; |\d\d )((?:bakery|warehouse|factory|care|hospital|cafe|shop|"
    r"supermarket|pub|bar|kitchen|depot|mill|office|retail|security|cleaning|council|"
    r"hotel|restaurant|call centre|amazon|tesco|asda|morrisons|aldi|lidl|boots|greggs|"
    r"post office|royal mail) (?:nights|days|job|shifts|earlies|lates|work))(?= (?:,|\.|;|"
    r"-|and|but|no|with|off)| ?$)"
)
STUDY = re.compile(
    r"(?:^|, |\. |; |\d\d |\d\d[fm] |send |- )((?:send )?(?:college|university|"
    r"sixth form))(?= (?:,|\.|;|-|till|until|full|part|doing|student|course|\d)| ?$)"
)


_HELPED = frozenset(
    {
        "has",
        "have",
        "had",
        "got",
        "gets",
        "sees",
        "saw",
        "seeing",
        "under",
        "with",
        "via",
        "needs",
        "allocated",
    }
)


def _role(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return a job named by a role or a place with shifts, where no listed job was found."""
    if any(f.slot == "occupation" for f in facts):
        return []
    for pattern in (TRADE, ROLE, SHIFTS):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start(1)), surface.word_at(match.end(1) - 1)
            text = surface.text[slice(*surface.span(first, last))]
            fact = Fact("occupation", text, first, last, cue="role")
            before = surface.flat[: match.start(1)].split()[-4:]
            if text.lower().endswith("carer") and _cares(facts):
                continue
            if before[-1:] in (["a"], ["an"]) and before[-2:-1] and before[-2] in _HELPED:
                # "Has a DV worker": who helps the patient.
                continue
            if (
                not WANTED.search(" ".join(before))
                and not is_writer(surface, fact)
                and not {"was", "ex", "former"} & set(before)
            ):
                return [fact]
    return []


def _cares(facts: list[Fact]) -> bool:
    """Somebody who cares for a relative has no job by that name."""
    return any(
        f.present and (f.value in ("caring_responsibilities", "carers_allowance")) for f in facts
    )


def _study(surface: Surface, facts: list[Fact]) -> list[Fact]:
    if any(f.slot == "work_status" for f in facts):
        return []
    match = STUDY.search(surface.flat)
    if match is None:
        return []
    first, last = surface.word_at(match.start(1)), surface.word_at(match.end(1) - 1)
    return [Fact("work_status", "student", first, last, cue=match.group(1))]


def find_unlisted(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return jobs, studies and wishes beyond ``facts``; a bare "looking" at a pause is for work."""
    become = BECOME.search(surface.flat)
    found = []
    if become:
        first, last = surface.word_at(become.start()), surface.word_at(become.end() - 1)
        found.append(Fact("goal", "find_work", first, last, cue=become.group()))
    found += _role(surface, facts) + _study(surface, facts)
    goals = {i for f in facts for i in range(f.first, f.last + 1) if f.slot == "goal"}
    for i, word in enumerate(surface.words):
        following = surface.words[i + 1].norm if i + 1 < len(surface.words) else "."
        before = [w.norm for w in surface.words[max(0, i - 2) : i]]
        if (
            word.norm == "looking"
            and i not in goals
            and following in (".", ",", ";", "\n", ")", "and", "but", "hard", "now")
            and not {"is", "good", "nice", "been", "rough"}.intersection(before[-1:])
            and "not" not in before
        ):
            found += [
                Fact("work_status", "unemployed", i, i, cue="looking"),
                Fact("goal", "find_work", i, i, cue="looking"),
            ]
    return found
