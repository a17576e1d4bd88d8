"""``fingerpost referrals rotate-key``: seal everything with the newest key, or print a new one."""

from __future__ import annotations

import argparse

from cli.referral_verbs.terminal import actor, now
from referrals import desk
from referrals.records.rotating import rotate
from referrals.sealing import KEY_VARIABLE, new_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--new", action="store_true", help="print a new key, and do nothing else")


def run(args: argparse.Namespace) -> int:
    """Rotate, and say how much was sealed anew."""
    if args.new:
        print(new_key())
        return 0
    with desk.open_room().work(actor("maintainer"), now(), "Nothing was changed.") as work:
        work.allow("purge", "key")
        count = rotate(work.connection, work.sealer)
        work.note("rotate_key", "key", {"values": count})
    print(f"Sealed {count} values anew. Older keys can be taken out of {KEY_VARIABLE}.")
    return 0
