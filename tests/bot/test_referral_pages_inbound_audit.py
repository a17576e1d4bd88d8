"""Requests for health input and the audit trail, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from referral_site import Site, answering_site, link_to, referral_site, sent, text_of

from referrals.records.engine import records, writing
from referrals.records.tables import AUDIT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with answering_site(tmp_path_factory.mktemp("room")) as running:
        yield running


# --- Asked of us


def test_a_request_is_recorded_agreed_to_and_answered(site: Site) -> None:
    typed = {
        "provider": "Test Employment Provider", "contact": "team@provider.example",
        "patient": "Test Zebra", "asks": "what hours would be right", "by": "2026-12-01",
    }  # fmt: skip
    done = site.gp.press("/referrals/inbound", "", **typed)
    place = done.headers["Location"].partition("?")[0]
    page = site.gp.follow(done)
    assert "Recorded." in text_of(page) and "Zebra" not in done.headers["Location"]
    early = site.gp.press(place, "answer")
    assert early.status_code == 409 and "has not agreed" in text_of(early)
    empty = site.gp.press(place, "agree")
    assert empty.status_code == 409 and "Write the answer first" in text_of(empty)
    assert "May I send them what I have written?" in text_of(page)
    words = "Short shifts at first, no lifting above the waist."
    agreed = site.gp.press(place, "agree", answer=words)
    assert "the patient agreed to this answer" in text_of(site.gp.follow(agreed))
    given = site.gp.press(place, "answer")
    assert given.status_code == 200 and words in given.text
    assert "nothing was sent from here" in text_of(given)
    assert "Nothing is waiting." in text_of(site.gp.get("/referrals/inbound"))


def test_reception_records_a_request_and_reads_none(site: Site) -> None:
    clerk = site.person("desk-d", "reception")
    typed = {"provider": "P", "patient": "Test Yak", "asks": "x"}
    bad = clerk.press("/referrals/inbound", "", **{**typed, "by": "soon"})
    assert bad.status_code == 409 and 'value="Test Yak"' in bad.text
    done = clerk.press("/referrals/inbound", "", **typed)
    assert done.headers["Location"] == "/referrals/inbound"
    assert "Yak" not in clerk.follow(done).text
    page = site.gp.get("/referrals/inbound").text
    reference = page.partition('href="/referrals/inbound/')[2].partition('"')[0]
    assert clerk.get(f"/referrals/inbound/{reference}").status_code == 403
    refused = site.gp.press(f"/referrals/inbound/{reference}", "refuse", reason="not agreed to")
    assert "there will be no answer" in text_of(site.gp.follow(refused))


# --- The trail


def test_the_auditor_reads_and_verifies(site: Site) -> None:
    auditor = site.person("auditor-f", "auditor")
    assert site.gp.get("/referrals/audit").status_code == 403
    page = auditor.get("/referrals/audit")
    assert page.status_code == 200 and "read audit" in text_of(auditor.get("/referrals/audit"))
    verified = auditor.press("/referrals/audit", "")
    assert "The audit trail is whole:" in text_of(verified)
    # Another practice's rows are not theirs to read.
    stranger = site.person("auditor-x", "auditor", "X99999")
    assert "Test Dr-A" not in stranger.get("/referrals/audit").text
    referral = sent(site)
    one = text_of(auditor.get(f"/referrals/{referral.reference}"))
    assert "Who saw or changed it" in one and "back pain" not in one.lower()


def test_damage_is_shown(tmp_path: Path) -> None:
    with referral_site(tmp_path) as site:
        sent(site)
        with writing(records()) as connection:
            connection.exec_driver_sql("DROP TRIGGER audit_no_update")
            connection.execute(AUDIT.update().where(AUDIT.c.number == 2).values(entry="{}"))
        page = site.person("auditor-f", "auditor").press("/referrals/audit", "")
        assert "The audit trail is broken at row 2" in text_of(page)


def test_without_the_database_a_page_says_so(tmp_path: Path) -> None:
    with referral_site(tmp_path) as site:
        referral = sent(site)
        link = site.url + link_to(referral)
        records().dispose()
        (tmp_path / "referrals.db").rename(tmp_path / "away")
        (tmp_path / "referrals.db").mkdir()
        answer = site.gp.get(f"/referrals/{referral.reference}")
        assert answer.status_code == 503
        assert "cannot be reached" in text_of(answer) and "back pain" not in answer.text
        for told in (requests.get(link, timeout=10), requests.post(link, {"to": "x"}, timeout=10)):
            assert told.status_code == 503 and "Please try again" in text_of(told)
        assert requests.post(f"{site.url}/callback/referrals", b"{}", timeout=10).status_code == 503
