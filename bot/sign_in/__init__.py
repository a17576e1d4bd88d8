"""Who is asking: a demo user on this machine, a proxy's word, or OpenID Connect, by setting.

`user_of(request)` is what the rest of the server asks; `install(app, settings)` sets it up.
"""

from __future__ import annotations

from bot.sign_in.gate import Gate, user_of
from bot.sign_in.routes import install
from bot.sign_in.user import CLINICAL_ROLES, ROLE_NAMES, ROLES, User

__all__ = ["CLINICAL_ROLES", "ROLES", "ROLE_NAMES", "Gate", "User", "install", "user_of"]
