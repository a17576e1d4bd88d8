"""A small OpenID Connect provider on a port of this machine: real HTTP, real signatures, one user.

It checks what a provider has to: the client's secret, the redirect address, that a code is used once, and
PKCE. `twist` lets a test make it lie in one way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "fingerpost", "a secret"


@dataclass
class OidcProvider:
    """What the provider knows. `claims`: of the one user who is always signed in there."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    twist: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    prompts: list[str] = field(default_factory=list)

    def discovery(self) -> dict[str, str]:
        names = ("authorize", "token", "jwks", "logout")
        place = {name: f"{self.issuer}/{name}" for name in names}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": place["authorize"],
            "token_endpoint": place["token"],
            "jwks_uri": place["jwks"],
            "end_session_endpoint": place["logout"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        assert query["client_id"] == CLIENT_ID and query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"]
        self.prompts.append(query.get("prompt", ""))
        if self.twist == "refuse":
            brought = {"error": "access_denied", "state": query["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = query
            state = "another" if self.twist == "state" else query["state"]
            brought = {"code": code, "state": state, "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(brought)}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or authorization != f"Basic {basic}"
            or challenge != asked["code_challenge"]
            or form.get("redirect_uri") != asked["redirect_uri"]
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": "https://evil.example" if self.twist == "issuer" else self.issuer,
            "aud": "another" if self.twist == "audience" else CLIENT_ID,
            "nonce": "another" if self.twist == "nonce" else asked["nonce"],
            "iat": now,
            "exp": now - 3600 if self.twist == "expired" else now + 300,
            **self.claims,
        }
        signing = (
            RSAKey.generate_key(2048, {"kid": "one"}) if self.twist == "signature" else self.key
        )
        id_token = jwt.encode({"alg": "RS256", "kid": signing.kid}, claims, signing)
        if self.twist == "shared secret":
            id_token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET * 4))
        return {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "id_token": id_token,
        }


@contextmanager
def provider(**claims: Any) -> Iterator[OidcProvider]:
    """Yield a running provider whose one user has these claims."""
    state = OidcProvider(claims=claims)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(where.query).items()}
            if where.path == "/.well-known/openid-configuration":
                self.answer(state.discovery())
            elif where.path == "/jwks":
                self.answer({"keys": [state.key.as_dict(private=False)]})
            elif where.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", state.authorize(query))
                self.end_headers()
            else:
                self.answer({"signed": "out"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            made = state.token(form, self.headers.get("Authorization", ""))
            self.answer(made or {"error": "invalid_grant"}, 200 if made else 400)

        def answer(self, body: dict[str, Any], status: int = 200) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
