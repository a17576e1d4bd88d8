"""What Rasa's stock pipeline is taught for the comparison of ``make bench-nlu``: our own sentences, labelled.

Nothing of the scored sets is in it. Sentences: all of ``data/nlu`` with intents; the ``examples`` of the
vocabulary and the neutral sentences; carriers of ``data/nlu`` with other phrases of the vocabulary put in the
place of the one they hold; the lines on which our safety rules were shaped, each an intent of its category.
Labels: what our reader takes as said of the patient (so that a denied illness stays without label and the
network may learn what denies); an example that no phrase covers is one entity in whole.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services_directory.areas import areas
from services_directory.vocabulary import vocabulary
from understanding.intent_training import read_examples
from understanding.lexicon import BY_RULE
from understanding.phrases import PIECE
from understanding.reader import Reader
from understanding.word_lists import word_file

SAFETY_INTENT = "safety_"
# Keys whose terms carry no vocabulary of their own but are labelled where the reader finds them.
UNLABELLED = frozenset({"occupation", "in_programme"})
# Phrases drawn from one pattern of the vocabulary; each goes into one carrier.
DRAWN = 1
IN_A_CARRIER = 0.7
_MARKUP = re.compile(r"[\[\]{}()\\]")


@dataclass(frozen=True)
class Sentence:
    """One training sentence; ``labels`` are (start, end, key, value), in order, not overlapping."""

    text: str
    intent: str
    labels: tuple[tuple[int, int, str, str], ...] = ()

    def markup(self) -> str:
        """Return the sentence as Rasa's training files write it."""
        out, last = "", 0
        for start, end, key, value in self.labels:
            out += self.text[last:start]
            out += f'[{self.text[start:end]}]{{"entity": "{key}", "value": "{value}"}}'
            last = end
        return out + self.text[last:]


def drawn_phrase(pattern: str, rng: random.Random) -> str:
    """Return one phrase that ``pattern`` (notation of ``understanding/phrases.py``) stands for."""
    pieces = PIECE.findall(pattern.lstrip("~"))
    words, _ = _alternative(pieces, 0, rng)
    return re.sub(r"\s+", " ", words).strip()


def _alternative(pieces: list[str], at: int, rng: random.Random) -> tuple[str, int]:
    options: list[str] = [""]
    while at < len(pieces) and pieces[at] not in (")", ")?"):
        piece = pieces[at]
        if piece == "|":
            options.append("")
        elif piece == "(":
            inner, at = _alternative(pieces, at + 1, rng)
            missing = pieces[at : at + 1] == [")?"] and rng.random() < 0.5
            options[-1] += "" if missing else " " + inner
        elif piece != "...":
            word = piece.lstrip("=")
            if not (word.endswith("?") and rng.random() < 0.5):
                options[-1] += " " + word.rstrip("?")
        at += 1
    return rng.choice(options), at


def _labelled(reader: Reader, text: str, intent: str) -> Sentence:
    """Return ``text`` with the present facts that the reader's phrases and rules find in it."""
    found = sorted(
        (
            m
            for m in reader.read(text).mentions
            if m.sure and m.assertion in ("present", "uncertain")
        ),
        key=lambda m: (m.start, m.start - m.end),
    )
    labels: list[tuple[int, int, str, str]] = []
    for m in found:
        if (
            m.slot not in UNLABELLED
            and m.end > m.start
            and (not labels or m.start >= labels[-1][1])
        ):
            labels.append((m.start, m.end, m.slot, str(m.value)))
    return Sentence(text, intent, tuple(labels))


def _carriers(sentences: list[Sentence]) -> dict[str, list[tuple[Sentence, int]]]:
    """Return for each key the sentences that hold a label of it, with the place of that label."""
    found: dict[str, list[tuple[Sentence, int]]] = defaultdict(list)
    for sentence in sentences:
        for place, label in enumerate(sentence.labels):
            found[label[2]].append((sentence, place))
    return found


def _with(sentence: Sentence, place: int, phrase: str, value: str) -> Sentence:
    """Return ``sentence`` with ``phrase`` in the place of its label number ``place``."""
    start, end, key, _ = sentence.labels[place]
    moved = len(phrase) - (end - start)
    labels = [
        (start, start + len(phrase), key, value)
        if i == place
        else (a + moved, b + moved, k, v)
        if i > place
        else (a, b, k, v)
        for i, (a, b, k, v) in enumerate(sentence.labels)
    ]
    return Sentence(
        sentence.text[:start] + phrase + sentence.text[end:], sentence.intent, tuple(labels)
    )


def _phrases(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (key, value, phrase) for phrases of every term, and for every place of every area."""
    for key, terms in vocabulary().terms.items():
        if key in BY_RULE:
            continue
        for term in terms.values():
            slot, value = (term.id, "true") if key == "flags" else (key, term.id)
            drawn = {drawn_phrase(p, rng) for p in term.words for _ in range(DRAWN)}
            yield from ((slot, value, phrase) for phrase in sorted(drawn))
    for area in areas().by_id.values():
        yield from (("area", area.id, place) for place in (area.label, *sorted(area.places)))


def _substituted(sentences: list[Sentence], rng: random.Random) -> Iterator[Sentence]:
    """Yield one sentence a phrase: mostly a carrier with the phrase put in, else the phrase alone."""
    carriers = _carriers([s for s in sentences if s.intent == "inform"])
    for slot, value, phrase in _phrases(rng):
        where = carriers.get(slot)
        if where and rng.random() < IN_A_CARRIER:
            sentence, place = rng.choice(where)
            yield _with(sentence, place, phrase, value)
        else:
            yield Sentence(phrase, "inform", ((0, len(phrase), slot, value),))


def _examples(reader: Reader) -> Iterator[Sentence]:
    for key, terms in vocabulary().terms.items():
        for term in terms.values():
            for text in getattr(term, "examples", ()):
                labelled = _labelled(reader, text, "inform")
                if not any((k, v) == (key, term.id) for _, _, k, v in labelled.labels):
                    labelled = Sentence(text, "inform", ((0, len(text), key, term.id),))
                yield labelled


def _safety() -> Iterator[Sentence]:
    file: dict[str, Any] = word_file("safety_examples")
    cases = file["cases"]
    for category, lines in cases["alarms"].items():
        for line in lines:
            yield Sentence(line, SAFETY_INTENT + category)
    for line in cases["harmless"]:
        yield Sentence(line, "inform")
    for block in file["rounds"]:
        for raised in block["raises"]:
            for line in raised["lines"]:
                yield Sentence(line, SAFETY_INTENT + raised["categories"][0])
        for line in block["quiet"]:
            yield Sentence(line, "inform")


def sentences() -> list[Sentence]:
    """Return the training sentences, the same in every run."""
    rng = random.Random(20261122)
    reader = Reader(classifier=False)
    written = [_labelled(reader, text, intent) for text, intent in read_examples()]
    written += _examples(reader)
    neutral = [Sentence(str(line), "inform") for line in word_file("neutral")["sentences"]]
    safety = [_labelled(reader, s.text, s.intent) for s in _safety()]
    every = [*written, *neutral, *_substituted(written, rng), *safety]
    plain = [s for s in every if s.text.strip() and not _MARKUP.search(s.text)]
    return list({s.text: s for s in plain}.values())


def training_file(taught: list[Sentence]) -> str:
    """Return the text of a Rasa NLU file with ``taught``."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for sentence in taught:
        by_intent[sentence.intent].append("    - " + sentence.markup().replace("\n", " "))
    blocks = [
        f"- intent: {intent}\n  examples: |\n" + "\n".join(lines)
        for intent, lines in sorted(by_intent.items())
    ]
    return 'version: "3.1"\nnlu:\n' + "\n".join(blocks) + "\n"
