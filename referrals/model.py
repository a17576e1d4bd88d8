"""The referral, as plain frozen data: what the record holds, and what the rest of the room works with.

Nothing here knows how it is stored (``records``), what may be done to it (``lifecycle``, ``permissions``) or
how it looks on paper (``artefacts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from services_directory.case import Case

State = Literal[
    "draft", "consented", "ready", "sent", "received", "accepted", "declined", "attached",
    "completed", "withdrawn", "failed",
]  # fmt: skip
Party = Literal["practice", "delivery", "receiver", "clock"]
# A fact of the case: (key, id), such as ("barriers", "domestic_abuse").
Fact = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """One field of the receiver's form, as it stands in a referral.

    ``value`` is empty where it is missing. ``source`` says where the value came from, for the clinician
    alone. ``fill``: the keys of the case whose words fill it; ``allowed``: the only values that the receiver
    takes. ``edited_by`` and ``edited_at`` are set once somebody typed into it; no re-fill touches it then.
    """

    name: str
    label: str
    value: str
    source: str
    required: bool
    identifier: bool
    fill: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    edited_by: str | None = None
    edited_at: datetime | None = None

    @property
    def edited(self) -> bool:
        """Whether somebody typed into it."""
        return self.edited_at is not None

    @property
    def missing(self) -> bool:
        """Whether somebody still has to fill it in."""
        return not self.value


@dataclass(frozen=True)
class StateChange:
    """One step of a referral's life. ``from_state`` is ``None`` for the first."""

    at: datetime
    from_state: State | None
    to_state: State
    party: Party
    actor: str
    role: str
    reason: str = ""


@dataclass(frozen=True)
class Consent:
    """What was agreed to for one referral.

    ``says`` is the sentence that was read aloud: what goes to whom, and why. ``how``: verbal, written or
    video_or_phone. ``who_agreed``: patient, attorney or best_interests, the last two with the ``reason``.
    ``seen_alone`` is ``None`` where nobody said.
    """

    at: datetime
    recorded_by: str
    recorded_role: str
    says: str
    how: str = "verbal"
    who_agreed: str = "patient"
    reason: str = ""
    seen_alone: bool | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class About:
    """What a referral knows of the patient besides its form: sealed as a whole.

    ``case`` and ``said`` are the consultation's when the referral was opened or last filled. ``included``:
    the sensitive facts that the clinician switched on; ``confirmed``: the uncertain ones that were confirmed.
    ``agreed``: keys that a Jobcentre, programme or employer may have because the patient agreed; ``safety``:
    the categories that the consultation raised. ``text``: the plain words of the draft's message.
    """

    case: Case = field(default_factory=Case)
    said: Mapping[str, str] = field(default_factory=dict)
    included: frozenset[Fact] = frozenset()
    confirmed: frozenset[Fact] = frozenset()
    agreed: frozenset[str] = frozenset()
    safety: tuple[str, ...] = ()
    # A letter to the practice's own link worker.
    internal: bool = False
    text: str = ""


@dataclass(frozen=True)
class Referral:
    """One referral. ``about`` and ``fields`` are empty once it has been purged (``purged_at``).

    ``practice`` is the ODS code of whose people may see it; ``route`` and ``kind`` the way taken and the
    paper it calls for; ``as_of`` the day for which the directory was asked. ``to_sign`` says in words who has
    to sign, where whoever prepared it may not. ``queued_at``: since when it waits to be delivered; it is not
    sent before the state says so. ``version`` counts its changes.
    """

    reference: str
    consultation_id: str
    practice: str
    service_id: str
    route: str
    kind: str
    state: State
    state_since: datetime
    opened_at: datetime
    as_of: date
    prepared_by: str
    prepared_role: str
    owner: str
    to_sign: str = ""
    signed_by: str | None = None
    signed_role: str | None = None
    signed_at: datetime | None = None
    queued_at: datetime | None = None
    purged_at: datetime | None = None
    checked_by: str | None = None
    checked_at: datetime | None = None
    version: int = 1
    about: About = field(default_factory=About)
    fields: tuple[Field, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether somebody who may has signed it."""
        return self.signed_at is not None

    @property
    def purged(self) -> bool:
        """Whether nothing of the patient is left in it."""
        return self.purged_at is not None

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if the form has it."""
        return next((f for f in self.fields if f.name == name), None)
