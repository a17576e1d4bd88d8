"""Who is asking, as the desk knows them, and whether a form was ours."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from itsdangerous import BadData, TimestampSigner

from bot.secret import sender_key
from bot.settings import Settings
from bot.sign_in import ROLE_NAMES, User
from referrals.permissions import Actor

TOKEN = "token"
# As long as a session lasts (bot.sign_in.gate).
TOKEN_SECONDS = 12 * 3600


@dataclass(frozen=True)
class Asker:
    """Somebody signed in. ``token`` stands in each of their forms: another website cannot know it."""

    user: User
    actor: Actor
    token: str

    @property
    def role(self) -> str:
        """Their role in words."""
        return ROLE_NAMES[self.user.role]


class Door:
    """Makes an ``Asker`` of who is signed in, and knows the tokens that it gave out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def asker(self, user: User) -> Asker:
        """Return ``user`` as somebody who asks."""
        token = self._signer().sign(_whose(user)).decode("ascii")
        return Asker(user, Actor(user.id, user.role, user.practice), token)

    def holds(self, user: User, token: str) -> bool:
        """Say whether ``token`` was given to ``user``, in the role they have now, not too long ago."""
        try:
            found = self._signer().unsign(token, max_age=TOKEN_SECONDS)
        except BadData:
            return False
        return hmac.compare_digest(found, _whose(user).encode())

    def _signer(self) -> TimestampSigner:
        key = sender_key(self._settings.sender_key_file)
        return TimestampSigner(key, salt="fingerpost referral forms")


def _whose(user: User) -> str:
    return f"{user.id} {user.role} {user.practice}"
