"""What the page of one consultation shows: its referrals, the patient, what was done or went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.web.referrals.access import Asker
from bot.web.referrals.card import Card, card
from bot.web.referrals.forms import Sent
from bot.web.referrals.identity_form import IdentityForm
from bot.web.referrals.trouble import Trouble
from referrals import desk
from referrals.desk import Room
from referrals.lifecycle import BEFORE_SENDING

# What a button did, by the word that the address brings back.
DONE = {
    "saved": "Saved.",
    "identity": "Who the patient is was kept, sealed, for every referral of this consultation.",
    "forgotten": "What named the patient was deleted.",
    "corrected": "The referrals were filled anew with what the record says.",
    "refilled": "Filled anew from the consultation. What you typed stayed.",
    "ask_again": "More would leave than the patient agreed to: ask again.",
    "agreed": "Recorded: agreed, by you, now.",
    "signed": "Signed.",
    "ready": "Ready.",
    "queued": "On its way. It says “sent” once it has arrived.",
    "dry_run": "Dry run: nothing was sent. What would have left stands below.",
    "sent_by_hand": "Recorded: it was sent by hand.",
    "checked": "Recorded: you checked with the service.",
    "unconsented": "Recorded: the patient no longer agrees. The referral was stopped.",
    "withdrawn": "Withdrawn.",
    "tell_service": "The service has it already: ask them to delete it.",
    "hidden": "Nobody was here for some time, so what named the patient was taken off this page.",
    "nothing": "There was nothing left to do.",
}


@dataclass(frozen=True)
class Panel:
    """The page. ``typed`` is what was sent, where the page shows it again; ``done`` what a button did."""

    consultation_id: str
    asker: Asker
    cards: tuple[Card, ...]
    identity: IdentityForm
    identity_held: bool
    odds: tuple[str, ...]
    training: bool
    once: str
    typed: Sent = field(default_factory=Sent)
    done: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def may_identify(self) -> bool:
        """Whether the reader types who the patient is."""
        return any("identify" in card.view.may and not card.referral.purged for card in self.cards)

    @property
    def may_reveal(self) -> bool:
        """Whether the reader may see who the patient is."""
        return any("reveal_name" in card.view.may for card in self.cards)

    @property
    def sees_conditions(self) -> bool:
        """Whether the reader may read what ails the patient."""
        return any("see_conditions" in card.view.may for card in self.cards)

    @property
    def by_hand_only(self) -> bool:
        """Whether the product delivers none of them."""
        return not any(card.by_product for card in self.cards)

    @property
    def asks_consent(self) -> bool:
        """Whether the patient has to be asked about any of them."""
        return any(card.asks_consent for card in self.cards)

    @property
    def editable(self) -> bool:
        """Whether the reader may change any of them."""
        return any(card.editable for card in self.cards)

    @property
    def reader_signs(self) -> bool:
        """Whether the reader may sign any of those that the patient is asked about."""
        return any(card.asks_consent and card.reader_signs for card in self.cards)

    @property
    def may_send(self) -> bool:
        """Whether the reader may send."""
        return any("send" in card.view.may for card in self.cards)

    @property
    def headline(self) -> str:
        """In one sentence what has left."""
        gone = [card for card in self.cards if card.referral.state not in BEFORE_SENDING]
        waiting = [card for card in self.cards if card.referral.queued_at is not None]
        if not gone and not waiting:
            return "Nothing has been sent."
        told = [f"{card.view.service_name}: {card.state_words}" for card in (*gone, *waiting)]
        rest = len(self.cards) - len({card.id for card in (*gone, *waiting)})
        return f"{'; '.join(told)}." + (f" Not sent: {rest}." if rest else "")


def build(
    room: Room,
    asker: Asker,
    now: datetime,
    consultation_id: str,
    once: str,
    show: str = "",
    identity: IdentityForm | None = None,
    typed: Sent | None = None,
    done: Sequence[str] = (),
    troubles: Sequence[Trouble] = (),
) -> Panel:
    """Return the page. ``show``: the reference whose preview stands open. Raises ``DeskError``."""
    references = desk.of_consultation(room, asker.actor, now, consultation_id)
    cards = tuple(card(room, asker, now, reference, show == reference) for reference in references)
    held = any(card.view.identity_held for card in cards)
    odds = dict.fromkeys(
        blocker.says
        for card in cards
        for blocker in card.view.blockers
        if blocker.code == "at_odds"
    )
    return Panel(
        consultation_id,
        asker,
        cards,
        identity or IdentityForm(),
        held,
        tuple(odds),
        room.practice.training_mode,
        once,
        typed or Sent(),
        tuple(DONE[word] for word in done if word in DONE),
        tuple(troubles),
    )
