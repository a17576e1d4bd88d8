"""What a message tells as over: said in a clause of its own, or of a time that the message has left behind.

``assertion`` reads the words right beside a mention ("depression, resolved"). Here stand those farther off:
"depression after the divorce, long over", "no English when she landed, fluent now", "used to put away two
litres before noon".
"""

from __future__ import annotations

import re

from understanding.amounts import Duration
from understanding.care_ended import care_ended
from understanding.facts import Fact
from understanding.late_pattern import LatePattern
from understanding.months import today
from understanding.onset import EVENT, LASTING
from understanding.surface import Surface

# A settled bipolar disorder is one still.
FOR_LIFE = frozenset(
    {
        "bipolar",
        "psychosis",
        "personality_disorder",
        "severe_mental_illness",
        "autism",
        "adhd",
        "neurological",
        "learning_disability",
        "learning_difficulty",
        "diabetes",
        "inflammatory_arthritis",
        "gastrointestinal",
    }
)
_SLOTS = frozenset({"conditions", "barriers", "benefits", "benefit_issues"})
# A clause that says of what stands before it that it is over.
_OVER = re.compile(
    r"(?:,|;|-|\(|\bbut|\band|\bnow|\.)(?: (?:it|that|this|he|she|they|which|is|'s|are|has|"
    r"been|now|all|long|"
    r"since|fully|completely|now|has|since|then|well|and|turns out|came|got|paid|it|was|made|"
    r"both|everything|hands?|knees?|back|shoulders?|wrists?|hips?|foot|feet))* "
    r"(?:long (?:over|gone|healed|spent|since|finished|settled|forgotten|behind)|over and done|done "
    r"and dusted|"
    r"cleared up|settled|blown over|all behind (?:him|her|them)|behind (?:him|her|them) now|"
    r"right as rain|"
    r"clean slate|paid (?:it )?(?:all )?(?:off|up)|it all off|debt free|fluent(?: now)?|never "
    r"looked back|"
    r"nothing since|none since|not a (?:flicker|drop|sign|trace|peep|problem) since|"
    r"(?:dry|sober|clean|off it|abstinent|clear of it) (?:for )?(?:now |since |\d|a |nearly |"
    r"over |about |two|three|"
    r"four|five|six|seven|eight|nine|ten|twelve|years|many)[^,.;]*|"
    r"in remission|discharged(?! (?:from|by|to|back|home))|all clear|all sorted|sorted|(?:fully|"
    r"all|completely) "
    r"(?:better|recovered|well|healed|mended)|grew out of (?:it|that|them)|grown out of (?:it|"
    r"that|them)|"
    r"(?:a )?full recovery|none this time|no contact(?: since| now)?|long at peace[^,.;]*|"
    r"spent(?= now|,|\.|$)|"
    r"a thing of the past|history now|ancient history|put right|sorted now|sorted out now|"
    r"over it now|"
    r"(?:fine|ok|okay|all right|alright|better|happy|no bother) (?:with|about) (?:it|that|them|"
    r"this|going out) (?:now|these days)|"
    r"got (?:a|his|her) (?:own )?(?:place|flat|tenancy|house) now|housed now|(?:has|have) moved on)"
    r"(?= ?(?:,|;|\.|-|\)|$|now|and|since|in|,|years|this|by|but|with|from|long|last|for|after|so))"
)
# "Psychosis, nothing for 15 years": right behind it.
_NONE_FOR = re.compile(
    r"^ ?,? (?:and |but )?(?:nothing|none) for (?:over |about |nearly |more than )?(?:\d+|many|"
    r"several|five|six|seven|"
    r"eight|nine|ten|twelve|fifteen|twenty) years\b"
)
# "Hostel for a bit when he came out, own place now".
_HOUSED_NOW = re.compile(
    r"(?:,|;|-|\(|\bbut|\band|\bnow|\.) ?(?:(?:has|got|in|he|she|they|is|'s|settled|now|"
    r"living|lives|was|"
    r"given|moved|into|a|his|her|their) )*(?:own|council|new|permanent|secure|proper) "
    r"(?:place|flat|tenancy|house|home|bungalow)(?: (?:of (?:his|her|their) own))? (?:now|since|these days)\b"
)
# How far back from its clause such a word reaches, in words.
_REACH = 22
_CHILDHOOD = LatePattern(
    r"^ ?(?:\( ?|, ?|in )?childhood\b(?! (?:onset|trauma|abuse|adversity|and))"
)
_YEAR = LatePattern(r"^ (?:\( ?|in )?(?P<year>(?:19|20)\d\d)\b(?! ?-)")
_HEADING = LatePattern(r"\bpast (?:medical |psychiatric |mental health )?history\b[^.;\n]*$")
# A bone, a wound or an operation of so many years ago is history; so is such a low time in a list of history.
_HEALED_AFTER = 3
_COMES_AND_GOES = frozenset({"depression", "anxiety", "stress"})
# Without one of these nothing is said of another time.
_TIMES = ("last", "ago", "year", " in ", "then", "back")
# How many characters after a mention may say when it was.
_AHEAD = 60
# "Used to sign on - JSA, later UC - but came off the lot".
_OFF_ALL = re.compile(
    r"\b(?:came|come|comes|went|gone|now|is|signed) off (?:the lot|everything|all of (?:it|them)|them all|"
    r"(?:all )?benefits)\b"
)
# "Previous partner was violent, injunction 2012, safe now".
_FORMER_PARTNER = re.compile(
    r"\b(?:previous|former|first|old|last) (?:partner|husband|wife|boyfriend|"
    r"girlfriend|marriage|relationship)\b"
)
_SAFE_NOW = re.compile(
    r"\b(?:safe now|is safe|now safe|no contact|years ago|years back|long ago|long gone)\b"
)
_USED_TO = re.compile(r"\b(?<!is )(?<!gets )(?<!getting )(?<!got )used to(?: [^\s,.;]+){0,9} $")
_NO_LONGER_THEN = re.compile(r"\b(?:but|until|till|before|because|since|due|now|still)\b")
# "Off all last year with stress, back since January": the illness of an absence that is over.
_WAS_AWAY = re.compile(
    r"\b(?:was|were|after|had|spent|last (?:year|winter|spring|summer|autumn|month)|a (?:year|"
    r"month)|months?|weeks?)\b"
    r"[^.;]{0,45}\b(?:off|signed off|sick|absence)\b|\b(?:off|signed "
    r"off)\b[^.;]{0,30}\b(?:last (?:year|winter|spring|"
    r"summer|autumn)|in (?:19|20)\d\d)\b"
)
_BACK_NOW = re.compile(
    r"\b(?:back (?:now|since|at|in|to|full|on|working|with)|now back|is back|returned|fully "
    r"back|all back)\b"
)
_THEN = re.compile(
    r" (?:off )?(?:back )?(?:in (?:19\d\d|20(?:[01]\d|2[0-4]))|"
    r"(?:last|the previous) (?:year|winter|spring|summer|autumn)|the year before|back then)\b"
    r"(?! (?:and|to) (?:still|now|date))"
)
_STILL = re.compile(
    r"\b(?:still|ongoing|struggl\w+|flar\w+|worse|again|persist\w*|recurr\w*|not right|never "
    r"been right|niggl\w+|"
    r"returned|relapse\w*|creeping|come back|keeps|not the same)\b"
)


_LAST_YEAR = (
    r"(?:last (?:year|winter|spring|summer|autumn|xmas|christmas)|the year before(?: last)?|back then|"
    r"in (?:19|20)\d\d|(?:years?|(?:a|two|three|four|five|ten|few|couple of|\d+) years?) (?:ago|back))"
)
# "Was depressed last year" is told as what was; "was diagnosed last year" is not.
_WAS_SO = LatePattern(
    r"\b(?:was|were|had been|used to be)(?: (?:very|really|quite|bit|so|badly|severely|pretty|also))* $"
)
_IN_THAT_TIME = LatePattern(rf"^(?: (?:all|most of|for \w+ \w+|a lot|at times))? {_LAST_YEAR}\b")
# "Anxiety last year, now back pain": what is the matter today stands against it.
# "Hip op last year, now fine".
_FINE_SINCE = LatePattern(
    rf"^ (?:{_LAST_YEAR}|last month) ?(?:,|;|-|\(|but|and)? ?(?:but |and )?"
    r"(?:he |she |is |'s |all |now |fully |has )*"
    r"(?:fine|ok|okay|better|well|recovered|healed|sorted|right)\b(?! (?:enough|up|down|off))"
)
_NOW_INSTEAD = LatePattern(
    rf"^ {_LAST_YEAR} ?(?:,|;|\.|-|\(|but)? ?(?:but )?(?P<now>now|today|this time|these days|currently)\b"
    r"(?! (?:worse|again|back (?:again|with|to|on|at|off)|still|also|too|as well)\b)"
)


def with_resolved(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return ``facts`` with those past that the message tells as over."""
    denied = [_but_denied(surface, fact, facts) for fact in facts]
    return [
        fact.set("past", cue) if (cue := _over(surface, fact, facts)) else fact for fact in denied
    ]


def _but_denied(surface: Surface, fact: Fact, facts: list[Fact]) -> Fact:
    """ "Low mood but not depressed": the name that is denied outweighs the lay word for it."""
    if fact.slot != "conditions" or not fact.holds:
        return fact
    for other in facts:
        if (other.slot, other.value) == (fact.slot, fact.value) and other.ruled_out:
            between = [w.norm for w in surface.words[fact.last + 1 : other.first]]
            if other.first - fact.last <= 6 and {"but", "though", "although"}.intersection(between):
                return fact.set("absent", other.cue, True)
    return fact


def told_of_the_past(surface: Surface, durations: list[Duration]) -> list[Duration]:
    """Return those ``durations`` that lie in a year or season gone by ("off for 6 months in 2022")."""
    return [d for d in durations if _THEN.match(surface.flat[_end(surface, d.last) :]) is not None]


def _over(surface: Surface, fact: Fact, facts: list[Fact]) -> str:
    """Return the words that show a present fact to be over, or nothing."""
    if fact.slot not in _SLOTS or fact.state not in ("present", "uncertain"):
        return ""
    if fact.slot == "benefits":
        all_off = _OFF_ALL.search(surface.flat, _end(surface, fact.last))
        if all_off:
            return all_off.group()
    begin, end = _sentence(surface, fact)
    before = surface.flat[
        max(begin, surface.offsets[fact.first] - 200) : surface.offsets[fact.first]
    ]
    used = _USED_TO.search(before)
    if used and not _NO_LONGER_THEN.search(used.group()):
        return "used to"
    after = surface.flat[_end(surface, fact.last) : min(end, _end(surface, fact.last) + 400)]
    if none := _NONE_FOR.match(after):
        return none.group().strip(" ,")
    if fact.value == "housing" and (housed := _HOUSED_NOW.search(after)):
        return housed.group().strip(" ,")
    if fact.value == "caring_responsibilities" and (
        ceased := care_ended(surface, fact.first, fact.last)
    ):
        return ceased.strip(" ,;.")
    ended = _OVER.search(after)
    if (
        ended
        and not (fact.value in FOR_LIFE and "settled" in ended.group())
        and len(after[: ended.start()].split()) <= _REACH
        and not _STILL.search(after[: ended.end() + 20])
        and not _another_between(surface, fact, facts, _end(surface, fact.last) + ended.start())
    ):
        return ended.group().strip(" ,;-(.")
    old = _under_history(surface, fact, before, after)
    if old:
        return old
    then = _told_of_then(surface, fact, facts, before)
    if then:
        return then
    if fact.value == "domestic_abuse":
        whole = surface.flat[begin:end]
        safe = _SAFE_NOW.search(whole)
        if safe and _FORMER_PARTNER.search(whole) and not _STILL.search(whole):
            return safe.group()
    if fact.slot == "conditions":
        sentence = surface.flat[begin:end]
        away = _WAS_AWAY.search(sentence)
        if away and _BACK_NOW.search(sentence) and not _STILL.search(sentence):
            near = surface.offsets[fact.first] - begin
            if abs(near - away.start()) < 60:
                return "back at work since"
    return ""


def _under_history(surface: Surface, fact: Fact, before: str, after: str) -> str:
    """Return what puts an illness of a list of past history behind the patient ("fractured wrist 2001").

    What lasts stays, whatever its year ("T2DM 2015"); so does anything that is not dated.
    """
    if fact.slot != "conditions":
        return ""
    child = _CHILDHOOD.match(after)
    if child:
        return child.group().strip(" (")
    year = _YEAR.match(after)
    if year is None or int(year["year"]) > today().year - _HEALED_AFTER:
        return ""
    words = _words(surface, fact)
    healed = EVENT.search(words) and not LASTING.search(words)
    heading = _HEADING.search(before)
    return year["year"] if healed or (heading and fact.value in _COMES_AND_GOES) else ""


def _told_of_then(surface: Surface, fact: Fact, facts: list[Fact], before: str) -> str:
    """Return the words that put an illness into last year, or into a year or season before it."""
    after = surface.flat[_end(surface, fact.last) :][:_AHEAD]
    dated = fact.slot == "conditions" and any(word in after for word in _TIMES)
    fine = _FINE_SINCE.match(after) if dated else None
    if fine:
        return fine.group().strip()
    if not dated or LASTING.search(_words(surface, fact)):
        return ""
    then = _IN_THAT_TIME.match(after)
    if then and _WAS_SO.search(before) and not _STILL.search(after):
        return then.group().strip()
    instead = _NOW_INSTEAD.match(after)
    if instead and not _STILL.search(after):
        since = _end(surface, fact.last) + instead.start("now")
        other = [f for f in facts if f.slot == "conditions" and f.value != fact.value and f.holds]
        if any(since < surface.offsets[f.first] < since + _AHEAD for f in other):
            return instead.group().strip()
    return ""


def _words(surface: Surface, fact: Fact) -> str:
    return " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])


def _sentence(surface: Surface, fact: Fact) -> tuple[int, int]:
    """Return where in ``flat`` the sentence of ``fact`` begins and ends."""
    number = surface.sentence[fact.first]
    row = [i for i, n in enumerate(surface.sentence) if n == number]
    return surface.offsets[row[0]], _end(surface, row[-1])


def _end(surface: Surface, word: int) -> int:
    return surface.offsets[word] + len(surface.words[word].norm)


def _another_between(surface: Surface, fact: Fact, facts: list[Fact], position: int) -> bool:
    """Say whether another fact of the same key stands nearer to the words at ``position``."""
    return any(
        f.slot == fact.slot
        and f.value != fact.value
        and fact.last < f.first
        and surface.offsets[f.first] < position
        and (
            "," in surface.flat[_end(surface, fact.last) : surface.offsets[f.first]]
            # "Menopause after surgery for cancer, all clear": said of the nearest.
            or surface.flat[position:].lstrip(" ,;-").startswith(("all clear", "in remission"))
        )
        for f in facts
    )
