"""How each key is asked: wording, options and how likely each answer is, from ``questions.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services_directory.case import FLAG_KEYS, Case
from services_directory.directory import Directory
from services_directory.programmes import programmes_on
from services_directory.sentences import sentence_case
from services_directory.yaml_files import read_yaml

# Lists that are open even when something in them is known.
_ALSO = {
    "conditions": "Low mood, pain, teeth: anything else?",
    "barriers": "Anything else in the way?",
}
QUESTIONS_FILE = Path(__file__).parent / "questions.yml"


@dataclass(frozen=True)
class QuestionText:
    """One key's question. ``options`` are ids (flags: true, false); ``likely`` their shares."""

    slot: str
    text: str
    options: tuple[Any, ...] | None
    multiple: bool
    likely: Mapping[Any, float]
    chip: str = ""


@lru_cache(maxsize=1)
def question_texts() -> dict[str, QuestionText]:
    """Return every question by its slot, in the order of the file."""
    raw = read_yaml(QUESTIONS_FILE)
    return {
        slot: QuestionText(
            slot=slot,
            text=block["text"],
            options=tuple(block["options"]) if "options" in block else None,
            multiple=block.get("multiple") is True,
            likely=block.get("likely", {}),
            chip=block.get("chip", ""),
        )
        for slot, block in raw.items()
    }


def question_message(slot: str, directory: Directory, day: date | None = None) -> dict[str, Any]:
    """Return the ``question`` message of the contract for ``slot``.

    ``day``: leave out options that cannot be so on that day, such as a programme long ended.
    Every option's payload is a plain word that the reader understands as an answer.
    """
    asked = question_texts()[slot]
    return {
        "type": "question",
        "slot": slot,
        "text": asked.text,
        "options": _options(asked, directory, day),
        "multiple": asked.multiple,
        "skippable": True,
    }


def chips(case: Case) -> list[dict[str, str]]:
    """Return what the clinician may still want to be asked, as ``{"title","slot","payload"}``.

    A question that could not change the answer is not asked; it is offered here instead. The payload
    ``ask <slot>`` brings it up.
    """
    texts = question_texts()
    offered = []
    for slot, asked in texts.items():
        if asked.chip and not case.settled(slot):
            offered.append({"title": asked.chip, "slot": slot, "payload": f"ask {slot}"})
    for slot, title in _ALSO.items():
        known = getattr(case, slot)
        if known and case.answered.get(slot) != "complete":
            offered.append({"title": title, "slot": slot, "payload": f"ask {slot}"})
    return offered


def _options(asked: QuestionText, directory: Directory, day: date | None) -> list[dict[str, str]]:
    words = directory.words
    if asked.slot in FLAG_KEYS:
        return [{"title": "Yes", "payload": "yes"}, {"title": "No", "payload": "no"}]
    if asked.slot == "area":
        return [
            {"title": sentence_case(directory.areas.label(area)), "payload": area}
            for area in asked.options or directory.areas.by_id
        ]
    if asked.slot == "in_programme":
        on = programmes_on(day or date.today(), directory)
        named = [{"title": service.name, "payload": service.id} for service in on]
        return [{"title": "No", "payload": "none"}, *named]
    if asked.slot not in words.terms:
        return []
    ids = asked.options or tuple(words.terms[asked.slot])
    options = [{"title": sentence_case(words.label(asked.slot, i)), "payload": str(i)} for i in ids]
    if asked.multiple and "none" not in ids:
        options.append({"title": "None of these", "payload": "none"})
    return options
