"""Why something was not done: for a person, with what was kept and what to do."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "not_found", "not_allowed", "purged", "wrong_state", "no_field", "not_allowed_value", "identity",
    "no_consent", "unsigned", "missing", "at_odds", "not_referable", "unchecked", "by_hand", "hindered",
    "no_reason", "not_an_agreement", "no_entry", "changed_meanwhile", "no_key", "full", "unavailable",
]  # fmt: skip


class DeskError(Exception):
    """Nothing was changed. ``what`` happened, what was ``kept``, what to ``do``; ``code`` for programs.

    ``str()`` is the three in a row. None of them repeats anything about a patient.
    """

    def __init__(
        self, code: Code, what: str, kept: str = "The referral is as it was.", do: str = ""
    ) -> None:
        super().__init__(" ".join(part for part in (what, kept, do) if part))
        self.code: Code = code
        self.what = what
        self.kept = kept
        self.do = do
