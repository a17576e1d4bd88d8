"""The directory's pages for everyone: axe-core, 320 pixels, keyboard alone, no scripts, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.pages_server import served
from tests.browser.widget import TODAY, Widget

DESK = {"width": 1100, "height": 850}
# 1280 by 1024 at 400 %: what WCAG 1.4.10 asks for.
ZOOMED = {"width": 320, "height": 256}
PAGES = {
    "list": "/directory",
    "results": "/directory?q=work&area=salford&status=open",
    "nothing found": "/directory?q=zzzz&need=nonsense",
    "open": "/directory/access-to-work",
    "ended": "/directory/working-well-ips-primary-care",
    "not known": "/directory/be-well-manchester",
    "note": "/directory/acas/wrong",
    "privacy": "/privacy",
    "terms": "/terms",
}


pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages alone: they need no model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINGERPOST_VAR", str(tmp_path_factory.mktemp("pages")))
        patch.setenv("FINGERPOST_AS_OF", TODAY)
        with served() as url:
            yield url


def opened(browser: Browser, address: str, path: str, **options: Any) -> Page:
    """A tab of its own at ``path``, with all that the console complains of in ``faults``."""
    widget = Widget(browser.new_context(**options), address)
    widget.page.goto(address + path)
    assert widget.faults == []
    return widget.page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The list at desk size, with scripts switched off as on a locked-down machine."""
    found = opened(browser, address, "/directory", viewport=DESK, java_script_enabled=False)
    yield found
    found.context.close()


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": DESK},
        {"viewport": DESK, "color_scheme": "dark"},
        {"viewport": ZOOMED},
        {"viewport": DESK, "forced_colors": "active"},
    ],
    ids=["desk", "dark", "zoomed", "forced colours"],
)
def test_axe_finds_nothing_on_any_page(
    browser: Browser, address: str, axe: str, options: dict[str, Any]
) -> None:
    # axe-core puts a style of its own into the page, which the page's policy rightly refuses.
    context = browser.new_context(bypass_csp=True, **options)
    page = context.new_page()
    found = []
    for name, path in PAGES.items():
        page.goto(address + path)
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        found += [
            f"{name}: {fault['id']} {node['target']} {node['failureSummary']}"
            for fault in result["violations"]
            for node in fault["nodes"]
        ]
    context.close()
    assert found == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_is_wider_than_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address, path, viewport=ZOOMED)
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.context.close()
    assert wider == 0


def test_targets_are_large_enough(browser: Browser, address: str) -> None:
    page = opened(browser, address, "/directory", viewport=DESK)
    # WCAG 2.5.8 leaves links within a sentence out.
    small = page.locator("button, input, select, header a, h3 a").evaluate_all(
        """(all) => all.map((one) => [one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 22)
          .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
    )
    page.context.close()
    assert small == []


def test_by_keyboard_alone_and_without_scripts(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("access to work")
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory?q=access+to+work**")
    page.get_by_role("link", name="Access to Work grant").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory/access-to-work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Access to Work grant")


def test_a_note_is_sent_without_scripts(page: Page, address: str) -> None:
    page.goto(f"{address}/directory/acas/wrong")
    page.get_by_label("What is wrong?").fill("The hours have changed. Ask for Mrs Jane Smith")
    page.get_by_role("button", name="Send the note").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.locator("blockquote")).to_contain_text("The hours have changed")
    expect(page.locator("blockquote")).not_to_contain_text("Jane")


def test_a_mistake_in_the_form_is_said_first_and_the_words_stay(page: Page, address: str) -> None:
    page.goto(f"{address}/directory/acas/wrong")
    page.get_by_label("What is wrong?").fill("The link is broken")
    page.get_by_label("Web page with the right facts").fill("somewhere")
    page.get_by_role("button", name="Send the note").click()
    expect(page).to_have_title("Error: Something is wrong: Acas helpline – Fingerpost")
    expect(page.get_by_role("alert")).to_contain_text("must be an address")
    expect(page.get_by_label("What is wrong?")).to_have_value("The link is broken")


def test_on_paper_there_is_the_service_and_no_furniture(browser: Browser, address: str) -> None:
    page = opened(browser, address, "/directory/access-to-work")
    page.emulate_media(media="print")
    expect(page.get_by_text("Something is wrong here")).to_be_hidden()
    expect(page.get_by_role("link", name="Assistant")).to_be_hidden()
    expect(page.get_by_text("Sources of this entry")).to_be_visible()
    page.context.close()
