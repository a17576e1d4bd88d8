"""What the page does when the network, the server or the user is in trouble."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.widget import OPENING, Widget, tab

WEBHOOK = "**/webhooks/web/consultations/*/messages"


def not_of_the_network(faults: list[str]) -> list[str]:
    """Leave out what the browser itself notes of a request that failed, as these tests make them."""
    return [fault for fault in faults if "Failed to load resource" not in fault]


@pytest.fixture
def troubled(browser: Browser, site: str) -> Iterator[Widget]:
    with tab(browser, site, not_of_the_network) as opened:
        yield opened


def test_a_message_that_was_not_sent_says_so_and_can_be_sent_again(troubled: Widget) -> None:
    troubled.open()
    ids: list[str] = []

    def cut(route: Route) -> None:
        ids.append(route.request.post_data_json["id"])
        route.abort()

    troubled.page.route(WEBHOOK, cut)
    troubled.page.keyboard.insert_text(OPENING)
    troubled.press("Enter")
    line = troubled.find("[role=alert].state")
    expect(line).to_contain_text("Not sent.")
    # It is still there after a reload, and still not sent.
    troubled.open()
    expect(line).to_contain_text("Not sent.")
    troubled.page.unroute(WEBHOOK)
    with troubled.page.expect_request(WEBHOOK) as request:
        troubled.button("Retry").click()
    assert request.value.post_data_json["id"] == ids[0]
    troubled.settle()
    assert troubled.about.startswith("48F")
    expect(line).to_have_count(0)


def test_a_refusal_is_shown_in_the_words_of_the_server(troubled: Widget) -> None:
    troubled.open()
    troubled.page.evaluate(
        "document.querySelector('fingerpost-chat').say('x'.repeat(70000))",
    )
    expect(troubled.find(".state")).to_contain_text("less than 64 kB")
    troubled.button("Discard").click()
    expect(troubled.find(".mine")).to_have_count(0)
    troubled.say(OPENING)
    assert troubled.about.startswith("48F")


def test_what_is_typed_ahead_is_sent_in_order(troubled: Widget) -> None:
    troubled.open()

    def slow(route: Route) -> None:
        troubled.page.wait_for_timeout(600)
        route.continue_()

    troubled.page.route(WEBHOOK, slow)
    for text in (OPENING, "change age to 50", "change age to 51"):
        troubled.page.keyboard.insert_text(text)
        troubled.press("Enter")
    expect(troubled.find(".state").filter(has_text="Looking")).to_be_visible()
    expect(troubled.find(".state").filter(has_text="Waiting")).to_have_count(2)
    troubled.settle()
    assert troubled.about.startswith("51F")
    said = troubled.find(".mine .lines").all_inner_texts()
    assert said == [OPENING, "change age to 50", "change age to 51"]
    # Each answer stands under what it answers.
    kinds = troubled.find(".entry").evaluate_all(
        "(all) => all.map((entry) => entry.classList.contains('mine'))"
    )
    assert kinds[0] and not kinds[1] and kinds.count(True) == 3 and not kinds[-1]


def test_a_double_click_is_one_click(troubled: Widget) -> None:
    troubled.open()
    troubled.reach_cards()
    said = troubled.find(".mine").count()
    troubled.find(".card").first.get_by_role("button", name="Refer:").dblclick()
    troubled.settle()
    expect(troubled.find(".mine")).to_have_count(said + 1)
    expect(troubled.page.get_by_role("region", name="Referral draft")).to_have_count(1)


def test_training_mode_is_shown_unless_the_server_says_otherwise(troubled: Widget) -> None:
    troubled.page.route("**/webhooks/web/start", lambda route: route.abort())
    troubled.page.goto(troubled.url)
    expect(troubled.find(".cover")).to_contain_text("does not answer")
    expect(troubled.find(".training")).to_be_visible()
    troubled.page.unroute("**/webhooks/web/start")

    def live(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json={**told.json(), "training": False, "banner": ""})

    troubled.page.route("**/webhooks/web/start", live)
    troubled.button("Try again").click()
    expect(troubled.find(".cover")).to_be_hidden()
    expect(troubled.find(".training")).to_be_hidden()


def test_a_long_paste_is_kept_whole(troubled: Widget) -> None:
    troubled.open()
    long = "48F packer in Ashton, off sick with back pain. " + "She is tired. " * 350
    troubled.say(long)
    assert troubled.about.startswith("48F")
    assert troubled.sideways <= 0
