"""The stock pipeline's side of ``make bench-nlu``: taught once, then asked in a process of its own.

What it says is put into the shape of our own reader as kindly as can be: a value it found counts if it is an
id of that key, numbers inside its spans are read by our own code for ages and durations, and an intent named
after a safety category raises that category. It has no assertion, so nothing is ruled out or uncertain, and
nothing that replaces identifiers.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks._nlu_scores import LISTS
from benchmarks._stock_data import SAFETY_INTENT, sentences, training_file
from services_directory.areas import areas
from services_directory.vocabulary import vocabulary
from understanding.amounts import find_durations
from understanding.surface import read_surface

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = Path(__file__).with_name("_stock_pipeline.py")
# Rasa's own cache stands beside it; both are left out of the repository and of `models/`.
FOLDER = ROOT / ".rasa" / "stock-nlu"
WEEKS_A_MONTH = 52 / 12
DURATIONS = {"absence_weeks": 1.0, "out_of_work_months": WEEKS_A_MONTH, "uc_months": WEEKS_A_MONTH}
FLAGS = frozenset(vocabulary().terms["flags"])


def trained(again: bool = False) -> tuple[Path, int]:
    """Return the model archive and how many sentences taught it, training (about an hour) if need be.

    Kept by the content of sentences and pipeline. Where the sentences have changed since and ``again`` is
    False, the last one trained is taken, and said so.
    """
    taught = sentences()
    text = training_file(taught)
    made_from = hashlib.sha256(
        (text + PIPELINE.read_text(encoding="utf-8") + version("rasa")).encode()
    ).hexdigest()[:16]
    model = FOLDER / f"{made_from}.tar.gz"
    if model.exists():
        return model, len(taught)
    older = sorted(FOLDER.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    if older and not again:
        print(
            "  (the stock pipeline was taught an earlier state of the sentences; --again teaches it anew)"
        )
        held = FOLDER / f"{older[-1].name.removesuffix('.tar.gz')}.yml"
        return older[-1], held.read_text(encoding="utf-8").count("\n    - ")
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{made_from}.yml"
    file.write_text(text, encoding="utf-8")
    print(f"  teaching the stock pipeline {len(taught)} sentences (about an hour) ...", flush=True)
    subprocess.run([sys.executable, str(PIPELINE), "train", str(file), str(model)], check=True)
    return model, len(taught)


def ask(model: Path, texts: list[str]) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Return the start (seconds, MB) and what the pipeline says of each of ``texts``."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run(
        [sys.executable, str(PIPELINE), "read", str(model)],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return said[0], said[1:]


def as_ours(said: dict[str, Any], text: str) -> dict[str, Any]:
    """Return what the stock pipeline said of ``text`` in the shape of ``understanding_json``."""
    case: dict[str, Any] = {}
    for entity in said["entities"]:
        key, held = str(entity["entity"]), text[entity["start"] : entity["end"]]
        value = _value(key, str(entity["value"]), held)
        if value is None:
            continue
        if key in LISTS:
            case.setdefault(key, [])
            case[key] += [value] if value not in case[key] else []
        else:
            case.setdefault(key, value)
    name = said["intent"]["name"] or ""
    safety = [name.removeprefix(SAFETY_INTENT)] if name.startswith(SAFETY_INTENT) else []
    return {"case": case, "safety": safety, "text": text}


def _value(key: str, value: str, held: str) -> Any:
    if key in FLAGS:
        return value == "true" or None
    if key == "age":
        digits = "".join(c for c in held if c.isdigit())
        return int(digits) if 0 < len(digits) < 4 else None
    if key in DURATIONS:
        found = find_durations(read_surface(held))
        return round(found[0].weeks / DURATIONS[key], 1) if found else None
    if key == "area":
        return value if value in areas().by_id else None
    known = vocabulary().terms.get(key, {})
    return value if value in known else None
