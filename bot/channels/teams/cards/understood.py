"""The card of what was `understood`, where each fact can be confirmed and put right."""

from __future__ import annotations

from collections.abc import Mapping
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

UNSURE = {"guess": "a guess: confirm or remove", "possible": "said only as possible"}
# A guess is confirmed by a button of its own, while there is room for it.
MOST_CONFIRMED = 3
# Between what takes a fact away and what changes it, in the value of a choice.
BETWEEN = "|"


def correction(fact: str, value: str) -> list[str]:
    """Return what to say so that a fact is `value`, or is gone where there is none.

    `fact` is a choice of the card: what takes it away, and how what changes it begins, if anything does.
    """
    remove, _, edit = fact.partition(BETWEEN)
    if not value:
        return [remove]
    return [f"{edit.strip()} {value}"] if edit else [remove, value]


def understood(message: Mapping[str, Any]) -> list[Card]:
    """Return the card."""
    known = message.get("whole_chips") or ()
    body: list[Block] = [*person(message), *lines(str(message["text"]))]
    actions: list[Block] = []
    if known:
        whole = [_fact(chip) for chip in known]
        body.append(container(whole, id="known", isVisible=False))
        actions.append(toggle(f"All that is known ({len(known)})", "known"))
    unsure = [chip for chip in message.get("chips") or () if chip.get("confirm")]
    for chip in unsure[:MOST_CONFIRMED]:
        actions.append(say(f"Confirm: {chip['label']}", str(chip["confirm"])))
    wrong = [
        (str(chip["label"]), f"{chip['remove']}{BETWEEN}{chip.get('edit', '')}".rstrip(" |"))
        for chip in known
        if chip.get("remove")
    ]
    if wrong:
        actions += [show_card("Put right", _form(wrong), [press("Save", press="correct")])]
        actions += [say("Undo", "undo")]
    return [Card("understood", body, str(message["text"]), "What was understood", actions)]


def _fact(chip: Mapping[str, Any]) -> Block:
    said = f" “{chip['said']}”" if chip.get("said") else ""
    unsure = f" ({UNSURE.get(chip['unsure'], chip['unsure'])})" if chip.get("unsure") else ""
    label = str(chip["label"])
    return line(label, run(said, subtle=True), run(unsure, bold=True), spacing="None")


def _form(wrong: list[tuple[str, str]]) -> list[Block]:
    value: Block = {
        "type": "Input.Text",
        "id": "value",
        "label": "It should be (leave empty to take it away)",
        "maxLength": 80,
    }
    return [choices("fact", "What is not right?", wrong), value]
