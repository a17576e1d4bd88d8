"""Who asks: what the rest of the product knows of somebody who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

CLINICAL_ROLES = ("gp", "nurse", "ahp", "link_worker", "reception")
"""Roles of those who talk with the assistant (contract, section 6)."""

ROLES = (*CLINICAL_ROLES, "maintainer", "auditor")

ROLE_NAMES = {
    "gp": "GP",
    "nurse": "practice nurse",
    "ahp": "allied health professional",
    "link_worker": "link worker",
    "reception": "reception",
    "maintainer": "maintainer of the directory",
    "auditor": "auditor",
}


@dataclass(frozen=True)
class User:
    """Somebody signed in.

    `id`: stands for the person everywhere else; the same at every sign-in, and no name. `name`: for the
    eyes of that person and their colleagues. `role`: one of `ROLES`. `practice`: an ODS code. `demo`: nobody
    signed in, and this is the person in front of the machine that the assistant runs on.
    """

    id: str
    name: str
    role: str
    practice: str
    demo: bool = False


def user_id(issuer: str, subject: str) -> str:
    """Return the id of whom `issuer` (an address, or the word `proxy`) calls `subject`: a UUID, version 5."""
    return str(uuid5(NAMESPACE_URL, f"{issuer}#{subject}"))
