"""One referral as the page of its consultation shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.web.referrals.access import Asker
from bot.web.referrals.facts import Switches, switches
from referrals import desk
from referrals.consent import ConsentWords
from referrals.desk import Blocker, DeskError, Preview, Room, View
from referrals.desk.papers import document_input
from referrals.documents import DocumentKind, kinds_for
from referrals.lifecycle import STATE_WORDS
from referrals.model import Field, Referral, State
from referrals.rendering.pdf import PdfError

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
            found = switches(referral, service, route, given)
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
