"""Words that tell a work status elsewhere and none here: the writer's own, a helper's job, a place."""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface
from understanding.word_sets import words


def text_of(surface: Surface, fact: Fact) -> str:
    """Return the words of ``fact``, normalised."""
    return " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])


def tells_nothing(surface: Surface, fact: Fact) -> bool:
    """Say whether a status or occupation found is no evidence of how the patient stands to work."""
    return _the_writers(surface, fact) or _no_evidence(surface, fact)


_WRITER = re.compile(
    r"\b(?:i|we|me|us)(?: (?:am|are|'m|was|have|will|work|works|just|only|been|now|also|still|"
    r"the))* ?$|"
    r"\b(?:seen|came|attended|attends|here|in|visit|call|rang|phoned) (?:today )?(?:with|by|"
    r"from) (?:a |an |his |her |their )?$|"
    r"\b(?:man|woman|lady|gentleman|gent|chap|lad|patient|caller|mum|dad|him|her|someone|"
    r"somebody) $"
)


def _the_writers(surface: Surface, fact: Fact) -> bool:
    """Say whether a status or job is the writer's, a companion's, or the line of a caller."""
    if fact.slot not in ("work_status", "occupation"):
        return False
    before = surface.flat[: surface.offsets[fact.first]]
    found = _WRITER.search(before)
    if found is None:
        return False
    if found.group()[:2] in ("i ", "we", "me", "us"):
        return fact.slot == "work_status"
    if found.group().split()[-1] in _CALLERS:
        return text_of(surface, fact) in ("on the line", "on the phone", "on the phones")
    return fact.slot == "occupation"


# "Still in the waiting room", "at the desk now", "asks whether volunteering might help".
_IN_A_PLACE = re.compile(
    r"^ (?:the |a |his |her )?(?:waiting|bed|hospital|pain|hostel|plaster|cast|touch|love|"
    r"recovery|remission|treatment|"
    r"wrappers?|box|boxes|packets?|bag|cellophane|fridge|drawer|cupboard|car|family|way|shock|denial|tears|"
    r"therapy|temporary|reception|a&e|ward|room|house|there|uk|contact|debt|arrears|agony)\b"
)
# "The lad on the till", "the girl behind the counter".
_SOMEBODY = re.compile(
    r"\b(?:the|some) (?:lad|lass|girl|woman|man|lady|bloke|fella|chap|boy|person|one|folk|people|"
    r"lads|girls) $"
)
# "Nobody's working with her": a helper's work.
_WITH_THE_PATIENT = re.compile(
    r"work(?:s|ing|ed)? (?:closely |well |nicely )?with (?:(?:him|them|us|me|the (?:patient|family))\b|"
    r"her(?= (?:[,.;)]|at|on|now|and|to|for|this|still|about|over|yet|towards)| ?$))"
)
# "Overpayment all paid off": a debt, not a worker.
_OWED = re.compile(
    r"\b(?:overpay\w*|debts?|loans?|mortgage|arrears|fines?|cards?|catalogues?|bills?|house|car|finance|it|all|that|"
    r"everything|balance|credit|rent|iva|dro)(?: (?:is|are|was|were|has|have|been|now|all|long|"
    r"since|both|'s))* $"
)
_WONDERED = re.compile(
    r"\b(?:whether|if|about|consider\w*|suggest\w*|could|might|maybe|try)(?: \w+){0,1} $"
)
_HELPER = re.compile(
    r"^(?:(?:support|social|link|youth|key|case|outreach) ?worker|health visitor|midwife|"
    r"care coordinator|carer|occupational therapist|physio(?:therapist)?|counsellor|psychologist|"
    r"psychiatrist|probation officer|nurse|advocate|interpreter|solicitor|job coach|mentor|"
    r"therapist|dietitian|dietician)s?$"
)
# "Has a social worker", "under a physio": whom the patient is helped by.
_HELPED_BY = re.compile(
    r"\b(?:has|have|had|having|got|gets|under|needs?|wants|sees|saw|seeing|seen by|via|through|from|by|"
    r"allocated|assigned|awaiting|waiting for|referred to|input from|and) (?:a|an|the|his|her|their|"
    r"own|new|named|good|nice) (?:\w+ )?$"
)
# "Wants to get working again": what is wished for is not so yet.
_WISHED = re.compile(
    r"\b(?:wants?|wanting|wish\w*|hop(?:es|ing)|keen|eager|desperate|like|love|ready|aim\w*|"
    r"itching|longs?|dreams of|looking forward) (?:to|of|on)? ?(?:be|get|getting|being|start)? ?$"
)


def _no_evidence(surface: Surface, fact: Fact) -> bool:
    """Say whether words that tell a status elsewhere tell none here: a place, a question, a helper."""
    if fact.slot not in ("work_status", "occupation"):
        return False
    text, end = (
        text_of(surface, fact),
        surface.offsets[fact.last] + len(surface.words[fact.last].norm),
    )
    if text in ("still in", "been in", "in"):
        return bool(_IN_A_PLACE.match(surface.flat[end:]))
    if text == "at the desk" or (
        text == "in the work" and surface.flat[end:].startswith((" related", " - "))
    ):
        return True
    if _WITH_THE_PATIENT.match(text + surface.flat[end:]):
        return True
    before = surface.flat[: surface.offsets[fact.first]]
    if text.startswith(("on ", "behind ", "at ")) and _SOMEBODY.search(before):
        return True
    if text == "paid off":
        return bool(_OWED.search(before))
    if fact.value == "volunteering":
        return bool(_WONDERED.search(before))
    if fact.value == "in_work" and text.endswith("again"):
        return bool(_WISHED.search(before))
    return fact.slot == "occupation" and is_helper(surface, fact)


def is_helper(surface: Surface, fact: Fact) -> bool:
    """Say whether the job that ``fact`` names is of somebody who helps the patient."""
    if not _HELPER.match(text_of(surface, fact)):
        return False
    before = surface.flat[: surface.offsets[fact.first]]
    if re.search(r"\b\d\d ?[fm] (?:\w+ )?$", before):
        # "Also got a 25F nurse": what the patient is.
        return False
    after = surface.flat[surface.offsets[fact.last] + len(surface.words[fact.last].norm) :]
    told = re.match(
        r" (?:is|has|was|brought|takes|took|came) (?!off\b)|"
        r" (?!works|loves|likes|hates|hurt|struggl)\w+(?:s|ed) (?:his|her|him|them|their)\b",
        after,
    )
    return bool(told or _HELPED_BY.search(before))


_CALLERS = words(
    "man woman lady gentleman gent chap lad patient caller mum dad him her someone somebody"
)


# "On the sick" is being off from a job, or, as often, living on a sickness benefit.
_ON_THE_SICK = re.compile(r"on (?:the )?sick(?:ness)?$")


def means_benefits(surface: Surface, off: list[Fact], facts: list[Fact]) -> bool:
    """Say whether *on the sick* is all there is: no firm, no length of time, no wish to go back."""
    if not off or not all(_ON_THE_SICK.match(text_of(surface, f)) for f in off):
        return False
    if any(
        f.slot == "absence_weeks"
        or f.value in ("ssp", "return_to_work", "stay_in_work", "employer_adjustments")
        or f.slot == "job_at_risk"
        for f in facts
        if f.present
    ):
        return False
    if surface.flat[: surface.offsets[off[0].first]].endswith("back "):
        # Whoever is back on it was at work between.
        return False
    end = surface.offsets[off[-1].last] + len(surface.words[off[-1].last].norm)
    return not re.match(
        r" (?:from|at) (?!home)|.{0,30}\b(?:job|work|employer|boss)\b", surface.flat[end:]
    )


_EMPLOYER = re.compile(
    r"\b(?:boss(?:es)?|managers?|gaffer|employers?|firm|company|supervisor|hr|line manager|head|work|"
    r"workplace|foreman|owner|team leader)\b"
)
_ANOTHER_JOB = re.compile(
    r"\b(?:an|some|last|old|previous|ex|former|next|new|any|most|potential|prospective|future)(?: \w+)? ?$"
)


def trouble_at_work(surface: Surface, facts: list[Fact]) -> Fact | None:
    """Return the trouble with an employer, which only somebody with a job has."""
    for fact in facts:
        if fact.value == "employer_adjustments" and fact.present:
            found = _EMPLOYER.search(text_of(surface, fact))
            before = surface.flat[: surface.offsets[fact.first]]
            if found and not _ANOTHER_JOB.search(before + text_of(surface, fact)[: found.start()]):
                return fact
    return None


def works_there(surface: Surface, fact: Fact) -> bool:
    """Say whether a school or college is where somebody works rather than learns."""
    before = [w.norm for w in surface.words[max(0, fact.first - 3) : fact.first]]
    return bool({"works", "working", "job", "employed"}.intersection(before))
