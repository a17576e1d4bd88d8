"""How well messages are read: ``make bench-nlu``.

Scores the labelled sets of ``tests/understanding`` and shows what each part of the reader adds; the last row
of each table is Rasa's stock pipeline (DIETClassifier, the default configuration of ``rasa init``), taught
the same data (``_stock_data.py``). It is taught once, in about an hour, and kept by content under ``.rasa/``;
``--no-stock`` leaves it out, ``--again`` teaches it anew after a change of the data. ``--set PATH`` scores a
further file; ``--errors N`` lists what is wrong; ``--json`` writes the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._nlu_scores import Score, add, figures, read_set  # noqa: E402
from understanding.reader import Reader, understanding_json  # noqa: E402

SETS = {
    "examples": ROOT / "tests" / "understanding" / "examples" / "messages.jsonl",
    "own": ROOT / "tests" / "understanding" / "messages.jsonl",
    "more": ROOT / "tests" / "understanding" / "messages_more.jsonl",
    "fourth": ROOT / "tests" / "understanding" / "messages_fourth.jsonl",
    "fifth": ROOT / "tests" / "understanding" / "messages_fifth.jsonl",
    "sixth": ROOT / "tests" / "understanding" / "messages_sixth.jsonl",
    "seventh": ROOT / "tests" / "understanding" / "messages_seventh.jsonl",
    "eighth": ROOT / "tests" / "understanding" / "messages_eighth.jsonl",
}
STEPS: dict[str, dict[str, bool]] = {
    "terms only": {"classifier": False, "tolerant": False, "assertion": False},
    "+ tolerant": {"classifier": False, "tolerant": True, "assertion": False},
    "+ assertion": {"classifier": False, "tolerant": True, "assertion": True},
    "+ classifier": {"classifier": True, "tolerant": True, "assertion": True},
}

STOCK = "Rasa stock"
# Seconds from the start of a process to its first message understood, and its memory then.
_START = """
import time; begun = time.perf_counter()
from understanding.reader import Reader
Reader().read("48F off sick 6 wks with her back")
seconds = time.perf_counter() - begun
pages = int(open("/proc/self/statm").read().split()[1])
print(seconds, pages * 4096 / 1e6)
"""


def score(reader: Reader, messages: list[dict[str, Any]]) -> Score:
    """Return what ``reader`` makes of ``messages``."""
    result = Score()
    reader.read("warm up")
    for gold in messages:
        begun = time.perf_counter()
        understood = reader.read(gold["text"], gold.get("asked"))
        result.milliseconds.append((time.perf_counter() - begun) * 1000)
        add(result, gold, understanding_json(understood))
    return result


def score_stock(model: Path, messages: list[dict[str, Any]]) -> tuple[Score, dict[str, float]]:
    """Return what the stock pipeline makes of ``messages``, and its start (seconds, MB)."""
    from benchmarks._nlu_stock import as_ours, ask

    start, said = ask(model, [gold["text"] for gold in messages])
    result = Score()
    for gold, one in zip(messages, said, strict=True):
        result.milliseconds.append(one["ms"])
        add(result, gold, as_ours(one, gold["text"]))
    return result, start


def _row(name: str, f: dict[str, Any]) -> str:
    return (
        f"{name:14s} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}"
        f"  forbid {f['forbid']:3d}  safety recall {f['safety_recall']:.2f}  alarms {f['alarms']:2d}"
        f"  left {f['identifiers_left']:2d}  exact {f['exact']:.2f}"
        f"  ms {f['ms_median']:.1f} / p99 {f['ms_p99']:.1f}"
    )


def _details(result: Score, errors: int) -> None:
    """Print what is wrong in the words of the set."""
    for tag, (hits, extra, lost) in sorted(result.by_tag.items()):
        f1 = 2 * hits / max(1, 2 * hits + extra + lost)
        print(f"    {tag:14s} F1 {f1:.3f}  ({hits} right, {extra} extra, {lost} lost)")
    often = "; ".join(f"{what} x{n}" for what, n in result.confusions.most_common(15))
    print(f"  most often wrong: {often}")
    print(f"  forbidden: {result.forbidden}")
    print(f"  safety missed: {result.missed}  alarms: {result.alarms}  left: {result.left}")
    for line in result.wrong[:errors]:
        print("  " + line)


def _ours_start() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stdout.split())
    return {"start": seconds, "memory": memory}


def main() -> int:
    """Print the tables. Returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", default=[], help="score this file too")
    parser.add_argument("--only", action="store_true", help="score none but the files of --set")
    parser.add_argument("--no-stock", action="store_true", help="leave Rasa's stock pipeline out")
    parser.add_argument("--again", action="store_true", help="teach the stock pipeline anew")
    parser.add_argument(
        "--errors", type=int, default=0, help="list the first N messages read wrongly"
    )
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args()
    chosen = {} if args.only else {n: p for n, p in SETS.items() if p.exists()}
    chosen |= {p.stem if p.stem not in chosen else str(p): p for p in args.set}
    model: Path | None = None
    report: dict[str, dict[str, Any]] = {}
    starts: dict[str, dict[str, float]] = {}
    print(f"load average {os.getloadavg()[0]:.1f}")
    if not args.no_stock:
        from benchmarks._nlu_stock import trained

        model, taught = trained(args.again)
        print(f"{STOCK}: taught {taught} sentences, {model.stat().st_size / 1e6:.0f} MB")
    for name, path in chosen.items():
        messages = read_set(path)
        print(f"\n{name}: {len(messages)} messages")
        rows = report.setdefault(name, {})
        for step, options in STEPS.items():
            result = score(Reader(**options), messages)
            rows[step] = figures(result)
            print("  " + _row(step, rows[step]))
        if model is not None:
            stock, starts[STOCK] = score_stock(model, messages)
            rows[STOCK] = figures(stock)
            print("  " + _row(STOCK, rows[STOCK]))
        _details(result, args.errors)
    starts["ours"] = _ours_start()
    for name, start in starts.items():
        print(f"{name}: first message after {start['start']:.1f} s, {start['memory']:.0f} MB")
    if args.json:
        text = json.dumps({"sets": report, "starts": starts}, indent=1)
        args.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
