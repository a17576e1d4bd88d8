"""One address before several servers, as of a reverse proxy: each request goes to the next of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.conversations.server import Server

# As docs/operations.md asks of a proxy.
WAIT_SECONDS = 75
# Of one connection only (RFC 9110, 7.6.1); the length is counted anew.
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass
class OneAddress:
    """What the proxy knows. `answered`: (path, port of the server) of every request, in order.

    `lose`: how many answers to messages are yet to be lost on their way back.
    """

    servers: list[Server]
    url: str = ""
    answered: list[tuple[str, int]] = field(default_factory=list)
    lose: int = 0
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> Server:
        """Return the server whose turn it is."""
        with self._lock:
            self._next += 1
            return self.servers[self._next % len(self.servers)]

    def loses(self, path: str) -> bool:
        """Tell whether the answer to this request is lost."""
        with self._lock:
            lost = path.endswith("/messages") and self.lose > 0
            self.lose -= lost
        return lost

    def who_answered(self, ending: str) -> list[int]:
        """Return the ports of the servers that answered requests to such paths, in order."""
        return [port for path, port in self.answered if path.endswith(ending)]


@contextmanager
def one_address(port: int) -> Iterator[OneAddress]:
    """Yield the proxy on `port`; its servers are to be added."""
    proxy = OneAddress([], f"http://127.0.0.1:{port}")

    class Handler(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server = proxy.next()
            path = self.path.partition("?")[0]
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP_BY_HOP}
            try:
                onward = HTTPConnection("127.0.0.1", server.port, timeout=WAIT_SECONDS)
                headers["X-Forwarded-For"] = self.client_address[0]
                onward.request(self.command, self.path, body or None, headers)
                answer = onward.getresponse()
                found = answer.read()
                onward.close()
            except (OSError, HTTPException):
                self.send_error(502)
                return
            proxy.answered.append((path, server.port))
            if proxy.loses(path):
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        do_GET = do_POST = pass_on

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
