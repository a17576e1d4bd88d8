"""``fingerpost referrals test-address``: a test message without a patient, or the list of addresses."""

from __future__ import annotations

import argparse

from cli.referral_verbs.terminal import a_table, actor, add_role, console, now
from referrals import desk
from referrals.delivery.address_tests import Address, addresses_of, send_test
from referrals.delivery.settings import delivery_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("service", nargs="?", help="the entry's id; without it, all are listed")
    add_role(parser, "maintainer")


def run(args: argparse.Namespace) -> int:
    """Put the test out, or list."""
    room, who = desk.open_room(), actor(args.role)
    if args.service:
        for delivery in send_test(room, who, now(), delivery_settings(), args.service):
            print(
                f"A test message waits to be delivered to {delivery.address} ({delivery.channel})."
            )
        print("Referrals go there once somebody has pressed the button behind its link.")
        return 0
    table = a_table("service", "channel", "address", "state")
    for one in addresses_of(room, who, now()):
        table.add_row(one.service_id, one.delivery.channel, one.delivery.address, _words(one))
    console().print(table)
    return 0


def _words(one: Address) -> str:
    if one.state is None:
        return "not tested"
    if one.state.confirmed_at is None:
        return f"tested {one.state.tested_at:%d/%m/%Y}, not confirmed"
    return f"confirmed {one.state.confirmed_at:%d/%m/%Y}"
