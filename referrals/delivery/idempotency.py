"""What makes two deliveries of one referral one: a key, the same for every attempt."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

# Fixed for ever: with another one, a retry after an upgrade would be a new delivery to the receiver.
NAMESPACE = UUID("7d8f8f0a-52f6-5d0c-9f0e-6f3a4f0c6b11")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def key_of(name: str, number: int = 1) -> str:
    """Return the key of the ``number``-th delivery of what is called ``name``, as a UUID in text.

    ``name`` is a referral's reference, which says nothing of the patient; nor does the key.
    """
    return str(uuid5(NAMESPACE, f"{name}#{number}"))


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of the e-mail with ``key`` from the address ``sender``.

    Raises ``ValueError`` where ``sender`` is no address.
    """
    local, at, domain = sender.rpartition("@")
    if not (local and at and _DOMAIN.fullmatch(domain)):
        raise ValueError("the sender's address has no domain")
    return f"<{key}@{domain.lower()}>"
