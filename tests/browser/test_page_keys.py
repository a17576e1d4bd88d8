"""Short ways by keyboard: to a card, through the answers, and a whole consultation in a few keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_page_access import ZOOMED
from tests.browser.widget import OPENING, Widget, tab

MOST_KEYS = 12


def test_a_consultation_with_a_referral_takes_twelve_keys_beside_text(widget: Widget) -> None:
    """From the opening line to a draft, the copied record text and a hand-out."""
    pressed: list[str] = []

    def press(*keys: str) -> None:
        pressed.extend(keys)
        widget.press(*keys)
        widget.settle()

    widget.page.keyboard.insert_text(OPENING)
    press("Enter")
    while widget.question.is_visible():
        press("1")
        if widget.find(".dock input").count():
            press("Enter")
    press("Alt+1", "Enter")
    expect(widget.find("dialog")).to_be_visible()
    expect(widget.page.get_by_role("region", name="Referral draft")).to_have_count(1)
    frame = widget.page.frame_locator("fingerpost-chat iframe")
    expect(frame.get_by_role("heading", name="Referrals of this consultation")).to_be_visible()
    press("Escape")
    expect(widget.find("dialog")).to_have_count(0)
    press("Escape")
    press("Alt+c")
    expect(widget.find(".note")).to_have_text("Copied to the clipboard")
    press("Alt+o")
    expect(widget.find(".entry:not(.mine)").last).to_contain_text("hand-out")
    assert len(pressed) <= MOST_KEYS, pressed


def test_alt_and_a_digit_stand_on_a_card_and_open_it(widget: Widget) -> None:
    widget.reach_cards()
    for place in (1, 3, 5):
        widget.press(f"Alt+{place}")
        card = widget.find(".suggestions > .card").nth(place - 1)
        refer = card.get_by_role("button", name="Refer:")
        expect(refer).to_be_focused()
        expect(refer).to_be_in_viewport(ratio=1)
        expect(card).to_contain_text("Who refers, and how")
        expect(card).to_have_attribute("aria-keyshortcuts", f"Alt+{place}")
    # From there, what else can be done with it is one Tab away.
    widget.press("Tab")
    expect(card.get_by_role("button", name="Tell me more:")).to_be_focused()
    said = widget.find(".mine").count()
    widget.press("Escape")
    assert widget.focused == "TEXTAREA"
    # A card that is not there, and the number pad, with which Windows writes letters.
    widget.say("change area to Bury")
    widget.know_nothing()
    widget.press("Escape", "Alt+Numpad1")
    assert widget.focused == "TEXTAREA"
    widget.press("Alt+1")
    latest = widget.find(".suggestions").last.locator(".card").first
    expect(latest.get_by_role("button", name="Refer:")).to_be_focused()
    assert widget.find(".mine").count() > said


def test_a_digit_begins_a_line_where_nothing_is_asked(widget: Widget) -> None:
    widget.reach_cards()
    widget.page.keyboard.type("52")
    expect(widget.input).to_have_value("52")


def test_page_up_and_down_read_on_from_the_input(widget: Widget) -> None:
    widget.reach_cards()
    third = widget.find(".suggestions > .card").nth(2)
    place = (
        "document.querySelector('fingerpost-chat').shadowRoot.querySelector('.middle').scrollTop"
    )
    before = widget.page.evaluate(place)
    expect(third).not_to_be_in_viewport()
    widget.press("PageDown", "PageDown")
    expect(third).to_be_in_viewport()
    widget.press("PageUp", "PageUp")
    assert widget.page.evaluate(place) == before
    assert widget.focused == "TEXTAREA"


def test_on_a_low_screen_they_do_so_too(browser: Browser, site: str) -> None:
    with tab(browser, site, viewport=ZOOMED) as widget:
        widget.open()
        widget.reach_cards()
        widget.press("Alt+2")
        card = widget.find(".suggestions > .card").nth(1)
        refer = card.get_by_role("button", name="Refer:")
        expect(refer).to_be_focused()
        expect(refer).to_be_in_viewport(ratio=1)
        whom, button = (one.bounding_box() for one in (widget.find(".whom"), refer))
        assert whom and button and button["y"] >= whom["y"] + whom["height"]


def test_whoever_types_elsewhere_types_into_the_input(widget: Widget) -> None:
    widget.say(OPENING)
    widget.find(".middle").click(position={"x": 5, "y": 5})
    assert widget.focused == "DIV"
    widget.page.keyboard.type("change age to 50")
    expect(widget.input).to_have_value("change age to 50")
    # Keys that read stay with what is read.
    widget.find(".middle").click(position={"x": 5, "y": 5})
    widget.press("PageDown", "Space")
    assert widget.focused == "DIV"


def test_a_risk_assessed_is_said_with_one_key(widget: Widget) -> None:
    widget.press("Alt+g")
    widget.say(OPENING)
    expect(widget.find(".mine")).to_have_count(1)
    widget.say("she says she wants to end her life")
    expect(widget.button("Risk assessed, go on")).to_have_attribute("aria-keyshortcuts", "Alt+G")
    widget.press("Alt+g")
    widget.settle()
    expect(widget.find(".pinned")).to_contain_text("(risk assessed)")


@pytest.mark.parametrize("question", ["ask benefits", "ask absence weeks"])
def test_a_question_alone_leaves_the_view_where_it_was(widget: Widget, question: str) -> None:
    """It stands above the input: nothing new is in the log but the line that asked for it."""
    widget.reach_cards()
    widget.say(question)
    expect(widget.question).to_be_visible()
    expect(widget.find(".mine").last).to_be_in_viewport()


def test_after_a_reload_the_last_answer_is_seen_from_its_top(widget: Widget) -> None:
    widget.reach_cards()
    widget.open()
    expect(widget.find(".plan")).to_be_in_viewport()
    expect(widget.find(".card").first).to_be_in_viewport()
