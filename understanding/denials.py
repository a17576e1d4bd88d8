"""What is denied in words that name no illness and no barrier ("doesn't drink", "runs a car").

A clinician who goes through a list says of most of it that it is all right. Each row holds the words by which
one thing is said to be so; where they stand over a mention of the same thing, they are what counts.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface

_FINE = (
    r"(?:(?:is|are|'s|was|were|all|both|seems?|looks?) )*(?:absolutely |perfectly |very |"
    r"quite |pretty |all )?"
    r"(?:fine|ok|okay|good|great|sound|solid|stable|secure|settled|sorted|grand|in hand|covered|"
    r"no (?:problem|problems|issue|issues|bother|worry|worries|trouble)|"
    r"not (?:a |an |the |any )?(?:problem|issue|issues|worry|barrier|concern|bother|trouble))"
)
_NO_TROUBLE = r"(?:no|nil|never any|not any|without|denies|denies any|zero) (?:\w+ )?"
_TROUBLE = (
    r"(?:problems?|issues?|worr(?:y|ies)|troubles?|concerns?|difficult(?:y|ies)|"
    r"bother|barriers?|needs?)"
)


def _usual(topic: str, *more: str) -> str:
    """Return the usual ways to say that ``topic`` (a pattern) is no trouble, and ``more`` of its own."""
    plain = (
        rf"(?<!get )(?:{topic}) {_FINE}(?! (?:until|till|before|but|enough))",
        rf"{_NO_TROUBLE}(?:{topic})(?:'s)? {_TROUBLE}",
        rf"no {_TROUBLE} (?:with|about|over|re|around|in) (?:the |his |her |their |any "
        rf")?(?:{topic})",
    )
    return "|".join(f"(?:{p})" for p in (*plain, *more))


_ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "conditions",
        "alcohol_dependence",
        r"(?:does|do|did|is) not (?:\w+ )?drink(?:ing)?(?! (?:much|enough))|(?:denies|denied|"
        r"denying) (?:any )?"
        r"(?:alcohol|drinking|drink|etoh)|never (?:drinks|drank|touches a drop|touched a "
        r"drop)|non - drinker|"
        r"non drinker|teetotal|tee total|tt now|no alcohol|alcohol nil|drinks? nothing|"
        r"(?:not|never) (?:drunk|touched|had) a drop|only drinks (?:tea|water|pop|squash)|"
        r"signed the pledge",
    ),
    (
        "conditions",
        "drug_dependence",
        r"(?:denies|denied|denying) (?:any )?(?:drugs|drug use|substances?|substance use)|"
        r"(?:does|do) not (?:use|take|do|touch) drugs|no drugs|no drug use|"
        r"never (?:touched|used|taken|tried|done) (?:any )?drugs|nor drugs|drugs nil",
    ),
    (
        "conditions",
        "gambling",
        r"(?:does|do) not (?:gamble|bet)|never (?:gambled|bets|placed a bet)",
    ),
    (
        "conditions",
        "cardiovascular",
        r"heart (?:is |was )?(?:fine|ok|okay|no|normal|clear|sound)|bp (?:is |was )?(?:fine|"
        r"ok|okay|normal|"
        r"good|perfect)|chest pain .{0,40}?(?:ruled |was |is )?(?:non|not) - ?cardiac|"
        r"chest pain .{0,40}?ruled non ?cardiac",
    ),
    (
        "conditions",
        "respiratory",
        r"(?:lungs|chest) (?:are |is |was |were |both )?(?:fine|ok|okay|no|normal|clear|sound)",
    ),
    (
        "conditions",
        "depression",
        r"no mood (?:issues?|problems?|disorder|symptoms)",
    ),
    (
        "conditions",
        "back_pain",
        r"(?:nothing (?:wrong|amiss|the matter) with (?:his|her|the) back|"
        r"back (?:is |scan |x - ray |mri )*(?:clear|fine|ok|normal)(?= (?:,|\.|;|and|$)))",
    ),
    (
        "conditions",
        "neck_shoulder",
        r"(?:neck|shoulders?) (?:is |scan |x - ray |mri |was )*(?:clear|fine|ok|normal)(?= "
        r"(?:,|\.|;|and|as|$))",
    ),
    (
        "barriers",
        "offending_history",
        r"(?:no|without a|has no|not got a) (?:criminal |police |previous )?(?:record|convictions?)"
        r"(?! of| keeping)|clean dbs|(?:dbs|record) (?:is |was |'s )?(?:clean|clear|fine|spotless)|"
        r"never (?:been )?in (?:any )?(?:bother|trouble) with (?:the )?(?:police|law)|"
        r"never (?:been )?(?:arrested|in trouble|in court|convicted)|no offending(?: "
        r"history)?|no forensic history",
    ),
    (
        "barriers",
        "caring_responsibilities",
        r"not (?:a )?carer|is not caring|no caring (?:responsibilities|duties|role)|does not "
        r"care for|"
        r"no dependants|no one to care for",
    ),
    (
        "barriers",
        "childcare",
        _usual(
            "child ?care|nursery",
            r"no kids so no child ?care (?:issue|problem|need)",
            r"so child ?care is not",
        ),
    ),
    (
        "barriers",
        "debt_finance",
        _usual(
            "money|financ\\w+|debts?|bills|rent|mortgage",
            r"(?:no|nil|without|zero|not in) debts?",
            r"(?:owes|owe|owing) (?:nobody|no one|nothing|nowt)(?: a (?:bean|penny))?",
            r"(?:debt|mortgage) free|comfortably off|well off|savings in the bank|financially "
            r"(?:secure|stable|ok|fine)",
        ),
    ),
    (
        "barriers",
        "housing",
        _usual(
            "housing|accommodation|tenancy|flat|roof over (?:his |her |their )?head",
            r"not homeless|(?:own|secure|safe|nice|good|council) (?:home|house|tenancy|"
            r"accommodation) "
            r"(?:is )?(?:secure|paid off|no worries)|owns (?:his|her|their) (?:own )?(?:home|"
            r"house|flat)(?! but)",
        ),
    ),
    (
        "barriers",
        "transport",
        _usual(
            "transport|travel|travelling|commute|getting (?:there|about|to work|around)",
            r"(?:(?:runs|drives|has|got) (?:a |his |her |their )|owns (?:a |his |her |their "
            r")?)(?:own )?car(?! (?:crash|"
            r"accident|park|loan|off|but))"
            r"(?! .{0,25}(?:sold|broke|off the road|failed|mot|repossess|afford|insur))",
            r"(?:drives|driving) (?:himself|herself)|(?:has |got |in )?(?:his |her |"
            r"their )?own (?:car|wheels|van|transport)"
            r"(?= (?:,|\.|;|and|so|outside|no)| ?$)|(?:he|she|they) drives?(?= (?:,|\.|;)| ?$)|"
            r"bus (?:stops|goes) (?:right )?(?:outside|"
            r"past)",
        ),
    ),
    (
        "barriers",
        "literacy_numeracy",
        _usual(
            "reading|writing|literacy|numeracy|maths|spelling|forms",
            r"(?:reads|writes|reads and writes) (?:fine|well|perfectly|for pleasure|\w+ "
            r"novels|the \w+ daily)",
            r"(?:can|able to) (?:read|write|read and write) (?:fine|well|ok|okay|perfectly|no "
            r"problem|without)|"
            r"good with (?:numbers|figures|words)|avid reader|bookworm|great reader",
        ),
    ),
    (
        "barriers",
        "digital_skills",
        _usual(
            "computers?|it|digital|internet|online|technology|emails?",
            r"(?:good|fine|confident|competent|handy|whizz|ace|great|comfortable) (?:with|on|"
            r"at|using) (?:a |the )?"
            r"(?:computers?|laptop|it\b|internet|technology|online)|(?:computer|it) literate|"
            r"it savvy|tech savvy",
        ).replace("(?:computers?|it|", "(?:computers?|", 1),
    ),
    (
        "barriers",
        "english_language",
        _usual(
            "english|language",
            r"(?:speaks|has|with|her|his) (?:very )?(?:good|perfect|excellent|fluent|great|"
            r"decent) english",
            r"(?:perfect|fluent|excellent|faultless|flawless) (?:spoken )?english|english "
            r"(?:is )?(?:is |'s )?"
            r"(?:perfect|fluent|excellent|grand|better than|as good as)|fluent (?:now|in "
            r"english)|fluent english",
            r"(?:no|without an|not need an?) interpreter(?: needed| required)?",
        ),
    ),
    (
        "barriers",
        "social_isolation",
        r"not (?:at all )?(?:lonely|isolated|alone|on (?:his|her) own)|(?:plenty|loads|lots|"
        r"any number|bags) of "
        r"(?:mates|friends|company|pals)|(?:good|big|wide) (?:circle|network|group) of friends|"
        r"plenty (?:mates|friends)|never (?:short of company|lonely)|lives alone and (?:likes|"
        r"loves|happy)|"
        r"(?:very |really )?sociable|sees (?:them|friends|mates|family) (?:daily|every day|"
        r"most days)",
    ),
    (
        "barriers",
        "leaving_home_alone",
        r"out (?:and about )?(?:every day|daily|and about|all the time|most days)|goes (?:out|"
        r"everywhere) (?:alone|"
        r"on (?:his|her) own|by (?:himself|herself)|happily|fine)|gets out (?:and about|fine|"
        r"every day|daily)|"
        r"not housebound",
    ),
    (
        "barriers",
        "family_relationship",
        _usual(
            "family|marriage|relationship|home life|home",
            r"(?:family|families|husband|wife|partner|parents) (?:is |are |all |very |right |"
            r"firmly |fully |solidly )*"
            r"(?:supportive|behind (?:him|her|them)|a great support|rallied|brilliant|lovely|"
            r"close)",
            r"(?:happily|solidly) married|happy (?:marriage|home life)|supportive "
            r"(?:family|husband|wife|partner|"
            r"home)|close family|good (?:marriage|relationship)|(?:own )?relationship good",
        ),
    ),
    (
        "barriers",
        "domestic_abuse",
        r"feels (?:perfectly |quite |completely |entirely )?safe|safe at home|no (?:one|body) "
        r"(?:is )?hurting|"
        r"no (?:dv|da|abuse|violence|domestic abuse|domestic violence)\b(?! (?:worker|support|"
        r"referral|now))|"
        r"(?:dv|da|domestic (?:abuse|violence)|violence at home|abuse) .{0,25}?(?:denie[sd]|"
        r"none|no concerns?|nil|negative)",
    ),
    (
        "barriers",
        "employer_adjustments",
        r"(?:boss(?:es)?|employers?|manager|gaffer|firm|company|school|work|employer 's|boss "
        r"'s|hr|they) (?:is |are |has |have |"
        r"'s |been |being |really |all |very |so |absolutely |could not be |can not be "
        r")*(?:been )?(?:great|brilliant|fab|fabulous|lovely|"
        r"supportive|wonderful|superb|excellent|understanding|fantastic|amazing|ace|good as gold|"
        r"a saint|a star|helpful|accommodating|more helpful|kinder|nicer|bent over backwards|"
        r"on (?:his|her) side)(?! to (?:everyone|others))|"
        r"no (?:problems?|issues?|trouble|bother) (?:with|about|over|getting) (?:the |any "
        r")?adjustments|"
        r"(?:boss|employer|manager|firm|gaffer|work|they) can not do enough|adjustments "
        r"(?:are |is |have |been )*"
        r"(?:all )?(?:done|in place|made|sorted|agreed)|(?:all|every) adjustments? (?:done|"
        r"made|in place|agreed)|"
        r"(?:boss|employer|manager|work|gaffer) (?:is not|are not|not|is n't) (?:the |a "
        r")?(?:problem|issue)|"
        r"bent over backwards|supportive (?:boss|employer|manager|gaffer|firm|company|workplace)|"
        r"(?:great|lovely|good|brilliant) (?:boss|employer|manager|gaffer)",
    ),
    (
        "barriers",
        "job_quality",
        r"(?:it is|it 's|its) not the job\b(?! (?:he|she|it))|permanent contract , (?:good "
        r")?pension|loves (?:the|his|her) job",
    ),
    (
        "barriers",
        "skills_qualifications",
        r"every ticket going|(?:well|highly|fully|more than) qualified|has (?:a degree|all "
        r"the tickets|every certificate)",
    ),
    (
        "barriers",
        "benefit_worry",
        r"no (?:worries|worry|fears?|concerns?) about (?:losing )?(?:the |his |her )?(?:money|"
        r"benefits?|uc|pip)(?: if| by)?",
    ),
    (
        "barriers",
        "benefit_problem",
        r"never (?:been )?sanctioned|no (?:appeals?|sanctions?|overpayments?)(?: running| "
        r"pending)?|"
        r"not (?:been )?sanctioned|benefits? (?:are |is |all |'s )*(?:in order|in payment|"
        r"sorted|fine)",
    ),
    (
        "barriers",
        "confidence",
        r"no lack of confidence|plenty of confidence|(?:very |really )confident(?! that)",
    ),
)
_DENIALS = tuple((slot, value, re.compile(rf"\b(?:{words})(?!\w)")) for slot, value, words in _ROWS)
_UNSAID = re.compile(
    r"\b(?:if|until|till|when|used to|was|were|wants?|needs?|would|no longer|hopes?|could)(?: "
    r"\w+){0,2}$"
)


# "No health problems": nothing of the kind at all, said unasked.
_NO_ILLNESS = re.compile(
    r"\b(?:no|nil|not any|without any|denies any|not got any|not have any|never had any) (?:(?:known|"
    r"significant|long|term|-|ongoing|current|underlying|real|other|particular|active|past) )*"
    r"(?:(?:physical|mental|medical) (?:or|and|/) (?:physical|mental|medical) )?(?:health|medical) "
    r"(?:probs?|problems?|issues?|conditions?|complaints?|concerns?|worries|troubles?)\b|"
    r"\b(?:no|nil) (?:significant )?(?:pmh|past (?:medical )?history|medical history)\b|"
    r"\b(?:pmh|past history) (?:: |- )?(?:nil|none)\b|"
    r"\b(?:fit and well|fit and healthy|in good health|perfectly healthy|otherwise (?:healthy|fit))\b"
    r"(?! (?:until|till|before|again|enough))"
)


def says_no_illness(surface: Surface, facts: list[Fact], others: list[bool]) -> bool:
    """Say whether the message says of the patient, who has no illness in it, that there is none.

    ``others[i]``: whether word ``i`` is another person's.
    """
    if any(f.slot == "conditions" and f.holds for f in facts):
        return False
    return any(
        not others[surface.word_at(m.start())]
        and not _UNSAID.search(surface.flat[max(0, m.start() - 40) : m.start()].strip())
        for m in _NO_ILLNESS.finditer(surface.flat)
    )


# Praise ("employer great") rules nothing out unless a clinician goes through a list.
_OUTRIGHT = re.compile(
    r"\b(?:no|not|nil|never|denie[sd]|denying|without|nobody|none|zero|free|teetotal|nothing|"
    r"spotless|clean|clear)\b"
)


def find_denials(surface: Surface, others: int = 0) -> list[Fact]:
    """Return what the message says is not so, in words that name no illness and no barrier.

    ``others``: how many things the message rules out besides.
    """
    found = []
    for slot, value, pattern in _DENIALS:
        for match in pattern.finditer(surface.flat):
            near = surface.flat[max(0, match.start() - 80) : match.start()]
            before = re.split(r"[,.;:]", near)[-1].strip()
            if _UNSAID.search(before):
                continue
            first, last = surface.word_at(match.start()), surface.word_at(match.end() - 1)
            found.append(Fact(slot, value, first, last, "absent", match.group(), ruled_out=True))
    listed = len({f.value for f in found}) + others > 1
    return found if listed else [f for f in found if _OUTRIGHT.search(f.cue)]


def with_denials(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return ``facts`` with what is denied; a mention inside the words of a denial is part of it."""
    denied = find_denials(
        surface,
        sum(
            f.ruled_out and f.owner is None and f.slot in ("conditions", "barriers") for f in facts
        ),
    )
    if not denied:
        return facts
    kept = [
        f
        for f in facts
        if not any(
            d.slot == f.slot and d.value == f.value and d.first <= f.last and f.first <= d.last
            for d in denied
        )
    ]
    return kept + denied
