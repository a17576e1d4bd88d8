"""The practice that uses the assistant: what its settings file says.

Read from `practice.yml` in the checkout, else from `practice.sample.yml` (an invented practice).
Training mode holds until a data controller, a DPIA reference, a safety case version and a clinical
safety officer's role and date are all named: until then, invented patients only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services_directory.areas import areas
from services_directory.near_miss import did_you_mean
from services_directory.yaml_files import DirectoryFileError, read_yaml

TRAINING_BANNER = "Training mode: invented patients only"
"""Stands on every page and document until `PracticeSettings.training_mode` is False."""

ROOT = Path(__file__).resolve().parent.parent
OWN_FILE = ROOT / "practice.yml"
SAMPLE_FILE = ROOT / "practice.sample.yml"

# Longer than this, a record belongs in the record system.
MOST_DAYS = 366
_ODS_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Person:
    """Someone at the practice: a role, never a name, and how to reach them."""

    role: str
    contact: str = ""


@dataclass(frozen=True)
class LocalContact:
    """A contact that the practice uses and the directory does not hold."""

    name: str
    contact: str
    note: str = ""


@dataclass(frozen=True)
class Governance:
    """What must be settled before a real patient is spoken of. Empty means not settled.

    `officer_role` and `officer_date`: the clinical safety officer who accepted the safety case, and when.
    """

    data_controller: str = ""
    dpia_reference: str = ""
    safety_case_version: str = ""
    officer_role: str = ""
    officer_date: date | None = None

    @property
    def complete(self) -> bool:
        """Tell whether everything is settled."""
        return all(
            (
                self.data_controller,
                self.dpia_reference,
                self.safety_case_version,
                self.officer_role,
                self.officer_date,
            )
        )


@dataclass(frozen=True)
class ReferralSettings:
    """For how many days what a referral says of its patient is kept.

    `keep_drafts_days`: a draft with which nobody goes on. `keep_after_end_days`: from its final state
    (declined, completed, withdrawn). `keep_at_most_days`: from its first day, whatever its state.
    """

    keep_drafts_days: int = 14
    keep_after_end_days: int = 30
    keep_at_most_days: int = 180


@dataclass(frozen=True)
class Notices:
    """The practice's own words on /privacy and /terms, in plain text; empty where there are none."""

    privacy: str = ""
    terms: str = ""


@dataclass(frozen=True)
class PracticeSettings:
    """The settings of one practice. `gp_area` is an area id, or None where it is not set.

    `end_of_day` is `HH:MM` local time: then the day's conversations are deleted. After `idle_minutes`
    without a message the assistant asks whether the patient is still the same.
    """

    name: str
    ods_code: str
    address: str
    reply_address: str
    safety_pathway: str
    gp_area: str | None = None
    safeguarding_lead: Person = Person("safeguarding lead")
    link_worker: Person = Person("social prescribing link worker")
    local_contacts: tuple[LocalContact, ...] = ()
    end_of_day: str = "19:00"
    idle_minutes: int = 10
    governance: Governance = field(default_factory=Governance)
    referrals: ReferralSettings = field(default_factory=ReferralSettings)
    notices: Notices = field(default_factory=Notices)

    @property
    def training_mode(self) -> bool:
        """True until the governance of the practice is settled."""
        return not self.governance.complete


_KEYS = (
    "name",
    "ods_code",
    "address",
    "reply_address",
    "area",
    "safety_pathway",
    "safeguarding_lead",
    "link_worker",
    "local_contacts",
    "end_of_day",
    "idle_minutes",
    "governance",
    "referrals",
    "notices",
)
_REFERRAL_KEYS = ("keep_drafts_days", "keep_after_end_days", "keep_at_most_days")
_NOTICE_KEYS = ("privacy", "terms")
_GOVERNANCE_KEYS = (
    "data_controller",
    "dpia_reference",
    "safety_case_version",
    "clinical_safety_officer",
)


class _Reader:
    """Takes values out of the file and says, for a person, what is wrong with one."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()

    def error(self, key: str, message: str) -> DirectoryFileError:
        found = (n for n, line in enumerate(self.lines, 1) if line.strip().startswith(f"{key}:"))
        return DirectoryFileError(self.path, next(found, 0), message)

    def mapping(self, key: str, value: object, known: tuple[str, ...]) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.error(key, f"`{key}` must hold {', '.join(known)}, each on its own line")
        for name in value:
            if name not in known:
                hint = did_you_mean(str(name), known) or f"; known are {', '.join(known)}"
                raise self.error(str(name), f"`{name}` is no setting of {key}{hint}")
        return value

    def text(self, key: str, value: object, required: bool = False) -> str:
        if value is None:
            value = ""
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise self.error(key, f"`{key}` must be text")
        text = str(value).strip()
        if required and not text:
            raise self.error(key, f"`{key}` is missing; write the practice's own")
        return text

    def person(self, key: str, value: object, role: str) -> Person:
        found = self.mapping(key, value, ("role", "contact"))
        return Person(
            self.text("role", found.get("role")) or role,
            self.text("contact", found.get("contact")),
        )

    def contacts(self, value: object) -> tuple[LocalContact, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error("local_contacts", "`local_contacts` must be a list (lines with `-`)")
        known = ("name", "contact", "note")
        items = [self.mapping("local_contacts", item, known) for item in value]
        return tuple(
            LocalContact(
                self.text("name", item.get("name"), required=True),
                self.text("contact", item.get("contact"), required=True),
                self.text("note", item.get("note")),
            )
            for item in items
        )

    def governance(self, value: object) -> Governance:
        found = self.mapping("governance", value, _GOVERNANCE_KEYS)
        officer = self.mapping(
            "clinical_safety_officer", found.get("clinical_safety_officer"), ("role", "date")
        )
        return Governance(
            self.text("data_controller", found.get("data_controller")),
            self.text("dpia_reference", found.get("dpia_reference")),
            self.text("safety_case_version", found.get("safety_case_version")),
            self.text("role", officer.get("role")),
            self.date("date", officer.get("date")),
        )

    def date(self, key: str, value: object) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.error(key, f"`{key}` must be a date such as 2026-11-22") from None

    def pattern(self, key: str, text: str, pattern: re.Pattern[str], shape: str) -> str:
        if not pattern.fullmatch(text):
            raise self.error(key, f"`{key}` must be {shape}, not `{text}`")
        return text

    def area(self, value: object) -> str | None:
        text = self.text("area", value)
        known = areas().by_id
        if text and text not in known:
            hint = did_you_mean(text, known) or "; services_directory/areas lists them"
            raise self.error("area", f"`{text}` is no area{hint}")
        return text or None

    def number(self, key: str, value: object, default: int, least: int, most: int) -> int:
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.error(key, f"`{key}` must be a whole number from {least} to {most}")
        return value

    def referrals(self, value: object) -> ReferralSettings:
        found = self.mapping("referrals", value, _REFERRAL_KEYS)
        days = {
            key: self.number(key, found.get(key), getattr(ReferralSettings, key), 0, MOST_DAYS)
            for key in _REFERRAL_KEYS
        }
        return ReferralSettings(**days)

    def notices(self, value: object) -> Notices:
        found = self.mapping("notices", value, _NOTICE_KEYS)
        return Notices(**{key: self.text(key, found.get(key)) for key in _NOTICE_KEYS})


def load_practice(path: Path) -> PracticeSettings:
    """Return the settings in the file. Raises `DirectoryFileError` (file, line, the mend)."""
    read = _Reader(path, path.read_text(encoding="utf-8") if path.exists() else "")
    found = read.mapping("the practice", read_yaml(path), _KEYS)
    return PracticeSettings(
        name=read.text("name", found.get("name"), required=True),
        ods_code=read.pattern(
            "ods_code",
            read.text("ods_code", found.get("ods_code"), required=True),
            _ODS_CODE,
            "an ODS code such as Y99999",
        ),
        address=read.text("address", found.get("address"), required=True),
        reply_address=read.text("reply_address", found.get("reply_address"), required=True),
        safety_pathway=read.text("safety_pathway", found.get("safety_pathway"), required=True),
        gp_area=read.area(found.get("area")),
        safeguarding_lead=read.person(
            "safeguarding_lead", found.get("safeguarding_lead"), "safeguarding lead"
        ),
        link_worker=read.person(
            "link_worker", found.get("link_worker"), "social prescribing link worker"
        ),
        local_contacts=read.contacts(found.get("local_contacts")),
        end_of_day=read.pattern(
            "end_of_day",
            read.text("end_of_day", found.get("end_of_day")) or PracticeSettings.end_of_day,
            _TIME,
            "a time such as 19:00",
        ),
        idle_minutes=read.number(
            "idle_minutes", found.get("idle_minutes"), PracticeSettings.idle_minutes, 1, 240
        ),
        governance=read.governance(found.get("governance")),
        referrals=read.referrals(found.get("referrals")),
        notices=read.notices(found.get("notices")),
    )


def practice_file() -> Path:
    """Return the settings file in use: FINGERPOST_PRACTICE, the practice's own, or the sample."""
    chosen = os.environ.get("FINGERPOST_PRACTICE")
    if chosen:
        return Path(chosen)
    return OWN_FILE if OWN_FILE.exists() else SAMPLE_FILE


def practice_settings() -> PracticeSettings:
    """Return the settings in use, read again when the file has changed."""
    path = practice_file()
    return _cached(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _cached(path: Path, changed: int) -> PracticeSettings:
    return load_practice(path)
