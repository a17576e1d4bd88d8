"""The pages of the referrals room on a port, with a real record and desk, and people of each role.

Services, practice and clock are those of the room's own tests; who asks stands in a trusted proxy's headers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from sanic import Sanic

from bot.settings import Settings
from bot.sign_in import install as install_sign_in
from bot.sign_in.user import user_id
from bot.web.referrals.routes import install_referrals
from referrals import desk
from referrals.desk import Room
from referrals.model import Referral
from referrals.permissions import Actor
from referrals.records.engine import records, writing
from referrals.replies import links
from referrals.replies.links import Link
from tests.bot.pages_server import Parsed, served

# The room's own tests find their helpers beside them.
sys.path.append(str(Path(__file__).parents[1] / "referrals"))

import desk_cases as cases

PASTED = (
    "ZEBRA, Test (Mrs)  Born 12-Mar-1978 (48y)  Gender Female  NHS No. 999 000 0018\n"
    "1 Example Street, Anytown, ZZ1 1ZZ  Mobile 07700 900123"
)
# Each longer than what chance writes into a hash or a time now and then.
NAMES = (
    "zebra", "9990000018", "999 000 0018", "07700 900123", "07700900123", "zz1 1zz", "example street",
)  # fmt: skip


@dataclass
class Person:
    """Somebody with a browser: keeps to what a browser sends."""

    url: str
    id: str
    role: str
    practice: str = cases.ODS
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def actor(self) -> Actor:
        return Actor(user_id("proxy", self.id), self.role, self.practice)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-Forwarded-User": self.id,
            "X-Forwarded-Preferred-Username": f"Test {self.id.title()}",
            "X-Forwarded-Groups": self.role,
            "X-Forwarded-Practice": self.practice,
        }

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(
            self.url + path, headers={**self.headers, **headers}, timeout=30, allow_redirects=False
        )

    def post(self, path: str, data: Any, **headers: str) -> requests.Response:
        sent = {"Origin": self.url, "Sec-Fetch-Site": "same-origin", **self.headers, **headers}
        return self.session.post(
            self.url + path,
            data=data,
            headers={k: v for k, v in sent.items() if v},
            timeout=30,
            allow_redirects=False,
        )

    def form(self, path: str, html: str | None = None) -> dict[str, list[str]]:
        """Return what the browser would send for the forms of a page without touching a thing."""
        return fields_of(html if html is not None else self.get(path).text)

    def press(self, path: str, do: str, html: str | None = None, **typed: Any) -> requests.Response:
        """Open the page (or take ``html``), type, and press a button; redirects are not followed.

        Fields whose names Python does not allow are given in ``also``.
        """
        sent: dict[str, Any] = {**self.form(path, html), **typed.pop("also", {}), **typed}
        sent["do"] = do
        return self.post(path, sent)

    def follow(self, answer: requests.Response) -> requests.Response:
        """Go where an answer leads."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])


def fields_of(html: str) -> dict[str, list[str]]:
    """Return the successful controls of a page, as a browser gathers them."""
    found: dict[str, list[str]] = {}
    for match in re.finditer(r"<input\b([^>]*)>", html):
        attrs = _attrs(match[1])
        if attrs.get("type") in ("checkbox", "radio") and "checked" not in attrs:
            continue
        if "name" in attrs:
            found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    for match in re.finditer(r"<textarea\b([^>]*)>\n?(.*?)</textarea>", html, re.S):
        attrs = _attrs(match[1])
        if "name" in attrs:
            found.setdefault(attrs["name"], []).append(unescape(match[2]))
    for match in re.finditer(r"<select\b([^>]*)>(.*?)</select>", html, re.S):
        name = _attrs(match[1])["name"]
        options = [_attrs(m[1]) | {"text": m[2]} for m in _OPTION.finditer(match[2])]
        chosen = next((o for o in options if "selected" in o), options[0] if options else {})
        found.setdefault(name, []).append(unescape(chosen.get("value", chosen.get("text", ""))))
    return found


_OPTION = re.compile(r"<option\b([^>]*)>([^<]*)</option>")


def _attrs(text: str) -> dict[str, str]:
    pairs = re.findall(r'([\w-]+)(?:="([^"]*)")?', text)
    return {name: unescape(value) for name, value in pairs}


def text_of(answer: requests.Response) -> str:
    """Return the words of a page on one line."""
    return Parsed(answer.text).text


def now() -> datetime:
    """Return the time with its zone."""
    return datetime.now().astimezone()


def place(referral: Referral) -> str:
    """Return the address of the page of a referral's consultation."""
    return f"/referrals/consultation/{referral.consultation_id}"


def identity(**more: str) -> dict[str, str]:
    """Return what is typed of the packer of the tests; ``more`` in place of it."""
    values = {
        "name": "Test Zebra", "date_of_birth": "12/03/1978", "nhs_number": "999 000 0018",
        "sex": "female", **more,
    }  # fmt: skip
    return {f"id.{name}": value for name, value in values.items()}


@dataclass
class Site:
    """A running server with its people. ``room`` can be replaced between requests."""

    url: str
    var: Path
    room: Room

    def person(self, id: str, role: str, practice: str = cases.ODS) -> Person:
        return Person(self.url, id, role, practice)

    @property
    def gp(self) -> Person:
        return self.person("dr-a", "gp")

    def seen(self, reference: str, by: Person | None = None) -> desk.View:
        """Return a referral as ``by`` (a GP) may see it."""
        return desk.view(self.room, (by or self.gp).actor, now(), reference)

    def opened(self, of: Any = None, by: Person | None = None, **more: Any) -> Referral:
        """Return a referral that was just opened for ``by`` (a GP)."""
        actor = (by or self.gp).actor
        return cases.opened(self.room, of or cases.BY_HAND, actor=actor, now=now(), **more)


def sent(site: Site, of: Any = cases.LETTER, named: bool = False) -> Referral:
    """Return a referral that has left by hand; ``named``: a name is held."""
    referral = site.opened(of)
    actor = site.gp.actor
    if named:
        desk.set_identity(site.room, actor, now(), referral.reference, cases.ZEBRA)
    desk.record_consent(site.room, actor, now(), [referral.reference])
    desk.sign(site.room, actor, now(), referral.reference)
    desk.mark_ready(site.room, actor, now(), referral.reference)
    return desk.mark_sent_by_hand(site.room, actor, now(), referral.reference)


def link_to(referral: Referral, days: float = 30) -> str:
    """Return the path of a link to report of ``referral``."""
    with writing(records()) as connection:
        link = Link(
            "report", referral.reference, referral.service_id, "", "", now() + timedelta(days=days)
        )
        return links.PATH + links.give_out(connection, link, now())


@contextmanager
def referral_site(var: Path, room: Room | None = None) -> Iterator[Site]:
    """Yield the pages with a record of their own in ``var``."""
    site = Site("", var, room or cases.a_room())

    def build(app: Sanic, found: Settings) -> None:
        install_sign_in(app, found)
        install_referrals(app, found, lambda: site.room)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINGERPOST_VAR", str(var))
        patch.delenv("FINGERPOST_REFERRALS_URL", raising=False)
        patch.setenv("FINGERPOST_SIGN_IN", "proxy")
        patch.setenv("FINGERPOST_SIGN_IN_PROXIES", "127.0.0.1")
        with served(build=build) as url:
            site.url = url
            yield site


DELIVERY = """\
send: false
receivers:
  by-email:
    callback_secret_file: secret
"""
SECRET = "a secret of thirty-two letters, say"


@contextmanager
def answering_site(var: Path) -> Iterator[Site]:
    """Yield the pages with a receiver that may call back, its secret in ``var``; nothing is sent."""
    (var / "delivery.yml").write_text(DELIVERY)
    (var / "secret").write_text(SECRET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINGERPOST_DELIVERY", str(var / "delivery.yml"))
        with referral_site(var) as running:
            yield running
