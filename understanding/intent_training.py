"""Trains the intent classifier from the sentences of ``data/nlu``.

The only module of the intents that needs scikit-learn.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from services_directory.yaml_files import read_yaml
from understanding.intents import MODEL_FILE, MODEL_FOLDER, Intents, features, vector

NLU_FOLDER = Path(__file__).resolve().parent.parent / "data" / "nlu"
# Chosen on five held-out folds; a wide plateau.
_C = 12.0
_MARKUP = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def read_examples(folder: Path = NLU_FOLDER) -> list[tuple[str, str]]:
    """Return (sentence, intent) for every example of the Rasa NLU files in ``folder``."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in (read_yaml(path) or {}).get("nlu", ()):
            if "intent" not in block:
                continue
            for line in str(block["examples"]).splitlines():
                sentence = line.strip().removeprefix("-").strip()
                if sentence:
                    found.append((_MARKUP.sub(r"\1", sentence), str(block["intent"])))
    return found


def _matrix(texts: Sequence[str], vocabulary: dict[str, int], idf: np.ndarray[Any, Any]) -> Any:
    from scipy.sparse import csr_matrix

    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        for column, value in vector(text, vocabulary, idf):
            rows.append(row)
            columns.append(column)
            values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(vocabulary)))


def fit(examples: Sequence[tuple[str, str]]) -> Intents:
    """Return a classifier trained on ``examples`` (sentence, intent)."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    texts = [text for text, _ in examples]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(features(text).keys())
    # A letter group seen once tells nothing; a word seen once may.
    terms = sorted(t for t, n in counts.items() if n > 1 or t[0] in "ws")
    vocabulary = {term: i for i, term in enumerate(terms)}
    idf = np.array(
        [np.log((1 + len(texts)) / (1 + counts[t])) + 1 for t in terms], dtype=np.float32
    )
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=400)
    # So small a problem is slower on several threads: they wait for each other.
    with threadpool_limits(1):
        model.fit(_matrix(texts, vocabulary, idf), [intent for _, intent in examples])
    return Intents(
        tuple(str(c) for c in model.classes_),
        vocabulary,
        idf,
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
    )


def save(intents: Intents, folder: Path = MODEL_FOLDER) -> Path:
    """Write the classifier to ``folder`` and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_FILE
    np.savez_compressed(
        path,
        names=np.array(json.dumps(intents.names)),
        terms=np.array(json.dumps(sorted(intents.vocabulary, key=lambda t: intents.vocabulary[t]))),
        idf=intents.idf,
        weights=intents.weights.astype(np.float16),
        bias=intents.bias,
    )
    return path


def train(nlu: Path = NLU_FOLDER, folder: Path | None = MODEL_FOLDER) -> Intents:
    """Train from the files of ``nlu`` (a second); store in ``folder`` unless it is None."""
    found = fit(read_examples(nlu))
    if folder is not None:
        save(found, folder)
    return found


def main() -> None:
    """Train and store, for ``make setup``."""
    train()


if __name__ == "__main__":
    main()
