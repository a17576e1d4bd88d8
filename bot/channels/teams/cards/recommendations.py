"""The cards of `recommendations`: how they stand together, one each for the first three, and the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.teams.cards.blocks import (
    Block,
    Card,
    action_set,
    choices,
    choose,
    container,
    heading,
    line,
    lines,
    person,
    run,
)
from bot.channels.teams.cards.service import service
from bot.channels.teams.cards.words import VERDICT, WAY_IN, in_words

IN_FULL = 3
# One list of choices; a longer one goes on in another, so that a card can be split between them.
LIST_BYTES = 12_000


def recommendations(message: Mapping[str, Any]) -> list[Card]:
    """Return the cards, in the order in which they are to be read."""
    items = message.get("items") or []
    names = {i["service_id"]: i["name"] for i in [*(message.get("rejected") or ()), *items]}
    # What depends on where the patient lives is listed, and not put before the clinician.
    shown = [item for item in items[:IN_FULL] if not item.get("depends_on_place")]
    first = [service(item, names, message) for item in shown]
    more = _more(message, [item for item in items if item not in shown])
    return [_overview(message, items, names), *first, *([more] if more else [])]


def _overview(
    message: Mapping[str, Any], items: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> Card:
    as_of = message.get("as_of")
    count = "No service fits" if not items else f"{len(items)} services fit"
    body: list[Block] = [
        *person(message),
        heading(count if len(items) != 1 else "One service fits"),
    ]
    if as_of:
        body.append(line(run(f"As of {as_of}", subtle=True), spacing="None"))
    if not items:
        body += lines(str(message.get("text") or ""))
    for step in message.get("plan") or ():
        name = names.get(step["service_id"], in_words(step["service_id"]))
        body.append(line(run(name, bold=True), f" {step['why']}"))
    if gap := message.get("gap"):
        body += lines(str(gap))
    return Card("recommendations", body, str(message.get("text") or count), "Services that fit")


def _more(message: Mapping[str, Any], rest: Sequence[Mapping[str, Any]]) -> Card | None:
    body: list[Block] = []
    options = [(_title(item), str(item["service_id"])) for item in rest]
    for n, part in enumerate(_parts(options)):
        verbs = [("Tell me more", "tell me about {}"), ("Refer", "refer to {}")]
        body.append(_asked(f"rest{n}", "These fit too", part, verbs))
    chips = [(str(c["title"]), str(c["payload"])) for c in message.get("chips") or ()]
    if chips:
        body.append(_asked("chip", "Say more of the patient", chips, [("Ask me", "{}")]))
    rejected = [(str(i["name"]), str(i["service_id"])) for i in message.get("rejected") or ()]
    rejected.sort(key=lambda option: option[0].casefold())
    for n, part in enumerate(_parts(rejected)):
        label = f"Why not another, {part[0][0][:1]} to {part[-1][0][:1]} ({len(part)})"
        body.append(_asked(f"rejected{n}", label, part, [("Why not?", "why not {}")], "filtered"))
    if not body:
        return None
    return Card("more", body, "More: type “why not” or “tell me about” with a service.", "More")


def _title(item: Mapping[str, Any]) -> str:
    told = [
        VERDICT.get(item["verdict"], in_words(item["verdict"])),
        WAY_IN.get(item.get("way_in", "")),
    ]
    return f"{item.get('rank', '')} {item['name']} ({'; '.join(filter(None, told))})".strip()


def _asked(
    field_id: str,
    label: str,
    options: Sequence[tuple[str, str]],
    verbs: Sequence[tuple[str, str]],
    style: str = "compact",
) -> Block:
    buttons = [choose(title, field_id, words, f"{title}: {{}}") for title, words in verbs]
    return container([choices(field_id, label, options, style=style), action_set(buttons)])


def _parts(options: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    part: list[tuple[str, str]] = []
    size = 0
    for option in options:
        weight = len(json.dumps(option, ensure_ascii=False).encode()) + 20
        if part and size + weight > LIST_BYTES:
            yield part
            part, size = [], 0
        part.append(option)
        size += weight
    if part:
        yield part
