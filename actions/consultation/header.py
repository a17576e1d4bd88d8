"""The one line that says whom a screen is about: "48F, packer, Ashton, begun 10:10"."""

from __future__ import annotations

from datetime import datetime

from actions.consultation.state import Consultation
from services_directory.directory import Directory

_SEX = {"female": "F", "male": "M", "other": ""}


def header(state: Consultation, directory: Directory) -> str:
    """Return the line; "New patient" where nothing is known yet."""
    case = state.case
    age = f"{int(case.age)}" if case.age is not None else ""
    sex = _SEX.get(case.sex or "", "")
    person = f"{age}{sex}" if age else {"F": "woman", "M": "man"}.get(sex, "")
    place = state.place or (directory.areas.label(case.area) if case.area else "")
    parts = [part for part in (person, case.occupation or "", place) if part]
    if not parts and state.empty:
        parts = ["New patient"]
    if state.begun:
        parts.append(f"begun {datetime.fromisoformat(state.begun):%H:%M}")
    return ", ".join(parts)
