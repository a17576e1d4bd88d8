"""The page of one consultation, and the papers of its referrals."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.web.referrals import identity_form as fields
from bot.web.referrals.access import Asker
from bot.web.referrals.acts import Outcome, act
from bot.web.referrals.answers import file_answer
from bot.web.referrals.forms import Sent
from bot.web.referrals.once import new_word
from bot.web.referrals.panel import Panel, build
from bot.web.referrals.shell import Shell, now, seen_other
from bot.web.referrals.trouble import Trouble
from referrals import desk
from referrals.desk import Room
from referrals.documents import Made, NoSuchDocument, kinds_for, make
from referrals.identity.model import FLAGS
from referrals.rendering.pdf import PdfError

# What the page needs to know of the part that names the patient.
IDENTITY_WORDS: dict[str, Any] = {
    "naming": fields.NAMING,
    "speaking": fields.SPEAKING,
    "sexes": fields.SEX_WORDS,
    "flags": FLAGS,
    "flag_words": fields.FLAG_WORDS,
}
_PAPER = re.compile(r"(?P<kind>[a-z_]{1,40})\.(?P<large>large\.)?(?P<fmt>txt|pdf|json|eml|html)")
NO_PAPER = Trouble("This referral has no such paper.", "Nothing was changed.")


def consultation_routes(routes: Blueprint, shell: Shell) -> None:
    """Add the routes to ``routes``."""

    async def shown(asker: Asker, panel: Panel, status: int = 200) -> HTTPResponse:
        return await shell.page(
            "consultation.html", asker, "", status=status, panel=panel, **IDENTITY_WORDS
        )

    @routes.get("/consultation/<consultation_id:str>")
    @shell.guarded
    async def look(request: Request, asker: Asker, consultation_id: str) -> HTTPResponse:
        done = (request.args.get("done") or "").split(",")
        show = request.args.get("show") or ""
        panel = await asyncio.to_thread(
            build, shell.room(), asker, now(), consultation_id, new_word(), show, done=done
        )
        return await shown(asker, panel)

    @routes.post("/consultation/<consultation_id:str>")
    @shell.guarded
    async def press(
        request: Request, asker: Asker, consultation_id: str, sent: Sent
    ) -> HTTPResponse:
        room, outcome = shell.room(), Outcome()

        async def do() -> str | None:
            nonlocal outcome
            outcome = await asyncio.to_thread(act, room, asker, now(), consultation_id, sent)
            return None if outcome.again else _place(consultation_id, outcome)

        place = await shell.done_once(asker, request, do)
        if place is not None:
            return seen_other(place)
        panel = await asyncio.to_thread(
            build,
            room,
            asker,
            now(),
            consultation_id,
            new_word(),
            identity=outcome.identity,
            typed=sent,
            troubles=outcome.troubles,
        )
        return await shown(asker, panel, 409 if outcome.troubles else 200)

    @routes.get("/<reference:str>/papers/<name:str>")
    @shell.guarded
    async def paper(request: Request, asker: Asker, reference: str, name: str) -> HTTPResponse:
        named = request.args.get("named") == "1"
        wanted = _PAPER.fullmatch(name)
        if wanted is None:
            return await shell.wrong(asker, NO_PAPER, 404)
        fmt = "txt" if wanted["fmt"] == "html" else wanted["fmt"]
        try:
            made, title = await asyncio.to_thread(
                _made,
                shell.room(),
                asker,
                reference,
                wanted["kind"],
                fmt,
                bool(wanted["large"]),
                named,
            )
        except NoSuchDocument:
            return await shell.wrong(asker, NO_PAPER, 404)
        except PdfError:
            trouble = Trouble(
                "This PDF could not be made.", "Nothing was changed.", "Take the text instead."
            )
            return await shell.wrong(asker, trouble, 500)
        if wanted["fmt"] == "html":
            return await shell.page(
                "paper.html",
                asker,
                "",
                title=title,
                reference=reference,
                text=made.content.decode(),
                named=named,
            )
        return file_answer(made, shell.headers, download=fmt in ("json", "eml"))

    @routes.get("/api/<reference:str>/status")
    @shell.guarded
    async def status(request: Request, asker: Asker, reference: str) -> HTTPResponse:
        view = await asyncio.to_thread(desk.view, shell.room(), asker.actor, now(), reference)
        return response.json(desk.status_message(view), headers=shell.headers)


def _place(consultation_id: str, outcome: Outcome) -> str:
    query = {"done": ",".join(outcome.done)} | ({"show": outcome.show} if outcome.show else {})
    at = f"#preview-{outcome.show}" if outcome.show else ""
    return f"/referrals/consultation/{consultation_id}?{urlencode(query, safe=',')}{at}"


def _made(
    room: Room, asker: Asker, reference: str, kind: str, fmt: str, large: bool, named: bool
) -> tuple[Made, str]:
    given, identity = desk.papers(room, asker.actor, now(), reference, named)
    titles = {k.kind: k for k in kinds_for(given)}
    if kind not in titles or (large and not titles[kind].large_print):
        raise NoSuchDocument(kind)
    return make(kind, given, identity, fmt, large), titles[kind].title  # type: ignore[arg-type]
