"""What a message says, one fact at a time, before it is put together into a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from understanding.model import Assertion, Mention
from understanding.person import Person
from understanding.surface import Surface

State = str  # one of assertion.State, or "other_person"


@dataclass(frozen=True)
class Fact:
    """``value`` of ``slot`` said at words ``first``..``last``, with how it is asserted and what decided it.

    ``state``: ``present``, ``absent``, ``past``, ``other_person``, ``uncertain`` or ``hypothetical``.
    ``ruled_out``: said not to be so (an absent fact may also be merely not so: a benefit refused).
    """

    slot: str
    value: Any
    first: int
    last: int
    state: State = "present"
    cue: str = ""
    ruled_out: bool = False
    sure: bool = True
    owner: Person | None = None

    @property
    def present(self) -> bool:
        """Whether it is so of the patient now."""
        return self.state == "present"

    @property
    def holds(self) -> bool:
        """Whether it is, or may be, so of the patient now."""
        return self.state in ("present", "uncertain")

    def set(self, state: State, cue: str, ruled_out: bool = False) -> Fact:
        """Return the same fact, otherwise asserted."""
        return replace(self, state=state, cue=cue, ruled_out=ruled_out)


def mention_of(fact: Fact, surface: Surface) -> Mention:
    """Return ``fact`` as a mention of the message. What is only thought of counts as absent."""
    start, end = surface.span(fact.first, fact.last) if surface.words else (0, 0)
    thought = fact.state == "hypothetical"
    assertion: Assertion = "absent" if thought else fact.state  # type: ignore[assignment]
    cue = f"not so yet: {fact.cue}" if thought else fact.cue
    return Mention(
        surface.text[start:end], start, end, fact.slot, fact.value, assertion, cue, fact.sure
    )
