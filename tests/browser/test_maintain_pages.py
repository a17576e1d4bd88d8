"""The maintainers' pages in a browser: by keyboard, at every size, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

# Each page reads the files and git anew; on a busy machine that takes its time.
PAGES = (
    "", "/entries/workwell-gm", "/stale", "/check", "/try", "/edit?id=workwell-gm", "/new",
    "/diff?against=HEAD",
)  # fmt: skip
SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1100, "height": 850}},
    "dark": {"viewport": {"width": 1100, "height": 850}, "color_scheme": "dark"},
    # 1280 by 1024 at 400 %: what WCAG 1.4.10 asks for.
    "zoomed": {"viewport": {"width": 320, "height": 256}},
}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A tab in which no script may run."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1100, "height": 850}
    )
    opened = context.new_page()
    opened.goto(f"{site}/maintain")
    yield opened
    context.close()


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, site: str, axe: str, size: dict[str, Any]
) -> None:
    # axe-core puts a style of its own into the page, which the page's policy rightly refuses.
    context = browser.new_context(bypass_csp=True, **size)
    tab = context.new_page()
    for path in PAGES:
        tab.goto(f"{site}/maintain{path}")
        tab.evaluate(axe)
        found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [fault["id"] for fault in found["violations"]] == [], path
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= size["viewport"]["width"], path
    context.close()


def test_a_keeper_pauses_and_resumes_without_a_script(page: Page) -> None:
    page.fill("#q", "WorkWell Salford")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="WorkWell Salford").click()
    page.get_by_label("Last day of the pause").fill((date.today() + timedelta(days=40)).isoformat())
    page.get_by_label("Why? Clinicians read this").fill("No coach in post")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Paused.")
    expect(page.locator("main")).to_contain_text("No coach in post")
    page.get_by_label("Why may it go on?").fill("A coach was found")
    page.get_by_role("button", name="End the pause").click()
    expect(page.get_by_role("status")).to_contain_text("The pause has ended")


def test_still_right_takes_one_button(page: Page, site: str) -> None:
    page.goto(f"{site}/maintain/stale")
    page.locator("main section li a").first.click()
    page.get_by_role("button", name="Still right").click()
    expect(page.get_by_role("status")).to_contain_text("still right")


def test_an_edit_is_tried_from_the_entry_to_the_patients(page: Page, site: str) -> None:
    page.goto(f"{site}/maintain/entries/workwell-manchester")
    page.get_by_role("link", name="Try a change to it").click()
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("age: {min: 16}", "age: {min: 30}"))
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("main")).to_contain_text(
        "Struggling at work with anxiety, central Manchester"
    )


def test_the_first_stop_of_the_keyboard_skips_to_the_content(browser: Browser, site: str) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{site}/maintain")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#main")).to_be_focused()
    context.close()
