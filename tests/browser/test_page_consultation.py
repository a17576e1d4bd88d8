"""A consultation in real Chromium against the real server."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Route, expect

from tests.browser.widget import OPENING, Widget, eventually, tab


def test_the_page_opens_ready_to_type_in(widget: Widget) -> None:
    assert widget.focused == "TEXTAREA"
    expect(widget.find(".training")).to_have_text("Training mode: invented patients only")
    expect(widget.find(".limits")).to_contain_text("Not a risk screen")
    assert "New patient" in widget.about


def test_what_is_typed_before_the_scripts_are_there_is_kept(browser: Browser, site: str) -> None:
    with tab(browser, site) as widget:
        held: list[Route] = []
        widget.page.route("**/fingerpost-chat.js", lambda route: held.append(route))
        widget.page.goto(site, wait_until="commit")
        widget.input.wait_for(state="visible")
        assert widget.focused == "TEXTAREA"
        widget.page.keyboard.type("48F packer")
        for route in held:
            route.continue_()
        widget.button("Send").wait_for(state="visible")
        widget.page.keyboard.type(" in Ashton, back pain")
        widget.press("Enter")
        expect(widget.find(".mine")).to_have_text(re.compile("48F packer in Ashton, back pain"))
        widget.settle()
        assert widget.about.startswith("48F")


def test_a_whole_consultation_by_keyboard_alone(widget: Widget) -> None:
    """From the opening line to a copied record text: no mouse, no Tab but into the actions."""
    widget.page.keyboard.type(OPENING)
    widget.press("Enter")
    widget.settle()
    assert widget.about.startswith("48F, warehouse packer, Ashton, begun ")
    expect(widget.find(".chips").first).to_contain_text("low back pain")
    for _ in range(4):
        if not widget.question.is_visible():
            break
        # The first option by its digit; where several may be chosen, Enter confirms.
        widget.press("1")
        if widget.find(".dock input").count():
            widget.press("Enter")
        widget.settle()
    expect(widget.question).to_be_hidden()
    expect(widget.find(".card").first).to_contain_text("Who refers, and how")
    widget.press("Alt+c")
    widget.settle()
    expect(widget.find(".note")).to_have_text("Copied to the clipboard")
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert "text for the GP record" in copied and "off_sick" in copied
    assert widget.focused == "TEXTAREA"


def test_arrows_walk_through_the_options_and_escape_comes_back(widget: Widget) -> None:
    widget.say(OPENING)
    expect(widget.question).to_be_visible()
    widget.press("ArrowDown", "ArrowDown")
    assert widget.focused == "BUTTON"
    second = widget.find(".dock button").nth(1)
    expect(second).to_be_focused()
    widget.press("ArrowUp", "ArrowUp")
    expect(widget.find(".dock button").last).to_be_focused()
    widget.press("Escape")
    assert widget.focused == "TEXTAREA"


def test_several_can_be_ticked_and_none_takes_the_others_away(widget: Widget) -> None:
    widget.say(OPENING)
    widget.say("ask benefits")
    boxes = widget.find(".dock input")
    widget.press("2", "3")
    assert [boxes.nth(n).is_checked() for n in range(3)] == [False, True, True]
    widget.press("1")
    assert [boxes.nth(n).is_checked() for n in range(3)] == [True, False, False]
    widget.press("2", "Enter")
    widget.settle()
    expect(widget.log).to_contain_text("Universal Credit")
    expect(widget.question.filter(has_text="Which benefits")).to_have_count(0)


def test_a_wrong_point_is_taken_away_with_one_click(widget: Widget) -> None:
    widget.say(OPENING)
    widget.button("Remove depression").first.click()
    widget.settle()
    expect(widget.log).to_contain_text("not depression")
    widget.button("Change age 48").first.click()
    expect(widget.input).to_have_value("change age to ")
    widget.page.keyboard.type("43")
    widget.press("Enter")
    widget.settle()
    assert widget.about.startswith("43F")


def test_a_card_says_why_and_leads_to_a_draft_that_is_not_sent(widget: Widget) -> None:
    widget.reach_cards()
    card = widget.find(".card").first
    expect(card).to_contain_text("✓ Met")
    expect(card).to_contain_text("Facts:")
    name = str(card.get_by_role("button", name="Refer:").get_attribute("aria-label"))
    widget.button(name).click()
    widget.settle()
    draft = widget.page.get_by_role("region", name="Referral draft")
    expect(draft).to_contain_text("Nothing has been sent.")
    document = draft.get_by_role("link").first
    assert widget.page.request.get(str(document.get_attribute("href"))).ok
    assert document.get_attribute("target") == "_blank"


def test_no_known_way_in_is_said_first_with_the_next_best(widget: Widget) -> None:
    widget.reach_cards()
    for card in widget.find("details.card").all():
        card.evaluate("(element) => element.unfold()")
    closed = widget.find(".card").filter(has_text="No way in is known.")
    told = closed.filter(has_text="Next best")
    assert told.count() > 0
    for text in told.all_text_contents():
        assert text.index("No way in is known.") < 10


def test_a_service_set_aside_says_so(widget: Widget) -> None:
    widget.reach_cards()
    card = widget.find(".card").nth(1)
    card.get_by_text("Not for this patient").click()
    card.get_by_role("button", name="too far").click()
    widget.settle()
    expect(widget.find(".card").nth(1)).to_contain_text("Set aside: too far")
    expect(widget.find(".card").nth(1).get_by_role("button")).to_have_count(0)


def test_only_the_latest_suggestions_can_be_acted_on(widget: Widget) -> None:
    widget.reach_cards()
    widget.say("change age to 43")
    widget.know_nothing()
    sections = widget.find(".suggestions")
    assert sections.count() == 2
    assert sections.nth(0).get_attribute("open") is None
    # What is past is held no longer: it is fetched again where one looks, and let go of.
    whole = "document.querySelector('fingerpost-chat').talk.entries.map((e) => !!e.message?.items)"
    assert widget.page.evaluate(whole).count(True) == 1
    expect(sections.nth(0).locator(".card")).to_have_count(0)
    sections.nth(0).locator("summary").first.click()
    expect(sections.nth(0).locator(".card").first).to_contain_text("Who refers, and how")
    expect(sections.nth(0).get_by_role("button", name="Refer:").first).to_be_hidden()
    expect(sections.nth(1).get_by_role("button", name="Refer:").first).to_be_visible()


def test_a_safety_message_is_first_pinned_and_answered(widget: Widget) -> None:
    widget.say(OPENING)
    widget.say("she says she wants to end her life")
    alert = widget.find("[role=alert].pinned")
    expect(alert).to_contain_text("suicide or self-harm")
    answers = widget.find(".entry:not(.mine)").all_text_contents()
    assert "Safety first" in answers[-1] or "Safety first" in answers[-2]
    shown = widget.find(".entry > .safety")
    expect(shown).to_contain_text("safety pathway")
    expect(shown).to_contain_text("not a risk screen")
    # It stays when the log is read from the top, and after the page is loaded again.
    widget.find(".middle").evaluate("(box) => (box.scrollTop = 0)")
    expect(alert).to_be_in_viewport()
    widget.open()
    expect(alert).to_contain_text("suicide or self-harm")
    widget.button("Risk assessed, go on").click()
    widget.settle()
    expect(alert).to_contain_text("(risk assessed)")
    expect(widget.button("Risk assessed, go on")).to_have_count(0)


def test_a_reload_keeps_the_consultation(widget: Widget) -> None:
    widget.say(OPENING)
    about, words = widget.about, widget.log.inner_text()
    asked = widget.question.inner_text()
    widget.open()
    assert (widget.about, widget.log.inner_text()) == (about, words)
    assert widget.question.inner_text() == asked
    widget.say("change age to 43")
    assert widget.about.startswith("43F")


def test_a_new_patient_leaves_nothing_of_the_last(widget: Widget) -> None:
    widget.say(OPENING)
    widget.button("New patient").click()
    widget.settle()
    assert widget.about.startswith("New patient")
    assert "packer" not in widget.page.evaluate("JSON.stringify(sessionStorage)")
    expect(widget.find(".app")).not_to_contain_text("packer")


def test_another_patient_is_asked_about_and_shown_alone(widget: Widget) -> None:
    widget.say(OPENING)
    widget.say("22M from Salford, student, anxiety")
    expect(widget.question).to_contain_text("New patient, or change this one")
    widget.press("1")
    widget.settle()
    assert widget.about.startswith("22M")
    expect(widget.log).to_contain_text("22M from Salford")
    expect(widget.find(".app")).not_to_contain_text("packer")


def test_two_tabs_are_two_consultations(browser: Browser, site: str) -> None:
    with tab(browser, site) as first:
        first.open().say(OPENING)
        # A duplicated tab brings the other's storage with it.
        kept = first.page.evaluate("JSON.stringify(sessionStorage)")
        second = Widget(first.page.context, site)
        second.page.add_init_script(f"Object.assign(sessionStorage, JSON.parse({kept!r}))")
        second.open()
        assert eventually(lambda: "New patient" in second.about)
        expect(second.find(".note")).to_contain_text("copy of another")
        second.say("60M retired, lonely, Oldham")
        assert second.about.startswith("60M")
        first.say("change age to 49")
        assert first.about.startswith("49F")
        assert second.faults == []


def test_what_named_the_patient_is_seen_no_longer(widget: Widget) -> None:
    widget.say("Mrs Jane Invented, NHS number 999 000 0018, 48F packer in Ashton, back pain")
    expect(widget.log).to_contain_text("I removed a name and an NHS number")
    said = widget.find(".mine .lines")
    expect(said).not_to_contain_text("Invented")
    expect(said).not_to_contain_text("999 000 0018")
    before = said.inner_text()
    assert "48F packer in Ashton" in before
    widget.open()
    expect(said).to_have_text(before)


def test_markup_in_what_is_said_stays_text(widget: Widget) -> None:
    widget.say("48F packer <img src=x onerror=alert(1)> <b>in Ashton</b>, back pain")
    expect(widget.find(".mine")).to_contain_text("<img src=x onerror=alert(1)>")
    assert widget.find("img").count() == 0
