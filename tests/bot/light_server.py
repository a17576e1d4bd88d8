"""The web server in a process of its own, without Rasa and a model: for what needs no answer to a message."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.conversations.server import ROOT, free_port

SERVE = (
    "import sys; from bot.server import build_app; from bot.settings import settings\n"
    "build_app(settings(port=int(sys.argv[1]))).run(host='127.0.0.1', port=int(sys.argv[1]),"
    " access_log=False, motd=False)"
)


@contextmanager
def light_server(var: Path, cwd: Path = ROOT, **environ: str) -> Iterator[str]:
    """Yield the address of a running server with these settings.

    `cwd`: a folder whose packages stand in for ours.
    """
    port = free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FINGERPOST_")}
    with (var / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            cwd=cwd,
            env={**clean, "FINGERPOST_VAR": str(var), **environ},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while True:
            assert process.poll() is None, (var / "log").read_text()
            try:
                requests.get(f"{url}/health", timeout=5)
                break
            except requests.ConnectionError:
                assert time.monotonic() < end, "the server did not start"
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(20)
