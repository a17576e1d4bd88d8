"""How well messages are read: ``make bench-nlu``.

Scores the labelled sets (the development examples and our own two, written blind) and shows what each
part of the reader adds. ``--set PATH`` scores another file; ``--errors N`` lists what is wrong; ``--json``
writes the figures. Precision, recall and F1 are over (key, value) pairs; numbers may differ by a tenth.
"""

from __future__ import annotations

import argparse
import collections
import json
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from understanding.reader import Reader, understanding_json  # noqa: E402

SETS = {
    "examples": ROOT / "tests" / "understanding" / "examples" / "messages.jsonl",
    "own": ROOT / "tests" / "understanding" / "messages.jsonl",
    "more": ROOT / "tests" / "understanding" / "messages_more.jsonl",
}
LISTS = ("employment_type", "benefits", "benefit_issues", "conditions", "barriers")
NUMBERS = ("absence_weeks", "out_of_work_months", "age")
SCALARS = (
    "work_status", "goal", "sex", "area", "never_worked", "job_at_risk", "has_job_offer",
    "under_secondary_mental_health", "in_programme",
)  # fmt: skip
STEPS: dict[str, dict[str, bool]] = {
    "terms only": {"classifier": False, "tolerant": False, "assertion": False},
    "+ tolerant": {"classifier": False, "tolerant": True, "assertion": False},
    "+ assertion": {"classifier": False, "tolerant": True, "assertion": True},
    "+ classifier": {"classifier": True, "tolerant": True, "assertion": True},
}

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


def score(reader: Reader, messages: list[dict[str, Any]]) -> Score:
    """Return what ``reader`` makes of ``messages``."""
    result = Score()
    reader.read("warm up")
    for gold in messages:
        begun = time.perf_counter()
        understood = reader.read(gold["text"], gold.get("asked"))
        result.milliseconds.append((time.perf_counter() - begun) * 1000)
        _add(result, gold, understanding_json(understood))
    return result


def _add(result: Score, gold: dict[str, Any], said: dict[str, Any]) -> None:
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


def _figures(result: Score) -> dict[str, Any]:
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


def _row(name: str, figures: dict[str, Any]) -> str:
    f = figures
    return (
        f"{name:14s} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}"
        f"  forbid {f['forbid']:3d}  safety recall {f['safety_recall']:.2f}  alarms {f['alarms']}"
        f"  left {f['identifiers_left']}  exact {f['exact']:.2f}"
        f"  ms {f['ms_median']:.1f} / p99 {f['ms_p99']:.1f}"
    )


def main() -> int:
    """Print the tables. Returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", help="score this file instead")
    parser.add_argument(
        "--errors", type=int, default=0, help="list the first N messages read wrongly"
    )
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args()
    chosen = (
        {p.stem: p for p in args.set} if args.set else {n: p for n, p in SETS.items() if p.exists()}
    )
    report: dict[str, Any] = {}
    for name, path in chosen.items():
        messages = read_set(path)
        print(f"\n{name}: {len(messages)} messages")
        for step, options in STEPS.items():
            result = score(Reader(**options), messages)
            report.setdefault(name, {})[step] = _figures(result)
            print("  " + _row(step, report[name][step]))
        for tag, (hits, extra, lost) in sorted(result.by_tag.items()):
            f1 = 2 * hits / max(1, 2 * hits + extra + lost)
            print(f"    {tag:14s} F1 {f1:.3f}  ({hits} right, {extra} extra, {lost} lost)")
        print(
            "  most often wrong: "
            + "; ".join(f"{what} x{n}" for what, n in result.confusions.most_common(15))
        )
        print(f"  forbidden: {result.forbidden}")
        print(f"  safety missed: {result.missed}  alarms: {result.alarms}  left: {result.left}")
        for line in result.wrong[: args.errors]:
            print("  " + line)
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
