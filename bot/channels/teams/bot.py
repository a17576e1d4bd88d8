"""What is done with an activity that has been verified: the turn behind the acknowledgement.

Each activity is noted before it is acknowledged, then worked on in the background, those of one chat one by
one, and no more of them than can be answered in good time (`queue`). What a crash left unanswered is told to
the person afterwards, for its words are kept nowhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.channels.conversation import Conversations, Message, MetadataError, clean
from bot.channels.teams import replies
from bot.channels.teams.activities import Activity
from bot.channels.teams.cards import cards_of
from bot.channels.teams.cards.blocks import MARK, Card
from bot.channels.teams.cards.others import in_private, plain, welcome
from bot.channels.teams.configuration import LEAST_ROLE, TeamsSettings
from bot.channels.teams.dedup import Taken
from bot.channels.teams.patients import (
    asks_which_patient,
    may_mean_new_patient,
    means_new_patient,
)
from bot.channels.teams.presses import (
    Press,
    PressError,
    closed,
    noted,
    press_of,
    token_of,
    with_note,
)
from bot.channels.teams.queue import Queue
from bot.channels.teams.references import LASTING, Chat, References
from bot.channels.teams.shown_cards import ShownCard, ShownCards
from bot.channels.teams.stage import Stage
from bot.channels.teams.worklist import asks_for_worklist, worklist_card
from bot.settings import Settings
from bot.sign_in.user import User
from services_directory.practice import practice_settings
from understanding.identifiers import redact

# Turns are work for one thread (`bot.turn_thread`): more at once would only make each wait longer.
AT_ONCE = 1

ENDED = (
    "This card belongs to a consultation that has ended. Type what you need for the present one."
)
MOVED_ON = "The talk has moved on from this question: see below."
PRESSED = "You have pressed that already: see below."
ANSWERED = "Answered in the chat"
BUSY = (
    "I have more to answer than I can just now, so I have not read this message of yours. Please send it "
    "again in a few minutes. What you sent before it is answered in its turn."
)
BUSY_PRESS = (
    "I have more to answer than I can just now. If no answer comes, press again in a few minutes."
)
TEXT_ONLY = "I read plain text only; nothing was taken in."


class Full(Exception):
    """There is no room for an event; nothing was noted of it, so it may be delivered again."""


class NothingKept:
    """Keeps no answers: that an activity comes again is seen before it gets here."""

    def begin(
        self, sender: str, message_id: str, text: str, shown: str
    ) -> list[dict[str, Any]] | None:
        """Return nothing."""
        return None

    def keep(self, sender: str, message_id: str, answer: list[dict[str, Any]]) -> None:
        """Keep nothing."""


class TeamsBot:
    """Takes activities and answers them. `end` deletes a conversation of Rasa, by its sender."""

    def __init__(
        self,
        settings: Settings,
        found: TeamsSettings,
        conversations: Conversations,
        engine: Any,
        stage: Stage,
        end: Callable[[str], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._found = found
        self._conversations = conversations
        self._stage = stage
        self._end = end
        self._clock = clock
        self.taken = Taken(engine)
        self.chats = References(engine)
        self.shown = ShownCards(engine)
        self._nothing = NothingKept()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._queue = Queue(self.taken, found.queue, clock)

    # --- Before the acknowledgement: quick, and without the network

    def accept(self, activity: Activity) -> None:
        """Note an activity and set about it; one that comes again, or that asks nothing, does nothing.

        Where too much waits, who sent a message is told so. Raises `Full` for anything else: those who know
        nothing of a busy bot need not hear of it.
        """
        work = {
            "message": self._message,
            "conversationUpdate": self._joined,
            "installationUpdate": self._installed,
        }.get(activity.type)
        if work is None:
            # Edits, deletions, reactions, typing: nothing said of a patient changes by them.
            return
        chat = self.chats.of(activity, self._clock())
        said = activity.type == "message"
        if not said and not self._queue.has_room(chat.key, "event"):
            self._queue.turned_away()
            raise Full
        if activity.id and not self.taken.take(activity.key, chat.key, self._clock()):
            return
        if not said:
            self._queue.put(activity.key, chat.key, lambda: work(activity, chat.key), "event")
        elif self._queue.has_room(chat.key):
            self._queue.put(activity.key, chat.key, lambda: work(activity, chat.key))
        else:
            self._turn_away(activity, chat)

    def _turn_away(self, activity: Activity, chat: Chat) -> None:
        """Say that a message was not read; where that cannot be said now, it stays unanswered till it can."""
        self._queue.turned_away()
        reply_to = "" if activity.private else activity.id
        if self._queue.has_room(chat.key, "notice"):
            self._queue.put(
                activity.key,
                chat.key,
                lambda: self._stage.show(chat, [plain(BUSY)], reply_to),
                "notice",
            )

    def invoked(self, activity: Activity) -> dict[str, Any]:
        """Return the answer to a button at once: the card as it then looks. The turn follows."""
        action = activity.value.get("action") if isinstance(activity.value, dict) else None
        data: Any = action.get("data") if isinstance(action, dict) else None
        chat = self.chats.of(activity, self._clock())
        try:
            card, press = self._pressed(chat, data)
        except PressError as error:
            return replies.invoke_error(400, "BadRequest", str(error))
        if card is None or press is None:
            return replies.invoke_message(ENDED)
        if card.live and not self._queue.has_room(chat.key):
            # Nothing is noted of it, so it can be pressed again.
            self._queue.turned_away()
            return replies.invoke_message(BUSY_PRESS)
        fresh = self.taken.take(activity.key, chat.key, self._clock())
        content, new = self._note(card, press, data[MARK]) if fresh else (card.content, False)
        if new:
            self._queue.put(
                activity.key, chat.key, lambda: self._invoked(activity, chat, card, press, content)
            )
        elif fresh:
            self.taken.answered(activity.key, self._clock())
        return replies.invoke_card(content)

    def _pressed(self, chat: Chat, data: Any) -> tuple[ShownCard | None, Press | None]:
        """Return the card and what its button does; nothing where its consultation has ended."""
        card = self.shown.find(token_of(data), chat.key)
        if card is None or (card.consultation != chat.consultation and card.kind not in LASTING):
            return None, None
        said = data[MARK].get("say")
        if not card.live or (isinstance(said, str) and self.shown.was_pressed(card, said)):
            return card, Press((), "", said if isinstance(said, str) else "")
        return card, press_of(card.content, data)

    def _note(
        self, card: ShownCard, press: Press, mark: dict[str, str]
    ) -> tuple[dict[str, Any], bool]:
        """Return the card as it looks now, and whether the press is to be followed."""
        if not card.live:
            return card.content, False
        if not self.shown.press(card, press.what):
            return with_note(card.content, PRESSED), False
        words = redact(clean(press.shown)).text
        content = closed(card.content, words) if card.once else noted(card.content, mark, words)
        self.shown.change(card.token, content, live=not card.once)
        return content, True

    # --- Behind it

    async def _message(self, activity: Activity, key: str) -> None:
        chat = self._chat(key)
        if not (activity.private or self._found.groups):
            await self._stage.show(chat, [in_private(activity.recipient_id)], activity.id)
        elif activity.said:
            await self._talk(activity, chat, (activity.said,))
        elif activity.value is not None:
            await self._submitted(activity, chat)
        else:
            await self._stage.show(chat, [plain(TEXT_ONLY)])

    async def _submitted(self, activity: Activity, chat: Chat) -> None:
        """Take a button of a client without universal actions, which sends it as a message."""
        try:
            card, press = self._pressed(chat, activity.value)
        except PressError as error:
            await self._stage.show(chat, [plain(str(error))])
            return
        if card is None or press is None:
            await self._stage.show(chat, [plain(ENDED)])
            return
        content, new = self._note(card, press, activity.value[MARK])
        await self._stage.change(chat, card.activity_id or activity.reply_to, content)
        if new:
            await self._follow(activity, chat.key, card, press)

    async def _invoked(
        self, activity: Activity, chat: Chat, card: ShownCard, press: Press, content: dict[str, Any]
    ) -> None:
        """Follow a press, then put the card's new look in the chat itself.

        What answers a press is shown by that one client, for as long as it likes: on the person's other
        devices, and after a reaction, the card would be as it was (microsoft/botbuilder-js, issue 4635).
        """
        await self._follow(activity, chat.key, card, press)
        latest = self.shown.find(card.token, chat.key) or replace(card, content=content)
        await self._stage.change(chat, latest.activity_id or activity.reply_to, latest.content)

    async def _follow(self, activity: Activity, key: str, card: ShownCard, press: Press) -> None:
        chat = self._chat(key)
        if press.role is not None and self._may_choose(activity.person):
            self.chats.give_role(key, press.role)
        if chat.consultation != card.consultation and card.kind not in LASTING:
            await self._stage.show(chat, [plain(ENDED)])
        elif card.once and self.shown.later_question(card):
            await self._stage.show(chat, [plain(MOVED_ON)])
        elif press.says:
            await self._talk(activity, chat, press.says, card)

    async def _talk(
        self,
        activity: Activity,
        chat: Chat,
        says: tuple[str, ...],
        pressed: ShownCard | None = None,
    ) -> None:
        """Say something for the person, as if typed or `pressed`, and show what comes back."""
        await self._stage.typing(chat)
        waiting = self.shown.open_questions(chat.key)
        reply_to = "" if activity.private else activity.id
        for words in says:
            if asks_for_worklist(words):
                await self._stage.show(chat, [await self._worklist(activity, chat)], reply_to)
                continue
            asking = [*waiting, pressed] if pressed else waiting
            if may_mean_new_patient(words):
                # Reading, and emptying a database's log, would hold up every other request.
                chat = await asyncio.to_thread(self._patient, chat, words, asking)
            async with self._turns:
                entries = await self._ask(activity, chat, words)
            messages = [entry["custom"] for entry in entries if entry.get("custom")]
            cards: list[Card] = []
            for message in messages:
                cards += cards_of(message, self._settings.public_url)
            await self._stage.show(chat, cards, reply_to)
            if {m["type"] for m in messages} & {"question", "recommendations", "safety"}:
                await self._stage.close(chat, waiting, ANSWERED)
                waiting = []
        self.chats.used(chat.key, self._clock())

    async def _ask(self, activity: Activity, chat: Chat, words: str) -> list[dict[str, Any]]:
        user = self._user(activity, chat)
        metadata = {"as_of": activity.as_of} if activity.as_of else {}
        said = Message(words, metadata)
        try:
            return await self._conversations.take(chat.sender, said, self._nothing, user)
        except MetadataError:
            said = Message(words, {})
            return await self._conversations.take(chat.sender, said, self._nothing, user)

    async def _worklist(self, activity: Activity, chat: Chat) -> Card:
        if not activity.private:
            return in_private(activity.recipient_id)
        user = self._user(activity, chat)
        return await asyncio.to_thread(worklist_card, user, self._settings.public_url)

    def _user(self, activity: Activity, chat: Chat) -> User:
        role = self._role(activity.person, chat)
        return User(chat.user_id, "", role, practice_settings().ods_code)

    def _patient(self, chat: Chat, words: str, asking: list[ShownCard]) -> Chat:
        """Return the chat with the consultation that the words belong to: a new one for a new patient."""
        if not means_new_patient(words):
            return chat
        # Rasa holds back the message that raised this question, and takes it up for the new patient.
        held = any(asks_which_patient(card.content) for card in asking)
        fresh = self.chats.next_patient(chat, self._clock(), same_sender=held)
        if fresh is None:
            return self._chat(chat.key)
        if not held:
            self._end(chat.sender)
        return fresh

    async def _joined(self, activity: Activity, key: str) -> None:
        if activity.recipient_id in activity.added:
            await self._welcome(activity, key)

    async def _installed(self, activity: Activity, key: str) -> None:
        if activity.action.startswith("remove"):
            await asyncio.to_thread(self._end, self._chat(key).sender)
            await asyncio.to_thread(self.chats.forget, key)
        else:
            await self._welcome(activity, key)

    async def _welcome(self, activity: Activity, key: str) -> None:
        if not self.chats.welcome(key, self._clock()):
            return
        chat = self._chat(key)
        training = practice_settings().training_mode
        card = in_private(activity.recipient_id, joined=True)
        if activity.private or self._found.groups:
            role = self._role(activity.person, chat)
            card = welcome(training, role, self._may_choose(activity.person))
        await self._stage.show(chat, [card])

    def _may_choose(self, person: str) -> bool:
        """Say whether somebody may say who they are: in rehearsal, where the practice has not said."""
        return practice_settings().training_mode and self._found.role_of(person) is None

    def _role(self, person: str, chat: Chat) -> str:
        chosen = chat.role if self._may_choose(person) else None
        return self._found.role_of(person) or chosen or LEAST_ROLE

    def _chat(self, key: str) -> Chat:
        chat = self.chats.get(key)
        if chat is None:
            raise LookupError("the chat is gone")
        return chat

    async def finish(self) -> None:
        """Wait a little for what is being answered."""
        await self._queue.finish()
