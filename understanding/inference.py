"""What several facts of a message say together, and what is denied or measured in other words."""

from __future__ import annotations

import re

from understanding.assertion import is_plain_question
from understanding.denials import with_denials
from understanding.facts import Fact
from understanding.lookalikes import set_apart
from understanding.resolution import with_resolved
from understanding.said_of_key import WANTED
from understanding.surface import Surface
from understanding.unlisted import find_unlisted

BOWEL = re.compile(
    r"\b(?:bowel|colitis|mesalazine|colectomy|stoma|flar\w+|gastro\w*|infliximab|"
    r"ulcerative|bleeding|ibd|azathioprine|pentasa|colonoscopy|"
    r"steroids|toilet|crohn\w*|biologics?|adalimumab|remission)\b"
)
ISSUE_WITH_BARRIER = frozenset({"sanctioned", "appeal", "overpayment"})


def refine(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return the facts after those rules that need to see several of them."""
    facts = set_apart(surface, with_resolved(surface, with_denials(surface, facts)))
    out: list[Fact] = []
    for fact in facts:
        if (
            fact.slot == "benefits"
            and fact.value == "none"
            and not fact.present
            and fact.owner is None
        ):
            # "No benefits claimed" claims none.
            said = " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])
            none = "claim" in fact.cue or re.search(r"\banything$|\bany of them$", said)
            fact = fact.set("present", "claimed") if none else fact
        if fact.slot == "benefits" and fact.value == "uc" and _bowel(surface, fact, facts):
            fact = Fact(
                "conditions",
                "gastrointestinal",
                fact.first,
                fact.last,
                fact.state,
                "bowel",
                fact.ruled_out,
            )
        out.append(fact)
    joints = {
        f.first for f in out if f.slot == "conditions" and f.value == "osteoarthritis" and f.present
    }
    out = [
        f
        for f in out
        if not (
            f.slot == "conditions"
            and f.value in ("lower_limb", "upper_limb")
            and any(
                abs(f.first - j) <= 4 and surface.sentence[f.first] == surface.sentence[j]
                for j in joints
            )
        )
    ]
    for fact in list(out):
        if (
            fact.slot == "benefit_issues"
            and fact.value in ISSUE_WITH_BARRIER
            and fact.state == "present"
        ):
            out.append(
                Fact("barriers", "benefit_problem", fact.first, fact.last, cue=str(fact.value))
            )
        if fact.slot == "work_status" and fact.cue == "to come":
            out.append(Fact("job_at_risk", True, fact.first, fact.last, cue="to come"))
        if fact.slot == "employment_type" and fact.value == "zero_hours" and fact.present:
            out.append(Fact("barriers", "job_quality", fact.first, fact.last, cue="zero hours"))
    out = [f for f in out if not _no_claim(surface, f)]
    out += _swapped_site(surface) + _contrasted(surface, out) + _hours(surface, out)
    out += find_unlisted(surface, out)
    out += _measures(surface, out)
    return out


def _no_claim(surface: Surface, fact: Fact) -> bool:
    """Say whether a word is none here: "no benefit from the app", "commutes to town each day"."""
    after = [w.norm for w in surface.words[fact.last + 1 : fact.last + 2]]
    if fact.slot == "barriers" and fact.first == fact.last:
        return surface.words[fact.first].norm in ("commutes", "travels") and after == ["to"]
    return fact.slot == "benefits" and fact.value == "none" and after in (["from"], ["of"])


def _bowel(surface: Surface, fact: Fact, facts: list[Fact]) -> bool:
    near = " ".join(w.norm for w in surface.words[max(0, fact.first - 7) : fact.last + 8])
    near = re.sub(r"\bnot (?:the )?(?:universal )?(?:credit|benefit)\b", "", near)
    return bool(BOWEL.search(near)) and not re.search(
        r"\b(?:claim\w*|credit|lcw\w*|on uc|benefit (?:since|for)|jobcentre|journal)\b", near
    )


SITES: dict[str, str] = {
    **dict.fromkeys(("back",), "back_pain"),
    **dict.fromkeys(("neck", "shoulder"), "neck_shoulder"),
    **dict.fromkeys(("knee", "hip", "ankle", "foot", "leg"), "lower_limb"),
    **dict.fromkeys(("wrist", "hand", "elbow", "arm"), "upper_limb"),
}
SITE = "|".join(SITES)
SITE_AT_FAULT = re.compile(
    rf"\b(?:just (?:his|her|the) ({SITE})(?! (?:of|to|home|from|pay|in))|(?:his|"
    rf"her) (?:bad |left |right )?({SITE})s? (?:that )?(?:'s|is|are) (?:what 's |what is )?"
    rf"(?:stopping|making (?:it|work|the|things|life|driving|\w+ing)|the (?:problem|issue|"
    rf"trouble)|holding|killing|playing|gone|agony|"
    rf"limiting)|off (?:sick |work )?\S+ (?:weeks?|months?|days?) (?:with |for )?(?:his |"
    rf"her |a )?(?:bad )?({SITE})\b)"
)
SWAPPED = re.compile(
    rf"\b(?:it 's|it is|it was|its|'s|is) (?:his|her|"
    rf"the) ({SITE})s? ?,? (?:and )?not (?:his|her|the) ({SITE})s?\b"
)


def _swapped_site(surface: Surface) -> list[Fact]:
    """ "It was his neck not his back"."""
    fault = SITE_AT_FAULT.search(surface.flat)
    match = SWAPPED.search(surface.flat)
    if match is None and fault is not None:
        site = next(g for g in fault.groups() if g)
        at = surface.word_at(fault.start(fault.lastindex or 0))
        return [Fact("conditions", SITES[site], at, at, cue=fault.group())]
    if match is None:
        return []
    first, last = surface.word_at(match.start(1)), surface.word_at(match.start(2))
    return [
        Fact("conditions", SITES[match.group(1)], first, first, cue="corrected"),
        Fact("conditions", SITES[match.group(2)], last, last, "absent", "not", ruled_out=True),
    ]


NOT_THE_PATIENT = re.compile(
    r"^(?: \w+){0,3} ?,? (?:and )?not (?:her|him|she|he|them|the patient|patient|pt|this "
    r"one)(?= (?:,|\.|;|-|:|\))| ?$)|"
    r"^[^.;]{0,25}?(?:,|but|though) (?:he|she|patient|they)(?: himself| herself)? (?:has|"
    r"does|is|have|do) not(?: got| have)?(?: it)?(?= (?:,|\.|;)| ?$)"
)


def _contrasted(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """ "Twin has anorexia, she hasn't": said of the patient as well."""
    found = []
    for fact in facts:
        if fact.state == "other_person" and fact.slot in ("conditions", "barriers"):
            after = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 16])
            if NOT_THE_PATIENT.match(after):
                found.append(
                    Fact(
                        fact.slot,
                        fact.value,
                        fact.first,
                        fact.last,
                        "absent",
                        "she/he has not",
                        ruled_out=True,
                    )
                )
    return found


HOURS = re.compile(
    r"\b(\d\d?|twelve|fifteen|sixteen|twenty|ten|eight) hours?\b(?! (?:a day|day|shift|"
    r"shifts|sleep|late|wait|ago|each|away|every day|there|of|later|on the|straight|"
    r"a night|night|round))"
)


CUT_TO = re.compile(
    r"\bhours (?:were |was |got |been )?(?:cut|dropped|reduced|down|slashed) to (\d\d?)\b"
)


def _hours(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Up to thirty hours in a job held is part-time."""
    match = HOURS.search(surface.flat) or CUT_TO.search(surface.flat)
    if match is None:
        return []
    held = any(
        f.slot in ("occupation", "work_status", "employment_type") and f.present for f in facts
    )
    placed = re.match(
        r" ?(?:a week |weekly |per week )?(?:in|at|as|on|for) ", surface.flat[match.end() :]
    )
    if not held and not placed:
        return []
    if match.group(1).isdigit() and not 4 <= int(match.group(1)) <= 30:
        return []
    first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
    before = surface.flat[max(0, match.start() - 40) : match.start()]
    if WANTED.search(before) or "zero" in before:
        return []
    job = [] if held else [Fact("work_status", "in_work", first, last, cue=match.group())]
    return [Fact("employment_type", "part_time", first, last, cue=match.group()), *job]


_BMI = re.compile(r"\bbmi (?:of |is |was |now |over |above |= |: |> |still |up to )?(\d\d)\b")
_UNITS = re.compile(
    r"\b(\d{2,3}) ?(?:\+ )?units(?: (?:a|per|each|every|/))?(?: (?:week|wk|night|day))?\b"
)
_STONE = re.compile(r"\b(\d\d) ?stone\b")


def _measures(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """A body-mass index of 30 and more, or drinking that no guideline allows, said as a number."""
    found = []
    for pattern, least, value in (
        (_BMI, 30, "obesity"),
        (_UNITS, 35, "alcohol_dependence"),
        (_STONE, 19, "obesity"),
    ):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            if int(match.group(1)) >= least and not is_plain_question(surface, first):
                state = "uncertain" if value == "alcohol_dependence" else "present"
                found.append(Fact("conditions", value, first, last, state, cue=match.group()))
    return found
