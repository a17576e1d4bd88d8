"""Work: which status the evidence of a message adds up to."""

from __future__ import annotations

import re
from dataclasses import replace

from understanding.facts import Fact
from understanding.recent_event import away_unsaid
from understanding.returns import is_back
from understanding.surface import Surface
from understanding.work_evidence import (
    means_benefits,
    tells_nothing,
    text_of,
    trouble_at_work,
    works_there,
)

STRUGGLE = re.compile(
    r"\b(?:struggl\w+|finding it (?:\w+ ){0,2}(?:hard|difficult|tough|struggle)|"
    r"finds it (?:\w+ ){0,2}(?:hard|difficult|tough)|only just|just about|"
    r"barely(?! (?:speak|talk|eat|sleep|sees?|drink))|"
    r"hardly (?:coping|managing)|"
    r"(?:can|could|does|do|is|will) not (?:really )?(?:cope|keep up|concentrate|manage|"
    r"focus|coping|managing|keeping up|last|lift|stand|stay awake|sustain)|"
    r"not (?:coping|keeping up|managing)|making mistakes|clinging|hanging on|"
    r"dragging (?:himself|herself|themselves)|drags (?:himself|herself)|"
    r"forc(?:es|ing) (?:himself|herself)|on (?:his|her) last legs|on (?:his|her) knees|"
    r"only (?:managing|doing|manages) (?:half|a few|two|three|part)|at breaking point|"
    r"(?:had to|having to) (?:drop|cut|reduce|give up)|dropped (?:to|down|nights|hours|"
    r"days)|cut (?:his|her|down|back) (?:hours|days|shifts)|fall(?:s|ing) asleep|"
    r"crying (?:at|in) (?:work|the)|in tears (?:at|in)|in the toilets|suffering at work|"
    r"slow(?:er|ing) down|getting harder|harder and harder|too much for (?:him|her)|"
    r"by the skin|"
    r"hypos? (?:behind|at)|wiped out after|wipes (?:him|her) out|floors (?:him|her)|"
    r"exhausted|in agony|pain (?:all shift|by|at work)|limping|nearly (?:went|gone|"
    r"going) off|"
    r"burn(?:t|ed|ing) out|on the brink|keeps? (?:dropping|forgetting|having to)|"
    r"missing (?:days|shifts)|taking (?:odd )?days off|cover(?:s|ing) for (?:him|her)|"
    r"find(?:s|ing)? even (?:that|this|it) (?:hard|difficult|tough|too much)|a nightmare for "
    r"(?:him|her|them)|"
    r"mak(?:es|ing) (?:\w+ ){1,4}?(?:so |very |really |too )(?:hard|difficult|tough)|"
    r"(?:getting|gets|got|gone|is) beyond (?:him|her|them)|worse (?:at|by the end of|"
    r"after) (?:work|shift)|can only (?:do|manage)|(?:may|might|"
    r"will) have to (?:give up|stop|close|leave|quit|pack)|giving way|can not (?:do|"
    r"manage) (?:long|full|nights|shifts|half|the)|(?:about |only )?half (?:his|her|"
    r"the)? ?(?:usual |normal )?(?:jobs|hours|clients|work|rounds|shifts|days|bookings)|"
    r"dangerous|cut(?:ting)? down to|cut (?:him|her) to|(?:is|are|its|'s|tho it) killing (?:him|"
    r"her|them)(?! off)|difficulty|"
    r"hard going|heavy going|battling|falling asleep|sets? (?:him|her|it) off|"
    r"chuck(?:ing)? it|jack(?:ing)? it in|pack(?:ing)? it in|hand(?:ing)? (?:in |his |"
    r"her |in his |in her )?notice|thinking of (?:quitting|leaving)|white knuckl\w+|"
    r"soldiering|light duties|amended duties|lighter duties|"
    r"put up with|set off by|making (?:him|her) (?:ill|sick|worse|poorly|bad)|makes (?:him|her) (?:ill|sick|"
    r"worse))\b"
)
# What an illness does to somebody at work: enough, beside an illness named, to call it a struggle.
TELLS = re.compile(
    r"\b(?:can not (?!sing|praise|wait)|could not|not able to|unable to|"
    r"hard (?:to|work|going)|harder|agony|painful|hurts?|"
    r"hurting|exhaust\w+|drained|shattered|knackered|wiped|jiggered|flar(?:es|ing)|swell\w*|"
    r"swollen|numb|"
    r"giv(?:es|ing) (?:way|out|up)|drops?|dropping|late for|misses|missed|missing|mistakes?|"
    r"tears|crying|"
    r"cries|dread\w*|panics|panicking|slow\w*|ach(?:es|ing)|sore|(?<!bored )stiff|throbb\w*|"
    r"breathless|out of puff|"
    r"puffed|gasping|blurr\w*|forget\w*|sent home|moan\w*|complain\w*|"
    r"swap\w*|asked for|refus\w+|will not let|"
    r"will not give|ignor\w+|worse|worst|shak(?:es|ing)|collaps\w+|faint\w*|dizzy|sick at|"
    r"hand to hold|murder|torture|limp\w*|hobbl\w*|wheez\w*|winc\w*|by (?:dinner|lunch|home) ?time|"
    r"by the end|end of (?:a|the|each|every) (?:shift|day|week)|all (?:shift|day) long|"
    r"keeps? needing|"
    r"running to the (?:loo|toilet)|short ?staffed|under pressure|in bits|tricky|awkward|heavy)\b"
)
FINE = re.compile(
    r"\b(?:(?:no|without) (?:problems?|issues?|trouble|bother|complaints|difficulty|"
    r"difficulties)|enjoys|enjoying|loves? (?:it|his|her|the|work)|doing (?:well|fine|"
    r"great|ok)|"
    r"managing (?:fine|well|ok)|copes? (?:fine|well|ok)|coping (?:fine|well|ok)|"
    r"happy (?:at|in|there|with)|going (?:well|fine)|all good|no bother|"
    r"(?:not|never) (?:missed|lost|dropped) (?:a |any |one |single )*(?:shift|day|hour|lesson|session)s?|"
    r"(?:quite|very|really|perfectly|so) happy(?= ?(?:,|\.|;|there|here|with|in|at|and|$))|"
    r"absolutely fine|fine as (?:he|she|they)|thriving|settled|suits (?:him|"
    r"her|them|it)|no trubble|"
    r"getting (?:by|on|along) (?:all right|alright|ok|fine|well|grand)|"
    r"fit as a|happy as|(?:and|but|,) managing(?= [,.]|$| and| ,)|in and "
    r"managing|all well|"
    r"perfectly well|gets by|"
    r"no effect on|no time lost|not affecting (?:his|her|work)|does not affect)\b"
)
LOST = re.compile(
    r"\b(?:lost|sacked|fired|dismissed|redundan\w+|laid off|let (?:him|her|them)? ?go|"
    r"finished|contract|folded|bust|shut|closed|quit|resigned|left|jacked|packed|gave up|"
    r"walked out|unemployed|jobless|"
    r"out of work|job ended|job went|no job)\b"
)
# "On the sick 11 years": nobody holds a job open that long.
LONG_ABSENCE = 104
DROPPED_OUT = re.compile(
    r"\b(?:dropped out|dropping out of .{0,20}(?:last|in)|not going back|not coming back|"
    r"left (?:uni|university|college)|finished (?:uni|university|college|school)|"
    r"graduated)\b"
)
WEAK_OFF = re.compile(
    r"^(?:(?:sick|fit) ?- ?notes?|(?:sick|fit) ?notes?|sick line|sicknote|fitnote|med ?3|"
    r"on (?:the )?sick(?:ness)?|nfw|unfit for work|not fit (?:for|to) work|signed (?:him |"
    r"her )?off.*|off (?:with|for|now|again|since)|been off)$"
)
CANNOT = re.compile(
    r"(?:not|unable|too (?:ill|unwell|poorly|sick)|stop|gave|give|incapable|required|expected)"
)
TO_CARE = re.compile(
    r"\b(?:car(?:e|er|ing)|look(?:s|ing)? after|mind|nurse|see to|be with|sit with)\b"
)
STRONG_INACTIVE = re.compile(
    r"(?:long ?-? ?term sick|lts|inactive|permanent|not looking|not seeking|housewife|"
    r"househusband|house|home|stay|carer|care|incapac|required|not (?:job|after|"
    r"available)|want|interested|too|stopped looking|"
    r"to (?:see to|mind|nurse|sit with))"
)


def work_status(surface: Surface, facts: list[Fact], asked: str | None) -> Fact | None:
    """Return the one status that the facts of the patient add up to, or None where nothing says it."""
    facts = [f for f in facts if not tells_nothing(surface, f)]
    said = [f for f in facts if f.slot == "work_status" and f.present]
    by = {value: [f for f in said if f.value == value] for value in {f.value for f in said}}
    if any(f.value == "caring_responsibilities" and f.state == "past" for f in facts):
        # Given up for a care that is over: without a job, and free for one.
        cared_for = [
            f for f in by.get("economically_inactive", []) if TO_CARE.search(text_of(surface, f))
        ]
        by["economically_inactive"] = [
            f for f in by.get("economically_inactive", []) if f not in cared_for
        ]
        by["unemployed"] = by.get("unemployed", []) + cared_for
    benefits = {f.value for f in facts if f.slot == "benefits" and f.present}
    barriers = {f.value for f in facts if f.slot == "barriers" and f.present}
    not_working = [
        f
        for f in facts
        if f.slot == "work_status" and f.value == "in_work" and f.ruled_out and f.owner is None
    ]
    job = by.get("in_work", []) + by.get("in_work_struggling", [])
    # "Self-employed" is a job but no proof of working; "can't work" beside it is being off.
    types = {(f.first, f.last) for f in facts if f.slot == "employment_type"}
    cannot = [f for f in by.get("economically_inactive", []) if CANNOT.search(text_of(surface, f))]
    if cannot:
        job = [f for f in job if (f.first, f.last) not in types]
    implied = [f for f in facts if f.slot in ("occupation", "employment_type") and f.present]
    wish = any(f.slot == "goal" and f.value == "find_work" and f.present for f in facts)
    never = [f for f in facts if f.slot == "never_worked" and f.value is True and f.present]
    off = by.get("off_sick", [])
    if asked is None and not job and not implied and means_benefits(surface, off, facts):
        off = []
    strong_off = [f for f in off if not WEAK_OFF.match(_shown_by(surface, f, facts))]
    gone = by.get("unemployed", [])
    lost = [f for f in gone if LOST.search(text_of(surface, f))]
    inactive = by.get("economically_inactive", [])
    strong_inactive = [f for f in inactive if STRONG_INACTIVE.search(text_of(surface, f))]
    given_up = any(f.slot == "goal" and f.value == "not_now" and f.present for f in facts)
    declared = benefits & {"uc_lcwra", "esa_support_group"}

    jobs = {f.last for f in implied if f.slot == "occupation"}
    # "Lab tech at the uni" works there.
    student = [f for f in by.get("student", []) if not {f.first - 1, f.first - 2} & jobs]
    # "Works in a school", "cleaner at a college": the place of work.
    at_school = [f for f in student if works_there(surface, f)]
    student = [f for f in student if f not in at_school]
    job += at_school
    unpaid = [f for f in by.get("volunteering", []) if implied and text_of(surface, f) == "unpaid"]
    for helping in [f for f in by.get("volunteering", []) if f not in unpaid][:1]:
        later = [f for f in job if f.first > helping.last + 2 and "works" in text_of(surface, f)]
        if not later:
            return _as(helping, "volunteering")
    was_off = off or [
        f for f in facts if f.slot == "work_status" and f.value == "off_sick" and f.owner is None
    ]
    if was_off and is_back(surface, was_off, facts) and not lost:
        off = was_off
        return _in_work(surface, job or off, facts, barriers)
    if strong_off and not (lost and not job):
        return _as(strong_off[0], "off_sick")
    years = any(f.slot == "absence_weeks" and f.value >= LONG_ABSENCE for f in facts)
    if off and years and not strong_off and not job and not implied:
        return _as(off[0], "economically_inactive")
    if off and not gone and not strong_inactive and not declared:
        return _as(off[0], "off_sick")
    if student and not off and not DROPPED_OUT.search(surface.flat):
        return _as(student[0], "student")
    if by.get("retired") and not job:
        return _as(by["retired"][0], "retired")
    if strong_inactive and not job:
        return _as(strong_inactive[0], "economically_inactive")
    if declared and not job:
        cause = next(f for f in facts if f.slot == "benefits" and f.value in declared)
        return _as(cause, "economically_inactive")
    unsaid = asked is None and bool(job) and away_unsaid(surface, job)
    if job and not unsaid and not (lost and not not_working and _later(lost, job)):
        return _in_work(surface, job, facts, barriers)
    if implied and inactive and not gone and not strong_inactive:
        return _as(inactive[0], "off_sick")
    cared = "caring_responsibilities" in barriers and (
        "carers_allowance" in benefits
        or any(re.search("gave|given|left|finish|pack", text_of(surface, f)) for f in gone)
    )
    cared = cared or ("carers_allowance" in benefits and not job)
    if gone and cared and not _looks(surface, gone):
        return _as(gone[0], "economically_inactive")
    if gone:
        return _as(
            gone[0],
            "economically_inactive" if given_up and not _looks(surface, gone) else "unemployed",
        )
    if inactive:
        return _as(inactive[0], "economically_inactive")
    if never and wish:
        return _as(never[0], "unemployed")
    if "carers_allowance" in benefits and "caring_responsibilities" in barriers and not implied:
        cause = next(f for f in facts if f.slot == "benefits" and f.value == "carers_allowance")
        return _as(cause, "economically_inactive")
    if not_working:
        caring = barriers & {"caring_responsibilities"}
        whole = _with_its_not(surface, not_working[0])
        return _as(whole, "economically_inactive" if caring else "unemployed")
    if implied and any(f.slot == "has_job_offer" and f.value is True and f.present for f in facts):
        return None
    if (
        implied
        and asked is None
        and away_unsaid(surface, job)
        and not STRUGGLE.search(surface.flat)
    ):
        return None
    if implied:
        return _in_work(surface, implied, facts, barriers)
    if returning := next((f for f in facts if _back_to_own_job(surface, f)), None):
        return _as(returning, "off_sick")
    if asked is None and (at_work := _at_work(surface, facts)):
        return _in_work(surface, [at_work], facts, barriers)
    if asked is None and not wish and not never and (trouble := trouble_at_work(surface, facts)):
        return _as(trouble, "in_work_struggling")
    if asked == "work_status" and STRUGGLE.search(surface.flat):
        return Fact(
            "work_status", "in_work_struggling", 0, len(surface.words) - 1, cue="struggling"
        )
    return None


# Whoever has a boss, shifts or colleagues now has a job.
AT_WORK = re.compile(
    r"\b(?:his|her|their) (?:boss|manager|line manager|gaffer|supervisor|"
    r"foreman|employer|colleagues|workmates|"
    r"shifts?|apprenticeship|customers|clients|pupils|passengers|patients|contract|work|job|"
    r"trade|rota|"
    r"team leader)\b(?! (?:coach|ended|finished|went|history|capability|"
    r"search|gone|last|cost|until|till|let|sacked))"
    r"|\b(?:after|before|during|end of|by the end of|every|each|all|on|"
    r"between|for) (?:a |the |his |her |every |each )?"
    r"(?:\w+ )?shifts?\b|\b(?:boss|manager|gaffer|supervisor|foreman|hr|"
    r"occupational health) (?:is|'s|has|says|said|"
    r"will|wants|keeps|won|told|refus\w+|moved|put|gave|let|knows|thinks|been)\b(?! (?:him|her|"
    r"them) go)"
    r"|\bat work\b(?! (?:again|one day|soon|in the past|before|years))"
)


def _at_work(surface: Surface, facts: list[Fact]) -> Fact | None:
    """Return work as evidence of itself where the message speaks of a workplace and of no loss."""
    if any(f.slot == "goal" and f.value == "find_work" and f.present for f in facts):
        return None
    if any(f.slot == "never_worked" and f.present for f in facts):
        return None
    for match in AT_WORK.finditer(surface.flat):
        before = re.split(r"[,.;]", surface.flat[: match.start()])[-1]
        if re.search(
            r"\b(?:not|no|never|last|old|previous|ex|former|was|were|used|had|"
            r"if|when|lost)\b",
            before,
        ):
            continue
        at = surface.word_at(match.start())
        return Fact(
            "work_status", "in_work", at, surface.word_at(match.end() - 1), cue=match.group()
        )
    return None


def _back_to_own_job(surface: Surface, fact: Fact) -> bool:
    """Whoever wants to return to *her school job* has it, and is away from it."""
    if fact.slot != "goal" or fact.value != "return_to_work" or not fact.present:
        return False
    after = " ".join(w.norm for w in surface.words[fact.first : fact.last + 6])
    return bool(
        re.search(
            r"\bto (?:his|her|their) (?!old\b)(?:\w+ ){0,2}(?:job|post|ward|class|desk|round)\b",
            after,
        )
    )


def _looks(surface: Surface, gone: list[Fact]) -> bool:
    return any(
        re.search(r"\b(?:look|seek|search|apply|hunt|unemployed|jobless)", text_of(surface, f))
        for f in gone
    )


def _later(ones: list[Fact], others: list[Fact]) -> bool:
    """A job lost after the one spoken of ("worked at Asda, lost it"); a job said later stands."""
    return max(f.first for f in ones) > max(f.first for f in others)


def _shown_by(surface: Surface, fact: Fact, facts: list[Fact]) -> str:
    """Return the words that show a status; for a length of time off, those it belongs to."""
    if fact.cue != "time off":
        return text_of(surface, fact)
    return next((f.cue for f in facts if f.slot == "absence_weeks" and f.first == fact.first), "")


def _with_its_not(surface: Surface, fact: Fact) -> Fact:
    """Return ``fact`` with the *not* that denies it among its words ("not working")."""
    near = range(max(0, fact.first - 3), fact.first)
    first = next((i for i in near if surface.words[i].norm in ("not", "no", "never", "nor")), None)
    return fact if first is None else replace(fact, first=first)


def _as(fact: Fact, value: str) -> Fact:
    return Fact("work_status", value, fact.first, fact.last, cue=fact.cue or "said")


def _in_work(surface: Surface, job: list[Fact], facts: list[Fact], barriers: set[str]) -> Fact:
    """Return in work, or in work but struggling where health or the job's effect on it is said to tell."""
    struggling = STRUGGLE.search(surface.flat)
    ill = any(f.slot == "conditions" and f.holds for f in facts) or barriers
    if any(
        f.slot == "work_status"
        and f.value == "in_work_struggling"
        and f.present
        # "Still working but" tells of a struggle only where something ails.
        and (ill or not text_of(surface, f).endswith(" but"))
        for f in facts
    ):
        return _as(job[0], "in_work_struggling")
    risk = [f for f in facts if f.slot == "job_at_risk" and f.value is True and f.present]
    health_risk = [f for f in risk if "redundanc" not in text_of(surface, f)]
    unwell = any(f.slot == "conditions" and f.holds for f in facts)
    if struggling and not (
        FINE.search(surface.flat) and not re.search("struggl", struggling.group())
    ):
        return Fact(
            "work_status", "in_work_struggling", job[0].first, job[0].last, cue=struggling.group()
        )
    if health_risk or "employer_adjustments" in barriers:
        return _as(job[0], "in_work_struggling")
    minds = "caring_responsibilities" in barriers
    if (unwell or minds) and TELLS.search(surface.flat) and not FINE.search(surface.flat):
        return _as(job[0], "in_work_struggling")
    stressed = any(f.slot == "conditions" and f.value == "stress" and f.holds for f in facts)
    if stressed and not FINE.search(surface.flat):
        return _as(job[0], "in_work_struggling")
    if (
        unwell
        and "job_quality" in barriers
        and not FINE.search(surface.flat)
        and not any(
            f.slot == "employment_type" and f.value in ("zero_hours", "agency") for f in facts
        )
    ):
        return _as(job[0], "in_work_struggling")
    return _as(job[0], "in_work")
