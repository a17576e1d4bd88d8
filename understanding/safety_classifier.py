"""Risk told in words that no phrase holds: a light classifier beside the rules of safety.

It learns from the lines of ``vocabulary/safety_examples.yml`` (``understanding.safety_training``). What it
sees of a sentence: words, pairs of words, also across a third, and ideas (``safety_concepts.yml``). It
only ever adds an alarm. Prediction needs numpy only.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from services_directory.vocabulary import VOCABULARY_FOLDER
from understanding.plain import Plain
from understanding.risk_concepts import concepts_in
from understanding.word_sets import words

log = logging.getLogger(__name__)

MODEL_FILE = Path(__file__).resolve().parent.parent / "models" / "understanding" / "safety.npz"
LEARNT_FROM = ("safety_examples", "safety_ordinary")
CATEGORIES = ("suicide_self_harm", "abuse", "safeguarding", "emergency")
# Probability from which a category is raised. Held out in five folds, 6 of 4,860 ordinary lines and 2 of
# 1,659 labelled messages were then raised wrongly, and 0.29 of the lines that tell of a risk were heard.
SURE = 0.98
# Fewer words hold one fact and say too little; a message of at most so many is judged in whole.
FEWEST, WHOLE = 7, 45
# At least so many different words must each weigh at least so much (in log odds) for a category.
TELLING, LEAST_TOLD = 2, 0.3
_ENDINGS = ("ing", "ed", "es", "s")
_STOPS = words(". ,")
_TURNS = words(". but")


def _stem(word: str) -> str:
    if word.isdigit():
        return f"<{min(len(word), 3)} figures>"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def features(text: Plain, first: int, last: int) -> Counter[str]:
    """Return the features of the words ``first``..``last`` of ``text``; the first letter names their kind."""
    stems = [_stem(word) for word in text.words[first : last + 1]]
    found = Counter("w" + stem for stem in stems)
    found.update(f"b{a} {b}" for a, b in pairwise(stems))
    found.update(f"s{a} {b}" for a, b in zip(stems, stems[2:], strict=False))
    found.update("c" + name for name, (a, b) in concepts_in(text) if first <= a and b <= last)
    return found


def vector(
    found: Counter[str], index: dict[str, int], idf: np.ndarray[Any, Any]
) -> tuple[list[int], list[float]]:
    """Return places and weights of the features that are known, scaled to length one."""
    known = [(index[name], count) for name, count in found.items() if name in index]
    weights = [(1 + math.log(count)) * float(idf[place]) for place, count in known]
    length = math.sqrt(sum(weight * weight for weight in weights))
    return [place for place, _ in known], [weight / length for weight in weights]


@dataclass(frozen=True)
class Model:
    """``weights`` is (features, categories); ``made_from`` the sum of what it learnt from."""

    index: dict[str, int]
    idf: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    made_from: str

    def odds(self, text: Plain, first: int, last: int) -> np.ndarray[Any, Any]:
        """Return the probability of each of ``CATEGORIES`` for the words ``first``..``last``."""
        places, values = vector(features(text, first, last), self.index, self.idf)
        logits = self.bias + np.asarray(values) @ self.weights[places] if places else self.bias
        odds: np.ndarray[Any, Any] = 1.0 / (1.0 + np.exp(-logits))
        return odds

    def told(self, text: Plain) -> Iterator[tuple[str, int, int]]:
        """Yield (category, first word, last word) for every sentence that tells of a risk."""
        for first, last in _units(text):
            for column, odds in enumerate(self.odds(text, first, last)):
                if odds >= SURE and self._telling(text, first, last, column) >= TELLING:
                    yield CATEGORIES[column], first, last

    def _telling(self, text: Plain, first: int, last: int, column: int) -> int:
        """Return how many single words (not pairs) speak clearly for the category of ``column``."""
        found = features(text, first, last)
        names = [name for name in found if name in self.index]
        places, values = vector(found, self.index, self.idf)
        weights = np.asarray(values) * self.weights[places, column]
        return sum(
            name[0] == "w" and weight >= LEAST_TOLD
            for name, weight in zip(names, weights, strict=True)
        )


def _units(text: Plain) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text`` and, where it is short, the whole (first and last word)."""
    size = len(text.words)
    stops = [i for i, word in enumerate(text.words) if word in _TURNS]
    begin = 0
    for stop in [*stops, size]:
        said = sum(word not in _STOPS for word in text.words[begin:stop])
        if (begin, stop) != (0, size) and said >= FEWEST:
            yield begin, stop - 1
        begin = stop + 1
    if size <= WHOLE and sum(word not in _STOPS for word in text.words) >= FEWEST:
        yield 0, size - 1


def fingerprint() -> str:
    """Return a short sum of the files that training learns from."""
    digest = hashlib.sha256()
    for name in LEARNT_FROM:
        digest.update((VOCABULARY_FOLDER / f"{name}.yml").read_bytes())
    return digest.hexdigest()[:16]


def save(model: Model, path: Path = MODEL_FILE) -> None:
    """Write the model as arrays and JSON (no pickle)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = json.dumps({"features": list(model.index), "made_from": model.made_from})
    draft = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(
        draft,
        names=np.frombuffer(names.encode(), dtype=np.uint8),
        idf=model.idf.astype(np.float32),
        weights=model.weights.astype(np.float32),
        bias=model.bias.astype(np.float32),
    )
    os.replace(draft, path)


def load(path: Path = MODEL_FILE) -> Model:
    """Read the model. Raises ``FileNotFoundError`` where none was trained."""
    with np.load(path, allow_pickle=False) as stored:
        names = json.loads(stored["names"].tobytes())
        index = {name: i for i, name in enumerate(names["features"])}
        return Model(index, stored["idf"], stored["weights"], stored["bias"], names["made_from"])


@lru_cache(maxsize=1)
def classifier() -> Model | None:
    """Return the model that fits the vocabulary, trained on the spot (seconds) where it is missing or old.

    None, said once in the log, where it cannot be trained: the rules then stand alone.
    """
    try:
        model = load()
        if model.made_from == fingerprint():
            return model
    except (OSError, KeyError, ValueError, BadZipFile):
        pass
    try:
        from understanding.safety_training import train
    except ImportError as error:
        log.warning(
            "No safety classifier (%s); risk is read by rules alone. "
            "`python -m understanding.safety_training` makes it.",
            type(error).__name__,
        )
        return None
    model = train(None)
    with suppress(OSError):
        # Where nothing may be written it is learnt again at the next start.
        save(model)
    return model
