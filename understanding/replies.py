"""What is asked and answered in one breath ("any depression? no", "bipolar - no. EUPD - yes").

Whoever writes down a review puts the question and the reply side by side; the reply decides.
"""

from __future__ import annotations

from typing import Literal

from understanding.surface import Surface
from understanding.word_sets import words

Reply = Literal["absent", "present"]

_NO = words("no nope nah none nil never denies denied negative not nowt nothing neither")
_GOOD = words("fine ok okay sound sorted good")
_YES = words(
    "yes yep yeah yup definitely certainly absolutely positive sometimes bit little some mild"
)
# "Depressed? No idea": no reply.
_NO_REPLY = words("idea doubt wonder change better clue sure known yet more longer way")
_PAUSES = words(". , ; ! ) - \n : but and")
# Who may follow a short reply: "no he has one", "no, she says".
_SUBJECTS = words("he she they patient has is does says it 's we not just only")
# Between what is asked and the question mark: "any depression at all?".
_BETWEEN = 3


def reply_to(surface: Surface, last: int) -> tuple[Reply, str] | None:
    """Return how the question that ends after word ``last`` is answered, and the answering word."""
    at = _mark(surface, last)
    if at is None or at + 1 >= len(surface.words):
        return None
    question = surface.words[at].norm == "?"
    reply = at + 2 if surface.words[at + 1].norm in ("a", "the") else at + 1
    word = _norm(surface, reply)
    after = _norm(surface, reply + 1)
    closed = after in _PAUSES or after == ""
    if word in _NO and after not in _NO_REPLY and (closed or (question and after in _SUBJECTS)):
        return "absent", word
    if question and word in _GOOD and closed:
        return "absent", word
    if word in _YES and (closed or question):
        return "present", word
    return None


def _mark(surface: Surface, last: int) -> int | None:
    """Return where the question mark or the dash stands to which a reply belongs."""
    for at in range(last + 1, min(len(surface.words), last + 2 + _BETWEEN)):
        norm = surface.words[at].norm
        if norm == "?":
            while _norm(surface, at + 1) == "?":
                at += 1
            tied = _norm(surface, at + 1) and surface.words[at + 1].start == surface.words[at].end
            return None if tied else at
        if norm in ("-", "--", ":") and at == last + 1:
            return at
        if norm in _PAUSES:
            return None
    return None


def _norm(surface: Surface, i: int) -> str:
    return surface.words[i].norm if i < len(surface.words) else ""
