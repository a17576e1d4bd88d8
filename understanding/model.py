"""What the reading of one message yields. Plain data, no behaviour beyond its JSON form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Assertion = Literal["present", "absent", "past", "other_person", "uncertain"]


@dataclass(frozen=True)
class Mention:
    """One fact found in the text.

    ``start`` and ``end`` are character offsets in the (redacted) message, ``slot`` a key of the case,
    ``value`` an id, a number, a truth value or text; ``cue`` is the word that decided the assertion, or
    the rule that found the value; ``sure`` is False where only the sentence classifier proposed it.
    """

    text: str
    start: int
    end: int
    slot: str
    value: Any
    assertion: Assertion = "present"
    cue: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Identifier:
    """Something that could name the patient, found at ``start``..``end`` of the message as typed.

    ``kind``: ``name``, ``nhs_number``, ``phone``, ``email``, ``date_of_birth``, ``postcode``, ``address``.
    """

    kind: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Redacted:
    """A message with every identifier replaced. ``found`` says what was replaced, never its text."""

    text: str
    found: tuple[Identifier, ...] = ()


@dataclass(frozen=True)
class SafetyCue:
    """Words that raise one safety category now."""

    category: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Command:
    """Something the clinician asks of the assistant rather than says of the patient.

    ``name``: ``new_patient``, ``same_patient``, ``undo``, ``change``, ``remove``, ``why_not``,
    ``tell_me_about``, ``refer_to``, ``dismiss``, ``summary``, ``help``, ``go_on``, ``show``,
    ``record_text``, ``fit_note_comments``, ``handout``, ``referral_status`` (``words``: a reference).
    ``services``: ids the words can mean (several: ask which; none: ``words`` is what was typed).
    ``slot`` and ``value`` belong to ``change`` and ``remove``; ``reason`` to ``dismiss``. Where a card is
    named by its number ("refer to 1"), ``value`` is that number, and ``places`` all of them ("1 and 2");
    ``value`` is ``last`` where it is about the service spoken of last. ``help`` about fit notes has that in
    ``words``.
    """

    name: str
    words: str = ""
    services: tuple[str, ...] = ()
    slot: str | None = None
    value: Any = None
    reason: str | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """All that one message says.

    ``case`` holds the keys of the contract that the message adds (``ruled_out`` and ``uncertain`` too);
    ``removed`` what it takes away (same shape); ``answered`` how the asked slot was answered where no
    value came (``dont_know``, ``declined``, ``complete``); ``corrects`` is True where a correcting word
    stands in it; ``opening`` where it reads as the opening of a consultation; ``services`` the ids of
    services it names; ``text`` is the redacted message. ``another``: the part that describes a second
    patient, from which nothing was read; ``handed_to``: whose all that was said turns out to be ("her
    husband"); ``asks``: what is asked that this product does not answer (``clinical``, ``benefits``,
    ``fit_note``); ``noted``: words said that no key of the case holds, and that must not be lost.
    """

    text: str
    intent: str
    confidence: float
    case: dict[str, Any] = field(default_factory=dict)
    removed: dict[str, Any] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    safety: tuple[SafetyCue, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    command: Command | None = None
    services: tuple[str, ...] = ()
    corrects: bool = False
    opening: bool = False
    another: str = ""
    handed_to: str = ""
    asks: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
