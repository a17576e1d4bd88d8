"""After the hand-over, over HTTP: the list, receivers' links and call-backs, requests, the audit trail."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from referral_site import (
    NAMES,
    SECRET,
    Site,
    answering_site,
    cases,
    fields_of,
    link_to,
    now,
    sent,
    text_of,
)

from referrals import desk
from referrals.delivery.sending import Sending
from referrals.model import Referral
from referrals.records.delivery_tables import OUTBOX
from referrals.records.engine import records, writing
from referrals.records.tables import AUDIT, REFERRAL
from referrals.replies import callbacks, links, nudges, tasks
from referrals.replies.links import Link
from services_directory.loading import directory


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with answering_site(tmp_path_factory.mktemp("room")) as running:
        yield running


def state(site: Site, referral: Referral) -> str:
    return desk.view(site.room, site.gp.actor, now(), referral.reference).referral.state


def files(var: Path) -> str:
    """Return a mark of all that the record says."""
    with writing(records()) as connection:
        rows = [
            tuple(row) for table in (REFERRAL, AUDIT) for row in connection.execute(table.select())
        ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


# --- The list


def test_the_list_names_nobody_until_somebody_looks(site: Site) -> None:
    referral = sent(site, named=True)
    page = site.gp.get("/referrals/worklist")
    assert page.status_code == 200 and referral.reference in page.text
    assert not any(name in page.text.lower() for name in NAMES)
    shown = site.gp.press("/referrals/worklist", f"name:{referral.reference}")
    assert "Test Zebra" in shown.text and "zebra" not in shown.url.lower()
    keeper = site.person("auditor-f", "auditor")
    trail = text_of(keeper.get(f"/referrals/audit?about={referral.reference}"))
    assert "reveal name" in trail and "Test Dr-A" in trail
    # An auditor reads the list, and no name.
    assert keeper.get("/referrals/worklist").status_code == 200
    refused = keeper.press("/referrals/worklist", f"name:{referral.reference}")
    assert refused.status_code == 409 and "Test Zebra" not in refused.text


def test_filters(site: Site) -> None:
    other = site.person("dr-b", "gp")
    mine, theirs = sent(site), site.opened(by=other)
    page = site.gp.get("/referrals/worklist?owner=me").text
    assert mine.reference in page and theirs.reference not in page
    page = site.gp.get("/referrals/worklist?state=draft").text
    assert theirs.reference in page and mine.reference not in page
    page = site.gp.get("/referrals/worklist?silent=1&state=nonsense&owner=x").text
    assert mine.reference not in page


def test_given_to_a_colleague_by_name(site: Site) -> None:
    referral = sent(site)
    nurse = site.person("nurse-b", "nurse")
    assert nurse.get("/referrals/worklist").status_code == 200
    done = site.gp.press(
        "/referrals/worklist",
        f"owner:{referral.reference}",
        also={f"owner:{referral.reference}": nurse.actor.id},
    )
    page = site.gp.follow(done)
    assert "Reassigned." in text_of(page) and "Test Nurse-B" in text_of(page)
    assert referral.reference in nurse.get("/referrals/worklist?owner=me").text


def test_reception_follows_up_without_a_word_on_health(site: Site) -> None:
    referral = sent(site)
    clerk = site.person("desk-d", "reception")
    for path in ("/referrals/worklist", f"/referrals/{referral.reference}"):
        page = clerk.get(path)
        assert page.status_code == 200 and "back pain" not in page.text.lower()
    done = clerk.press(f"/referrals/{referral.reference}", "report", to="received")
    assert "Noted." in text_of(clerk.follow(done))
    assert state(site, referral) == "received"


def test_declined_makes_a_task_with_words_and_the_next_service(site: Site) -> None:
    referral = sent(site)
    place = f"/referrals/{referral.reference}"
    refused = site.gp.press(place, "report", to="declined")
    assert refused.status_code == 409 and "Say why the service declined." in text_of(refused)
    site.gp.press(place, "report", to="declined", reason="we are full")
    assert "we are full" in text_of(site.gp.get(place))
    page = site.gp.get("/referrals/worklist")
    assert "Tell the patient, and try the next service." in text_of(page)
    assert "They cannot do this now. It is not your fault." in page.text
    # The next services are the shipped directory's.
    site.room = replace(site.room, services={**site.room.services, **directory().services})
    try:
        page = site.gp.get(place).text
        offered = [rest.partition('"')[0] for rest in page.split('value="next:')[1:]]
        answers = {name: site.gp.press(place, f"next:{name}") for name in offered}
        made = {name: answer for name, answer in answers.items() if answer.status_code == 303}
        assert made, offered
        for name, answer in made.items():
            # Of the same consultation, so nobody types the name again.
            assert referral.consultation_id in answer.headers["Location"]
            assert directory().services[name].name in text_of(site.gp.follow(answer))
    finally:
        site.room = cases.a_room()
    with writing(records()) as connection:
        task = tasks.open_tasks(connection, cases.ODS, referral.reference)[0]
    done = site.gp.press("/referrals/worklist", f"task:{task.id}")
    assert "Noted as done." in text_of(site.gp.follow(done))
    with writing(records()) as connection:
        assert tasks.open_tasks(connection, cases.ODS, referral.reference) == ()


def test_one_of_several_is_purged(site: Site) -> None:
    first = site.opened(cases.LETTER)
    actor = site.gp.actor
    desk.withdraw(site.room, actor, now(), first.reference)
    second = site.opened(cases.BY_HAND, consultation_id=first.consultation_id)
    desk.set_identity(site.room, actor, now(), second.reference, cases.ZEBRA)
    desk.purge(site.room, site.person("keeper-e", "maintainer").actor, now(), first.reference)
    place = f"/referrals/consultation/{first.consultation_id}"
    page = site.gp.get(place)
    assert "What it said of the patient has been deleted." in text_of(page)
    assert page.text.index(second.reference) < page.text.index(first.reference)
    assert "Test Zebra" in site.gp.press(place, "show-identity").text
    done = site.gp.press(place, "save", also={f"f:{second.reference}:tried": "x"})
    assert done.status_code == 303
    assert "deleted" in text_of(site.gp.get(f"/referrals/{first.reference}"))


def test_what_came_back_is_no_longer_sent(site: Site) -> None:
    referral = sent(site)
    place = f"/referrals/{referral.reference}"
    assert "it came back" in text_of(site.gp.get(place))
    site.gp.press(place, "report", to="failed", more="the e-mail bounced")
    words = text_of(site.gp.get(place))
    assert "could not be delivered" in words and "the e-mail bounced" in words
    with writing(records()) as connection:
        (task,) = tasks.open_tasks(connection, cases.ODS, referral.reference)
    assert task.kind == "failed"
    # A receiver's own link can say no such thing.
    other = sent(site)
    assert (
        requests.post(site.url + link_to(other), data={"to": "failed"}, timeout=30).status_code
        == 409
    )
    assert state(site, other) == "sent"


def test_why_it_still_waits_stands_on_its_pages(site: Site) -> None:
    referral = site.opened(cases.BY_EMAIL)
    why = "The mail server does not answer."
    row = {
        "id": "1" * 32, "reference": referral.reference, "service_id": referral.service_id,
        "channel": "email", "address": "team@service.example", "key": "a key", "state": "waiting",
        "made_at": now(), "due_at": now() + timedelta(days=1), "attempts": 1, "problem": why, "receipt": "",
    }  # fmt: skip
    pages = (
        f"/referrals/{referral.reference}",
        f"/referrals/consultation/{referral.consultation_id}",
    )
    site.room = replace(site.room, outbox=Sending())
    try:
        assert all(why not in text_of(site.gp.get(page)) for page in pages)
        with writing(records()) as connection:
            connection.execute(OUTBOX.insert().values(**row))
        assert all(why in text_of(site.gp.get(page)) for page in pages)
        with writing(records()) as connection:
            connection.execute(OUTBOX.update().values(state="delivered"))
        assert all(why not in text_of(site.gp.get(page)) for page in pages)
    finally:
        site.room = cases.a_room()


def test_silence_becomes_a_task(site: Site) -> None:
    referral = sent(site)
    with writing(records()) as connection:
        nudges.note(connection, site.room.services, now() + timedelta(days=20))
    page = site.gp.get(f"/referrals/{referral.reference}")
    assert "Nothing was heard." in text_of(page)


def test_withdrawing_what_has_left_says_to_tell_them(site: Site) -> None:
    referral = sent(site)
    done = site.gp.press(f"/referrals/{referral.reference}", "withdraw")
    assert "The service has it already: ask them to delete it." in text_of(site.gp.follow(done))


# --- Receivers


def test_looking_at_a_link_changes_nothing(site: Site) -> None:
    referral = sent(site, named=True)
    path = link_to(referral)
    before = files(site.var)
    for method in ("GET", "HEAD", "GET"):
        answer = requests.request(method, site.url + path, timeout=10)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert files(site.var) == before and state(site, referral) == "sent"
    page = requests.get(site.url + path, timeout=10)
    for word in (*NAMES, "back pain", "low back"):
        assert word not in page.text.lower()
    assert "We accept it" in page.text and "We decline it" in page.text


def test_a_receiver_reports_by_button(site: Site) -> None:
    referral = sent(site)
    url = site.url + link_to(referral)
    answer = requests.post(url, data={"to": "accepted"}, headers={"Origin": site.url}, timeout=10)
    assert answer.status_code == 200 and "Thank you. It is noted" in text_of(answer)
    assert state(site, referral) == "accepted"
    again = requests.post(url, data={"to": "accepted"}, timeout=10)
    assert "This was noted already." in text_of(again)
    assert "accepted" in text_of(site.gp.get("/referrals/worklist"))
    no_reason = requests.post(url, data={"to": "declined"}, timeout=10)
    assert no_reason.status_code == 409 and "say why you decline" in text_of(no_reason)
    done = requests.post(
        url, data={"to": "declined", "reason": "we are full", "more": "until May"}, timeout=10
    )
    assert done.status_code == 200
    history = text_of(site.gp.get(f"/referrals/{referral.reference}"))
    assert "we are full; until May" in history and "by the service" in history
    # Its purpose has ended, and so has the link.
    assert requests.get(url, timeout=10).status_code == 410


def test_links_that_lead_nowhere(site: Site) -> None:
    referral = sent(site)
    for path, status in (
        ("/r/" + "x" * 43, 404),
        ("/r/short", 404),
        (link_to(referral, days=-1), 410),
    ):
        assert requests.get(site.url + path, timeout=10).status_code == status
        told = requests.post(site.url + path, data={"to": "accepted"}, timeout=10)
        assert told.status_code == status
    assert requests.post(site.url + link_to(referral), json={}, timeout=10).status_code == 400
    assert state(site, referral) == "sent"


def test_an_address_is_confirmed_by_its_button(site: Site) -> None:
    from referrals.delivery import addresses
    from referrals.records.delivery_tables import DELIVERY_ADDRESS
    from services_directory.model import Delivery

    to = Delivery("email", "team@service.example")
    with writing(records()) as connection:
        connection.execute(
            DELIVERY_ADDRESS.insert().values(
                service_id="by-email", channel=to.channel, address=to.address, tested_at=now(),
                tested_by="x",
            )
        )  # fmt: skip
        link = Link(
            "confirm_address", None, "by-email", to.channel, to.address, now() + timedelta(days=1)
        )
        url = site.url + links.PATH + links.give_out(connection, link, now())
    assert "Is this the right address?" in text_of(requests.get(url, timeout=10))
    with writing(records()) as connection:
        assert addresses.not_confirmed(connection, "by-email", to)
    fields = fields_of(requests.get(url, timeout=10).text)
    assert requests.post(url, data=fields, timeout=10).status_code == 200
    with writing(records()) as connection:
        assert not addresses.not_confirmed(connection, "by-email", to)


def test_a_signed_call_back(site: Site) -> None:
    referral = sent(site, of=cases.BY_EMAIL, named=True)
    body = json.dumps({"reference": referral.reference, "state": "received"}).encode()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": f"m-{referral.reference}",
        "webhook-timestamp": stamp,
        "webhook-signature": callbacks.signature(SECRET, f"m-{referral.reference}", stamp, body),
    }
    url = f"{site.url}/callback/referrals"
    forged = requests.post(
        url, data=body, headers={**headers, "webhook-signature": "v1,x"}, timeout=9
    )
    assert forged.status_code == 401 and state(site, referral) == "sent"
    answer = requests.post(url, data=body, headers=headers, timeout=9)
    assert answer.status_code == 200 and answer.json()["recorded"] is True
    assert state(site, referral) == "received"
    assert requests.post(url, data=body, headers=headers, timeout=9).status_code == 409
    assert requests.get(url, timeout=9).status_code == 405
