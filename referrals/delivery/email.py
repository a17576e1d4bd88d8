"""A referral by e-mail: over verified TLS to an approved domain, nothing of the patient outside the document.

The Message-ID follows from the referral alone, so that a mail that comes twice is recognised as one. SMTP has
no key that a server must honour: where the connection breaks between the last byte and the server's answer,
the same mail may arrive twice (docs/delivery.md, *What remains*).
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from referrals.delivery.idempotency import key_of, message_id
from referrals.delivery.model import Arrived, Never, NotYet, Outcome, Outgoing, Parcel
from referrals.delivery.settings import DeliverySettings, MailServer

SECONDS = 20.0

NO_SERVER = "No mail server is set in delivery.yml, so nothing was sent."
NO_TLS = (
    "The mail server offers no encryption, so nothing was sent. Set one that does in delivery.yml."
)
CERTIFICATE = (
    "The mail server's certificate cannot be trusted, so nothing was sent. Check the server's name in "
    "delivery.yml; for an authority of your own, set ca_file."
)
NOT_LET_IN = "The mail server does not take our user name and password; check them in delivery.yml."
NO_CONNECTION = "The mail server cannot be reached; nothing was sent."
BROKEN_OFF = "The mail server broke the connection off. It may have the e-mail all the same."
LATER = "The mail server asks to try again later ({code})."
REFUSED = "The mail server refused the e-mail ({code}). Check the receiver's address; send it another way."

_REFERRAL = """\
A referral is attached. It is meant for the team that takes referrals at this address, and for nobody else.

Reference: {reference}
From: {practice} ({ods_code})
Please write back to: {reply_address}
{link}
If this is not for you, please delete it and tell the practice.
"""
_LINK = """
Tell the practice what became of it (received, accepted, declined), without signing in:
{link}
"""
_TEST = """\
This is a test. It concerns no patient.

{practice} ({ods_code}) would like to send referrals to this address.
Please confirm that they should come here:
{link}

Until somebody has confirmed it, no referral is sent here. If you do not know what this is about, do nothing,
or write to {reply_address}.
"""


def pack(outgoing: Outgoing, settings: DeliverySettings) -> Parcel:
    """Return the whole e-mail that hands ``outgoing`` over. Raises ``ValueError`` without a mail server."""
    if settings.mail is None:
        raise ValueError(NO_SERVER)
    key = key_of(outgoing.reference, outgoing.number)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(outgoing.sender.name, addr_spec=settings.mail.sender)
    message["To"] = Address(addr_spec=outgoing.address)
    message["Reply-To"] = Address(addr_spec=outgoing.sender.reply_address)
    message["Subject"] = _subject(outgoing)
    message["Date"] = outgoing.written_at
    message["Message-ID"] = message_id(key, settings.mail.sender)
    # Asks out-of-office robots not to answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(outgoing), cte="quoted-printable")
    for attachment in outgoing.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=attachment.file_name
        )
    return Parcel("email", outgoing.address, key, outgoing.reference, message.as_bytes())


def _subject(outgoing: Outgoing) -> str:
    if outgoing.kind == "test":
        return "Please confirm this address for referrals (a test, no patient)"
    return f"{'TRAINING, invented patient: ' if outgoing.training else ''}Referral {outgoing.reference}"


def _text(outgoing: Outgoing) -> str:
    link = outgoing.link
    if outgoing.kind == "referral" and link:
        link = _LINK.format(link=link)
    return (_TEST if outgoing.kind == "test" else _REFERRAL).format(
        reference=outgoing.reference,
        practice=outgoing.sender.name,
        ods_code=outgoing.sender.ods_code,
        reply_address=outgoing.sender.reply_address,
        link=link,
    )


def approved(address: str, domains: frozenset[str]) -> bool:
    """Say whether ``address`` is one plain address in one of ``domains``. A subdomain is another domain."""
    local, at, domain = address.rpartition("@")
    plain = address.isascii() and not any(c.isspace() or c in '<>,;:"()[]\\@' for c in local)
    return bool(local and at and plain) and domain.lower() in domains


def send(parcel: Parcel, settings: DeliverySettings, token: str) -> Outcome:
    """Hand the e-mail to the practice's mail server. ``token`` is not used: the server has its own."""
    if settings.mail is None:
        return Never(NO_SERVER)
    if not approved(parcel.address, settings.approved_domains):
        return Never(not_approved(parcel.address))
    try:
        return _send(parcel, settings, settings.mail)
    except ssl.SSLCertVerificationError:
        return NotYet(CERTIFICATE)
    except smtplib.SMTPNotSupportedError:
        return NotYet(NO_TLS)
    except smtplib.SMTPAuthenticationError:
        return NotYet(NOT_LET_IN)
    except smtplib.SMTPConnectError:
        return NotYet(NO_CONNECTION)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(next(iter(error.recipients.values()), (550, b""))[0])
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code)
    except (smtplib.SMTPException, ssl.SSLError):
        return NotYet(BROKEN_OFF)
    except ConnectionResetError:
        return NotYet(BROKEN_OFF)
    except OSError:
        return NotYet(NO_CONNECTION)


def not_approved(address: str) -> str:
    """Say that the domain of ``address`` is not on the list."""
    domain = address.rpartition("@")[2]
    return (
        f"{domain} is not among approved_domains in delivery.yml, so nothing is sent there. Whoever answers "
        "for information governance can add it."
    )


def _send(parcel: Parcel, settings: DeliverySettings, mail: MailServer) -> Outcome:
    context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security != "tls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.sendmail(mail.sender, [parcel.address], parcel.body)
        # It has the e-mail; how it takes leave changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()
    return Arrived()


def _refused(code: int) -> Outcome:
    if 400 <= code < 500:
        return NotYet(LATER.format(code=code))
    return Never(REFUSED.format(code=code))
