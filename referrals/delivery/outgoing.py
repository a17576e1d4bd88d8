"""A referral as it goes out: the receiver's own form filled in, and the papers made from the same page.

Only fields of the form leave, with how the patient is to be spoken to and reached, which every form carries.
"""

from __future__ import annotations

from datetime import datetime

from referrals import documents
from referrals.artefacts.frame import REACHING
from referrals.artefacts.identified import VALUES
from referrals.delivery.model import Attachment, Outgoing, Sender
from referrals.identity import Identity
from referrals.page import DocumentInput, page_for
from services_directory.model import Delivery
from services_directory.practice import PracticeSettings


def sender_of(practice: PracticeSettings) -> Sender:
    """Return the practice as receivers see it."""
    return Sender(practice.name, practice.ods_code, practice.reply_address.strip())


def outgoing_of(
    given: DocumentInput,
    identity: Identity,
    delivery: Delivery,
    now: datetime,
    number: int = 1,
    link: str = "",
) -> Outgoing:
    """Return what goes out for one referral by ``delivery``.

    Each channel gets one form of it: the PDF by e-mail, the Bundle (with that PDF) to a FHIR endpoint, the
    fields to a web service. Raises ``rendering.pdf.PdfError``.
    """
    attachments: tuple[Attachment, ...] = ()
    if delivery.channel == "email":
        made = documents.attached(given, identity)
        attachments = (Attachment(made.file_name, made.media_type, made.content),)
    return Outgoing(
        kind="referral",
        reference=given.reference,
        service_id=given.service.id,
        channel=delivery.channel,
        address=delivery.address,
        sender=sender_of(given.practice),
        written_at=now,
        number=number,
        form=form_values(given, identity),
        attachments=attachments,
        bundle=documents.bundle_of(given, identity) if delivery.channel == "fhir" else None,
        link=link,
        training=given.practice.training_mode,
    )


def form_values(given: DocumentInput, identity: Identity) -> tuple[tuple[str, str], ...]:
    """Return the filled fields of the receiver's form as (name, value), then how the patient is reached."""
    found = []
    for field in page_for(given.kind, given).fields:
        value = field.value
        if field.identifier and not value and field.name in VALUES:
            value = VALUES[field.name](identity)
        found.append((field.name, value))
    named = {name for name, _ in found}
    found += [(e.name, VALUES[e.name](identity)) for e in REACHING if e.name not in named]
    return tuple((name, value) for name, value in found if value)
