"""``fingerpost referrals withdraw``: stop a referral."""

from __future__ import annotations

import argparse

from cli.referral_verbs.terminal import actor, add_role, now
from referrals import desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("reference", help="such as FP-7K3M9Q2X")
    parser.add_argument("--reason", default="", help="why, without naming the patient")
    add_role(parser)


def run(args: argparse.Namespace) -> int:
    """Withdraw it."""
    done = desk.withdraw(desk.open_room(), actor(args.role), now(), args.reference, args.reason)
    print(f"{done.referral.reference} is withdrawn.")
    if done.tell_service:
        print("The service has it already: tell the service.")
    return 0
