"""What the page may send, and what it is told: shapes, limits and refusals.

Every answer is a JSON object with `messages`, typed as in the contract; a refusal holds one `error`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.failure import error_message
from bot.channels.conversation import Message
from bot.web.security import from_our_page

MAX_BODY = 64 * 1024
MAX_TEXT = 20_000
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Refused(Exception):
    """A request that is not done: `status`, `code`, and a text for whoever reads it."""

    def __init__(self, status: int, code: str, text: str, **more: Any) -> None:
        super().__init__(text)
        self.status, self.code, self.text, self.more = status, code, text, more

    def answer(self) -> HTTPResponse:
        """Return it as an answer."""
        headers = {"Retry-After": str(self.more["wait"])} if "wait" in self.more else {}
        body = {"messages": [error_message(self.code, self.text)], **self.more}
        return response.json(body, status=self.status, headers=headers)


def body_of(request: Request, hosts: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON object that was sent. Raises `Refused`.

    `hosts`: origins of other pages that may hold the widget.
    """
    if not from_our_page(request.headers, hosts):
        raise Refused(403, "origin", "Only this server's own pages may do that.")
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(415, "shape", "Send JSON.")
    if len(request.body) > MAX_BODY:
        raise Refused(413, "too_long", "That is too long; send less than 64 kB at once.")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(400, "shape", "The body must be JSON.") from None
    if not isinstance(found, dict):
        raise Refused(400, "shape", "The body must be a JSON object.")
    return found


def id_of(found: dict[str, Any], key: str) -> str:
    """Return an id that the page made. Raises `Refused`."""
    value = found.get(key)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refused(400, "shape", f'"{key}" must be 8 to 64 letters, digits, - or _.')
    return value


def said_of(found: dict[str, Any]) -> Message:
    """Return the message in a body. Raises `Refused`."""
    text, shown, metadata = found.get("text"), found.get("shown") or "", found.get("metadata") or {}
    if not isinstance(text, str) or not isinstance(shown, str):
        raise Refused(400, "shape", '"text" must be text.')
    if not isinstance(metadata, dict):
        raise Refused(400, "shape", '"metadata" must be a JSON object.')
    if len(text) > MAX_TEXT or len(shown) > MAX_TEXT:
        raise Refused(
            413, "too_long", f"That is too long; type less than {MAX_TEXT:,} characters at once."
        )
    return Message(text, metadata, id_of(found, "id"), shown)
