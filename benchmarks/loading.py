"""How long the directory takes to load from a cold start: `make bench-loading` (target: 500 under 2 s).

The shipped entries are copied under new ids until there are enough; each figure is the best of three new
processes, imports included. Nothing is cached between them. Arguments: the numbers of entries, none smaller
than that of the shipped ones, because those name each other.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from services_directory.entry_tree import entry_files
from services_directory.loading import ENTRIES_FOLDER

RUNS = 3
TARGET_ENTRIES, TARGET_SECONDS = 500, 2.0
KINDS = {
    "load (shape, references)": "from services_directory.loading import load_directory as load",
    "live (and texts, dates, rules, stamps)": "from services_directory.live import LiveDirectory\n"
    "load = lambda root: LiveDirectory(root, None)",
    "check (and personas, ages)": "from services_directory.checking import check_path as load",
}
TIMED = "import sys, time, pathlib\nstart = time.perf_counter()\n{load}\nload(pathlib.Path(sys.argv[1]))\n"
TIMED += "print(time.perf_counter() - start)"


def generated(folder: Path, number: int) -> None:
    """Fill ``folder`` with ``number`` entries, the shipped ones over and over under new ids."""
    shipped = list(entry_files(ENTRIES_FOLDER))
    for position in range(number):
        path = shipped[position % len(shipped)]
        text = path.read_text(encoding="utf-8")
        turn = position // len(shipped)
        if turn:
            # The first round keeps its ids, so that what entries say of each other stays true.
            text = text.replace(f"\nid: {path.stem}\n", f"\nid: {path.stem}-{turn}\n", 1)
            text = "\n".join(
                line
                for line in text.split("\n")
                if not line.startswith(("replaces:", "replaced_by:"))
            )
        (folder / f"{path.stem}-{turn}.yml").write_text(text, encoding="utf-8")


def seconds(load: str, folder: Path) -> float:
    """Return the best time of several new processes."""
    command = [sys.executable, "-c", TIMED.format(load=load), str(folder)]
    done = [
        subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(RUNS)
    ]
    return min(float(run.stdout) for run in done)


def main() -> int:
    """Print a table; 1 where the target is missed."""
    fewest = len(list(entry_files(ENTRIES_FOLDER)))
    numbers = [int(word) for word in sys.argv[1:]] or [fewest, TARGET_ENTRIES]
    if min(numbers) < fewest:
        print(f"at least {fewest}: the shipped entries name each other", file=sys.stderr)
        return 2
    missed = False
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            generated(Path(place), number)
            for kind, load in KINDS.items():
                taken = seconds(load, Path(place))
                print(f"{number:>6} entries  {kind:<40} {taken:6.2f} s")
                if number == TARGET_ENTRIES and not kind.startswith("check"):
                    missed = missed or taken > TARGET_SECONDS
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
