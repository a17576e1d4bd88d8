"""Each kind of route from the draft to its end: desk, outbox, worker, a real receiver, and its report."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import delivery_cases as cases
import desk_cases as desks
import pytest
import sqlalchemy as sa
from desk_cases import GP, NOW, ZEBRA, ready
from fhir.resources.bundle import Bundle
from loopback_certificates import authority
from loopback_receivers import http_receiver, mail_receiver
from pypdf import PdfReader
from referral_cases import PRACTICE, route, service

from bot.delivering import start_delivering
from referrals import audit, desk
from referrals.delivery import addresses
from referrals.delivery.address_tests import addresses_of, send_test
from referrals.delivery.outgoing import sender_of
from referrals.delivery.sending import LINK_TO_COME, SENDING_OFF, TRAINING, Sending
from referrals.delivery.settings import DeliverySettings
from referrals.delivery.worker import Worker, utc_now
from referrals.desk import DeskError, Room
from referrals.records import engine as opened
from referrals.records.engine import reading, records, writing
from referrals.replies import by_link, following_up, links, tasks
from referrals.sealing import sealer
from services_directory.model import Delivery, Service

US = "https://us.example.invalid"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    monkeypatch.delenv("FINGERPOST_REFERRALS_URL", raising=False)
    opened._up_to_date.cache_clear()
    yield
    opened._up_to_date.cache_clear()


def entry(delivery: Delivery) -> Service:
    return service(route(form=desks.WIDE_FORM, delivery=delivery), id="test-service")


def a_room(of: Service, settings: DeliverySettings) -> Room:
    return Room({of.id: of}, PRACTICE, Sending(lambda: settings))


def worker(settings: DeliverySettings) -> Worker:
    return Worker(records(), sealer(), lambda: settings, lambda: LATER)


def confirmed(delivery: Delivery, settings: DeliverySettings) -> None:
    """Test the address for real; the receiver's answer is pressed from the message that came."""
    with writing(records()) as connection:
        addresses.test(
            connection,
            sealer(),
            settings,
            sender_of(PRACTICE),
            "test-service",
            delivery,
            "keeper",
            NOW,
        )
    assert worker(settings).run_all() == 1


def press(text: str, button: str, reason: str = "") -> str:
    """Follow the link in ``text`` and press the button behind it."""
    word = text.split(US + links.PATH)[1][:43]
    return by_link.press(records(), sealer(), word, button, reason, LATER)


def see_through(
    room: Room, settings: DeliverySettings, test: str, message: Callable[[], str]
) -> str:
    """Confirm the address, send a referral, have it reported on; return its reference."""
    assert press(test, by_link.CONFIRM) == by_link.CONFIRMED
    reference = ready(room, room.services["test-service"]).reference
    before = desk.preview(room, GP, NOW, reference)
    assert before.hindrances == () and LINK_TO_COME in before.shown
    assert desk.send(room, GP, NOW, reference).queued
    with pytest.raises(DeskError, match="on its way"):
        desk.send(room, GP, NOW, reference)
    assert worker(settings).run_all() == 1
    assert desk.view(room, GP, NOW, reference).referral.state == "sent"
    for button in ("received", "accepted", "attached", "completed"):
        press(message(), button)
    view = desk.view(room, GP, NOW, reference)
    assert [step.to_state for step in view.history] == [
        "draft", "consented", "ready", "sent", "received", "accepted", "attached", "completed",
    ]  # fmt: skip
    with reading(records()) as connection:
        assert audit.verify(connection).whole
    return reference


def settings(**more: Any) -> DeliverySettings:
    return cases.settings(base_url=US, **more)


def test_by_email(tmp_path: Path) -> None:
    ours = authority(tmp_path)
    with mail_receiver(ours.server()) as it:
        use = settings(ca_file=ours.file, mail=cases.mail(it.port))
        delivery = Delivery("email", cases.RECEIVER)
        confirmed(delivery, use)
        [test] = it.messages.values()

        def text(content: bytes) -> str:
            message: Any = message_from_bytes(content, policy=default)
            return str(message.get_body(("plain",)).get_content())

        reference = see_through(
            a_room(entry(delivery), use),
            use,
            text(test),
            lambda: text(list(it.messages.values())[1]),
        )
        message: Any = message_from_bytes(list(it.messages.values())[1], policy=default)
    [attached] = message.iter_attachments()
    assert attached.get_filename().startswith(reference)
    paper = "".join(p.extract_text() for p in PdfReader(BytesIO(attached.get_content())).pages)
    assert "Test Zebra" in paper
    assert "999 000 0018" not in paper, "this form does not ask for it"
    outside = str(message.items()) + text(message.as_bytes()) + str(attached.items())
    for word in ("Zebra", "9990000018", "999 000 0018", "ZZ1", "zebra@", "Urdu"):
        assert word not in outside
    assert all(b"Zebra" not in content for content in [test])


def test_to_a_web_service() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("web_api", it.url)
        confirmed(delivery, use)
        [test] = it.kept.values()
        assert json.loads(test)["form"] == {}
        see_through(
            a_room(entry(delivery), use),
            use,
            test.decode(),
            lambda: list(it.kept.values())[1].decode(),
        )
        sent = json.loads(list(it.kept.values())[1])
    assert sent["form"]["full_name"] == ZEBRA.name
    declared = {f.name for f in desks.WIDE_FORM}
    assert set(sent["form"]) <= declared | {"language", "communication_need", "safe_contact"}
    assert ZEBRA.nhs_number not in json.dumps(sent), "this form does not ask for it"


def test_to_a_fhir_endpoint() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("fhir", it.url)
        confirmed(delivery, use)
        [test] = it.kept.values()
        assert Bundle.parse_raw(test).meta.security[0].code == "HTEST"
        room = a_room(entry(delivery), use)
        assert press(test.decode(), by_link.CONFIRM) == by_link.CONFIRMED
        reference = ready(room, room.services["test-service"]).reference
        desk.send(room, GP, NOW, reference)
        worker(use).run_all()
        sent = Bundle.parse_raw(list(it.kept.values())[1])
    assert desk.view(room, GP, NOW, reference).referral.state == "sent"
    kinds = {e.resource.resource_type for e in sent.entry}
    assert {
        "ServiceRequest",
        "Patient",
        "Consent",
        "QuestionnaireResponse",
        "DocumentReference",
    } <= kinds
    assert {e.request.method for e in sent.entry} == {"PUT"}


def test_by_hand_nothing_is_sent() -> None:
    room = a_room(desks.BY_HAND, settings())
    reference = ready(room, desks.BY_HAND).reference
    assert "You send it yourself" in desk.preview(room, GP, NOW, reference).shown
    with pytest.raises(DeskError) as refused:
        desk.send(room, GP, NOW, reference)
    assert refused.value.code == "by_hand"
    assert worker(settings()).run_all() == 0
    assert desk.mark_sent_by_hand(room, GP, NOW, reference).state == "sent"


def test_a_dry_run_is_the_default_and_the_state_says_so() -> None:
    with http_receiver() as it:
        of = entry(Delivery("web_api", it.url))
        room = a_room(of, DeliverySettings())
        reference = ready(room, of).reference
        sent = desk.send(room, GP, NOW, reference)
        worker(settings()).run_all()
    assert not sent.queued and sent.referral.state == "ready" and not it.paths
    assert "Dry run: nothing was sent." in sent.shown and ZEBRA.name in sent.shown
    assert SENDING_OFF in sent.hindrances


def test_an_address_that_nobody_confirmed_gets_nothing() -> None:
    with http_receiver() as it:
        use = settings()
        of = entry(Delivery("web_api", it.url))
        room = a_room(of, use)
        reference = ready(room, of).reference
        with pytest.raises(DeskError, match="has not been tested"):
            desk.send(room, GP, NOW, reference)
        confirmed(Delivery("web_api", it.url), use)
        with pytest.raises(DeskError, match="has not confirmed this address yet"):
            desk.send(room, GP, NOW, reference)
        [test] = it.kept.values()
        press(test.decode(), by_link.CONFIRM)
        # The entry is changed to another address: that one was not confirmed.
        moved = a_room(entry(Delivery("web_api", it.url + "/other")), use)
        with pytest.raises(DeskError, match="has not been tested"):
            desk.send(moved, GP, NOW, reference)
        assert desk.send(room, GP, NOW, reference).queued


def test_in_training_nothing_leaves_this_machine() -> None:
    of = entry(Delivery("web_api", "https://receiver.example.invalid/in"))
    room = a_room(of, settings())
    reference = ready(room, of).reference
    with pytest.raises(DeskError, match=TRAINING.split(":")[0]):
        desk.send(room, GP, NOW, reference)


def test_settings_that_cannot_be_read_send_nothing(tmp_path: Path) -> None:
    def broken() -> DeliverySettings:
        from referrals.delivery.settings import load

        (tmp_path / "d.yml").write_text("sned: true\n")
        return load(tmp_path / "d.yml")

    with http_receiver() as it:
        of = entry(Delivery("web_api", it.url))
        room = Room({of.id: of}, PRACTICE, Sending(settings))
        reference = ready(room, of).reference
        with pytest.raises(DeskError, match="did you mean 'send'"):
            desk.send(replace(room, outbox=Sending(broken)), GP, NOW, reference)


def test_failed_then_sent_again_then_declined() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("web_api", it.url)
        room = a_room(entry(delivery), use)
        confirmed(delivery, use)
        press(next(iter(it.kept.values())).decode(), by_link.CONFIRM)
        reference = ready(room, entry(delivery)).reference
        it.behave = lambda number: "422"
        desk.send(room, GP, NOW, reference)
        worker(use).run_all()
        view = desk.view(room, GP, NOW, reference)
        assert view.referral.state == "failed" and "refused" in view.history[-1].reason
        with reading(records()) as connection:
            assert [t.kind for t in tasks.open_tasks(connection, GP.practice)] == ["failed"]
        it.behave = lambda number: "ok"
        desk.send(room, GP, NOW, reference)
        worker(use).run_all()
        press(list(it.kept.values())[1].decode(), "declined", "we are full")
    with reading(records()) as connection:
        kinds = [t.kind for t in tasks.open_tasks(connection, GP.practice)]
    assert kinds == ["declined"], "what was to be done about the failure is done"


def test_withdrawn_before_the_worker_comes() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("web_api", it.url)
        room = a_room(entry(delivery), use)
        confirmed(delivery, use)
        press(next(iter(it.kept.values())).decode(), by_link.CONFIRM)
        reference = ready(room, entry(delivery)).reference
        desk.send(room, GP, NOW, reference)
        desk.withdraw_consent(room, GP, NOW, reference)
        assert worker(use).run_all() == 0
        assert len(it.kept) == 1, "the test message alone"


def test_after_purging_no_parcel_and_no_reason_is_left() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("web_api", it.url)
        room = a_room(entry(delivery), use)
        confirmed(delivery, use)
        press(next(iter(it.kept.values())).decode(), by_link.CONFIRM)
        reference = ready(room, entry(delivery)).reference
        desk.send(room, GP, NOW, reference)
        it.behave = lambda number: "503"
        worker(use).run_all()
        with reading(records()) as connection:
            query = sa.text("select parcel from outbox where reference = :r")
            assert connection.execute(query, {"r": reference}).scalar_one()
            desk_keeper = desks.MAINTAINER
        desk.purge(room, desk_keeper, NOW, reference)
        with reading(records()) as connection:
            row = connection.execute(
                sa.text("select parcel, state from outbox where reference = :r"), {"r": reference}
            ).one()
        assert tuple(row) == (None, "cancelled")


def test_who_may_test_an_address() -> None:
    with http_receiver() as it:
        use = settings()
        delivery = Delivery("web_api", it.url)
        room = a_room(entry(delivery), use)
        for actor in (desks.AUDITOR,):
            with pytest.raises(DeskError) as refused:
                send_test(room, actor, NOW, use, "test-service")
            assert refused.value.code == "not_allowed"
        assert send_test(room, desks.MAINTAINER, NOW, use, "test-service") == (delivery,)
        [one] = addresses_of(room, GP, NOW)
        assert one.delivery == delivery and not one.confirmed
        worker(use).run_all()
        press(next(iter(it.kept.values())).decode(), by_link.CONFIRM)
        assert addresses_of(room, GP, NOW)[0].confirmed
        # Tested once more, it stays confirmed.
        send_test(room, desks.MAINTAINER, LATER, use, "test-service")
        assert addresses_of(room, GP, NOW)[0].confirmed
    for service_id, code in (("nowhere", "no_entry"), ("test-service", "hindered")):
        with pytest.raises(DeskError) as refused:
            send_test(room, GP, NOW, replace(use, base_url=""), service_id)
        assert refused.value.code == code


def test_what_is_to_be_done_and_tried_next() -> None:
    room = a_room(desks.BY_HAND, settings())
    reference = ready(room, desks.BY_HAND).reference
    desk.mark_sent_by_hand(room, GP, NOW, reference)
    assert following_up.note_silence(room, NOW + timedelta(days=13)) == 0
    later = NOW + timedelta(days=14)
    assert following_up.note_silence(room, later) == 1
    [one] = following_up.to_do(room, GP, later)
    assert one.task.kind == "silent" and one.service_name in one.patient_words
    nexts = following_up.next_for(room, GP, later, reference)
    assert nexts and desks.BY_HAND.id not in {n.service_id for n in nexts}
    with pytest.raises(DeskError):
        following_up.next_for(room, desks.RECEPTION, later, reference)
    with pytest.raises(DeskError):
        following_up.done(room, desks.AUDITOR, later, one.task.id)
    with pytest.raises(DeskError):
        following_up.done(room, desks.STRANGER, later, one.task.id)
    following_up.done(room, desks.RECEPTION, later, one.task.id)
    assert not following_up.to_do(room, GP, later)
    desk.purge(room, desks.MAINTAINER, later, reference)
    with pytest.raises(DeskError, match="deleted"):
        following_up.next_for(room, GP, later, reference)


def test_the_server_delivers_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "delivery.yml").write_text("send: true\n")
    monkeypatch.setenv("FINGERPOST_DELIVERY", str(tmp_path / "delivery.yml"))
    with http_receiver() as it:
        delivery = Delivery("web_api", it.url)
        room = a_room(entry(delivery), settings())
        send_test(room, desks.MAINTAINER, utc_now(), settings(), "test-service")
        end = start_delivering()
        until = time.monotonic() + 20
        while not it.kept and time.monotonic() < until:
            time.sleep(0.02)
        end()
    assert len(it.kept) == 1
    assert not [t for t in threading.enumerate() if t.name in ("_deliver", "_notice_silence")]
