"""The other direction: an employment provider asks for health input, and the practice answers."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.referrals.access import Asker
from bot.web.referrals.forms import Sent
from bot.web.referrals.once import new_word
from bot.web.referrals.shell import Shell, now, seen_other, trouble_of
from bot.web.referrals.trouble import Trouble
from referrals import inbound
from referrals.desk import DeskError, Room
from referrals.permissions import may
from referrals.records.health_requests import STATE_WORDS, STEPS

HERE = "/referrals/inbound"
ALONE = {"yes": True, "no": False}
NO_DAY = Trouble(
    "The day by which they want an answer cannot be read.",
    "What you typed is still on this page.",
    "",
    "by",
)
DONE = {
    "recorded": "Recorded.",
    "agreed": "Recorded: the patient agreed to this answer, by you, now.",
    "answered": "Recorded as answered. Send the text below yourself: nothing was sent from here.",
    "refused": "Recorded: there will be no answer.",
    "withdrawn": "Recorded: the patient no longer agrees.",
}


def inbound_routes(routes: Blueprint, shell: Shell) -> None:
    """Add the routes to ``routes``."""

    async def list_shown(
        asker: Asker, sent: Sent | None = None, troubles: tuple[Trouble, ...] = ()
    ) -> HTTPResponse:
        room = shell.room()
        found = await asyncio.to_thread(inbound.listed, room, asker.actor, now())
        services = sorted((s.name, s.id) for s in room.services.values())
        return await shell.page(
            "inbound.html",
            asker,
            HERE,
            status=409 if troubles else 200,
            requests=found,
            state_words=STATE_WORDS,
            services=services,
            typed=sent or Sent(),
            troubles=troubles,
            may_record=may(asker.actor, "draft"),
            may_read=may(asker.actor, "see_conditions"),
            today=now().date(),
            once=new_word(),
        )

    @routes.get("/inbound")
    @shell.guarded
    async def the_list(request: Request, asker: Asker) -> HTTPResponse:
        return await list_shown(asker)

    @routes.post("/inbound")
    @shell.guarded
    async def record(request: Request, asker: Asker, sent: Sent) -> HTTPResponse:
        trouble: Trouble | None = None

        async def do() -> str | None:
            nonlocal trouble
            try:
                day = date.fromisoformat(sent.text("by")) if sent.text("by") else None
                return await asyncio.to_thread(_recorded, shell.room(), asker, sent, day)
            except ValueError:
                trouble = NO_DAY
            except DeskError as error:
                trouble = trouble_of(error)
            return None

        reference = await shell.done_once(asker, request, do)
        if reference is None or trouble is not None:
            return await list_shown(asker, sent, (trouble,) if trouble else ())
        if may(asker.actor, "see_conditions"):
            return seen_other(f"{HERE}/{reference}?done=recorded")
        return seen_other(HERE)

    async def one_shown(
        request: Request, asker: Asker, reference: str, text: str = "", **more: Any
    ) -> HTTPResponse:
        found = await asyncio.to_thread(inbound.read, shell.room(), asker.actor, now(), reference)
        context: dict[str, Any] = {
            "one": found,
            "says": inbound.words_for(found),
            "state_words": STATE_WORDS,
            "steps": STEPS.get(found.state, frozenset()),
            "text": text,
            "typed": Sent(),
            "done": tuple(filter(None, (DONE.get(request.args.get("done") or ""),))),
            "troubles": (),
            "once": new_word(),
            **more,
        }
        status = 409 if context["troubles"] else 200
        return await shell.page("request.html", asker, HERE, status=status, **context)

    @routes.get("/inbound/<reference:str>")
    @shell.guarded
    async def one(request: Request, asker: Asker, reference: str) -> HTTPResponse:
        return await one_shown(request, asker, reference)

    @routes.post("/inbound/<reference:str>")
    @shell.guarded
    async def act(request: Request, asker: Asker, reference: str, sent: Sent) -> HTTPResponse:
        try:
            done, text = await asyncio.to_thread(_act, shell.room(), asker, reference, sent)
        except DeskError as error:
            return await one_shown(
                request, asker, reference, typed=sent, troubles=(trouble_of(error),)
            )
        if text:
            # Shown in the answer itself: it names the patient, and belongs in no address.
            return await one_shown(request, asker, reference, text, done=(DONE[done],))
        return seen_other(f"{HERE}/{reference}?done={done}")


def _recorded(room: Room, asker: Asker, sent: Sent, day: date | None) -> str:
    parts = {name: sent.text(name) for name in ("provider", "contact", "patient", "asks")}
    service = sent.text("service") or None
    made = inbound.record(room, asker.actor, now(), **parts, answer_by=day, service_id=service)
    return made.reference


def _act(room: Room, asker: Asker, reference: str, sent: Sent) -> tuple[str, str]:
    """Do what the button says; return the word of ``DONE`` for it, and the answer's text if it was given."""
    actor, button = asker.actor, sent.text("do")
    if button == "agree":
        inbound.agree(
            room,
            actor,
            now(),
            reference,
            sent.text("answer"),
            sent.text("how") or "verbal",
            sent.text("who") or "patient",
            sent.text("because"),
            ALONE.get(sent.text("alone")),
        )
        return "agreed", ""
    if button == "answer":
        return "answered", inbound.answer(room, actor, now(), reference)[1]
    if button == "refuse":
        inbound.refuse(room, actor, now(), reference, sent.text("reason"))
        return "refused", ""
    if button == "withdraw":
        inbound.withdraw(room, actor, now(), reference)
        return "withdrawn", ""
    raise DeskError("wrong_state", "There is no such button.", "Nothing was changed.")
