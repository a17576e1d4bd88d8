"""Scoring what a reader makes of labelled messages: pairs, forbidden ids, safety, identifiers, time.

Precision, recall and F1 are over (key, value) pairs; numbers may differ by a tenth, an age not at all.
"""

from __future__ import annotations

import collections
import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LISTS = ("employment_type", "benefits", "benefit_issues", "conditions", "barriers")
NUMBERS = ("absence_weeks", "out_of_work_months", "age")
SCALARS = (
    "work_status", "goal", "sex", "area", "never_worked", "job_at_risk", "has_job_offer",
    "under_secondary_mental_health", "in_programme",
)  # fmt: skip
Pair = tuple[str, Any]


def pairs(case: dict[str, Any]) -> set[Pair]:
    """Return the (key, value) pairs of a case that are scored."""
    found: set[Pair] = {(key, value) for key in LISTS for value in case.get(key) or []}
    found |= {(key, case[key]) for key in SCALARS if case.get(key) is not None}
    found |= {(key, float(case[key])) for key in NUMBERS if case.get(key) is not None}
    for kind, values in (case.get("ruled_out") or {}).items():
        found |= {(f"ruled_out.{kind}", value) for value in values or []}
    return found


def _same(gold: Pair, said: Pair) -> bool:
    if gold[0] != said[0]:
        return False
    if gold[0] not in NUMBERS:
        return bool(gold[1] == said[1])
    return bool(abs(gold[1] - said[1]) <= (0 if gold[0] == "age" else max(0.1 * gold[1], 0.5)))


@dataclass
class Score:
    """What one reader made of one set."""

    hits: int = 0
    extra: int = 0
    lost: int = 0
    forbidden: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(
        default_factory=lambda: collections.defaultdict(lambda: [0, 0, 0])
    )
    confusions: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: list[str] = field(default_factory=list)
    due: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was read that is right."""
        return self.hits / max(1, self.hits + self.extra)

    @property
    def recall(self) -> float:
        """Return the share of what was to be read that was."""
        return self.hits / max(1, self.hits + self.lost)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        return 2 * self.hits / max(1, 2 * self.hits + self.extra + self.lost)

    @property
    def safety_recall(self) -> float:
        """Return the share of due safety categories that were raised."""
        return 1 - len(self.missed) / max(1, self.due)


def read_set(path: Path) -> list[dict[str, Any]]:
    """Return the labelled messages of a file of JSON lines."""
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def add(result: Score, gold: dict[str, Any], said: dict[str, Any]) -> None:
    """Add to ``result`` what was ``said`` of one ``gold`` message (shape of ``understanding_json``)."""
    want, have = pairs(gold["case"]), pairs(said["case"])
    lost = [w for w in want if not any(_same(w, h) for h in have)]
    extra = [h for h in have if not any(_same(w, h) for w in want)]
    counts = (len(want) - len(lost), len(extra), len(lost))
    result.hits, result.extra, result.lost = (
        a + b for a, b in zip((result.hits, result.extra, result.lost), counts, strict=True)
    )
    for i, count in enumerate(counts):
        result.by_tag[gold["tags"][0]][i] += count
    result.confusions.update(f"extra {key}={value}" for key, value in extra if key not in NUMBERS)
    result.confusions.update(f"lost {key}={value}" for key, value in lost if key not in NUMBERS)
    result.confusions.update(
        f"{how} {key}"
        for how, which in (("extra", extra), ("lost", lost))
        for key, _ in which
        if key in NUMBERS
    )
    for key, values in gold.get("forbid", {}).items():
        held = said["case"].get(key) or []
        held = held if isinstance(held, list) else [held]
        result.forbidden += [(gold["id"], key, value) for value in values if value in held]
    result.due += len(gold["safety"])
    result.missed += [(gold["id"], name) for name in gold["safety"] if name not in said["safety"]]
    if said["safety"] and not gold["safety"]:
        result.alarms.append(gold["id"])
    text = json.dumps(said, ensure_ascii=False)
    result.left += [gold["id"] for one in gold.get("identifiers", []) if one in text]
    if lost or extra:
        said_wrong = f"    extra {sorted(map(str, extra))}\n    lost {sorted(map(str, lost))}"
        result.wrong.append(f"{gold['id']} {gold['text']!r}\n{said_wrong}")


def figures(result: Score) -> dict[str, Any]:
    """Return the figures of a row."""
    times = sorted(result.milliseconds)
    slow = times[min(len(times) - 1, int(len(times) * 0.99))]
    return {
        "precision": round(result.precision, 4),
        "recall": round(result.recall, 4),
        "f1": round(result.f1, 4),
        "forbid": len(result.forbidden),
        "safety_recall": round(result.safety_recall, 4),
        "alarms": len(result.alarms),
        "identifiers_left": len(result.left),
        "exact": round(1 - len(result.wrong) / max(1, len(times)), 3),
        "ms_median": round(statistics.median(times), 2),
        "ms_p99": round(slow, 2),
    }
