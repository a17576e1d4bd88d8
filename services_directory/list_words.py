"""The list of cards in plain words: what fits, then apart from it what is not known to.

Three kinds of cards are not counted among those that fit: services of a single place while it is not known
where the patient lives, services of which nobody knows whether they are open, and the crisis lines that are
for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services_directory.directory import Directory
from services_directory.ranking import is_for_everybody
from services_directory.sentences import sentence_case

FIRST_CARDS = 3
NO_WAY_IN = "How to reach it is not known."
Items = Sequence[dict[str, Any]]


def list_lines(items: Items, directory: Directory) -> list[str]:
    """Return the lines for ``items`` (those of the ``recommendations`` message, at least one)."""
    local = [item for item in items if item.get("depends_on_place")]
    rest = [item for item in items if not item.get("depends_on_place")]
    unsure = [item for item in rest if item["status"] != "open"]
    lines = [item for item in rest if item["status"] == "open" and _for_all(item, directory)]
    fitting = [item for item in rest if item not in unsure and item not in lines]
    first = [item for item in rest if item not in lines][:FIRST_CARDS]
    told = [_headline(len(fitting), len(first))] if first else []
    told += [_card_words(item, directory) for item in first]
    told += _named("Also", fitting, first)
    told += _by_place(local)
    told += _named("Not confirmed to be open", unsure, first)
    told += _named("For anyone in a crisis, at any hour", lines, first)
    return told


def _for_all(item: dict[str, Any], directory: Directory) -> bool:
    return is_for_everybody(directory.services[item["service_id"]])


def _headline(fitting: int, first: int) -> str:
    if not fitting:
        return "Nothing is known to be open and to fit. What may help:"
    told = "1 service fits" if fitting == 1 else f"{fitting} services fit"
    if fitting < first:
        return f"{told}; after that, what else may help:"
    return f"{told}:" if fitting == first else f"{told}, first {first}:"


def _card_words(item: dict[str, Any], directory: Directory) -> str:
    verdict = item["verdict"]
    if item["status"] != "open":
        verdict += ", not confirmed to be open"
    head = f"{item['name']} ({verdict})"
    if item["way_in"] == "not_known":
        head = f"{NO_WAY_IN} {head}"
        if "beside" in item:
            head += f"; with a known way in: {directory.services[item['beside']].name}"
    for guest in item.get("brings", ()):
        head += f", and with it {guest['name']}"
    service = directory.services[item["service_id"]]
    if service.comes_with:
        head += f", which comes with a referral to {service.comes_with.replace('-', ' ')}"
    return f"{item['rank']}. {head}. {service.offers} {sentence_case(item['facts'])}."


def _by_place(items: Items) -> list[str]:
    """Return the line for what is there in one place or another, one name a programme."""
    names = []
    for item in items:
        others = len(item["also"])
        more = f" (or {others} more, each for its own place)" if others else ""
        names.append(f"{item['name']}{more}")
    return [f"Depends on where the patient lives: {'; '.join(names)}."] if names else []


def _named(what: str, items: Items, told: Items) -> list[str]:
    names = [item["name"] for item in items if item not in told]
    return [f"{what}: {', '.join(names)}."] if names else []
