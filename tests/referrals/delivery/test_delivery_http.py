"""A real receiver over HTTP: what leaves, and what each kind of answer, or none, is taken for."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import delivery_cases as cases
import pytest
from loopback_certificates import authority
from loopback_receivers import http_receiver

from referrals.delivery import fhir_endpoint, http_post, time_limit, web_api
from referrals.delivery.channels import CHANNELS
from referrals.delivery.http_post import Answer
from referrals.delivery.model import Arrived, Never, NotYet
from referrals.delivery.settings import DeliverySettings


def packed(address: str, channel: str = "web_api") -> object:
    return CHANNELS[channel].pack(cases.outgoing(address, channel), cases.settings())


def send(address: str, channel: str = "web_api", using: DeliverySettings | None = None) -> object:
    parcel = CHANNELS[channel].pack(cases.outgoing(address, channel), cases.settings())
    return CHANNELS[channel].send(parcel, using or cases.settings(), "a-token")


def test_a_web_service_gets_its_own_form_and_nothing_else() -> None:
    with http_receiver() as it:
        assert send(it.url) == Arrived("case-1")
    [(key, body)] = it.kept.items()
    sent = json.loads(body)
    assert sent["form"] == dict(cases.FORM)
    assert set(sent) == {
        "kind", "reference", "service_id", "sent_by", "written_at", "training", "form", "report_url",
    }  # fmt: skip
    [headers] = it.headers
    assert headers["Idempotency-Key"] == key
    assert headers["Authorization"] == "Bearer a-token"
    assert cases.NAME not in str(headers) and "999" not in str(headers)


def test_a_fhir_endpoint_gets_the_bundle() -> None:
    with http_receiver() as it:
        assert send(it.url, "fhir") == Arrived("")
    [body] = it.kept.values()
    assert json.loads(body) == cases.BUNDLE
    assert it.headers[0]["Content-Type"].startswith("application/fhir+json")


@pytest.mark.parametrize(
    ("how", "kind", "words"),
    [
        ("500", NotYet, "in trouble (500)"),
        ("503", NotYet, "in trouble (503)"),
        ("409", NotYet, "left alone"),
        ("429", NotYet, "left alone"),
        ("400", Never, "refused"),
        ("401", Never, "token"),
        ("404", Never, "refused"),
        ("422", Never, "refused"),
        ("redirect", Never, "points elsewhere (307)"),
        ("hang", NotYet, "did not answer in time"),
        ("reset_before", NotYet, "broke the connection off"),
        ("reset_after", NotYet, "may have the referral all the same"),
        ("half", NotYet, "broke the connection off"),
        ("huge", NotYet, "too great a length"),
        ("page", NotYet, "another page answered"),
        ("other", NotYet, "another page answered"),
    ],
)
@pytest.mark.parametrize("channel", ["web_api", "fhir"])
def test_whatever_else_is_answered_is_no_receipt(
    how: str, kind: type, words: str, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_post, "READ_SECONDS", 0.3)
    with http_receiver() as it:
        it.behave = lambda number: how
        outcome = send(it.url, channel)
    assert isinstance(outcome, kind)
    assert words in outcome.why
    assert it.paths == ["POST /in"], "nothing follows a redirect"


def test_how_long_a_receiver_asks_to_be_left_alone_is_heard() -> None:
    with http_receiver() as it:
        it.behave = lambda number: "later"
        assert send(it.url) == NotYet(http_post.BUSY.format(status=429), 5000.0)


def test_a_receiver_that_holds_on_for_ever_is_given_up() -> None:
    with http_receiver() as it:
        it.behave = lambda number: "drip"
        slow = NotYet("too slow")
        assert time_limit.within(0.4, lambda: send(it.url), slow) == slow


def test_nobody_listens() -> None:
    with http_receiver() as it:
        address = it.url
    assert send(address) == NotYet(http_post.NO_CONNECTION)


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("https://receiver.example.invalid/in", True),
        ("http://127.0.0.1:8000/in", True),
        ("http://[::1]:8000/in", True),
        ("http://localhost/in", True),
        ("http://receiver.example.invalid/in", False),
        ("http://127.0.0.1.example.invalid/in", False),
        ("https://user:word@receiver.example.invalid/in", False),
        ("ftp://receiver.example.invalid/in", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://receiver.example.invalid:port/", False),
        ("", False),
    ],
)
def test_where_anything_may_be_posted(address: str, usable: bool) -> None:
    assert http_post.usable(address) is usable
    if not usable:
        assert send(address) == Never(http_post.NOT_HTTPS)


@pytest.mark.parametrize(("host", "days"), [("localhost", 2), ("elsewhere", 2), ("localhost", -1)])
def test_only_a_certificate_that_holds_is_spoken_to(tmp_path: Path, host: str, days: int) -> None:
    ours = authority(tmp_path)
    with http_receiver(ours.server(host, days)) as it:
        outcome = send(it.url, using=cases.settings(ours.file))
        assert send(it.url) == NotYet(http_post.CERTIFICATE), "an authority nobody named"
    good = host == "localhost" and days > 0
    assert outcome == (Arrived("case-1") if good else NotYet(http_post.CERTIFICATE))
    assert len(it.kept) == int(good)


def test_the_environment_cannot_send_it_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with http_receiver() as it, http_receiver() as other:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, other.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert send(it.url) == Arrived("case-1")
    assert not other.paths


def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with http_receiver() as it:
        send(it.url)
        it.behave = lambda number: "500"
        send(it.url)
    assert "a-token" not in caplog.text and cases.NAME not in caplog.text
    parcel = packed("https://receiver.example.invalid/in")
    assert cases.NAME not in repr(parcel) + repr(cases.outgoing("x"))


TAKEN = {"response": {"status": "201 Created"}}
NOT_TAKEN = {"response": {"status": "422 Unprocessable Entity"}}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (
            {"resourceType": "Bundle", "type": "transaction-response", "entry": [TAKEN] * 2},
            Arrived(),
        ),
        (
            {"resourceType": "Bundle", "type": "transaction-response", "entry": [TAKEN, NOT_TAKEN]},
            Never(fhir_endpoint.NOT_WHOLE),
        ),
        (
            {"resourceType": "Bundle", "type": "transaction-response", "entry": [TAKEN]},
            Never(fhir_endpoint.NOT_WHOLE),
        ),
        (
            {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]},
            Never(fhir_endpoint.REFUSED),
        ),
        (
            {"resourceType": "OperationOutcome", "issue": [{"severity": "information"}]},
            NotYet(fhir_endpoint.NO_RECEIPT),
        ),
        (
            {"resourceType": "Bundle", "type": "searchset", "entry": []},
            NotYet(fhir_endpoint.NO_RECEIPT),
        ),
        ({"resourceType": "Bundle", "entry": None}, NotYet(fhir_endpoint.NO_RECEIPT)),
        ([1, 2], NotYet(fhir_endpoint.NO_RECEIPT)),
        (None, NotYet(fhir_endpoint.NO_RECEIPT)),
    ],
)
def test_a_server_that_refuses_inside_of_a_success(said: object, outcome: object) -> None:
    assert fhir_endpoint.read_answer(Answer(200, {}, json.dumps(said).encode()), 2) == outcome


@pytest.mark.parametrize("said", ['{"reference": ["FP"]}', "[" * 100_000, "\x00", '"FP-ABCDEFGH"'])
def test_a_receipt_that_is_none(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Answer(200, {}, said.encode())
    monkeypatch.setattr(web_api, "post", lambda *rest: answer)
    assert send("https://receiver.example.invalid/in") == NotYet(web_api.NO_RECEIPT)
