"""What is worked out from files of the directory, kept on disk so that the next process starts sooner.

Kept beside the trained weights (``models/understanding``, removed by ``make clean``), as JSON. Nothing
depends on it: where it cannot be read or written, the work is done again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "models" / "understanding" / "kept"


def _stamp(sources: Iterable[Path]) -> list[list[str | int]]:
    """Return what changes whenever a file is edited: its path, its time of change and its size."""
    return [[str(p), (s := p.stat()).st_mtime_ns, s.st_size] for p in sources]


def kept(name: str, sources: Iterable[Path], make: Callable[[], Any]) -> Any:
    """Return what ``make`` makes (plain JSON) of ``sources``, from disk if none of them has changed since."""
    path = FOLDER / f"{name}.json"
    try:
        stamp = _stamp(sources)
        held = json.loads(path.read_bytes())
        if held["made_from"] == stamp:
            return held["made"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    # Read back, so that what comes is the same whether or not it was kept.
    made = json.loads(json.dumps(make()))
    with suppress(OSError):
        stamp = _stamp(sources)
        FOLDER.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"made_from": stamp, "made": made}), encoding="utf-8")
        os.replace(draft, path)
    return made
