"""Signing in and out: `/sign-in`, where a provider sends the browser back to, and `/sign-out`.

`/sign-in/who.json` says who is signed in, and how one could sign in.
"""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.settings import Settings
from bot.sign_in.configuration import check_binding, sign_in_settings
from bot.sign_in.gate import Gate
from bot.sign_in.oidc import SignInError
from bot.sign_in.user import ROLE_NAMES, ROLES
from bot.sign_in.vouched import user_from_claims
from bot.web.security import from_our_page
from services_directory.practice import TRAINING_BANNER, practice_settings

logger = logging.getLogger(__name__)

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
# Under the policy of other pages a browser would hide where a form was sent from.
_HEADERS = {"Referrer-Policy": "same-origin"}
_LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def local_path(text: object) -> str:
    """Return `text` if it is a path of this server, else `/`: nobody is led elsewhere from here."""
    return text if isinstance(text, str) and _LOCAL_PATH.fullmatch(text) else "/"


def install(app: Sanic, settings: Settings) -> Gate:
    """Set up sign-in for `app`. Raises `StartError` where it is not configured, or not enough."""
    found = sign_in_settings()
    check_binding(settings, found)
    gate = Gate(settings, found)
    app.ctx.gate = gate
    app.blueprint(_routes(gate))
    return gate


def _page(gate: Gate, request: Request, status: int = 200, error: str = "") -> HTTPResponse:
    user = gate.user(request)
    html = _PAGES.get_template("sign_in.html").render(
        user=user,
        role=ROLE_NAMES[user.role] if user else "",
        error=error,
        mode=gate.found.mode,
        roles=[(role, ROLE_NAMES[role]) for role in ROLES],
        then=local_path(request.args.get("then")),
        banner=TRAINING_BANNER if practice_settings().training_mode else "",
    )
    return response.html(html, status=status, headers=_HEADERS)


def _routes(gate: Gate) -> Blueprint:
    routes = Blueprint("fingerpost_sign_in")

    @routes.get("/sign-in")
    async def sign_in(request: Request) -> HTTPResponse:
        again = request.args.get("again") == "1"
        if gate.found.mode != "oidc" or (gate.user(request) and not again):
            return _page(gate, request, 200 if gate.user(request) else 401)
        then = local_path(request.args.get("then"))
        try:
            address, flow = await asyncio.to_thread(gate.provider.begin, then, again)
        except SignInError as error:
            logger.warning("sign-in could not begin: %s", error)
            return _page(gate, request, 502, str(error))
        answer = response.redirect(address, status=303)
        gate.flow.write(answer, flow, gate.secure)
        return answer

    @routes.get("/sign-in/callback")
    async def come_back(request: Request) -> HTTPResponse:
        if gate.found.mode != "oidc":
            return response.text("There is nothing at this address.\n", status=404)
        flow = gate.flow.read(request)
        query = {key: str(request.args.get(key)) for key in request.args}
        try:
            claims = await asyncio.to_thread(gate.provider.finish, query, flow)
        except SignInError as error:
            logger.warning("a sign-in failed: %s", error)
            answer = _page(gate, request, 403, str(error))
            gate.flow.forget(answer, gate.secure)
            return answer
        user = user_from_claims(gate.found, claims, practice_settings().ods_code)
        if user is None:
            answer = _page(
                gate, request, 403, "You are known there, but have no role here. Ask your practice."
            )
        else:
            answer = response.redirect(local_path(flow.get("then")), status=303)
            # A new session, so that one planted before is of no use.
            gate.begin(answer, user)
        gate.flow.forget(answer, gate.secure)
        return answer

    @routes.post("/sign-in/demo")
    async def choose(request: Request) -> HTTPResponse:
        user, role = gate.user(request), request.form.get("role")
        if not from_our_page(request.headers) or role not in ROLES or not (user and user.demo):
            return response.text("Only the demo user of this machine has a choice.\n", status=403)
        answer = response.redirect(local_path(request.form.get("then")), status=303)
        gate.begin(answer, role=role)
        return answer

    @routes.post("/sign-out")
    async def sign_out(request: Request) -> HTTPResponse:
        if not from_our_page(request.headers):
            return response.text("Only our own pages sign out.\n", status=403)
        place = await asyncio.to_thread(_place_after, gate)
        answer = response.redirect(place, status=303)
        gate.end(answer)
        return answer

    @routes.get("/sign-in/who.json")
    async def who(request: Request) -> HTTPResponse:
        user = gate.user(request)
        told: dict[str, Any] = {"mode": gate.found.mode, "sign_in": "/sign-in"}
        if user:
            told |= {"name": user.name, "role": user.role, "demo": user.demo}
        return response.json(told, status=200 if user else 401)

    return routes


def _place_after(gate: Gate) -> str:
    """Return where a browser goes that has just signed out."""
    if gate.found.mode == "oidc":
        try:
            return gate.provider.sign_out_url(f"{gate.base_url}/sign-in") or "/sign-in"
        except SignInError as error:
            # Signed out here all the same.
            logger.warning("the provider could not be told of a sign-out: %s", error)
    return gate.found.sign_out_url or "/sign-in"
