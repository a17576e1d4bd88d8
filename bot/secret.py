"""The server's own secret: what stored ids are hashed with, and cookies are signed with."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def sender_key(path: Path) -> bytes:
    """Return FINGERPOST_SENDER_KEY, or what the file at `path` holds, made if absent."""
    given = os.environ.get("FINGERPOST_SENDER_KEY")
    if given:
        return given.encode()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole before it has its name: another process on the folder must not read half of it.
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with open(fresh, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()
