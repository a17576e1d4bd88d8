"""``fingerpost referrals tasks``: what is to be done about referrals, with the words for the patient."""

from __future__ import annotations

import argparse
import json

from cli.referral_verbs.terminal import actor, add_role, now
from referrals import desk
from referrals.replies import following_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--done", type=int, metavar="TASK", help="note that this one is done")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    add_role(parser)


def run(args: argparse.Namespace) -> int:
    """List, or end one."""
    room, who, when = desk.open_room(), actor(args.role), now()
    if args.done is not None:
        task = following_up.done(room, who, when, args.done)
        print(f"Done: {task.reference}, {task.kind.replace('_', ' ')}.")
        return 0
    following_up.note_silence(room, when)
    found = following_up.to_do(room, who, when)
    if args.json:
        print(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=1))
        return 0
    for one in found:
        print(f"{one.task.id}  {one.task.reference}  {one.service_name}: {one.task.to_do}")
        print(f'    For the patient: "{one.patient_words}"')
    print(f"{len(found)} to do")
    return 0


def _json(one: following_up.ToDo) -> dict[str, object]:
    return {
        "task": one.task.id,
        "reference": one.task.reference,
        "service_id": one.task.service_id,
        "kind": one.task.kind,
        "to_do": one.task.to_do,
        "patient_words": one.patient_words,
        "made_at": one.task.made_at.isoformat(),
    }
