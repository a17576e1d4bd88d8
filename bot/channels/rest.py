"""The REST channel: `POST /webhooks/rest/webhook` as the contract has it (section 6).

It is for scripts: of this machine, and with FINGERPOST_REST_TOKEN of whoever brings that token. Rasa's own
answers a failure with 200 and an empty list, logs what was said, and takes any sender and metadata
(rasa/core/channels/rest.py). Here every answer, of whatever status, is a list of typed messages.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.failure import error_message
from bot.channels.conversation import Conversations, MetadataError, as_entry, failed
from bot.settings import Settings, settings
from bot.sign_in.vouched import asked_here

MAX_BODY = 64 * 1024
MAX_SENDER = 128
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class ShapeError(ValueError):
    """A request of the wrong shape; its text says what was expected."""


def parse(body: bytes) -> tuple[str, str, dict[str, Any]]:
    """Return sender, message and metadata of a request. Raises `ShapeError`."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise ShapeError("The body must be JSON.") from None
    if not isinstance(found, dict):
        raise ShapeError('The body must be a JSON object with "sender" and "message".')
    sender, message, metadata = (found.get(key) for key in ("sender", "message", "metadata"))
    if not isinstance(sender, str) or not 1 <= len(sender) <= MAX_SENDER:
        raise ShapeError(f'"sender" must be text of 1 to {MAX_SENDER} characters.')
    if not isinstance(message, str):
        raise ShapeError('"message" must be text.')
    if metadata is not None and not isinstance(metadata, dict):
        raise ShapeError('"metadata" must be a JSON object.')
    return sender, message, metadata or {}


def answer(sender: str, messages: list[dict[str, Any]], status: int = 200) -> HTTPResponse:
    """Return typed messages as Rasa's REST answer."""
    return response.json(
        [{"recipient_id": sender, **message} for message in messages], status=status
    )


def refusal(status: int, code: str, text: str, sender: str = "") -> HTTPResponse:
    """Return one typed `error`."""
    return answer(sender, [as_entry(error_message(code, text))], status)


def admitted(peer: str, headers: Mapping[str, str], token: str) -> bool:
    """Say whether a script at the address `peer` may use this channel; `token` is empty where none is set."""
    if not token:
        return asked_here(peer, headers)
    return hmac.compare_digest(
        headers.get("authorization", "").encode(), f"Bearer {token}".encode()
    )


class RestChannel(InputChannel):
    """Serves /webhooks/rest/."""

    def __init__(self, found: Settings | None = None) -> None:
        # Plain `rasa run` makes the channel without our settings, and listens on every address.
        self._settings = found or settings("0.0.0.0")

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of this channel."""
        conversations = Conversations(self._settings, on_new_message, self.name())
        routes = Blueprint("fingerpost_rest")

        @routes.route("/", methods=["GET"])
        async def alive(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=EVERY_METHOD)
        async def receive(request: Request) -> HTTPResponse:
            if request.method != "POST":
                refused = refusal(405, "method", "Send messages with POST.")
                refused.headers["Allow"] = "POST"
                return refused
            if not admitted(request.ip, request.headers, self._settings.rest_token):
                return refusal(401, "token", "Scripts of other machines need the bearer token.")
            if len(request.body) > MAX_BODY:
                return refusal(413, "too_long", "That is too long; send less than 64 kB at once.")
            try:
                sender, text, metadata = parse(request.body)
            except ShapeError as error:
                return refusal(400, "shape", str(error))
            if not getattr(request.app.ctx, "agent", None):
                return refusal(503, "starting", "Still starting; try again in a moment.", sender)
            try:
                messages = await conversations.say(sender, text, metadata)
            except MetadataError as error:
                return refusal(400, "metadata", str(error), sender)
            return answer(sender, messages, 500 if failed(messages) else 200)

        return routes
