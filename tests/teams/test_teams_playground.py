"""A whole consultation in Microsoft's own client, pressed and read as a person does, in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.widget import launch
from tests.teams.playground import OPENING, Client, running_playground

pytestmark = [pytest.mark.system, pytest.mark.model]


def test_a_consultation_from_the_welcome_to_a_referral_draft(tmp_path: Path) -> None:
    with running_playground(tmp_path) as (url, server), sync_playwright() as playwright:
        browser = launch(playwright)
        client = Client.opened(browser, url)
        client.see("Your organisation keeps what is typed here")
        client.say(OPENING)
        client.see("What does the patient want about work?")
        client.press("Stay in work")
        client.see("✓ Stay in work")
        client.see("Say more of the patient")
        client.press("Sources")
        refer = client.page.get_by_role("button", name="Refer", exact=True)
        count = refer.count()
        # The services' own buttons stand before that of the list.
        refer.nth(0).click()
        client.see("✓ Refer: ")
        client.see("Held in referral FP-")
        opened = client.page.get_by_role("link", name="Open the referral")
        buttons = client.page.get_by_role("button", name="Open the referral")
        assert opened.count() + buttons.count() == 1
        assert refer.count() == count - 1
        client.say("new patient")
        client.see("Tell me about the patient in your own words")
        browser.close()
        assert "ERROR bot" not in server.log
