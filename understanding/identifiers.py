"""Finds what could name the patient and replaces it, before anything else sees the message.

In: a message as typed. Out: the same with ``[name]``, ``[NHS number]`` and the like in place of each
identifier; a full postcode keeps its outward half. A leak is the worse error, yet places, services,
illnesses, drugs and employers must survive, or the message cannot be read.
"""

from __future__ import annotations

import re

from understanding.identifier_patterns import (
    TOKEN,
    Span,
    addresses,
    births,
    contacts,
    numbers,
    postcodes,
)
from understanding.model import Identifier, Redacted
from understanding.name_words import ordinary_words
from understanding.person_names import names

# A message is at most read this often: a name found can uncover its neighbour.
_ROUNDS = 6
# A referral's reference says nothing of the patient; by chance a name or a number stands in one.
_REFERENCE = re.compile(r"\bFP-[0-9A-HJKMNP-TV-Z]{8}\b", re.IGNORECASE)


def _chosen(spans: list[Span], masked: list[tuple[int, int]]) -> list[Span]:
    """Return the spans that neither overlap each other (the earlier and longer wins) nor a token."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -(s.end - s.start))):
        if span.end <= span.start or any(s < span.end and span.start < e for s, e in masked):
            continue
        if kept and span.start < kept[-1].end:
            if span.end > kept[-1].end and span.kind != "postcode":
                kept[-1] = Span(kept[-1].kind, kept[-1].start, span.end, kept[-1].replacement)
            continue
        kept.append(span)
    return kept


def _round(text: str) -> list[Span]:
    masked = [m.span() for m in TOKEN.finditer(text)]
    spans = [*contacts(text), *births(text), *numbers(text), *postcodes(text)]
    spans += addresses(text, ordinary_words())
    kept = masked + [m.span() for m in _REFERENCE.finditer(text)]
    shaped = _chosen(spans, kept)
    anchors = [(s.start, s.end) for s in shaped] + masked
    return _chosen([*shaped, *names(text, anchors)], kept)


def redact(text: str) -> Redacted:
    """Return ``text`` without identifiers, and where each stood in the text as typed.

    Never raises; ``redact(redact(t).text).text == redact(t).text``.
    """
    pieces: list[Identifier] = []
    current = text
    for _ in range(_ROUNDS):
        spans = _round(current)
        if not spans:
            break
        for span in reversed(spans):
            current = current[: span.start] + span.replacement + current[span.end :]
        pieces = _merge(pieces, spans)
    return Redacted(current, tuple(pieces))


def _merge(known: list[Identifier], spans: list[Span]) -> list[Identifier]:
    """Add ``spans``, whose offsets count in the text already redacted by ``known``, to ``known``."""

    def original(position: int) -> int:
        shift = 0
        for piece in known:
            new_start = piece.start - shift
            if position <= new_start:
                break
            shift += (piece.end - piece.start) - len(piece.replacement)
        return position + shift

    added = [Identifier(s.kind, original(s.start), original(s.end), s.replacement) for s in spans]
    return sorted([*known, *added], key=lambda piece: piece.start)
