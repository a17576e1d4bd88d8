"""A question that this product does not answer, asked beside what is told of a patient.

"What dose of sertraline for 34F off sick w depression in Bury?" tells of a patient and asks for a dose: the
patient is read, and the question is named so that the answer can say what is not answered here. What a
question only supposes ("if he starts work") is no fact. A question about fit notes alone is about no patient.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from understanding.facts import Fact
from understanding.intents import asks_clinically, asks_of_benefit
from understanding.surface import Surface

CLINICAL, BENEFITS, FIT_NOTE = "clinical", "benefits", "fit_note"
_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]*")
_OPENER = re.compile(
    r"^\W*(?:(?:and|but|so|also|ok|hi|hello|(?:quick )?question|query|please)\b[,:]? )*(?:what|whats|"
    r"which|when|why|how|who|whos|where|is|are|can|could|does|do|should|would|will|may|must|"
    r"any idea|(?:s?he|they|pt|patient) (?:wants? to know|is asking|asks|asked|wonders))\b(?!['’]t)",
    re.IGNORECASE,
)
_NOTE = r"(?:(?:e-?)?fit[ -]?notes?|med[ -]?3s?|sick[ -]?(?:notes?|lines?)|doctor'?s notes?)"
# Who, how long, when: what the guidance says of any fit note.
_OF_THE_RULES = re.compile(
    rf"\b(?:who|how (?:long|many|much|often|far|soon)|can|could|may|must|should|is it|are we|are you|"
    rf"is there|is an?|are|do|does|when|what(?:'s| is| are)? (?:the )?"
    r"(?:max\w*|longest|limit|rules?|length))\b"
    rf".{{0,60}}\b{_NOTE}\b",
    re.IGNORECASE,
)
_NOTE_ALLOWED = re.compile(
    rf"\b{_NOTE}\b.{{0,25}}\b(?:back ?-?dat\w+|max\w*|allowed|ok|okay|valid|legal|possible)\b[^,;.]*\?",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"(?<![\w£/.])\d{2} ?(?:[mf]\b|y/?o\b|yrs? old|years? old|year[- ]old)|\b[mf]\d{2}\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"\b(?:put|write|say|comments?|wording) (?:on|in|for)\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|in case|supposing|suppose|were|unless|when|once|should|would|whether)\b(?: [^\s,.;?!]+){0,4} ?$"
)
# What a question supposes rather than states.
_ONLY_SUPPOSED = frozenset(
    {"has_job_offer", "goal", "work_status", "job_at_risk", "employment_type"}
)
_TO_LOSE = re.compile(
    r"\b(?:lose|losing|keep|affect|stop|stopped|reduce|cut|touch|hit|take away|lost)\b"
)
_FEARED_FOR = re.compile(
    r"\b(?:lose|losing|keep|affect|stop|cut|touch) (?:his|her|their) "
    r"(?:uc|pip|esa|jsa|dla|lcwra?|ssp|universal)\b",
    re.IGNORECASE,
)
# What a worry about losing it names, and who fears to lose it has it.
_HELD = {
    "uc": "uc",
    "pip": "pip",
    "esa": "esa",
    "jsa": "jsa",
    "dla": "dla",
    "ssp": "ssp",
    "lcwra": "uc_lcwra",
    "lcw": "uc_lcw",
}
_LOSES_IT = re.compile(r"\b(?:lose|losing|keep|keeping)(?: all| some of)? ?$")
# The cue of a benefit that is held because it could be lost.
THEIRS = "theirs"
_RECEIVES = re.compile(
    r"\b(?:already |still |currently )*(?:on|gets|receives|receiving|getting)(?: the)? ?$"
)


@dataclass(frozen=True)
class SideQuestion:
    """``kind``: ``clinical``, ``benefits`` or ``fit_note``; the characters ``start``..``end`` that ask it.

    ``of_nobody``: it describes no patient, so nothing is read from it.
    """

    kind: str
    start: int
    end: int
    of_nobody: bool


def side_questions(text: str) -> tuple[SideQuestion, ...]:
    """Return the questions of ``text`` that are not for this product, in order."""
    if "?" not in text and not _OPENER.match(text):
        return ()
    found = []
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group()
        start = sentence.start()
        if not (said.rstrip().endswith("?") or _OPENER.match(said)):
            continue
        kind = _kind(said)
        if kind is None:
            continue
        # "34F off sick, can I do a fit note for 6 months?": the clause that asks.
        clause = start
        for pause in re.finditer(r"[,:–-] ?", said):
            if _OPENER.match(said[pause.end() :]) and _kind(said[pause.end() :]):
                clause = start + pause.end()
        note = _NOTE_ALLOWED.search(said)
        if clause == start and note and (comma := said.rfind(",", 0, note.start())) >= 0:
            clause = start + comma + 1
        asking = text[clause : sentence.end()]
        found.append(
            SideQuestion(
                kind, clause, sentence.end(), kind == FIT_NOTE and not _DESCRIBED.search(asking)
            )
        )
    return tuple(found)


def _kind(said: str) -> str | None:
    if (_OF_THE_RULES.search(said) or _NOTE_ALLOWED.search(said)) and not _COMMENTS.search(said):
        return FIT_NOTE
    if asks_of_benefit(said):
        return BENEFITS
    return CLINICAL if asks_clinically(said) else None


def of_the_patient(text: str) -> bool:
    """Say whether ``text`` describes somebody by age and sex, whatever else it asks."""
    return _DESCRIBED.search(text) is not None


def fears_for(text: str) -> bool:
    """Say whether ``text`` asks after a benefit that somebody has ("would he lose his ESA")."""
    return _FEARED_FOR.search(text) is not None


def only_stated(
    surface: Surface, facts: list[Fact], questions: tuple[SideQuestion, ...]
) -> list[Fact]:
    """Return ``facts`` without what the ``questions`` only ask about or suppose."""
    for question in questions:
        facts = [kept for f in facts if (kept := _stated(surface, f, question)) is not None]
    return facts


# "What if he gets a job", "would she be better off in work?".
_IF = re.compile(
    r"\b(?:if|in case|supposing) (?:he|she|they|patient|i|we)(?: (?:is|does|has|ever|then|were|was|"
    r"goes|would|actually))*(?: (?!can |could )[^\s,.;:?!]+)? ?$"
)
_MODAL = re.compile(
    r"(?:^|[.?!;,:\n] ?)(?:(?:and|so|but|ok) )*(?:can|could|may|might|would|should|will)(?: not)? "
    r"(?:he|she|they|patient)(?: [^\s,.;:?!]+){0,5} ?$"
)
_NOT_SO_YET = frozenset({"in_work", "in_work_struggling", "volunteering", "student"})
_REACH = 70


def not_supposed(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return ``facts`` without a job, a wish or a threat to the job that is only thought of."""
    return [f for f in facts if not _supposed(surface, f)]


def _supposed(surface: Surface, fact: Fact) -> bool:
    if fact.slot not in _ONLY_SUPPOSED or not surface.words:
        return False
    begin = surface.offsets[fact.first]
    before = surface.flat[max(0, begin - _REACH) : begin]
    if _IF.search(before) and fact.value != "off_sick":
        return True
    asked = surface.flat[begin:].partition("?")[0]
    closed = (
        not any(mark in asked for mark in (".", ";", ",", "\n")) and "?" in surface.flat[begin:]
    )
    doubtful = fact.slot == "has_job_offer" or fact.value in _NOT_SO_YET
    return closed and doubtful and _MODAL.search(before) is not None


def _stated(surface: Surface, fact: Fact, question: SideQuestion) -> Fact | None:
    start, _ = surface.span(fact.first, fact.last)
    if not question.start <= start < question.end:
        return fact
    if question.kind == FIT_NOTE:
        # The length asked about, and the note itself, are no absence.
        words = surface.text[slice(*surface.span(fact.first, fact.last))].lower()
        asked_about = fact.slot in ("absence_weeks", "uc_months", "out_of_work_months")
        of_the_note = fact.slot == "work_status" and (
            "note" in words or "med" in words or asked_about
        )
        time_off = fact.slot == "work_status" and fact.cue == "time off"
        return None if question.of_nobody or asked_about or of_the_note or time_off else fact
    if question.kind == BENEFITS:
        begin = surface.offsets[fact.first]
        before = surface.flat[max(0, begin - 60) : begin]
        if fact.slot in _ONLY_SUPPOSED and _SUPPOSED.search(before):
            return None
        if fact.slot == "benefits" and fact.cue != THEIRS and not _RECEIVES.search(before):
            # "Would she qualify for PIP?"
            return None
        if fact.slot == "work_status" and fact.value in ("in_work", "in_work_struggling"):
            return None
        if fact.value == "debt_finance" and fact.state == "uncertain":
            # "Will she lose her money?" asks after it.
            return None
        if fact.slot == "benefit_issues" or fact.value == "benefit_problem":
            # "Should he appeal his WCA?"
            return None
        if fact.value == "benefit_worry" and fact.state == "uncertain":
            return fact.set("present", fact.cue)
    return fact


def held_benefits(
    surface: Surface, facts: list[Fact], questions: tuple[SideQuestion, ...]
) -> list[Fact]:
    """Return ``facts`` with the benefit that a question fears for as held ("will he lose his PIP")."""
    if not any(q.kind == BENEFITS for q in questions):
        return facts
    out = []
    for fact in facts:
        before = " ".join(w.norm for w in surface.words[max(0, fact.first - 6) : fact.first])
        stopped = re.match(
            r" (?:be )?(?:stop|end|go|drop|cut|reduce|affect)",
            surface.flat[surface.offsets[fact.last] + len(surface.words[fact.last].norm) :],
        )
        owned = re.search(r"\b(?:his|her|their|the patient 's) ?$", before) is not None
        theirs = (owned and (stopped or _TO_LOSE.search(before))) or _LOSES_IT.search(before)
        if fact.slot == "benefits" and theirs and _no_relative(fact):
            fact = replace(fact, state="present", cue=THEIRS, owner=None)
        out.append(fact)
        if fact.value == "benefit_worry" and fact.holds:
            row = range(fact.first, fact.last + 1)
            named = [(_HELD[n], i) for i in row if (n := surface.words[i].norm) in _HELD]
            out += [Fact("benefits", v, i, i, cue=THEIRS) for v, i in named if not _has(facts, v)]
    return out


def _no_relative(fact: Fact) -> bool:
    return fact.owner is None or fact.owner.word in ("he", "she")


def _has(facts: list[Fact], benefit: str) -> bool:
    return any(f.slot == "benefits" and f.value == benefit for f in facts)


def of_nobody(text: str, questions: tuple[SideQuestion, ...]) -> str:
    """Return ``text`` with the questions that describe nobody made blank, as long as before."""
    for question in questions:
        if question.of_nobody:
            end = min(question.end, len(text))
            text = text[: question.start] + " " * (end - question.start) + text[end:]
    return text
