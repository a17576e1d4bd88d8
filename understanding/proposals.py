"""What no word list holds: a sentence classifier for lay phrasing ("toast for tea three nights running").

Trained on the ``examples`` of the vocabulary (``understanding.train``), it proposes barriers for sentences
in which the phrases found none. A proposal is never sure, and any rule that speaks of the same fact wins.
Prediction needs numpy only.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from services_directory.vocabulary import Vocabulary
from understanding.assertion import is_plain_question
from understanding.facts import Fact
from understanding.people import People
from understanding.surface import Surface
from understanding.word_lists import word_file
from understanding.word_sets import words

log = logging.getLogger(__name__)

MODEL_FILE = Path(__file__).resolve().parent.parent / "models" / "understanding" / "sentences.npz"
# Keys whose terms carry example sentences; conditions are left to words alone (an illness is named).
KEYS = ("barriers",)
# Changes whenever the features do: a model made before then is made anew.
FORM = 3
SHORTEST, LONGEST = 5, 40
# What the writer does is no proposal.
WRITER = words("i me my us we our your you")
# What speaks of risk, or corrects what was said, is read by rules alone.
BY_RULE = words("""
    overdose overdosed suicide suicidal harm harmed harming intent thoughts abuse safeguarding od died violent
    violence ignore remove scrap delete forget correction typo meant wrong mistake instead""")
# Keys that a lay sentence may hold beside what is to be proposed; any other fact shows it to be about that.
MAY_STAND_BY = frozenset({"sex", "goal", "age", "area"})
# Letters of a word, with a space on either side, that a feature may hold.
SHORTEST_PIECE, LONGEST_PIECE = 3, 4


def features(keys: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Return the features of one sentence: its words with pairs of them, and pieces of its words."""
    words = [k for k in keys if any(c.isalpha() for c in k)]
    whole: Counter[str] = Counter("w:" + w for w in words)
    whole.update(f"p:{a} {b}" for a, b in pairwise(words))
    pieces: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            pieces.update("c:" + padded[i : i + size] for i in range(len(padded) - size + 1))
    return whole, pieces


def vector(
    keys: Sequence[str], index: dict[str, int], idf: np.ndarray[Any, Any]
) -> list[tuple[int, float]]:
    """Return the features of a sentence that the model knows, weighted; either kind scaled to length one."""
    held: list[tuple[int, float]] = []
    for kind in features(keys):
        known = [
            (index[name], (1 + math.log(count)) * float(idf[index[name]]))
            for name, count in kind.items()
            if name in index
        ]
        length = math.sqrt(sum(value * value for _, value in known))
        held += [(i, value / length) for i, value in known]
    return held


def examples_of(words: Vocabulary) -> dict[tuple[str, str], list[str]]:
    """Return the example sentences of every term: the vocabulary's own and ``example_sentences.yml``."""
    more = word_file("example_sentences")
    return {
        (key, term.id): [*term.examples, *map(str, more.get(key, {}).get(term.id, ()))]
        for key in KEYS
        for term in words.terms[key].values()
    }


def neutral_sentences() -> list[str]:
    """Return the sentences that are to propose nothing."""
    return [str(sentence) for sentence in word_file("neutral")["sentences"]]


def fingerprint(words: Vocabulary) -> str:
    """Return a short sum of all that training learns from."""
    learnt = [
        (key, value, examples, words.terms[key][value].words)
        for (key, value), examples in examples_of(words).items()
    ]
    text = json.dumps([FORM, learnt, neutral_sentences()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Model:
    """``weights`` is (features, labels + 1), the last for a sentence that proposes nothing.

    ``thresholds``: what a label's probability must reach.
    """

    labels: tuple[tuple[str, str], ...]
    index: dict[str, int]
    idf: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    thresholds: np.ndarray[Any, Any]
    made_from: str

    def probabilities(self, keys: Sequence[str]) -> np.ndarray[Any, Any]:
        """Return the probability of every label for a sentence (they add up to one or less)."""
        held = vector(keys, self.index, self.idf)
        logits = self.bias.astype(np.float64)
        if held:
            rows, values = zip(*held, strict=True)
            logits = logits + np.array(values) @ self.weights[list(rows)]
        return softmax(logits)[: len(self.labels)]


def softmax(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return ``logits`` (one row or several) as probabilities."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: np.ndarray[Any, Any] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def save(model: Model, path: Path = MODEL_FILE) -> None:
    """Write the model as arrays and JSON (no pickle)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = json.dumps(
        {"labels": model.labels, "features": list(model.index), "made_from": model.made_from}
    )
    np.savez_compressed(
        path,
        names=np.array(names),
        idf=model.idf,
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        thresholds=model.thresholds,
    )


def load(path: Path = MODEL_FILE) -> Model:
    """Read the model. Raises ``FileNotFoundError`` where none was trained."""
    with np.load(path, allow_pickle=False) as stored:
        names = json.loads(str(stored["names"]))
        return Model(
            tuple((key, value) for key, value in names["labels"]),
            {name: i for i, name in enumerate(names["features"])},
            stored["idf"],
            stored["weights"].astype(np.float32),
            stored["bias"],
            stored["thresholds"],
            names["made_from"],
        )


class Proposer:
    """Proposes facts for the sentences of a message that hold none."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def ready(cls, words: Vocabulary, path: Path = MODEL_FILE) -> Proposer | None:
        """Return a proposer whose model fits ``words``, training it (seconds) where it is missing or old.

        None, said once in the log, where it cannot be trained.
        """
        now = fingerprint(words)
        try:
            model = load(path)
            if model.made_from == now:
                return cls(model)
        except (FileNotFoundError, KeyError, ValueError):
            pass
        try:
            from understanding.train import train

            return cls(train(words, path))
        except (ImportError, OSError) as error:
            log.warning(
                "No sentence classifier (%s); messages are read by words alone. "
                "`python -m understanding.train` makes it.",
                type(error).__name__,
            )
            return None

    def __call__(self, surface: Surface, facts: list[Fact], people: People) -> list[Fact]:
        """Return what the sentences of ``surface`` propose beyond ``facts``."""
        proposed: list[Fact] = []
        spoken = {(f.slot, f.value) for f in facts}
        held = {i for f in facts if f.slot not in MAY_STAND_BY for i in range(f.first, f.last + 1)}
        for first, last in self._sentences(surface):
            if held.intersection(range(first, last + 1)) or is_plain_question(surface, first):
                continue
            owners = [people.owner[i] for i in range(first, last + 1)]
            if sum(o is not None for o in owners) * 2 > len(owners):
                continue
            keys = [
                k for k, o in zip(surface.keys, surface.origin, strict=True) if first <= o <= last
            ]
            if (
                not SHORTEST <= sum(key.isalpha() for key in keys) <= LONGEST
                or "[" in keys
                or (WRITER | BY_RULE).intersection(w.norm for w in surface.words[first : last + 1])
            ):
                continue
            odds = self._model.probabilities(keys)
            best = int(np.argmax(odds - self._model.thresholds))
            label = self._model.labels[best]
            if odds[best] >= self._model.thresholds[best] and label not in spoken:
                spoken.add(label)
                proposed.append(
                    Fact(
                        label[0],
                        label[1],
                        first,
                        last,
                        cue=f"reads like it ({odds[best]:.2f})",
                        sure=False,
                    )
                )
        return proposed

    @staticmethod
    def _sentences(surface: Surface) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        start = 0
        for i in range(1, len(surface.words) + 1):
            if i == len(surface.words) or surface.sentence[i] != surface.sentence[start]:
                spans.append((start, i - 1))
                start = i
        return spans
