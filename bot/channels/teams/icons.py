"""The app's two icons, drawn here: a post with two fingers that point different ways.

PNG is written by hand (a few lines), so that no picture has to be kept and no library is needed for two.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Colour = tuple[int, int, int, int]

GREEN: Colour = (0x00, 0x5E, 0x4D, 255)
WHITE: Colour = (255, 255, 255, 255)
CLEAR: Colour = (255, 255, 255, 0)
# Each pixel is looked at in so many places each way, which makes the edges smooth.
FINE = 4


def colour_icon() -> bytes:
    """Return the 192-pixel icon, white on green without transparency at its edge."""
    return _png(192, lambda x, y: _mix(GREEN, WHITE, _cover(x, y, 192, _sign)))


def outline_icon() -> bytes:
    """Return the 32-pixel icon: white lines, and nothing else, on a transparent ground."""
    return _png(32, lambda x, y: (255, 255, 255, round(255 * _cover(x, y, 32, _lines))))


def _sign(x: float, y: float) -> bool:
    """Say whether the place (0 to 1 each way) is on the post or on a finger."""
    return _post(x, y) or _right(x, y) or _left(x, y)


def _lines(x: float, y: float) -> bool:
    """The same as outlines: what is on the sign, with its inside left out."""
    edge = 0.055
    near = ((x + a * edge, y + b * edge) for a in (-1, 0, 1) for b in (-1, 0, 1))
    return _sign(x, y) and not all(_sign(*place) for place in near)


def _post(x: float, y: float) -> bool:
    return 0.45 <= x <= 0.55 and 0.14 <= y <= 0.88


def _finger(x: float, y: float, top: float) -> bool:
    """A board that ends in a point on the right."""
    middle, half = top + 0.095, 0.095
    return top <= y <= top + 2 * half and 0.26 <= x <= 0.82 - abs(y - middle) * 0.9


def _right(x: float, y: float) -> bool:
    return _finger(x, y, 0.2)


def _left(x: float, y: float) -> bool:
    return _finger(1 - x, y, 0.46)


def _cover(x: int, y: int, size: int, shape: Callable[[float, float], bool]) -> float:
    """Return how much of a pixel the shape covers, 0 to 1."""
    places = [(n + 0.5) / FINE for n in range(FINE)]
    hits = sum(shape((x + a) / size, (y + b) / size) for a in places for b in places)
    return hits / FINE**2


def _mix(below: Colour, above: Colour, share: float) -> Colour:
    red, green, blue, alpha = (
        round(b + (a - b) * share) for b, a in zip(below, above, strict=True)
    )
    return red, green, blue, alpha


def _png(size: int, pixel: Callable[[int, int], Colour]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(size)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
