"""The referrals room's page, beside the consultation."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.widget import Widget

SERVICE = "NHS Talking Therapies"


def test_refer_opens_the_referral_beside_the_consultation(widget: Widget) -> None:
    widget.reach_cards()
    card = widget.find(".card").filter(has_text=SERVICE).first
    refer = card.get_by_role("button", name="Refer:")
    if not refer.is_visible():
        card.locator("summary").first.click()
    refer.click()
    widget.settle()
    beside = widget.find("dialog")
    expect(beside).to_be_visible()
    frame = widget.page.frame_locator("fingerpost-chat iframe")
    expect(frame.get_by_role("heading", name="Referrals of this consultation")).to_be_visible()
    # Focus is in the dialog, and Escape inside the page closes it and gives the focus back.
    assert widget.focused in ("BUTTON", "IFRAME")
    frame.locator("textarea").first.focus()
    widget.press("Escape")
    expect(beside).to_have_count(0)
    assert widget.focused == "TEXTAREA"
    draft = widget.page.get_by_role("region", name="Referral draft")
    expect(draft).to_contain_text("Nothing has been sent.")
    widget.button("Open the referral").click()
    expect(beside).to_be_visible()
    widget.button("Close").click()
    expect(beside).to_have_count(0)
    expect(widget.button("Open the referral")).to_be_focused()


def test_a_hand_out_opens_nothing(widget: Widget) -> None:
    widget.reach_cards()
    widget.press("Alt+o")
    widget.settle()
    draft = widget.page.get_by_role("region", name="Referral draft")
    expect(draft).to_contain_text("hand-out")
    expect(widget.find("dialog")).to_have_count(0)
    address = str(draft.get_by_role("link", name="PDF").get_attribute("href"))
    assert widget.page.request.get(address).body().startswith(b"%PDF")


def test_the_worklist_is_one_click_away(widget: Widget) -> None:
    with widget.page.context.expect_page() as opened:
        widget.find(".foot").get_by_role("link", name="Worklist").click()
    expect(opened.value.get_by_role("heading", name="Referrals of the practice")).to_be_visible()
