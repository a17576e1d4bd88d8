"""How fast the outbox works: parcels put with their referral, and delivered, a second, on each database.

The receiver is a web service on this machine that answers at once, so the figures are those of the outbox:
claiming, posting over loopback, and noting the outcome with the referral's state and the audit trail.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from referrals.delivery import outbox as kept
from referrals.delivery import web_api
from referrals.delivery.model import Outgoing, Sender
from referrals.delivery.settings import DeliverySettings
from referrals.delivery.worker import Worker
from referrals.model import About, Referral
from referrals.records import referrals
from referrals.records.engine import make_engine, migrate, writing
from referrals.sealing import Sealer, new_key, read_keys
from tests.engines import running_postgres

REFERRALS = 300
WORKERS = 4
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
SETTINGS = DeliverySettings(sending=True)
SENDER = Sender("An invented practice", "Y99999", "practice@example.invalid")
FORM = (("full_name", "Invented Testpatient"), ("goal", "Go back to packing"))
Row = tuple[str, int, float]


class _Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer with the receipt."""
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"reference": said["reference"]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _receiver() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def outbox() -> Iterator[Row]:
    """Measure SQLite, then PostgreSQL where it is installed (its cluster is made without fsync)."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _on("SQLite", f"sqlite:///{folder}/referrals.db")
    try:
        with running_postgres() as server:
            yield from _on("PostgreSQL", server.url)
    except AssertionError as error:
        print(f"PostgreSQL left out: {error}", file=sys.stderr)


def _on(database: str, url: str) -> Iterator[Row]:
    engine = make_engine(url)
    migrate(engine)
    sealer = Sealer(read_keys(new_key()))

    def worker() -> Worker:
        return Worker(engine, sealer, lambda: SETTINGS, lambda: NOW)

    def many() -> None:
        threads = [threading.Thread(target=worker().run_all) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    with _receiver() as address:
        numbers = iter(range(10 * REFERRALS))
        for name, deliver in (
            (", one worker", lambda: worker().run_all()),
            (f", {WORKERS} workers", many),
        ):
            put = _timed(lambda: _put(engine, sealer, address, numbers))
            if deliver is not many:
                yield f"{database}: put with its referral", REFERRALS, put
            yield f"{database}: delivered{name}", REFERRALS, _timed(deliver)
    engine.dispose()


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return REFERRALS / (time.perf_counter() - start)


def _put(engine: Any, sealer: Sealer, address: str, numbers: Iterator[int]) -> None:
    for _ in range(REFERRALS):
        reference = f"FP-{next(numbers):08d}"
        sent = Outgoing(
            "referral", reference, "test-service", "web_api", address, SENDER, NOW, form=FORM
        )
        with writing(engine) as connection:
            referrals.insert(connection, sealer, _referral(reference))
            kept.put(connection, sealer, sent, web_api.pack(sent, SETTINGS), NOW)


def _referral(reference: str) -> Referral:
    return Referral(
        reference=reference,
        consultation_id="c1",
        practice="Y99999",
        service_id="test-service",
        route="clinician_form",
        kind="enquiry_form",
        state="ready",
        state_since=NOW,
        opened_at=NOW,
        as_of=date(2026, 11, 22),
        prepared_by="dr-a",
        prepared_role="gp",
        owner="dr-a",
        queued_at=NOW,
        about=About(text="the message"),
    )
