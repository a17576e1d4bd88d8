"""Signing in with OpenID Connect: the authorisation code flow with PKCE (OpenID Connect Core 1.0, RFC 7636).

Every call here talks to the provider and may take seconds: run it beside the event loop.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.sign_in.configuration import SignInSettings

# Signatures that the provider alone can make; `none` and shared secrets are refused.
ALGORITHMS = ["RS256", "PS256", "ES256"]
WAIT_SECONDS = 10
# Provider's clock against ours.
LEEWAY_SECONDS = 60
METADATA_SECONDS = 3600


class SignInError(Exception):
    """A sign-in that came to nothing; its text says why, for the person who tried."""


@dataclass
class Provider:
    """The provider of `settings`, and what it says of itself."""

    settings: SignInSettings
    redirect_uri: str
    _metadata: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _read_at: float = 0.0

    def metadata(self) -> dict[str, Any]:
        """Return the provider's discovery document, read once an hour. Raises `SignInError`."""
        if not self._metadata or time.monotonic() - self._read_at > METADATA_SECONDS:
            found = self._get(f"{self.settings.issuer}/.well-known/openid-configuration")
            if str(found.get("issuer", "")).rstrip("/") != self.settings.issuer:
                raise SignInError("The sign-in service calls itself by another name than expected.")
            self._metadata, self._keys, self._read_at = found, None, time.monotonic()
        return self._metadata

    def begin(self, then: str, again: bool = False) -> tuple[str, dict[str, str]]:
        """Return where to send the browser, and what to remember until it comes back.

        `then`: the path to go on to. `again`: ask for the password even of somebody signed in there.
        """
        flow = {
            "state": secrets.token_urlsafe(24),
            "nonce": secrets.token_urlsafe(24),
            "verifier": secrets.token_urlsafe(48),
            "then": then,
        }
        asked = {"nonce": flow["nonce"], **({"prompt": "login"} if again else {})}
        address, _ = self._session().create_authorization_url(
            self.metadata()["authorization_endpoint"],
            state=flow["state"],
            code_verifier=flow["verifier"],
            **asked,
        )
        return address, flow

    def finish(self, query: Mapping[str, str], flow: Mapping[str, Any]) -> dict[str, Any]:
        """Return the claims of the checked id token. Raises `SignInError`.

        `query`: what the browser brought back; `flow`: what `begin` said to remember.
        """
        state = str(flow.get("state", ""))
        if not state or not hmac.compare_digest(state, query.get("state", "")):
            raise SignInError("This sign-in was begun elsewhere, or too long ago.")
        if query.get("iss", self.settings.issuer).rstrip("/") != self.settings.issuer:
            raise SignInError("Another sign-in service answered than was asked.")
        if "error" in query:
            raise SignInError("The sign-in service did not let you in.")
        try:
            token = self._session().fetch_token(
                self.metadata()["token_endpoint"],
                grant_type="authorization_code",
                code=query.get("code", ""),
                code_verifier=flow["verifier"],
                timeout=WAIT_SECONDS,
            )
        except (OAuthError, requests.RequestException, ValueError):
            raise SignInError("The sign-in service did not confirm this sign-in.") from None
        return self._checked(token, str(flow["nonce"]))

    def sign_out_url(self, then: str) -> str | None:
        """Return where to sign out at the provider too, if it has such a place. `then`: our address after."""
        place = self.metadata().get("end_session_endpoint")
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": then}
        return f"{place}?{urlencode(asked)}" if place else None

    def _checked(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        try:
            read = self._decoded(str(token.get("id_token", "")))
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "values": self._names()},
                    "aud": {"essential": True, "value": self.settings.client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self.settings.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(time.time()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError):
            raise SignInError("The sign-in service sent an id token that does not hold.") from None
        return dict(claims)

    def _names(self) -> list[str]:
        return [self.settings.issuer, f"{self.settings.issuer}/"]

    def _decoded(self, text: str) -> jwt.Token:
        """Return the token, its signature checked; with fresh keys where the provider changed them."""
        if self._keys is not None:
            try:
                return jwt.decode(text, self._keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                pass
        self._keys = KeySet.import_key_set(self._get(self.metadata()["jwks_uri"]))  # type: ignore[arg-type]
        return jwt.decode(text, self._keys, algorithms=ALGORITHMS)

    def _session(self) -> OAuth2Session:
        found = self.settings
        return OAuth2Session(
            found.client_id,
            found.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if found.client_secret else "none",
            scope=found.scopes,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
        )

    def _get(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=WAIT_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError):
            raise SignInError("The sign-in service does not answer.") from None
        if not isinstance(found, dict):
            raise SignInError("The sign-in service answers in a way that is not understood.")
        return found
