"""What is shown while something slow starts: each step as it runs, and how long it took."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.status import Status


class Steps:
    """Steps on the terminal: a spinner where there is one, else a line each. Use with `with`."""

    def __init__(self) -> None:
        # Not to standard output, which `fingerpost chat` fills with the conversation.
        self._console = Console(stderr=True, highlight=False)
        self._status: Status | None = None
        self._step = ""
        self._begun = 0.0

    def report(self, step: str) -> None:
        """End the present step and show the next."""
        self.done()
        self._step, self._begun = step, time.monotonic()
        if self._console.is_terminal:
            self._status = self._console.status(f"{step} …")
            self._status.start()

    def done(self) -> None:
        """End the present step, if there is one."""
        if self._status:
            self._status.stop()
            self._status = None
        if self._step:
            self.say(f"{self._step}: {time.monotonic() - self._begun:.1f} s")
            self._step = ""

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(text, markup=False, soft_wrap=True)

    def __enter__(self) -> Steps:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status:
            self._status.stop()
