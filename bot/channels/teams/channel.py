"""Where Teams posts: `/api/messages`, the address on Microsoft's pages, and `/webhooks/teams/webhook`.

An activity is checked, noted and acknowledged (202); what it asks is done afterwards. Only a pressed button
(`invoke`) is answered in the answer itself. 400: no activity; 401 and 403: not to be believed (`tokens`);
413: too long; 503: not ready yet, Teams tries again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.failure import where
from bot.channels.conversation import Conversations
from bot.channels.teams import replies
from bot.channels.teams.activities import MAX_BODY, ActivityError, parse
from bot.channels.teams.bot import Full, TeamsBot
from bot.channels.teams.configuration import TeamsSettings, teams_settings
from bot.channels.teams.connector import Connector
from bot.channels.teams.credentials import Credentials
from bot.channels.teams.following import Following
from bot.channels.teams.proactive import Proactive
from bot.channels.teams.shown_cards import ShownCards
from bot.channels.teams.signing_keys import SigningKeys
from bot.channels.teams.stage import Stage
from bot.channels.teams.tables import open_tables
from bot.channels.teams.tending import Tending
from bot.channels.teams.tokens import Refused, check
from bot.settings import Settings

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 30.0
CARD_ACTION = "adaptiveCard/action"
UNKNOWN_INVOKE = "This assistant answers the buttons of its own cards only."


class TeamsChannel(InputChannel):
    """Serves Teams. After the server's start, `bot` answers and `proactive` sends word unasked."""

    def __init__(self, settings: Settings, end: Callable[[str], None]) -> None:
        """`end` deletes a conversation of Rasa. Raises `StartError` where Teams is wrongly set up."""
        self._settings = settings
        self._found: TeamsSettings = teams_settings(settings)
        self._end = end
        self._client: aiohttp.ClientSession | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self.bot: TeamsBot | None = None
        self.proactive: Proactive | None = None

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "teams"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of this channel."""
        conversations = Conversations(self._settings, on_new_message, self.name())
        routes = Blueprint("fingerpost_teams")

        @routes.before_server_start
        async def open_up(app: Any, loop: Any) -> None:
            if self._found.on:
                self._open(conversations)
                self._sweeping = asyncio.create_task(self._sweep())

        @routes.before_server_stop
        async def close(app: Any, loop: Any) -> None:
            if self._sweeping is not None:
                self._sweeping.cancel()
            if self.bot is not None:
                await self.bot.finish()
            if self._client is not None:
                await self._client.close()

        @routes.post("/api/messages")
        @routes.post("/webhooks/teams/webhook", name="by_rasa")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        return routes

    def _session(self) -> aiohttp.ClientSession:
        # Made when first needed: it belongs to the loop that runs then.
        if self._client is None:
            self._client = aiohttp.ClientSession(trust_env=True)
        return self._client

    def _open(self, conversations: Conversations) -> None:
        engine = open_tables(self._found.url)
        self._keys = SigningKeys(self._found.openid, self._session)
        credentials = Credentials(self._found, self._session)
        connector = Connector(self._found, self._session, credentials)
        stage = Stage(connector, ShownCards(engine))
        self.bot = TeamsBot(self._settings, self._found, conversations, engine, stage, self._end)
        self.proactive = Proactive(self.bot.chats, self.bot.shown, stage, self._settings)
        self._tending = Tending(self.bot.chats, self.bot.taken, stage, self._end)
        self._following = Following(engine, self.proactive, self._settings)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for tended in (self._tending, self._following):
                try:
                    await tended.look()
                except Exception as error:
                    logger.error("chats could not be tended: %s", where(error))

    async def _receive(self, request: Request) -> HTTPResponse:
        if self.bot is None:
            return _refusal(404, "Teams is not set up here (docs/teams.md).")
        if len(request.body) > MAX_BODY:
            return _refusal(413, "That is too long.")
        try:
            activity = parse(request.body)
            await check(request.headers.get("authorization", ""), activity, self._found, self._keys)
        except ActivityError as error:
            return _refusal(400, str(error))
        except Refused as error:
            logger.warning("an activity was refused (%s): %s", error.status, error)
            return _refusal(error.status, str(error))
        if not getattr(request.app.ctx, "agent", None):
            return _refusal(503, "Still starting; try again in a moment.")
        if activity.type != "invoke":
            try:
                self.bot.accept(activity)
            except Full:
                return _refusal(503, "Too much waits already; deliver it again.")
            return response.empty(202)
        if activity.name != CARD_ACTION:
            return response.json(replies.invoke_error(400, "NotSupported", UNKNOWN_INVOKE), 400)
        answer = self.bot.invoked(activity)
        return response.json(answer)


def _refusal(status: int, why: str) -> HTTPResponse:
    return response.json({"error": {"message": why}}, status)
