"""The page's channel, under `/webhooks/web/`: consultations of people who are signed in.

A message is answered in the answer to its POST; whatever was missed is fetched from the consultation's
history. There is no stream of events: nothing ever happens that nobody asked for, an answer takes a fraction
of a second, plain requests pass every proxy, and one that failed can be sent again under its own id.

    GET  /start                          who is signed in, whose practice, training or not; sets the cookie
    GET  /consultations                  those parked, by their header
    POST /consultations                  begin one: {"seat", "sandbox"?}
    GET  /consultations/<id>?seat=       what was said: {"turns", "sandbox"}
    POST /consultations/<id>/messages    {"seat", "id", "text", "shown"?, "metadata"?}: {"messages", "first",
                                         "shown"?}, the last where something was taken out of the text
    POST /consultations/<id>/open        take it into this tab, from another or from idleness: {"seat"}
    POST /consultations/<id>/park        put it aside: {"seat"}
    POST /consultations/<id>/awake       somebody is there, and sends nothing: {"seat"}

The transcript is written and read on the event loop, as Rasa's own store is: each time takes a
millisecond, and a thread more.

`seat` is a tab's own id: a consultation is held by one tab at a time. 401: nobody is signed in; 403: not for
this role, or not from our page; 404: no such consultation of this person, or its day is over; 409: another
tab holds it; 423: it was idle and is locked; 429: too many at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from functools import cached_property, wraps
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversation import Conversations, Message, MetadataError, failed
from bot.channels.web.idle import locked
from bot.channels.web.rate import Rate
from bot.channels.web.shapes import Refused, body_of, id_of, said_of
from bot.secret import sender_key
from bot.settings import Settings
from bot.sign_in import CLINICAL_ROLES, Gate, User
from bot.transcripts import Consultation, Transcripts, for_page
from bot.web.notices import notices
from services_directory.keeping.instance import instance
from services_directory.keeping.patients import sample_patients
from services_directory.practice import practice_settings

# The referrals room's page, where it is served; its form opens beside the consultation.
WORKLIST = "/referrals/worklist"

SAMPLES = 12

Handler = Callable[..., Awaitable[HTTPResponse]]


def _samples() -> list[str]:
    """Return opening lines of invented patients, for a rehearsal."""
    book = instance().directory()
    return [patient.name for patient in sample_patients(book.words, book.areas)[:SAMPLES]]


class WebChannel(InputChannel):
    """Serves /webhooks/web/. Needs `app.ctx.gate` (`bot.sign_in.install`)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rate = Rate(settings.messages_per_minute)

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "web"

    @cached_property
    def _transcripts(self) -> Transcripts:
        return Transcripts(self._settings.database_url)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of this channel."""
        conversations = Conversations(self._settings, on_new_message, self.name())
        routes = Blueprint("fingerpost_web")

        def signed_in(handler: Handler) -> Handler:
            """Give the handler the user, and an owner's key; turn refusals into answers."""

            @wraps(handler)
            async def checked(request: Request, **named: Any) -> HTTPResponse:
                try:
                    user, owner = self._who(request)
                    return await handler(request, user=user, owner=owner, **named)
                except Refused as refused:
                    return refused.answer()

            return checked

        async def held(
            request: Request, owner: str, key: str
        ) -> tuple[Consultation, dict[str, Any]]:
            """Return the consultation and what was sent, if the tab that asks holds it and it is awake."""
            posted = request.method == "POST"
            sent = body_of(request, self._settings.host_pages) if posted else {}
            seat = id_of(sent if posted else {"seat": request.args.get("seat")}, "seat")
            found = await self._found(key, owner)
            if found.parked or found.seat != seat:
                raise Refused(409, "elsewhere", "This consultation is open in another window.")
            if locked(found.used, request):
                raise Refused(423, "locked", "Locked, because it was left alone.")
            return found, sent

        @routes.get("/start")
        async def start(request: Request) -> HTTPResponse:
            gate: Gate = request.app.ctx.gate
            user = gate.user(request)
            told: dict[str, Any] = {
                **notices(),
                "idle_minutes": practice_settings().idle_minutes,
                "mode": gate.found.mode,
            }
            if request.args.get("sandbox"):
                told["samples"] = await asyncio.to_thread(_samples)
            if user:
                told["user"] = {"name": user.name, "role": user.role, "demo": user.demo}
            if any(route.path == WORKLIST.strip("/") for route in request.app.router.routes):
                told["worklist"] = WORKLIST
            answer = response.json(told, status=200 if user else 401)
            if user and gate.session(request) is None:
                gate.begin(answer)
            return answer

        @routes.get("/consultations")
        @signed_in
        async def parked(request: Request, user: User, owner: str) -> HTTPResponse:
            found = self._transcripts.parked(owner)
            return response.json({"parked": [{"id": c.id, "header": c.header} for c in found]})

        @routes.post("/consultations")
        @signed_in
        async def begin(request: Request, user: User, owner: str) -> HTTPResponse:
            sent = body_of(request, self._settings.host_pages)
            self._count(owner)
            made = self._transcripts.open(
                owner,
                lambda key: conversations.stored(f"web {key}"),
                id_of(sent, "seat"),
                sent.get("sandbox") is True,
            )
            return response.json({"id": made.id}, status=201)

        @routes.get("/consultations/<key:str>")
        @signed_in
        async def history(request: Request, user: User, owner: str, key: str) -> HTTPResponse:
            found, _ = await held(request, owner, key)
            turns = self._transcripts.turns(found.sender)
            self._transcripts.update(key, used=time.time())
            told = [
                {
                    "id": turn.message_id,
                    "text": turn.text,
                    "shown": turn.shown,
                    "messages": turn.answer,
                }
                for turn in turns
            ]
            return response.json({"turns": told, "sandbox": found.sandbox})

        @routes.post("/consultations/<key:str>/messages")
        @signed_in
        async def message(request: Request, user: User, owner: str, key: str) -> HTTPResponse:
            found, sent = await held(request, owner, key)
            said = said_of(sent)
            self._count(owner)
            if not getattr(request.app.ctx, "agent", None):
                raise Refused(503, "starting", "Still starting; try again in a moment.", wait=2)
            return await self._answered(conversations, found, said, user)

        @routes.post("/consultations/<key:str>/open")
        @signed_in
        async def reopen(request: Request, user: User, owner: str, key: str) -> HTTPResponse:
            sent = body_of(request, self._settings.host_pages)
            seat = id_of(sent, "seat")
            found = await self._found(key, owner)
            oidc = request.app.ctx.gate.found.mode == "oidc"
            # One that was parked was not left alone as long as its owner is at another.
            used = self._transcripts.last_used(owner) if found.parked else found.used
            if oidc and locked(used, request):
                raise Refused(401, "again", "Locked. Sign in again.", again=True)
            self._transcripts.update(key, seat=seat, parked=False, used=time.time())
            return response.json({"id": key})

        @routes.post("/consultations/<key:str>/park")
        @signed_in
        async def park(request: Request, user: User, owner: str, key: str) -> HTTPResponse:
            await held(request, owner, key)
            self._transcripts.update(key, parked=True, used=time.time())
            return response.json({"id": key})

        @routes.post("/consultations/<key:str>/awake")
        @signed_in
        async def awake(request: Request, user: User, owner: str, key: str) -> HTTPResponse:
            await held(request, owner, key)
            self._transcripts.update(key, used=time.time())
            return response.json({"id": key})

        return routes

    def _who(self, request: Request) -> tuple[User, str]:
        """Return the user, and the key under which what is theirs is kept. Raises `Refused`.

        A demo user is whoever sits there: what is theirs is that browser session's.
        """
        gate: Gate = request.app.ctx.gate
        user = gate.user(request)
        session = gate.session(request)
        if user is None or (user.demo and session is None):
            raise Refused(401, "sign_in", "Sign in first.")
        if user.role not in CLINICAL_ROLES:
            raise Refused(403, "role", f"The assistant is not for the role {user.role}.")
        whose = session.id if user.demo and session else user.id
        key = sender_key(self._settings.sender_key_file)
        return user, hmac.new(key, f"owner {whose}".encode(), hashlib.sha256).hexdigest()

    async def _found(self, key: str, owner: str) -> Consultation:
        found = self._transcripts.find(key, owner)
        if found is None:
            raise Refused(404, "gone", "This consultation is not here any more.")
        return found

    def _count(self, owner: str) -> None:
        wait = self._rate.wait(owner, time.monotonic())
        if wait:
            raise Refused(429, "too_many", "That was too much at once; wait a moment.", wait=wait)

    async def _answered(
        self, conversations: Conversations, found: Consultation, said: Message, user: User
    ) -> HTTPResponse:
        kept = self._transcripts
        try:
            messages = await conversations.take(
                found.sender, said, user=user, kept=kept, sandbox=found.sandbox
            )
        except MetadataError as error:
            raise Refused(400, "metadata", str(error)) from None
        typed = [message.get("custom") or {"text": message["text"]} for message in messages]
        first = kept.first(found.sender)
        body: dict[str, Any] = {"messages": for_page(typed), "first": first or said.id}
        if any(isinstance(message.get("removed"), list) for message in typed):
            # The page showed it as it was typed.
            body["shown"] = kept.shown(found.sender, said.id)
        return response.json(body, status=500 if failed(messages) else 200)
