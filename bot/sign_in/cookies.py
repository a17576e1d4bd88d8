"""Cookies that only this server can have written: signed, with an age, out of reach of scripts.

`Lax`, because a provider sends the browser back here by a link; every change asks for an origin of our
own besides (`bot.web.security`).
"""

from __future__ import annotations

from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.secret import sender_key
from bot.settings import Settings


class SignedCookie:
    """One cookie. Its value is JSON; `max_age` is in seconds."""

    def __init__(self, settings: Settings, name: str, max_age: int, path: str = "/") -> None:
        self._settings = settings
        self._name = name
        self._max_age = max_age
        self._path = path

    def _signer(self) -> URLSafeTimedSerializer:
        key = sender_key(self._settings.sender_key_file)
        return URLSafeTimedSerializer(key, salt=f"fingerpost cookie {self._name}")

    def read(self, request: Request) -> dict[str, Any]:
        """Return what the cookie holds; nothing where there is none, or it is forged or too old."""
        text = request.cookies.get(self._name)
        if not text:
            return {}
        try:
            found = self._signer().loads(text, max_age=self._max_age)
        except BadData:
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, answer: HTTPResponse, value: dict[str, Any], secure: bool) -> None:
        """Put the cookie on an answer. `secure`: over TLS alone."""
        self._put(answer, self._signer().dumps(value), self._max_age, secure)

    def forget(self, answer: HTTPResponse, secure: bool) -> None:
        """Make the browser drop the cookie."""
        self._put(answer, "", 0, secure)

    def _put(self, answer: HTTPResponse, value: str, age: int, secure: bool) -> None:
        answer.cookies[self._name] = value
        cookie = answer.cookies[self._name]
        cookie["path"] = self._path
        cookie["max-age"] = age
        cookie["httponly"] = True
        cookie["samesite"] = "Lax"
        if secure:
            cookie["secure"] = True
