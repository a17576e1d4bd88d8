"""When a consultation is locked, because it was left alone."""

from __future__ import annotations

import time

from sanic.request import Request

from bot.sign_in import Gate
from services_directory.practice import practice_settings


def locked(used: float, request: Request) -> bool:
    """Tell whether nobody was there for `idle_minutes`, and whoever asks has not signed in since.

    `used`: when somebody last was (seconds since 1970). Only OpenID Connect tells when one signed in.
    """
    since = used + practice_settings().idle_minutes * 60
    if time.time() < since:
        return False
    gate: Gate = request.app.ctx.gate
    session = gate.session(request)
    return not (gate.found.mode == "oidc" and session and session.since > since)
