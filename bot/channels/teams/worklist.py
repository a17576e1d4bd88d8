"""The practice's worklist, asked for in the chat: whoever may see it on the page sees it here."""

from __future__ import annotations

import re
from datetime import datetime

from bot.channels.teams.cards.blocks import Card
from bot.channels.teams.cards.others import plain
from bot.channels.teams.cards.worklist import worklist
from bot.sign_in.user import User
from referrals import desk
from referrals.desk import DeskError
from referrals.permissions import Actor, may
from referrals.replies import following_up

_ASKED = re.compile(
    r"(?:(?:show|open|see)\s+)?(?:(?:me|my|the|our)\s+)*work\s?list[.?!]?", re.IGNORECASE
)


def asks_for_worklist(words: str) -> bool:
    """Say whether these words, and nothing else, ask for the worklist."""
    return len(words) < 80 and _ASKED.fullmatch(words.strip()) is not None


def worklist_card(user: User, base_url: str) -> Card:
    """Return the list as this person may see it, their own referrals first; that it was seen is noted.

    Reads the referrals room's database: not for the event loop.
    """
    room = desk.open_room()
    actor = Actor(user.id, user.role, user.practice)
    now = datetime.now().astimezone()
    try:
        rows = desk.worklist(room, actor, now)
        todos = following_up.to_do(room, actor, now) if may(actor, "report") else ()
    except DeskError as error:
        return plain(str(error))
    mine = sorted(rows, key=lambda row: row.owner != user.id)
    return worklist(sorted(todos, key=lambda todo: todo.task.owner != user.id), mine, base_url)
