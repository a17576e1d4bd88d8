"""What the page of one consultation shows: its referrals, the patient, what was done or went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.web.referrals.access import Asker
from bot.web.referrals.facts import Switches, switches
from bot.web.referrals.forms import Sent
from bot.web.referrals.identity_form import IdentityForm
from referrals import desk
from referrals.consent import ConsentWords
from referrals.desk import Blocker, DeskError, Preview, Room, View
from referrals.desk.papers import document_input
from referrals.documents import DocumentKind, kinds_for
from referrals.lifecycle import BEFORE_SENDING, STATE_WORDS
from referrals.model import Field, Referral, State
from referrals.rendering.pdf import PdfError

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
    "nothing": "There was nothing left to do.",
}
OPEN: tuple[State, ...] = ("draft", "consented", "ready")


@dataclass(frozen=True)
class Card:
    """One referral on the page.

    ``fields`` are those to fill in, ``named`` the labels of those that name the patient. ``missing`` counts
    what the receiver requires and is empty. ``by_product``: the assistant delivers it, else whoever refers.
    """

    view: View
    words: ConsentWords | None
    switches: Switches
    fields: tuple[Field, ...]
    named: tuple[str, ...]
    documents: tuple[DocumentKind, ...]
    repeats: tuple[Referral, ...]
    by_product: bool
    preview: Preview | None = None

    @property
    def referral(self) -> Referral:
        """The referral itself."""
        return self.view.referral

    @property
    def id(self) -> str:
        """Its reference."""
        return self.referral.reference

    @property
    def open(self) -> bool:
        """Whether it can still be changed."""
        return self.referral.state in OPEN and self.referral.queued_at is None

    @property
    def editable(self) -> bool:
        """Whether this reader may change it now."""
        return self.open and "draft" in self.view.may and not self.referral.purged

    @property
    def asks_consent(self) -> bool:
        """Whether the patient has to be asked, by this reader, now."""
        return (
            self.editable
            and not self.view.carried
            and self.view.consent is None
            and "consent" in self.view.may
        )

    @property
    def missing(self) -> int:
        """How many required fields are empty, besides those that name the patient."""
        return sum(1 for f in self.fields if f.required and f.missing)

    @property
    def in_the_way(self) -> tuple[Blocker, ...]:
        """What else has to be done before it is sent, besides what the reader's own buttons do next."""
        own = {"no_consent"} if self.asks_consent else set()
        own |= {"unsigned"} if self.reader_signs else set()
        return tuple(one for one in self.view.blockers if one.code not in own)

    @property
    def state_words(self) -> str:
        """Its state in plain words."""
        if self.referral.queued_at is not None:
            return "on its way, not there yet"
        return STATE_WORDS[self.referral.state]

    @property
    def reader_signs(self) -> bool:
        """Whether the reader may sign it."""
        return "sign" in self.view.may

    @property
    def can_go(self) -> bool:
        """Whether the reader can take it on from here: agreed or carried, and not gone."""
        agreed = self.view.consent is not None and not self.view.carried
        waits = self.referral.state in ("consented", "ready", "failed")
        return agreed and waits and "send" in self.view.may and self.referral.queued_at is None

    @property
    def can_mark(self) -> bool:
        """Whether the reader can say that it went by hand."""
        ready = self.referral.state in ("ready", "failed")
        given = self.view.carried and self.referral.state in OPEN
        free = self.referral.queued_at is None
        return "send" in self.view.may and free and (ready or given)


@dataclass(frozen=True)
class Trouble:
    """What was not done: ``what`` happened, what was ``kept``, what to ``do``, ``at`` which element's id."""

    what: str
    kept: str = ""
    do: str = ""
    at: str = ""


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


def card(room: Room, asker: Asker, now: datetime, reference: str, show: bool = False) -> Card:
    """Return one referral as the page shows it. Raises ``DeskError``."""
    view = desk.view(room, asker.actor, now, reference)
    referral, service, route = view.referral, view.service, view.route
    reads = "see_conditions" in view.may and service is not None and not referral.purged
    documents: tuple[DocumentKind, ...] = ()
    found = Switches()
    if reads and service is not None and route is not None:
        given = document_input(referral, service, room.practice, now.date(), view.consents)
        documents = kinds_for(given)
        if referral.state in OPEN:
            found = switches(referral, service, route)
    return Card(
        view=view,
        words=desk.words_for(room, asker.actor, now, reference) if service else None,
        switches=found,
        fields=tuple(f for f in referral.fields if not f.identifier),
        named=tuple(f.label for f in referral.fields if f.identifier),
        documents=documents,
        repeats=desk.repeats(room, asker.actor, now, reference),
        by_product=bool(route and route.delivery and route.delivery.channel != "by_hand"),
        preview=_preview(room, asker, now, reference) if show and reads else None,
    )


def _preview(room: Room, asker: Asker, now: datetime, reference: str) -> Preview:
    try:
        return desk.preview(room, asker.actor, now, reference)
    except DeskError as error:
        return Preview("", (str(error),))
    except PdfError:
        return Preview("", ("The paper that would go with it could not be made.",))
