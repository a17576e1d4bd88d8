"""The auditor's page: who saw or changed what at the practice, and whether the trail is whole."""

from __future__ import annotations

import asyncio

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.referrals.access import Asker
from bot.web.referrals.forms import Sent
from bot.web.referrals.once import new_word
from bot.web.referrals.shell import Shell, now
from referrals import desk
from referrals.audit import Verified
from referrals.reference import tidied

HERE = "/referrals/audit"


def audit_routes(routes: Blueprint, shell: Shell) -> None:
    """Add the routes to ``routes``."""

    async def shown(request: Request, asker: Asker, found: Verified | None) -> HTTPResponse:
        said = (request.args.get("about") or "").strip()[:40]
        subject = tidied(said) or said or None
        trail = await asyncio.to_thread(desk.trail, shell.room(), asker.actor, now(), subject)
        return await shell.page(
            "audit.html", asker, HERE, trail=trail, about=said, verified=found, once=new_word()
        )

    @routes.get("/audit")
    @shell.guarded
    async def look(request: Request, asker: Asker) -> HTTPResponse:
        return await shown(request, asker, None)

    @routes.post("/audit")
    @shell.guarded
    async def verify(request: Request, asker: Asker, sent: Sent) -> HTTPResponse:
        found = await asyncio.to_thread(desk.verified, shell.room(), asker.actor, now())
        return await shown(request, asker, found)
