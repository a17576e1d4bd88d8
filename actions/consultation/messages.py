"""The small typed messages: ``info`` and ``error``."""

from __future__ import annotations

from typing import Any


def info(topic: str, text: str, service_id: str | None = None, **more: Any) -> dict[str, Any]:
    """Return an ``info`` message; ``topic`` is one of the contract's."""
    message: dict[str, Any] = {"type": "info", "topic": topic, "text": text, **more}
    if service_id is not None:
        message["service_id"] = service_id
    return message


def error(code: str, text: str) -> dict[str, Any]:
    """Return an ``error`` message with words for people."""
    return {"type": "error", "code": code, "text": text}
