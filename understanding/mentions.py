"""From phrases found to facts: whose they are, how they are asserted, and which do not count."""

from __future__ import annotations

import re
from typing import Any

from understanding.assertion import Judgement, is_plain_question, judge
from understanding.facts import Fact
from understanding.lexicon import HOMONYM, WORKPLACE, Lexicon
from understanding.people import PARTNERS, People, Person
from understanding.phrases import Found, longest
from understanding.surface import Surface
from understanding.work import LOST

# Barriers that are about other people: naming them does not make the fact theirs.
ABOUT_OTHERS = frozenset(
    "domestic_abuse family_relationship caring_responsibilities childcare bereavement employer_adjustments "
    "job_quality low_expectations discrimination leaving_home_alone social_isolation literacy_numeracy "
    "english_language housing digital_skills".split()
)
# Barriers named by one bare word count only as an answer, or where the word *barrier* or the like stands by.
BARE = frozenset("transport travel housing finances caring confidence digital commute travelling literacy rural appeal".split())
NAMED_AS_BARRIER = re.compile(r"\b(?:barriers?|problems?|issues?|trouble|obstacles?|difficult\w*|worries|mainly|biggest|the main)\b")
WANTED = re.compile(
    r"\b(?:wants?|want|looking|would like|would love|keen|hop\w+|try|trying|maybe|thinking|consider\w*|considering|interested|ideally|prefer\w*|suit|only if|could manage|could do|after)\b"
)
BOWEL = re.compile(
    r"\b(?:bowel|colitis|mesalazine|colectomy|stoma|flar\w+|gastro\w*|infliximab|ulcerative|bleeding|ibd|azathioprine|pentasa|colonoscopy|"
    r"steroids|toilet|crohn\w*|biologics?|adalimumab|remission)\b"
)
ISSUE_WITH_BARRIER = frozenset({"sanctioned", "appeal", "overpayment"})
GOAL_OF_OTHERS = re.compile(r"\b(?:want|wants|pushing|push|pressure|pressuring|telling|told|tells|expect\w*|insist\w*) (?:him|her|them|that he|that she)(?: to)?(?: \w+){0,2}$")


def read_facts(surface: Surface, found: list[Found], people: People, lexicon: Lexicon, asked: str | None) -> list[Fact]:
    """Return the facts that ``found`` phrases tell, with whose they are and how they are asserted."""
    found = [f for f in found if not (f.sense.answer and f.sense.slot != asked) and not _is_title(surface, f)]
    kept = _longest(found)
    taken = frozenset(i for f in kept if f.sense.slot in ("conditions", "barriers", "benefits") for i in range(f.first, f.last + 1))
    facts = []
    for one in kept:
        if _too_bare(surface, one, asked) or is_plain_question(surface, one.first) and asked is None:
            continue
        facts.append(_fact(surface, one, people, lexicon, taken))
    return facts


def _longest(found: list[Found]) -> list[Found]:
    """Return the finds that stand; a job may lie inside what would hide an illness ("IT support")."""
    work = [f for f in found if f.sense.slot in ("occupation", "work_status", "employment_type")]
    rest = [f for f in found if f not in work]
    silent = [f for f in rest if f.sense.slot == HOMONYM]
    kept = longest(rest, frozenset({HOMONYM, WORKPLACE}))
    kept += longest([f for f in work if f.sense.slot != "occupation"] + silent, frozenset({HOMONYM}))
    kept += longest([f for f in work if f.sense.slot == "occupation"], frozenset())
    return [f for f in kept if f.sense.slot not in (HOMONYM, WORKPLACE)]


def _is_title(surface: Surface, found: Found) -> bool:
    """ "Ms" before a name is no multiple sclerosis."""
    return found.first == found.last and surface.words[found.first].raw == "Ms"


def _too_bare(surface: Surface, found: Found, asked: str | None) -> bool:
    """A bare "transport" is a barrier as an answer; in a sentence it may be anything."""
    if found.sense.slot != "barriers" or found.first != found.last or asked == "barriers":
        return False
    after = " ".join(w.norm for w in surface.words[found.last + 1 : found.last + 3])
    if re.match(r"(?:fine|ok|okay|sorted|no problem|is (?:fine|ok|sorted|not))\b", after):
        return False
    return surface.words[found.first].norm in BARE and not NAMED_AS_BARRIER.search(surface.flat)


def _fact(surface: Surface, found: Found, people: People, lexicon: Lexicon, taken: frozenset[int]) -> Fact:
    slot, value = found.sense.slot, found.sense.value
    truth: Any = True if slot in lexicon.flags else value
    if slot == "occupation":
        truth = surface.text[slice(*surface.span(found.first, found.last))]
    fact = Fact(slot, truth, found.first, found.last, cue="")
    owner = people.owner[found.first]
    words = " ".join(w.norm for w in surface.words[found.first : found.last + 1])
    if owner is not None and _others(fact, owner, slot, str(value), words):
        return Fact(slot, truth, found.first, found.last, "other_person", owner.word, owner=owner)
    following = people.owner[found.last + 1] if found.last + 1 < len(surface.words) else None
    if slot == "conditions" and following is not None and not following.employer and following.at == found.last + 1:
        # "Her disabled son": the word describes him.
        return Fact(slot, truth, found.first, found.last, "other_person", following.word, owner=following)
    own_negation = frozenset(range(found.first, found.last + 1))
    judged = judge(surface, found.first, found.last, taken | own_negation, benefit=slot in ("benefits", "employment_type", "benefit_issues", "under_secondary_mental_health"))
    return _asserted(surface, fact, judged)


def _others(fact: Fact, owner: Person, slot: str, value: str, words: str) -> bool:
    """Say whether a fact inside ``owner``'s words is theirs."""
    if owner.at >= fact.first and slot != "occupation":
        return owner.at > fact.last
    if owner.employer:
        return slot in ("conditions", "benefits")
    if slot == "barriers":
        if value == "caring_responsibilities":
            # "Nan can't be left": the patient's care; "wife is a carer": the wife's.
            return re.search(r"\b(?:carer|cares|caring|look(?:s|ing) after|minds)\b", words) is not None
        if value == "domestic_abuse":
            return owner.word not in PARTNERS
        return value not in ABOUT_OTHERS or value in ("bereavement", "caring_responsibilities", "literacy_numeracy", "english_language", "digital_skills", "housing", "leaving_home_alone", "social_isolation")
    return True


def _asserted(surface: Surface, fact: Fact, judged: Judgement) -> Fact:
    slot = fact.slot
    before = " ".join(w.norm for w in surface.words[max(0, fact.first - 6) : fact.first])
    clause = re.split(r"[,.;:]| but | and ", before)[-1]
    if slot in ("employment_type", "occupation"):
        if WANTED.search(clause) or re.search(r"\b(?:was|were|used to be|former|ex|trained|qualified|worked|years|old|dream\w*|retrain|become|being|lost)\b(?: \w+){0,3}$", clause):
            if not re.search(r"\b(?:year|years|y) old$", clause.strip()):
                return fact.set("past" if "was" in clause or "worked" in clause or "lost" in clause else "hypothetical", clause.strip())
    last = surface.words[fact.last].raw.lower()
    if slot == "occupation" and fact.first == fact.last and last.endswith("s") and not last.endswith("ss"):
        return fact.set("other_person", "several of them")
    if slot == "occupation" and _is_writer(surface, fact):
        return fact.set("other_person", "the writer")
    if slot == "goal" and GOAL_OF_OTHERS.search(before):
        return fact.set("hypothetical", "wanted by others")
    if slot == "work_status":
        return _status_asserted(surface, fact, judged, clause)
    if slot == "under_secondary_mental_health" and re.match(
        r"(?:referral|referred|assessment|have been asked)", " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    ):
        return fact.set("hypothetical", "only referred")
    if slot == "has_job_offer" and re.search(r"\b(?:withdr\w+|fell through|pulled|rescinded|taken back)\b", surface.flat):
        return fact.set("absent", "withdrawn", True)
    if judged.state == "present":
        return fact
    if slot in ("goal", "job_at_risk", "has_job_offer", "never_worked") and judged.state in ("past", "uncertain"):
        return fact
    if slot == "benefit_issues" and fact.value == "wca_pending" and judged.state != "past":
        return fact
    if slot == "benefit_issues" and judged.state == "hypothetical" and fact.value != "appeal":
        return fact
    return fact.set(judged.state, judged.cue, judged.ruled_out)


WRITER_AFTER = re.compile(r"^(?:here|writing|speaking|calling|asking|visit|says|said|told|thinks|wants|rang|asked|asks|reports|reckons|suggested|suggests|referred|notes?|review|wrote|letter|involved|helping|sorting|appointment|appt)\b")


def _is_writer(surface: Surface, fact: Fact) -> bool:
    """Say whether a job named is the writer's, or that of somebody who helps or reports."""
    after = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    before = surface.words[fact.first - 1].norm if fact.first else ""
    return bool(WRITER_AFTER.match(after)) or before in ("his", "her", "their", "the", "our", "my", "by", "via", "see", "saw", "sees", "to")


def _status_asserted(surface: Surface, fact: Fact, judged: Judgement, clause: str) -> Fact:
    """Work status has its own past ("used to work") and wishes ("wants to be back at work")."""
    following = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 3])
    if re.match(r"(?:commitments?|requirements?|search|history|experience|record|references?|coach|capability|adviser|advisor|programme|email|phone)\b", following):
        return fact.set("hypothetical", following)
    if judged.ruled_out and judged.cue.split()[-1:] not in (["fine"], ["ok"], ["okay"], ["normal"], ["sorted"]):
        return fact.set("absent", judged.cue, True)
    if fact.value in ("in_work", "student", "retired", "volunteering", "in_work_struggling"):
        if re.search(r"\b(?:used to|was|were|previously|formerly|finished|left|dropped out of|done with|quit|lost|before|until|till|gave up|had been|stopped|ex|since|packed in|last|from|starting|start|trained|experience|never)(?: \w+){0,2}$", clause):
            return fact.set("past", clause.strip())
        if re.search(r"\b(?:wants?|want|would|hop\w+|keen|like|love|ready|plan\w*|thinking|about|tried|try|trying|if|when|get|able|should|could|might|help|pushing|wish\w*|offered|semi|fear of|apply\w*|consider\w*)(?: \w+){0,3}$", clause):
            return fact.set("hypothetical", clause.strip())
    if fact.value == "off_sick" and re.search(r"\b(?:never|avoid|not want|want to go|without|nearly|almost|about to|on verge of|rather than|was|were|had been|last|might|may|could|if|does not want|to be)(?: \w+){0,2}$", clause):
        return fact.set("past" if re.search(r"\b(?:was|were|had been)\b", clause) and judged.state == "past" else "present" if re.search(r"\b(?:was|were)\b", clause) else "hypothetical", clause.strip())
    if judged.state == "past" and not re.match(r"(?:till|until)", judged.cue) and fact.value in ("off_sick", "student", "volunteering"):
        return fact.set("past", judged.cue)
    if judged.state == "hypothetical":
        return fact.set("hypothetical", judged.cue)
    if fact.value == "unemployed" and TO_COME.search(clause) and LOST.search(" ".join(w.norm for w in surface.words[fact.first : fact.last + 1])):
        return fact.set("hypothetical", "to come")
    return fact


TO_COME = re.compile(r"\b(?:will|'ll|might|may|could|going to|gonna|about to|threat\w*|if|be|expects?|due to|likely|risk|facing|fear\w*|scared|worried)(?: \w+){0,3}$")


def refine(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return the facts after those rules that need to see several: homonyms by context, sites of an illness, what follows."""
    out: list[Fact] = []
    for fact in facts:
        if fact.slot == "benefits" and fact.value == "uc" and _bowel(surface, fact, facts):
            fact = Fact("conditions", "gastrointestinal", fact.first, fact.last, fact.state, "bowel", fact.ruled_out)
        out.append(fact)
    joints = {f.first for f in out if f.slot == "conditions" and f.value == "osteoarthritis" and f.present}
    out = [
        f
        for f in out
        if not (
            f.slot == "conditions"
            and f.value in ("lower_limb", "upper_limb")
            and any(abs(f.first - j) <= 4 and surface.sentence[f.first] == surface.sentence[j] for j in joints)
        )
    ]
    for fact in list(out):
        if fact.slot == "benefit_issues" and fact.value in ISSUE_WITH_BARRIER and fact.state == "present":
            out.append(Fact("barriers", "benefit_problem", fact.first, fact.last, cue=str(fact.value)))
        if fact.slot == "work_status" and fact.cue == "to come":
            out.append(Fact("job_at_risk", True, fact.first, fact.last, cue="to come"))
        if fact.slot == "employment_type" and fact.value == "zero_hours" and fact.present:
            out.append(Fact("barriers", "job_quality", fact.first, fact.last, cue="zero hours"))
    out += _swapped_site(surface) + _denied(surface) + _contrasted(surface, out) + _hours(surface, out)
    out += _looking(surface, out)
    out += _measures(surface, out)
    return out


def _bowel(surface: Surface, fact: Fact, facts: list[Fact]) -> bool:
    near = " ".join(w.norm for w in surface.words[max(0, fact.first - 7) : fact.last + 8])
    return bool(BOWEL.search(near)) and not re.search(r"\b(?:claim\w*|credit|lcw\w*|on uc|benefit (?:since|for)|jobcentre|journal)\b", near)


# What is denied in words that name no illness ("doesn't drink").
DENIALS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("conditions", "alcohol_dependence", re.compile(r"\b(?:(?:does|do|did|is) not (?:\w+ )?drink(?:ing)?|(?:denies|denied|denying) (?:any )?(?:alcohol|drinking|drink|etoh)|never (?:drinks|drank|touches a drop|touched a drop)|non - drinker|non drinker|teetotal|tee total|no alcohol|alcohol nil|drinks? nothing)\b(?! (?:much|enough))")),
    ("conditions", "drug_dependence", re.compile(r"\b(?:(?:denies|denied|denying) (?:any )?(?:drugs|drug use|substances?|substance use)|(?:does|do) not (?:use|take|do|touch) drugs|no drugs|no drug use|never (?:touched|used|taken) drugs|nor drugs|drugs nil)\b")),
    ("conditions", "gambling", re.compile(r"\b(?:does|do) not (?:gamble|bet)\b")),
    ("conditions", "cardiovascular", re.compile(r"\bheart (?:is |was )?(?:fine|ok|okay|no|normal|clear|sound)\b|\bbp (?:is |was )?(?:fine|ok|okay|normal|good|perfect)\b")),
    ("conditions", "respiratory", re.compile(r"\b(?:lungs|chest) (?:are |is |was |were |both )?(?:fine|ok|okay|no|normal|clear|sound)\b")),
    ("barriers", "offending_history", re.compile(r"\b(?:no|without a|has no|not got a) (?:criminal |police |previous )?(?:record|convictions?)\b(?! of| keeping)|\bclean dbs\b|\bdbs (?:is |was )?(?:clean|clear|fine)\b")),
    ("barriers", "caring_responsibilities", re.compile(r"\b(?:not (?:a )?carer|is not caring|no caring (?:responsibilities|duties|role)|does not care for)\b")),
    ("barriers", "childcare", re.compile(r"\bno child care (?:issues?|problems?|needs?|worries)\b")),
    ("barriers", "debt_finance", re.compile(r"\b(?:no money (?:worries|problems|troubles)|no financial (?:problems|worries|difficulties)|money (?:is |'s )?(?:fine|ok|not a problem))\b")),
)


def _denied(surface: Surface) -> list[Fact]:
    found = []
    for slot, value, pattern in DENIALS:
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            found.append(Fact(slot, value, first, last, "absent", match.group(), ruled_out=True))
    return found


SITES: dict[str, str] = {
    "back": "back_pain", "neck": "neck_shoulder", "shoulder": "neck_shoulder", "knee": "lower_limb", "hip": "lower_limb",
    "ankle": "lower_limb", "foot": "lower_limb", "leg": "lower_limb", "wrist": "upper_limb", "hand": "upper_limb",
    "elbow": "upper_limb", "arm": "upper_limb",
}  # fmt: skip
SITE = "|".join(SITES)
SITE_AT_FAULT = re.compile(
    rf"\b(?:just (?:his|her|the) ({SITE})(?! (?:of|to|home|from|pay|in))|(?:his|her) (?:bad |left |right )?({SITE})s? (?:that )?(?:'s|is|are) (?:what 's |what is )?"
    rf"(?:stopping|the (?:problem|issue|trouble)|holding|killing|playing|gone|agony|limiting)|off (?:sick |work )?\S+ (?:weeks?|months?|days?) (?:with |for )?(?:his |her |a )?(?:bad )?({SITE})\b)"
)
SWAPPED = re.compile(rf"\b(?:it 's|it is|it was|its|'s|is) (?:his|her|the) ({SITE})s? ?,? (?:and )?not (?:his|her|the) ({SITE})s?\b")


def _swapped_site(surface: Surface) -> list[Fact]:
    """ "It was his neck not his back"."""
    fault = SITE_AT_FAULT.search(surface.flat)
    match = SWAPPED.search(surface.flat)
    if match is None and fault is not None:
        site = next(g for g in fault.groups() if g)
        at = surface.word_at(fault.start(fault.lastindex or 0))
        return [Fact("conditions", SITES[site], at, at, cue=fault.group())]
    if match is None:
        return []
    first, last = surface.word_at(match.start(1)), surface.word_at(match.start(2))
    return [
        Fact("conditions", SITES[match.group(1)], first, first, cue="corrected"),
        Fact("conditions", SITES[match.group(2)], last, last, "absent", "not", ruled_out=True),
    ]


NOT_THE_PATIENT = re.compile(r"^[^.;]{0,25}?(?:,|but|though) (?:he|she|patient|they)(?: himself| herself)? (?:has|does|is|have|do) not(?: got| have)?(?: it)?(?= (?:,|\.|;)| ?$)")


def _contrasted(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """ "Twin has anorexia, she hasn't": said of the patient as well."""
    found = []
    for fact in facts:
        if fact.state == "other_person" and fact.slot == "conditions":
            after = " ".join(w.norm for w in surface.words[fact.last + 1 : fact.last + 16])
            if NOT_THE_PATIENT.match(after):
                found.append(Fact(fact.slot, fact.value, fact.first, fact.last, "absent", "she/he has not", ruled_out=True))
    return found


HOURS = re.compile(r"\b(\d\d?|twelve|fifteen|sixteen|twenty|ten|eight) hours?\b(?! (?:a day|day|shift|shifts|sleep|late|wait|ago|each|away|every day|there|of|later|on the|straight|a night|night|round))")


def _hours(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Up to thirty hours in a job held is part-time."""
    match = HOURS.search(surface.flat)
    if match is None:
        return []
    held = any(f.slot in ("occupation", "work_status", "employment_type") and f.present for f in facts)
    placed = re.match(r" ?(?:a week |weekly |per week )?(?:in|at|as|on|for) ", surface.flat[match.end() :])
    if not held and not placed:
        return []
    if match.group(1).isdigit() and not 4 <= int(match.group(1)) <= 30:
        return []
    first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
    before = surface.flat[max(0, match.start() - 40) : match.start()]
    if WANTED.search(before) or "zero" in before:
        return []
    job = [] if held else [Fact("work_status", "in_work", first, last, cue=match.group())]
    return [Fact("employment_type", "part_time", first, last, cue=match.group()), *job]


BECOME = re.compile(r"\b(?:wants|would like|would love|hopes|hoping|dreams|keen) (?:to be|to become|of being|of becoming) an? (?!bit|burden|while|mum|dad|good|better|normal|part)\w+")
# A job that no list holds: a word for a role at the start of a clause ("transport manager, …").
ROLE = re.compile(
    r"(?:^|, |\. |; |\) |- |\d\d |\d\d[fm] |\ban? |\bas |\blad |\bman |\blady )((?:(?!patient|key|social|case|support|line|ward|work|care|his|her|the|same|old|area|shift|youth|link|health|drugs?|alcohol|housing|benefits?|debt|practice|community|mental|bed|head)\w+ ){0,2}"
    r"(?:manager|warden|officer|assistant|worker|operative|operator|driver|attendant|technician|coordinator|supervisor|inspector|handler|fitter|keeper|controller|clerk|agent|maker|cleaner|packer|loader|carer|sorter|picker|trainer|instructor|nurse|cook|planner|buyer|merchandiser|stylist|dresser|setter|turner|grinder|finisher|polisher|joiner|monitor|steward|guard|escort|caretaker|porter))(?= (?:,|\.|;|-|at|in|for|with|on|off|who|but|still|\)|and|from|since|now)| ?$)"
)
SHIFTS = re.compile(r"(?:^|, |\. |; |\d\d )((?:bakery|warehouse|factory|care|hospital|cafe|shop|supermarket|pub|bar|kitchen|depot|mill|office|retail|security|cleaning|council|hotel|restaurant|call centre|amazon|tesco|asda|morrisons|aldi|lidl|boots|greggs|post office|royal mail) (?:nights|days|job|shifts|earlies|lates|work))(?= (?:,|\.|;|-|and|but|no|with|off)| ?$)")
STUDY = re.compile(r"(?:^|, |\. |; |\d\d |\d\d[fm] |send |- )((?:send )?(?:college|university|sixth form))(?= (?:,|\.|;|-|till|until|full|part|doing|student|course|\d)| ?$)")


def _role(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return a job named by a role or a place with shifts, where no listed job was found."""
    if any(f.slot == "occupation" for f in facts):
        return []
    for pattern in (ROLE, SHIFTS):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start(1)), surface.word_at(match.end(1) - 1)
            text = surface.text[slice(*surface.span(first, last))]
            fact = Fact("occupation", text, first, last, cue="role")
            before = surface.flat[: match.start(1)].split()[-4:]
            if not WANTED.search(" ".join(before)) and not _is_writer(surface, fact) and not {"was", "ex", "former"} & set(before):
                return [fact]
    return []


def _study(surface: Surface, facts: list[Fact]) -> list[Fact]:
    if any(f.slot == "work_status" for f in facts):
        return []
    match = STUDY.search(surface.flat)
    if match is None:
        return []
    first, last = surface.word_at(match.start(1)), surface.word_at(match.end(1) - 1)
    return [Fact("work_status", "student", first, last, cue=match.group(1))]


def _looking(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """A bare "looking" at the end of a clause is looking for work."""
    become = BECOME.search(surface.flat)
    found = []
    if become:
        first, last = surface.word_at(become.start()), surface.word_at(become.end() - 1)
        found.append(Fact("goal", "find_work", first, last, cue=become.group()))
    found += _role(surface, facts) + _study(surface, facts)
    goals = {i for f in facts for i in range(f.first, f.last + 1) if f.slot == "goal"}
    for i, word in enumerate(surface.words):
        following = surface.words[i + 1].norm if i + 1 < len(surface.words) else "."
        before = [w.norm for w in surface.words[max(0, i - 2) : i]]
        if word.norm == "looking" and i not in goals and following in (".", ",", ";", "\n", ")", "and", "but", "hard", "now"):
            if not {"not", "is", "good", "nice", "been", "rough"}.intersection(before[-1:]) and "not" not in before:
                found += [Fact("work_status", "unemployed", i, i, cue="looking"), Fact("goal", "find_work", i, i, cue="looking")]
    return found


_BMI = re.compile(r"\bbmi (?:of |is |was |now |over |above |= |: |> |still |up to )?(\d\d)\b")
_UNITS = re.compile(r"\b(\d{2,3}) ?(?:\+ )?units(?: (?:a|per|each|every|/))?(?: (?:week|wk|night|day))?\b")
_STONE = re.compile(r"\b(\d\d) ?stone\b")


def _measures(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """A body-mass index of 30 and more, or drinking that no guideline allows, said as a number."""
    found = []
    for pattern, least, value in ((_BMI, 30, "obesity"), (_UNITS, 35, "alcohol_dependence"), (_STONE, 19, "obesity")):
        for match in pattern.finditer(surface.flat):
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            if int(match.group(1)) >= least and not is_plain_question(surface, first):
                found.append(Fact("conditions", value, first, last, cue=match.group()))
    return found
