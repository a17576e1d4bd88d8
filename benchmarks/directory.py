"""How fast a directory the size of England answers: `make bench-directory`.

Invented directories of 100, 10,000 and 100,000 entries (tests/scale/national.py) are compiled into the
store. Then, each in a process of its own so that memory is its own: `store` answers from the database, and
`in turn` holds every entry in memory and judges each. Both are asked for the same patients, items only;
every answer that both gave must be equal, or the run fails. `p50` and `p95` are of patients asked for the
first time (after 20 others), `again` once more; `cpu` is the processor's time, which other work on the
machine does not lengthen. Targets: p95 under 10 ms at 10,000 and under 25 ms at 100,000.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from services_directory.directory import Directory
from services_directory.loading import load_directory
from services_directory.next_question import next_question
from services_directory.recommendation import recommend
from services_directory.store.engines import make_engine
from services_directory.store.in_use import look_for_garbage_less
from services_directory.store.stored import opened
from services_directory.store.writing import write
from tests.scale.national import DAY, national_areas, national_directory, patients

DIGEST = "benchmark"
PLACELESS = 5
WARM_UP = 20
TARGETS = {10_000: 10.0, 100_000: 25.0}
ROW = "{:>8} {:<8} {:>7} {:>6} {:>6} {:>8} {:>8} {:>8} {:>9} {:>9} {:>6}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000, 100_000])
    parser.add_argument("--patients", type=int, default=100, help="asked of the store")
    parser.add_argument("--in-turn", type=int, default=25, help="of these, asked of all in turn")
    parser.add_argument("--url", help="a database in place of SQLite files, such as PostgreSQL")
    parser.add_argument("--child", choices=list(KINDS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(KINDS[options.child](options.sizes[0], options)))
        return 0
    heads = ("entries", "", "load s", "MB", "items", "p50 ms", "p95 ms", "cpu p95")
    print(ROW.format(*heads, "again p50", "again p95", "asked"))
    return max([_compared(size, options) for size in options.sizes])


def _compared(size: int, options: argparse.Namespace) -> int:
    """Measure one size both ways and print it; 1 where the answers differ."""
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{folder}/directory.db"
        ask = [str(size), "--patients", str(options.patients), "--in-turn", str(options.in_turn)]
        made = {kind: _run([*ask, "--url", url, "--child", kind]) for kind in KINDS}
        stored = made["store"]
    for kind in ("store", "in turn"):
        print(_row(size, kind, made[kind]), flush=True)
    pairs = list(zip(stored["answers"], made["in turn"]["answers"], strict=False))
    same = sum(one == other for one, other in pairs)
    question, placeless = stored["question"], stored["placeless"]
    print(
        f"{'':8} compiled in {made['compile']['seconds']:.1f} s; {same} of {len(pairs)} answers equal"
    )
    print(
        f"{'':8} next question: p50 {_part(question, 0.5):.1f} ms, p95 {_part(question, 0.95):.1f} ms"
    )
    print(
        f"{'':8} place not known: {_part(placeless['times'], 0.5):.0f} ms, "
        f"{max(placeless['items'])} items at most"
    )
    slow = _part(stored["first"], 0.95) > TARGETS.get(size, float("inf"))
    if slow:
        print(f"{'':8} slower than the target of {TARGETS[size]:.0f} ms")
    return int(same < len(pairs))


def _row(size: int, kind: str, found: dict[str, Any]) -> str:
    again = found["again"]
    return ROW.format(
        f"{size:,}",
        kind,
        f"{found['load']:.2f}",
        f"{found['memory']:.0f}",
        sorted(found["items"])[len(found["items"]) // 2],
        *(f"{_part(found['first'], part):.1f}" for part in (0.5, 0.95)),
        f"{_part(found['cpu'], 0.95):.1f}",
        *(f"{_part(again, part):.1f}" if again else "" for part in (0.5, 0.95)),
        len(found["first"]),
    )


def _part(times: list[float], part: float) -> float:
    """Return the time in ms within which `part` of `times` (in seconds) lie."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def _run(words: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _compile(size: int, options: argparse.Namespace) -> dict[str, Any]:
    book = national_directory(size, load_directory())
    start = time.perf_counter()
    write(make_engine(options.url), book, f"{DIGEST}-{size}")
    return {"seconds": time.perf_counter() - start}


def _store(size: int, options: argparse.Namespace) -> dict[str, Any]:
    start = time.perf_counter()
    book = _open(size, options.url)
    load = time.perf_counter() - start
    # As a server that has been running for some minutes: others were asked for, elsewhere in England.
    for case in patients(WARM_UP, book.words, book.areas, seed=1):
        recommend(case, DAY, book, rejected=False)
    found = _asked(book, options.patients, again=True)
    placeless = _asked(book, PLACELESS, place_known=False, again=False)
    question = [
        _timed(lambda case=case: next_question(case, DAY, book))[0]
        for case in patients(options.patients, book.words, book.areas)
    ]
    items, times = placeless["items"], placeless["first"]
    more = {"question": question, "placeless": {"items": items, "times": times}}
    return {**found, **more, "load": load}


def _in_turn(size: int, options: argparse.Namespace) -> dict[str, Any]:
    kept = _open(size, options.url)
    start = time.perf_counter()
    book = Directory(dict(kept.services.items()), kept.words, kept.areas)
    load = time.perf_counter() - start
    asked = options.patients if size < 1000 else options.in_turn
    return {**_asked(book, asked, again=False), "load": load}


def _open(size: int, url: str) -> Directory:
    look_for_garbage_less()
    shipped = load_directory()
    tree = national_areas(shipped.areas, size)
    made = opened(make_engine(url), f"{DIGEST}-{size}", shipped.words, tree)
    assert made is not None
    return made


def _asked(book: Directory, count: int, *, again: bool, place_known: bool = True) -> dict[str, Any]:
    """Ask for `count` patients, twice if `again`; times in seconds, answers as hashes."""
    cases = patients(count, book.words, book.areas, place_known=place_known)
    # What is loaded stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    found: dict[str, Any] = {"first": [], "again": [], "cpu": [], "items": [], "answers": []}
    for turn in ("first", "again") if again else ("first",):
        for case in cases:
            busy = time.process_time()
            seconds, made = _timed(lambda case=case: recommend(case, DAY, book, rejected=False))
            busy = time.process_time() - busy
            found[turn].append(seconds)
            if turn == "first":
                found["cpu"].append(busy)
                found["items"].append(len(made["items"]))
                text = json.dumps(made, sort_keys=True)
                found["answers"].append(sha256(text.encode()).hexdigest())
    return {**found, "memory": _memory()}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _memory() -> float:
    """Return the process's own memory in MB, without pages of files that processes share."""
    for line in Path(f"/proc/{os.getpid()}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    return 0.0


KINDS: dict[str, Callable[[int, argparse.Namespace], dict[str, Any]]] = {
    "compile": _compile,
    "store": _store,
    "in turn": _in_turn,
}

if __name__ == "__main__":
    sys.exit(main())
