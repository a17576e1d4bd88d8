"""Word sent unasked, to the person whom it concerns, in their private chat with the assistant."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.teams.cards import cards_of
from bot.channels.teams.cards.blocks import Card
from bot.channels.teams.connector import ConnectorError
from bot.channels.teams.presses import stamped
from bot.channels.teams.references import References
from bot.channels.teams.shown_cards import ShownCards
from bot.channels.teams.stage import Stage
from bot.settings import Settings

logger = logging.getLogger(__name__)

# Teams: the person has blocked or removed the app, or the chat is no more.
GONE = frozenset((403, 404))


class Proactive:
    """Sends to people by the id that stands for them in the referrals room."""

    def __init__(
        self, chats: References, shown: ShownCards, stage: Stage, settings: Settings
    ) -> None:
        self._chats = chats
        self._shown = shown
        self._stage = stage
        self._settings = settings

    def reaches(self, user_id: str) -> bool:
        """Say whether there is a private chat with that person."""
        return self._chats.private_chat(user_id) is not None

    async def nudge(self, user_id: str, card: Card) -> bool:
        """Send a card, such as `cards.others.nudge` makes; False where the person cannot be reached here.

        `user_id`: who made the referral (`bot.sign_in.user.User.id`).
        """
        chat = self._chats.private_chat(user_id)
        if chat is None:
            return False
        try:
            await self._stage.show(chat, [card])
        except ConnectorError as error:
            logger.warning("word could not be sent (%s)", error.status)
            if error.status in GONE:
                # Without its reference nobody tries again; it is kept anew when the person writes.
                self._chats.forget(chat.key)
            return False
        return True

    async def referral_changed(self, status: Mapping[str, Any]) -> int:
        """Show where a referral stands, in the place of its cards; return how many there were.

        `status`: a `referral_status` message of the contract.
        """
        [card] = cards_of(status, self._settings.public_url)
        changed = 0
        for shown in self._shown.of_referral(str(status["referral_id"])):
            chat = self._chats.get(shown.chat)
            if chat is None:
                continue
            content = stamped(card.content(), shown.token)
            self._shown.change(shown.token, content, live=True, state=str(status["state"]))
            await self._stage.change(chat, shown.activity_id, content)
            changed += 1
        return changed
