"""How the server of this folder's tests is set, and how long they wait for its pages.

A module of its own: pytest loads `conftest` under another name than a test that imports it does, and what
is worked out once would be worked out twice.
"""

from __future__ import annotations

from functools import lru_cache

from tests.conversations.server import free_port

# How long a page takes says how busy the machine is.
PATIENCE_MS = 20_000


@lru_cache(maxsize=1)
def environment() -> dict[str, str]:
    """Return the settings of the server: a test is faster than hands, and one has a page of its own."""
    return {
        "FINGERPOST_MESSAGES_PER_MINUTE": "6000",
        "FINGERPOST_HOST_PAGES": f"http://127.0.0.1:{free_port()}",
    }
