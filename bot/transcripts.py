"""What was typed and answered on the page, kept so that it can be resumed, until it is forgotten.

Two tables beside Rasa's own. A line of the transcript is written before Rasa is asked and completed after,
under the message id that the page gave it: a message that comes again, after a lost connection, a restart, or
at another process, is not taken twice. Identifiers were removed from the text before it comes here. Imports
none of Rasa.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.database import create_tables, make_engine

METADATA = sa.MetaData()
CONSULTATIONS = sa.Table(
    "web_consultations",
    METADATA,
    sa.Column("id", sa.String(40), primary_key=True),
    # What Rasa calls this conversation, and whose it is: both keyed hashes.
    sa.Column("sender", sa.String(64), nullable=False, unique=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    # Which tab holds it.
    sa.Column("seat", sa.String(64), nullable=False),
    sa.Column("header", sa.Text, nullable=False),
    sa.Column("parked", sa.Boolean, nullable=False),
    sa.Column("sandbox", sa.Boolean, nullable=False),
    # Seconds since 1970.
    sa.Column("begun", sa.Float, nullable=False),
    sa.Column("used", sa.Float, nullable=False),
)
TURNS = sa.Table(
    "web_turns",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender", sa.String(64), nullable=False),
    sa.Column("message_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    # What a button said, where it said something else than was sent.
    sa.Column("shown", sa.Text, nullable=False),
    # JSON list of typed messages; null until it was answered.
    sa.Column("answer", sa.Text),
    sa.UniqueConstraint("sender", "message_id"),
)
_EVENTS = sa.table(
    "events", *(sa.column(name) for name in ("id", "sender_id", "type_name", "data"))
)

Messages = list[dict[str, Any]]


@dataclass(frozen=True)
class Consultation:
    """One consultation of one tab. `begun`, `used`: seconds since 1970."""

    id: str
    sender: str
    owner: str
    seat: str
    header: str
    parked: bool
    sandbox: bool
    begun: float
    used: float


@dataclass(frozen=True)
class Turn:
    """One line that was typed, and its typed messages; None where it has not been answered."""

    message_id: str
    text: str
    shown: str
    answer: Messages | None


def for_page(messages: Messages) -> Messages:
    """Return typed messages as the page is sent them: of a rejected service its name, and why not.

    The whole verdict on every service of the area is four fifths of an answer, and shown nowhere there.
    """
    kept = ("service_id", "name", "verdict", "status", "why_not")
    return [
        {
            **message,
            "rejected": [
                {key: one[key] for key in kept if key in one} for one in message["rejected"]
            ],
        }
        if message.get("rejected")
        else message
        for message in messages
    ]


def forget(connection: Any, senders: Sequence[str]) -> None:
    """Delete what is kept of these conversations."""
    for table in (TURNS, CONSULTATIONS):
        connection.execute(sa.delete(table).where(table.c.sender.in_(senders)))


def forget_earlier(connection: Any, sender: str) -> None:
    """Delete the lines of the patient before: all but the one being answered, and what raised the question.

    Asked "new patient, or change this one?", the opening that raised it is the new patient's own.
    """
    rows = connection.execute(
        sa.select(TURNS.c.id, TURNS.c.answer).where(TURNS.c.sender == sender).order_by(TURNS.c.id)
    ).all()
    kept = [row.id for row in rows if row.answer is None][-1:]
    before = [row for row in rows if row.id not in kept]
    if before and _asks_which_patient(before[-1].answer):
        kept.append(before[-1].id)
        # The question itself names the patient before.
        connection.execute(sa.update(TURNS).where(TURNS.c.id == before[-1].id).values(answer="[]"))
    connection.execute(sa.delete(TURNS).where(TURNS.c.sender == sender, TURNS.c.id.not_in(kept)))


def sandboxes(connection: Any, senders: Sequence[str]) -> set[str]:
    """Return which of these conversations were rehearsals with sample patients."""
    query = sa.select(CONSULTATIONS.c.sender).where(
        CONSULTATIONS.c.sender.in_(senders), CONSULTATIONS.c.sandbox
    )
    return {row.sender for row in connection.execute(query)}


def due(connection: Any, begun_before: float, used_before: float) -> list[str]:
    """Return the conversations begun and last used before these times."""
    query = sa.select(CONSULTATIONS.c.sender).where(
        CONSULTATIONS.c.begun < begun_before, CONSULTATIONS.c.used < used_before
    )
    return [row.sender for row in connection.execute(query)]


def _asks_which_patient(answer: str | None) -> bool:
    messages = json.loads(answer or "[]")
    return bool(messages) and messages[-1].get("slot") == "patient"


class Transcripts:
    """The transcripts in the database at `url` (an SQLAlchemy address)."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url, pooled=True)
        create_tables(self._engine, METADATA)

    # --- Consultations

    def open(self, owner: str, sender_of: Any, seat: str, sandbox: bool) -> Consultation:
        """Begin a consultation; `sender_of(id)` tells what Rasa is to call it."""
        key = secrets.token_urlsafe(18)
        now = time.time()
        made = Consultation(key, sender_of(key), owner, seat, "", False, sandbox, now, now)
        with self._engine.begin() as connection:
            connection.execute(sa.insert(CONSULTATIONS).values(**vars(made)))
        return made

    def find(self, key: str, owner: str) -> Consultation | None:
        """Return the consultation of that id, if it is this owner's."""
        query = sa.select(CONSULTATIONS).where(
            CONSULTATIONS.c.id == key, CONSULTATIONS.c.owner == owner
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Consultation(**row) if row else None

    def parked(self, owner: str) -> list[Consultation]:
        """Return the owner's consultations that were put aside, the latest first."""
        query = (
            sa.select(CONSULTATIONS)
            .where(CONSULTATIONS.c.owner == owner, CONSULTATIONS.c.parked)
            .order_by(CONSULTATIONS.c.used.desc())
        )
        with self._engine.connect() as connection:
            return [Consultation(**row) for row in connection.execute(query).mappings()]

    def last_used(self, owner: str) -> float:
        """Return when the owner last used any consultation of theirs; 0 where there is none."""
        query = sa.select(sa.func.max(CONSULTATIONS.c.used)).where(CONSULTATIONS.c.owner == owner)
        with self._engine.connect() as connection:
            return float(connection.execute(query).scalar() or 0)

    def update(self, key: str, **values: Any) -> None:
        """Change a consultation's `seat`, `parked` or `used`."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(CONSULTATIONS).where(CONSULTATIONS.c.id == key).values(**values)
            )

    # --- Turns

    def turns(self, sender: str) -> list[Turn]:
        """Return the lines of a conversation, in order."""
        query = sa.select(TURNS).where(TURNS.c.sender == sender).order_by(TURNS.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Turn(
                row.message_id, row.text, row.shown, json.loads(row.answer) if row.answer else None
            )
            for row in rows
        ]

    def shown(self, sender: str, message_id: str) -> str | None:
        """Return a line as it is kept and shown: what named the patient is not in it."""
        query = sa.select(TURNS.c.text, TURNS.c.shown).where(
            TURNS.c.sender == sender, TURNS.c.message_id == message_id
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).first()
        return (found.shown or found.text) if found else None

    def first(self, sender: str) -> str | None:
        """Return the message id of a conversation's first line that is still kept."""
        query = sa.select(TURNS.c.message_id).where(TURNS.c.sender == sender).order_by(TURNS.c.id)
        with self._engine.connect() as connection:
            found = connection.execute(query.limit(1)).scalar()
        return str(found) if found else None

    def begin(self, sender: str, message_id: str, text: str, shown: str) -> Messages | None:
        """Note that a message has come. Return its answer where it was answered before, else None.

        Call it while no other process answers this sender. One that died in the turn left a line without
        an answer: if Rasa had stored the turn by then, what was said is found there, in plain words.
        """
        values = {"sender": sender, "message_id": message_id, "text": text, "shown": shown}
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(TURNS).values(**values, answer=None))
            return None
        except IntegrityError:
            pass
        with self._engine.begin() as connection:
            found = connection.execute(
                sa.select(TURNS.c.answer).where(
                    TURNS.c.sender == sender, TURNS.c.message_id == message_id
                )
            ).scalar()
            if found:
                return list(json.loads(found))
            told = self._told_by_rasa(connection, sender, message_id)
        if told:
            self.keep(sender, message_id, told)
        return told or None

    def keep(self, sender: str, message_id: str, answer: Messages) -> None:
        """Complete a line with its answer, and the consultation with its header and the time."""
        header = next((m["header"] for m in reversed(answer) if m.get("header")), None)
        seen = {"used": time.time(), **({"header": header} if header else {})}
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(TURNS)
                .where(TURNS.c.sender == sender, TURNS.c.message_id == message_id)
                .values(answer=json.dumps(for_page(answer)))
            )
            connection.execute(
                sa.update(CONSULTATIONS).where(CONSULTATIONS.c.sender == sender).values(**seen)
            )

    @staticmethod
    def _told_by_rasa(connection: Any, sender: str, message_id: str) -> Messages:
        if not sa.inspect(connection).has_table(_EVENTS.name):
            return []
        rows = connection.execute(
            sa.select(_EVENTS.c.type_name, _EVENTS.c.data)
            .where(_EVENTS.c.sender_id == sender, _EVENTS.c.type_name.in_(("user", "bot")))
            .order_by(_EVENTS.c.id)
        )
        told: Messages = []
        ours = False
        for row in rows:
            event = json.loads(row.data)
            if row.type_name == "user":
                ours = event.get("message_id") == message_id
            elif ours and event.get("text"):
                told.append({"type": "info", "topic": "help", "text": event["text"]})
        return told
