"""The cards of a referral. No activity carries what names a patient: that is typed on the referral's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from actions.context import iso_date
from bot.channels.teams.cards.blocks import (
    Block,
    Card,
    container,
    heading,
    line,
    lines,
    open_url,
    person,
    run,
    say,
    toggle,
)
from bot.channels.teams.cards.words import NOT_HERE, STATES, in_words
from services_directory.reasons import day_of

WORKLIST = "/referrals/worklist"


def referral_draft(message: Mapping[str, Any], base_url: str) -> list[Card]:
    """Return the card of a draft."""
    reference = str(message["referral_id"])
    fields = message.get("fields") or ()
    filled = [field for field in fields if field.get("value") not in (None, "", [])]
    missing = [str(f.get("label") or f["name"]) for f in fields if f not in filled and _needed(f)]
    body: list[Block] = [
        *person(message),
        heading(f"Held in referral {reference}"),
        line(run(STATES["draft"] + ".", bold=True), spacing="None"),
        *lines(str(message["text"])),
    ]
    if missing:
        body.append(line(run("Still missing: ", bold=True), ", ".join(missing)))
    body.append(line(NOT_HERE))
    actions = [*_pages(message, base_url), say("Text for the record", "record text")]
    if filled:
        body.append(container([_field(field) for field in filled], id="fields", isVisible=False))
        actions.append(toggle("What is filled in", "fields"))
    actions.append(open_url("Worklist", urljoin(base_url, WORKLIST)))
    return [Card("referral", body, str(message["text"]), "A referral draft", actions, reference)]


def referral_status(message: Mapping[str, Any], base_url: str) -> list[Card]:
    """Return the card that says where a referral stands.

    It may be another patient's than the one under discussion, who is therefore not named above it.
    """
    reference = str(message["referral_id"])
    state = str(message.get("state") or "")
    body: list[Block] = [
        *person({**message, "header": ""}),
        heading(f"Held in referral {reference}"),
        line(run(STATES.get(state, in_words(state)), bold=True)),
        *lines(str(message["text"])),
    ]
    for step in message.get("history") or ():
        body.append(line(run(_step(step), subtle=True), spacing="None"))
    actions = [*_pages(message, base_url), open_url("Worklist", urljoin(base_url, WORKLIST))]
    return [Card("referral", body, str(message["text"]), "A referral", actions, reference)]


def _step(step: Any) -> str:
    """Return one step of a referral's history: "22 November 2026: sent (practice)"."""
    if not isinstance(step, Mapping):
        return in_words(str(step))
    at = iso_date(str(step.get("at") or "")[:10])
    told = f"{day_of(at)}: " if at else ""
    by = f" ({in_words(str(step['by']))})" if step.get("by") else ""
    return f"{told}{in_words(str(step.get('state') or ''))}{by}"


def _pages(message: Mapping[str, Any], base_url: str) -> list[Block]:
    if message.get("url"):
        return [open_url("Open the referral", urljoin(base_url, str(message["url"])))]
    return [
        open_url(
            f"Open the {in_words(str(document['kind']))}", urljoin(base_url, str(document["url"]))
        )
        for document in (message.get("documents") or ())[:1]
    ]


def _needed(field: Mapping[str, Any]) -> bool:
    # What a role may not read comes without its value, but is there.
    return bool(field.get("missing") and field.get("required", True))


def _field(field: Mapping[str, Any]) -> Block:
    value = field.get("value")
    told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    label = str(field.get("label") or in_words(field["name"]))
    source = f" (from {field['source']})" if field.get("source") else ""
    return line(run(f"{label}: ", bold=True), told, run(source, subtle=True), spacing="None")
