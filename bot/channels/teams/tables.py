"""What this channel remembers, and nothing longer than it must.

`teams_activities`: that an activity was taken, and whether it was answered (a hash, no words).
`teams_chats`: where a chat is and with whom, so that word can be sent there later. No patient.
`teams_cards`: the cards of the consultation that is going on, as they were shown; they go with it.
`teams_answers`: what was already pressed on them.
`teams_nudges`: which tasks of the referrals room were told here.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.database import create_tables, forget_deleted, make_engine

METADATA = sa.MetaData()

ACTIVITIES = sa.Table(
    "teams_activities",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),
    # Of teams_chats; what could not be answered is told there.
    sa.Column("chat", sa.String(64), nullable=False),
    sa.Column("taken_at", sa.Float, nullable=False, index=True),
    sa.Column("answered_at", sa.Float),
)

CHATS = sa.Table(
    "teams_chats",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("service_url", sa.String(500), nullable=False),
    sa.Column("conversation_id", sa.String(500), nullable=False),
    sa.Column("bot_id", sa.String(200), nullable=False),
    sa.Column("bot_name", sa.String(200), nullable=False),
    # The id that stands for the person in the referrals room; no name.
    sa.Column("user_id", sa.String(64), nullable=False, index=True),
    sa.Column("private", sa.Boolean, nullable=False),
    sa.Column("role", sa.String(20)),
    sa.Column("welcomed_at", sa.Float),
    # The sender under which Rasa knows the patient, and the id of that consultation on cards.
    sa.Column("sender", sa.String(64), nullable=False),
    sa.Column("consultation", sa.String(32), nullable=False),
    sa.Column("last_at", sa.Float, nullable=False, index=True),
)

CARDS = sa.Table(
    "teams_cards",
    METADATA,
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("chat", sa.String(64), nullable=False, index=True),
    sa.Column("consultation", sa.String(32), nullable=False),
    sa.Column("kind", sa.String(30), nullable=False),
    sa.Column("activity_id", sa.String(300)),
    sa.Column("referral_id", sa.String(40), index=True),
    # Of that referral, as the card shows it; a draft's has none.
    sa.Column("state", sa.String(20)),
    sa.Column("shown_at", sa.Float, nullable=False),
    # Whether its buttons still do something.
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)

ANSWERS = sa.Table(
    "teams_answers",
    METADATA,
    sa.Column("token", sa.String(32), primary_key=True),
    # A card that is answered once has one row, whatever was pressed.
    sa.Column("what", sa.String(64), primary_key=True),
)

NUDGES = sa.Table(
    "teams_nudges",
    METADATA,
    # A task of the referrals room of which its owner was told.
    sa.Column("task", sa.Integer, primary_key=True),
)


def open_tables(url: str) -> Any:
    """Return an engine for `url` with the tables in it. Raises SQLAlchemy's `OperationalError`."""
    engine = make_engine(url, pooled=True)
    create_tables(engine, METADATA)
    return engine


def forget_cards(url: str) -> int:
    """Delete every card that is shown, in use or not; return how many went. Their buttons do nothing then."""
    engine = make_engine(url)
    if not sa.inspect(engine).has_table(CARDS.name):
        return 0
    with engine.begin() as connection:
        connection.execute(sa.delete(ANSWERS))
        gone = int(connection.execute(sa.delete(CARDS)).rowcount)
    forget_deleted(engine, rewrite=True)
    return gone
