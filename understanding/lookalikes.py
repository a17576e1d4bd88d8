"""Words of a trouble that tell of something else: the patient's trade, a pet that died, a medicine by itself.

Homonyms whose words always mean something else stand in the vocabulary; here are those that the rest of the
message decides.
"""

from __future__ import annotations

import re

from understanding.abuse_at_home import is_at_home
from understanding.facts import Fact
from understanding.model import SafetyCue
from understanding.returns import is_no_spine
from understanding.surface import Surface
from understanding.work_evidence import is_helper

# Trades named after other people's troubles, at the head of a clause or after "works as a".
TRADE = re.compile(
    r"(?:^|[,.;:(-] |\bas an? |\bis an? |\b(?:man|lady|woman|lad|chap|pt|patient) |\d\d |\d\d ?[fm] |"
    r"\b(?:stressed) )((?:debt (?:collector|collection agent|recovery agent|adviser|"
    r"advisor)|bailiff|enforcement agent|probation officer|(?:domestic (?:abuse|violence)|dv) "
    r"(?:support worker|advocate|caseworker|counsellor)|refuge worker|housing officer|benefits "
    r"(?:officer|adviser)))"
    r"(?!\w)(?! (?:says|said|is|has|rang|ringing|rings|calls?|called|calling|wants|chasing|visited|came|"
    r"coming|knocking|at (?:the|his|her) door|after|threat\w*|told|thinks|worried|involved|weekly|"
    r"appointments?|reports?|attends))"
)
_PETS = (
    r"(?:dogs?|cats?|puppy|kitten|horse|pony|rabbit|budgie|parrot|hamster|pets?|guinea pigs?|spaniel|"
    r"labrador)"
)
_PET_DIED = re.compile(
    rf"\b{_PETS} (?:(?:just|has|had|have|recently|suddenly|was|were) )*(?:died|passed|put (?:down|to sleep)|"
    rf"dead|dying|gone)|\b(?:lost|losing|death of|loss of|grieving|mourning|buried|upset about) "
    rf"(?:(?:the|his|her|their|a|family|old|beloved|pet|for) )*{_PETS}\b"
)
_SOMEBODY_DIED = re.compile(
    r"\b(?:mum|mam|mother|dad|father|wife|husband|hubby|partner|son|daughter|brother|sister|nan|gran\w*|"
    r"friend|mate|baby|child|uncle|aunt\w*|widow\w*|miscarr\w+|stillb\w+)\b"
)
_MEDICINE = re.compile(
    r"^(?:(?:on|takes|taking|takin|stable|settled|steady|daily|the|a|using|uses|his|her|clinic|injections?|"
    r"script|scripts|spray|inhalers?|programme|weekly|monthly) ?)*(?:lithium|priadel|clozapine|clozaril|"
    r"depot|levetiracetam|keppra|lamotrigine|valproate|epilim|carbamazepine|hrt|antabuse|disulfiram|"
    r"acamprosate|naltrexone|methadone|methodone|physeptone|buprenorphine|subutex|suboxone|espranor|"
    r"buvidal|elvanse|methylphenidate|ritalin|concerta|xenidate|mesalazine|pentasa|salbutamol|ventolin|"
    r"inhalers?|gtn|levothyroxine|thyroxine|benzos?|xanax|methotrexate|azathioprine|insulin|metformin)"
    r"(?: (?:clinic|injections?|script|scripts|spray|inhalers?|programme|daily|weekly|monthly))*$"
)


# Barriers that words of despair sound like ("better off not here", "life is not worth living").
_SOUNDS_LIKE = frozenset(
    {"benefit_worry", "confidence", "low_expectations", "work_experience", "health_management"}
)


def only_of_risk(surface: Surface, fact: Fact, risks: tuple[SafetyCue, ...]) -> bool:
    """Say whether ``fact``, a barrier or low mood, is heard in words of suicide alone."""
    low = fact.value == "depression" and not re.search(r"depress|mood|\bphq", _words(surface, fact))
    if not low and (fact.slot != "barriers" or fact.value not in _SOUNDS_LIKE):
        return False
    start, end = surface.span(fact.first, fact.last)
    return any(r.category == "suicide_self_harm" and r.start < end and start < r.end for r in risks)


def set_apart(surface: Surface, facts: list[Fact]) -> list[Fact]:
    """Return ``facts`` without those that only look so; what a medicine alone tells is uncertain."""
    trades = [m.span(1) for m in TRADE.finditer(surface.flat)]
    pets = _is_pets(surface)
    kept = []
    for fact in facts:
        if fact.state != "present":
            kept.append(fact)
            continue
        if is_no_spine(surface, fact):
            continue
        if fact.value == "domestic_abuse" and not is_at_home(surface, fact):
            continue
        if fact.value in ("bereavement", "domestic_abuse") and pets:
            continue
        if fact.value == "employer_adjustments" and any(
            f.value == "found_fit_for_work" and f.first <= fact.last and fact.first <= f.last
            for f in facts
        ):
            # "A letter saying he's fit for work" is the assessor's.
            continue
        if fact.slot == "occupation" and (is_helper(surface, fact) or _sole_trader(surface, fact)):
            continue
        if fact.slot == "barriers" and _is_trade(surface, fact, facts, trades):
            continue
        if fact.slot == "conditions" and _MEDICINE.match(_words(surface, fact)):
            named = [f for f in facts if f is not fact and f.value == fact.value and f.holds]
            if not named:
                fact = fact.set("uncertain", "a medicine alone")
        kept.append(fact)
    return kept


def _words(surface: Surface, fact: Fact) -> str:
    return " ".join(w.norm for w in surface.words[fact.first : fact.last + 1])


def _is_trade(
    surface: Surface, fact: Fact, facts: list[Fact], trades: list[tuple[int, int]]
) -> bool:
    """Say whether a barrier is named by nothing but the patient's own trade."""
    if fact.value not in (
        "offending_history",
        "debt_finance",
        "housing",
        "benefit_problem",
        "domestic_abuse",
    ):
        return False
    begin = surface.offsets[fact.first]
    end = surface.offsets[fact.last] + len(surface.words[fact.last].norm)
    if any(first <= begin and end <= last for first, last in trades):
        return True
    return any(
        f.slot == "occupation"
        and f.present
        and f.first <= fact.first
        and fact.last <= f.last
        and not is_helper(surface, f)
        for f in facts
    )


def _sole_trader(surface: Surface, fact: Fact) -> bool:
    """ "Sole trader" says how somebody is employed, and names no job."""
    before = surface.words[fact.first - 1].norm if fact.first else ""
    return before == "sole" and _words(surface, fact) == "trader"


def _is_pets(surface: Surface) -> bool:
    """Say whether it is a pet that died, and nobody else."""
    return bool(_PET_DIED.search(surface.flat)) and not _SOMEBODY_DIED.search(surface.flat)
