"""A limit on how long a delivery may take in all, whatever the receiver does to hold it up.

Time-outs of a socket start anew with every byte; a receiver that sends one now and then would hold a worker
for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T], otherwise: T) -> T:
    """Return what ``call`` returns, or ``otherwise`` where that takes longer than ``seconds``.

    Raises what ``call`` raises. A call that is given up goes on by itself until its socket ends; what comes
    of it is not heard any more.
    """
    returned: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            returned.append(call())
        except BaseException as error:
            raised.append(error)

    # A daemon, so that a receiver cannot keep the process from ending either.
    thread = threading.Thread(target=run, name="delivery", daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    return returned[0] if returned else otherwise
