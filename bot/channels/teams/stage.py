"""Showing cards in a chat, and changing those that stand there already."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from actions.failure import where
from bot.channels.teams import replies
from bot.channels.teams.cards.blocks import Card
from bot.channels.teams.connector import Connector, ConnectorError
from bot.channels.teams.presses import closed, has_buttons, stamped
from bot.channels.teams.references import Chat
from bot.channels.teams.shown_cards import ShownCard, ShownCards
from bot.channels.teams.sizes import fitting, pieces

logger = logging.getLogger(__name__)

# Teams: this attachment is not taken, or is too large.
NOT_TAKEN = frozenset((400, 413))


class Stage:
    """Shows cards. `reply_to` is the message answered to, where others read along."""

    def __init__(
        self, connector: Connector, shown: ShownCards, clock: Callable[[], float] = time.time
    ) -> None:
        self._connector = connector
        self._shown = shown
        self._clock = clock

    async def typing(self, chat: Chat) -> None:
        """Show that an answer is coming. A failure costs nothing."""
        try:
            await self._connector.send(chat.place, replies.typing(chat))
        except ConnectorError as error:
            logger.info("typing was not shown (%s)", error.status)

    async def show(self, chat: Chat, cards: Iterable[Card], reply_to: str = "") -> None:
        """Send cards in order. Raises `ConnectorError` where one cannot be sent in any form."""
        for card in cards:
            for part in fitting(card):
                await self._show(chat, part, reply_to)

    async def _show(self, chat: Chat, card: Card, reply_to: str) -> None:
        token = secrets.token_hex(16)
        content = stamped(card.content(), token)
        kept = has_buttons(content) or card.referral_id is not None
        if kept:
            # Kept first: a button can be pressed before Teams has told us that the card is there.
            self._shown.add(
                token,
                chat.key,
                chat.consultation,
                card.kind,
                content,
                self._clock(),
                card.referral_id,
            )
        message = replies.card_message(chat, card, content)
        extra = {"replyToId": reply_to} if reply_to else {}
        try:
            activity_id = await self._connector.send(chat.place, {**message, **extra})
        except ConnectorError as error:
            if error.status not in NOT_TAKEN:
                raise
            logger.warning("a %s card was not taken (%s)", card.kind, error.status)
            for piece in pieces(card.text):
                await self._connector.send(chat.place, {**replies.words(chat, piece), **extra})
            return
        if kept and activity_id:
            self._shown.sent(token, activity_id)

    async def change(self, chat: Chat, activity_id: str | None, content: dict[str, Any]) -> None:
        """Put a card's new look in its place. A failure leaves the old look, and is noted."""
        if not activity_id:
            return
        try:
            message = replies.updated_card(chat, content)
            await self._connector.update(chat.place, activity_id, message)
        except ConnectorError as error:
            logger.warning("a card could not be changed: %s", where(error))

    async def close(self, chat: Chat, questions: Iterable[ShownCard], note: str) -> None:
        """Make questions that the talk has passed unanswerable."""
        for card in questions:
            content = closed(card.content, note)
            self._shown.change(card.token, content, live=False)
            await self.change(chat, card.activity_id, content)
