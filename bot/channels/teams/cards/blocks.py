"""The parts that cards are made of, in Adaptive Card 1.5: the highest version that Teams shows.

What a person typed, or a service calls itself, goes into `RichTextBlock`s: their runs are never read as
markdown, so that nobody can put a link into a card. Headings alone are `TextBlock`s (screen readers look for
them there), with the letters of markdown taken out. Source of the version: docs/teams.md, Sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
# More buttons than this Teams does not show side by side; what is more goes into a drop-down.
MOST_ACTIONS = 6
# Our part of what a button sends back; its other keys are the inputs of the card.
MARK = "fingerpost"

Block = dict[str, Any]
_MARKDOWN = re.compile(r"[*_`\[\]\\#~]")
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Card:
    """A card before it is sent.

    `kind`: which sort, such as `question`. `text`: the same in plain words, for a client that cannot show it.
    `summary`: for the notification on a locked screen, so it says nothing of a patient.
    """

    kind: str
    body: list[Block]
    text: str
    summary: str
    actions: list[Block] = field(default_factory=list)
    referral_id: str | None = None
    urgent: bool = False

    def content(self) -> dict[str, Any]:
        """Return the card as JSON."""
        card: dict[str, Any] = {
            "type": "AdaptiveCard",
            "$schema": SCHEMA,
            "version": VERSION,
            "fallbackText": self.text,
            "body": self.body,
        }
        if self.actions:
            card["actions"] = self.actions
        return card


def run(
    text: str, *, bold: bool = False, subtle: bool = False, color: str | None = None
) -> dict[str, Any]:
    """Return a piece of a line. `color`: `attention`, for safety alone (others are pale on white)."""
    made: dict[str, Any] = {"type": "TextRun", "text": text}
    if bold:
        made["weight"] = "Bolder"
    if subtle:
        made["isSubtle"] = True
    if color:
        made["color"] = color.capitalize()
    return made


def line(*runs: dict[str, Any] | str, spacing: str = "Small") -> Block:
    """Return one paragraph of runs; plain words may stand for a run, and empty ones are left out."""
    inlines = [run(one) if isinstance(one, str) else one for one in runs]
    inlines = [one for one in inlines if one["text"]]
    return {"type": "RichTextBlock", "inlines": inlines, "spacing": spacing}


def lines(text: str, **style: Any) -> list[Block]:
    """Return a text as paragraphs, one for each of its lines; a very long line as several."""
    found: list[Block] = []
    for paragraph in text.splitlines():
        words = paragraph.strip()
        while words:
            cut = len(words)
            if cut > LONGEST_TEXT:
                cut = max(words.rfind(". ", 0, LONGEST_TEXT) + 1, 0) or LONGEST_TEXT
            found.append(line(run(words[:cut].strip(), **style)))
            words = words[cut:].strip()
    return found


def heading(text: str, size: str = "Medium") -> Block:
    """Return a heading."""
    return {
        "type": "TextBlock",
        "text": _MARKDOWN.sub("", text),
        "wrap": True,
        "size": size,
        "weight": "Bolder",
        "style": "heading",
    }


def container(items: list[Block], style: str | None = None, **more: Any) -> Block:
    """Return blocks that belong together."""
    made: Block = {"type": "Container", "items": items, **more}
    if style:
        made["style"] = style
    return made


def person(message: Mapping[str, Any]) -> list[Block]:
    """Return whom a message is about, and that safety was raised where the work flow waits for it."""
    found: list[Block] = []
    if message.get("pinned") and message.get("type") != "safety":
        raised = ", ".join(str(one).replace("_", " ") for one in message["pinned"])
        found.append(line(run(f"Safety raised: {raised}", bold=True, color="attention")))
    if message.get("header"):
        found.append(line(run(str(message["header"]), subtle=True)))
    return found


# --- Buttons


def press(title: str, **what: str) -> Block:
    """Return a button. `what` says what it does (`presses`), and comes back as it was sent."""
    data = {MARK: what}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": MARK,
        "data": data,
        # A client older than universal actions sends the same as a message.
        "fallback": {"type": "Action.Submit", "title": title, "data": data},
    }


def say(title: str, words: str, shown: str | None = None) -> Block:
    """Return a button that says `words` for the person; `shown` is what the card notes of it."""
    return press(title, press="say", say=words, shown=shown or title)


def choose(title: str, field_id: str, words: str = "{}", shown: str = "{}") -> Block:
    """Return a button that says `words` with what was chosen in the place of `{}`."""
    return press(title, press="choose", input=field_id, say=words, shown=shown)


def open_url(title: str, url: str) -> Block:
    """Return a button that opens a page."""
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def show_card(title: str, body: list[Block], actions: list[Block]) -> Block:
    """Return a button that unfolds a part of the card."""
    inner = {"type": "AdaptiveCard", "body": body, "actions": actions}
    return {"type": "Action.ShowCard", "title": title, "card": inner}


def toggle(title: str, target: str) -> Block:
    """Return a button that shows and hides the block of that id."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def action_set(actions: Sequence[Block]) -> Block:
    """Return buttons inside the card's body."""
    return {"type": "ActionSet", "actions": list(actions)}


def choices(
    field_id: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    multiple: bool = False,
    style: str = "compact",
) -> Block:
    """Return a list to choose from: pairs of what is shown and what it stands for."""
    made: Block = {
        "type": "Input.ChoiceSet",
        "id": field_id,
        "label": label,
        "choices": [{"title": title, "value": value} for title, value in options],
        "style": "expanded" if multiple else style,
    }
    if multiple:
        made["isMultiSelect"] = True
        made["wrap"] = True
    elif style != "expanded":
        made["placeholder"] = "Choose"
    return made


def walk(node: Any) -> Iterable[dict[str, Any]]:
    """Yield every object in a card's JSON, the card itself first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)
