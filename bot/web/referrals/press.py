"""One press of a button on the page of a consultation: what it has done so far, and saving what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.web.referrals.access import Asker
from bot.web.referrals.facts import facts_of
from bot.web.referrals.forms import Sent
from bot.web.referrals.identity_form import identity_in
from bot.web.referrals.trouble import Trouble
from referrals import desk
from referrals.desk import Room, View


class Stopped(Exception):
    """A button that is not done; ``trouble`` is what a person is told."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.what)
        self.trouble = trouble


@dataclass
class Press:
    """One press of a button.

    ``words`` says what it has done so far, ``at`` which referral it is about, ``show`` whose preview to open.
    """

    room: Room
    asker: Asker
    now: datetime
    references: tuple[str, ...]
    sent: Sent
    words: dict[str, None] = field(default_factory=dict)
    show: str = ""
    at: str = ""

    @property
    def done(self) -> tuple[str, ...]:
        """What it has done, as words of ``panel.DONE``."""
        return tuple(self.words)

    def did(self, word: str) -> None:
        """Note a word of ``panel.DONE``."""
        self.words[word] = None

    @property
    def perhaps_another(self) -> bool:
        """Whether who the patient is, as it is held now, contradicts the case of any of the referrals."""
        views = (self.view(reference) for reference in self.references)
        return any(blocker.code == "at_odds" for view in views for blocker in view.blockers)

    def view(self, reference: str) -> View:
        """Return a referral as it stands now."""
        return desk.view(self.room, self.asker.actor, self.now, reference)

    def save(self) -> None:
        """Keep what was typed: who the patient is, the fields of each form, the switches."""
        training = self.room.practice.training_mode
        identity = identity_in(self.sent, self.now.date(), training)
        if identity is not None:
            desk.set_identity(self.room, self.asker.actor, self.now, self.references[0], identity)
            self.did("identity")
        for reference in self.references:
            self.at = reference
            for name, value in self.sent.beginning(f"f:{reference}:"):
                if value.strip() != self.sent.text(f"w:{reference}:{name}").strip():
                    self.changed(
                        desk.edit_field(
                            self.room, self.asker.actor, self.now, reference, name, value
                        )
                    )
            self._switch(reference)
        self.at = ""

    def _switch(self, reference: str) -> None:
        if f"facts:{reference}" not in self.sent:
            return
        groups = {name: self.sent.all(f"{name}:{reference}") for name in ("sure", "on", "may")}
        wanted = {f"{name}={one}" for name, ids in groups.items() for one in ids}
        if wanted == set(self.sent.text(f"facts:{reference}").split()):
            return
        changed = desk.choose_facts(
            self.room,
            self.asker.actor,
            self.now,
            reference,
            included=facts_of(groups["on"]),
            confirmed=facts_of(groups["sure"]),
            agreed=frozenset(groups["may"]),
        )
        self.changed(changed)

    def changed(self, changed: desk.Changed) -> None:
        """Note that something was saved, and whether the patient has to be asked again."""
        self.did("saved")
        if changed.ask_again:
            self.did("ask_again")
