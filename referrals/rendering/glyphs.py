"""Which letters the font of the PDFs has, and what stands for one that it lacks.

DejaVu Sans has Latin with all its accents (Żółć, Nguyễn, Şahin), Greek, Cyrillic, Arabic and Hebrew, among
others. It has no Chinese, Japanese, Korean, Bengali, Punjabi or other Indian script: a letter of those
shows as a square, and the document then says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "DejaVuSansCondensed.ttf"
BOLD = FONTS / "DejaVuSansCondensed-Bold.ttf"
STAND_IN = "\N{WHITE SQUARE}"
LACKING = (
    f"Where {STAND_IN} stands, this paper's letters do not have what was typed. "
    "Look at the screen or the record."
)
# Marks that turn text round or hide, and would let a page read otherwise than it was typed.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


@lru_cache(maxsize=1)
def shown() -> frozenset[int]:
    """Return the code points that both weights of the font have."""
    held = [frozenset(TTFont(path, lazy=True).getBestCmap()) for path in (REGULAR, BOLD)]
    return held[0] & held[1]


def printable(text: str) -> str:
    """Return ``text`` as the font can show it, composed (NFC), with ``STAND_IN`` for what it lacks."""
    composed = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return "".join(_letter(letter) for letter in composed)


def _letter(letter: str) -> str:
    if letter in "\n\t\r" or unicodedata.category(letter) in ("Cc", "Zl", "Zp"):
        return " "
    return letter if ord(letter) in shown() else STAND_IN
