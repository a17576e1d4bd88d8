"""Who the ids of actors are, for the eyes of their colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.web.referrals.access import Asker
from referrals.permissions import Actor, may
from referrals.records import colleagues
from referrals.records.colleagues import OFFERED_FOR, Colleague
from referrals.records.engine import reading, records, writing

# Often enough to know who is still here.
NOTED_EVERY = 3600.0
_PARTIES = {"delivery": "the delivery", "receiver": "the service", "clock": "the clock"}


@dataclass(frozen=True)
class People:
    """The people of one practice. ``offered``: to whom a referral may be given."""

    known: tuple[Colleague, ...]
    offered: tuple[Colleague, ...]

    def who(self, actor: str) -> str:
        """Return the name for an actor's id; the id itself where nobody of it has been here."""
        named = next((one.name for one in self.known if one.id == actor), None)
        return named or _PARTIES.get(actor, actor)


class Book:
    """Keeps who comes, and gives the people of a practice."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str, str, str], float] = {}

    def note(self, asker: Asker, now: datetime) -> None:
        """Keep that ``asker`` is here."""
        actor = asker.actor
        key = (actor.practice, actor.id, actor.role, asker.user.name)
        if now.timestamp() - self._noted.get(key, 0.0) < NOTED_EVERY:
            return
        with writing(records()) as connection:
            colleagues.seen(connection, actor, asker.user.name, now)
        self._noted[key] = now.timestamp()

    def people(self, practice: str, now: datetime) -> People:
        """Return the people of ``practice``."""
        with reading(records()) as connection:
            known = colleagues.of_practice(connection, practice)
        offered = tuple(
            one
            for one in known
            if now - one.seen_at < OFFERED_FOR and may(_actor(one, practice), "report")
        )
        return People(known, offered)


def _actor(one: Colleague, practice: str) -> Actor:
    return Actor(one.id, one.role, practice)
