"""The page for everyone: small and low screens, 400 % zoom, dark, forced colours, screen readers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.widget import OPENING, Widget, tab

DESK = {"width": 1100, "height": 850}
# 1280 by 1024 at 400 %: what WCAG 1.4.10 asks for.
ZOOMED = {"width": 320, "height": 256}
# And at 200 %.
HALVED = {"width": 640, "height": 512}
NARROW = {"width": 360, "height": 740}


def faults_of(widget: Widget, axe: str) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA, and against good habits, one line each."""
    widget.page.evaluate(axe)
    found = widget.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def test_axe_finds_nothing_in_any_state(browser: Browser, site: str, axe: str) -> None:
    # axe-core puts a style of its own into the page, which the page's policy rightly refuses.
    with tab(browser, site, bypass_csp=True, viewport=DESK) as widget:

        def check(state: str, *sizes: dict[str, int]) -> None:
            for colours in ("light", "dark"):
                widget.page.emulate_media(color_scheme=colours)
                assert faults_of(widget, axe) == [], (state, colours)
            for size in sizes:
                widget.page.set_viewport_size(size)
                assert faults_of(widget, axe) == [], (state, size)
            widget.page.set_viewport_size(DESK)

        widget.open()
        check("empty", NARROW, ZOOMED)
        widget.say(OPENING)
        check("a question", NARROW, ZOOMED)
        widget.say("remove age")
        check("a number")
        widget.say("48")
        widget.say("ask benefits")
        check("a question with several answers")
        widget.know_nothing()
        for fold in widget.find(".suggestions > .card").all()[:6]:
            fold.evaluate("(element) => (element.open = true)")
        check("suggestions, unfolded", NARROW, ZOOMED)
        widget.press("Alt+o")
        widget.settle()
        widget.say("record text")
        check("a hand-out and the record text")
        widget.say("she says she wants to end her life")
        widget.find(".pinned details").evaluate("(element) => (element.open = true)")
        check("safety", ZOOMED)
        widget.press("Alt+k")
        widget.find(".about").get_by_text("Parked (1)").click()
        check("parked")
        widget.page.evaluate("document.querySelector('fingerpost-chat').stopped(423)")
        check("locked")
        widget.open("?sandbox")
        check("sandbox")


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, ZOOMED], ids=["320 px", "400 %"])
def test_nothing_runs_off_a_small_screen(browser: Browser, site: str, size: dict[str, int]) -> None:
    with tab(browser, site, viewport=size) as widget:
        widget.open()
        assert widget.sideways <= 0
        widget.say(OPENING)
        assert widget.sideways <= 0
        widget.reach_cards()
        for fold in widget.find("details").all():
            fold.evaluate("(element) => (element.open = true)")
        assert widget.sideways <= 0
        # Whom it is about is in sight wherever one has scrolled to.
        for place in (0, 1_000_000):
            widget.find(".app").evaluate("(box, place) => (box.scrollTop = place)", place)
            widget.find(".middle").evaluate("(box, place) => (box.scrollTop = place)", place)
            expect(widget.find(".about")).to_be_in_viewport(ratio=1)


def test_on_a_low_screen_whom_it_is_about_is_one_line_and_whole_in_focus(
    browser: Browser, site: str
) -> None:
    with tab(browser, site, viewport=ZOOMED) as widget:
        widget.open().say(OPENING)
        widget.press("Alt+k")
        expect(widget.find(".about")).to_contain_text("New patient")
        widget.say(OPENING)
        whom = widget.find(".about > p")
        expect(whom).to_contain_text("48F, warehouse packer, Ashton, begun")

        def height() -> float:
            box = widget.find(".whom").bounding_box()
            assert box
            return box["height"]

        # A line of 24 pixels, with a parked one beside.
        assert height() <= 28
        cut = "(one) => one.scrollWidth > one.clientWidth"
        assert whom.evaluate(cut)
        whom.click()
        assert not whom.evaluate(cut) and height() > 28
        expect(whom).to_be_in_viewport(ratio=1)
        widget.say("she says she wants to end her life")
        assert height() <= ZOOMED["height"] / 3
        expect(widget.button("Risk assessed, go on")).to_be_in_viewport(ratio=1)


def test_at_200_percent_there_is_room_to_read_beside_the_longest_question(
    browser: Browser, site: str
) -> None:
    with tab(browser, site, viewport=HALVED) as widget:
        widget.open()
        widget.reach_cards()
        widget.say("ask benefits")
        box = widget.find(".middle").bounding_box()
        assert box and box["height"] >= HALVED["height"] / 8
        # What there is no room for is folded, and its keys work.
        expect(widget.button("Summary")).to_be_hidden()
        widget.find(".foot summary").click()
        expect(widget.button("Summary")).to_be_visible()
        widget.press("Alt+k")
        expect(widget.find(".about")).to_contain_text("Parked (1)")


def test_every_target_is_at_least_24_pixels(browser: Browser, site: str) -> None:
    with tab(browser, site, viewport={"width": 320, "height": 640}) as widget:
        widget.open()
        widget.reach_cards()
        for fold in widget.find("details").all():
            fold.evaluate("(element) => (element.open = true)")
        small = widget.find("button, summary, input, textarea").evaluate_all(
            """(all) => all.map((one) => [one.textContent, one.getBoundingClientRect()])
              .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
              .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
        )
        assert small == []


def test_what_is_new_is_announced_in_plain_words_and_once(browser: Browser, site: str) -> None:
    with tab(browser, site) as widget:
        widget.open()
        voice = widget.find("[role=status]")
        expect(widget.log).to_have_attribute("aria-live", "off")
        widget.say(OPENING)
        expect(voice).to_contain_text("Understood:")
        expect(voice).to_contain_text("?")
        # After a reload, what was heard before is not read out again.
        widget.open()
        expect(voice).to_have_text("")


def test_it_works_where_colours_are_forced_and_motion_is_not_wanted(
    browser: Browser, site: str
) -> None:
    with tab(browser, site, forced_colors="active", reduced_motion="reduce") as widget:
        widget.open()
        widget.reach_cards()
        # The verdict and every state are words, not colours.
        expect(widget.find(".card .tag").first).to_contain_text("it")
        moving = widget.find("*").evaluate_all(
            "(all) => all.filter((one) => getComputedStyle(one).transitionDuration !== '0s'"
            " || getComputedStyle(one).animationName !== 'none').length"
        )
        assert moving == 0
