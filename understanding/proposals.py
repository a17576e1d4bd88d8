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
from understanding.word_sets import words

log = logging.getLogger(__name__)

MODEL_FILE = Path(__file__).resolve().parent.parent / "models" / "understanding" / "sentences.npz"
# Keys whose terms carry example sentences; conditions are left to words alone (an illness is named).
KEYS = ("barriers",)
SHORTEST, LONGEST = 5, 40
# A sentence needs two words that each speak for what is proposed, and none of the writer's own.
LEAST_TELLING, TELLING = 2, 0.8
WRITER = words("i me my us we our your you")
# Keys that a lay sentence may hold beside what is to be proposed; any other fact shows it to be about that.
MAY_STAND_BY = frozenset({"sex", "goal", "age", "area"})
SAY_LITTLE = words("""
    he she they him them i we it is was are be been being has have had do does did will
    would can could should may might must and or but if then than as at by for from in into
    of off on out over to up with without that this these those there here what when where
    who which how not no all any some one two three month year week day since now still ago
    get got go going went say said told think want need patient lady man yes about after
    before more most much many only own same too again while because until till every each
""")


def features(keys: Sequence[str]) -> Counter[str]:
    """Return the features of one sentence: its words, pairs of them, and pieces of longer words."""
    words = [k for k in keys if k.isalpha()]
    found: Counter[str] = Counter("w:" + w for w in words if w not in SAY_LITTLE)
    found.update(f"p:{a} {b}" for a, b in pairwise(words) if not {a, b} <= SAY_LITTLE)
    for word in words:
        padded = f" {word} "
        if len(word) > 3 and word not in SAY_LITTLE:
            found.update("c:" + padded[i : i + 4] for i in range(len(padded) - 3))
    return found


def vector(
    keys: Sequence[str], index: dict[str, int], idf: np.ndarray[Any, Any]
) -> list[tuple[int, float]]:
    """Return the features of a sentence that the model knows, weighted and scaled to length one."""
    held = [
        (index[name], (1 + math.log(count)) * float(idf[index[name]]))
        for name, count in features(keys).items()
        if name in index
    ]
    length = math.sqrt(sum(value * value for _, value in held))
    return [(i, value / length) for i, value in held] if length else []


def fingerprint(words: Vocabulary, neutral: Sequence[str]) -> str:
    """Return a short sum of all that training learns from."""
    terms = [(key, term) for key in KEYS for term in words.terms[key].values()]
    learnt = [(key, term.id, term.examples, term.words) for key, term in terms]
    return hashlib.sha256(json.dumps([learnt, list(neutral)]).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Model:
    """``weights`` is (features, labels); ``thresholds`` what a label's probability must reach."""

    labels: tuple[tuple[str, str], ...]
    index: dict[str, int]
    idf: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    thresholds: np.ndarray[Any, Any]
    made_from: str

    def telling_words(self, keys: Sequence[str], label: int) -> int:
        """Return how many different words of a sentence speak for ``label`` by themselves."""
        known = (self.index.get("w:" + key) for key in set(keys))
        return sum(1 for i in known if i is not None and self.weights[i, label] > TELLING)

    def probabilities(self, keys: Sequence[str]) -> np.ndarray[Any, Any]:
        """Return the probability of every label for a sentence."""
        logits = self.bias.copy()
        for i, value in vector(keys, self.index, self.idf):
            logits += value * self.weights[i]
        odds: np.ndarray[Any, Any] = 1.0 / (1.0 + np.exp(-logits))
        return odds


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
        weights=model.weights,
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
            stored["idf"], stored["weights"], stored["bias"], stored["thresholds"], names["made_from"],
        )  # fmt: skip


class Proposer:
    """Proposes facts for the sentences of a message that hold none."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def ready(cls, words: Vocabulary, path: Path = MODEL_FILE) -> Proposer | None:
        """Return a proposer whose model fits ``words``, training it (seconds) where it is missing or old.

        None, said once in the log, where it cannot be trained.
        """
        from understanding.word_lists import word_file

        now = fingerprint(words, word_file("neutral")["sentences"])
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
                not SHORTEST <= len(keys) <= LONGEST
                or "[" in keys
                or WRITER.intersection(w.norm for w in surface.words[first : last + 1])
            ):
                continue
            odds = self._model.probabilities(keys)
            best = int(np.argmax(odds - self._model.thresholds))
            label = self._model.labels[best]
            if self._model.telling_words(keys, best) < LEAST_TELLING:
                continue
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
