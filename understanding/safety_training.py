"""Trains the safety classifier (``python -m understanding.safety_training``); needs scikit-learn.

One logistic regression a category, on the lines of ``vocabulary/safety_examples.yml`` against its quiet
lines and the ordinary sentences of the product: ``vocabulary/safety_ordinary.yml``, ``data/nlu``, the
examples of the vocabulary, the neutral sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from services_directory.vocabulary import vocabulary
from understanding.intent_training import read_examples
from understanding.risk_words import plain_words
from understanding.safety_classifier import (
    CATEGORIES,
    MODEL_FILE,
    Model,
    features,
    fingerprint,
    save,
    vector,
)
from understanding.word_lists import word_file

STRENGTH = 1000.0
# A feature seen once tells nothing.
SEEN = 2
# Features that weigh less than this in every category are left out: most of them, and no figure moves.
LEAST_WEIGHT = 1.0
# Ids whose example sentences are themselves a risk.
RISKY = frozenset({"domestic_abuse"})

Line = tuple[str, frozenset[str]]


def lines() -> Iterator[Line]:
    """Yield every line to learn from with the categories it warrants."""
    file = word_file("safety_examples")
    for category, texts in file["cases"]["alarms"].items():
        yield from ((text, frozenset({category})) for text in texts)
    yield from ((text, frozenset()) for text in file["cases"]["harmless"])
    for block in file["rounds"]:
        for raised in block["raises"]:
            yield from ((line, frozenset(raised["categories"])) for line in raised["lines"])
        yield from ((line, frozenset()) for line in block["quiet"])


def ordinary() -> Iterator[Line]:
    """Yield sentences of the product in which nothing is a risk that the rules would see."""
    from understanding.safety import by_rule

    texts = [text for text, _ in read_examples()]
    for terms in vocabulary().terms.values():
        texts += [e for t in terms.values() if t.id not in RISKY for e in t.examples]
    for block in word_file("example_sentences").values():
        texts += [e for name, examples in block.items() if name not in RISKY for e in examples]
    texts += [str(line) for line in word_file("neutral")["sentences"]]
    quiet = word_file("safety_ordinary")
    yield from ((str(line), frozenset()) for line in (*quiet["ordinary"], *quiet["quiet"]))
    yield from ((text, frozenset()) for text in texts if not by_rule(text))


def _matrix(rows: list[Counter[str]], index: dict[str, int], idf: np.ndarray[Any, Any]) -> Any:
    from scipy.sparse import csr_matrix

    starts, places, values = [0], [], []
    for row in rows:
        at, weights = vector(row, index, idf)
        places += at
        values += weights
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(rows), len(index)))


def fit(taught: Sequence[Line]) -> Model:
    """Return the model that ``taught`` teaches."""
    from sklearn.linear_model import LogisticRegression

    texts = [plain_words(text) for text, _ in taught]
    rows = [features(text, 0, len(text.words) - 1) for text in texts]
    seen: Counter[str] = Counter(name for row in rows for name in row)
    index = {name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c >= SEEN))}
    idf = np.array([np.log((1 + len(rows)) / (1 + seen[name])) + 1 for name in index])
    matrix = _matrix(rows, index, idf)
    weights, bias = np.zeros((len(index), len(CATEGORIES))), np.zeros(len(CATEGORIES))
    for i, category in enumerate(CATEGORIES):
        truth = [category in wanted for _, wanted in taught]
        fitted = LogisticRegression(C=STRENGTH, solver="liblinear").fit(matrix, truth)
        weights[:, i], bias[i] = fitted.coef_[0], fitted.intercept_[0]
    kept = np.abs(weights).max(axis=1) >= LEAST_WEIGHT
    names = [name for name, keep in zip(index, kept, strict=True) if keep]
    return Model(
        {name: i for i, name in enumerate(names)}, idf[kept], weights[kept], bias, fingerprint()
    )


def train(path: Path | None = MODEL_FILE) -> Model:
    """Train (seconds), write the model to ``path`` unless that is None, and return it."""
    model = fit([*lines(), *ordinary()])
    if path is not None:
        save(model, path)
    return model


def main() -> None:
    """Train and say what came of it."""
    model = train()
    print(f"{len(model.index)} features: {MODEL_FILE}")


if __name__ == "__main__":
    main()
