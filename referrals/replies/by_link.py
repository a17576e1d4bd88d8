"""What a receiver sees and does behind a link: two small pages.

One has buttons for what became of a referral, the other a button that confirms an address.

``look`` only reads. ``press`` is for a POST alone: a mail scanner that opens links changes nothing. Neither
page says anything about a patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from referrals.delivery import addresses
from referrals.lifecycle import STATE_WORDS
from referrals.model import State
from referrals.records.engine import reading, writing
from referrals.records.tables import REFERRAL
from referrals.replies import links, reports
from referrals.replies.links import LinkError
from referrals.sealing import Sealer

CONFIRM = "confirm"
CONFIRM_BUTTON = "Yes, referrals should come here"
CONFIRMED = "Thank you. The practice can send referrals to this address now."
CONFIRM_TEXT = (
    "A practice would like to send referrals for {service} to {address}. If this is the right address for "
    "them, please confirm. If you do not know what this is about, close this page: nothing will be sent."
)
REPORT_TEXT = "Referral {reference}: {state}. Please tell the practice what became of it."


@dataclass(frozen=True)
class Button:
    """``value`` goes back in the form field ``to``; ``needs_reason``: with the field ``reason``."""

    value: str
    label: str
    needs_reason: bool = False


@dataclass(frozen=True)
class Page:
    """What stands behind a link. ``reasons`` are offered where a button needs one."""

    text: str
    buttons: tuple[Button, ...]
    reasons: tuple[str, ...] = ()


def look(engine: Any, word: str, now: datetime, service_name: str = "") -> Page:
    """Return the page behind the link's ``word``. Raises ``LinkError``. Changes nothing.

    ``service_name``: how the service is called, where the caller knows; else its id stands there.
    """
    with reading(engine) as connection:
        link = links.open_link(connection, word, now)
        if link.purpose == "confirm_address":
            named = service_name or link.service_id
            text = CONFIRM_TEXT.format(service=named, address=link.address)
            return Page(text, (Button(CONFIRM, CONFIRM_BUTTON),))
        state = _state(connection, link)
    buttons = tuple(
        Button(to, reports.BUTTONS[to], to == "declined") for to in reports.open_to(state)
    )
    text = REPORT_TEXT.format(reference=link.reference, state=STATE_WORDS[state])
    return Page(text, buttons, reports.REASONS)


def service_of(engine: Any, word: str, now: datetime) -> str:
    """Return the service's id that the link is about. Raises ``LinkError``."""
    with reading(engine) as connection:
        return links.open_link(connection, word, now).service_id


def press(engine: Any, sealer: Sealer, word: str, button: str, reason: str, now: datetime) -> str:
    """Do what the pressed ``button`` says, and return the words to show.

    Raises ``LinkError``, and ``reports.CannotReport`` where nothing was changed.
    """
    with writing(engine) as connection:
        link = links.open_link(connection, word, now)
        if link.purpose == "confirm_address":
            if button != CONFIRM:
                raise reports.CannotReport(reports.NOT_NOW)
            addresses.confirm(connection, link, now)
            return CONFIRMED
        _state(connection, link)
        reference = str(link.reference)
        new = reports.report(connection, sealer, reference, button, reason, now)
    return reports.DONE if new else reports.NOTED_BEFORE


def _state(connection: Any, link: links.Link) -> State:
    query = sa.select(REFERRAL.c.state).where(REFERRAL.c.reference == link.reference)
    state: State | None = connection.execute(query).scalar_one_or_none()
    if state is None or state in ("withdrawn", "failed"):
        raise LinkError("closed", links.CLOSED)
    return state
