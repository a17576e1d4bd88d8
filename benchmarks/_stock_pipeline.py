"""Rasa's stock pipeline, trained and run in a process of its own for ``make bench-nlu``.

    python benchmarks/_stock_pipeline.py train TRAINING_FILE MODEL_FILE
    python benchmarks/_stock_pipeline.py read MODEL_FILE < messages > results

The pipeline is the one that ``rasa init`` leaves to Rasa: no ``pipeline`` in the configuration, so that Rasa
puts in its default (DIETClassifier, 100 epochs). ``read`` takes ``{"text"}`` a line; the first line it writes
tells seconds from the start of the process to the first message understood and its memory in MB, each
further one ``{"intent", "entities", "ms"}``.
"""

from __future__ import annotations

import time

BEGUN = time.perf_counter()

import asyncio  # noqa: E402
import json  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import warnings  # noqa: E402
from pathlib import Path  # noqa: E402

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# As `rasa init` writes it, the commented lines left out.
CONFIG = "recipe: default.v1\nassistant_id: stock\nlanguage: en\npipeline:\npolicies:\n"
THREADS = {"train": 3, "read": 1}


def _threads(count: int) -> None:
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(count)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def train(training: Path, model: Path) -> None:
    """Train on the NLU file ``training`` and write the archive ``model``."""
    from rasa.model_training import train_nlu

    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(CONFIG, encoding="utf-8")
        name = model.name.removesuffix(".tar.gz")
        train_nlu(str(config), str(training), str(model.parent), fixed_model_name=name)


def read(model: Path) -> None:
    """Answer the messages of standard input."""
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=str(model))

    async def parse(text: str) -> dict[str, object]:
        return await agent.parse_message(text)

    async def every() -> None:
        await parse("warm up")
        begun = {"start": time.perf_counter() - BEGUN, "memory": resident()}
        print(json.dumps(begun), flush=True)
        for line in sys.stdin:
            at = time.perf_counter()
            found = await parse(json.loads(line)["text"])
            taken = (time.perf_counter() - at) * 1000
            kept = {"intent": found["intent"], "entities": found["entities"], "ms": taken}
            print(json.dumps(kept, default=float), flush=True)

    asyncio.run(every())


def resident() -> float:
    """Return the memory of this process in MB (resident set)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    """Run ``train`` or ``read``."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    verb, *files = sys.argv[1:]
    _threads(THREADS[verb])
    {"train": train, "read": read}[verb](*map(Path, files))
    return 0


if __name__ == "__main__":
    sys.exit(main())
