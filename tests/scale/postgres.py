"""A PostgreSQL of its own for a test: a new cluster in a temporary folder, on loopback, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Debian keeps the server's programs off PATH.
PROGRAMS = "usr/lib/postgresql/*/bin"
SECONDS = 60


@dataclass(frozen=True)
class Postgres:
    """A running server; ``url`` is its SQLAlchemy address."""

    url: str


def _program(name: str) -> str:
    found = sorted(Path("/").glob(f"{PROGRAMS}/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    assert path, "PostgreSQL is not installed: sudo apt-get install postgresql"
    return path


def _run(*words: str) -> None:
    # The server refuses to run as root; Debian's package brings a user for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_user, *words], capture_output=True, text=True, timeout=SECONDS, cwd="/"
    )
    assert done.returncode == 0, f"{words[0]}: {done.stdout}{done.stderr}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server, give it, and stop it. Fails where PostgreSQL is not installed or does not start."""
    folder = Path(tempfile.mkdtemp(prefix="fingerpost-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", _free_port()
    try:
        _run(
            _program("initdb"),
            "-D",
            str(data),
            "-U",
            "fingerpost",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        )
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
        log = str(folder / "log")
        _run(_program("pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start")
        try:
            yield Postgres(f"postgresql+psycopg2://fingerpost@127.0.0.1:{port}/postgres")
        finally:
            _run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
