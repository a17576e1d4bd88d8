"""Numbers, lengths of time and ages, as clinicians write them ("3/52", "18m", "a fortnight", "F48")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.surface import Surface

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
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
# "In his 7th week off": the week counts as begun.
_NTH = re.compile(
    r"\b(?:in(?:to)? |on )?(?:his |her |their )?(?:(?P<n>\d{1,2})(?:st|"
    r"nd|rd|th)|(?P<w>second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|twelfth)) (?P<unit>week|month)\b(?! of (?:the|"
    r"january|february|march|april|may|june))"
    r"|\b(?:week|weeks|wk) (?P<k>\d{1,2})\b(?! (?:to|of (?!\d)))(?: of \d{1,2}\b)?"
)
_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
FRACTION_UNIT = {"7": "day", "52": "week", "12": "month"}


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
    """A length of time at words ``first``..``last``, in the unit it was said in."""

    first: int
    last: int
    count: float
    unit: str

    @property
    def weeks(self) -> float:
        """Whole weeks by the calendar (3 months are 13); a part of one for days."""
        weeks = self.count * WEEKS_IN[self.unit]
        return round(weeks) if weeks >= 1 else round(weeks, 2)

    @property
    def months(self) -> int:
        """Whole months (26 weeks are 6)."""
        if self.unit in ("month", "year"):
            return max(1, round(self.count * (12 if self.unit == "year" else 1)))
        return max(1, round(self.count * WEEKS_IN[self.unit] / WEEKS_A_MONTH))


_UNIT = r"(?P<unit>day|week|month|year|yr|decade)s?"
_RANGE = (
    rf"(?:(?:about|around|nearly|almost|over|roughly|approx) )?(?P<n>{N})(?P<half_of> 1/2|½)?(?: ?(?:-|–|to|"
    rf"or) ?(?P<top>{N}))?"
)
_DURATION = re.compile(
    rf"(?<![\w£/.-])(?:(?P<frac>\d+(?:\.\d+)?)(?: ?(?:-|–|to) ?(?P<ftop>\d+))?/(?P<den>7|52|12)(?![\d/])"
    rf"|{_RANGE} (?:(?:and )?a (?:half|bit) )?(?:or so |odd |full |whole |solid "
    rf"|good )?{_UNIT}(?P<half> and a half)?"
    rf"(?: (?:and )?(?P<more>\d+|{N_WORD}) months?(?! ago))?"
    rf"|(?P<fort>(?:{N} )?fortnights?)|(?P<hy>(?:half a|half) year)|(?P<yh>(?:year|"
    rf"month) and a half)|(?P<bare>(?:the (?:last|past|whole)|all|best part of a|"
    rf"most of a) (?:year|month|week))\b)(?![\w/-])(?! old\b)"
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
    for match in _NTH.finditer(surface.flat):
        nth, word, kth = match.group("n"), match.group("w"), match.group("k")
        count = float(nth or kth or 2 + _ORDINALS.index(word))
        if 0 < count <= 52:
            span = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            found.append(Duration(*span, count, match.group("unit") or "week"))
    return sorted(found, key=lambda d: d.first)


def _measure(match: re.Match[str]) -> tuple[float | None, str]:
    group = match.groupdict()
    text = match.group()
    if group["frac"]:
        least, most = float(group["frac"]), float(group["ftop"] or 0)
        return (least + most) / 2 if most > least else least, FRACTION_UNIT[group["den"]]
    if group["fort"]:
        lead = number(text.split("fortnight")[0]) if not text.startswith("fortnight") else 1.0
        return 2 * (lead or 1.0), "week"
    if group["hy"]:
        return 6.0, "month"
    if group["yh"]:
        return (1.5, "year") if text.startswith("year") else (1.5, "month")
    if group["bare"]:
        return 1.0, text.split()[-1]
    unit = "year" if group["unit"] == "yr" else str(group["unit"])
    low, top = number(group["n"]), number(group["top"]) if group["top"] else None
    if low is None:
        return None, unit
    count = (low + top) / 2 if top is not None and top > low else low
    if unit == "decade":
        return 10 * count, "year"
    if " a half" in text or group["half_of"]:
        count += 0.5
    if group["more"] and unit == "year":
        extra = number(group["more"]) or 0
        return count * 12 + extra, "month"
    return count, unit


_SEX_LETTER = {"f": "female", "m": "male"}
# Strong: cannot be anything but an age. Weak: a bare number where an age may stand.
_WHO = (
    r"(?:man|woman|lady|lad|lass|chap|bloke|gent|gentleman|girl|boy|guy|fella|female|male|"
    r"patient|mum|dad|daughter|son|mother|father|himself|herself|person|youngster|teenager|"
    r"adult|grandmother|grandad|widow|widower)"
)
_BREAK = r"(?:,|\.|;|:|-|–|—|\(|\)|/|\n|\?|!)"
# "50 next month", "turns 60 in March": not yet.
_TO_COME = re.compile(
    r"^ ?(?:years? old )?(?:next (?:week|month|birthday|year|\w+day)|tomorrow|on \w+day|"
    r"in (?:a (?:week|month|fortnight)|january|"
    r"february|march|april|may|june|july|august|september|october|november|december|"
    r"the new year))\b"
)
_TURNS = re.compile(r"\b(?:turns|turning|will be|be|'s|is|he|she)$|^$|[,;.:]$")
# Medicines are followed by a dose.
_MEDICINE = re.compile(
    r"\b\w*(?:adone|raline|tyline|amitrip|apine|opram|oxetine|azepam|azolam|olol|pril|statin|"
    r"sartan|gabalin|"
    r"gabapentin|odeine|orphine|razole|roxin|roxine|formin|amadol|oxycodone|roxen|profen|clone|"
    r"faxine|pidem|bupe|"
    r"subutex|aspirin|lithium|thyrox|pregab|gaba|sert|mirtaz|prop|methotrexate|insulin|"
    r"buprenorphine)$"
)
_AGES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        6,
        re.compile(
            r"\b(?:next (?:week|month|birthday|year)|in (?:january|february|march|april|may|june|"
            r"july|august|september|"
            r"october|november|december)) ,? ?so (?:is |still |only |currently |he 's |she 's |"
            r"he is |she is )*(?P<n>\d\d)(?![\w/])"
        ),
    ),
    (
        5,
        re.compile(
            r"\b(?:take|hire|employ|want|touch|retrain|start again|get (?:a job|work|taken on)|"
            r"too old)(?: \w+){0,2} at "
            r"(?P<n>\d\d)(?![\w/:.])(?! ?(?:am|pm|hours|weeks|months))"
        ),
    ),
    (5, re.compile(r"(?:^|[,;.(] ?)(?:is |and )?(?P<n>\d\d) now(?= (?:,|\.|;|\)|and)| ?$)")),
    (
        5,
        re.compile(
            rf"\b(?:he|she|patient|they)(?: 's| is| are)?(?: now| only| just| turned|"
            rf" about| nearly){{0,2}} (?P<n>\d\d|{N_WORD}) now\b"
        ),
    ),
    (
        4,
        re.compile(
            r"(?<![\w/.£])(?P<n>\d\d) ?-? ?(?:years?|yrs?|yr|y)(?: ?-? ?old| ?/ ?o)? [,/(]? ?"
            r"(?P<s>[fm])(?![\w/'])"
        ),
    ),
    (
        4,
        re.compile(
            rf"(?<![\w/.£])(?P<n>\d\d|{N_WORD})(?: ?-? ?)(?:years?|yrs?|yr|y)? ?-? ?(?:old|"
            rf"/ ?o(?!\w)|of age)\b"
        ),
    ),
    (4, re.compile(r"(?<![\w/.£])(?P<n>\d\d)/?(?P<s>[fm])(?![\w/'])")),
    (
        4,
        re.compile(
            r"(?<![\w/.£])(?P<n>\d\d) ?/? (?P<s>[fm])(?![\w/'])(?! ?(?:ago|off|out of work|since))"
        ),
    ),
    (4, re.compile(r"(?<![\w/.'])(?P<s>[fm])(?: ?/ ?| ?, ?| aged? | ?)(?P<n>\d\d)(?![\w/])")),
    (
        4,
        re.compile(
            r"(?<![\w/.£])(?P<n>\d\d) ?(?:y ?/ ?o|yo|y\.o\.?|years?|yr|y)(?= (?:female|"
            r"male|lady|woman|man|gent|chap|bloke|lad|lass|girl|guy|f\b|m\b))"
        ),
    ),
    (4, re.compile(r"(?<![\w/.£])(?P<n>\d\d) ?(?:y ?/ ?o|y\.o\.?|yo)\b")),
    (
        4,
        re.compile(
            rf"\b(?:aged?|age is|age of|age :)(?: about| around)? ?:? ?(?P<n>\d\d|{N_WORD})(?!\w)"
        ),
    ),
    (
        3,
        re.compile(
            rf"\b(?:turned|turning|turns|is now|now aged?|celebrated \w+|approaching|"
            rf"nearly)(?: the big)? (?P<n>\d\d|{N_WORD})(?!\w)"
        ),
    ),
    (
        3,
        re.compile(
            rf"\b(?:he|she|patient|they|i|this one|ours|this)(?: himself| herself)?(?: 's|"
            rf" is| am| are)(?: a| an)?(?: now| only| just| about|"
            rf" actually){{0,2}} (?P<n>\d\d|{N_WORD})(?![\w/])"
        ),
    ),
    (3, re.compile(rf"\bnow (?P<n>\d\d)(?= (?:{_BREAK}|and|with|he|she)| ?$)")),
    (3, re.compile(rf"\b{_WHO}(?: of| ,| \(| aged?| is| :)? (?P<n>\d\d|{N_WORD})(?![\w/])")),
    (
        3,
        re.compile(
            rf"(?<![\w/.£])(?P<n>\d\d|{N_WORD}) (?:female|male|lady|woman|man|gent|chap|bloke|"
            rf"lad|lass)\b"
        ),
    ),
    (
        2,
        re.compile(
            rf"(?:^|{_BREAK} )(?:is |now |just |only |he 's |she 's )?(?P<n>\d\d|"
            rf"{N_WORD})(?= (?:{_BREAK}|and never|and still|and has|and is|and on|and not|"
            rf"with|he|she|just)| ?$)"
        ),
    ),
    (2, re.compile(rf"(?:^|{_BREAK} )(?P<n>\d\d) (?:years|yrs)(?= {_BREAK}| ?$)")),
    (1, re.compile(rf"(?:^|(?:{_BREAK}|\b(?:he|she|patient|who)) )(?P<n>\d\d)(?![\w/])")),
    (
        1,
        re.compile(
            rf"\b[a-z]{{3,}} (?P<n>\d\d)(?= (?:{_BREAK}|she|he|going|from|living|lives|"
            rf"works|who|has|with|on|both|broke|fell|slipped|hurt|injured|"
            r"off (?:sick|work|with|since|for|\d))| ?$)"
        ),
    ),
)
_NOT_AGE_AFTER = re.compile(
    r"^ ?(?:%|/|\.\d|,\d{3}|[+-] ?\d|to \d|percent|weeks?\b|months?\b|years?\b(?! (?:old|"
    r"[fm]\b|,|\.|;|$))|yrs?\b(?! (?:old|[fm]\b|,|\.))|days?\b|hours?\b|hrs?\b|kg|stone|mg|ml|mcg|unit|"
    r"mmol|pounds?|quid|grand|k\b|cans?|pints?|fags|cigarettes|a day|"
    r"times|points?|jobs|miles|minutes|mins|pack|per|pm\b|am\b|p\b|th\b|st\b|x\b|bus|"
    r"staff|people|men|women|kids|applications|interviews|cvs|odd|hens|calls|out of|"
    r"litres?|bottles?|tablets|paracetamol|tabs?\b|caps?\b|puffs?\b|"
    r"co - codamol|a week|a month|each|others?\b|the (?:next|other)\b|on the next|children|"
    r"sessions|steps|stairs|shifts|nights|"
    r"visits|beds|clients|patients|pupils|hour|ish hours)"
)
_NOT_AGE_BEFORE = re.compile(
    r"(?:\b(?:when (?:he|she|they) (?:was|were)|when (?:he|she) turned|at(?: age)?|"
    r"since(?: he| she)?(?: was)?|until|till|from|in (?:his|her|their)|bmi|phq|phq9|"
    r"phq - 9|phq 9|gad|gad7|score[sd]?|scoring|audit|"
    r"epds|slr|rom|sats|spo2|pulse|hr|temp|pefr|peak flow|weight|wt|height|crp|esr|hb|tsh|ldl|odi|"
    r"mmse|moca|fev1|ef|mrc|hba1c|stage|type|bp|egfr|over|under|late|early|mid|before|after|by|room|"
    r"no|number|ward|flat|bus|the|last|past|for|overdose|around|not|about|than|was|"
    r"section|route|a|junction|grade|"
    r"level|form|since|in|left school|working|works|does|did|did about|times|lost|to|took|"
    r"taken|tried|applied|and|day|off|x|of them|hr|p\.?|number|ceased at|of) ?(?:of |is |"
    r"was |: |= |aged? )?)$|[£#]\s?$|\d ?[-–]$"
)
_AGE_WORDS_BEFORE = re.compile(
    rf"(?:\b{_WHO} of|\b(?:age|aged|is|'s|turned|now|just|he|she) ?(?:of)?) ?$"
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
            if years is None or not 14 <= years <= 104 or (strength < 3 and not 16 <= years <= 85):
                continue
            begin = match.start("n")
            before = surface.flat[:begin].rstrip()
            if (
                strength < 5
                and _NOT_AGE_BEFORE.search(before)
                and not (match.group().endswith("old") and re.search(r"(?:^| )a$", before))
                and not (strength >= 3 and _AGE_WORDS_BEFORE.search(before))
                and not (_is_described(surface, match) and _ONE_OF_THEM.search(before))
            ):
                continue
            if (
                _NOT_AGE_BEFORE.search(surface.flat[: match.start()].rstrip())
                and strength in (3, 4)
                and _PAST_AGE.search(before)
            ):
                continue
            after = surface.flat[match.end("n") :].lstrip()
            if _NOT_AGE_AFTER.match(after) or _MEDICINE.search(before):
                continue
            if strength < 6 and _TO_COME.match(after) and _TURNS.search(before):
                years -= 1
            first = surface.word_at(begin)
            letter = match.groupdict().get("s")
            if first not in found:
                last = surface.word_at(match.end() - 1)
                found[first] = Age(first, last, int(years), strength, _SEX_LETTER.get(letter or ""))
    return sorted(found.values(), key=lambda a: (-a.strength, a.first))


# "Seeing a 25F", "what dose for a 34F": the person, not a number of something.
_ONE_OF_THEM = re.compile(r"\b(?:a|an|for|from|about|by|in|works|working)$")


def _is_described(surface: Surface, match: re.Match[str]) -> bool:
    """Say whether an age is written with a letter that can only be a sex: "34F", not "18m"."""
    raw = surface.words[surface.word_at(match.start())].raw
    if match.groupdict().get("s") is None:
        return False
    return raw[-1] in "Ff" or (
        raw[-1] == "M" and surface.flat[: match.start()].split()[-1:] != ["for"]
    )


_PAST_AGE = re.compile(
    r"\b(?:when (?:he|she|they) (?:was|were)|od|overdose\w*|at|since|until|till|"
    r"left school|started|aged|was)(?: at)?(?: age| aged)?$"
)
