"""A referral from the chat to the service's answer, by keyboard, with a real receiver on loopback.

The server runs with the shipped directory and one invented service, which has a web service of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.widget import OPENING, eventually, tab
from tests.conversations.server import ROOT, WATCH, Server, start
from tests.referrals.delivery.loopback_certificates import Authority
from tests.referrals.delivery.loopback_certificates import authority as make_authority
from tests.referrals.delivery.loopback_receivers import HttpReceiver, http_receiver

GARDEN = """\
id: job-garden
name: Job Garden
areas: [tameside]
offers: Gardening in a group, with help to keep a job.
needs: [job_retention, employment]
kind: coaching
status: open
source_date: 2026-10-01
confidence: medium
voluntary: yes
sources:
  - {{id: page, cite: An invented page, dated: 2026-10-01}}
criteria:
  - {{id: age, says: Aged 18 or over, source: page, age: {{min: 18}}}}
routes:
  - route: clinician_form
    who: [gp, nurse]
    how: By the garden's own web service
    way_in: known
    web: https://garden.example
    source: page
    delivery: {{channel: web_api, address: "{receiver}/referrals"}}
    form:
      - {{name: full_name, label: Name, required: true, identifier: true}}
      - {{name: phone, label: Telephone, identifier: true}}
      - {{name: work_status, label: Work, fill: [work_status, absence_weeks], required: true}}
      - {{name: tried, label: What has been tried}}
personas:
  - {{name: Fits, case: {{area: tameside, age: 40, work_status: off_sick}}, verdict: eligible}}
  - {{name: Young, case: {{area: tameside, age: 17, work_status: off_sick}}, verdict: not_eligible}}
"""
PASTED = (
    "ZEBRA, Test (Mrs)  Born 12-Mar-1978 (48y)  Gender Female  NHS No. 999 000 0018\n"
    "1 Example Street, Anytown, ZZ1 1ZZ  Mobile 07700 900123"
)
NAMES = (b"ZEBRA", b"Zebra", b"9990000018", b"999 000 0018", b"07700")
# Under this name receivers would reach us; the test opens its addresses on loopback.
OUTSIDE = "https://fingerpost.example.invalid"
SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1100, "height": 850}},
    "dark": {"viewport": {"width": 1100, "height": 850}, "color_scheme": "dark"},
    "zoomed": {"viewport": {"width": 320, "height": 256}},
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def receiver(authority: Authority) -> Iterator[HttpReceiver]:
    with http_receiver(authority.server()) as running:
        yield running


@pytest.fixture(scope="module")
def garden(
    receiver: HttpReceiver, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server whose directory has the invented service, and which sends."""
    code, var = tmp_path_factory.mktemp("code"), tmp_path_factory.mktemp("referral-pages")
    folder = code / "services_directory"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "services_directory", folder, ignore=ignored)
    shutil.copy(ROOT / "practice.sample.yml", code)
    entry = folder / "entries" / "greater-manchester" / "tameside" / "job-garden.yml"
    entry.write_text(GARDEN.format(receiver=receiver.url), encoding="utf-8")
    (var / "delivery.yml").write_text(f"send: true\nca_file: {authority.file}\n")
    environ = {"FINGERPOST_DELIVERY": str(var / "delivery.yml"), "FINGERPOST_BASE_URL": OUTSIDE}
    running = start(var, cwd=code, **environ)
    try:
        running.wait()
        confirmed(running, receiver, code, environ)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def site(garden: Server) -> str:
    return garden.url


def confirmed(server: Server, receiver: HttpReceiver, code: Path, environ: dict[str, str]) -> None:
    """Have the service's address tested and confirmed, as the maintainer and the service do it."""
    env = {**os.environ, **environ, "FINGERPOST_VAR": str(server.var)}
    env["PYTHONPATH"] = os.pathsep.join([str(WATCH), str(ROOT)])
    command = [sys.executable, "-m", "cli.main", "referrals", "test-address", "job-garden"]
    subprocess.run(command, cwd=code, env=env, check=True, capture_output=True, timeout=60)
    assert eventually(lambda: bool(receiver.kept), 30), server.log
    said = json.loads(next(iter(receiver.kept.values())))
    assert said["kind"] == "test"
    import requests

    url = server.url + urlsplit(said["confirm_url"]).path
    assert requests.post(url, data={"to": "confirm"}, timeout=10).status_code == 200
    receiver.kept.clear()


def test_from_the_chat_to_the_answer_of_the_service_by_keyboard(
    browser: Browser, site: str, garden: Server, receiver: HttpReceiver
) -> None:
    with tab(browser, site, viewport={"width": 1100, "height": 850}) as widget:
        widget.open("")
        widget.say(OPENING)
        widget.know_nothing()
        widget.say("refer to Job Garden")
        # Its form opens beside the consultation.
        frame = widget.page.frame_locator("fingerpost-chat iframe")
        expect(frame.locator("#paste")).to_be_focused()
        # Paste: it is taken apart at once, and shown to be checked.
        widget.page.evaluate("text => navigator.clipboard.writeText(text)", PASTED)
        expect(frame.locator("#paste")).to_be_focused()
        widget.press("Control+V")
        expect(frame.get_by_label("Full name")).to_have_value("Test ZEBRA")
        expect(frame.get_by_text("It is right: go on")).to_be_focused()
        # Right; tick; send.
        widget.press("Enter", "Space")
        expect(frame.locator("input[name=agree]")).to_be_checked()
        widget.press("Control+Enter")
        expect(frame.get_by_role("status")).to_contain_text("On its way.")
        assert eventually(lambda: bool(receiver.kept), 30), garden.log
        widget.press("Escape")
        expect(widget.find("dialog")).to_have_count(0)

    (body,) = receiver.kept.values()
    said = json.loads(body)
    assert said["form"]["full_name"] == "Test ZEBRA" and "Off sick" in said["form"]["work_status"]
    assert set(said["form"]) <= {"full_name", "phone", "work_status", "tried", "language",
                                 "communication_need", "safe_contact"}  # fmt: skip
    reference = said["reference"]

    page = browser.new_page()
    # The service's own people press a button behind the link; opening it did nothing.
    page.goto(site + urlsplit(said["report_url"]).path)
    page.goto(site + urlsplit(said["report_url"]).path)
    page.get_by_role("button", name="We accept it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    page.goto(f"{site}/referrals/worklist")
    row = page.get_by_role("row", name=re.compile(reference))
    expect(row).to_contain_text("accepted")
    expect(row).not_to_contain_text("ZEBRA")
    row.get_by_role("button", name="Show name").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name=re.compile(reference))).to_contain_text("Test ZEBRA")
    assert "ZEBRA" not in page.url and "ZEBRA" not in page.title()
    page.goto(f"{site}/referrals/{reference}")
    for word in ("draft", "consented", "ready", "sent", "accepted"):
        expect(page.locator(".history")).to_contain_text(word)
    page.close()


def drafted(garden: Server, sender: str) -> str:
    """Return the address of a new referral's page, prepared in a chat."""
    garden.say(sender, OPENING, role="gp")
    for _ in range(6):
        garden.say(sender, "don't know", role="gp")
    answers = garden.say(sender, "refer to Job Garden", role="gp")
    message = next(
        a["custom"] for a in answers if a.get("custom", {}).get("type") == "referral_draft"
    )
    assert message["url"] == f"/referrals/consultation/{message['consultation_id']}"
    return str(message["url"])


def check(page: Page, axe: str, width: int, what: str) -> None:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(f["id"], f["nodes"][0]["html"]) for f in found["violations"]] == [], what
    assert page.evaluate("document.documentElement.scrollWidth") <= width, what


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, site: str, garden: Server, axe: str, size: dict[str, Any]
) -> None:
    width = size["viewport"]["width"]
    url = drafted(garden, f"axe-{width}-{len(size)}")
    # axe-core puts a style of its own into the page, which the page's policy rightly refuses.
    context = browser.new_context(bypass_csp=True, **size)
    page = context.new_page()
    page.goto(site + url)
    check(page, axe, width, "a draft")
    page.locator("#paste").fill(PASTED.replace("12-Mar-1978", "12-Mar-68"))
    page.get_by_role("button", name="Take it apart").click()
    check(page, axe, width, "taken apart, with doubts")
    page.get_by_label("Postcode").fill("nowhere")
    page.get_by_role("button", name="Save what I typed").click()
    expect(page.locator("#trouble")).to_be_focused()
    check(page, axe, width, "something wrong")
    page.get_by_label("Postcode").fill("ZZ1 1ZZ")
    page.get_by_role("button", name="Save what I typed").click()
    expect(page.locator("main")).to_contain_text("perhaps this is another patient")
    check(page, axe, width, "another patient")
    page.get_by_role("button", name="The record is right: use its age").click()
    page.get_by_role("button", name="Show what would be sent").click()
    page.locator("summary", has_text="Papers").click()
    check(page, axe, width, "a preview")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Agreed now")).to_be_hidden()
    expect(page.locator("blockquote")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="read and copy of Text for the GP record").first.evaluate(
        "link => link.removeAttribute('target')"
    )
    page.get_by_role("link", name="read and copy of Text for the GP record").first.click()
    check(page, axe, width, "a paper")
    for path in (
        "/referrals/worklist",
        "/referrals/inbound",
        "/r/" + "x" * 43,
        "/referrals/FP-00000000",
    ):
        page.goto(site + path)
        check(page, axe, width, path)
    page.goto(f"{site}/sign-in")
    page.get_by_label("Role").select_option("auditor")
    page.get_by_role("button", name="Use this role").click()
    for path in ("/referrals/audit", "/referrals/worklist?state=all"):
        page.goto(site + path)
        check(page, axe, width, path)
    context.close()


def test_all_of_it_without_a_script(browser: Browser, site: str, garden: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + drafted(garden, "no-script"))
    page.locator("#paste").fill(PASTED)
    page.get_by_role("button", name="Take it apart").click()
    page.get_by_role("link", name="It is right: go on").click()
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Record: agreed, verbally, by me, now").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded: agreed, by you, now.")
    expect(page.locator(".agreed")).to_contain_text("the patient agreed")
    # Enter in a field saves, and does nothing else.
    page.get_by_label("What has been tried").fill("Lighter duties")
    page.get_by_label("What has been tried").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("ask again")
    expect(page.locator(".headline")).to_contain_text("Nothing has been sent.")
    context.close()


def test_a_name_does_not_stay_on_a_screen_that_nobody_is_at(
    browser: Browser, site: str, garden: Server
) -> None:
    page = browser.new_page()
    page.clock.install()
    url = site + drafted(garden, "left-alone")
    page.goto(url)
    page.locator("#paste").fill(PASTED)
    page.get_by_role("button", name="Take it apart").click()
    page.get_by_role("button", name="Save what I typed").click()
    page.get_by_role("button", name="Show and correct").click()
    name = page.get_by_label("Full name")
    expect(name).to_have_value("Test ZEBRA")
    page.clock.fast_forward(9 * 60_000)
    page.mouse.move(20, 20)
    page.clock.fast_forward(9 * 60_000)
    expect(name).to_have_value("Test ZEBRA")
    page.clock.fast_forward(2 * 60_000)
    expect(page.get_by_role("status")).to_contain_text("Nobody was here for some time")
    assert "ZEBRA" not in page.content() and page.url.startswith(url)
    # It is still held; and where nothing names anybody, nothing is taken away.
    expect(page.get_by_role("button", name="Show and correct")).to_be_visible()
    page.get_by_label("What has been tried").fill("Lighter duties")
    page.clock.fast_forward(30 * 60_000)
    expect(page.get_by_label("What has been tried")).to_have_value("Lighter duties")
    page.goto(f"{site}/referrals/worklist")
    page.get_by_role("button", name="Show name").first.click()
    expect(page.locator("main strong", has_text="Test ZEBRA")).to_be_visible()
    page.clock.fast_forward(11 * 60_000)
    expect(page.get_by_role("status")).to_contain_text("Nobody was here for some time")
    expect(page.locator("main")).not_to_contain_text("Test ZEBRA")
    page.close()


def test_a_double_click_is_one_click(browser: Browser, site: str, garden: Server) -> None:
    page = browser.new_page()
    page.goto(site + drafted(garden, "double"))
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Record: agreed, verbally, by me, now").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Recorded: agreed, by you, now.")
    expect(page.locator(".agreed")).to_have_count(1)
    page.close()


def test_nothing_of_the_patient_is_logged_or_lies_open(site: str, garden: Server) -> None:
    kept = garden.bytes_kept()
    assert not any(name in kept for name in NAMES)
