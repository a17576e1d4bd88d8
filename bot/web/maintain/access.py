"""Who may use the maintainers' pages: maintainers who are signed in, and the demo user of this machine."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sign_in import User


@dataclass(frozen=True)
class Maintainer:
    """Whoever keeps the directory. ``role``: what stands in the log beside what they do."""

    role: str
    demo: bool = False


DEMO = Maintainer("demo maintainer", demo=True)


def maintainer_of(user: User | None) -> Maintainer | None:
    """Return the maintainer that a signed-in user is, or ``None``."""
    if user is None:
        return None
    if user.demo:
        return DEMO
    return Maintainer("maintainer") if user.role == "maintainer" else None
