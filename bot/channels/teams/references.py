"""Which chats there are: where to answer, who is there, and which consultation is going on in each.

A reference is what Microsoft calls it: enough to send word to a chat later. It holds nothing of a patient.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.channels.teams.activities import Activity
from bot.channels.teams.connector import Place
from bot.channels.teams.tables import ACTIVITIES, ANSWERS, CARDS, CHATS
from bot.database import forget_deleted
from bot.sign_in.user import user_id

# Cards that belong to no patient, and so outlive consultations.
LASTING = ("welcome", "nudge", "private")
# A nudge is about days; what is to be done stands on the worklist as well.
KEEP_NUDGES_SECONDS = 30 * 24 * 3600.0
# A group is answered with the same card each time, so nothing need be known of it.
KEEP_GROUPS_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Chat:
    """One person in one chat. `sender`: under which Rasa knows the present patient. Times as in `dedup`."""

    key: str
    service_url: str
    conversation_id: str
    bot_id: str
    bot_name: str
    user_id: str
    private: bool
    role: str | None
    welcomed_at: float | None
    sender: str
    consultation: str
    last_at: float

    @property
    def place(self) -> Place:
        """Where to answer."""
        return Place(self.service_url, self.conversation_id)


def person_id(tenant_id: str, object_id: str) -> str:
    """Return the id of somebody of an Entra tenant: that of the web's sign-in, if it takes `oid` as id."""
    return user_id(f"https://login.microsoftonline.com/{tenant_id}/v2.0", object_id)


def chat_key(activity: Activity) -> str:
    """Return what stands for this person in this chat."""
    # In a channel, each thread has the message that began it in its id: one chat each.
    whole = "\0".join((activity.tenant_id, activity.conversation_id, activity.person))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _fresh() -> dict[str, Any]:
    return {"sender": secrets.token_hex(16), "consultation": secrets.token_hex(8)}


class References:
    """Reads and writes chats."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def of(self, activity: Activity, now: float) -> Chat:
        """Return the chat of a verified activity, made if it is new, its service URL as it is now."""
        key = chat_key(activity)
        values: dict[str, Any] = {
            "service_url": activity.service_url,
            "conversation_id": activity.conversation_id,
            "bot_id": activity.recipient_id,
            "bot_name": activity.recipient_name,
        }
        found = self.get(key)
        if found is None:
            chat = Chat(
                key=key,
                user_id=person_id(activity.tenant_id, activity.person),
                private=activity.private,
                role=None,
                welcomed_at=None,
                last_at=now,
                **values,
                **_fresh(),
            )
            try:
                with self._engine.begin() as connection:
                    connection.execute(sa.insert(CHATS).values(**chat.__dict__))
                return chat
            except IntegrityError:
                # Another process was first.
                found = self.get(key)
                assert found is not None
        if any(getattr(found, name) != value for name, value in values.items()):
            self._set(key, **values)
            found = replace(found, **values)
        return found

    def get(self, key: str) -> Chat | None:
        """Return a chat by its key."""
        return self._one(CHATS.c.key == key)

    def private_chat(self, user: str) -> Chat | None:
        """Return the private chat with a person, the latest used."""
        return self._one(sa.and_(CHATS.c.user_id == user, CHATS.c.private.is_(True)))

    def welcome(self, key: str, now: float) -> bool:
        """Note that a chat is welcomed; False where it was before."""
        with self._engine.begin() as connection:
            done = connection.execute(
                sa.update(CHATS)
                .where(CHATS.c.key == key, CHATS.c.welcomed_at.is_(None))
                .values(welcomed_at=now)
            )
        return bool(done.rowcount)

    def give_role(self, key: str, role: str) -> None:
        """Keep the role that somebody chose."""
        self._set(key, role=role)

    def used(self, key: str, now: float) -> None:
        """Note that a chat was used."""
        self._set(key, last_at=now)

    def next_patient(self, chat: Chat, now: float, same_sender: bool = False) -> Chat | None:
        """End the consultation of a chat, its cards with it; return the chat with a new one.

        `same_sender`: Rasa itself goes on to the next patient in the conversation it has. None where the
        consultation had ended already, here or in another process.
        """
        fresh = _fresh()
        if same_sender:
            fresh["sender"] = chat.sender
        with self._engine.begin() as connection:
            done = connection.execute(
                sa.update(CHATS)
                .where(CHATS.c.key == chat.key, CHATS.c.consultation == chat.consultation)
                .values(last_at=now, **fresh)
            )
        if not done.rowcount:
            return None
        ended = sa.and_(CARDS.c.chat == chat.key, CARDS.c.consultation == chat.consultation)
        self._drop_cards(sa.and_(ended, CARDS.c.kind.not_in(LASTING)))
        return replace(chat, last_at=now, **fresh)

    def idle(self, before: float) -> list[Chat]:
        """Return the chats with cards of a consultation, not used since `before`.

        One in which something still waits for its answer is in use.
        """
        shown = sa.select(CARDS.c.chat).where(CARDS.c.kind.not_in(LASTING)).distinct()
        waiting = sa.select(ACTIVITIES.c.chat).where(ACTIVITIES.c.answered_at.is_(None))
        query = sa.select(CHATS).where(
            CHATS.c.last_at < before, CHATS.c.key.in_(shown), CHATS.c.key.not_in(waiting)
        )
        with self._engine.connect() as connection:
            return [Chat(**row._mapping) for row in connection.execute(query)]

    def forget(self, key: str) -> None:
        """Delete a chat, as when the app is removed from it."""
        self._drop_cards(CARDS.c.chat == key)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CHATS).where(CHATS.c.key == key))

    def forget_old(self, now: float) -> None:
        """Delete nudges of long ago, and groups and channels that have no consultation."""
        nudges = sa.and_(CARDS.c.kind == "nudge", CARDS.c.shown_at < now - KEEP_NUDGES_SECONDS)
        groups = sa.and_(
            CHATS.c.private.is_(False),
            CHATS.c.last_at < now - KEEP_GROUPS_SECONDS,
            CHATS.c.key.not_in(sa.select(CARDS.c.chat)),
        )
        with self._engine.begin() as connection:
            connection.execute(sa.delete(CARDS).where(nudges))
            connection.execute(sa.delete(CHATS).where(groups))

    def _drop_cards(self, which: Any) -> None:
        tokens = sa.select(CARDS.c.token).where(which)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(ANSWERS).where(ANSWERS.c.token.in_(tokens)))
            connection.execute(sa.delete(CARDS).where(which))
        forget_deleted(self._engine)

    def _one(self, which: Any) -> Chat | None:
        query = sa.select(CHATS).where(which).order_by(CHATS.c.last_at.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Chat(**row._mapping) if row else None

    def _set(self, key: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(CHATS).where(CHATS.c.key == key).values(**values))
