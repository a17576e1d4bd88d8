"""Answers that mean something only with the question: "3/12", "yes", "none of those", "don't know"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from services_directory.areas import Areas
from services_directory.vocabulary import Vocabulary
from understanding.amounts import Duration, number
from understanding.facts import Fact
from understanding.months import days_since, today
from understanding.slot_answers import all_well, said_choice, said_except, said_items
from understanding.surface import Surface
from understanding.word_sets import words as word_set
from understanding.work_answers import OPEN, either_job_or_course, of_work

LISTS = frozenset({"conditions", "barriers", "benefits", "benefit_issues", "employment_type"})
CHOICES = frozenset({"work_status", "goal", "sex"})
NUMBERS = frozenset({"absence_weeks", "out_of_work_months", "uc_months"})

# Illnesses that an answer may add beside others; a site may only be where another illness sits.
NAMED_IN_ANSWERS = frozenset({"alcohol_dependence", "drug_dependence", "gambling", "stress"})
DONT_KNOW = re.compile(
    r"^(?:(?:i |we |they |he |she |sorry |well |hmm |um |er |honestly |pt |patient |"
    r"to be honest |tbh ),? ?)*(?:do not (?:really )?know|dunno|don't know|dont know|"
    r"not (?:too |really |entirely |very )?sure|no idea|unsure|"
    r"could not (?:tell you|say)|can not (?:tell|say|remember|recall)|not known|unknown|"
    r"have not asked|has not said|did not (?:ask|say|mention)|not asked|skip(?: (?:it|"
    r"that|this))?|"
    r"pass|next|idk|nk|n/k|no clue|not a clue|haven't a clue|have not a clue|"
    r"hard to (?:say|tell)|would (?:have|need) to (?:ask|check)|will (?:have to )?(?:ask|"
    r"check)|need to (?:ask|check)|not (?:been )?(?:told|discussed|established|recorded|"
    r"documented)|never (?:asked|said)|\?+|move on|doesn't say|does not say|god knows|"
    r"who knows|search me|forgot to ask|leave (?:it|that)(?: blank)?|not clear|unclear|"
    r"question mark|can't say|couldn't say)\b"
)
DECLINED = re.compile(
    r"\b(?:rather not (?:say|answer)|prefers? not(?: to)?|would not (?:say|tell|answer|"
    r"be drawn)|will not (?:say|tell|answer|discuss)|declin\w+|refus\w+ to (?:say|answer|"
    r"tell|discuss)|not (?:willing|wanting|want|keen) to (?:say|answer|discuss|tell|talk)|"
    r"does not want to (?:say|answer|discuss|tell|talk|go into)|do not want to (?:say|"
    r"answer|discuss)|none of (?:your|our|my) business|not telling|keeping that to|"
    r"private|touchy subject)\b"
)
NOTHING = re.compile(
    r"^(?:no+|none|nope|nah|nil|nothing|neither|never|n/a|na|zero|nout|"
    r"nowt)(?:\s*,?\s*(?:thanks|thank you|ta|of (?:those|these|them|the above)|at all|"
    r"really|that i know of|known|currently|at present|at the moment|"
    r"whatsoever|not|of that|like that|apply|applies|else|more|other|others|issues|"
    r"problems|barriers|benefits|conditions|no|comes to mind|to (?:report|note|add|"
    r"my knowledge)|i know of|that we know of|doctor|here|for (?:him|her|them)|he|she|"
    r"mentioned|lives? off (?:his|her|their) (?:wife|husband|partner|mum|dad|parents|family)|"
    r"savings|just savings|on savings|living (?:on|off) savings|i am aware of|"
    r"stands out|obvious|significant|relevant))*\s*[.!]*$"
)
YES = re.compile(
    r"^(?:oh |well |er |um )?(?:yes|yep|yeah|yea|yup|aye|y|true|correct|affirmative|"
    r"definitely|certainly|absolutely|indeed|sure|ok|right|that's right|(?:he|she|"
    r"they) (?:is|does|has|did|was)(?! not)|very much|afraid so|i think so|think so|"
    r"of course|too right|sadly|unfortunately)\b"
)
NO = re.compile(
    r"^(?:oh |well |er |um |actually )?(?:no|nope|nah|n|false|not|never|none|neither|nil|"
    r"negative|(?:he|she|they) (?:is|does|has|did|was) not|isn't|don't think so|"
    r"do not think so|doubt it|fraid not|nay|absolutely not|definitely not|(?:prob\w*|problems) (?:not|no)|"
    r"unlikely|i think not|should not think so|"
    r"certainly not)\b"
)
# To what is wanted about work these say nothing: neither a wish nor that there is none.
PLAIN_NO = re.compile(
    r"^(?:(?:oh|well|er|um|actually) )?(?:no+|none|nope|nah|na|n/a|nil|not really)"
    r"(?: ?,? ?(?:thanks|thank you|ta|thx|really|doctor|dr|no|not really|of (?:these|those|them)))*[ .!]*$"
)
# One word for where it happens is no barrier; who it is may be one.
_VAGUE_BARRIER = re.compile(
    r"^(?:just |only |the |his |her |their |at )*(?:work|job|workplace|"
    r"(?P<who>boss|manager|employer|gaffer|line manager|supervisor))[ .!]*$"
)
NO_JOB = re.compile(r"^(?:(?:has|got|he|she|they) )*no (?:job|work)(?: at all| now| yet)?[ .!]*$")
OUTSIDE = re.compile(
    r"\b(?:out of area|outside (?:of )?(?:greater manchester|gm|the area|area|our area)|"
    r"not (?:in )?(?:greater manchester|gm)|out of gm|elsewhere in england|england other|"
    r"other side of the country)\b"
)
PAYLOAD = re.compile(
    r"^\s*/\w+\s*\{.*?\"(?P<slot>\w+)\"\s*:\s*\[?\s*(?P<values>[^\]}]*)\]?\s*\}", re.S
)


_NONE_THEN = re.compile(
    r"^(?:no|none|nothing|nowt|nil|nope|zero) ?[,;.-] ?(?:just |only |they |lives? )*(?:(?:his|"
    r"her|the|their) )?"
    r"(?:hubby|husband|wife|partner|mum|dad|parents?|family|boyfriend|girlfriend|savings|son|daughter|off)\b"
)


@dataclass(frozen=True)
class Answer:
    """What the answer adds, and how the slot was answered where no value came."""

    facts: tuple[Fact, ...] = ()
    answered: dict[str, str] = field(default_factory=dict)
    # The answer alone tells the key: nothing else in the text says more of it.
    spelt_out: bool = False


def _plain(surface: Surface) -> str:
    return re.sub(r"\s+", " ", surface.flat).strip()


def ids_in(text: str, slot: str, words: Vocabulary) -> list[str]:
    """Return the ids of ``slot`` that ``text`` spells out (also with spaces, or by label)."""
    terms = words.terms.get(slot, {})
    known = {i.replace("_", " "): i for i in terms} | {t.label.lower(): i for i, t in terms.items()}
    found = []
    for piece in re.split(r"[,;\n/+&]|\band\b", text.lower()):
        name = re.sub(r"[\s_-]+", " ", piece).strip(" .!\"'[]")
        if name in known:
            found.append(known[name])
    whole = re.sub(r"[\s_-]+", " ", text.lower()).strip(" .!\"'[]")
    if whole in known and known[whole] not in found:
        found.append(known[whole])
    return list(dict.fromkeys(found))


def read_answer(
    surface: Surface,
    asked: str,
    facts: list[Fact],
    durations: list[Duration],
    words: Vocabulary,
    tree: Areas,
) -> Answer:
    """Return what the message says as an answer to ``asked``, given the ``facts`` already read from it."""
    text = surface.text
    payload = PAYLOAD.match(text)
    if payload:
        text = payload.group("values").replace('"', "")
    plain = _plain(surface)
    last = max(0, len(surface.words) - 1)
    have = [f for f in facts if f.slot == asked and f.holds]

    def fact(value: object, slot: str = asked, cue: str = "answer") -> Fact:
        return Fact(slot, value, 0, last, cue=cue)

    if asked in LISTS:
        if asked == "barriers" and (vague := _VAGUE_BARRIER.match(plain)):
            who = (replace(fact("employer_adjustments"), state="uncertain"),)
            return Answer(who if vague.group("who") else (), spelt_out=True)
        ids = ids_in(text, asked, words)
        pieces = [p for p in re.split(r"[,;+&]|\band\b", text) if p.strip()]
        if ids and ids != ["none"] and len(ids) >= len(pieces):
            return Answer(tuple(fact(i) for i in ids), spelt_out=True)
        spelt = [i for i in ids if not any(f.value == i for f in have)]
        if asked == "benefits" and not have and not spelt and _NONE_THEN.match(plain):
            # "Nowt, hubby's wage covers them".
            return Answer((fact("none"),), {asked: "complete"})
        if spelt == ["none"] or (not have and not spelt and NOTHING.match(plain)):
            none = (fact("none"),) if asked == "benefits" else ()
            return Answer(none, {asked: "complete"})
        if spelt:
            return Answer(tuple(fact(i) for i in spelt))
        said = [f for f in facts if f.slot == asked]
        held = {f.value for f in said if f.holds}
        items = said_items(asked, plain, held, {f.value for f in said} - held)
        if asked == "conditions" and held:
            items = [i for i in items if i in NAMED_IN_ANSWERS]
        if items:
            return Answer(tuple(fact(i) for i in items))
        if asked == "barriers" and not have and (ill := said_except(plain)):
            # "Nothing except knees": no barrier, and an illness.
            return Answer(tuple(fact(i, "conditions") for i in ill), {asked: "complete"})
        if not have and asked != "employment_type" and all_well(plain):
            return Answer((), {asked: "complete"})
    elif asked in CHOICES:
        spelt = ids_in(text, asked, words)
        if spelt:
            return Answer((fact(spelt[0]),))
        if asked == "goal" and PLAIN_NO.match(plain):
            # One word takes no support away: that nothing is wanted is said in so many words.
            return Answer((), {asked: "dont_know"}, spelt_out=True)
        if asked == "goal" and NO_JOB.match(plain):
            return Answer((fact("unemployed", "work_status"),), spelt_out=True)
        if asked == "work_status" and either_job_or_course(plain):
            return Answer((fact("unemployed"), fact("find_work", "goal")), spelt_out=True)
        told = of_work(plain, facts) if asked == "work_status" else None
        if told is not None:
            return Answer((fact(told),) if told != OPEN else (), spelt_out=True)
        if asked == "sex" and re.search(
            r"\b(?:neither|they ?/ ?them|non ?-? ?binary|trans\w* non)\b", plain
        ):
            return Answer((fact("other"),))
        if asked == "sex" and not have:
            letter = re.match(r"^(f|m)\b", plain)
            if letter:
                return Answer((fact({"f": "female", "m": "male"}[letter.group(1)]),))
        sure = [f for f in have if f.value != "unemployed" or asked != "work_status"]
        chosen = (
            None
            if sure or DONT_KNOW.match(plain) or DECLINED.search(plain)
            else said_choice(asked, plain)
        )
        if chosen is not None:
            return Answer((fact(chosen),))
        unsaid = DONT_KNOW.match(plain) or DECLINED.search(plain)
        if (
            asked == "work_status"
            and not (have or unsaid)
            and (YES.match(plain) or NO.match(plain))
        ):
            return Answer((fact("in_work" if YES.match(plain) else "unemployed"),))
    elif asked in words.terms.get("flags", {}) and not have:
        if not DONT_KNOW.match(plain) and not DECLINED.search(plain):
            chosen = said_choice(asked, plain)
            if chosen is not None:
                return Answer((fact(chosen),))
        if not DONT_KNOW.match(plain) and not any(f.slot == asked for f in facts):
            if YES.match(plain):
                return Answer((fact(True, cue="yes"),))
            if NO.match(plain):
                return Answer((fact(False, cue="no"),))
    elif asked in NUMBERS and not have:
        amount = _length(asked, plain, durations)
        if amount is not None:
            return Answer((fact(amount),))
    elif asked == "age":
        years = _years(plain)
        if years is None and not have and _ROUND.search(plain) and len(plain.split()) <= 6:
            return Answer((), {asked: "dont_know"})
        if years is not None:
            return Answer((fact(years),))
    elif asked == "area":
        name = re.sub(r"[\s_]+", "-", text.lower().strip(" .!\"'"))
        if name in tree.by_id:
            return Answer((fact(name),))
        if OUTSIDE.search(plain):
            return Answer((fact("england-other", cue="outside"),))
        if not have and PLAIN_NO.match(plain):
            return Answer((), {asked: "dont_know"})
    elif (
        asked == "occupation"
        and not have
        and plain
        and not DONT_KNOW.match(plain)
        and len(plain) < 80
    ):
        return Answer((fact(surface.text.strip(" .")),))
    if asked in ("out_of_work_months", "never_worked") and re.search(
        r"\bnever (?:had one|had a|worked|had any|done)\b", plain
    ):
        return Answer((fact(True, "never_worked", "never"),))
    if not have:
        if DECLINED.search(plain):
            return Answer((), {asked: "declined"})
        if DONT_KNOW.match(plain) or not plain or plain in ("?", "-", "."):
            return Answer((), {asked: "dont_know"})
    return Answer()


# Asked for these, a length of time may be theirs, or the answer.
_OF_THEIR_OWN = NUMBERS | {
    "age",
    "benefits",
    "benefit_issues",
    "work_status",
    "never_worked",
    "has_job_offer",
}
_BARE_LENGTH = re.compile(
    r"(?:about|around|roughly|nearly|over|just|only|maybe|say|approx|for|off(?: sick| work)?|so far|now|"
    r"or so|ish|already|been|has|he|she|they|it|'s|is|the|last|past|and|,|\.|!| )*"
)
BARE = "length alone"


def bare_length(surface: Surface, asked: str, durations: list[Duration]) -> Fact | None:
    """Return a message that is nothing but a length of time, out of turn ("6/12"), as a time off work."""
    if asked in _OF_THEIR_OWN or len(durations) != 1:
        return None
    length = durations[0]
    around = [w.norm for i, w in enumerate(surface.words) if not length.first <= i <= length.last]
    if not _BARE_LENGTH.fullmatch(" ".join(around)):
        return None
    return Fact("absence_weeks", length.weeks, length.first, length.last, cue=BARE)


# Nobody has been off for so many weeks or months.
_NO_LENGTH = 1200
_MONTHS_GLUED = re.compile(r"(?:about|around|nearly|over|for|off|roughly| )*(\d\d?)m[ .!]*")


def _length(asked: str, plain: str, durations: list[Duration]) -> float | None:
    """Return the length in the unit of the slot; a bare number is taken to be in that unit."""
    if durations:
        best = durations[0]
        return best.weeks if asked == "absence_weeks" else best.months
    glued = _MONTHS_GLUED.fullmatch(plain)
    if glued:
        told = Duration(0, 0, float(glued.group(1)), "month")
        return told.weeks if asked == "absence_weeks" else told.months
    days = days_since(plain.split(",")[-1].strip(), today())
    if days is not None:
        since = Duration(0, 0, days, "day")
        return since.weeks if asked == "absence_weeks" else since.months
    if (said := _bare_number(plain)) and said < _NO_LENGTH:
        return round(said)
    bare = re.fullmatch(
        r"(?:about|around|roughly|nearly|over|maybe|say|approx|circa|~|off for|off|just|"
        r"only| )*([a-z -]+|\d+(?:\.\d+)?)(?: ?-? ?\d+)?(?: ish| or so|ish)? ?[.!]?",
        plain.strip(),
    )
    if bare:
        count = number(bare.group(1).strip())
        if count is not None:
            return round(count)
    return None


_LENGTH_FILLERS = word_set("""
    call it must be by now i think about around roughly nearly over maybe say approx circa off for just
    only going on getting coming up to it 's is ish or so perhaps probably reckon reckons he she they
    patient at a guess the ooh oh erm um well all in , . ! ? ~ weeks months wks mths""")


def _bare_number(plain: str) -> float | None:
    """Return the number, or the middle of a range ("7 or 8"), that is all the end of an answer says."""
    last = re.sub(r"(?<=\d)ish\b", "", plain.rstrip(" .!?").split(",")[-1])
    spread = re.fullmatch(r"(?:.*? )?(\w+) (?:or|to|-) (\w+)(?: .*)?", last.strip())
    if spread:
        low, top = number(spread.group(1)), number(spread.group(2))
        if low is not None and top is not None and low < top:
            return (low + top) / 2
    pieces = [w for w in last.split() if w not in _LENGTH_FILLERS]
    return number(" ".join(pieces)) if pieces and len(pieces) <= 3 else None


_AGE_FILLERS = word_set("""
    he she they is 's are patient pt i think about around just turned now aged age of the a at
    only today last week month yesterday years year yrs yr y o yo old ish or so roughly approx
    probably maybe nearly almost going on getting for coming up to approaching next birthday in
    turns soon man woman lady lad male female m f , . ! ? / - big nearer reckon reckons""")
_NOT_YET = re.compile(
    r"\b(?:nearly|almost|going on|getting on for|coming up to|approaching|nearing|not quite|"
    r"just shy of)\b"
    r"|\bnext (?:birthday|week|month|year)\b|\bturns \w+ (?:next|in|on|soon)\b"
)
_ROUND = re.compile(r"\b(?:early|mid|late|middle|his|her|their)\b.*\d0s?\b|\b\d0s\b|ies\b")


def _years(plain: str) -> int | None:
    """Return the age where the answer is (nearly) nothing but a number."""
    settled = re.search(r"\bso (?:he 's |she 's |still )?(\d\d)\b(?! or)", plain)
    if settled:
        return int(settled.group(1))
    if _ROUND.search(plain):
        return None
    spoken = re.sub(r"(?<=\w) ?- ?(?=\w)", " - ", plain)
    spoken = re.sub(r"(?<=\d)(?:ish|yrs?|yo|y|[fm])\b", " ", spoken)
    pieces = [w for w in spoken.split() if w not in _AGE_FILLERS]
    whole = number(" ".join(pieces)) if pieces else None
    if whole is None:
        whole = number(plain.strip(" .!"))
    if whole is None and len(pieces) == 2:
        whole = number(f"{pieces[0]} - {pieces[1]}")
    if whole is None or not 0 < whole < 120:
        return None
    return int(whole) - (1 if _NOT_YET.search(plain) and "ish" not in plain else 0)
