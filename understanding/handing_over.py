"""What was said turns out to be somebody else's: "… off sick 3/12. No sorry, that's her husband."

Without a correcting word before it such a sentence only tells who somebody is ("the carer? that's her
husband"), and hands nothing over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from understanding.facts import Fact
from understanding.person import Person
from understanding.relations import FEMALE, MALE, RELATIVES
from understanding.surface import Surface

# What one patient's trouble can be taken for another's; who and where the patient is stays.
HANDED = frozenset(
    {
        *("conditions", "barriers", "benefits", "benefit_issues", "work_status", "absence_weeks"),
        *(
            "out_of_work_months",
            "uc_months",
            "goal",
            "job_at_risk",
            "has_job_offer",
            "never_worked",
        ),
        *("under_secondary_mental_health", "pregnant_or_postnatal", "in_programme"),
    }
)
_RELATIVE = "|".join(sorted(map(re.escape, RELATIVES), key=len, reverse=True))
_CUE = (
    r"(?:sorry|apologies|actually|oops|whoops|wait|hang on|correction|my mistake|my bad|no|wrong person|"
    r"i mean|i meant|ignore that|scrap that|mixed up|muddled up|(?:got )?(?:that |it )?wrong|a mistake|"
    r"not (?:her|him|hers))"
)
_HANDOVER = re.compile(
    rf"(?:^|(?<=[.,;!?\n(—–-])|(?<=[.,;!?\n(—–-] )|(?<= but )|(?<= and ))(?:{_CUE} ?[,.!:–—-]? ?)+"
    r"(?:(?:that|this|it|all that|all of that|that lot|those|that bit|the last bit)(?: all)? "
    r"?(?:'s|s|is|was|are|were|wa)?(?: all)? ?(?:about|for|of|meant for|said of)? ?)?"
    r"(?P<who>(?:(?:his|her|their|the|patient 's|my|a) )"
    rf"(?:late |ex ?-? ?|older |younger |elder |big |little |eldest |step ?- ?)?(?:{_RELATIVE}))"
    r"(?: 's)?(?: ,? ?(?:not|rather than|instead of) (?:her|him|hers|his|them|the patient|patient|she|he)"
    r"(?: 's)?)?(?= ?(?:$|[.,;!\n)—–-]|but |and (?:she|he|they) ))"
)
_THATS_WRONG = re.compile(
    r"(?:that|it|this|those|them) ?(?:all )?(?:'s|s|is|was|are|about|for|meant)"
)


@dataclass(frozen=True)
class Handover:
    """``who``: the person in the clinician's words ("her husband"); ``at``..``end``: the sentence."""

    who: str
    at: int
    end: int
    person: Person


def find_handover(surface: Surface) -> Handover | None:
    """Return the sentence that hands over what stands before it, if there is one."""
    if not any(w.norm in RELATIVES for w in surface.words):
        return None
    for found in _HANDOVER.finditer(surface.flat):
        # "Sorry, her husband is here too" names him and takes nothing back.
        spoken = found.group()
        if not _THATS_WRONG.search(spoken) and not re.search(
            r"\b(?:i mean|i meant|wrong person)\b", spoken
        ):
            continue
        who = found.group("who").strip()
        relative = who.split()[-1]
        at = surface.word_at(found.start("who") + len(who) - 1)
        sex = "female" if relative in FEMALE else "male" if relative in MALE else None
        first = surface.word_at(found.start() + len(spoken) - len(spoken.lstrip()))
        return Handover(
            who, first, surface.word_at(found.end() - 1), Person(relative, at, sex, subject=True)
        )
    return None


def meant_for_another(facts: list[Fact], cue: str | None) -> list[Fact]:
    """Return ``facts`` with what is said again of somebody else as theirs from the first.

    "Off sick. Sorry, it's her mum that's off sick": ``cue`` is the correcting word.
    """
    if cue is None:
        return facts
    owned = [f for f in facts if f.state == "other_person" and f.slot in HANDED]
    out = []
    for fact in facts:
        again = next(
            (
                o
                for o in owned
                if (o.slot, o.value) == (fact.slot, fact.value) and o.first > fact.last
            ),
            None,
        )
        if again is not None and fact.holds:
            fact = replace(fact, state="other_person", cue=again.cue, owner=again.owner)
        out.append(fact)
    return out


def handed_over(facts: list[Fact], handover: Handover) -> list[Fact]:
    """Return ``facts`` with what was said before the sentence of ``handover`` as that person's."""
    return [
        Fact(
            fact.slot,
            fact.value,
            fact.first,
            fact.last,
            "other_person",
            handover.who,
            owner=handover.person,
        )
        if fact.slot in HANDED and fact.last < handover.at and fact.holds
        else fact
        for fact in facts
        # The sentence itself tells nothing of the patient ("no" is no answer in it).
        if not (handover.at <= fact.first and fact.last <= handover.end)
    ]
