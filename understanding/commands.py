"""Commands: what a clinician asks of the assistant rather than says of the patient.

Patterns are data (``vocabulary/commands.yml``) and are compared with the whole message, so that a
command word inside a clinical sentence ("refer to physio was declined") is none. Where a command names
a service, its words must mean one that the directory knows, unless nothing else is in the message.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from services_directory.vocabulary import Vocabulary
from understanding.model import Command
from understanding.service_names import ServiceNames
from understanding.several_patients import NEXT_THEN_FACTS, describes_somebody
from understanding.word_lists import word_file

_SERVICE_GROUP = r"(?P<service>.{2,80}?)"
# A reference as typed, right or not: the referrals room knows its shape and says what is wrong with it.
_REFERENCE_GROUP = (
    r"(?:(?:the |my |our )?referral )?fp(?P<reference>-[0-9a-z]{1,12}|[ ]?(?=[a-z]*\d)[0-9a-z]{8})"
)
_WHOSE = r"(?:the|my|our|her|his|their|this|that|last|latest|patient'?s?|pt'?s?) "
_REFERRAL_GROUP = (
    rf"(?:{_REFERENCE_GROUP}|(?:{_WHOSE})*referrals?(?: (?:to|for|with) (?:the )?{_SERVICE_GROUP})?|"
    rf"(?:{_WHOSE})+(?P<called>.{{2,60}}?) referral)"
)
_PLACEHOLDERS = {
    "{service}": _SERVICE_GROUP,
    "{reference}": _REFERENCE_GROUP,
    "{referral}": _REFERRAL_GROUP,
}
_POLITE = re.compile(
    r"[\s.!?,]+$|\s*(?:,?\s*(?:please|pls|plz|thanks|thank you|ta|cheers))[\s.!?]*$", re.IGNORECASE
)
_OPENER = re.compile(
    r"^(?:hi|hello|ok(?:ay)?|right|so|and|now|please|pls|hey)[,\s]+", re.IGNORECASE
)
_CHANGE = re.compile(
    r"^(?:please |can you |could you |i need to |need to |actually |sorry,? |no,? )*(?:change|set|"
    r"make|update|amend|correct|edit|alter|switch)"
    r"(?: the| her| his| their| patient'?s?|"
    r" pt'?s?)* (?P<what>[a-z' ]{2,40}?)(?: from .{1,30}?)?(?: to(?: be)?| =|:| as|"
    r" into)\s+(?P<value>.{1,80})$",
    re.IGNORECASE,
)
# "Change age to", and nothing after it.
_CHANGE_TO_NOTHING = re.compile(
    r"^(?:please |actually |sorry,? |no,? )*(?:change|set|make|update|amend|correct|edit|alter|switch)"
    r"(?: the| her| his| their| patient'?s?| pt'?s?)* (?P<what>[a-z' ]{2,40}?)"
    r"(?:(?: to(?: be)?| as| into) ?[:=]?| ?[:=])$",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"^(?:please |can you |could you |no,? |sorry,? |actually,? |oops,? )*(?:(?:scrap|remove|delete|"
    r"drop|take (?:off|out|away)|get rid of|lose|strike|cancel|cross (?:off|out)|clear|un-?tick)"
    r"(?: (?:the|that|her|his|their|any|bit about|mention of))*|(?:it'?s |its |she'?s |he'?s |"
    r"that'?s )?not(?: got)?(?: the| a| an)?|no(?: longer)?)"
    r" (?P<words>[\w' /&\-]{2,50}?)(?: (?:please|then|off|out|from (?:the )?(?:list|case|record)|"
    r"after all|sorry|now))*$",
    re.IGNORECASE,
)
# "Scrap the depression its anxiety": read as a correction, which says what is so as well.
_SWAP = re.compile(
    r"\w (?:it'?s|that'?s|thats|she'?s|he'?s|it is|make it|make that|should be|should have been|i meant|"
    r"meant|more like|put|add|replace with|use|with|instead of|and (?:put|add))(?: \w|$)",
    re.IGNORECASE,
)
_REMOVE_VERB = re.compile(
    r"\b(?:scrap|remove|delete|drop|take|get rid|lose|strike|cancel|cross|clear|un-?tick)\b",
    re.IGNORECASE,
)
_BARE_NOT = re.compile(
    r"(?:no,? |sorry,? |actually,? |oops,? )*(?:it'?s |its |that'?s )?not(?: the)? ", re.IGNORECASE
)
_NEEDS_NO_SERVICE = (
    "new_patient",
    "same_patient",
    "undo",
    "go_on",
    "record_text",
    "fit_note_comments",
    "handout",
    "summary",
    "help",
    "show",
)
_LISTS = frozenset({"benefits", "conditions", "barriers", "benefit_issues", "employment_type"})
_REFER_ALONE = re.compile(
    r"(?:please |can (?:i|we) |i(?:'d like| want| need)? to |let'?s |ok,? )*"
    r"(?:refer|(?:make|do|start) (?:a|the) referral)"
    r"(?: (?:him|her|them|pt|patient|this (?:patient|one)|now|please))*",
    re.IGNORECASE,
)
# The value of a command about whatever service was spoken of last.
LAST = "last"
_WITH_SERVICE = ("why_not", "refer_to", "tell_me_about", "handout_for")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_CARD_VERBS = (
    ("refer", "refer_to"),
    ("why", "why_not"),
    ("tell", "tell_me_about"),
    ("hand", "handout"),
)
_PLACE = rf"(?:[1-9](?:st|nd|rd|th)?|{'|'.join(_ORDINALS)})"
_AND_PLACE = (
    rf"(?: ?(?:,|&|\+|and|,? and|plus) ?)(?:the |no\.? ?|number |card |option |#)?{_PLACE}\b"
)
_CARD = re.compile(
    r"(?:refer(?: (?:him|her|them|pt|patient))?(?: to)?|why not|tell me about|hand-?out for)"
    r"(?: (?:both|the|no\.?|number|card|option|service|numbers|cards|options|services))* ?#?"
    rf"(?P<numbers>{_PLACE}(?:{_AND_PLACE})*)(?: (?:one|card|service|option)s?)?",
    re.IGNORECASE,
)
# After "refer to" with no service that the directory knows, these tell of the past.
_PLAIN_REFERENCE = re.compile(
    r"\b(?:was|were|been|declined|refused|last year|ago|waiting|awaiting|already)\b", re.IGNORECASE
)
_PLAINLY = re.compile(
    r"(?P<command>why not|refer to|tell me about)(?: the)? (?P<service>.{2,80})", re.IGNORECASE
)
_WORK_ITSELF = re.compile(
    r"(?:to )?(?:work(?:ing)?|(?:a |any |another )?jobs?|any work)(?: (?:now|yet|again|at all))*",
    re.IGNORECASE,
)
_LONGEST_COMMAND = 160


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    file = word_file("commands")
    named = {**file["commands"], "dismiss": file["dismiss"]}
    return {
        name: tuple(re.compile(_filled(p), re.IGNORECASE) for p in patterns)
        for name, patterns in named.items()
    }


def _filled(pattern: str) -> str:
    """Return a pattern of the file with its placeholders filled in."""
    for placeholder, group in _PLACEHOLDERS.items():
        pattern = pattern.replace(placeholder, group)
    return pattern


def _tidy(text: str) -> str:
    current = text.strip().replace("’", "'")
    for _ in range(4):
        shorter = _POLITE.sub("", current)
        if shorter == current:
            break
        current = shorter
    return current


def parse_command(text: str, names: ServiceNames, vocabulary: Vocabulary) -> Command | None:
    """Return the command that ``text`` is, or None where it says something of the patient.

    ``new_patient`` followed by facts keeps the rest of the message in ``words``.
    """
    opening = NEXT_THEN_FACTS.match(text.strip())
    if opening:
        return Command("new_patient", words=opening.group("rest").strip())
    tidy = _tidy(text)
    if not tidy or len(tidy) > _LONGEST_COMMAND or "\n" in tidy:
        return Command("help") if text.strip() == "?" else None
    if describes_somebody(tidy):
        # "Is she eligible for Restart? 40M unemployed" tells of a patient, whatever it asks.
        return None
    for attempt in dict.fromkeys((tidy, _OPENER.sub("", tidy))):
        found = (
            _bare(attempt)
            or _about_referral(attempt, names)
            or _dismiss(attempt, names)
            or _about_service(attempt, names)
            or _about_the_last(attempt)
            or _question_about(attempt, names, asks=text.rstrip().endswith("?"))
            or _change(attempt, names)
            or _remove(attempt, vocabulary)
        )
        if found:
            return found
    return None


def _bare(tidy: str) -> Command | None:
    for name in _NEEDS_NO_SERVICE:
        if any(p.fullmatch(tidy) for p in _patterns()[name]):
            return Command(name)
    return None


def _about_referral(tidy: str, names: ServiceNames) -> Command | None:
    """Return the question after a referral: its reference in ``words``, or the services it went to."""
    for pattern in _patterns()["referral_status"]:
        found = pattern.fullmatch(tidy)
        if not found:
            continue
        said = found.groupdict()
        called = (said.get("service") or said.get("called") or "").strip(" ,.?")
        services = names.resolve(called) if called else ()
        # "The physio referral" is none of ours: it tells of the patient.
        if services or not called:
            typed = (said.get("reference") or "").strip(" -")
            words = f"FP-{typed.upper()}" if typed else ""
            return Command("referral_status", words=words, services=services)
    return None


def _about_card(tidy: str) -> Command | None:
    """Return the command on a card named by its number: "refer to 1", "why not the second"."""
    found = _CARD.fullmatch(tidy)
    if found is None:
        return None
    said = found.group("numbers").lower()
    places = [
        int(one[0]) if one[0].isdigit() else _ORDINALS.index(one) + 1
        for one in re.findall(_PLACE, said)
    ]
    name = next(n for start, n in _CARD_VERBS if tidy.lower().startswith(start))
    return Command(name, words=said, value=places[0], places=tuple(dict.fromkeys(places)))


def _about_the_last(tidy: str) -> Command | None:
    """Return the follow-up that names no service ("who can refer?", "why is that first?")."""
    for name, patterns in _patterns_of("about_the_last").items():
        if any(p.fullmatch(tidy) for p in patterns):
            return Command(name, words=tidy, value=LAST)
    return None


def _about_service(tidy: str, names: ServiceNames) -> Command | None:
    if card := _about_card(tidy):
        return card
    if _REFER_ALONE.fullmatch(tidy):
        return Command("refer_to")
    plainly = _PLAINLY.fullmatch(tidy)
    # "why not Access to Work": the name as it stands, before anything in it is read as a verb.
    if plainly and (services := names.named(plainly.group("service"))):
        command = plainly.group("command").lower().replace(" ", "_")
        return Command(command, words=plainly.group("service"), services=services)
    for name in _WITH_SERVICE:
        for pattern in _patterns()[name]:
            found = pattern.fullmatch(tidy)
            if not found:
                continue
            words = found.group("service").strip(" ,.?")
            services = names.resolve(words)
            if services:
                return Command(name.removesuffix("_for"), words=words, services=services)
            explicit = re.match(r"(?:refer to|why not|tell me about)\b", tidy, re.IGNORECASE)
            if explicit and len(words.split()) <= 5 and not _PLAIN_REFERENCE.search(tidy):
                return Command(name, words=words)
    return None


@lru_cache(maxsize=4)
def _patterns_of(section: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        name: tuple(re.compile(p, re.IGNORECASE) for p in patterns)
        for name, patterns in word_file("commands")[section].items()
    }


def _question_about(tidy: str, names: ServiceNames, asks: bool) -> Command | None:
    """Return the command of a question in whose middle the directory's own name of a service stands."""
    spans = names.spans(tidy)
    if not spans or len(tidy.split()) > 16 or reads_as_facts(tidy):
        return None
    start, end, services = spans[0]
    template = tidy[:start] + "§" + tidy[end:]
    if asks and re.fullmatch(r"(?:the |and |and the )?§", template, re.IGNORECASE):
        return Command("tell_me_about", words=tidy[start:end], services=tuple(services))
    for name, patterns in _patterns_of("service_questions").items():
        if any(p.fullmatch(template) for p in patterns):
            if name == "refer_to" and _PLAIN_REFERENCE.search(template):
                continue
            return Command(name, words=tidy[start:end], services=tuple(services))
    return None


_FACTS = re.compile(
    r"(?<![\w£])\d{2}\s?(?:[mf]|y/?o|yrs?)\b|\b[mf]\d{2}\b|\b(?:off (?:sick|work|\d)|signed off|"
    r"unemployed|lost (?:his|her) job|redundan\w+|"
    r"depress\w*|anxi\w*|months|weeks|wks|years|yrs|lives|wants (?:a|to|work))\b|\d+/\d+",
    re.IGNORECASE,
)


def reads_as_facts(text: str) -> bool:
    """Say whether ``text`` tells something of a patient beside what it asks."""
    return _FACTS.search(text) is not None


def _dismiss(tidy: str, names: ServiceNames) -> Command | None:
    for pattern in _patterns()["dismiss"]:
        found = pattern.fullmatch(tidy)
        if not found:
            continue
        words = found.group("service").strip(" ,.?")
        # "Does not want to work" is a wish, and no service is called so.
        services = () if _WORK_ITSELF.fullmatch(words) else names.resolve(words)
        if services:
            return Command(
                "dismiss",
                words=words,
                services=services,
                reason=_reason(found.groupdict().get("reason") or tidy),
            )
    return None


def _reason(words: str) -> str:
    """Return the coded reason; ``other`` where the words give none."""
    low = words.lower()
    for code, stems in word_file("commands")["reasons"].items():
        if any(stem in low for stem in stems):
            return str(code)
    return "other"


def _change(tidy: str, names: ServiceNames) -> Command | None:
    nothing = _CHANGE_TO_NOTHING.match(tidy)
    if nothing:
        slot = slot_named(nothing.group("what").lower().strip(" '"))
        return Command("change", words="", slot=slot, value="") if slot else None
    found = _CHANGE.match(tidy)
    if not found:
        return None
    what = found.group("what").lower().strip(" '")
    slot = slot_named(what)
    # "Change benefits to PIP, UC" gives two; elsewhere what follows a comma is no part of the value.
    end = r"\s+please\b|,?\s+(?:not|instead of)\s" + ("" if slot in _LISTS else "|,")
    value = re.split(end, found.group("value"))[0].strip(" .,")
    if slot is None:
        # "change that to female", "change it to Oldham": the reader finds the key from the value.
        if what in {"that", "it", "this", "them", "one"}:
            return Command("change", words=value, value=value)
        return None
    return Command("change", words=value, slot=slot, value=value)


def slot_named(words: str) -> str | None:
    """Return the key of the case that ``words`` name ("work status", "where she lives"), or None."""
    words = words.lower().strip()
    for slot, called in word_file("commands")["slots"].items():
        if words in called or words.replace(" ", "_") == slot:
            return str(slot)
    return None


def _remove(tidy: str, vocabulary: Vocabulary) -> Command | None:
    found = _REMOVE.match(tidy)
    if not found or len(tidy.split()) > 9 or _SWAP.search(found.group("words")):
        return None
    words = found.group("words").strip().lower()
    verb = _REMOVE_VERB.search(tidy) is not None
    match = term_named(words, vocabulary)
    # "No debts" answers a question; "not depression" takes something back.
    if match is not None and (verb or _BARE_NOT.match(tidy)):
        return Command("remove", words=words, slot=match[0], value=match[1])
    slot = slot_named(words)
    if verb and slot is not None:
        return Command("remove", words=words, slot=slot)
    return (
        Command("remove", words=words)
        if verb and len(words.split()) <= 4 and not words.isdigit()
        else None
    )


def term_named(words: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return (key, id) of the term of a list that ``words`` name, tolerating one slip in a long word."""
    words = re.sub(r"^(?:the|a|an|her|his|their)\s+", "", words.lower().strip())
    near: tuple[str, str] | None = None
    for key in ("conditions", "barriers", "benefits", "benefit_issues", "employment_type"):
        for term in vocabulary.terms.get(key, {}).values():
            for known in (term.label, term.id.replace("_", " "), *term.words):
                low = known.lower()
                if low == words:
                    return key, term.id
                if near is None and len(low) >= 7 and OSA.distance(low, words, score_cutoff=1) <= 1:
                    near = key, term.id
    return near
