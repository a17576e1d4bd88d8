"""Numbers, lengths of time and ages, as clinicians write them ("3/52", "18m", "a fortnight", "F48")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.surface import Surface

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
UNITS += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS: dict[str, int] = {word: n for n, word in enumerate(UNITS)}
NUMBER_WORDS |= {word: 10 * (n + 2) for n, word in enumerate(TENS)}
NUMBER_WORDS |= {"fourty": 40, "dozen": 12}
NUMBER_WORDS |= {
    f"{ten}{link}{unit}": 10 * (t + 2) + u
    for t, ten in enumerate(TENS)
    for u, unit in enumerate(UNITS[:10])
    if u
    for link in (" ", " - ", "-")
}
N_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
N = rf"(?:\d+(?:\.\d+)?|{N_WORD}|couple of|couple|few|several|a)"

# By the calendar: 52.18 weeks in 12 months.
WEEKS_A_MONTH = 52.18 / 12
WEEKS_IN = {"day": 1 / 7, "week": 1.0, "month": WEEKS_A_MONTH, "year": 52.18}
FRACTION_UNIT = {"7": "day", "52": "week", "12": "month"}
MONTHS = "january february march april may june july august september october november december".split()


def number(text: str) -> float | None:
    """Return the number that a figure or a number word stands for."""
    word = text.strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return float(word)
    if word in ("couple", "couple of"):
        return 2.0
    if word in ("few", "several"):
        return 3.0
    if word in ("a", "an", "one", "1"):
        return 1.0
    found = NUMBER_WORDS.get(word)
    return None if found is None else float(found)


@dataclass(frozen=True)
class Duration:
    """A length of time at words ``first``..``last``, in the unit it was said in. ``ago``: counted back from now."""

    first: int
    last: int
    count: float
    unit: str

    @property
    def weeks(self) -> int:
        """Whole weeks by the calendar (3 months are 13)."""
        return max(1, round(self.count * WEEKS_IN[self.unit]))

    @property
    def months(self) -> int:
        """Whole months (26 weeks are 6)."""
        if self.unit in ("month", "year"):
            return max(1, round(self.count * (12 if self.unit == "year" else 1)))
        return max(1, round(self.count * WEEKS_IN[self.unit] / WEEKS_A_MONTH))


_UNIT = r"(day|week|month|year|yr)s?"
_RANGE = rf"(?:(?:about|around|nearly|almost|over|roughly|approx) )?(?P<n>{N})(?: ?(?:-|–|to|or) ?(?P<top>{N}))?"
_DURATION = re.compile(
    rf"(?<![\w£/.-])(?:(?P<frac>\d+(?:\.\d+)?)/(?P<den>7|52|12)(?![\d/])"
    rf"|{_RANGE} (?:(?:and )?a half )?(?:or so |odd |full |whole |solid |good )?{_UNIT}(?P<half> and a half)?"
    rf"(?: (?:and )?(?P<more>\d+|{N_WORD}) months?(?! ago))?"
    rf"|(?P<fort>(?:{N} )?fortnights?)|(?P<hy>(?:half a|half) year)|(?P<yh>(?:year|month) and a half)|(?P<bare>(?:the|this|last|past|whole|all|best part of a|most of a) (?:year|month|week))\b)(?![\w/-])"
)


def find_durations(surface: Surface) -> list[Duration]:
    """Return every length of time in the message, in order."""
    found = []
    for match in _DURATION.finditer(surface.flat):
        count, unit = _measure(match)
        if count is None or count <= 0 or count > 5000:
            continue
        first = surface.word_at(match.start())
        last = surface.word_at(match.end() - 1)
        found.append(Duration(first, last, count, unit))
    return found


def _measure(match: re.Match[str]) -> tuple[float | None, str]:
    group = match.groupdict()
    text = match.group()
    if group["frac"]:
        return float(group["frac"]), FRACTION_UNIT[group["den"]]
    if group["fort"]:
        lead = number(text.split("fortnight")[0]) if not text.startswith("fortnight") else 1.0
        return 2 * (lead or 1.0), "week"
    if group["hy"]:
        return 6.0, "month"
    if group["yh"]:
        return (1.5, "year") if text.startswith("year") else (1.5, "month")
    if group["bare"]:
        return 1.0, text.split()[-1]
    unit = {"yr": "year"}.get(match.group(match.lastindex or 1) or "", "")
    unit = next(u for u in ("day", "week", "month", "year", "yr") if re.search(rf"\b{u}s?\b", text))
    unit = "year" if unit == "yr" else unit
    low, top = number(group["n"]), number(group["top"]) if group["top"] else None
    if low is None:
        return None, unit
    count = (low + top) / 2 if top is not None and top > low else low
    if " a half" in text:
        count += 0.5
    if group["more"] and unit == "year":
        extra = number(group["more"]) or 0
        return count * 12 + extra, "month"
    return count, unit


_SEX_LETTER = {"f": "female", "m": "male"}
# Strong: cannot be anything but an age. Weak: a bare number where an age may stand.
_AGES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (4, re.compile(rf"\b(?:he|she|patient|they)(?: 's| is| are)?(?: now| only| just| turned| about| nearly){{0,2}} (?P<n>\d\d|{N_WORD}) now\b")),
    (3, re.compile(r"(?<![\w/.])(?P<n>\d\d)(?: ?/ ?)?(?P<s>[fm])(?![\w/])(?! ?(?:ago|off|out))")),
    (3, re.compile(r"(?<![\w/.])(?P<s>[fm])(?: ?/ ?| ?)(?P<n>\d\d)(?![\w/])")),
    (3, re.compile(rf"(?<![\w/.])(?P<n>\d\d|{N_WORD})(?: ?-? ?)(?:years?|yrs?)? ?-? ?(?:old|/ ?o(?!\w)|of age)\b")),
    (3, re.compile(r"(?<![\w/.])(?P<n>\d\d) ?(?:y ?/ ?o|yo|y\.o\.?|years?|yr|y)(?= (?:female|male|lady|woman|man|gent|chap|bloke|lad|lass|girl|guy|f\b|m\b))")),
    (3, re.compile(r"(?<![\w/.])(?P<n>\d\d) ?(?:y ?/ ?o|y\.o\.?|yo)\b")),
    (3, re.compile(rf"\b(?:aged?|age is|age of|age :)(?: about| around)? ?:? ?(?P<n>\d\d|{N_WORD})(?!\w)")),
    (3, re.compile(rf"\b(?:just turned|turned|turning|turns|is now|now aged?|celebrated \w+|approaching|nearly)(?: the big)? (?P<n>\d\d|{N_WORD})(?= (?:,|\.|;|and|-|last|this|in|yesterday|today|with|$)|$| ?\()")),
    (3, re.compile(rf"\b(?:he|she|patient|they|i)(?: himself| herself)?(?: 's| is| am| are)(?: a| an)?(?: now| only| just| about){{0,2}} (?P<n>\d\d|{N_WORD})(?=(?: not| but| and| ,| \.| ;| with| -| works?| on| in(?! a)| so| who| –| \)| $|$| \())")),
    (3, re.compile(rf"\b(?:man|woman|lady|lad|lass|chap|bloke|gent|gentleman|girl|boy|guy|fella|female|male|patient|mum|dad|daughter|son|mother|father|himself|herself|person|youngster|teenager|adult|grandmother|grandad|widow|widower)(?: of| ,| \(| aged?| is| :)? (?P<n>\d\d|{N_WORD})(?= (?:,|\.|;|and|with|from|who|\)|:|-|–|on|in|has|works|$)|\)|$)")),
    (3, re.compile(rf"(?<![\w/.£])(?P<n>\d\d|{N_WORD}) (?:female|male|lady|woman|man|gent|chap|bloke|lad|lass)\b")),
    (1, re.compile(rf"(?:^|(?<=, )|(?<=\. )|(?<=; )|(?<=\( )|(?<=\n )|(?<=: )|(?<=- ))(?:is |now |just |only |he 's |she 's )?(?P<n>\d\d|{N_WORD})(?= (?:,|\.|;|-|\)|and never|and still|and has|and is|and on|and not|with|$|\n)|$)")),
)
_NOT_AGE_AFTER = re.compile(r"^ ?(?:%|percent|week|month|day|hour|hrs?|kg|stone|mg|ml|unit|mmol|pounds?|quid|cans?|pints?|fags|cigarettes|a day|times|points?|jobs|miles|minutes|mins|pack)")
_NOT_AGE_BEFORE = re.compile(
    r"(?:\b(?:when (?:he|she|they) (?:was|were)|at(?: age)?|since(?: he| she)?(?: was)?|left school at|until|till|from|in (?:his|her|their)|bmi|phq|phq9|phq - 9|gad|gad7|score|scored|audit|"
    r"hba1c|stage|type|bp|egfr|over|under|late|early|mid|before|after|by|room|no|number|ward|flat|bus|the|last|only|past|for|od|overdose|around) ?(?:of |is |was |: |= |aged? )?)$"
)


@dataclass(frozen=True)
class Age:
    """An age said at words ``first``..``last``; ``sex`` where it was written with it ("48F")."""

    first: int
    last: int
    years: int
    strength: int
    sex: str | None


def find_ages(surface: Surface) -> list[Age]:
    """Return what can be an age, the surest first, then in order."""
    found: dict[int, Age] = {}
    for strength, pattern in _AGES:
        for match in pattern.finditer(surface.flat):
            years = number(match.group("n"))
            if years is None or not 14 <= years <= 104:
                continue
            begin = match.start("n")
            if _NOT_AGE_BEFORE.search(surface.flat[:begin].rstrip() + " ") or _NOT_AGE_BEFORE.search(surface.flat[: match.start()]):
                continue
            if _NOT_AGE_AFTER.match(surface.flat[match.end("n") :].lstrip()) or surface.flat[match.end("n") :].startswith("/"):
                continue
            first = surface.word_at(begin)
            letter = match.groupdict().get("s")
            if first not in found:
                last = surface.word_at(match.end() - 1)
                found[first] = Age(first, last, int(years), strength, _SEX_LETTER.get(letter or ""))
    return sorted(found.values(), key=lambda a: (-a.strength, a.first))
