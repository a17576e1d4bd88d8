"""A real mail server: what leaves over TLS, where nothing leaves, and what an e-mail says outside."""

from __future__ import annotations

import ssl
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
from loopback_certificates import Authority, authority
from loopback_receivers import mail_receiver

from referrals.delivery import email
from referrals.delivery.idempotency import key_of, message_id
from referrals.delivery.model import Arrived, Attachment, Never, NotYet
from referrals.delivery.settings import DeliverySettings


@pytest.fixture
def ours(tmp_path: Path) -> Authority:
    return authority(tmp_path)


def send(using: DeliverySettings, address: str = cases.RECEIVER, **more: Any) -> object:
    parcel = email.pack(cases.outgoing(address, "email", **more), using)
    return email.send(parcel, using, "")


def using(ours: Authority, port: int, **more: Any) -> DeliverySettings:
    return cases.settings(ours.file, mail=cases.mail(port, **more))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_arrives_encrypted(ours: Authority, security: str) -> None:
    context = ours.server()
    with mail_receiver(**{"starttls" if security == "starttls" else "implicit": context}) as it:
        assert send(using(ours, it.port, security=security)) == Arrived()
    assert it.envelopes == [("referrals@practice.example.invalid", [cases.RECEIVER])]


def test_nothing_outside_of_the_document_names_the_patient(ours: Authority) -> None:
    document = Attachment("FP-ABCDEFGH-letter.pdf", "application/pdf", cases.NAME.encode())
    with mail_receiver(ours.server()) as it:
        send(using(ours, it.port), attachments=(document,))
    [content] = it.messages.values()
    message = message_from_bytes(content, policy=default)
    assert message["Subject"] == "TRAINING, invented patient: Referral FP-ABCDEFGH"
    assert message["To"] == cases.RECEIVER
    assert message["Reply-To"] == cases.SENDER.reply_address
    text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "/r/word" in text
    [attached] = message.iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_filename() == "FP-ABCDEFGH-letter.pdf"
    assert attached.get_content() == cases.NAME.encode()
    outside = str(message.items()) + text + str(attached.items())
    assert not any(word in outside for word in (*cases.NAME.split(), cases.NUMBER, "packing"))


def test_the_same_referral_is_the_same_message(ours: Authority) -> None:
    with mail_receiver(ours.server()) as it:
        for _ in range(2):
            assert send(using(ours, it.port)) == Arrived()
        assert send(using(ours, it.port), number=2) == Arrived()
    first = message_id(key_of("FP-ABCDEFGH"), "x@practice.example.invalid")
    assert it.came == {
        first: 2,
        message_id(key_of("FP-ABCDEFGH", 2), "x@practice.example.invalid"): 1,
    }


def test_a_server_without_encryption_receives_nothing(ours: Authority) -> None:
    with mail_receiver() as it:
        assert send(using(ours, it.port)) == NotYet(email.NO_TLS)
        assert send(using(ours, it.port, security="tls")) == NotYet(email.BROKEN_OFF)
    assert not it.messages and not it.envelopes


@pytest.mark.parametrize(("host", "days"), [("elsewhere", 2), ("localhost", -1)])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_does_not_hold_receives_nothing(
    ours: Authority, host: str, days: int, security: str
) -> None:
    context = ours.server(host, days)
    with mail_receiver(**{"starttls" if security == "starttls" else "implicit": context}) as it:
        assert send(using(ours, it.port, security=security)) == NotYet(email.CERTIFICATE)
    assert not it.messages


def test_an_authority_that_nobody_named_is_not_trusted(ours: Authority) -> None:
    with mail_receiver(ours.server()) as it:
        outcome = send(replace(using(ours, it.port), ca_file=None))
    assert outcome == NotYet(email.CERTIFICATE) and not it.messages


def test_old_encryption_is_none(ours: Authority, tmp_path: Path) -> None:
    old = ours.server()
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with mail_receiver(old) as it:
        assert isinstance(send(using(ours, it.port)), NotYet)
    assert not it.messages


@pytest.mark.parametrize(
    "address",
    [
        "team@elsewhere.example.invalid",
        "team@sub.receiver.example.invalid",
        "team@receiver.example.invalid.evil.invalid",
        "receiver.example.invalid",
        "a@b@receiver.example.invalid",
        "team@receiver.example.invalid, other@elsewhere.example.invalid",
        '"team\\r\\nBcc: x"@receiver.example.invalid',
        "<team@receiver.example.invalid>",
        "",
    ],
)
def test_only_an_approved_domain_is_written_to(ours: Authority, address: str) -> None:
    assert not email.approved(address, cases.DOMAINS)
    with mail_receiver(ours.server()) as it:
        settings = using(ours, it.port)
        parcel = email.pack(cases.outgoing(cases.RECEIVER, "email"), settings)
        outcome = email.send(replace(parcel, address=address), settings, "")
    assert isinstance(outcome, Never) and "approved_domains" in outcome.why
    assert not it.messages


def test_the_password_is_given_over_tls_alone(ours: Authority) -> None:
    with mail_receiver(ours.server(), password="right") as it:
        assert send(using(ours, it.port, user="u", password="wrong")) == NotYet(email.NOT_LET_IN)
        assert send(using(ours, it.port, user="u", password="right")) == Arrived()
    assert len(it.messages) == 1
    assert "right" not in repr(using(ours, 1, user="u", password="right"))


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("451 later", NotYet(email.LATER.format(code=451))),
        ("550 no such box", Never(email.REFUSED.format(code=550))),
    ],
)
def test_what_the_server_says_no_to(ours: Authority, told: str, outcome: object) -> None:
    with mail_receiver(ours.server()) as it:
        it.behave = lambda number: told
        assert send(using(ours, it.port)) == outcome


def test_broken_off_after_the_last_byte_may_be_there_all_the_same(ours: Authority) -> None:
    with mail_receiver(ours.server()) as it:
        it.drop_after_taking = True
        assert send(using(ours, it.port)) == NotYet(email.BROKEN_OFF)
        it.drop_after_taking = False
        assert send(using(ours, it.port)) == Arrived()
    # The residual risk of docs/delivery.md: two copies, one Message-ID.
    assert list(it.came.values()) == [2] and it.duplicates == 1


def test_nobody_listens_for_mail(ours: Authority) -> None:
    with mail_receiver(ours.server()) as it:
        settings = using(ours, it.port)
    assert send(settings) == NotYet(email.NO_CONNECTION)


def test_a_test_message_says_that_it_concerns_nobody(ours: Authority) -> None:
    with mail_receiver(ours.server()) as it:
        send(using(ours, it.port), kind="test", attachments=(), form=())
    [content] = it.messages.values()
    message = message_from_bytes(content, policy=default)
    text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "concerns no patient" in text and "/r/word" in text
    assert not list(message.iter_attachments())  # type: ignore[attr-defined]
    assert cases.NAME.encode() not in content
