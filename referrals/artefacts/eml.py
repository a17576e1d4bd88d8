"""A draft of an e-mail with the document attached, for the sender's own secure mail program.

No header, subject or file name names the patient: the reference is all that they carry. ``X-Unsent: 1``
makes mail programs open it as a draft.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from referrals.page import DocumentInput
from referrals.service_words import name_of

_BODY = """\
Dear colleague,

Please find attached a referral to {service}, reference {reference}.
{reply}
Please quote the reference, not the patient's name, when you answer by e-mail.

{practice}
"""


def eml(given: DocumentInput, pdf: bytes, file_name: str) -> bytes:
    """Return the draft as an RFC 5322 message with CRLF line ends, ``pdf`` attached as ``file_name``.

    It is addressed as the route says; it has no day and no id, which the sender's program gives it.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = f"Referral {given.reference}"
    if given.route.email:
        message["To"] = Address(addr_spec=given.route.email)
    sender = given.practice.reply_address.strip()
    if "@" in sender and " " not in sender:
        message["From"] = Address(addr_spec=sender)
    answer = f"Please reply to {sender}." if sender else ""
    message.set_content(
        _BODY.format(
            service=name_of(given.service),
            reference=given.reference,
            reply=answer,
            practice=given.practice.name,
        )
    )
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=file_name)
    return message.as_bytes()
