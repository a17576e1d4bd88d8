"""Draw docs/pictures/teams*.png: a consultation in Microsoft's own test client, in Debian's Chromium.

Run it as `.venv/bin/python scripts/teams_pictures.py`. Needs the packages `chromium` and `nodejs`, and npm's
registry: the client is under an evaluation licence, so it is fetched for the run and is no part of this.
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

# So that the servers of the tests can be used from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.pictures import LARGEST, PICTURES, PIXELS, SHADES, png
from tests.browser.widget import launch
from tests.teams.playground import OPENING, Client, running_playground

WIDTH, HEIGHT = 620, 900


def draw(client: Client, name: str) -> None:
    """Write the chat as docs/pictures/<name>.png."""
    shot = client.page.screenshot(animations="disabled")
    width, pixels = client.page.evaluate(PIXELS, base64.b64encode(shot).decode())
    picture = png(width, base64.b64decode(pixels).translate(SHADES))
    if len(picture) > LARGEST:
        raise RuntimeError(f"{name}.png has {len(picture)} bytes, more than {LARGEST}")
    (PICTURES / f"{name}.png").write_bytes(picture)
    print(f"docs/pictures/{name}.png: {len(picture) / 1000:.0f} kB")


def main() -> int:
    """Hold the consultation; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with running_playground(Path(folder)) as (url, _):
            client = Client.opened(browser, url, WIDTH, HEIGHT)
            client.hide_the_log()
            client.see("Before you type")
            client.say(OPENING)
            client.see("What does the patient want about work?")
            client.settle()
            draw(client, "teams-question")
            client.press("Stay in work")
            client.see("Say more of the patient")
            # The heading is the service's rank and name.
            first = client.page.get_by_role("heading", name=re.compile(r"^1 ")).first
            first.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
            client.settle()
            draw(client, "teams-service")
            client.page.get_by_role("button", name="Refer", exact=True).first.click()
            client.see("Held in referral FP-")
            client.settle()
            draw(client, "teams-referral")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
