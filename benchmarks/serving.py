"""Turns a second, embedded and on engines, with many clinicians at once: `make bench-serving`.

Each clinician has a consultation of five messages, again and again with a new patient. Everything, the
load too, runs on this machine, so that the figures compare set-ups rather than promise anything.
Arguments: clinicians at once, consultations of each. Needs PostgreSQL and Redis.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

# So that the servers of the tests can be used from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conversations.server import Server, start
from tests.engines import running_postgres, running_redis

CONSULTATION = (
    "48F warehouse packer in Ashton, off sick 6 wks w low back pain",
    "she wants to stay in her job",
    "show",
    "why not Early Help",
    "new patient",
)


def resident_mb(server: Server) -> int:
    """Return the memory of a server's process, in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) // 1024


def measured(servers: list[Server], clinicians: int, consultations: int) -> str:
    """Return one line: turns a second, median and 95th percentile of a turn, memory."""

    def consult(clinician: int) -> list[float]:
        server = servers[clinician % len(servers)]
        times = []
        for _ in range(consultations):
            for text in CONSULTATION:
                begun = time.perf_counter()
                server.say(f"clinician {clinician}", text)
                times.append((time.perf_counter() - begun) * 1000)
        return times

    with ThreadPoolExecutor(clinicians) as pool:
        list(pool.map(lambda server: server.say("first", CONSULTATION[0]), servers))
        begun = time.perf_counter()
        times = [ms for own in pool.map(consult, range(clinicians)) for ms in own]
        rate = len(times) / (time.perf_counter() - begun)
    memory = ", ".join(str(resident_mb(server)) for server in servers)
    return f"{rate:7.1f} {median(times):9.0f} {quantiles(times, n=20)[-1]:9.0f}   {memory}"


def main() -> int:
    """Print a table."""
    clinicians, consultations = [int(word) for word in sys.argv[1:]] or [12, 6]
    print(f"{clinicians} clinicians at once, {os.cpu_count()} processors")
    print(f"{'':34} turns/s median ms    95% ms   MB")
    for label, number, engines in (
        ("embedded", 1, False),
        ("PostgreSQL and Redis, 1 process", 1, True),
        ("PostgreSQL and Redis, 2 processes", 2, True),
        ("PostgreSQL and Redis, 3 processes", 3, True),
    ):
        with ExitStack() as stack:
            environ = {}
            if engines:
                environ = {
                    "FINGERPOST_DATABASE_URL": stack.enter_context(running_postgres()).url,
                    "FINGERPOST_REDIS_URL": stack.enter_context(running_redis()),
                    "FINGERPOST_SENDER_KEY": "of this benchmark",
                }
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            servers = []
            for position in range(number):
                var = folder / str(position)
                var.mkdir()
                servers.append(start(var, **environ))
                stack.callback(servers[-1].stop)
            for server in servers:
                server.wait()
            print(f"{label:34} {measured(servers, clinicians, consultations)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
