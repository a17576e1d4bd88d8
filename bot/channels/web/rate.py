"""How often somebody may ask: more than hands can, less than a script run wild."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field

# How many people's tallies are held; the one that asked longest ago goes first.
TALLIES = 10_000


@dataclass
class Rate:
    """A bucket of tokens for each who asks: `per_minute` flow in, and at most as many lie there."""

    per_minute: int
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, who: str, now: float) -> int:
        """Take a token; return 0, or the whole seconds until there is one. `now`: seconds, of any clock."""
        left, since = self._buckets.pop(who, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - since) * self.per_minute / 60)
        allowed = left >= 1
        self._buckets[who] = (left - 1 if allowed else left, now)
        while len(self._buckets) > TALLIES:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / self.per_minute)
