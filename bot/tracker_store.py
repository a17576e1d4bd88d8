"""Where Rasa keeps the present consultations: an SQL tracker store with repairs, that forgets.

What differs from `rasa.core.tracker_store.SQLTrackerStore` of 3.6.21 (lines in that file):

- the query of a session is cheap on every database, and orders sessions by `id` (1290-1331);
- a stale connection is noticed before a turn is lost on it (`bot.database`);
- a database that cannot be reached raises, rather than being waited for without end (1087-1122);
- a message of ours is stored without its payload: half a megabyte of verdicts would be read back
  on every turn, and is in the consultation's state anyway;
- when a new patient starts a session, the sessions before it are counted and deleted at once.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.database import create_tables, make_engine
from bot.retention import Retention
from bot.settings import settings


def stored_form(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event as it is stored: a message of ours keeps its words and type alone."""
    data = event.get("data")
    if event.get("event") != "bot" or not data or not data.get("custom"):
        return event
    return {**event, "data": {"custom": {"type": data["custom"].get("type")}}}


class ConversationStore(SQLTrackerStore):
    """Stores events in the table `events`, as Rasa's own SQL store does."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the store.

        Its address is `host` (which endpoints.yml calls `url`), else that of `bot.settings`. Raises
        SQLAlchemy's `OperationalError` where the database cannot be reached.
        """
        super(SQLTrackerStore, self).__init__(domain, event_broker, **kwargs)
        found = settings()
        self.engine = make_engine(host or found.database_url, pooled=True)
        create_tables(self.engine, self.Base.metadata)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self.retention = Retention(self.engine, found.counts_url)

    def _event_query(
        self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Any:
        """Return the query of a conversation's events, all or those of its last session."""
        event = self.SQLEvent
        query = session.query(event).filter(event.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            begun = (
                sa.select(sa.func.coalesce(sa.func.max(event.id), 0))
                .where(event.sender_id == sender_id, event.type_name == SessionStarted.type_name)
                .scalar_subquery()
            )
            query = query.filter(event.id >= begun)
        return query.order_by(event.id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, and forget what came before a new patient."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            known = self._event_query(session, tracker.sender_id, False).count()
            fresh = [event.as_dict() for event in islice(tracker.events, known, None)]
            session.add_all(self._row(tracker.sender_id, event) for event in fresh)
            session.commit()
        if known and any(event["event"] == SessionStarted.type_name for event in fresh):
            self.retention.end_earlier_sessions(tracker.sender_id)

    def _row(self, sender_id: str, event: dict[str, Any]) -> Any:
        intent = event.get("parse_data", {}).get("intent", {}).get("name")
        return self.SQLEvent(
            sender_id=sender_id,
            type_name=event["event"],
            timestamp=event.get("timestamp"),
            intent_name=intent,
            action_name=event.get("name"),
            data=json.dumps(stored_form(event)),
        )
