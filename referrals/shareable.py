"""What of a case may stand in a document: nothing uncertain or sensitive, and no more than the reader needs.

Everything written for a patient, a receiver or an employer is made from the case that ``shareable``
returns, so that no writer of a document has to remember what to leave out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from referrals.model import Fact
from services_directory.case import FACT_KEYS, LIST_KEYS, Case
from services_directory.model import AllOf, AnyOf, Expression, Is, Not, Service
from services_directory.vocabulary import Vocabulary, vocabulary

# Off by default in whatever is held by a patient, printed or sent. The vocabulary may flag more ids.
SENSITIVE_IDS = frozenset({"domestic_abuse", "offending_history"})
SENSITIVE_GROUPS = frozenset({"addiction"})

# What a Jobcentre, an employer or a programme has no need to know, unless the patient tells them.
HEALTH_KEYS = ("conditions", "under_secondary_mental_health", "pregnant_or_postnatal", "sex", "age")

# Barriers that can be put as what somebody needs at work, with no word on health or home, in the
# patient's voice. What is not listed stays out of notes for a Jobcentre, programme or employer.
FUNCTIONAL_BARRIERS = {
    "skills_qualifications": "I would like to build up my skills or qualifications",
    "literacy_numeracy": "I would like help with reading, writing or numbers",
    "digital_skills": "I would like help with computers and online forms",
    "english_language": "I would like help with English",
    "work_experience": "I would like more work experience",
    "confidence": "I would like to build up my confidence",
    "caring_responsibilities": "I look after someone, so my hours matter",
    "childcare": "I need work that fits around childcare",
    "transport": "I need a journey to work that I can manage",
    "leaving_home_alone": "I would like help with travel at first",
    "employer_adjustments": "I need some changes at work",
}
FOR_EMPLOYERS = frozenset(
    {"caring_responsibilities", "childcare", "transport", "employer_adjustments"}
)


@dataclass(frozen=True)
class Withheld:
    """What stays out: ``unconfirmed`` in plain words, and how many ``sensitive`` points.

    The sensitive ones are counted, not named: this is shown on a screen that others may see.
    """

    unconfirmed: tuple[str, ...] = ()
    sensitive: int = 0


def is_sensitive(key: str, value: str, words: Vocabulary | None = None) -> bool:
    """Say whether ``value`` of ``key`` is off by default in every document."""
    term = (words or vocabulary()).terms.get(key, {}).get(value)
    return value in SENSITIVE_IDS or (
        term is not None and (term.sensitive or term.group in SENSITIVE_GROUPS)
    )


def confirmed(case: Case) -> Case:
    """Return ``case`` without what was only said as possible."""
    changes: dict[str, Any] = {}
    for key, doubtful in case.uncertain.items():
        if key in LIST_KEYS:
            changes[key] = tuple(i for i in getattr(case, key) if i not in doubtful)
        elif key in FACT_KEYS and doubtful:
            changes[key] = None
    return replace(case, **changes, uncertain={})


def sensitive_facts(case: Case, words: Vocabulary | None = None) -> tuple[tuple[str, str], ...]:
    """Return the sensitive (key, id) pairs of ``case``, in its order."""
    return tuple(
        (key, value)
        for key in LIST_KEYS
        for value in getattr(case, key)
        if is_sensitive(key, value, words)
    )


def without_ids(case: Case, pairs: Iterable[tuple[str, str]]) -> Case:
    """Return ``case`` less the (key, id) pairs of its lists."""
    gone = set(pairs)
    changes: dict[str, Any] = {
        key: tuple(i for i in getattr(case, key) if (key, i) not in gone) for key in LIST_KEYS
    }
    return replace(case, **changes)


def without_named(case: Case, names: Iterable[str], words: Vocabulary | None = None) -> Case:
    """Return ``case`` less whatever ``names`` mean: keys, ids of any list, or groups of conditions."""
    words = words or vocabulary()
    for name in names:
        if name in FACT_KEYS:
            empty: Any = () if name in LIST_KEYS else None
            case = replace(case, **{name: empty})
        ids = {name, *words.groups.get(name, ())}
        case = without_ids(case, [(key, i) for key in LIST_KEYS for i in ids])
    return case


def withheld(case: Case, words: Vocabulary | None = None) -> Withheld:
    """Return what ``shareable`` leaves out of ``case`` for every reader."""
    words = words or vocabulary()
    names: list[str] = []
    for key, doubtful in case.uncertain.items():
        if key in LIST_KEYS:
            held = [i for i in getattr(case, key) if i in doubtful]
            names += [words.label(key, i) for i in held if not is_sensitive(key, i, words)]
        elif key in FACT_KEYS and doubtful and getattr(case, key) is not None:
            names.append(key.replace("_", " "))
    return Withheld(tuple(names), len(sensitive_facts(case, words)))


def with_confirmed(case: Case, pairs: Iterable[Fact]) -> Case:
    """Return ``case`` with the uncertain (key, id) pairs that the clinician has confirmed, one by one."""
    sure = set(pairs)
    doubtful = {
        key: tuple(i for i in ids if (key, i) not in sure) for key, ids in case.uncertain.items()
    }
    return replace(case, uncertain={key: ids for key, ids in doubtful.items() if ids})


def shareable(
    case: Case,
    never_include: Sequence[str] = (),
    words: Vocabulary | None = None,
    included: Collection[Fact] = (),
) -> Case:
    """Return the confirmed case without sensitive facts and without what the entry never takes.

    ``included`` names the sensitive facts that the clinician has switched on, each by itself. What the
    entry never takes stays out even then.
    """
    words = words or vocabulary()
    sure = confirmed(case)
    hidden = [pair for pair in sensitive_facts(sure, words) if pair not in included]
    return without_named(without_ids(sure, hidden), never_include, words)


def functional(
    case: Case, allowed: Iterable[str] = FUNCTIONAL_BARRIERS, agreed: Collection[str] = ()
) -> Case:
    """Return ``case`` without health detail, and with those barriers only that say what is needed.

    "Not looking for work" and "not now" go too: in front of a work coach or an employer they could
    be held against the patient. ``agreed``: keys that stay whole, because the receiver's entry says that
    it may have them and the patient agreed.
    """
    kept = set(allowed) & set(FUNCTIONAL_BARRIERS)
    changes: dict[str, Any] = {
        key: () if key in LIST_KEYS else None for key in HEALTH_KEYS if key not in agreed
    }
    if "barriers" not in agreed:
        changes["barriers"] = tuple(i for i in case.barriers if i in kept)
    if case.goal == "not_now":
        changes["goal"] = None
    if case.work_status in ("economically_inactive", "in_work_struggling", "retired"):
        changes["work_status"] = "in_work" if case.work_status == "in_work_struggling" else None
    return replace(case, **changes)


def _facts(expression: Expression | None) -> list[Is]:
    if isinstance(expression, Is):
        return [expression]
    if isinstance(expression, (AllOf, AnyOf)):
        return [fact for part in expression.parts for fact in _facts(part)]
    return _facts(expression.part) if isinstance(expression, Not) else []


def asks_about(service: Service, key: str) -> bool:
    """Say whether a criterion of ``service`` looks at ``key``."""
    return any(fact.key == key for c in service.criteria for fact in _facts(c.expression))


def discloses(service: Service, words: Vocabulary | None = None) -> bool:
    """Say whether the bare name of ``service`` beside a patient tells something sensitive.

    True where it serves safety, or exists only for people with something sensitive (a criterion that
    nothing else can meet).
    """
    if keep_off_paper(service):
        return True
    for criterion in service.criteria:
        facts = _facts(criterion.expression)
        if facts and all(
            fact.values and all(is_sensitive(fact.key, str(v), words) for v in fact.values)
            for fact in facts
        ):
            return True
    return False


def keep_off_paper(service: Service) -> bool:
    """Say whether a paper about ``service`` could endanger who is found with it."""
    return bool(service.needs) and service.needs[0] == "safety"
