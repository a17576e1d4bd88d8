"""Receivers on this machine: one that speaks HTTP, one that takes mail; each can misbehave as told."""

from __future__ import annotations

import io
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as SmtpServer
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.engines import free_port

SLOW_SECONDS = 1.5


@dataclass
class HttpReceiver:
    """What came in, and how to behave. ``kept`` holds one body for each key, as a receiver that honours it
    would; ``came`` counts every arrival of a key. ``next`` holds what to do with the requests to come."""

    url: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    behave: Callable[[int], str] = lambda number: "ok"
    paths: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def duplicates(self) -> int:
        """How many arrivals the key showed to be repeats."""
        return sum(self.came.values()) - len(self.came)

    def take(self, key: str, body: bytes) -> None:
        with self.lock:
            self.kept.setdefault(key, body)
            self.came[key] = self.came.get(key, 0) + 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.server.receiver.paths.append("GET " + self.path)
        self.say(200, b"{}")

    def do_POST(self) -> None:
        it: HttpReceiver = self.server.receiver
        with it.lock:
            it.paths.append("POST " + self.path)
            it.headers.append(dict(self.headers))
            how = it.behave(len(it.paths))
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers["Idempotency-Key"]
        if how.isdigit():
            return self.say(int(how), b"{}")
        if how == "hang":
            time.sleep(SLOW_SECONDS)
            return self.say(503, b"{}")
        if how == "redirect":
            return self.say(307, b"", Location=it.url + "/elsewhere")
        if how == "later":
            return self.say(429, b"", **{"Retry-After": "5000"})
        if how == "page":
            return self.say(200, b"<html>Sign in to the guest network</html>", kind="text/html")
        if how == "other":
            return self.say(200, b'{"reference": "FP-00000000"}')
        if how == "reset_before":
            return self.reset()
        it.take(key, body)
        if how == "reset_after":
            return self.reset()
        if how == "half":
            self.send_response(200)
            self.send_header("Content-Length", "500")
            self.end_headers()
            self.wfile.write(b'{"refer')
            self.wfile.flush()
            return self.reset()
        if how == "huge":
            return self.say(200, b" " * 400_000)
        if how == "drip":
            return self.drip()
        self.say(200 if it.came[key] > 1 else 201, answer_to(json.loads(body)))

    def say(self, status: int, body: bytes, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Break the connection off with a RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
        # What the server does to a connection at its end would fail on a closed one.
        self.wfile, self.rfile = io.BytesIO(), io.BytesIO()

    def drip(self) -> None:
        """Send a header's letters one at a time, for ever."""
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Wait: ")
        with suppress(OSError):
            while not self.server.ending.is_set():
                self.connection.sendall(b"x")
                time.sleep(0.05)
        self.close_connection = True


def answer_to(said: dict[str, Any]) -> bytes:
    """Return the receipt for a web service's JSON or a FHIR transaction."""
    if said.get("resourceType") == "Bundle":
        entries = [{"response": {"status": "201 Created"}} for _ in said["entry"]]
        answer = {"resourceType": "Bundle", "type": "transaction-response", "entry": entries}
        return json.dumps(answer).encode()
    return json.dumps({"reference": said["reference"], "id": "case-1"}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is what these tests are about."""


@contextmanager
def http_receiver(tls: ssl.SSLContext | None = None) -> Iterator[HttpReceiver]:
    """Start a receiver, give it, and stop it."""
    server: Any = _Server(("127.0.0.1", 0), _Handler)
    server.ending = threading.Event()
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme = "http" if tls is None else "https"
    server.receiver = HttpReceiver(f"{scheme}://localhost:{server.server_address[1]}/in")
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield server.receiver
    finally:
        server.ending.set()
        server.shutdown()
        server.server_close()


@dataclass
class MailReceiver:
    """What came in: whole messages by Message-ID, and how often each came."""

    port: int = 0
    messages: dict[str, bytes] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    behave: Callable[[int], str] = lambda number: "250 taken"
    drop_after_taking: bool = False

    @property
    def duplicates(self) -> int:
        """How many messages came with a Message-ID that had come before."""
        return sum(self.came.values()) - len(self.came)

    async def handle_DATA(self, server: SmtpServer, session: Any, envelope: Any) -> str:
        content = envelope.original_content
        told = self.behave(sum(self.came.values()) + 1)
        if not told.startswith("250"):
            return told
        ident = str(message_from_bytes(content)["Message-ID"])
        self.messages[ident] = content
        self.came[ident] = self.came.get(ident, 0) + 1
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if self.drop_after_taking:
            server.transport.abort()
        return told


@contextmanager
def mail_receiver(
    starttls: ssl.SSLContext | None = None,
    implicit: ssl.SSLContext | None = None,
    password: str = "",
) -> Iterator[MailReceiver]:
    """Start a mail server, give it, and stop it. Without a context it offers no encryption."""
    receiver = MailReceiver(free_port())

    def right(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        given = data.password.decode() if isinstance(data, LoginPassword) else ""
        return AuthResult(success=given == password, handled=False)

    options: dict[str, Any] = {}
    if starttls is not None:
        options.update(tls_context=starttls, require_starttls=True)
    if password:
        options.update(authenticator=right, auth_required=True)
    controller = Controller(
        receiver, hostname="127.0.0.1", port=receiver.port, ssl_context=implicit, **options
    )
    controller.start()
    try:
        yield receiver
    finally:
        controller.stop(no_assert=True)
