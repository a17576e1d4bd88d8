"""How long off work, out of work, or on Universal Credit: which lengths of time of a message are that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.amounts import Duration
from understanding.facts import Fact
from understanding.surface import Surface

# Words that may lie between a cue and its length of time.
FARTHEST = 9
OFF_CONTEXT = re.compile(
    r"\b(?:(?<!on and )(?<!laid )off(?! (?:the (?:m|a)\d|and on))|of sick|been of(?= since)|"
    r"absent|absence|signed|"
    r"(?<!out )(?<!bit )(?<!kind )(?<!sort )(?<!line )(?<!type )of work|"
    r"sick leave|away from (?:work|job)|laid up|on the sick|(?:sick|fit) (?:note|cert\w*|line)|"
    r"not been (?:in|back|at)|not been back|not at work|(?:rang|phoned|called) in (?:sick|"
    r"poorly|ill)|"
    r"(?:ssp|sick pay)(?! (?:\w+ ){0,2}(?:end|run|stop|finish|due|left|out))|"
    r"(?:job|post|place) (?:is |being |held |kept )*open|"
    r"sat at home|stuck at home|set foot|on the (?:box|panel)|laid up|stood down|"
    r"(?:got|kept|has|had) (?:him|her|them) off(?: this time)?|not worked "
    r"a (?:shift|day))\b|(?:^|, |\. |so is |"
    r"is )of(?= \d)"
)
OUT_CONTEXT = re.compile(
    r"\b(?:unemployed|out of (?:work|a job)|not (?:had a |have a )?(?:work\w*|job)|"
    r"no (?:work|job|paid work)|employment (?:(?::|-|is) )?(?:nil|none)|jobless|workless|"
    r"lost (?:his|her|their|the|"
    r"a)? ?(?:\w+ ){0,4}?(?:job|work|post)|let (?:him|her|them)? ?go|"
    r"laid off|made redundant|redundan\w+|sacked|fired|dismissed|last (?:worked|job|"
    r"payslip|paid|wage|proper job)|stopped work\w*|finished (?:work|at|up)|"
    r"without (?:work|a job)|neet|nowt(?= for)|(?<!on )nothing(?= (?:now )?(?:for|since))|"
    r"last had (?:a |any )?(?:\w+ )?(?:job|work)|"
    r"not (?:held|had) (?:a |down a )?\w* ?job|lost (?:his|her) (?:chair|"
    r"stall|round|pitch|contract|business)|"
    r"since the (?:\w+ )?(?:bank|shop|mill|plant|factory|firm|place|pit|store) (?:closed|shut|"
    r"folded)|"
    r"gave up work\w*|given up work\w*|contract (?:ended|finished)|looking for|"
    r"job ?hunting|looking|searching|applying|signing on|on the dole|not employed|"
    r"never worked since|"
    r"(?:had|worked|job|position|employed)\b[^.;]{0,45} (?:till|until|up to)(?= ?$)|"
    r"packed in(?! (?:the )?(?:drink|smok|fags|booze|gambl|drugs))|"
    r"gave up(?! (?:the |all )?(?:drink|smok|fags|cig|booze|alcohol|gambl|drugs|heroin|cannabis|weed))|"
    r"can not work|unable to work|could not work|jacked in|quit (?:his|"
    r"her|the|a)? ?(?:job|work)|resigned|left (?:his|her|the|work)|retired|firm (?:folded|"
    r"went)|shut|closed|not worked|work(?:ed)? in)\b"
)
UC_CONTEXT = re.compile(r"\b(?:uc|univ\w+ cr\w+t)\b")
# "UC 14 months unemployed": the time without work; "UC 18 months looking for work": the time on UC.
_WITHOUT_WORK = re.compile(
    r" ?(?:unemployed|out of|without|jobless|workless|no (?:job|work)|not work\w*)\b"
)
JSA = re.compile(r"\b(?:jsa|jobseekers? allowance|job seekers? allowance)\b")
_UP_TO = re.compile(
    r"^(?: ?(?:for|about|around|nearly|over|almost|now|x|the|last|past|new|style|-|:))* ?$"
)
BLOCKERS = re.compile(
    r"\b(?:wait\w*|list|married|together|diagnosed|diagnosis|pregnant|sober|clean|dry|"
    r"abstinent|sentence|prison|inside|served|uk|here|country|old|pain|since|therapy|cbt|"
    r"physio|ago the|history|"
    r"moved|lived|living|widowed|died|bereaved|separated|divorced|twice|times|"
    r"on (?:sertraline|tablets|citalopram|the tablets)|op|surgery|symptoms|depressed|"
    r"review|follow|next|in a|time|notice|offer|starts?|starting|due)\b"
)
CONTEXTS = (
    ("absence_weeks", OFF_CONTEXT),
    ("out_of_work_months", OUT_CONTEXT),
    ("uc_months", UC_CONTEXT),
)


@dataclass(frozen=True)
class Length:
    """A length of time that belongs to ``slot``, in its unit and in weeks."""

    slot: str
    value: float
    weeks: float
    first: int
    last: int
    cue: str


def place_durations(
    surface: Surface, durations: list[Duration], facts: list[Fact], owner: list[bool]
) -> list[Length]:
    """Return those lengths of time that are an absence, time out of work, or time on UC.

    Each belongs to the nearest words of its sentence that can carry it, unless a wait, an illness or a
    marriage stands nearer. ``owner[i]``: whether word ``i`` is another person's.
    """
    conditions = {i for f in facts if f.slot in ("conditions",) for i in range(f.first, f.last + 1)}
    claims = any(f.slot == "benefits" and f.value == "jsa" and f.present for f in facts)
    lengths = []
    for duration in durations:
        away = _OFF_SINCE_THEN.match(surface.flat[surface.offsets[duration.last] :])
        if away and not owner[surface.word_at(surface.offsets[duration.last] + away.start("off"))]:
            weeks = duration.weeks
            lengths.append(
                Length("absence_weeks", weeks, weeks, duration.first, duration.last, "off since")
            )
            continue
        others = owner[duration.first] and not _since_theirs(surface, duration, owner)
        if others or _no_absence(surface, duration):
            continue
        best = _nearest(surface, duration, conditions)
        if best is not None and (claims or not JSA.fullmatch(best[1])):
            slot, cue = best
            value = duration.weeks if slot == "absence_weeks" else duration.months
            lengths.append(Length(slot, value, duration.weeks, duration.first, duration.last, cue))
    return lengths


def _since_theirs(surface: Surface, duration: Duration, owner: list[bool]) -> bool:
    """ "Off since her dad passed away 7 weeks ago": the patient's time off, dated by what another did."""
    number = surface.sentence[duration.first]
    since = [
        i
        for i in range(duration.first)
        if surface.sentence[i] == number and surface.words[i].norm == "since"
    ]
    return bool(since) and not any(owner[max(0, since[-1] - 2) : since[-1] + 1])


# "Long covid, off since covid": the illness, not the spring of 2020.
_SINCE_COVID = re.compile(r"\b(?:covid|pandemic|lockdown)\b")
_CLAUSE_BEGINS = re.compile(r"(?:^|[,(:]|\band|\bbut) ?$")


def place_since(
    surface: Surface, times: list[Duration], facts: list[Fact], owner: list[bool], told: set[str]
) -> list[Length]:
    """Return those lengths since a day or month that are an absence, time out of work, or time on UC.

    A length told as such is surer: ``told`` are the slots that have one.
    """
    conditions = {i for f in facts if f.slot == "conditions" for i in range(f.first, f.last + 1)}
    lengths: list[Length] = []
    for since in times:
        left, right = _around(surface, since)
        found = None if owner[since.first] else _since_when(surface, since, conditions, left, right)
        if found is None or found[0] in told:
            continue
        slot, cue = found
        words = " ".join(w.norm for w in surface.words[since.first : since.last + 1])
        if slot == "absence_weeks" and _SINCE_COVID.search(words):
            continue
        told = told | {slot}
        value = since.weeks if slot == "absence_weeks" else since.months
        lengths.append(Length(slot, value, since.weeks, since.first, since.last, cue))
    return lengths


def _since_when(
    surface: Surface, since: Duration, conditions: set[int], left: str, right: str
) -> tuple[str, str] | None:
    """Return the slot that a time stands for, by the nearest words before it, and those words."""
    choices = []
    for slot, pattern in CONTEXTS:
        for found in pattern.finditer(left):
            distance = _before(surface, since, conditions, slot, left, found.end(), "")
            if distance is not None:
                choices.append((distance, slot, found.group()))
        after = pattern.search(right)
        if after and _CLAUSE_BEGINS.search(left) and len(right[: after.start()].split()) <= 3:
            choices.append((1 + FARTHEST, slot, after.group()))
    if not choices:
        return None
    _, slot, cue = min(choices, key=lambda c: c[0])
    return slot, cue


# "Never had a day off", "had a day off for the wedding", "two mornings a week off".
_LEAVE = re.compile(
    r"\b(?:never|not|no|without|had|has|takes|took|have|having|a|odd|one|any|single|annual|"
    r"her|his) ?$"
)


def _no_absence(surface: Surface, duration: Duration) -> bool:
    """Say whether a day or two is leave or said not to have been, and no absence for illness."""
    if duration.unit != "day" or duration.count > 1:
        return False
    before = " ".join(w.norm for w in surface.words[max(0, duration.first - 3) : duration.first])
    after = " ".join(w.norm for w in surface.words[duration.last + 1 : duration.last + 3])
    off = after.startswith("off") and not re.match(r"off (?:sick|ill|with|poorly)\b", after)
    return off and (before == "" or bool(_LEAVE.search(before)))


def _nearest(surface: Surface, duration: Duration, conditions: set[int]) -> tuple[str, str] | None:
    """Return the slot that ``duration`` belongs to and the words that show it, or None."""
    left, right = _around(surface, duration)
    choices: list[tuple[int, str, str]] = []
    for slot, pattern in CONTEXTS:
        for found in pattern.finditer(left):
            distance = _before(surface, duration, conditions, slot, left, found.end(), right)
            if distance is not None:
                choices.append((distance, slot, found.group()))
        after = pattern.search(right)
        distance = _after(right, after.start()) if after else None
        said = any(d <= 1 and s != "uc_months" for d, s, _ in choices)
        if after and distance is not None and not (slot == "uc_months" and distance == 0 and said):
            # "Unemployed 2 yrs UC": the time belongs to what it follows.
            choices.append((distance, slot, after.group()))
    if not choices:
        return _on_jsa(left, right)
    if not _WITHOUT_WORK.match(right):
        choices = [(d - 1 if s == "uc_months" and d == 0 else d, s, c) for d, s, c in choices]
    _, slot, cue = min(choices, key=lambda c: c[0])
    return slot, cue


def _on_jsa(left: str, right: str) -> tuple[str, str] | None:
    """Whoever has claimed JSA for so long has been without work for so long."""
    for found in JSA.finditer(left):
        if _UP_TO.match(left[found.end() :]) and not _is_ago(right):
            return "out_of_work_months", found.group()
    after = re.match(r"(?:on |of )?(" + JSA.pattern + ")", right)
    return ("out_of_work_months", after.group(1)) if after else None


def _around(surface: Surface, duration: Duration) -> tuple[str, str]:
    """Return the words of the sentence before and after ``duration``."""
    number = surface.sentence[duration.first]
    row = [i for i, sentence in enumerate(surface.sentence) if sentence == number]
    left = " ".join(surface.words[i].norm for i in row if i < duration.first)
    return left, " ".join(surface.words[i].norm for i in row if i > duration.last)


_AGO = re.compile(
    r"(?:ago|back(?! (?:pain|ache|problem|trouble|injur\w*|spasm\w*|strain|"
    r"surgery|op|and neck|went|gone|is|has))|"
    r"since(?= ?$| [,.;)]| and | she | he ))\b"
)


_CLAIMED = re.compile(r"\b(?:start|claim|went on|put|been on|since|mov|switch)\w*")
# "Mother died 4/52 ago, off since".
_OFF_SINCE_THEN = re.compile(
    r"\S+ ago\b[^.;\d]{0,45}\b(?P<off>(?<!laid )off|not been (?:in|back|at work))"
    r"(?: work| sick| in)*(?: ever)? since ?(?:$|[,.;)])"
)
_SINCE_EVENT = re.compile(r" ?(?:\w+ ){0,3}since (?!then)\w+(?: \w+){0,6} ?$")
_SINCE = re.compile(r"\b(?:since|from)(?: (?:about|around|approx|nearly|over|last|past))? ?$")


def _is_ago(right: str) -> bool:
    """Say whether what follows a length of time makes it a time in the past."""
    return bool(_AGO.match(right))


def _before(
    surface: Surface,
    duration: Duration,
    conditions: set[int],
    slot: str,
    left: str,
    end: int,
    right: str,
) -> int | None:
    """Return how many words lie between a cue that ends at ``end`` of ``left`` and the duration."""
    # "Redundant since 5 months" is for so long.
    between = _SINCE.sub("", left[end:])
    distance = len(between.split())
    if slot == "uc_months" and "," in between and OUT_CONTEXT.search(right):
        return None
    if slot == "uc_months" and _is_ago(right) and not _CLAIMED.search(left):
        # "UC sanctioned 1/12 ago" is no month on it.
        return None
    if slot == "absence_weeks" and _SINCE_EVENT.match(between) and re.match(r"ago\b|back\b", right):
        # "Off since her dad passed away 7 weeks ago": as long as that.
        return distance
    if distance > (5 if slot == "uc_months" else FARTHEST) or BLOCKERS.search(between):
        return None
    if _illness_tail(between, surface, duration, conditions):
        return None
    # "Off his feet 3 weeks ago" counts only from a day on which he went off.
    if slot == "absence_weeks" and _is_ago(right) and "since" not in between:
        return (
            distance
            if re.search(r"\b(?:went|gone|signed|been|rang|phoned|called|sent)\b", left)
            else None
        )
    return distance


def _after(right: str, start: int) -> int | None:
    """Return the distance of a cue that begins at ``start`` of what follows the duration."""
    between = right[:start]
    distance = len(between.split())
    if _is_ago(right):
        return 3 if distance <= 2 else None
    if distance > 3 or BLOCKERS.search(between) or "," in between or "but" in between:
        return None
    return distance + (1 if distance else 0)


def _illness_tail(between: str, surface: Surface, duration: Duration, conditions: set[int]) -> bool:
    """ "unemployed, depression 5 years": after a comma the time belongs to the illness."""
    if "," not in between:
        return False
    before = duration.first - 1
    while before >= 0 and surface.words[before].norm in (
        "for",
        "about",
        "now",
        "x",
        "the",
        "past",
        "last",
    ):
        before -= 1
    return before in conditions
