"""`status of FP-…` over the real server: a script's channel, the page's, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.test_web_channel import Tab
from tests.conversations.server import Server, start

pytestmark = pytest.mark.model
OPENING = "48F warehouse packer in Ashton, off sick 6 wks w low back pain"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(Path(tmp_path_factory.mktemp("status")))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def test_in_a_scripts_channel_by_role(server: Server) -> None:
    server.say("s1", OPENING, role="gp")
    answer = server.say("s1", "refer to Access to Work", role="gp")
    draft = next(e["custom"] for e in answer if e["custom"]["type"] == "referral_draft")
    reference = draft["referral_id"]
    for asked in (f"status of {reference}", "has the referral gone?"):
        [entry] = server.say("s1", asked, role="gp")
        status = entry["custom"]
        assert (status["type"], status["referral_id"]) == ("referral_status", reference)
        assert status["state"] == "draft" and status["history"][0]["state"] == "draft"
        assert entry["text"] == status["text"] and "Next: " in status["text"]
    # Somebody else may ask by its reference, if their role may see; without a role nobody may.
    [entry] = server.say("s2", f"what happened to {reference}?", role="reception")
    assert entry["custom"]["type"] == "referral_status"
    [entry] = server.say("s3", f"status of {reference}")
    assert entry["custom"]["code"] == "referral_not_allowed"
    [entry] = server.say("s2", "status of FP-00000000", role="gp")
    assert entry["custom"]["code"] == "referral_not_found"
    # The consultation goes on where it was.
    assert server.say("s1", "summary", role="gp")[0]["custom"]["topic"] == "summary"


def test_on_the_page_for_whoever_is_signed_in(server: Server) -> None:
    tab = Tab(server.url).begin()
    tab.say(OPENING)
    messages = tab.say("refer to Access to Work").json()["messages"]
    reference = next(m["referral_id"] for m in messages if m["type"] == "referral_draft")
    [status] = tab.say("where is my referral?").json()["messages"]
    assert (status["type"], status["referral_id"]) == ("referral_status", reference)
    assert status["url"] == f"/referrals/{reference}"
    # Another consultation of the same person: their own, and said to be not this patient's.
    other = Tab(server.url, tab.browser).begin()
    first, *told = other.say("status of my referrals").json()["messages"]
    assert "None was prepared in this consultation" in first["text"]
    assert reference in [m.get("referral_id") for m in told]
