"""What a consultation remembers, as plain JSON in one slot of the tracker.

It holds no identifier of the patient. It ends with the consultation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from services_directory.case import Case, case_from_json

MAX_UNDO = 20


@dataclass(frozen=True)
class Consultation:
    """One patient's consultation.

    ``case``: the facts. ``said``: the clinician's words for them (``key`` or ``key:value``). ``place``: the
    place as said. ``inferred``: keys whose value was only inferred, so that they may still be asked.
    ``proposed``: facts (``key:id``) that only the sentence classifier proposed.
    ``asked_slots``: the slots already asked. ``asked``: the one now open. ``about``: services the clinician
    named. ``safety``: cues already raised (``category: words``), with their ``categories``. ``paused``:
    whether the work flow waits for "risk assessed, go on". ``assessed``: when that was said. ``pending``: a
    message waiting for "new patient, or change this one?", or a verb waiting for a service. ``offered``,
    ``chosen``, ``dismissed``, ``gaps``: what came of it. ``listed``: the list last shown, in its order.
    ``drafts``: the referral ids of ``chosen``, in its order; ``consultation_id`` holds those together in the
    referrals room, and means nothing elsewhere.
    ``spoken``: the service told of last, which a question without a name is about; ``noted``: words that no
    key of the case holds; ``asked_again``: "which one?" was asked of a bare yes. ``end_of_life``: the words
    that said so; ``explained``: what was said of its own accord and is not said twice. ``past``: earlier
    snapshots, for ``undo``.
    """

    case: Case = field(default_factory=Case)
    said: dict[str, str] = field(default_factory=dict)
    place: str | None = None
    inferred: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    asked_slots: tuple[str, ...] = ()
    asked: str | None = None
    about: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    paused: bool = False
    assessed: tuple[str, ...] = ()
    pending: dict[str, Any] | None = None
    offered: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    dismissed: dict[str, str] = field(default_factory=dict)
    gaps: tuple[dict[str, str], ...] = ()
    drafts: tuple[str, ...] = ()
    consultation_id: str | None = None
    begun: str | None = None
    last: str | None = None
    spoken: str | None = None
    noted: tuple[str, ...] = ()
    asked_again: bool = False
    end_of_life: str | None = None
    explained: tuple[str, ...] = ()
    past: tuple[dict[str, Any], ...] = ()

    @property
    def empty(self) -> bool:
        """Say whether nothing is known of the patient yet."""
        return not any(
            key != "gp_area" and key != "work_status_outcome" for key in self.case.to_json()
        )

    @property
    def confirmed_case(self) -> Case:
        """The case for documents: what was merely proposed counts as uncertain there."""
        uncertain = {key: tuple(ids) for key, ids in self.case.uncertain.items()}
        for fact in self.proposed:
            key, _, value = fact.partition(":")
            if value in getattr(self.case, key):
                uncertain[key] = tuple(dict.fromkeys((*uncertain.get(key, ()), value)))
        return replace(self.case, uncertain=uncertain)

    def idle_minutes(self, now: datetime) -> float:
        """Return the minutes since the last message; 0 before the first."""
        if self.last is None:
            return 0.0
        return (now - datetime.fromisoformat(self.last)).total_seconds() / 60

    def remembered(self) -> Consultation:
        """Return the consultation with its present facts kept for ``undo``."""
        snapshot = {
            "case": self.case.to_json(),
            "said": dict(self.said),
            "place": self.place,
            "about": list(self.about),
        }
        return replace(self, past=(*self.past, snapshot)[-MAX_UNDO:])

    def undone(self) -> Consultation | None:
        """Return the consultation as it was before the last change, or ``None`` if there is none."""
        if not self.past:
            return None
        back = self.past[-1]
        return replace(
            self,
            case=case_from_json(back["case"]),
            said=dict(back["said"]),
            place=back["place"],
            about=tuple(back["about"]),
            past=self.past[:-1],
            pending=None,
        )


def to_json(state: Consultation) -> dict[str, Any]:
    """Return ``state`` as JSON for the tracker."""
    plain: dict[str, Any] = {}
    for item in fields(state):
        value = getattr(state, item.name)
        if isinstance(value, Case):
            value = value.to_json()
        elif isinstance(value, tuple):
            value = list(value)
        plain[item.name] = value
    return plain


def from_json(raw: dict[str, Any] | None) -> Consultation:
    """Return the consultation that ``to_json`` wrote; a fresh one for ``None`` or ``{}``."""
    if not raw:
        return Consultation()
    values = dict(raw)
    values["case"] = case_from_json(values.get("case") or {})
    for item in fields(Consultation):
        if isinstance(values.get(item.name), list):
            values[item.name] = tuple(values[item.name])
    return Consultation(**values)
