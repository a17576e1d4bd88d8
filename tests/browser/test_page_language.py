"""The page in another language: a file of words beside the English one is all that it takes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bot.light_server import light_server
from tests.browser.widget import Widget, tab
from tests.conversations.server import ROOT

# A translation's file in small: every word that is not here stays English in it.
WELSH = {
    '"New patient"': '"Claf newydd"',
    '"Send"': '"Anfon"',
    '"en-GB"': '"cy"',
}


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose page says that it is Welsh, with `text.cy.js` beside the other files."""
    folder = tmp_path_factory.mktemp("translated")
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    files = folder / "bot" / "web"
    words = (files / "text.en.js").read_text("utf-8")
    for english, welsh in WELSH.items():
        assert english in words
        words = words.replace(english, welsh)
    (files / "text.cy.js").write_text(words, "utf-8")
    page = files / "index.html"
    page.write_text(page.read_text("utf-8").replace('lang="en-GB"', 'lang="cy"'), "utf-8")
    path = os.pathsep.join([str(folder), str(ROOT)])
    with light_server(tmp_path_factory.mktemp("var"), cwd=folder, PYTHONPATH=path) as url:
        yield url


@pytest.mark.system
def test_words_in_a_file_of_their_own_are_the_interface(browser: Browser, translated: str) -> None:
    with tab(browser, translated) as widget:
        widget.open()
        expect(widget.button("Anfon")).to_be_visible()
        assert widget.about.startswith("Claf newydd")
        expect(widget.find(".app")).to_have_attribute("lang", "cy")
        # What the server says is English still, and is read out as such.
        expect(widget.log).to_have_attribute("lang", "en")


def test_where_there_are_no_words_in_the_pages_language_they_are_english(
    browser: Browser, site: str
) -> None:
    def ours(faults: list[str]) -> list[str]:
        return [fault for fault in faults if "Failed to load resource" not in fault]

    with tab(browser, site, ours) as widget:
        widget.page.add_init_script(
            "new MutationObserver(() => (document.documentElement.lang = 'cy'))"
            ".observe(document, { childList: true })"
        )
        Widget.open(widget)
        assert widget.page.evaluate("document.documentElement.lang") == "cy"
        expect(widget.button("Send")).to_be_visible()
        expect(widget.find(".app")).to_have_attribute("lang", "en-GB")
