"""The cards that were shown in the consultation that is going on: what they say, and what was pressed.

A card knows only its token. What a button may do is read from the card as it was shown, never from what comes
back, so that a made-up button does nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.channels.teams.tables import ANSWERS, CARDS


@dataclass(frozen=True)
class ShownCard:
    """A card in a chat. `once`: it takes one answer, and an older one none once the talk has gone on."""

    token: str
    chat: str
    consultation: str
    kind: str
    activity_id: str | None
    live: bool
    content: dict[str, Any]

    @property
    def once(self) -> bool:
        """Say whether only one of its buttons can be pressed, once."""
        return self.kind == "question"


class ShownCards:
    """Keeps them."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def add(
        self,
        token: str,
        chat: str,
        consultation: str,
        kind: str,
        content: dict[str, Any],
        now: float,
        referral_id: str | None = None,
    ) -> None:
        """Keep a card before it is sent."""
        row = {
            "token": token,
            "chat": chat,
            "consultation": consultation,
            "kind": kind,
            "referral_id": referral_id,
            "shown_at": now,
            "live": True,
            "content": json.dumps(content),
        }
        with self._engine.begin() as connection:
            connection.execute(sa.insert(CARDS).values(**row))

    def sent(self, token: str, activity_id: str) -> None:
        """Keep the id under which a card stands in its chat."""
        self._set(token, activity_id=activity_id)

    def find(self, token: str, chat: str) -> ShownCard | None:
        """Return a card of this chat; None where its consultation has ended, or it never was."""
        found = self._all(sa.and_(CARDS.c.token == token, CARDS.c.chat == chat))
        return found[0] if found else None

    def open_questions(self, chat: str) -> list[ShownCard]:
        """Return the questions of a chat that still wait for an answer."""
        return self._all(
            sa.and_(CARDS.c.chat == chat, CARDS.c.kind == "question", CARDS.c.live.is_(True))
        )

    def later_question(self, card: ShownCard) -> bool:
        """Say whether another question was asked after this one."""
        shown_at = sa.select(CARDS.c.shown_at).where(CARDS.c.token == card.token).scalar_subquery()
        later = sa.select(CARDS.c.token).where(
            CARDS.c.chat == card.chat, CARDS.c.kind == "question", CARDS.c.shown_at > shown_at
        )
        with self._engine.connect() as connection:
            return connection.execute(later.limit(1)).first() is not None

    def of_referral(self, referral_id: str) -> list[ShownCard]:
        """Return the cards that show a referral."""
        return self._all(CARDS.c.referral_id == referral_id)

    def press(self, card: ShownCard, what: str) -> bool:
        """Note that a button was pressed; False where it was before, here or in another process."""
        try:
            with self._engine.begin() as connection:
                row = {"token": card.token, "what": _mark(card, what)}
                connection.execute(sa.insert(ANSWERS).values(**row))
        except IntegrityError:
            return False
        return True

    def was_pressed(self, card: ShownCard, what: str) -> bool:
        """Say whether a button was pressed before."""
        query = sa.select(ANSWERS).where(
            ANSWERS.c.token == card.token, ANSWERS.c.what == _mark(card, what)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def change(self, token: str, content: dict[str, Any], live: bool, **more: str) -> None:
        """Keep what a card shows now; `state` may say where its referral stands."""
        self._set(token, content=json.dumps(content), live=live, **more)

    def _set(self, token: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(CARDS).where(CARDS.c.token == token).values(**values))

    def _all(self, which: Any) -> list[ShownCard]:
        query = sa.select(CARDS).where(which).order_by(CARDS.c.shown_at)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            ShownCard(
                row.token,
                row.chat,
                row.consultation,
                row.kind,
                row.activity_id,
                row.live,
                json.loads(row.content),
            )
            for row in rows
        ]


def _mark(card: ShownCard, what: str) -> str:
    return "" if card.once else hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()
