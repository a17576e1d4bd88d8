"""Who may do what: one table of role and action, and what the route itself says of who may refer.

Pure. Every role acts within its own practice alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from referrals.model import Field, Referral
from referrals.routes import may_use
from services_directory.model import Route

Role = Literal["gp", "nurse", "ahp", "link_worker", "reception", "maintainer", "auditor"]
Action = Literal[
    "see", "see_conditions", "reveal_name", "draft", "identify", "consent", "sign", "send", "report",
    "withdraw", "reassign", "export", "purge", "audit",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
# Somebody who did not sign in prepares, and does nothing else.
UNKNOWN = "unknown"
ACTIONS: tuple[Action, ...] = get_args(Action)

_CLINICIAN: frozenset[Action] = frozenset(
    {
        "see", "see_conditions", "reveal_name", "draft", "identify", "consent", "sign", "send",
        "report", "withdraw", "reassign", "export",
    }
)  # fmt: skip
TABLE: dict[str, frozenset[Action]] = {
    "gp": _CLINICIAN,
    "nurse": _CLINICIAN,
    "ahp": _CLINICIAN,
    # Signs only where the route names link workers, see `may_sign`.
    "link_worker": _CLINICIAN,
    # Prepares, finds the patient and posts what is signed; hears no medical history.
    "reception": frozenset(
        {"see", "reveal_name", "draft", "identify", "sign", "send", "report", "reassign"}
    ),
    # Keeps the instance running: deletes, and reads lists without a word on patients.
    "maintainer": frozenset({"export", "purge", "audit"}),
    "auditor": frozenset({"see", "export", "audit"}),
    UNKNOWN: frozenset({"draft"}),
}
# What a role may or may not do, as a sentence goes on after "may".
ACTION_WORDS: dict[str, str] = {
    "see": "look at referrals",
    "see_conditions": "read the medical part of a referral",
    "reveal_name": "see the patient's name",
    "draft": "prepare a referral",
    "identify": "enter the patient's name and contact",
    "consent": "record the patient's agreement",
    "sign": "sign a referral",
    "send": "send a referral",
    "report": "record what the service said",
    "withdraw": "withdraw a referral",
    "reassign": "give a referral to somebody else",
    "export": "take the list of referrals along",
    "purge": "delete what a referral says",
    "audit": "read the audit trail",
    "test_address": "test an address",
}
# Keys of the case that tell of health, home or money: not for reception.
HIDDEN_FROM_RECEPTION = frozenset(
    {
        "conditions", "barriers", "benefits", "benefit_issues", "pregnant_or_postnatal",
        "under_secondary_mental_health",
    }
)  # fmt: skip
HIDDEN = "not shown to your role"


@dataclass(frozen=True)
class Actor:
    """Who does something: an ``id`` that means something to the practice, a role, the practice's ODS code.

    ``role`` is one of ``ROLES``, or ``UNKNOWN``; any other may nothing.
    """

    id: str
    role: str
    practice: str


def may(actor: Actor, action: Action) -> bool:
    """Say whether ``actor`` may do ``action`` at all; for ``sign``, the route decides as well."""
    return action in TABLE.get(actor.role, frozenset())


def may_on(actor: Actor, action: Action, referral: Referral) -> bool:
    """Say whether ``actor`` may do ``action`` to ``referral``: their own practice's alone."""
    return may(actor, action) and actor.practice == referral.practice


def may_sign(actor: Actor, route: Route) -> bool:
    """Say whether ``actor`` may sign for ``route``: whom the entry names may, else a clinician."""
    return may(actor, "sign") and may_use(route, actor.role)


def may_read_field(actor: Actor, field: Field) -> bool:
    """Say whether ``actor`` may read the value of ``field``.

    Who may not see conditions reads only identifiers and what is filled from keys that tell nothing of
    health; a field that somebody fills in freely could hold anything.
    """
    if may(actor, "see_conditions"):
        return True
    if not may(actor, "draft"):
        return False
    return field.identifier or bool(field.fill and not HIDDEN_FROM_RECEPTION & set(field.fill))
