"""Trains the sentence classifier (``python -m understanding.train``), the only part with scikit-learn.

One logistic regression a label, on the ``examples`` of the vocabulary against all others and the neutral
sentences. Each label's threshold is the lowest at which held-out folds show it right nine times in ten.
"""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from services_directory.vocabulary import Vocabulary, vocabulary
from understanding.proposals import KEYS, MODEL_FILE, Model, features, fingerprint, save, vector
from understanding.surface import keys_of, normalise
from understanding.word_lists import word_file

log = logging.getLogger(__name__)

STRENGTH = 30.0
FOLDS = 5
PRECISION = 0.9
LEAST, MOST = 0.7, 0.9


def _keys(sentence: str) -> list[str]:
    return keys_of(normalise(sentence)[0])[0]


def _fit(
    matrix: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return (weights, bias) of one logistic regression a column of ``truth``."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((matrix.shape[1], truth.shape[1]), dtype=np.float64)
    bias = np.full(truth.shape[1], -20.0)
    for label in range(truth.shape[1]):
        if truth[:, label].any():
            fitted = LogisticRegression(
                C=STRENGTH, class_weight="balanced", max_iter=300, solver="liblinear"
            )
            fitted.fit(matrix, truth[:, label])
            weights[:, label], bias[label] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _thresholds(matrix: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return for each label the lowest probability at which held-out sentences are right often enough."""
    order = np.random.default_rng(7).permutation(len(matrix))
    odds = np.zeros(truth.shape)
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        kept = np.setdiff1d(order, out)
        weights, bias = _fit(matrix[kept], truth[kept])
        odds[out] = 1.0 / (1.0 + np.exp(-(matrix[out] @ weights + bias)))
    found = np.full(truth.shape[1], MOST)
    for label in range(truth.shape[1]):
        for level in np.arange(LEAST, MOST + 0.01, 0.05):
            hits = odds[:, label] >= level
            if hits.any() and truth[hits, label].mean() >= PRECISION:
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
    truth = np.zeros((len(sentences), len(labels)), dtype=int)
    for row, (_, label) in enumerate(pairs):
        truth[row, label] = 1
    seen: Counter[str] = Counter(name for s in sentences for name in set(features(s)))
    index = {
        name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c > 1 or n[0] == "w"))
    }
    idf = np.log(len(sentences) / np.array([seen[name] for name in index])) + 1.0
    matrix = np.zeros((len(sentences), len(index)))
    for row, keys in enumerate(sentences):
        for i, value in vector(keys, index, idf):
            matrix[row, i] = value
    weights, bias = _fit(matrix, truth)
    model = Model(
        tuple(labels), index, idf.astype(np.float32), weights.astype(np.float32), bias.astype(np.float32),
        _thresholds(matrix, truth).astype(np.float32), fingerprint(words, neutral),
    )  # fmt: skip
    if path is not None:
        save(model, path)
    return model


def main() -> None:
    """Train and say what came of it."""
    model = train()
    print(f"{len(model.labels)} labels, {len(model.index)} features: {MODEL_FILE}")
    for (_, value), level in zip(model.labels, model.thresholds, strict=True):
        print(f"  {value:24s} from {level:.2f}")


if __name__ == "__main__":
    main()
