"""Services of an Open Referral UK feed as draft entries, for a person to complete.

A draft is never more than that: status ``unverified``, confidence low, not verified, the feed as its source.
What an entry needs and the feed does not say is left out and listed; so is what the feed says and an entry
has no place for. Names of people are never taken over. A feed that another Fingerpost wrote brings its
rules and routes along (``fingerpost_…``); they are read as strictly as anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services_directory.directory import Directory
from services_directory.entry_keys import ENTRY_KEYS
from services_directory.entry_reader import ID_SHAPE, EntryReader, ReadEntry
from services_directory.exchange.feed_words import Left, hours, plain_text, slug, texts_of
from services_directory.exchange.open_referral import PREFIX
from services_directory.exchange.yaml_text import entry_text
from services_directory.findings import Finding, shown

SOURCE_ID = "feed"
# No rule is nested deeper; what is, was not written by a Fingerpost.
DEEPEST = 20
# What only this directory may say of an entry, whatever a feed says.
_OURS = ("id", "name", "status", "confidence", "verified_on", "verified_by_role", "personas")
_LEFT_UNSAID = ("unverified_from",)
_KEYS = tuple(key.name for key in ENTRY_KEYS)
# Fields that need no mention: identifiers, and what is made from other fields.
_SILENT = ("id", "organization_id", "last_modified", "assured_date", "service_at_locations")


@dataclass(frozen=True)
class Defaults:
    """What the person who imports says of services of which the feed does not say it."""

    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Draft:
    """One draft: the text of its file, as it was read, and what was left out (``left``) or is ``missing``."""

    id: str
    text: str
    entry: ReadEntry
    left: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it as an entry."""
        return self.entry.findings


@dataclass
class _Making:
    """A draft in the making."""

    raw: Mapping[str, Any]
    feed: str
    book: Directory
    defaults: Defaults
    plain: dict[str, Any] = field(default_factory=dict)
    left: Left = field(default_factory=Left)


def drafts(
    services: Iterable[Any],
    feed: str,
    day: date,
    reader: EntryReader,
    book: Directory,
    defaults: Defaults | None = None,
) -> tuple[list[Draft], list[str]]:
    """Return the drafts, and what is wrong with items that are no service at all.

    ``feed`` names the feed in the drafts' source; ``day`` is the day it was read.
    """
    made: list[Draft] = []
    wrong: list[str] = []
    taken: set[str] = set()
    for position, raw in enumerate(services, start=1):
        name = plain_text(raw.get("name")) if isinstance(raw, Mapping) else ""
        if not name:
            wrong.append(f"item {position} of the feed is no service with a name; left out")
            continue
        draft = _draft(_Making(raw, feed, book, defaults or Defaults()), name, day, reader, taken)
        taken.add(draft.id)
        made.append(draft)
    return made, wrong


def _draft(making: _Making, name: str, day: date, reader: EntryReader, taken: set[str]) -> Draft:
    raw, plain, left = making.raw, making.plain, making.left
    wanted = raw.get(f"{PREFIX}id")
    is_ours = isinstance(wanted, str) and ID_SHAPE.fullmatch(wanted) is not None
    identifier = _free(str(wanted) if is_ours else slug(name), taken)
    for key in _KEYS:
        ours = raw.get(f"{PREFIX}{key}")
        if ours in (None, "", []) or key in (*_OURS, *_LEFT_UNSAID):
            continue
        if _is_deep(ours, DEEPEST):
            left.say(f"{PREFIX}{key}: nested too deep")
        else:
            plain[key] = ours
    _standard_fields(making)
    _with_source(making, day)
    plain |= {"id": identifier, "name": name, "status": "unverified", "confidence": "low"}
    said = raw.get("status")
    if isinstance(said, str):
        left.say(f"status '{shown(said)}': a draft is unverified until somebody has checked it")
    missing = tuple(f"{k}: {why}" for k, why in _NEEDED.items() if k not in plain)
    if identifier in making.book.services:
        left.say(f"the directory has an entry {identifier} already; compare the two")
    ordered = {key: plain[key] for key in _KEYS if key in plain}
    head = [
        f"Draft from {shown(making.feed)}, read on {day.isoformat()}. Complete it and check every fact",
        "before it goes into a folder of entries.",
        *(f"Missing: {line}" for line in missing),
        *(f"Not taken over: {line}" for line in left.lines),
    ]
    text = "".join(f"# {line}\n" for line in head) + entry_text(ordered)
    return Draft(
        identifier, text, reader.parse_entry(text, f"{identifier}.yml"), left.lines, missing
    )


_NEEDED = {
    "areas": "where it serves (an area id, such as salford)",
    "needs": "what it helps with (such as employment)",
    "kind": "what it does with a patient (such as coaching)",
}


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 2, wanted
    while found in taken:
        number, found = number + 1, f"{wanted}-{number}"
    return found


def _standard_fields(making: _Making) -> None:
    raw, plain, left = making.raw, making.plain, making.left
    organization = raw.get("organization")
    named = organization.get("name") if isinstance(organization, Mapping) else None
    said = {
        "offers": plain_text(raw.get("description")),
        "provider": plain_text(named),
        "commissioner": "; ".join(texts_of(raw.get("funding"), "source")),
        "cost": plain_text(raw.get("fees"))
        or "; ".join(texts_of(raw.get("cost_options"), "option", "amount", "amount_description")),
        "languages": "; ".join(texts_of(raw.get("languages"), "name", "note")),
        "hours": hours(raw.get("schedules")),
    }
    for key, text in said.items():
        if text:
            plain.setdefault(key, text)
    alert = plain_text(raw.get("alert"))
    # Another Fingerpost makes its alert from status and dates, which stand elsewhere.
    if alert and f"{PREFIX}status_on" not in raw:
        plain.setdefault("cautions", [alert])
    _areas(making)
    _filed(making)
    _ages(making)
    for name in ("url", "email"):
        if (value := plain_text(raw.get(name))) and "routes" not in plain:
            left.say(f"{name} {shown(value)}: write a route once it is known who may use it")
    _contacts(making)
    handled = (
        "name", "status", "description", "organization", "funding", "fees", "cost_options", "alert",
        "languages", "schedules", "service_areas", "attributes", "minimum_age", "maximum_age", "url",
        "email", "contacts", "phones", *_SILENT,
    )  # fmt: skip
    for name, value in raw.items():
        if name not in handled and not str(name).startswith(PREFIX) and value not in (None, "", []):
            left.say(f"{shown(name)}: {shown(plain_text(value) or value)}")


def _areas(making: _Making) -> None:
    tree, plain = making.book.areas, making.plain
    by_name = {area.label.casefold(): area.id for area in tree.by_id.values()}
    by_place = {place.casefold(): a.id for a in tree.by_id.values() for place in a.places}
    found: list[str] = []
    for area in _blocks(making.raw.get("service_areas")):
        own, name = area.get(f"{PREFIX}area"), plain_text(area.get("name"))
        known = own if own in tree.by_id else by_name.get(name.casefold())
        known = known or by_place.get(name.casefold())
        if known:
            found.append(str(known))
        elif name:
            making.left.say(f"service area '{shown(name)}': no area of that name")
    areas = list(dict.fromkeys(found)) or list(making.defaults.areas)
    if areas:
        plain.setdefault("areas", areas)


def _filed(making: _Making) -> None:
    """Take needs and kind from terms of our own taxonomies; list all other terms."""
    needs: list[str] = []
    for attribute in _blocks(making.raw.get("attributes")):
        term = attribute.get("taxonomy_term")
        if not isinstance(term, Mapping):
            continue
        taxonomy, own = term.get("taxonomy"), term.get(f"{PREFIX}id")
        if taxonomy == f"{PREFIX}needs" and own in making.book.words.needs:
            needs.append(str(own))
        elif not str(taxonomy).startswith(PREFIX):
            making.left.say(f"term '{shown(plain_text(term.get('name')))}' of {shown(taxonomy)}")
    if needs or making.defaults.needs:
        making.plain.setdefault("needs", needs or list(making.defaults.needs))
    if making.defaults.kind:
        making.plain.setdefault("kind", making.defaults.kind)


def _ages(making: _Making) -> None:
    bounds = {
        name: making.raw.get(field)
        for name, field in (("min", "minimum_age"), ("max", "maximum_age"))
    }
    # 0 and 100 and more are how feeds say "any age".
    rule = {
        name: int(age)
        for name, age in bounds.items()
        if isinstance(age, (int, float)) and not isinstance(age, bool) and 0 < age < 100
    }
    if rule and "criteria" not in making.plain:
        low, high = rule.get("min"), rule.get("max")
        says = (
            f"{low} to {high}" if low and high else f"{low} or over" if low else f"{high} or under"
        )
        making.plain["criteria"] = [
            {"id": "age", "says": f"Aged {says}", "source": SOURCE_ID, "age": rule}
        ]


def _contacts(making: _Making) -> None:
    """List the numbers; say of people only that there are some."""
    contacts = _blocks(making.raw.get("contacts"))
    phones = [*_blocks(making.raw.get("phones"))]
    for contact in contacts:
        phones += _blocks(contact.get("phones"))
    if "routes" in making.plain:
        return
    for number in dict.fromkeys(plain_text(phone.get("number")) for phone in phones):
        if number:
            making.left.say(f"phone {shown(number)}: write a route once it is known who may call")
    if any(contact.get("name") for contact in contacts):
        making.left.say("contacts: people's names are never taken over")


def _with_source(making: _Making, day: date) -> None:
    raw, plain = making.raw, making.plain
    source: dict[str, Any] = {
        "id": SOURCE_ID,
        "cite": f"Open Referral feed {making.feed}, read on {day.isoformat()}",
    }
    for name in ("assured_date", "last_modified"):
        try:
            source["dated"] = date.fromisoformat(str(raw.get(name))[:10]).isoformat()
        except ValueError:
            continue
        break
    brought = plain.get("sources")
    others = brought if isinstance(brought, list) else []
    held = [s for s in others if not (isinstance(s, Mapping) and s.get("id") == SOURCE_ID)]
    plain["sources"] = [*held, source]
    if "dated" in source:
        plain.setdefault("source_date", source["dated"])


def _blocks(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, (Mapping, list)):
        return False
    inner = value.values() if isinstance(value, Mapping) else value
    return left == 0 or any(_is_deep(item, left - 1) for item in inner)
