"""Trains the model archive that the server loads: `python -m bot.train`.

`rasa train` makes the same one; this is quicker, for it leaves TensorFlow out, tells Rasa's makers nothing
and keeps one archive rather than one more each time.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot import logs
from bot.settings import ROOT
from bot.slim import leave_out_tensorflow

MODEL_NAME = "fingerpost"


def train(output: Path = ROOT / "models") -> Path:
    """Train, and return the archive `fingerpost.tar.gz` in `output`.

    Reads config.yml, domain.yml and data/. Raises `RuntimeError` where Rasa makes no model.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Its progress bars are one for each step of milliseconds.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    leave_out_tensorflow()
    logs.configure()
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data")],
        output=str(output),
        fixed_model_name=MODEL_NAME,
        # The reader's own weights are no part of what Rasa compares to see whether anything changed.
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError("Rasa made no model; `rasa data validate` says what is wrong.")
    return Path(result.model)


def main() -> int:
    """Train, and say where the model is. Returns the exit code."""
    try:
        model = train()
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Trained {model.relative_to(ROOT) if model.is_relative_to(ROOT) else model}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
