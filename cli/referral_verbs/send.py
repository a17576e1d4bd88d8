"""``fingerpost referrals send``: asks for what is missing, step by step, then sends or records that you did.

What names the patient is typed at the prompt, and stands in no option that a shell would remember.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from cli.referral_verbs.terminal import actor, add_role, now
from referrals import desk
from referrals.desk import DeskError, Room
from referrals.identity import take_apart, to_values
from referrals.permissions import Actor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("reference", help="such as FP-7K3M9Q2X")
    parser.add_argument(
        "--by-hand", action="store_true", help="you sent it, or gave it to the patient"
    )
    parser.add_argument(
        "--checked", action="store_true", help="you asked the service whether it takes referrals"
    )
    add_role(parser)


def run(args: argparse.Namespace) -> int:
    """Go through it; 1 where it was not sent."""
    room, who, when = desk.open_room(), actor(args.role), now()
    if args.checked:
        desk.confirm_checked(room, who, when, args.reference)
    view = desk.view(room, who, when, args.reference)
    if not view.carried and view.referral.state in ("draft", "consented") and sys.stdin.isatty():
        _prepare(room, who, when, view)
    if args.by_hand:
        desk.mark_sent_by_hand(room, who, now(), args.reference)
        print("Recorded: sent by hand.")
        return 0
    try:
        sent = desk.send(room, who, now(), args.reference)
    except DeskError as error:
        print(f"Not sent. {error}", file=sys.stderr)
        return 1
    print(sent.shown)
    for why in sent.hindrances:
        print(f"- {why}")
    print("It will be delivered; `show` says when it was." if sent.queued else "State: not sent.")
    return 0


def _prepare(room: Room, who: Actor, when: datetime, view: desk.View) -> None:
    """Ask for the identity, the consent and the signature, as far as they are missing."""
    reference = view.referral.reference
    if not view.identity_held:
        _ask_identity(room, who, when, reference)
    if view.consent is None:
        words = desk.words_for(room, who, when, reference)
        print(f'\nRead aloud: "{words.says}"', *words.lines, sep="\n  ")
        if _yes("Has the patient agreed, to you, just now?"):
            desk.record_consent(room, who, when, [reference])
    if not view.referral.signed and _yes(f"Sign it as {who.role}?"):
        desk.sign(room, who, when, reference)
    desk.mark_ready(room, who, when, reference)


def _ask_identity(room: Room, who: Actor, when: datetime, reference: str) -> None:
    print("Paste the line from the record system (empty: leave blanks for it to fill).")
    pasted = input("> ")
    if not pasted.strip():
        return
    identity, doubts = take_apart(pasted, when.date())
    for name, value in to_values(identity).items():
        print(f"  {name.replace('_', ' ')}: {value}")
    for doubt in doubts:
        print(f"  Check: {doubt.says}")
    if _yes("Is that right?"):
        for problem in desk.set_identity(room, who, when, reference, identity).at_odds:
            print(f"  {problem.says}")


def _yes(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().casefold() in ("y", "yes")
