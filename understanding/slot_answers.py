"""Short answers that say a value only because its question was just asked: "off", "keep it", "just us".

One table a key, tried in order; the first that fits counts. They speak only where no phrase of the
vocabulary gave the key a value, and only in short answers.
"""

from __future__ import annotations

import re

# Longer replies are read as messages.
LONGEST_ANSWER = 14

_WORK = r"(?:job|post|place|role|position|work|business|contract|career)"
_NEG = r"(?:no|not|never|nothing|none|nowt|nil|nobody|no one|nope|nah)"

_TABLES: dict[str, tuple[tuple[object, str], ...]] = {
    "work_status": (
        (
            "economically_inactive",
            r"\bnot (?:look\w*|seeking|after|bothered|want\w*|interested)\b|\bnever "
            r"had \w+ job and not\b",
        ),
        (
            "economically_inactive",
            r"\b(?:at home|home) (?:with|minding|raising|looking after)\b|\bcar(?:es|"
            r"ing|er) (?:for|of)\b|\b(?:full time|home) carer\b",
        ),
        (
            "economically_inactive",
            r"^(?:(?:he|she|they|is|'s|are|no|just|still|now|,) )*(?:not (?:able|fit|well enough|up|"
            r"required|capable)|unable|can not|could not|incapable|too (?:ill|poorly|unwell|sick|"
            r"disabled|frail))(?: (?:to|of|for|it|do it|work|working|manage|any|at all|at the moment|now|"
            r"currently|really))*[ .!]*$",
        ),
        (
            "in_work_struggling",
            r"\b(?:by a thread|only just|barely|just about|struggl\w+|but (?:not|"
            r"it 's|finding|find|hard|can not))\b",
        ),
        (
            "off_sick",
            r"^(?:(?:is|still|currently|now|he 's|she 's|been|at present) )*(?:off|"
            r"sick|poorly|off with \w+|off it)(?: (?:at the moment|now|currently|"
            r"again|with it|ill|today))*$",
        ),
        ("volunteering", r"\b(?:volunt\w+|unpaid)\b"),
        ("student", r"\b(?:uni|university|college|sixth form|school|course|studying|a levels)\b"),
        ("retired", r"\b(?:retired|pension|drew his|drew her)\b"),
        (
            "unemployed",
            r"^(?:he 's |she 's |still |is |been )*(?:looking|job hunting|nothing|"
            r"nowt|none|no|without)\b|\b(?:lost it|not any more|no longer|signing "
            r"on)\b",
        ),
        (
            "in_work",
            r"^(?:he |she |they |yes ,? ?|still |now )*(?:drives|teaches|cleans|"
            r"cooks|nurses|runs|manages|sells|delivers|serves|packs|fits|does|"
            r"has|got) (?!no\b|not\b|none\b|nothing\b)(?:a |an |the |for |his |her |some )?\w+",
        ),
        (
            "in_work",
            r"^(?:yes|yep|yeah|aye|still in|in|at it|still at it|full time|part "
            r"time|self employed|busy)\b",
        ),
    ),
    "goal": (
        (
            "not_now",
            r"^(?:to )?(?:be )?(?:left alone|leave (?:it|him|her)|rest|recover\w*|"
            rf"get (?:better|well)|nothing|none|{_NEG} (?:yet|now|plans?|idea of "
            r"working))\b|\bjust (?:wants? )?(?:to )?(?:get|rest|recover)\w* ?(?:better|"
            rf"well|right)?\b.{{0,12}}first\b",
        ),
        ("not_now", r"\bnot (?:till|until|before)\b(?!.{0,12}\bleav)"),
        (
            "not_now",
            r"\b(?:get|getting) (?:better|well|right|himself right|herself right) "
            r"first\b|\b(?:not|too) (?:ready|soon|ill|poorly|bothered|interested|"
            r"fussed|yet)\b|\bpark\w* it\b|\bmaybe (?:later|next)\b",
        ),
        (
            "change_job",
            r"^(?:to )?(?:leave|get out|quit|move|move on|a change|change|swap|"
            r"switch|retrain\w*)\b|\b(?:another|different|new|better|lighter|easier|"
            rf"other) {_WORK}\b|\b(?:something|somewhere|anything|anywhere) (?:else|"
            r"different|lighter|easier|new|less)\b|\bout of (?:there|it|that place|"
            r"here)\b|\belsewhere\b",
        ),
        (
            "return_to_work",
            r"^(?:to |wants? |he |she |hop\w+ |get |getting |be |go |going |return\w* "
            r"?|straight |ease |phased )*(?:back|return\w*)\b|^(?:the |his |her "
            r")?(?:same|old|usual) (?:job|place|role|post|firm|work)\b|\b(?:go|"
            r"get|be|going|getting|wants?) back\b|\breturn to\b|\bphased\b",
        ),
        (
            "stay_in_work",
            r"\b(?:keep|keeping|hold|holding|hang|hanging|stick|sticking|stay|"
            r"staying|remain\w*|carry|carrying|cling\w*|save|protect)\b(?!.{0,10}off)|"
            r"\bnot (?:to )?(?:lose|losing|go off|leave)\b|^as (?:he|she) is$",
        ),
        (
            "find_work",
            r"\b(?:a|any|some|first|paid|proper|part time|full time|little|decent) "
            rf"(?:\w+ )?(?:{_WORK}|hours|start|employment|wage|shifts)\b|^(?:to "
            r")?(?:find|get|land|start|earn|work|working|employment|jobs?|anything|"
            r"something|look\w*|apprenticeship|training|a trade|a wage|paid)\b|"
            r"\b(?:a start|into work|anything going|a chance)\b",
        ),
    ),
    "never_worked": (
        (
            False,
            r"\b(?:has|have|had|did|he 's|she 's|been|used to|was|were|worked|"
            r"jobs?|years ago|yrs ago|in the (?:past|\d0s|eighties|nineties)|before|"
            r"cash in hand|work)\b(?!.{0,20}\bnever\b)(?<!never worked)(?<!never "
            r"had)(?<!not had)(?<!never been)",
        ),
        (
            True,
            r"^(?:no ,? ?|yes ,? ?|that 's right ,? ?|correct ,? ?|afraid )*(?:never|"
            r"not (?:a|one|once|ever|so much|even)|not in|none ever|nothing ever)\b",
        ),
    ),
    "has_job_offer": (
        (
            False,
            r"\b(?:fell through|withdrawn|rescinded|interviews?|waiting (?:to "
            r"hear|on)|applied|applying|lined up ?$(?<!has one lined up)|no offers?|"
            rf"hoping|still looking|{_NEG}\b.{{0,14}}(?:lined up|yet|firm|definite|"
            r"concrete|offer\w*|so far))\b",
        ),
        (
            True,
            r"\b(?:start(?:s|ing)?|begins?|got (?:one|it|a|the)|landed|promised|"
            r"offered|accepted|signed|lined up|has one|confirmed|job at|in the "
            r"bag|contract)\b",
        ),
    ),
    "job_at_risk": (
        (
            False,
            r"\b(?:safe|secure|supportive|fine|great|brilliant|good|lovely|no "
            r"(?:risk|threat|worries|danger)|not (?:at risk|that|as far|so far|"
            r"yet|really)|solid|understanding|held|open for)\b",
        ),
        (
            True,
            r"\b(?:warning|capability|disciplinar\w+|threat\w*|redundan\w+|sack|"
            r"sacked|dismiss\w*|hr|at risk|on the line|could be|might be|may be|"
            r"probably|possibly|likely|thinks so|worried|hanging|thin ice|rid "
            r"of|close|closing|finish|last chance|notice|trigger|review)\b",
        ),
    ),
    "under_secondary_mental_health": (
        (
            False,
            r"\b(?:discharg\w+|dischargd|just (?:us|me|gp|talking|the gp|iapt)|"
            r"(?:gp|us|primary care|surgery|talking therapies|iapt|counsell\w+|"
            r"therapist) only|only (?:us|me|gp|primary care|talking|iapt|counsell\w+)|"
            r"waiting list|on the list|wait\w*|referred|not (?:any more|now|since|"
            r"currently|open|yet|seen)|no longer|used to be|in the past|years "
            rf"ago|{_NEG}|primary care)\b",
        ),
        (
            True,
            r"\b(?:psych\w*|cpn|cmht|team|section|care co\w*|early intervention|"
            r"depot|clozapine|crisis|consultant|mental health nurse|hospital)\b",
        ),
    ),
    "pregnant_or_postnatal": (
        (False, rf"^(?:{_NEG})\b"),
        (
            True,
            r"\b(?:\d\d?/40|due|pregnan\w+|expecting|baby|weeks|trimester|postnatal|"
            r"gave birth|months old|born|bump)\b",
        ),
    ),
}
_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "benefits": (
        (
            "none",
            r"\b(?:not (?:a penny|a bean|entitled|on any\w*|claiming|on owt|getting "
            r"any\w*)|is not on (?:any\w*|owt)|claims? (?:nothing|nowt|none|no)|"
            r"full (?:sick )?pay|nothing claimed|does not claim|no claim\w*|living "
            r"off (?:savings|his|her))\b",
        ),
        ("carers_allowance", r"\bcarers?\b(?! (?:element|assessment))"),
        ("ssp", r"^(?:just |only |on |getting )*(?:sick pay|statutory)\b"),
    ),
    "conditions": (
        (
            "alcohol_dependence",
            r"\b(?:the drink|drinking|the booze|boozing|drinks too much|alcohol|"
            r"the bottle)\b",
        ),
        ("drug_dependence", r"\b(?:the drugs|drugs|using|heroin|crack|coke|weed|cannabis|smack)\b"),
        ("gambling", r"\b(?:gambl\w+|betting|the bookies|slots)\b"),
        ("cardiovascular", r"\b(?:heart|blood pressure|bp|ticker)\b"),
        (
            "back_pain",
            r"(?<!\bgo )(?<!\bget )(?<!\bbe )(?<!\bcome )(?<!\bgoing )(?<!\bgetting )(?<!\bcoming )"
            r"(?<!\bcall )(?<!\bring )(?<!\bstraight )\bback\b(?! (?:to|in|at|on|by|next|soon|after|"
            r"eventually|when|once|asap|now|work\w*|with|since|later|tomorrow|part|full|gradually|slowly|"
            r"as soon|for|before|again|phased|\w+day)\b)",
        ),
        ("lower_limb", r"\b(?:knees?|hips?|foot|feet|legs?|ankles?)\b"),
        ("neck_shoulder", r"\b(?:neck|shoulders?)\b"),
        ("upper_limb", r"\b(?:hands?|wrists?|elbows?|arms?)\b"),
        ("respiratory", r"\b(?:chest|lungs|breathing)\b"),
        ("depression", r"\blow\b|\bmood\b"),
        ("anxiety", r"\b(?:nerves|panic|worry|anxious)\b"),
        ("stress", r"\bstress\w*\b"),
        ("diabetes", r"\b(?:sugar|t1|t2|type (?:1|2|one|two))\b"),
    ),
    "barriers": (
        ("debt_finance", r"\b(?:debts?|dets?|money|bills|arrears|loans?|finances?)\b"),
        ("english_language", r"\b(?:english|language)\b"),
        (
            "transport",
            r"\b(?:getting (?:there|about|in|around)|travel\w*|transport|bus(?:es)?|"
            r"no car|commut\w+)\b",
        ),
        ("housing", r"\b(?:housing|homeless\w*|eviction|landlord|accommodation|rent)\b"),
        ("childcare", r"\b(?:child ?care|nursery|school run|the kids)\b"),
        ("caring_responsibilities", r"\b(?:caring|carer|looking after)\b"),
        ("confidence", r"\b(?:confidence|self esteem|nerve)\b"),
        ("literacy_numeracy", r"\b(?:reading|writing|spelling|maths|sums|literacy|numeracy)\b"),
        ("digital_skills", r"\b(?:computers?|it skills|online|internet|digital|technology)\b"),
        ("skills_qualifications", r"\b(?:qualifications?|skills|gcses|certificates?|training)\b"),
        ("work_experience", r"\b(?:experience|gap|gaps|cv)\b"),
        ("offending_history", r"\b(?:record|convictions?|dbs|prison)\b"),
        ("social_isolation", r"\b(?:lonel\w+|isolat\w+)\b"),
        ("bereavement", r"\b(?:grief|bereave\w+|grieving)\b"),
        ("employer_adjustments", r"\b(?:employer|boss|manager|adjustments?)\b"),
        ("treatment_wait", r"\b(?:waiting lists?|waiting)\b"),
        ("benefit_worry", r"\b(?:losing (?:his |her |the )?(?:money|benefits?|uc|pip))\b"),
        ("family_relationship", r"\b(?:family|relationship|marriage|divorce|split)\b"),
        ("discrimination", r"\b(?:discriminat\w+|racis\w+|prejudice)\b"),
        ("food_fuel_poverty", r"\b(?:food|heating|gas|electric)\b"),
    ),
    "employment_type": (
        (
            "self_employed",
            r"\b(?:own|himself|herself|self|contractor|sole|freelance\w*|cis|subb\w+|"
            r"invoices?)\b",
        ),
        ("zero_hours", r"\b(?:zero|0 ?hours?|bank|casual|as and when|no guaranteed)\b"),
        ("apprentice", r"\bapprentice\w*\b"),
        ("agency", r"\b(?:agency|temp|temping)\b(?! (?:are|is|staff are|have been)? ?cover)"),
        ("part_time", r"\b(?:part time|mornings|few hours|job share)\b"),
        (
            "employee",
            r"\b(?:perm|permanent|employed|employee|(?<!bank )staff|salaried|payroll|"
            r"books|paye|contract of employment|full time|council|nhs)\b(?<!self "
            r"employed)",
        ),
    ),
    "benefit_issues": (
        (
            "found_fit_for_work",
            r"\b(?:fit (?:for|to) work|found (?:him |her )?fit|failed (?:the|his|"
            r"her) (?:wca|medical))\b",
        ),
        ("appeal", r"\b(?:appeal\w*|tribunal|mandatory|mr)\b"),
        ("sanctioned", r"\bsanction\w*\b"),
        ("overpayment", r"\b(?:overpa\w+|owes? (?:dwp|the dwp|them)|pay(?:ing)? (?:it )?back)\b"),
        (
            "wca_pending",
            r"(?<!failed the )(?<!failed his )(?<!failed her )(?<!failed )\b(?:wca|medical|"
            r"assessment|uc50|capability form)\b",
        ),
    ),
}
CHOICES = {
    slot: tuple((value, re.compile(pattern)) for value, pattern in rows)
    for slot, rows in _TABLES.items()
}
ITEMS = {
    slot: tuple((value, re.compile(pattern)) for value, pattern in rows)
    for slot, rows in _LISTS.items()
}
ALL_WELL = re.compile(
    r"^(?:(?:all|everything|otherwise|he|she|is|'s|they|are|totally|perfectly|generally) )*"
    r"(?:fit(?: and well)?|well|healthy|fine|good|ok|okay|clear|not really|no (?:(?:hidden|"
    r"other|real|obvious|major|big|particular|known|significant) )?(?:probs?|problems?|issues?|barriers?|"
    r"conditions?|worries|concerns|illness\w*|complaints|pmh|health (?:problems|"
    r"issues))|not (?:got )?any\w*|"
    r"nothing (?:stopping|holding|in the way|wrong|to speak|much|really|there|known)|"
    r"nowt (?:wrong|stopping|really))\b(?!.*\b(?:but|except|bar|apart|other than|only|just)\b)"
)
# "No to all of them bar the debts": what follows is the answer.
EXCEPT = re.compile(
    r"\b(?:bar|except(?: for)?|apart from|other than|but(?: for)?|only|"
    r"just|save for|mostly|mainly)\b(?P<rest>.+)$"
)
DENIED = re.compile(rf"^(?:{_NEG})\b")
_CLAUSE = re.compile(r"\b(?:but|except|bar|apart from)\b|,")
_NEGATED = re.compile(r"\b(?:no|not|never|without|nor|denies)\b(?: \w+){0,2} ?$")


def said_choice(asked: str, plain: str) -> object | None:
    """Return the one value that a short answer gives ``asked``, or None."""
    if len(plain.split()) > LONGEST_ANSWER:
        return None
    for value, pattern in CHOICES.get(asked, ()):
        if pattern.search(plain):
            return value
    return None


def said_items(asked: str, plain: str, held: set[object], denied: set[object]) -> list[str]:
    """Return the ids that a short answer names for a list, beyond those ``held`` or ``denied`` already."""
    if len(plain.split()) > LONGEST_ANSWER:
        return []
    rest = EXCEPT.search(plain)
    text = rest.group("rest") if rest else plain
    if not rest and DENIED.match(plain) and asked != "benefits":
        return []
    if held and asked == "conditions":
        # A site beside an illness named is only where it is.
        text = " ".join(p for p in re.split(r",| and | plus |\d\)", text) if p.strip())
    found = []
    for value, pattern in ITEMS.get(asked, ()):
        match = pattern.search(text)
        if match is None or value in held or value in denied or (value == "none" and held):
            continue
        if value != "none" and _NEGATED.search(text[: match.start()]):
            continue
        found.append(value)
    return found


def said_except(plain: str) -> list[str]:
    """Return the illnesses that an answer to another question leaves over ("nothing except knees")."""
    rest = EXCEPT.search(plain)
    if rest is None or not DENIED.match(plain):
        return []
    return said_items("conditions", rest.group("rest"), set(), set())


def all_well(plain: str) -> bool:
    """Say whether a short answer says that there is nothing of the kind."""
    return len(plain.split()) <= LONGEST_ANSWER and bool(ALL_WELL.match(plain))
