"""Whether the patient is with a work programme already: a service's id, or ``none``."""

from __future__ import annotations

import re

from understanding.answers import DONT_KNOW, NO, NOTHING, YES
from understanding.facts import Fact
from understanding.people import People
from understanding.service_names import ServiceNames
from understanding.surface import Surface

# Entries one can be a client of: programmes and schemes of work, no advice lines and no therapy.
PROGRAMMES = re.compile(
    r"^(?:working-well-(?!talking|roots)|restart|work-(?:programme|choice)|connect-to-work|workwell|ips-|"
    r"youth-|over-50s|salford-(?:employment|supported)|elevate|get-oldham|"
    r"project-search|pure-|breakthrough|"
    r"cfo-|fit-for-work|step-into|pathways|support-employee|gm-(?:neet|refugee|in-work|economic)|economic-)"
)
_NAMED = (
    r"(?:programmes?|programs?|provision|key ?workers?|working well|restart|ingeus|"
    r"employment (?:support|service|services|scheme)|(?:work|employment) schemes?|"
    r"work coach support|pioneer|workwell|growth company)"
)
NONE = re.compile(
    r"(?<!did )(?<!does )(?<!is )\b(?:not|never|nor|without|neither)(?: "
    rf"\w+){{0,3}}? (?:with|on|in|under|open to|"
    r"involved with|engaged with|part of|attending|enrolled on|signed "
    r"up to|near)(?: (?:a|any|other|an|the|"
    rf"work|employment|support|of|such))* {_NAMED}\b"
    r"|(?:^|[.,;] )(?:he |she |they |patient )?(?:is |'s )not (?:\w+ )?(?:with|"
    rf"on|in|under)(?: (?:a|any|other|an|the|work|employment))* {_NAMED}\b"
    r"|\bno (?:other |current |work |employment |support )*(?:key ?workers?|"
    r"programmes?|employment support)\b"
    r"|\bnot (?:currently |presently )?with (?:any (?:of them|provider|"
    r"scheme|service)|anybody|anyone|any programme)\b"
)
ENDED = re.compile(
    r"\b(?:finished|ended|completed|left|dropped out|did (?:his|her|their|two|a)|used to|was on|"
    r"were on|had a|once|years ago|last year|came off|off it now|timed out|previously|kicked off)\b"
)
OTHERWISE = re.compile(
    r"\b(?:nothing|none|no one|nobody|not with (?:anyone|anybody)|no longer|since then nothing)\b"
)
BEFORE = re.compile(
    r"(?:\b(?:on|with|under|joined|attending|attends|started (?:on|with)|start on|enrolled (?:on|in|with)|"
    r"signed up (?:to|with|for)|open to|engaged with|part of|active with|taken on by|client of|caseload of|"
    r"(?:key ?worker|coach|adviser|advisor|mentor|worker)(?: \w+)? (?:from|"
    r"at|with|on|in|is)|has (?:a|her|his)|"
    r"seeing \w+(?: \w+)? (?:from|at|with)))(?: ingeus| the growth company| seetec| g4s)?"
    r"(?: (?:on|for|in))?(?: (?:the|a|his|her|their|that|gm|old))*$"
)
ONGOING = re.compile(
    r"\b(?:already|currently|still|now|'s (?:on|with|under)|is (?:on|with|"
    r"under)|been (?:on|with)|has a|key ?worker|"
    r"coach|adviser|advisor|attend\w*|joined|started|enrolled|signed up|sees|seeing|active|engaged)\b"
)
NOT_SO = re.compile(
    r"\b(?:can|could|should|would|shall|want\w*|get|put|refer\w*|send|"
    r"go|going|going to go|eligible|try|ask\w*|asking|"
    r"heard|if|like|not|never|said|say|says|mentioned|used to|was|were|did|had|got to|wait\w*|swap|move|"
    r"sister|brother|mum|dad|wife|husband|is there|are there)\b"
)
# With a programme whose name is not known.
UNNAMED = "some programme"
SOME = re.compile(
    r"\b(?:some|another|other|a different|one of|a|an) (?:\w+ )?(?:programmes?|programs?|schemes?|provider|"
    r"course|key ?workers?|work coach|job coach|employment advis[eo]r|project|them|those|these|thing)\b"
    r"|\b(?:something|somewhere|someone|somebody)\b|^(?:other|another)\b|\bkey ?worker\b"
    r"|^(?:yes|yep|yeah|aye|he is|she is|they are)\b.*\b(?:not sure|do not know|dunno|unsure|"
    r"can not remember|forgot|forgotten|no idea|not said|which|the name)\b"
)
_WHICH = re.compile(r"\b(?:which|what (?:it|one)|the name|called|whose)\b")
_FILLERS = re.compile(
    r"^(?:(?:yes|yep|yeah|aye|he|she|they|'s|is|are|has|been|already|currently|"
    r"still|on|with|under|in|the|a|"
    r"at|through|joined|started|sees|seeing|,|it 's|doing|key ?worker|coach|adviser|from|open|to|of) )+"
)
_TAIL = re.compile(
    r" (?:(?:since|from|for|about|now|i think|at the moment|until|till)\b.*|\.|!)\s*$"
)


def in_programme(
    surface: Surface,
    services: tuple[str, ...],
    people: People,
    names: ServiceNames,
    asked: str | None,
) -> Fact | None:
    """Return the fact ``in_programme`` where the message tells it."""
    flat, last = surface.flat.strip(), max(0, len(surface.words) - 1)
    if asked == "in_programme":
        told = _answer(flat, services, names)
        if told is not None:
            return Fact("in_programme", told, 0, last, cue="answer")
    none = NONE.search(surface.flat)
    if none:
        first, end = surface.word_at(none.start()), surface.word_at(none.end() - 1)
        asks = surface.flat[none.end() :].split(" . ")[0].rstrip().endswith("?")
        if people.owner[first] is None and not asks:
            return Fact("in_programme", "none", first, end, cue=none.group().split()[0])
    return _with(surface, people, names) if services else None


# "No benefits", said to this question, is of another matter.
_NO_BENEFIT = re.compile(
    r"^(?:no|nil|not (?:on|getting|claiming)|without|does not (?:get|claim)) (?:any |other )?"
    r"(?:benefits?|uc|universal credit|pip|esa|jsa|dla|claims?)\b"
)


def _answer(flat: str, services: tuple[str, ...], names: ServiceNames) -> str | None:
    if _NO_BENEFIT.match(flat):
        return None
    if DONT_KNOW.match(flat) or DONT_KNOW.match(YES.sub("", flat).lstrip(" ,")):
        # "Not sure which" is in one; "not sure" does not know.
        return UNNAMED if _WHICH.search(flat) or YES.match(flat) else None
    if (
        NOTHING.match(flat)
        or NO.match(flat)
        or re.match(
            r"(?:just|only) (?:the )?(?:job ?centre|jcp|us|work coach|dwp)\b|nobody|no one", flat
        )
    ):
        return "none"
    if ENDED.search(flat) or OTHERWISE.search(flat):
        return "none"
    named = _chosen(services)
    if named is None and len(flat.split()) <= 10:
        rest = _TAIL.sub("", _FILLERS.sub("", flat + " ").strip() + " ").strip()
        if rest:
            named = _chosen(names.resolve(rest))
    if named is None and SOME.search(flat):
        return UNNAMED
    return named


def _chosen(services: tuple[str, ...]) -> str | None:
    """Return the one programme meant; a name that fits many says which only in its general entry."""
    fitting = [s for s in services if PROGRAMMES.match(s)]
    regional = [s for s in fitting if s.endswith("-gm")]
    if len(fitting) > 3:
        # "WorkWell": of one programme with an entry a borough, the one for the whole region.
        return regional[0] if len(regional) == 1 and _one_programme(fitting) else None
    return next(iter(regional or fitting), None)


def _one_programme(ids: list[str]) -> bool:
    return len({i.split("-")[0] for i in ids}) == 1


def _with(surface: Surface, people: People, names: ServiceNames) -> Fact | None:
    """Return the programme that the patient is said to be on now ("started on Restart in May")."""
    for start, end, ids in names.spans(surface.text):
        named = _chosen(tuple(ids))
        if named is None:
            continue
        first = next((i for i, w in enumerate(surface.words) if w.start >= start), None)
        if first is None or people.owner[first] is not None:
            continue
        last = max(i for i, w in enumerate(surface.words) if w.start < end)
        number = surface.sentence[first]
        row = [i for i in range(first) if surface.sentence[i] == number]
        before = " ".join(surface.words[i].norm for i in row)
        clause = re.split(r" (?:and|but) |, ", before)[-1].strip()
        after = [
            w.norm
            for i, w in enumerate(surface.words)
            if surface.sentence[i] == number and i > last
        ]
        if not BEFORE.search(clause) or NOT_SO.search(clause) or "?" in after:
            continue
        rest = clause + " " + " ".join(after[:10])
        if ENDED.search(rest) or not ONGOING.search(rest):
            continue
        return Fact("in_programme", named, first, last, cue=clause.split()[-1])
    return None
