"""A consultation that is left and taken up again: restart, lost answer, park, lock, pop-out, back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.served import environment
from tests.browser.widget import OPENING, Widget, tab
from tests.conversations.server import Server, start

WEBHOOK = "**/webhooks/web/consultations/*/messages"


@pytest.fixture
def patient(browser: Browser, site: str) -> Iterator[Widget]:
    """The page with an opening line said. What the browser notes of failed requests is no fault here."""

    def ours(faults: list[str]) -> list[str]:
        return [fault for fault in faults if "Failed to load resource" not in fault]

    with tab(browser, site, ours, viewport={"width": 1100, "height": 850}) as opened:
        opened.open().say(OPENING)
        yield opened


def test_an_answer_that_was_lost_on_its_way_is_fetched_and_counts_once(patient: Widget) -> None:
    lost: list[str] = []

    def cut(route: Route) -> None:
        # The server has it, and the network goes before the answer comes.
        route.fetch()
        lost.append(route.request.post_data_json["id"])
        route.abort()

    patient.page.route(WEBHOOK, cut, times=2)
    patient.input.focus()
    patient.page.keyboard.insert_text("change age to 50")
    patient.press("Enter")
    expect(patient.find("[role=alert].state")).to_contain_text("Trying again")
    patient.settle()
    assert len(lost) == 2 and lost[0] == lost[1]
    assert patient.about.startswith("50F")
    expect(patient.find(".mine")).to_have_count(2)
    patient.say("undo")
    assert patient.about.startswith("48F")


def test_the_server_restarts_in_the_middle(patient: Widget, server: Server) -> None:
    patient.say("ask benefits")
    server.stop()
    patient.input.focus()
    patient.page.keyboard.insert_text("universal credit")
    patient.press("Enter")
    expect(patient.find("[role=alert].state")).to_contain_text("Not sent.")
    again = start(server.var, server.port, **environment())
    server.process = again.process
    server.wait()
    patient.settle()
    expect(patient.log).to_contain_text("Universal Credit")
    assert patient.about.startswith("48F, warehouse packer")


def test_parked_with_one_key_and_taken_up_again(patient: Widget) -> None:
    patient.press("Alt+k")
    expect(patient.find(".about")).to_contain_text("New patient")
    expect(patient.find(".app")).not_to_contain_text("low back pain")
    patient.say("60M retired, lonely, Oldham")
    patient.take_up("48F, warehouse packer")
    expect(patient.log).to_contain_text("low back pain")
    expect(patient.log).not_to_contain_text("Oldham")
    patient.say("change age to 50")
    assert patient.about.startswith("50F")
    # The one between was parked for it, and is not lost.
    patient.take_up("60M")
    expect(patient.log).to_contain_text("Oldham")


@pytest.mark.parametrize("first", [True, False])
def test_parked_before_the_answer_is_there_it_goes_with_its_patient(
    patient: Widget, first: bool
) -> None:
    """Whatever is on its way belongs to the consultation that it was typed in."""
    if first:
        patient.press("Alt+k")
        expect(patient.find(".about")).to_contain_text("Parked (1)")
    held: list[Route] = []
    pattern = "**/webhooks/web/consultations" if first else WEBHOOK
    patient.page.route(pattern, lambda route: held.append(route) or None, times=1)
    patient.input.fill("60M retired, lonely, Oldham" if first else "change age to 50")
    with patient.page.expect_request(pattern):
        patient.press("Enter")
    patient.press("Alt+k")
    held[0].continue_()
    expect(patient.find(".about")).to_contain_text(f"Parked ({2 if first else 1})")
    assert patient.about.startswith("New patient")
    expect(patient.find(".entry")).to_have_count(0)
    patient.say("22M Salford, student, anxiety")
    assert patient.about.startswith("22M")
    patient.take_up("60M" if first else "50F")
    expect(patient.log).to_contain_text("Oldham" if first else "change age to 50")
    expect(patient.log).not_to_contain_text("22M Salford")


def test_parked_with_the_mouse_one_types_on_at_once(patient: Widget) -> None:
    patient.button("Park for later").click()
    expect(patient.find(".about")).to_contain_text("New patient")
    assert patient.focused == "TEXTAREA"


def test_left_alone_it_locks_and_nothing_is_seen(patient: Widget) -> None:
    patient.page.clock.install()
    patient.open()
    expect(patient.log).to_contain_text("low back pain")
    # What is still on its way when the clock leaps would count as never answered.
    patient.page.wait_for_load_state("networkidle")
    patient.page.clock.fast_forward("09:00")
    patient.press("Shift")
    patient.page.wait_for_load_state("networkidle")
    patient.page.clock.fast_forward("09:00")
    expect(patient.find(".cover")).to_be_hidden()
    patient.page.clock.fast_forward("01:01")
    expect(patient.find(".cover")).to_contain_text("Locked")
    html = patient.page.evaluate("document.querySelector('fingerpost-chat').shadowRoot.innerHTML")
    assert "packer" not in html.replace("48F packer in Ashton", "") and "low back" not in html
    # The way on is in focus.
    patient.press("Enter")
    expect(patient.log).to_contain_text("low back pain")
    assert patient.focused == "TEXTAREA"


def test_locked_on_top_of_a_referral_it_opens_and_the_referral_is_as_it_was(
    patient: Widget,
) -> None:
    patient.know_nothing()
    patient.press("Alt+1", "Enter")
    frame = patient.page.frame_locator("fingerpost-chat iframe")
    typed = frame.get_by_label("How it went, if you like")
    typed.fill("half a sentence")
    patient.page.evaluate("document.querySelector('fingerpost-chat').stopped(423)")
    expect(patient.find(".cover")).to_contain_text("Locked")
    expect(patient.find("dialog")).to_be_hidden()
    patient.button("Unlock").click()
    expect(patient.find("dialog")).to_be_visible()
    expect(typed).to_have_value("half a sentence")
    patient.button("Close").click()
    expect(patient.find("dialog")).to_have_count(0)
    patient.say("change age to 50")
    assert patient.about.startswith("50F")


def test_after_unlocking_the_safety_raised_is_on_top_again(patient: Widget) -> None:
    patient.say("she says she wants to end her life")
    patient.page.evaluate("document.querySelector('fingerpost-chat').stopped(423)")
    patient.button("Unlock").click()
    expect(patient.find(".pinned")).to_contain_text("suicide or self-harm")
    expect(patient.button("Risk assessed, go on")).to_be_visible()


def test_the_server_is_told_of_whoever_only_reads(patient: Widget, server: Server) -> None:
    patient.page.clock.install()
    patient.open()
    patient.page.wait_for_load_state("networkidle")
    with sqlite3.connect(server.var / "conversations.db") as store:
        store.execute("UPDATE web_consultations SET used = used - 540")
    patient.page.clock.fast_forward("05:00")
    with patient.page.expect_response("**/awake") as told:
        patient.press("PageDown")
    assert told.value.ok
    with sqlite3.connect(server.var / "conversations.db") as store:
        [(idle,)] = store.execute("SELECT ? - max(used) FROM web_consultations", (time.time(),))
    assert idle < 540


def test_popped_out_it_moves_to_the_small_window_and_back(patient: Widget) -> None:
    with patient.page.context.expect_page() as opened:
        patient.press("Alt+w")
    small = opened.value
    expect(small.locator("fingerpost-chat .about")).to_contain_text("48F, warehouse packer")
    assert "#" not in small.url
    small.locator("fingerpost-chat textarea").fill("change age to 50")
    small.keyboard.press("Enter")
    expect(small.locator("fingerpost-chat .about")).to_contain_text("50F")
    patient.input.fill("undo")
    patient.press("Enter")
    expect(patient.find(".cover")).to_contain_text("open in another window")
    patient.button("Bring it here").click()
    # What was typed in the meantime is not lost: it is taken now.
    expect(patient.find(".about")).to_contain_text("48F")
    small.close()


def test_away_and_back(patient: Widget) -> None:
    patient.page.goto(f"{patient.url}/directory")
    patient.page.go_back()
    expect(patient.find(".about")).to_contain_text("48F, warehouse packer")
    expect(patient.question).to_be_visible()
    patient.say("change age to 50")
    assert patient.about.startswith("50F")


def test_signed_out_nothing_is_shown_and_the_way_to_sign_in_is(patient: Widget) -> None:
    patient.page.context.clear_cookies()
    patient.input.fill("undo")
    patient.press("Enter")
    expect(patient.find(".cover")).to_contain_text("not signed in")
    sign_in = patient.find(".cover").get_by_role("link", name="Sign in")
    assert "/sign-in?then=%2F" in str(sign_in.get_attribute("href"))


def test_a_consultation_whose_day_is_over_is_said_to_be_gone(patient: Widget) -> None:
    patient.page.evaluate(
        """() => { const key = 'fingerpost false 0';
          const kept = { ...JSON.parse(sessionStorage[key]), id: 'nothingofthatid' };
          sessionStorage[key] = JSON.stringify(kept); }"""
    )
    patient.page.reload()
    expect(patient.find(".cover")).to_contain_text("its day is over")
    patient.button("Begin another").click()
    patient.say("60M retired, lonely, Oldham")
    assert patient.about.startswith("60M")


def test_nothing_of_a_patient_is_left_in_the_browser(patient: Widget) -> None:
    kept = patient.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "packer" not in kept and "48F" not in kept + patient.page.url


def test_a_sandbox_is_plainly_marked_and_apart(browser: Browser, site: str) -> None:
    with tab(browser, site) as widget:
        widget.open().say(OPENING)
        widget.open("?sandbox")
        expect(widget.find(".training")).to_contain_text("Sandbox: sample patients")
        expect(widget.log).not_to_contain_text("packer")
        widget.find(".log.row").get_by_role("button").first.click()
        widget.settle()
        assert "Trafford" in widget.about
        expect(widget.find(".log.row")).to_be_hidden()
        # The next sample is there for the next patient.
        widget.press("Alt+n")
        widget.settle()
        widget.find(".log.row").get_by_role("button", name="Salford").click()
        widget.settle()
        assert "Salford" in widget.about
        widget.open()
        assert widget.about.startswith("48F")


def test_numbers_and_places_have_inputs_of_their_own(patient: Widget) -> None:
    patient.say("remove age")
    number = patient.question.get_by_role("spinbutton")
    expect(number).to_have_attribute("type", "number")
    number.fill("51")
    number.press("Enter")
    patient.settle()
    assert patient.about.startswith("51F")
    patient.say("ask area")
    patient.question.get_by_role("textbox").fill("Hazel Grove")
    patient.question.get_by_role("button", name="Done").click()
    patient.settle()
    assert "Hazel Grove" in patient.about


def test_a_doubtful_fact_is_confirmed_with_one_click(patient: Widget) -> None:
    patient.say("?bipolar")
    patient.button("Confirm bipolar disorder").first.click()
    patient.settle()
    chip = patient.find(".chips li").filter(has_text="bipolar disorder").last
    expect(chip).not_to_contain_text("possible")


def test_after_abuse_was_said_a_hand_out_is_a_dead_end_that_says_why(patient: Widget) -> None:
    patient.say("her husband hits her")
    patient.say("risk assessed, go on")
    patient.know_nothing()
    patient.press("Alt+o")
    patient.settle()
    last = patient.find(".entry:not(.mine)").last
    expect(last).to_contain_text("No hand-out was made: whoever does harm could find the paper")
    expect(last).to_contain_text("0808 2000 247")
    expect(last.get_by_role("button", name="Hand-out:").first).to_be_visible()


def test_on_paper_there_are_the_words_alone(patient: Widget) -> None:
    # Another's consultation is parked, and is on no paper of this one.
    patient.press("Alt+k")
    expect(patient.find(".about")).to_contain_text("Parked (1)")
    patient.reach_cards()
    patient.page.emulate_media(media="print")
    expect(patient.find(".about")).to_be_visible()
    expect(patient.find(".card").first).to_be_visible()
    for part in ("textarea", ".foot", ".card button", "#keys", ".about details"):
        assert patient.find(part).first.is_hidden()
