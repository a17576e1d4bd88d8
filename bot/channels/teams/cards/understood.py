"""The card of what was `understood`, where each fact can be put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.teams.cards.blocks import (
    Block,
    Card,
    choices,
    container,
    line,
    lines,
    person,
    press,
    run,
    say,
    show_card,
    toggle,
)
from bot.channels.teams.cards.words import in_words

# Kept for the record, and never said by the clinician.
SILENT = frozenset(("work_status_outcome", "gp_area", "answered", "uncertain", "ruled_out"))
# What a patient does not have is remembered; other facts are just taken away.
RULED_OUT = frozenset(("conditions", "barriers"))


def facts(case: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each fact as words and key: `("depression", "conditions:depression")`, `("age 48", "age")`."""
    for key, value in case.items():
        if key in SILENT:
            continue
        if isinstance(value, list):
            for one in value:
                yield labels.get(f"{key}:{one}", in_words(str(one))), f"{key}:{one}"
        else:
            yield labels.get(key, f"{in_words(key)}: {in_words(str(value))}"), key


def correction(fact: str, value: str) -> list[str]:
    """Return what to say so that the fact of that key is `value`, or is gone where there is none."""
    key, _, one = fact.partition(":")
    if not one:
        return [f"change {in_words(key)} to {value}" if value else f"remove {in_words(key)}"]
    verb = "not" if key in RULED_OUT else "remove"
    return [f"{verb} {in_words(one)}", *([value] if value else [])]


def understood(message: Mapping[str, Any]) -> list[Card]:
    """Return the card."""
    known = list(facts(message.get("whole_case") or {}, message.get("labels") or {}))
    body: list[Block] = [*person(message), *lines(str(message["text"]))]
    actions: list[Block] = []
    if known:
        whole = [line(run(words), spacing="None") for words, _ in known]
        body.append(container(whole, id="known", isVisible=False))
        form: list[Block] = [
            choices("fact", "What is not right?", known),
            {
                "type": "Input.Text",
                "id": "value",
                "label": "It should be (leave empty to take it away)",
                "maxLength": 80,
            },
        ]
        actions = [
            toggle(f"All that is known ({len(known)})", "known"),
            show_card("Put right", form, [press("Save", press="correct")]),
            say("Undo", "undo"),
        ]
    return [Card("understood", body, str(message["text"]), "What was understood", actions)]
