"""The patient case: what is known of one patient, with nothing that names them (contract, section 1).

A ``Case`` never changes; ``merged`` and ``without`` return new ones. Lists are open: an id that is not
listed is unknown, unless ``answered`` says ``complete``, it is ruled out, or a sibling excludes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from services_directory.areas import Areas, areas
from services_directory.vocabulary import Vocabulary, vocabulary

LIST_KEYS = ("employment_type", "benefits", "benefit_issues", "conditions", "barriers")
ONE_KEYS = ("work_status", "work_status_outcome", "goal", "sex")
FLAG_KEYS = (
    "never_worked",
    "job_at_risk",
    "has_job_offer",
    "pregnant_or_postnatal",
    "under_secondary_mental_health",
)
NUMBER_KEYS = ("age", "absence_weeks", "out_of_work_months", "uc_months")
AREA_KEYS = ("area", "gp_area")
TEXT_KEYS = ("occupation", "in_programme")
FACT_KEYS = (*ONE_KEYS, *LIST_KEYS, *FLAG_KEYS, *NUMBER_KEYS, *AREA_KEYS, *TEXT_KEYS)
RULED_OUT_KEYS = ("conditions", "barriers")
ANSWERS = ("dont_know", "declined", "complete")

# The widest numbers a consultation can mean; anything beyond is a slip of the keyboard.
NUMBER_LIMITS = {
    "age": (0, 120),
    "absence_weeks": (0, 1040),
    "out_of_work_months": (0, 720),
    "uc_months": (0, 240),
}


# From this age on nobody is asked about pregnancy.
TOO_OLD_TO_BE_PREGNANT = 55


class CaseError(ValueError):
    """A case that is not of the contract's shape. ``str()`` says which key and what was expected."""


@dataclass(frozen=True)
class Case:
    """One patient. ``None`` or a missing key means *not known*; lists are tuples of ids.

    ``ruled_out`` maps ``conditions``/``barriers`` to ids said to be absent; ``uncertain`` maps a key to
    the ids that stand in the case but were only said as possible; ``answered`` maps a key to
    ``dont_know``, ``declined`` or ``complete``.
    """

    work_status: str | None = None
    work_status_outcome: str | None = None
    goal: str | None = None
    sex: str | None = None
    employment_type: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    benefit_issues: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    never_worked: bool | None = None
    job_at_risk: bool | None = None
    has_job_offer: bool | None = None
    pregnant_or_postnatal: bool | None = None
    under_secondary_mental_health: bool | None = None
    age: float | None = None
    absence_weeks: float | None = None
    out_of_work_months: float | None = None
    uc_months: float | None = None
    area: str | None = None
    gp_area: str | None = None
    occupation: str | None = None
    in_programme: str | None = None
    ruled_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uncertain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answered: Mapping[str, str] = field(default_factory=dict)

    def knows(self, key: str) -> bool:
        """Say whether ``key`` has a value (an empty list counts only where it was answered)."""
        value = getattr(self, key)
        return bool(value) if isinstance(value, tuple) else value is not None

    def settled(self, key: str) -> bool:
        """Say whether ``key`` needs no question: it has a value or was answered in any way."""
        return self.knows(key) or key in self.answered

    def is_uncertain(self, key: str, value: str) -> bool:
        """Say whether ``value`` was only said as possible."""
        return value in self.uncertain.get(key, ())

    @property
    def cannot_be_pregnant(self) -> bool:
        """Say whether pregnancy need be neither asked nor thought of: a man, or 55 and over."""
        return self.sex == "male" or (self.age is not None and self.age >= TOO_OLD_TO_BE_PREGNANT)

    def to_json(self) -> dict[str, Any]:
        """Return the case in the contract's shape, with known keys only."""
        result: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, tuple):
                if value or self.answered.get(item.name) == "complete":
                    result[item.name] = list(value)
            elif isinstance(value, Mapping):
                kept = {k: list(v) if isinstance(v, tuple) else v for k, v in value.items() if v}
                if kept:
                    result[item.name] = kept
            elif value is not None:
                result[item.name] = _plain_number(value)
        return result


def _plain_number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ids(key: str, value: Any, known: Mapping[str, Any]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CaseError(f"{key}: expected a list of ids")
    for item in value:
        if item not in known:
            raise CaseError(f"{key}: '{item}' is not an id of the vocabulary")
    return tuple(dict.fromkeys(value))


def case_from_json(raw: Any, words: Vocabulary | None = None, tree: Areas | None = None) -> Case:
    """Return the ``Case`` that the JSON object ``raw`` says.

    Raises ``CaseError`` naming the key for an unknown key, id, area or a value of the wrong kind.
    """
    words, tree = words or vocabulary(), tree or areas()
    if not isinstance(raw, dict):
        raise CaseError("a case is a JSON object")
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if value is None:
            continue
        if key in LIST_KEYS:
            values[key] = _ids(key, value, words.terms[key])
        elif key in ONE_KEYS:
            if not isinstance(value, str) or value not in words.terms[key]:
                raise CaseError(f"{key}: '{value}' is not one of {', '.join(words.terms[key])}")
            values[key] = value
        elif key in FLAG_KEYS:
            if not isinstance(value, bool):
                raise CaseError(f"{key}: expected true or false")
            values[key] = value
        elif key in NUMBER_KEYS:
            low, high = NUMBER_LIMITS[key]
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise CaseError(f"{key}: expected a number")
            if not low <= value <= high:
                raise CaseError(f"{key}: {value} is outside {low} to {high}")
            values[key] = float(value)
        elif key in AREA_KEYS:
            if not isinstance(value, str) or value not in tree.by_id:
                raise CaseError(f"{key}: '{value}' is not an area of the directory")
            values[key] = value
        elif key in TEXT_KEYS:
            if not isinstance(value, str):
                raise CaseError(f"{key}: expected text")
            values[key] = value
        elif key == "ruled_out" and isinstance(value, dict):
            values[key] = {
                kind: _ids(f"ruled_out.{kind}", ids, words.terms.get(kind, {}))
                for kind, ids in value.items()
            }
        elif key == "uncertain" and isinstance(value, dict):
            for kind, ids in value.items():
                if not isinstance(ids, list):
                    raise CaseError(f"uncertain.{kind}: expected a list of ids")
            values[key] = {kind: tuple(str(i) for i in ids) for kind, ids in value.items()}
        elif key == "answered" and isinstance(value, dict):
            for slot, answer in value.items():
                if answer not in ANSWERS:
                    raise CaseError(f"answered.{slot}: expected one of {', '.join(ANSWERS)}")
            values[key] = {str(slot): str(answer) for slot, answer in value.items()}
        else:
            raise CaseError(f"'{key}' is not a key of the patient case")
    case = Case(**values)
    if case.benefits == ("none",) or (case.benefits == () and raw.get("benefits") == []):
        case = replace(case, answered={**case.answered, "benefits": "complete"})
    return case


def merged(case: Case, added: Mapping[str, Any]) -> Case:
    """Return ``case`` with the contract-shaped ``added`` laid over it.

    Single values replace; lists grow, save that a benefit narrower than one held replaces it and
    ``none`` replaces all. What is newly said present is no longer ruled out, and the reverse.
    """
    extra = case_from_json(dict(added))
    changes: dict[str, Any] = {}
    for key in FACT_KEYS:
        if not extra.knows(key):
            continue
        new = getattr(extra, key)
        if key == "benefits":
            changes[key] = _merge_benefits(case.benefits, new)
        elif key in LIST_KEYS:
            changes[key] = tuple(dict.fromkeys((*getattr(case, key), *new)))
        else:
            changes[key] = new
    ruled_out = {k: tuple(v) for k, v in case.ruled_out.items()}
    uncertain = {k: tuple(v) for k, v in case.uncertain.items()}
    for key in LIST_KEYS:
        said = getattr(extra, key)
        if said:
            if key in ruled_out:
                ruled_out[key] = tuple(i for i in ruled_out[key] if i not in said)
            doubtful = set(extra.uncertain.get(key, ()))
            sure_before = set(getattr(case, key)) - set(case.uncertain.get(key, ()))
            uncertain[key] = tuple(
                i
                for i in dict.fromkeys((*uncertain.get(key, ()), *said))
                if (i in doubtful and i not in sure_before)
                or (i not in said and i in uncertain.get(key, ()))
            )
    for key, ids in extra.uncertain.items():
        if key not in LIST_KEYS:
            uncertain[key] = tuple(ids)
    for key, ids in extra.ruled_out.items():
        ruled_out[key] = tuple(dict.fromkeys((*ruled_out.get(key, ()), *ids)))
        held = changes.get(key, getattr(case, key))
        changes[key] = tuple(i for i in held if i not in ids)
    answered = {**case.answered, **extra.answered}
    for key in FACT_KEYS:
        # A value that arrives later overrides an earlier "don't know".
        late = extra.knows(key) and extra.answered.get(key) is None
        if late and answered.get(key) in ("dont_know", "declined"):
            del answered[key]
    return replace(
        case,
        **changes,
        ruled_out={k: v for k, v in ruled_out.items() if v},
        uncertain={k: v for k, v in uncertain.items() if v},
        answered=answered,
    )


def _merge_benefits(held: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    if "none" in new:
        return ("none",)
    terms = vocabulary().terms["benefits"]
    kept = [b for b in held if b != "none"]
    for benefit in new:
        parent = terms[benefit].parent
        family = {b for b, term in terms.items() if parent and term.parent == parent}
        kept = [b for b in kept if b != parent and (b not in family or b == benefit)]
        # "UC" said again after "UC LCWRA" adds nothing.
        if benefit not in kept and not any(terms[b].parent == benefit for b in kept):
            kept.append(benefit)
    return tuple(kept)


def without(case: Case, removed: Mapping[str, Any]) -> Case:
    """Return ``case`` less what ``removed`` names: ids of lists, or a key's single value."""
    changes: dict[str, Any] = {}
    for key, value in removed.items():
        if key in LIST_KEYS:
            gone = set(value if isinstance(value, (list, tuple)) else [value])
            changes[key] = tuple(i for i in getattr(case, key) if i not in gone)
        elif key in ("ruled_out", "uncertain") and isinstance(value, Mapping):
            held = {k: tuple(v) for k, v in getattr(case, key).items()}
            for kind, ids in value.items():
                held[kind] = tuple(i for i in held.get(kind, ()) if i not in ids)
            changes[key] = {k: v for k, v in held.items() if v}
        elif key in FACT_KEYS:
            changes[key] = None
    answered = {k: v for k, v in case.answered.items() if k not in changes}
    uncertain = changes.get("uncertain", dict(case.uncertain))
    left = {
        key: tuple(i for i in ids if i in changes[key]) if changes.get(key) is not None else ()
        for key, ids in uncertain.items()
        if key in changes
    }
    changes["uncertain"] = {k: v for k, v in {**uncertain, **left}.items() if v}
    return replace(case, **changes, answered=answered)
