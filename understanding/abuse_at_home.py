"""Whether words of threat and control tell of abuse at home: who does it, and to what it is done.

The vocabulary of domestic abuse holds bare words as well ("threatening", "controlling", "abusive"). They
count only where a partner, the family, the home, a carer or a *he* or *she* stands with them, and never of an
employer, a school or an authority, of an illness, or of drink and drugs.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface

_HOME = re.compile(
    r"\b(?:husbands?|wife|wives|hubby|partners?|boyfriends?|girlfriends?|missus|ex|exes|spouse|fiancee?|"
    r"fella|feller|bloke|other half|old man|him indoors|mum|mam|mother|dad|father|parents?|sons?|"
    r"daughters?|brothers?|sisters?|uncle|aunt|auntie|cousin|nephew|grandson|grandad|nan|gran|step\w+|"
    r"in laws?|in - laws?|family|relatives?|carers?|housemate|flatmate|lodger|home|house|flat|indoors|"
    r"household|marriage|married|relationships?|domestic\w*|refuge|kids|children|bruis\w*|black eyes?)\b"
)
_UNNAMED = re.compile(r"\b(?:he|she|they|man|woman|lad|someone|somebody)\b")
_OUTSIDE = re.compile(
    r"\b(?:boss(?:es)?|manager|managers|management|gaffer|supervisor|foreman|employers?|firm|company|"
    r"agency|hr|colleagues?|co - workers?|coworkers?|workmates?|team leader|head ?teacher|head|teachers?|"
    r"school|college|university|work|workplace|job|customers?|clients?|passengers?|pupils?|patients?|"
    r"shoppers?|punters?|public|jobcentre|job centre|dwp|work coach|coach|council|landlord|landlady|"
    r"bailiffs?|creditors?|lenders?|bank|police|court|housing association|home office|dvla|hmrc|union|"
    r"client|tenant|director|owner|consultant|surgeon|practice|receptionists?|inspector|ofsted)\b"
)
# What is controlled or abused when somebody *controls his sugars* or *abuses alcohol*.
_ILLNESS = re.compile(
    r"^ ?(?:(?:his|her|their|the|own|a|of|with|well|better|poorly|to|by|and|it|my) )*"
    r"(?:type (?:1|2|one|two) )?"
    r"(?:himself|herself|themselves|alcohol|drink|drinking|drugs?|substances?|cannabis|weed|cocaine|coke|heroin|opiates?|opioids?|"
    r"steroids?|laxatives?|codeine|solvents?|prescription|painkillers|diabetes|diabetic|sugars?|bms?|"
    r"glucose|hba1c|bp|blood pressure|hypertension|asthma|copd|epilepsy|seizures?|fits|pain|pains|"
    r"symptoms?|condition|illness|ibs|crohn 's|crohns|colitis|bowels?|bladder|weight|diet|eating|appetite|"
    r"anger|temper|mood|moods|anxiety|depression|ocd|adhd|tics?|tremor|emotions?|impulses?|cravings?|"
    r"urges?|migraines?|psoriasis|eczema|cholesterol|heart rate|af|angina|thyroid|gout|arthritis|"
    r"tourettes?)\b"
)
# Words that say abuse at home by themselves.
_PLAIN = re.compile(
    r"\b(?:domestic|dv|dva|da|ipv|refuge|idva|idsva|marac|dash|coerc\w+|clares? 's law|clares? law|"
    r"clare 's law|non mol|non - mol\w*|nonmol|non molestation|honour|forced marriage|gaslit|gaslight\w*|"
    r"love bombing|women 's aid|womens aid|perp|perpetrator|hark|occupation order|financial abuse|"
    r"economic abuse|emotional(?:ly)? abused?|eggshells|reproductive)\b"
)
# Of these some are said of a boss too.
_ANYWHERE = re.compile(r"\b(?:coerc\w+|gaslit|gaslight\w*|eggshells)\b")
# Bare of any person, these are a boss's, an illness's or anybody's.
_BARE = re.compile(
    r"^(?:(?:is|was|being|been|very|so|a bit|still) )*(?:threaten\w*|control\w*|abus\w*|belittl\w*|"
    r"degrad\w*|humiliat\w*|intimidat\w*|menac\w*|harass\w*|bull\w*)"
    r"(?: (?:him|her|them|every|who|what|when|if|everything|money))*$"
)
_CLAUSE = re.compile(r"[,.;:()]|\band\b|\bbut\b|\bwhile\b|\bsince\b")
_BY_OUTSIDE = re.compile(r"^ (?:\w+ ){0,3}?(?:by|from|off|at) (?:\w+ ){0,3}?")


def is_at_home(surface: Surface, fact: Fact) -> bool:
    """Say whether the words of ``fact``, a mention of domestic abuse, tell of abuse at home."""
    flat = surface.flat
    begin = surface.offsets[fact.first]
    end = surface.offsets[fact.last] + len(surface.words[fact.last].norm)
    held, after = flat[begin:end], flat[end : end + 60]
    before = _told_of(flat[max(0, begin - 120) : begin], held)
    clause = before + held
    named = _HOME.search(clause)
    rest = _CLAUSE.split(after)[0]
    if _ANYWHERE.search(held) and not (named or _HOME.search(rest)):
        # "Coercive boss" is no abuse at home; "coercive control" without a person is taken for it.
        return not _OUTSIDE.search(clause + rest)
    if _PLAIN.search(held):
        return True
    if _ILLNESS.match(_object(held, after)) and not (named and "control" in held):
        # "Wife abuses alcohol" is no abuse of him; "husband controls her eating" is.
        return False
    if not named and _OUTSIDE.search(before + _subject(held)):
        return False
    done_by = _BY_OUTSIDE.match(rest)
    if done_by and not named and _OUTSIDE.match(rest[done_by.end() :]):
        return False
    if named or _HOME.search(rest):
        return True
    if _UNNAMED.search(clause):
        # "Boss is a nightmare. He threatens her": he is the boss where nobody of the home is named.
        return not _OUTSIDE.search(flat[:begin]) or bool(_HOME.search(flat))
    return not _BARE.match(held) or bool(_HOME.search(flat) or _UNNAMED.search(flat[:begin]))


def _told_of(before: str, held: str) -> str:
    """Return the clause before a mention, with those before it in its sentence till somebody stands in it."""
    pieces = _CLAUSE.split(before.rsplit(" . ", 1)[-1])
    told = ""
    for piece in reversed(pieces):
        told = piece + told
        if any(p.search(told + held) for p in (_HOME, _UNNAMED, _OUTSIDE)):
            break
    return told


def _object(held: str, after: str) -> str:
    """Return what is controlled, threatened or abused: the words behind the last verb."""
    verb = re.search(r"\b(?:control\w*|abus\w*|manag\w*|threaten\w*)\b(.*)$", held)
    return f" {verb.group(1).strip()}{after}".replace("  ", " ") if verb else after


def _subject(held: str) -> str:
    """Return the words of a mention up to its verb."""
    return re.split(r"\b(?:threaten\w*|control\w*|abus\w*|bull\w*|harass\w*|hits?|hit)\b", held)[0]
