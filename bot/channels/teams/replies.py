"""Activities that we send: cards, plain words where a card is not taken, and typing."""

from __future__ import annotations

from typing import Any

from bot.channels.teams.cards.blocks import CONTENT_TYPE, Card
from bot.channels.teams.references import Chat


def card_message(chat: Chat, card: Card, content: dict[str, Any]) -> dict[str, Any]:
    """Return a message with one card; `content` is its JSON as it is to be shown."""
    message = {
        **_from(chat),
        "summary": card.summary,
        "attachments": [attachment(content)],
    }
    if card.urgent:
        message["importance"] = "high"
    return message


def updated_card(chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
    """Return what replaces a message with a card."""
    return {**_from(chat), "attachments": [attachment(content)]}


def attachment(content: dict[str, Any]) -> dict[str, Any]:
    """Return a card as an attachment."""
    return {"contentType": CONTENT_TYPE, "content": content}


def words(chat: Chat, text: str) -> dict[str, Any]:
    """Return a message of plain words."""
    return {**_from(chat), "text": text, "textFormat": "plain"}


def typing(chat: Chat) -> dict[str, Any]:
    """Return the sign that an answer is being written."""
    return {**_from(chat), "type": "typing"}


def _from(chat: Chat) -> dict[str, Any]:
    return {
        "type": "message",
        "from": {"id": chat.bot_id, "name": chat.bot_name},
        "conversation": {"id": chat.conversation_id},
    }


# --- Answers to an invoke, which Teams waits for (Microsoft: "Universal Actions for Adaptive Cards")


def invoke_card(content: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that puts a card in the place of the one that was pressed."""
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": content}


def invoke_message(text: str) -> dict[str, Any]:
    """Return the answer that leaves the card and says something."""
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": text,
    }


def invoke_error(status: int, code: str, text: str) -> dict[str, Any]:
    """Return the answer that refuses."""
    return {
        "statusCode": status,
        "type": "application/vnd.microsoft.error",
        "value": {"code": code, "message": text},
    }
