"""Rasa's agent with our stores, our actions and the repairs: what the launcher and the terminal share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.context import iso_date, turn_context
from bot.port import StartError
from bot.settings import Settings

Report = Callable[[str], None]

EXAMPLE = "45M, back pain, off sick 6 weeks, Oldham"


def load_agent(settings: Settings, report: Report) -> Any:
    """Return the agent, ready to answer. Takes seconds; `report` is told each step.

    Raises `StartError` where there is no model or a store cannot be opened, `DirectoryFileError` where
    the directory or the practice's settings cannot be read.
    """
    fixed = os.environ.get("FINGERPOST_AS_OF")
    if fixed and iso_date(fixed) is None:
        raise StartError(f"FINGERPOST_AS_OF must be a date such as 2026-11-22, not {fixed!r}.")

    report("Loading Rasa")
    from rasa.core.agent import Agent
    from rasa.exceptions import ModelNotFound

    from bot import logs, repairs
    from bot.in_process import InProcessActions
    from bot.tracker_store import ConversationStore

    repairs.apply()
    # Again, because Rasa's modules set up logging of their own when they are loaded.
    logs.configure()

    report("Reading the directory and the vocabulary")
    from actions.consultation.turn import respond
    from actions.reading import read, reader
    from services_directory.keeping.instance import instance
    from services_directory.practice import practice_settings

    practice_settings()
    # Asks git for the revision as well, so that nobody waits for that later.
    instance().told(date.today())
    reader()

    report("Opening the conversations")
    now = datetime.now().astimezone()
    try:
        store = ConversationStore(host=settings.database_url)
        store.retention.end_of_day(now)
    except SQLAlchemyError as error:
        # Its own text quotes the address, which may hold a password.
        raise StartError(
            f"the conversations cannot be opened ({type(error).__name__}); "
            "see FINGERPOST_DATABASE_URL, or whether the folder can be written to."
        ) from None

    locks = lock_store(settings.redis_url)

    report("Loading the model")
    agent = Agent(
        tracker_store=store,
        lock_store=locks,
        action_endpoint=InProcessActions(),
    )
    try:
        agent.load_model(str(settings.model))
    except ModelNotFound:
        raise StartError("there is no trained model; `make train` makes one.") from None

    report("Taking a first turn")
    # Whoever comes first would otherwise wait for what is worked out once.
    context = turn_context({}, None, now)
    respond("update_case", {}, read(EXAMPLE), context)
    return agent


def lock_store(redis_url: str | None) -> Any:
    """Return what keeps two processes from taking turns of one conversation at the same time.

    In memory for one process. Raises `StartError` where Redis is named and does not answer.
    """
    from rasa.core.lock_store import InMemoryLockStore
    from redis.exceptions import RedisError

    from bot.lock import check, redis_turns

    if not redis_url:
        return InMemoryLockStore()
    try:
        check(redis_url)
    except (RedisError, ValueError) as error:
        # As above: the address may hold a password.
        raise StartError(
            f"Redis does not answer ({type(error).__name__}); see FINGERPOST_REDIS_URL."
        ) from None
    return redis_turns(redis_url)
