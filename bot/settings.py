"""Where the server listens and keeps things: defaults for one machine, the environment for more.

| variable | meaning | default |
| --- | --- | --- |
| FINGERPOST_VAR | folder for what running leaves behind | `var/` in the checkout |
| FINGERPOST_DATABASE_URL | SQLAlchemy address of the conversations | SQLite in that folder |
| FINGERPOST_COUNTS_URL | the same for the counts that outlive them | that database, or SQLite beside it |
| FINGERPOST_REDIS_URL | lock store for several workers | locks in memory |
| FINGERPOST_MODEL | model archive, or folder with one | `models/` in the checkout |
| FINGERPOST_BASE_URL | the address under which people reach the server | where it listens |
| FINGERPOST_REST_TOKEN | with it, scripts elsewhere may use the REST channel | this machine alone |
| FINGERPOST_HOST_PAGES | origins of other pages that may hold the widget, with commas | none |
| FINGERPOST_MESSAGES_PER_MINUTE | how many messages one person may send | 120 |
| FINGERPOST_ALLOW_AS_OF | `1`: metadata may set the date outside training mode or loopback | off |
| FINGERPOST_TENSORFLOW | `1`: load TensorFlow, for a pipeline that needs it | left out |
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.port import StartError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 5005


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches what listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origins(text: str | None) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in (text or "").split(",") if part.strip())
    for origin in origins:
        where = urlsplit(origin)
        if where.scheme not in ("https", "http") or origin != f"{where.scheme}://{where.netloc}":
            raise StartError(
                f"FINGERPOST_HOST_PAGES: {origin!r} is no origin, such as https://intranet.example."
            )
    return origins


def whole_number(name: str, env: Mapping[str, str], default: int) -> int:
    """Return the number of 1 or more that `env` sets, else `default`. Raises `StartError` for another."""
    text = env.get(name) or str(default)
    if not text.isdigit() or int(text) < 1:
        raise StartError(f"{name} must be a whole number of 1 or more, not {text!r}.")
    return int(text)


@dataclass(frozen=True)
class Settings:
    """What the launcher was told. `database_url` and `counts_url` are SQLAlchemy addresses."""

    host: str
    port: int
    var: Path
    database_url: str
    counts_url: str
    redis_url: str | None
    model: Path
    allow_as_of: bool
    given_url: str = ""
    rest_token: str = field(default="", repr=False)
    host_pages: tuple[str, ...] = ()
    messages_per_minute: int = 120

    @property
    def base_url(self) -> str:
        """The address under which people on this machine reach the page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def public_url(self) -> str:
        """The address under which everybody reaches the server: what was set, else `base_url`."""
        return self.given_url or self.base_url

    @property
    def sender_key_file(self) -> Path:
        """The secret that turns sender ids into what is stored in their place."""
        return self.var / "sender.key"


def settings(
    host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, environ: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings for a server on `host` and `port`, from `environ` (default: ours)."""
    env = os.environ if environ is None else environ
    var = Path(env.get("FINGERPOST_VAR") or ROOT / "var")
    database = env.get("FINGERPOST_DATABASE_URL")
    return Settings(
        host=host,
        port=port,
        var=var,
        database_url=database or f"sqlite:///{var / 'conversations.db'}",
        counts_url=env.get("FINGERPOST_COUNTS_URL") or database or f"sqlite:///{var / 'counts.db'}",
        redis_url=env.get("FINGERPOST_REDIS_URL") or None,
        model=Path(env.get("FINGERPOST_MODEL") or ROOT / "models"),
        allow_as_of=env.get("FINGERPOST_ALLOW_AS_OF") == "1",
        given_url=(env.get("FINGERPOST_BASE_URL") or "").rstrip("/"),
        rest_token=env.get("FINGERPOST_REST_TOKEN") or "",
        host_pages=_origins(env.get("FINGERPOST_HOST_PAGES")),
        messages_per_minute=whole_number("FINGERPOST_MESSAGES_PER_MINUTE", env, 120),
    )
