"""Trains the sentence classifier (``python -m understanding.train``), the only part with scikit-learn.

One logistic regression a label, on the ``examples`` of the vocabulary against all others and the
neutral sentences; phrases drawn from its ``words`` count a little, so that the words of one barrier
tell in any sentence. Each label's threshold is the lowest at which held-out folds show it right nine
times in ten; a label for which there is none stays silent.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from services_directory.vocabulary import Vocabulary, vocabulary
from understanding.phrases import Phrase, read_phrase
from understanding.proposals import KEYS, MODEL_FILE, Model, features, fingerprint, save, vector
from understanding.surface import keys_of, normalise
from understanding.word_lists import word_file

log = logging.getLogger(__name__)

STRENGTH = 30.0
FOLDS = 5
PRECISION = 0.9
LEVELS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
FEWEST_HITS = 3
NEVER = 1.1
# Phrases drawn from one pattern of ``words``, and what one of them counts beside a sentence.
DRAWN, DRAWN_COUNTS = 12, 0.3


def _keys(sentence: str) -> list[str]:
    return keys_of(normalise(sentence)[0])[0]


def _drawn(phrase: Phrase, rng: np.random.Generator) -> list[str]:
    """Return the keys of one phrase that ``phrase`` stands for."""
    keys: list[str] = []
    for place in phrase:
        if place is None or (place.may_miss and rng.random() < 0.5):
            continue
        runs = [run for found in place.runs.values() for run in found]
        if not runs and not place.longer:
            continue
        pick = int(rng.integers(len(runs) + len(place.longer)))
        keys += runs[pick] if pick < len(runs) else _drawn(place.longer[pick - len(runs)], rng)
    return keys


def _phrases(patterns: Iterable[str], rng: np.random.Generator) -> list[list[str]]:
    """Return phrases drawn from ``patterns``, fewer from the plainer ones."""
    drawn: list[list[str]] = []
    for pattern in patterns:
        (top,) = read_phrase(pattern.lstrip("~"))
        if top is None or not (top.runs or top.longer):
            continue
        held = sum(len(runs) for runs in top.runs.values()) + 20 * len(top.longer)
        drawn += [_drawn([top], rng) for _ in range(min(DRAWN, max(1, held // 2)))]
    return [keys for keys in drawn if keys]


def _matrix(rows: list[list[str]], index: dict[str, int], idf: np.ndarray[Any, Any]) -> Any:
    """Return the features of ``rows``, one row each (sparse)."""
    from scipy.sparse import lil_matrix

    matrix = lil_matrix((len(rows), len(index)))
    for row, keys in enumerate(rows):
        for i, value in vector(keys, index, idf):
            matrix[row, i] = value
    return matrix.tocsr()


def _fit(
    matrix: Any, truth: np.ndarray[Any, Any], counts: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return (weights, bias) of one logistic regression a column of ``truth``."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((matrix.shape[1], truth.shape[1]), dtype=np.float64)
    bias = np.full(truth.shape[1], -20.0)
    for label in range(truth.shape[1]):
        if truth[:, label].any():
            fitted = LogisticRegression(C=STRENGTH, max_iter=100, solver="liblinear")
            fitted.fit(matrix, truth[:, label], sample_weight=counts)
            weights[:, label], bias[label] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _thresholds(
    matrix: Any, truth: np.ndarray[Any, Any], counts: np.ndarray[Any, Any], sentences: int
) -> np.ndarray[Any, Any]:
    """Return for each label the lowest probability at which held-out sentences are right often enough.

    Only the first ``sentences`` rows are held out; the phrases after them are learnt from every time.
    """
    order = np.random.default_rng(7).permutation(sentences)
    odds = np.zeros((sentences, truth.shape[1]))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        kept = np.setdiff1d(np.arange(len(truth)), out)
        weights, bias = _fit(matrix[kept], truth[kept], counts[kept])
        odds[out] = 1.0 / (1.0 + np.exp(-(matrix[out] @ weights + bias)))
    truth = truth[:sentences]
    found = np.full(truth.shape[1], NEVER)
    best = odds.argmax(axis=1)
    for label in range(truth.shape[1]):
        for level in LEVELS:
            hits = (odds[:, label] >= level) & (best == label)
            if hits.sum() >= FEWEST_HITS and truth[hits, label].mean() >= PRECISION:
                found[label] = level
                break
    return found


def train(words: Vocabulary | None = None, path: Path | None = MODEL_FILE) -> Model:
    """Train on the examples of ``words``, write the model to ``path`` (unless None), and return it."""
    words = words or vocabulary()
    neutral = [str(s) for s in word_file("neutral")["sentences"]]
    labels = [(key, term.id) for key in KEYS for term in words.terms[key].values() if term.examples]
    pairs = [
        (e, i) for i, (key, value) in enumerate(labels) for e in words.terms[key][value].examples
    ]
    sentences = [_keys(e) for e, _ in pairs] + [_keys(s) for s in neutral]
    rows, of = list(sentences), [label for _, label in pairs] + [-1] * len(neutral)
    rng = np.random.default_rng(3)
    for label, (key, value) in enumerate(labels):
        drawn = _phrases(words.terms[key][value].words, rng)
        rows += drawn
        of += [label] * len(drawn)
    truth = (np.array(of)[:, None] == np.arange(len(labels))).astype(int)
    counts = np.where(np.arange(len(rows)) < len(sentences), 1.0, DRAWN_COUNTS)
    seen: Counter[str] = Counter(name for keys in rows for name in set(features(keys)))
    index = {
        name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c > 1 or n[0] == "w"))
    }
    idf = np.log(len(rows) / np.array([seen[name] for name in index])) + 1.0
    matrix = _matrix(rows, index, idf)
    weights, bias = _fit(matrix, truth, counts)
    thresholds = _thresholds(matrix, truth, counts, len(sentences))
    model = Model(
        tuple(labels), index, idf.astype(np.float32), weights.astype(np.float32), bias.astype(np.float32),
        thresholds.astype(np.float32), fingerprint(words, neutral),
    )  # fmt: skip
    if path is not None:
        save(model, path)
    return model


def main() -> None:
    """Train and say what came of it."""
    model = train()
    print(f"{len(model.labels)} labels, {len(model.index)} features: {MODEL_FILE}")
    for (_, value), level in zip(model.labels, model.thresholds, strict=True):
        print(f"  {value:24s} " + (f"from {level:.2f}" if level < 1 else "silent"))


if __name__ == "__main__":
    main()
