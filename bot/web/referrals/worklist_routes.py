"""The practice's list of referrals with its tasks, and the page of one referral."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.health import served_day
from bot.web.referrals import follow_up
from bot.web.referrals.access import Asker
from bot.web.referrals.forms import Sent
from bot.web.referrals.once import new_word
from bot.web.referrals.shell import Shell, now, seen_other, trouble_of
from referrals import desk
from referrals.desk import DeskError, Room
from referrals.lifecycle import STATE_WORDS, STATES
from referrals.permissions import may
from referrals.replies import following_up
from referrals.replies.next_steps import Next
from referrals.replies.reports import REASONS

DONE = {
    "owner": "Reassigned.",
    "task": "Noted as done.",
    "report": "Noted.",
    "withdrawn": "Withdrawn.",
    "tell_service": "The service has it already: ask them to delete it.",
    "hidden": "Nobody was here for some time, so what named the patient was taken off this page.",
}
HERE = "/referrals/worklist"


def worklist_routes(routes: Blueprint, shell: Shell) -> None:
    """Add the routes to ``routes``."""

    async def list_shown(request: Request, asker: Asker, **more: Any) -> HTTPResponse:
        room = shell.room()
        asked = (request.args.get(key) or "" for key in ("state", "owner", "silent"))
        want = follow_up.wanted(*asked)
        found = await asyncio.to_thread(follow_up.listed, room, asker, now(), want)
        todos: tuple[following_up.ToDo, ...] = ()
        if may(asker.actor, "report"):
            todos = await asyncio.to_thread(following_up.to_do, room, asker.actor, now())
        context: dict[str, Any] = {
            "rows": found[: follow_up.MOST_ROWS],
            "more": max(0, len(found) - follow_up.MOST_ROWS),
            "want": want,
            "todos": todos,
            "states": [(s, STATE_WORDS[s]) for s in STATES],
            "may_reveal": may(asker.actor, "reveal_name"),
            "may_reassign": may(asker.actor, "reassign"),
            "named": {},
            "done": _done(request),
            "troubles": (),
            "once": new_word(),
            **more,
        }
        status = 409 if context["troubles"] else 200
        return await shell.page("worklist.html", asker, HERE, status=status, **context)

    @routes.get("/worklist")
    @shell.guarded
    async def the_list(request: Request, asker: Asker) -> HTTPResponse:
        return await list_shown(request, asker)

    @routes.post("/worklist")
    @shell.guarded
    async def act_on_list(request: Request, asker: Asker, sent: Sent) -> HTTPResponse:
        button, _, which = sent.text("do").partition(":")
        try:
            if button == "name":
                name = await asyncio.to_thread(
                    desk.reveal_name, shell.room(), asker.actor, now(), which
                )
                return await list_shown(request, asker, named={which: name or "not held"})
            done = await asyncio.to_thread(_do, shell.room(), asker, button, which, sent)
        except DeskError as error:
            return await list_shown(request, asker, troubles=(trouble_of(error),))
        query = "&".join(filter(None, (request.query_string, f"done={done}")))
        return seen_other(f"{HERE}?{query}")

    async def one_shown(
        request: Request, asker: Asker, reference: str, **more: Any
    ) -> HTTPResponse:
        context = await asyncio.to_thread(_one, shell.room(), asker, reference)
        context |= {"name": None, "done": _done(request), "troubles": (), "once": new_word()} | more
        status = 409 if context["troubles"] else 200
        return await shell.page("referral.html", asker, HERE, status=status, **context)

    @routes.get("/<reference:str>")
    @shell.guarded
    async def one(request: Request, asker: Asker, reference: str) -> HTTPResponse:
        return await one_shown(request, asker, reference)

    @routes.post("/<reference:str>")
    @shell.guarded
    async def act_on_one(
        request: Request, asker: Asker, reference: str, sent: Sent
    ) -> HTTPResponse:
        button, _, which = sent.text("do").partition(":")
        room = shell.room()
        try:
            if button == "name":
                name = await asyncio.to_thread(
                    desk.reveal_name, room, asker.actor, now(), reference
                )
                return await one_shown(request, asker, reference, name=name or "not held")
            if button == "next":

                async def prepare() -> str:
                    made = await asyncio.to_thread(
                        follow_up.try_next, room, asker, now(), served_day(), reference, which
                    )
                    return f"/referrals/consultation/{made}"

                return seen_other(str(await shell.done_once(asker, request, prepare)))
            target = which if button == "task" else reference
            done = await asyncio.to_thread(_do, shell.room(), asker, button, target, sent)
        except DeskError as error:
            return await one_shown(request, asker, reference, troubles=(trouble_of(error),))
        return seen_other(f"/referrals/{reference}?done={done}")


def _done(request: Request) -> tuple[str, ...]:
    words = (request.args.get("done") or "").split(",")
    return tuple(DONE[word] for word in words if word in DONE)


def _do(room: Room, asker: Asker, button: str, which: str, sent: Sent) -> str:
    """Do what a button says; return the word of ``DONE`` for it. Raises ``DeskError``."""
    actor, at = asker.actor, now()
    if button == "owner":
        desk.reassign(room, actor, at, which, sent.text(f"owner:{which}"))
        return "owner"
    if button == "task":
        following_up.done(room, actor, at, int(which) if which.isdecimal() else 0)
        return "task"
    if button == "report":
        to = next((s for s in STATES if s == sent.text("to")), None)
        if to is None:
            raise DeskError("wrong_state", "Choose what the service said.", "Nothing was changed.")
        why = "; ".join(filter(None, (sent.text("reason"), sent.text("more").strip())))
        view = desk.view(room, actor, at, which)
        # Pressed twice, it was told once.
        if view.referral.state != to:
            desk.report(room, actor, at, which, to, why)
            if to in ("declined", "failed"):
                follow_up.note_task(room, asker, at, view.referral.reference, to)
        return "report"
    if button == "withdraw":
        withdrawn = desk.withdraw(room, actor, at, which, sent.text("why"))
        return "withdrawn,tell_service" if withdrawn.tell_service else "withdrawn"
    raise DeskError("wrong_state", "There is no such button.", "Nothing was changed.")


def _one(room: Room, asker: Asker, reference: str) -> dict[str, Any]:
    actor = asker.actor
    view = desk.view(room, actor, now(), reference)
    found = following_up.to_do(room, actor, now(), view.referral.reference)
    following: tuple[Next, ...] = ()
    if found and {"see_conditions", "draft"} <= view.may:
        following = following_up.next_for(room, actor, now(), view.referral.reference)
    trail: tuple[Any, ...] = ()
    if may(actor, "audit"):
        trail = desk.trail(room, actor, now(), view.referral.reference)
    return {
        "view": view,
        "todos": found,
        "following": following,
        "trail": trail,
        "state_words": STATE_WORDS,
        "reasons": REASONS,
    }
