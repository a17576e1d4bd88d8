"""When a delivery is tried again, and when it is given up. Pure: the time and the chance are handed in."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = 30.0
LONGEST_WAIT = 3600.0
# A receiver may ask to be left alone for longer than we would wait by ourselves, but not for days.
LONGEST_ASKED = 6 * 3600.0
# Counted from the first try: what lay in a machine that was off has not been tried yet.
GIVE_UP_AFTER = timedelta(hours=24)
LEAST_ATTEMPTS = 5


def wait_after(attempts: int, chance: float, asked: float | None = None) -> timedelta:
    """Return how long to wait after the ``attempts``-th failure (from 1).

    Twice as long each time up to an hour, of which ``chance`` (0 to 1) leaves between half and the whole, so
    that many do not come back at once. ``asked``: the seconds that the receiver asked for; never less.
    """
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts - 1, 30))
    wait = longest * (0.5 + 0.5 * chance)
    if asked is not None:
        wait = max(wait, min(asked, LONGEST_ASKED))
    return timedelta(seconds=wait)


def given_up(attempts: int, first_tried_at: datetime, now: datetime) -> bool:
    """Say whether it has been tried for long enough."""
    return attempts >= LEAST_ATTEMPTS and now - first_tried_at >= GIVE_UP_AFTER
