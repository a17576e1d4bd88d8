"""Who is asking: one `Gate` for a server, which knows how people sign in there."""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass, fields

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.settings import Settings, is_loopback
from bot.sign_in.configuration import SignInSettings
from bot.sign_in.cookies import SignedCookie
from bot.sign_in.oidc import Provider
from bot.sign_in.user import ROLE_NAMES, ROLES, User
from bot.sign_in.vouched import asked_here, user_from_headers
from services_directory.practice import practice_settings

# A working day. Whoever is signed in longer signs in again.
SESSION_SECONDS = 12 * 3600
FLOW_SECONDS = 600

_USER_KEYS = {field.name for field in fields(User)}


@dataclass(frozen=True)
class Session:
    """What the session's cookie holds. `since`: when it was signed in (seconds since 1970)."""

    id: str
    since: float
    user: User | None = None
    role: str | None = None


class Gate:
    """Tells who is asking, and remembers it in a cookie."""

    def __init__(self, settings: Settings, found: SignInSettings) -> None:
        self.settings = settings
        self.found = found
        self.cookie = SignedCookie(settings, "fingerpost", SESSION_SECONDS)
        self.flow = SignedCookie(settings, "fingerpost-sign-in", FLOW_SECONDS, "/sign-in")
        self.base_url = settings.public_url
        self.secure = self.base_url.startswith("https:")
        self.provider = Provider(found, f"{self.base_url}/sign-in/callback")

    def session(self, request: Request) -> Session | None:
        """Return the session that the browser brings, if it is one of ours."""
        kept = self.cookie.read(request)
        if not isinstance(kept.get("id"), str) or not isinstance(kept.get("since"), (int, float)):
            return None
        raw = kept.get("user")
        known = isinstance(raw, dict) and set(raw) == _USER_KEYS and raw["role"] in ROLES
        role = kept.get("role")
        return Session(
            kept["id"],
            kept["since"],
            User(**raw) if isinstance(raw, dict) and known else None,
            role if role in ROLES else None,
        )

    def user(self, request: Request) -> User | None:
        """Return who asks, or None where nobody is signed in."""
        if self.found.mode == "proxy":
            practice = practice_settings().ods_code
            return user_from_headers(self.found, request.ip, request.headers, practice)
        session = self.session(request)
        if self.found.mode == "oidc":
            return session.user if session else None
        if is_loopback(self.settings.host) and asked_here(request.ip, request.headers):
            return demo_user((session and session.role) or "gp")
        return None

    def begin(
        self, answer: HTTPResponse, user: User | None = None, role: str | None = None
    ) -> Session:
        """Start a session on an answer, for `user` (OpenID Connect) or in a demo user's `role`."""
        session = Session(secrets.token_urlsafe(24), time.time(), user, role)
        self.keep(answer, session)
        return session

    def keep(self, answer: HTTPResponse, session: Session) -> None:
        """Put a session's cookie on an answer."""
        self.cookie.write(answer, asdict(session), self.secure)

    def end(self, answer: HTTPResponse) -> None:
        """Make the browser forget its session."""
        self.cookie.forget(answer, self.secure)


def demo_user(role: str) -> User:
    """Return the person in front of this machine, in a role chosen for rehearsal."""
    name = f"Demo {ROLE_NAMES[role]}"
    return User(f"demo-{role}", name, role, practice_settings().ods_code, demo=True)


def user_of(request: Request) -> User | None:
    """Return who asks, or None where nobody is signed in."""
    gate = getattr(request.app.ctx, "gate", None)
    return gate.user(request) if isinstance(gate, Gate) else None
