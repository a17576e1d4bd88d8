"""Microsoft's part, played on loopback: signing keys, our token, the v3 connector, and people in chats.

It signs real tokens with RSA keys of its own, and checks that what comes back bears the token it gave.
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

APP_ID = "0f1e2d3c-1111-4222-8333-444455556666"
TENANT = "aaaabbbb-0000-4ccc-8ddd-eeee00001111"
SECRET = "the client secret of a test"
BOT = f"28:{APP_ID}"
ISSUER = "https://api.botframework.com"
ACTIVITIES = re.compile(r"/v3/conversations/([^/]+)/activities(?:/([^/]+))?")


@dataclass
class Sent:
    """One call of the connector. `id`: what the activity got, or the one that was replaced."""

    method: str
    conversation: str
    id: str
    activity: dict[str, Any]
    authorization: str
    at: float
    reply_to: str = ""

    @property
    def card(self) -> dict[str, Any] | None:
        attached = self.activity.get("attachments") or []
        return attached[0]["content"] if attached else None


@dataclass
class Connector:
    """A running connector. `failures`: statuses, with headers, for the next calls that send or update."""

    port: int = 0
    sent: list[Sent] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    identity_asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    key_lists: int = 0
    offline: bool = False
    keys: dict[str, Any] = field(default_factory=dict)
    endorsements: dict[str, list[str]] = field(default_factory=dict)
    token: str = "the token of the bot"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add_key(self, kid: str, endorsements: list[str] | None = None) -> None:
        self.keys[kid] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.endorsements[kid] = ["msteams"] if endorsements is None else endorsements

    def public(self, kid: str) -> Any:
        return self.keys[kid].public_key()

    def jwks(self) -> dict[str, Any]:
        found = []
        for kid in self.keys:
            raw = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.public(kid)))
            found.append({**raw, "kid": kid, "use": "sig", "endorsements": self.endorsements[kid]})
        return {"keys": found}

    def bearer(self, kid: str = "first", key: Any = None, **changes: Any) -> str:
        """Return an Authorization header. A claim that is None is left out."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.url,
            "nbf": now - 10,
            "exp": now + 3600,
            **changes,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(claims, key or self.keys[kid], algorithm="RS256", headers={"kid": kid})
        return f"Bearer {token}"

    def messages(self, conversation: str) -> list[Sent]:
        """Return what was sent to a chat or changed there, without typing."""
        return [
            one
            for one in self.sent
            if one.conversation == conversation and one.activity.get("type") == "message"
        ]


@contextmanager
def running_connector() -> Iterator[Connector]:
    """Yield a connector that answers."""
    connector = Connector()
    connector.add_key("first")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(connector))
    server.daemon_threads = True
    connector.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield connector
    finally:
        server.shutdown()
        server.server_close()


def _handler(connector: Connector) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Otherwise the two packets of an answer wait for each other for 40 ms.
        disable_nagle_algorithm = True
        wbufsize = -1

        def log_message(self, *args: Any) -> None:
            pass

        def _answer(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if connector.offline:
                self._answer(503, {})
            elif path == "/openid":
                self._answer(200, {"issuer": ISSUER, "jwks_uri": f"{connector.url}/keys"})
            elif path == "/keys":
                connector.key_lists += 1
                self._answer(200, connector.jwks())
            elif path == "/identity":
                connector.identity_asked.append((self.path, dict(self.headers)))
                told = {"access_token": connector.token, "expires_in": "86400"}
                self._answer(200, told)
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            body = self._body()
            if self.path.endswith("/oauth2/v2.0/token"):
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                connector.forms.append({**form, "path": self.path})
                told = {"access_token": connector.token, "expires_in": 3600, "token_type": "Bearer"}
                self._answer(200, told)
                return
            self._take("POST", body)

        def do_PUT(self) -> None:
            self._take("PUT", self._body())

        def _take(self, method: str, body: bytes) -> None:
            found = ACTIVITIES.fullmatch(self.path)
            if not found:
                self._answer(404, {})
                return
            activity = json.loads(body)
            typing = activity.get("type") == "typing"
            if connector.failures and not typing:
                status, headers = connector.failures.pop(0)
                self._answer(status, {"error": {}}, headers)
                return
            activity_id = unquote(found[2] or "") if method == "PUT" else uuid.uuid4().hex
            connector.sent.append(
                Sent(
                    method,
                    unquote(found[1]),
                    activity_id,
                    activity,
                    self.headers.get("Authorization", ""),
                    time.time(),
                    unquote(found[2] or "") if method == "POST" else "",
                )
            )
            self._answer(201 if method == "POST" else 200, {"id": activity_id})

    return Handler
