"""Is it so? Whether a mention is said to be present, absent, past, only possible or only thought of.

In the manner of ConText (Harkema and others, 2009): cues before or after a mention, each with a reach. The
reach of a negation is not a number of words: it passes only words that can stand between *no* and what is
denied ("no known history of"), and further items of a list. So "not coping with her asthma" denies nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.assertion_cues import AFTER, BEFORE, State
from understanding.relations import RELATIVES
from understanding.replies import reply_to
from understanding.surface import SENTENCE_ENDS, Surface, Word
from understanding.word_sets import words


@dataclass(frozen=True)
class Judgement:
    """The state of a mention and the words that decided it. ``ruled_out``: said not to have it."""

    state: State = "present"
    cue: str = ""
    ruled_out: bool = False


NEGATIONS = words("no not never denies denied denying deny without nil nor neither zero")
PASSED = words("""
    any a an the his her their 's have has had having got get gets been be is was being are
    am really actually currently known clear evidence of history past previous signs sign
    symptoms symptom for from with suffer suffers suffering suffered diagnosed diagnosis
    formally formal as particularly clinically major significant severe current active
    longer more even ever under on in at open receipt getting receiving claiming claim
    claims gets overt obvious real such underlying features much or nor either particular
    himself herself known documented seem seems appear to actual type on- yet mental
""")
LIST_LINKS = words("or nor and , / &")
# "no doubt depressed": the words look like a negation of what follows and are none.
NOT_NEGATING = re.compile(
    r"(?:no doubt|not only|not just|not merely|no better|no worse|no change|no wonder|no "
    r"surprise|no secret|"
    r"not surprisingly|no improvement|not sure|not certain|no end|no further|"
    r"not to mention|no thanks to|no longer any|"
    r"not helped|whether or not|no idea|not clear|why not|not known)$"
)

# "Scrap the diabetes": taken back by whoever said it.
STRUCK = re.compile(
    r"\b(?:i (?:had |have |'d )?(?:put|said|typed|wrote|recorded|entered|ticked)|me (?:saying|"
    r"putting|writing)|"
    r"rather than|instead of|as opposed to)(?: (?:the|that|a|it|is|was|as|down|about|it 's|"
    r"she has|he has)){0,3}$|"
    r"\b(?:scrap|delete|remove|take off|take out|ignore|strike|cross off|cross out|"
    r"disregard|forget)(?: (?:the|that|his|her|any|mention|of|about|bit|on|"
    r"what i said)){0,4}$|"
    r"^(?:no |sorry |actually |oops |, )*(?:drop|get rid of|lose)(?: (?:the|that|his|her)){0,2}$"
)
_RELATIVES = "|".join(sorted(RELATIVES))
REPLACED = re.compile(r"\b(?:rather than|instead of|as opposed to)\b")
# "The diabetes belongs to the previous patient", "that asthma is someone else's".
BELONGS = re.compile(
    r" (?:is |was |'s |are |really |actually |all )*(?:(?:belongs?|belonged|belonging|relates?) "
    r"to|from|for|"
    r"of|meant for)? ?(?:(?:the|my|a|another) )?(?:(?:previous|last|other|wrong|different|next|"
    r"another) "
    r"(?:patient|pt|one|person|chap|lady|man|woman|record|notes?)|(?:someone|somebody) else(?: "
    r"'s)?)\b"
    rf"| (?:in|\() (?:(?:his|her|their|the) )?(?:{_RELATIVES})(?= (?:,|\.|;|\)|and|$))"
    rf"| (?:is|was|are|were|'s) (?:actually |really )?(?:his|her|their|the) (?:{_RELATIVES}) "
    rf"'s?(?= (?:,|\.|;|not|$))"
)
# "I put UC. Should be PIP": said to put it right, not to advise it.
PUT_RIGHT = re.compile(r"\b(?:should|meant to) (?:be|read|say|have been|have said)$")
# "Off LCWRA and onto ordinary UC".
OFF = re.compile(r"\b(?:off|from)(?: the| his| her)?$")
ONTO = re.compile(r" (?:and |,)? ?(?:now )?(?:onto|on to|over to|to|into)\b")
# "Wants back pain sorted" has it still.
WISHED_AWAY = re.compile(r"^ (?:sorted|fixed|settled|cured|gone)\b")
WISHED = re.compile(
    r"\b(?:wants?|needs?|get|getting|like|likes|hopes?|hoping)(?: to (?:get|have))? ?(?:the )?$"
)
STILL = re.compile(
    r"\b(?:still|ongoing|persistent|continues|again|relapsed|back again|left (?:him|her|them)|"
    r"current(?:ly)?)\b"
)
QUESTION_OPENERS = words(
    "what whats which how does do is are can could should would when where who why any has "
    "have will may"
)
DESCRIBED = re.compile(r"\d\d[fm]$|f\d\d$")
PATIENT_WORDS = words(
    "someone somebody anyone he she him her his hers they them patient this man woman lady "
    "lad i my himself herself"
)


def is_plain_question(surface: Surface, first: int) -> bool:
    """Say whether the sentence of word ``first`` asks something of medicine or services, not of a patient."""
    number = surface.sentence[first]
    row = [w.norm for i, w in enumerate(surface.words) if surface.sentence[i] == number]
    if not row or row[0] not in QUESTION_OPENERS or PATIENT_WORDS.intersection(row):
        return False
    if any(DESCRIBED.match(norm) for norm in row):
        # "What dose for 34F off sick": a question, and a patient in it.
        return False
    if reply_to(surface, max(i for i, n in enumerate(surface.sentence) if n == number) - 1):
        return False
    if row[0] not in ("what", "whats", "which", "how", "when", "where", "who", "why"):
        return row[-1] == "?" or surface.text.rstrip().endswith("?")
    return True


def judge(
    surface: Surface, first: int, last: int, taken: frozenset[int], benefit: bool = False
) -> Judgement:
    """Return how the mention at words ``first``..``last`` is asserted.

    ``taken`` are the words of all mentions (a negation passes over the other items of a list);
    ``benefit``: an application or a refusal is then no receipt, while a wait for an assessment of an illness
    only makes it uncertain.
    """
    reply = reply_to(surface, last)
    if reply:
        return Judgement(reply[0], reply[1], ruled_out=reply[0] == "absent")
    negated = _negated_before(surface, first, taken)
    if negated:
        return Judgement("absent", negated, ruled_out=True)
    before, after = _around(surface, first, last)
    struck = STRUCK.search(before) or STRUCK.search(_sentence_before(surface, first))
    if struck:
        # "EUPD rather than bipolar" takes bipolar back; nobody looked for it and found none.
        return Judgement("absent", struck.group().strip(), not REPLACED.search(struck.group()))
    belongs = BELONGS.match(after)
    if belongs:
        return Judgement("absent", belongs.group().strip())
    for state, pattern in AFTER:
        if state == "hypothetical" and not benefit:
            continue
        found = pattern.match(after)
        if found and found.group() == " ?" and _asks_of_next(surface, last):
            continue
        if found and WISHED_AWAY.search(found.group()) and WISHED.search(before):
            continue
        if found and not (state == "past" and STILL.search(before + after[: found.end() + 12])):
            # "Take the gambling off, that was the last patient": taken back, not looked for.
            back = found.group().strip().startswith("off")
            return Judgement(state, found.group().strip(), state == "absent" and not back)
    for state, pattern in BEFORE:
        if (
            state == "hypothetical"
            and not benefit
            and not re.search(r"(?:\bif|in case|unless|risk of)(?: \w+){0,3}$", before)
        ):
            continue
        found = pattern.search(before)
        if found and state == "hypothetical" and PUT_RIGHT.search(before):
            continue
        if found and not (state == "past" and STILL.search(before)):
            return Judgement(state, found.group().strip(), ruled_out=state == "absent")
    if benefit and OFF.search(before) and ONTO.match(after):
        return Judgement("past", "off it and onto another")
    if benefit:
        was = re.search(
            r"\b(?:was|were|used to be|had been) (?:on|getting|claiming|receiving)(?: the| an)?$",
            before,
        )
        if was and not re.search(
            r"\b(?:has|have|'s) been (?:on|getting|claiming|receiving)(?: the| an)?$", before
        ):
            return Judgement("past", was.group())
    return Judgement()


def _asks_of_next(surface: Surface, last: int) -> bool:
    """Say whether the question mark after word ``last`` is of the next word: "ADHD ?autism"."""
    text, end = surface.text, surface.words[last].end
    return text[end : end + 2] == " ?" and text[end + 2 : end + 3].isalpha()


def _sentence_before(surface: Surface, first: int) -> str:
    """Return the last words of the sentence before word ``first``."""
    number = surface.sentence[first]
    near = range(max(0, first - 7), first)
    return " ".join(surface.words[i].norm for i in near if surface.sentence[i] == number)


def _around(surface: Surface, first: int, last: int) -> tuple[str, str]:
    """Return the clause before and the sentence after the mention, as plain words."""
    begin = first
    while begin > 0 and surface.sentence[begin - 1] == surface.sentence[first]:
        if surface.words[begin - 1].norm in (",", ";", ":", "(", ")") and begin < first:
            break
        begin -= 1
    end = last
    while end + 1 < len(surface.words) and surface.sentence[end + 1] == surface.sentence[last]:
        end += 1
    before = " ".join(w.norm for w in surface.words[begin:first])
    after = "".join(" " + w.norm for w in surface.words[last + 1 : end + 1]) + " "
    return before, after


def _negated_before(surface: Surface, first: int, taken: frozenset[int]) -> str:
    """Return the negation whose reach takes in word ``first``, or nothing."""
    words = surface.words
    comma = False
    i = first - 1
    while i >= 0 and surface.sentence[i] == surface.sentence[first]:
        norm = words[i].norm
        if norm in NEGATIONS:
            if i in taken:
                return ""
            phrase = " ".join(w.norm for w in words[max(0, i - 1) : i + 2])
            if NOT_NEGATING.search(phrase) or _closed(surface, i):
                return ""
            if _double(words, i, first):
                return ""
            if comma and norm in ("no", "not", "never") and not _or_in_list(surface, first):
                return ""
            if comma and _of_all_illness(surface, i):
                return ""
            return norm
        if norm == ",":
            comma = True
        elif (
            norm in SENTENCE_ENDS
            or not (norm in PASSED or norm in LIST_LINKS or i in taken)
            or (norm == "and" and not (i - 1 in taken or words[i - 1].norm in (",",)))
        ):
            return ""
        i -= 1
    return ""


def _of_all_illness(surface: Surface, i: int) -> bool:
    """ "Nil PMH, JSA 14/12": the *nil* is said of the history, and ends with it."""
    return _HISTORY.match(surface.flat[surface.offsets[i] :]) is not None


_HISTORY = re.compile(
    r"[a-z]+ (?:(?:significant|relevant|known|other|past|medical|previous|of note) )*"
    r"(?:pmh|pmhx|history|health problems|medical problems|meds|medication|allergies|of note) (?:of note )?,"
)
_GOT = words("got had have has get gets done been seen took taken sat passed any need needed")
_NOTHING = words("no none nothing nowt nobody")


def _double(row: tuple[Word, ...], i: int, first: int) -> bool:
    """ "Never got no GCSEs", "ain't got no car": said twice for good measure, and no denial of a lack."""
    between = {w.norm for w in row[i + 1 : first]}
    return (
        row[i].norm in ("not", "never")
        and row[first].norm in _NOTHING
        and bool(between)
        and between <= _GOT
    )


def _closed(surface: Surface, i: int) -> bool:
    """ "LCWRA no, PIP yes": a *no* before a pause belongs to what stands before it."""
    following = surface.words[i + 1].norm if i + 1 < len(surface.words) else "."
    return following in (",", ".", ";", ":", ")") and surface.words[i].norm in (
        "no",
        "nil",
        "not",
        "never",
    )


def _or_in_list(surface: Surface, first: int) -> bool:
    """Say whether the list that holds word ``first`` is joined by *or* or *nor*."""
    number = surface.sentence[first]
    return any(
        surface.words[j].norm in ("or", "nor")
        for j in range(max(0, first - 8), min(len(surface.words), first + 9))
        if surface.sentence[j] == number
    )
