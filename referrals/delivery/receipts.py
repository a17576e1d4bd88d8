"""What a receiver calls what it got: kept only where it is a plain word, so that nothing else comes in."""

from __future__ import annotations

import re
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9._:/-]{1,80}")


def receipt(value: Any) -> str:
    """Return ``value`` if it is a short word of letters, digits and ``._:/-``, else the empty text."""
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if _WORD.fullmatch(text) else ""
