"""Work: which status the evidence of a message adds up to, the job, and how long without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.amounts import Duration
from understanding.facts import Fact
from understanding.surface import Surface

STRUGGLE = re.compile(
    r"\b(?:struggl\w+|finding it (?:\w+ ){0,2}(?:hard|difficult|tough|struggle)|finds it (?:\w+ ){0,2}(?:hard|difficult|tough)|only just|just about|barely|hardly (?:coping|managing)|"
    r"(?:can|could|does|do|is|will) not (?:really )?(?:cope|keep up|concentrate|manage|focus|coping|managing|keeping up|last|lift|stand|stay awake|sustain)|"
    r"not (?:coping|keeping up|managing)|making mistakes|clinging|hanging on|dragging (?:himself|herself|themselves)|drags (?:himself|herself)|"
    r"forc(?:es|ing) (?:himself|herself)|on (?:his|her) last legs|on (?:his|her) knees|only (?:managing|doing|manages) (?:half|a few|two|three|part)|at breaking point|"
    r"(?:had to|having to) (?:drop|cut|reduce|give up)|dropped (?:to|down|nights|hours|days)|cut (?:his|her|down|back) (?:hours|days|shifts)|fall(?:s|ing) asleep|"
    r"crying (?:at|in) (?:work|the)|in tears (?:at|in)|in the toilets|suffering at work|slow(?:er|ing) down|getting harder|harder and harder|too much for (?:him|her)|by the skin|"
    r"hypos? (?:behind|at)|wiped out after|wipes (?:him|her) out|floors (?:him|her)|exhausted|in agony|pain (?:all shift|by|at work)|limping|nearly (?:went|gone|going) off|"
    r"burn(?:t|ed|ing) out|on the brink|keeps? (?:dropping|forgetting|having to)|missing (?:days|shifts)|taking (?:odd )?days off|cover(?:s|ing) for (?:him|her)|"
    r"worse (?:at|by the end of|after) (?:work|shift)|can only (?:do|manage)|(?:may|might|will) have to (?:give up|stop|close|leave|quit|pack)|giving way|can not (?:do|manage) (?:long|full|nights|shifts|half|the)|(?:about |only )?half (?:his|her|the)? ?(?:usual |normal )?(?:jobs|hours|clients|work|rounds|shifts|days|bookings)|dangerous|cut(?:ting)? down to|cut (?:him|her) to|is killing (?:him|her)|difficulty|hard going|heavy going|battling|falling asleep|sets? (?:him|her|it) off|chuck(?:ing)? it|jack(?:ing)? it in|pack(?:ing)? it in|hand(?:ing)? (?:in |his |her |in his |in her )?notice|thinking of (?:quitting|leaving)|white knuckl\w+|soldiering|light duties|amended duties|lighter duties|"
    r"put up with|set off by|making (?:him|her) (?:ill|sick|worse)|makes (?:him|her) (?:ill|sick|worse))\b"
)
FINE = re.compile(
    r"\b(?:(?:no|without) (?:problems?|issues?|trouble|bother|complaints|difficulty|difficulties)|enjoys|enjoying|loves? (?:it|his|her|the|work)|doing (?:well|fine|great|ok)|"
    r"managing (?:fine|well|ok)|copes? (?:fine|well|ok)|coping (?:fine|well|ok)|happy (?:at|in|there|with)|going (?:well|fine)|all good|no bother|absolutely fine|perfectly well|"
    r"no effect on|not affecting (?:his|her|work)|does not affect)\b"
)
BACK = re.compile(
    r"\b(?:back (?:driving|working|teaching|nursing)|back (?:at|in|to|on) (?:work|the (?:job|desk|tills|office|site|ward|classroom|tools|shop|road|line|floor)|his|her|shift|full time|part time|the)|back now|now back|"
    r"(?:gone|went|been) back|returned to work|back full time|back part time|back since|back working|is back|'s back)\b(?! (?:soon|next|when|if|yet|to normal|on|pay))"
)
WISH = re.compile(r"\b(?:wants?|want|hop\w+|keen|would|like|love|trying|try|ready|plan\w*|can not|desperate|eager|before|until|till|when|if|not|asking|able|aim\w*|nervous|scared|about)\b")
LOST = re.compile(
    r"\b(?:lost|sacked|fired|dismissed|redundan\w+|laid off|let (?:him|her|them)? ?go|finished|contract|folded|bust|shut|closed|quit|resigned|left|jacked|packed|gave up|walked out|unemployed|jobless|"
    r"out of work|job ended|job went|no job)\b"
)
DROPPED_OUT = re.compile(r"\b(?:dropped out|dropping out of .{0,20}(?:last|in)|not going back|not coming back|left (?:uni|university|college)|finished (?:uni|university|college|school)|graduated)\b")
WEAK_OFF = re.compile(
    r"^(?:(?:sick|fit) ?- ?notes?|(?:sick|fit) ?notes?|sick line|sicknote|fitnote|med ?3|on (?:the )?sick(?:ness)?|nfw|unfit for work|not fit (?:for|to) work|signed (?:him |her )?off.*|off (?:with|for|now|again|since)|been off)$"
)
CANNOT = re.compile(r"(?:not|unable|too (?:ill|unwell|poorly|sick)|stop|gave|give|incapable|required|expected)")
STRONG_INACTIVE = re.compile(
    r"(?:long ?-? ?term sick|lts|inactive|permanent|not looking|not seeking|housewife|househusband|house|home|stay|carer|care|incapac|required|not (?:job|after|available)|want|interested|too|stopped looking)"
)
OFF_CONTEXT = re.compile(r"\b(?:off(?! the (?:m|a)\d)|of sick|(?<!out )of work|absent|absence|signed|sick leave|away from (?:work|job)|laid up|on the sick|(?:sick|fit) note|not been (?:in|back|at)|not been back|not at work)\b|(?:^|, |\. |so is |is )of(?= \d)")
OUT_CONTEXT = re.compile(
    r"\b(?:unemployed|out of (?:work|a job)|not (?:had a |have a )?(?:work\w*|job)|no (?:work|job|paid work)|jobless|workless|lost (?:his|her|their|the|a)? ?(?:\w+ )?(?:job|work|post)|let (?:him|her|them)? ?go|"
    r"laid off|made redundant|redundan\w+|sacked|fired|dismissed|last (?:worked|job|payslip|paid|wage|proper job)|stopped work\w*|finished (?:work|at|up)|without (?:work|a job)|neet|"
    r"gave up work\w*|given up work\w*|contract (?:ended|finished)|looking for|job ?hunting|looking|searching|applying|signing on|on the dole|not employed|never worked since|"
    r"packed in|gave up|can not work|unable to work|could not work|jacked in|quit (?:his|her|the|a)? ?(?:job|work)|resigned|left (?:his|her|the|work)|retired|firm (?:folded|went)|shut|closed|not worked|work(?:ed)? in)\b"
)
UC_CONTEXT = re.compile(r"\b(?:uc|universal credit)\b")
BLOCKERS = re.compile(
    r"\b(?:wait\w*|list|married|together|diagnosed|diagnosis|pregnant|sober|clean|dry|abstinent|sentence|prison|inside|served|uk|here|country|old|pain|since|therapy|cbt|physio|ago the|history|"
    r"moved|lived|living|widowed|died|bereaved|separated|divorced|twice|times|on (?:sertraline|tablets|citalopram|the tablets)|op|surgery|symptoms|depressed|review|follow|next|in a|time|notice|offer|starts?|starting|due)\b"
)


@dataclass(frozen=True)
class Length:
    """A length of time that belongs to ``slot`` (``absence_weeks``, ``out_of_work_months``, ``uc_months``)."""

    slot: str
    value: float
    weeks: float
    first: int
    last: int
    cue: str


def place_durations(surface: Surface, durations: list[Duration], facts: list[Fact], owner: list[bool]) -> list[Length]:
    """Return those lengths of time that are an absence, time out of work, or time on UC.

    Each belongs to the nearest words of its sentence that can carry it, unless a wait, an illness or a
    marriage stands nearer. ``owner[i]``: whether word ``i`` is another person's.
    """
    conditions = {i for f in facts if f.slot in ("conditions",) for i in range(f.first, f.last + 1)}
    lengths = []
    for duration in durations:
        if owner[duration.first]:
            continue
        best = _nearest(surface, duration, conditions)
        if best is not None:
            slot, cue = best
            value = duration.weeks if slot == "absence_weeks" else duration.months
            lengths.append(Length(slot, value, duration.weeks, duration.first, duration.last, cue))
    return lengths


def _nearest(surface: Surface, duration: Duration, conditions: set[int]) -> tuple[str, str] | None:
    number = surface.sentence[duration.first]
    begin = duration.first
    while begin and surface.sentence[begin - 1] == number:
        begin -= 1
    end = duration.last
    while end + 1 < len(surface.words) and surface.sentence[end + 1] == number:
        end += 1
    left = [w.norm for w in surface.words[begin : duration.first]]
    right = [w.norm for w in surface.words[duration.last + 1 : end + 1]]
    left_text, right_text = " ".join(left), " ".join(right)
    ago = right[:1] in (["ago"], ["back"], ["since"])
    choices: list[tuple[int, str, str]] = []
    for slot, pattern in (("absence_weeks", OFF_CONTEXT), ("out_of_work_months", OUT_CONTEXT), ("uc_months", UC_CONTEXT)):
        for found in pattern.finditer(left_text):
            between = left_text[found.end() :]
            words = len(between.split())
            if slot == "uc_months" and words > 5:
                continue
            limit = 9
            if words <= limit and not BLOCKERS.search(between) and not _illness_tail(between, surface, duration, conditions):
                if not (slot == "absence_weeks" and ago and "since" not in between and not re.search(r"\b(?:went|gone|signed|been)\b", left_text)):
                    choices.append((words, slot, found.group()))
        head = right_text
        found_right = pattern.search(head)
        if found_right and not ago:
            between = head[: found_right.start()]
            if len(between.split()) <= 3 and not BLOCKERS.search(between) and "," not in between and "but" not in between:
                choices.append((len(between.split()) + (0 if not between.strip() else 1), slot, found_right.group()))
        elif found_right and ago and len(head[: found_right.start()].split()) <= 2:
            choices.append((3, slot, found_right.group()))
    if not choices:
        return None
    _, slot, cue = min(choices, key=lambda c: c[0])
    return slot, cue


def _illness_tail(between: str, surface: Surface, duration: Duration, conditions: set[int]) -> bool:
    """ "unemployed, depression 5 years": after a comma the time belongs to the illness."""
    if "," not in between:
        return False
    before = duration.first - 1
    while before >= 0 and surface.words[before].norm in ("for", "about", "now", "x", "the", "past", "last"):
        before -= 1
    return before in conditions


def work_status(surface: Surface, facts: list[Fact], asked: str | None) -> Fact | None:
    """Return the one status that the facts of the patient add up to, or None where nothing says it."""
    said = [f for f in facts if f.slot == "work_status" and f.present]
    by = {value: [f for f in said if f.value == value] for value in {f.value for f in said}}
    benefits = {f.value for f in facts if f.slot == "benefits" and f.present}
    barriers = {f.value for f in facts if f.slot == "barriers" and f.present}
    not_working = [f for f in facts if f.slot == "work_status" and f.value == "in_work" and f.ruled_out and f.owner is None]
    job = by.get("in_work", []) + by.get("in_work_struggling", [])
    # "Self-employed" is a job but no proof of working; "can't work" beside it is being off.
    types = {(f.first, f.last) for f in facts if f.slot == "employment_type"}
    cannot = [f for f in by.get("economically_inactive", []) if CANNOT.search(_text(surface, f))]
    if cannot:
        job = [f for f in job if (f.first, f.last) not in types]
    implied = [f for f in facts if f.slot in ("occupation", "employment_type") and f.present]
    wish = any(f.slot == "goal" and f.value == "find_work" and f.present for f in facts)
    never = [f for f in facts if f.slot == "never_worked" and f.value is True and f.present]
    off = by.get("off_sick", [])
    strong_off = [f for f in off if not WEAK_OFF.match(_text(surface, f)) or f.cue == "time off"]
    gone = by.get("unemployed", [])
    lost = [f for f in gone if LOST.search(_text(surface, f))]
    inactive = by.get("economically_inactive", [])
    strong_inactive = [f for f in inactive if STRONG_INACTIVE.search(_text(surface, f))]
    given_up = any(f.slot == "goal" and f.value == "not_now" and f.present for f in facts)
    declared = benefits & {"uc_lcwra", "esa_support_group"}

    if by.get("volunteering"):
        if not [f for f in job if "works" in _text(surface, f) and f.first > by["volunteering"][0].last + 2]:
            return _as(by["volunteering"][0], "volunteering")
    was_off = off or [f for f in facts if f.slot == "work_status" and f.value == "off_sick" and f.owner is None]
    if was_off and _is_back(surface, was_off) and not lost:
        off = was_off
        return _in_work(surface, job or off, facts, barriers)
    if strong_off and not (lost and not job):
        return _as(strong_off[0], "off_sick")
    if off and not gone and not strong_inactive and not declared:
        return _as(off[0], "off_sick")
    if by.get("student") and not off and not DROPPED_OUT.search(surface.flat):
        return _as(by["student"][0], "student")
    if by.get("retired") and not job:
        return _as(by["retired"][0], "retired")
    if strong_inactive and not job:
        return _as(strong_inactive[0], "economically_inactive")
    if declared and not job:
        cause = next(f for f in facts if f.slot == "benefits" and f.value in declared)
        return _as(cause, "economically_inactive")
    if job and not (lost and not not_working and _later(lost, job)):
        if inactive and not strong_inactive:
            pass
        return _in_work(surface, job, facts, barriers)
    if implied and inactive and not gone and not strong_inactive:
        return _as(inactive[0], "off_sick")
    cared = "caring_responsibilities" in barriers and ("carers_allowance" in benefits or any(re.search("gave|given|left|finish|pack", _text(surface, f)) for f in gone))
    if gone and cared and not _looks(surface, gone):
        return _as(gone[0], "economically_inactive")
    if gone:
        return _as(gone[0], "economically_inactive" if given_up and not _looks(surface, gone) else "unemployed")
    if inactive:
        return _as(inactive[0], "economically_inactive")
    if never and wish:
        return _as(never[0], "unemployed")
    if "carers_allowance" in benefits and "caring_responsibilities" in barriers and not implied:
        cause = next(f for f in facts if f.slot == "benefits" and f.value == "carers_allowance")
        return _as(cause, "economically_inactive")
    if not_working:
        caring = barriers & {"caring_responsibilities"}
        return _as(not_working[0], "economically_inactive" if caring else "unemployed")
    if implied:
        return _in_work(surface, implied, facts, barriers)
    if asked == "work_status" and STRUGGLE.search(surface.flat):
        return Fact("work_status", "in_work_struggling", 0, len(surface.words) - 1, cue="struggling")
    return None


def _looks(surface: Surface, gone: list[Fact]) -> bool:
    return any(re.search(r"\b(?:look|seek|search|apply|hunt|unemployed|jobless)", _text(surface, f)) for f in gone)


def _later(ones: list[Fact], others: list[Fact]) -> bool:
    """A job lost after the one spoken of ("worked at Asda, lost it"); a job said later stands."""
    return max(f.first for f in ones) > max(f.first for f in others)


def _text(surface: Surface, fact: Fact) -> str:
    return " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])


def _as(fact: Fact, value: str) -> Fact:
    return Fact("work_status", value, fact.first, fact.last, cue=fact.cue or "said")


def _is_back(surface: Surface, off: list[Fact]) -> bool:
    """Say whether the message tells of a return that has happened."""
    for found in BACK.finditer(surface.flat):
        before = surface.flat[max(0, found.start() - 30) : found.start()]
        if not WISH.search(re.split(r"[,.;]", before)[-1]):
            return surface.word_at(found.start()) > min(f.first for f in off) or True
    return False


def _in_work(surface: Surface, job: list[Fact], facts: list[Fact], barriers: set[str]) -> Fact:
    """Return in work, or in work but struggling where health or the job's effect on it is said to tell."""
    struggling = STRUGGLE.search(surface.flat)
    if any(f.slot == "work_status" and f.value == "in_work_struggling" and f.present for f in facts):
        return _as(job[0], "in_work_struggling")
    risk = [f for f in facts if f.slot == "job_at_risk" and f.value is True and f.present]
    health_risk = [f for f in risk if "redundanc" not in _text(surface, f)]
    unwell = any(f.slot == "conditions" and f.holds for f in facts)
    if struggling and not (FINE.search(surface.flat) and not re.search("struggl", struggling.group())):
        return Fact("work_status", "in_work_struggling", job[0].first, job[0].last, cue=struggling.group())
    if health_risk or "employer_adjustments" in barriers:
        return _as(job[0], "in_work_struggling")
    stressed = any(f.slot == "conditions" and f.value == "stress" and f.holds for f in facts)
    if stressed and not FINE.search(surface.flat):
        return _as(job[0], "in_work_struggling")
    if unwell and "job_quality" in barriers and not FINE.search(surface.flat) and not any(
        f.slot == "employment_type" and f.value in ("zero_hours", "agency") for f in facts
    ):
        return _as(job[0], "in_work_struggling")
    return _as(job[0], "in_work")
