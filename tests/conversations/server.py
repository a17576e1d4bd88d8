"""A real server for tests: `fingerpost up` in a process of its own, on a free port, with its own folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
WATCH = Path(__file__).parent / "watch"
START_SECONDS = 120


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Server:
    """A running server. `var` is where it keeps things, `log` what it printed."""

    port: int
    var: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.var / "log").read_text(encoding="utf-8")

    @property
    def calls(self) -> list[str]:
        """Every address that the server looked up or called: `event address`."""
        path = self.var / "calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def bytes_kept(self) -> bytes:
        """Everything in every file of the server's folder, its log and databases among them."""
        return b"\0".join(path.read_bytes() for path in self.var.rglob("*") if path.is_file())

    def post(self, body: Any, **options: Any) -> requests.Response:
        """Send a request to the REST channel: JSON, or raw bytes."""
        payload = {"data": body} if isinstance(body, (str, bytes)) else {"json": body}
        return requests.post(f"{self.url}/webhooks/rest/webhook", timeout=60, **payload, **options)

    def say(self, sender: str, text: str, **metadata: Any) -> list[dict[str, Any]]:
        """Return the entries that answer one message; metadata that is None is left out."""
        body: dict[str, Any] = {"sender": sender, "message": text}
        known = {key: value for key, value in metadata.items() if value is not None}
        if known:
            body["metadata"] = known
        answer = self.post(body)
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    def wait(self) -> None:
        """Return once a message can be answered."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            try:
                if requests.get(f"{self.url}/health", timeout=5).status_code == 200:
                    return
            except (requests.ConnectionError, requests.Timeout):
                # Not listening yet, or too busy with loading to answer on a loaded machine.
                pass
            time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log}")

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """Stop the server as Ctrl-C does; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(timeout=20)


def start(var: Path, port: int | None = None, cwd: Path = ROOT, **environ: str) -> Server:
    """Start a server; `wait` for it before talking. `port`: where one was before, for a restart.

    `cwd`: a folder whose packages stand in for ours, such as a directory with entries of a test's own.
    """
    port = port or free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FINGERPOST_")}
    environment = {
        **clean,
        "FINGERPOST_VAR": str(var),
        "FINGERPOST_TEST_CALLS": str(var / "calls"),
        "PYTHONPATH": os.pathsep.join([str(WATCH), str(ROOT)]),
        **environ,
    }
    with (var / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--port", str(port)],
            cwd=cwd,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    return Server(port, var, process)


def loopback_only(calls: list[str]) -> bool:
    """Tell whether every noted address is of this machine itself."""
    allowed = re.compile(r"127\.\d+\.\d+\.\d+|localhost|::1|^\S+ (None|'')$|^\S+ b?'/")
    return all(allowed.search(call) for call in calls)
