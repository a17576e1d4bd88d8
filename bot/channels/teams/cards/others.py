"""Cards of few words: `info`, `error`, the welcome, what is said in a group, a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

from bot.channels.teams.cards.blocks import (
    Block,
    Card,
    choices,
    heading,
    line,
    lines,
    open_url,
    person,
    press,
    run,
    say,
)
from bot.channels.teams.cards.referral import WORKLIST
from bot.sign_in.user import CLINICAL_ROLES, ROLE_NAMES
from services_directory.practice import TRAINING_BANNER

# Topics that are taken elsewhere, so that they say whom they are about.
TAKEN = frozenset(("record_text", "fit_note_comments", "summary"))
DELETE_IT = "Please delete that message of yours now: hold it, or point at it, and choose Delete."
KEPT_BY_TENANT = (
    "Your organisation keeps what is typed here as it keeps every Teams chat. So type no names, dates of "
    "birth, NHS numbers or addresses: what names a patient belongs on the referral's own page."
)


def info(message: Mapping[str, Any]) -> list[Card]:
    """Return the card of an `info`. Where something was removed, it asks for that message to be deleted."""
    text = str(message["text"])
    body: list[Block] = [*person(message)] if message.get("topic") in TAKEN else []
    if message.get("removed"):
        body.append(line(run("Something that names a person was in that message.", bold=True)))
        text = f"{text}\n{DELETE_IT}"
    body += lines(text)
    return [Card("info", body, text, "An answer")]


def error(message: Mapping[str, Any]) -> list[Card]:
    """Return the card of an `error`."""
    text = str(message["text"])
    return [Card("error", lines(text, bold=True), text, "That did not work")]


def welcome(training: bool, role: str | None, choose_role: bool) -> Card:
    """Return what is said first in a private chat. `role`: as whom the person is taken."""
    text = (
        "Tell me about a patient in your own words, and I find the work-and-health services that fit, and "
        "prepare the referral. For example: 48F warehouse packer in Ashton, off sick 6 wks, low back pain."
    )
    body: list[Block] = [heading("Fingerpost")]
    if training:
        body.append(line(run(TRAINING_BANNER, bold=True)))
    body += [*lines(text), line(run("Before you type: ", bold=True), KEPT_BY_TENANT)]
    body.append(line("One chat is one patient at a time: say “new patient” for the next."))
    actions = [say("Help", "help"), say("Worklist", "worklist")]
    if choose_role:
        roles = [(ROLE_NAMES[one], one) for one in CLINICAL_ROLES]
        taken = ROLE_NAMES.get(role or "", "not known")
        body.append(line(run(f"You are taken as: {taken}.", subtle=True)))
        body.append(choices("role", "Who are you?", roles))
        actions.insert(0, press("That is me", press="role"))
    return Card("welcome", body, f"{text}\n{KEPT_BY_TENANT}", "Welcome", actions)


def in_private(bot_id: str, joined: bool = False) -> Card:
    """Return what is said in a group or channel. `bot_id`: the bot's id in Teams; `joined`: it was added."""
    text = (
        "I talk about patients in a private chat only."
        if joined
        else "Here others read along, so I have not taken that in, and kept none of it. Let us go on in a "
        "private chat. If your message was about a patient, please delete it here."
    )
    address = f"https://teams.microsoft.com/l/chat/0/0?users={quote(bot_id, safe='')}"
    return Card(
        "private", lines(text), text, "Private chat only", [open_url("Go on in private", address)]
    )


def plain(text: str) -> Card:
    """Return a card of plain words."""
    return Card("info", lines(text), text, "An answer")


def nudge(reference: str, service: str, to_do: str, base_url: str) -> Card:
    """Return the card about a referral for which somebody has to do something."""
    text = f"Referral {reference} to {service}. {to_do}"
    body: list[Block] = [heading(f"Something to do: referral {reference}")]
    body += [line(run(service, bold=True), spacing="None"), *lines(to_do)]
    actions = [
        open_url("Open the referral", urljoin(base_url, f"/referrals/{reference}")),
        open_url("Worklist", urljoin(base_url, WORKLIST)),
    ]
    return Card("nudge", body, text, "Something to do about a referral", actions, reference)
