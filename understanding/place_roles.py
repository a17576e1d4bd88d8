"""What the words around a place make of it: home, work, the past, another person's home, or nothing known."""

from __future__ import annotations

import re

from understanding.model import Assertion

# The weight of a place as home: said to be so, named without a role, a guest there, on a list there.
HOME, NAMED, GUEST, REGISTERED = 4, 3, 2, 1

_PEOPLE = (
    r"(?:mum|mam|mother|dad|father|parents?|son|sons|daughters?|sister|brother|aunt|auntie|"
    r"uncle|nan|"
    r"nana|gran|"
    r"grandma|grandson|granddaughter|husband|wife|hubby|partner|ex|boyfriend|girlfriend|friends?|"
    r"mates?|family|kids|children|"
    r"cousin|missus|fella)"
)
_IN = (
    r"(?:in|at|near|round|around|over in|up in|down in|out in|across in|by|outside of|just outside)"
)
_THE = r"(?: the)?(?: (?:sunny|central|north|south|east|west|leafy))?\s*$"
# The order matters: the first that ends where the place begins gives the role.
_PATTERNS: tuple[tuple[str, int | Assertion | None, str], ...] = (
    (
        "not",
        "absent",
        r"\b(?:not|isn'?t|never|nor|rather than|instead of|wasn'?t)(?: (?:from|in|living in|"
        r"live in))?",
    ),
    (
        "mistaken",
        "absent",
        r"\b(?:last|previous|other) (?:pt|patient|one)(?: \w+)? (?:in|from)",
    ),
    ("mistaken", "absent", r"\bi (?:put|said|typed|wrote|had|meant to put)(?: down)?"),
    (
        "moved from",
        "past",
        r"\b(?:mov(?:ed|ing)|relocat(?:ed|ing)|came|come|transferred) [^,.;()]{1,40}? from",
    ),
    (
        "registered",
        REGISTERED,
        r"\b(?:registered|on (?:our|the|my) (?:list|books|patch)|on (?:our|the) (?:\w+ )list|"
        r"(?:our|the|his|her) (?:\w+ )?(?:branch|surgery|practice|gp)(?: is)?|^gp(?: is)?)"
        r"(?: (?:with|at|to|here|us|our|still|branch|list|surgery|practice)){0,3} (?:in|at)",
    ),
    (
        "lives with",
        HOME,
        r"\b(?:lives?|living|live) (?:with|w/|w|c) (?:(?:his|her|their|the) )?\w+",
    ),
    (
        "way home",
        HOME,
        r"\b(?:bus|train|tram|lift|taxi|walk|way) (?:back|home)(?: (?:back|home))? to",
    ),
    (
        "presently",
        HOME,
        r"\b(?:presently|currently|at present|for now|now)(?: (?:in|at|living in))?",
    ),
    (
        "put right",
        HOME,
        r"\b(?:it'?s|it is|s?he'?s|s?he is|(?:patient|pt)(?:'s| is)|should (?:be|say|read)|make "
        r"(?:it|that)|i mean(?:t)?)(?: actually| "
        r"really)?",
    ),
    (
        "moved from",
        "past",
        r"\b(?:mov(?:ed|ing)|relocat(?:ed|ing)|transferred|came|come|fled|arrived|transfer|"
        r"registered)"
        r"(?: (?:away|here|over|up|down|across|back|recently|out|to us|last \w+|in \w+)){0,3} from",
    ),
    (
        "originally",
        "past",
        r"\b(?:originally|formerly|previously|once|initially)(?: (?:from|in|of|lived in))?",
    ),
    (
        "born",
        "past",
        r"\b(?:born|raised|brought up|grew up)(?: and (?:raised|brought up))? (?:in|near|around)",
    ),
    ("used to live", "past", r"\bused to (?:live|be|stay) (?:in|near|over in)"),
    (
        "left",
        "past",
        r"\b(?:left|(?:given up|gave up|giving up|lost|sold|left)(?: the| his| her| their)? "
        r"(?:\w+ )?(?:flat|house|home|place|tenancy)(?: over)? in)",
    ),
    (
        "moving",
        None,
        r"\b(?:wants? to|hop(?:es|ing) to|plan(?:s|ning) to|would like to|thinking of|about to|"
        r"due to|going to)"
        r" (?:be )?(?:mov(?:e|ing)|go|relocat\w+)(?: back)?(?: to| in)?",
    ),
    (
        "moved to",
        HOME,
        r"\b(?:mov(?:ed|ing)|relocat(?:ed)|settled|came|come)(?: \w+){0,6}? (?:to|into|in)",
    ),
    (
        "has lived",
        HOME,
        r"\b(?:always|has|have|he's|she's|been) (?:lived|living)(?: \w+)? " + _IN,
    ),
    ("with family", GUEST, r"\b(?:staying|stopping|temporarily)\b[^,.;]{0,40}\b" + _IN),
    (
        "lives with",
        HOME,
        r"\b(?:lives?|living|live)\b(?: \w+){0,2} (?:with|w/|w|wi|wiv) [^,.;]{1,30} " + _IN,
    ),
    (
        "other lives",
        "other_person",
        r"\b"
        + _PEOPLE
        + r"(?:'s|’s|s)? (?:\w+ ){0,2}?(?:lives?|living|live|is|are|stays?|moved|based|all)"
        r"(?: \w+)? ?(?:in|to|from|near|at|over in|up in|down in)",
    ),
    (
        "other lives",
        "other_person",
        r"\b(?:his|her|their|the) "
        + _PEOPLE
        + r"(?:'s|’s)? (?:over |up |down |out |back )?(?:in|from|near)",
    ),
    (
        "other lives",
        "other_person",
        r"\b(?:mum|mother|dad|sister|brother|daughter|son|family|parents)(?:'s|’s)? (?:house|"
        r"place|home|flat) " + _IN,
    ),
    (
        "lives",
        HOME,
        r"\b(?:lives?|living|live|resides?|residing|residents? of|resident|dwells?|housed|"
        r"rehoused|homeless|"
        r"home|flat|house|hostel|bedsit|digs|lodgings|halls|refuge|address(?: is)?|sofa[- "
        r"]surfing|settled|based|"
        r"rents?|stays|renting|council place|"
        r"supported living|supported housing)(?: \w+){0,3}? " + _IN,
    ),
    (
        "address",
        HOME,
        r"\b(?:lives?|address|postcode|post code|area|town|borough|residence|locality|"
        r"home)\s*(?:is|:|=|-)?",
    ),
    ("lived", "past", r"\b(?:lived|stayed) " + _IN),
    (
        "works",
        None,
        r"\b(?:(?<!off )(?<!find )(?<!any )(?<!no )(?<!get )(?<!paid )works?|worked|working|jobs?|"
        r"employed|employer|commut\w+|travel\w*|drives?|driving|"
        r"course|stud\w+|"
        r"training|placement|interviews?|volunteers?|volunteering|seen|admitted|inpatient|"
        r"appointment|appt|surgery|scan|prison|"
        r"jail|court|holiday|teach\w*|trip|match|meetings?|funeral|wedding|assault\w*|shifts?|"
        r"contract|wedding|jobcentre|"
        r"(?:a|an|the|this|local|big|at|his|her|their|our|own|from|under) (?:\w+ )?(?:cmht|eit|"
        r"mill|office|depot|college|uni|university|hospital|clinic|ward|shops?|factory|"
        r"plant|site|branch|school|gp|practice|bus|train|tram|gym|class|group|salon|café|cafe|pub|"
        r"firm|company|business|"
        r"warehouse|restaurant|garage|nursery|agency|team|service))"
        r"\b(?:(?! lives?\b| from\b)[^,.;()]){0,40}? (?:in|at|to|for|with|near|over in|outside|"
        r"around|of|by)",
    ),
    ("from", HOME, r"\b(?:from|hails from|out of|postcode|local to)"),
    ("in", NAMED, r"\b(?:in|near|around|round|over in|up in|down in|out in|out at|out by|by)"),
)
_ROLES = tuple(
    (name, role, re.compile(pattern + _THE, re.IGNORECASE)) for name, role, pattern in _PATTERNS
)
_LIVES_AFTER = re.compile(
    r"\s*(?:is where |that )?(?:s?he|they)(?:'s| is| was)? (?:lives?|living|from|comes? from|"
    r"stays?)\b",
    re.IGNORECASE,
)
_NOW_AFTER = re.compile(
    r"\s*(?:now|since|these days|nowadays|at present|at the moment|currently)\b(?! (?:works?|"
    r"working|in|at)\b)",
    re.IGNORECASE,
)
_TILL_AFTER = re.compile(
    r"\s*(?:till|until|before (?:that|moving|coming)|up to (?:last|\d{4}))\b", re.IGNORECASE
)
_SOON_AFTER = re.compile(
    r"\s*(?:next (?:week|month|year|spring|summer|autumn|winter)|soon|shortly|in (?:a|the|two|"
    r"three|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"once|when|after|at the end)",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"\s*(?:originally|born(?! and (?:bred|raised))|is where (?:s?he|they) works?|for work|for "
    r"(?:his|her|their) (?:job|"
    r"shifts?))\b",
    re.IGNORECASE,
)


def role_of(text: str, start: int, end: int) -> tuple[int | Assertion | None, str]:
    """Return the weight or the assertion that the words before (and after) a place give it."""
    before = re.split(r"[.;\n]|, (?:but|and)?| but ", text[max(0, start - 70) : start])[-1]
    if _ELSEWHERE_AFTER.match(text[end:]):
        return None, "elsewhere"
    if _LIVES_AFTER.match(text[end:]):
        return HOME, "lives in"
    if _SOON_AFTER.match(text[end:]) and re.search(r"\bmov(?:es|ing)\b", before):
        return None, "moving"
    if _TILL_AFTER.match(text[end:]):
        return "past", "until"
    for name, role, pattern in _ROLES:
        found = pattern.search(before)
        if found:
            if role == NAMED and _NOW_AFTER.match(text[end:]):
                return HOME, "now"
            return role, found.group().strip() or name
    return (HOME, "now") if _NOW_AFTER.match(text[end:]) else (NAMED, "")
