"""The identity of one patient, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Identity:
    """What names a patient, and how to speak with them. Empty and ``None`` mean *not known*.

    ``nhs_number`` is ten digits without spaces; ``sex`` is ``female``, ``male`` or ``other``; ``postcode``
    has its space. ``interpreter`` says whether one is needed for ``language``; ``communication_need`` is in
    words (BSL, easy read, large print). ``safe_to_ring``, ``leave_message`` and ``send_text``: whether it is
    safe to ring, to leave a message, to send a text.
    """

    name: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""
    language: str = ""
    interpreter: bool | None = None
    communication_need: str = ""
    safe_to_ring: bool | None = None
    leave_message: bool | None = None
    send_text: bool | None = None

    @property
    def spoken_nhs_number(self) -> str:
        """The NHS number as people read it: 999 000 0018."""
        n = self.nhs_number
        return f"{n[:3]} {n[3:6]} {n[6:]}" if len(n) == 10 else n

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return self == Identity()

    @property
    def known_by(self) -> tuple[str, ...]:
        """Texts by which the same patient is recognised: the NHS number, else name and date of birth."""
        found = []
        if self.nhs_number:
            found.append(f"nhs_number:{self.nhs_number}")
        if self.name and self.date_of_birth:
            # The order of the names differs between systems.
            words = sorted(self.name.casefold().replace(",", " ").split())
            found.append(f"born:{self.date_of_birth.isoformat()}:{' '.join(words)}")
        return tuple(found)


IDENTITY_FIELDS = tuple(f.name for f in fields(Identity))
FLAGS = ("interpreter", "safe_to_ring", "leave_message", "send_text")


def to_values(identity: Identity) -> dict[str, str]:
    """Return the known fields as text, by name: dates as ISO 8601, flags as yes or no."""
    values: dict[str, str] = {}
    for name in IDENTITY_FIELDS:
        value = getattr(identity, name)
        if isinstance(value, bool):
            values[name] = YES if value else NO
        elif isinstance(value, date):
            values[name] = value.isoformat()
        elif value:
            values[name] = value
    return values


def from_values(values: Mapping[str, str]) -> Identity:
    """Return the identity that ``to_values`` wrote. Raises ``ValueError`` for a date or flag that is none."""
    found: dict[str, object] = {}
    for name in IDENTITY_FIELDS:
        text = values.get(name, "").strip()
        if not text:
            continue
        if name == "date_of_birth":
            found[name] = date.fromisoformat(text)
        elif name in FLAGS:
            if text not in (YES, NO):
                raise ValueError(f"{name}: write {YES} or {NO}")
            found[name] = text == YES
        else:
            found[name] = text
    return Identity(**found)  # type: ignore[arg-type]
