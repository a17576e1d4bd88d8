"""PostgreSQL and Redis of their own for a test: new, on loopback, in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

# Debian keeps the server's programs off PATH.
POSTGRES_PROGRAMS = "usr/lib/postgresql/*/bin"
SECONDS = 60


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_program(name: str) -> str:
    found = sorted(Path("/").glob(f"{POSTGRES_PROGRAMS}/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    assert path, "PostgreSQL is not installed: sudo apt-get install postgresql"
    return path


def _run_postgres(name: str, *words: str) -> None:
    # The server refuses to run as root; Debian's package brings a user for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_user, _postgres_program(name), *words],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd="/",
    )
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL cluster in `folder`."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its SQLAlchemy address."""
        return f"postgresql+psycopg2://fingerpost@127.0.0.1:{self.port}/postgres"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def create(self) -> None:
        """Make the cluster."""
        words = ["-U", "fingerpost", "-A", "trust", "-E", "UTF8", "-N"]
        _run_postgres("initdb", "-D", self._data, *words)

    def start(self) -> None:
        """Start the server; it takes connections on return."""
        listen = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        log = str(self.folder / "log")
        _run_postgres(
            "pg_ctl", "-D", self._data, "-l", log, "-o", f"{listen} -c fsync=off", "-w", "start"
        )

    def stop(self) -> None:
        """Stop the server, cutting every connection off."""
        _run_postgres("pg_ctl", "-D", self._data, "-m", "fast", "-w", "stop")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server, give it, and stop it. Fails where PostgreSQL is not installed or does not start."""
    folder = Path(tempfile.mkdtemp(prefix="fingerpost-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = Postgres(folder, free_port())
    try:
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_redis(port: int | None = None) -> Iterator[str]:
    """Start a Redis, give its address, and stop it. Fails where it is not installed or does not start."""
    port = port or free_port()
    program = shutil.which("redis-server")
    assert program, "Redis is not installed: sudo apt-get install redis-server"
    with tempfile.TemporaryDirectory(prefix="fingerpost-redis-") as folder:
        words = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", ""]
        process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            end = time.monotonic() + SECONDS
            while True:
                try:
                    redis.Redis.from_url(url).ping()
                    break
                except redis.exceptions.ConnectionError:
                    assert process.poll() is None and time.monotonic() < end, "Redis did not start"
                    time.sleep(0.05)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)
