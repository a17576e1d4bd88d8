"""``fingerpost directory approve``: a second role agrees that live instances serve an entry as written."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from cli.case_input import as_of
from cli.directory_verbs.homes import add_home, found_entry, home_of, refuse
from services_directory.entry_reader import ReadEntry
from services_directory.keeping.approvals import ApprovalError, approve, check_second_role
from services_directory.keeping.home import ReadHome, read_home
from services_directory.keeping.pending import pending, pending_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="the entries to approve")
    parser.add_argument("--all", action="store_true", help="every entry that waits for approval")
    parser.add_argument("--role", help="your role: the second one, never a person's name")
    parser.add_argument(
        "--changed-by", help="the role of who made the change (default: the keeper of its folder)"
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask; the change was shown before"
    )
    parser.add_argument("--show", action="store_true", help="show what waits, and approve nothing")
    parser.add_argument("--as-of", help="the day of the approval (default: today)")
    add_home(parser)


def run(args: argparse.Namespace) -> int:
    """Show what changes for patients, ask, and keep the approved copy; 2 where it cannot be."""
    read = read_home(home_of(args))
    day = as_of(args.as_of)
    waiting = pending(read, day)
    if args.ids:
        found = [found_entry(read, name, "approve") for name in args.ids]
        if None in found:
            return 2
        wanted = {e.service.id for e in found if e is not None and e.service is not None}
    elif args.all or args.show:
        wanted = set(waiting.ids)
    else:
        return refuse("approve", "name the entries, or write --all")
    entries = [read.tree.by_id[i] for i in waiting.ids if i in wanted]
    print(pending_text(waiting, wanted))
    if args.show or not entries:
        return 0
    if not args.role:
        return refuse("approve", "name the role that approves (--role), never a person's name")
    changed_by = {_id(e): args.changed_by or _keeper(read, e) for e in entries}
    try:
        for role in set(changed_by.values()):
            check_second_role(args.role, role)
    except ApprovalError as error:
        return refuse("approve", error)
    if not args.yes and not _agreed(len(entries), args.role):
        print("Nothing was approved.")
        return 1
    return _approve(read, entries, args.role, changed_by, day)


def _approve(
    read: ReadHome, entries: list[ReadEntry], role: str, changed_by: dict[str, str], day: date
) -> int:
    for entry in entries:
        try:
            approve(read, entry, role, changed_by[_id(entry)], day)
        except ApprovalError as error:
            return refuse("approve", error)
    what = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
    print(f"Approved: {what}, by {role}. Commit {read.home.root.name}/approved and approvals.yml.")
    return 0


def _id(entry: ReadEntry) -> str:
    return entry.service.id if entry.service else entry.path.stem


def _keeper(read: ReadHome, entry: ReadEntry) -> str:
    keeper = read.keepers.get(_id(entry))
    return keeper.owner_role if keeper else ""


def _agreed(count: int, role: str) -> bool:
    what = "this entry" if count == 1 else f"these {count} entries"
    if not sys.stdin.isatty():
        print(
            "fingerpost directory approve: nobody to ask; add --yes once it was read",
            file=sys.stderr,
        )
        return False
    return input(f"\nApprove {what} for live use, as {role}? Type yes: ").strip() == "yes"
