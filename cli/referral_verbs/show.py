"""``fingerpost referrals show``: one referral, with what the role may read of it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from cli.referral_verbs.terminal import a_table, actor, add_role, console, now
from referrals import desk
from referrals.lifecycle import STATE_WORDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("reference", help="such as FP-7K3M9Q2X")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_role(parser, "auditor")


def run(args: argparse.Namespace) -> int:
    """Print the referral."""
    found = desk.view(desk.open_room(), actor(args.role), now(), args.reference)
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        return 0
    referral = found.referral
    out = console()
    out.print(f"{referral.reference}  {found.service_name}: {STATE_WORDS[referral.state]}")
    if found.delayed:
        out.print(f"Why it has not arrived: {found.delayed}")
    table = a_table("field", "value", "source")
    for field in referral.fields:
        need = " (required)" if field.required and field.missing else ""
        table.add_row(field.label + need, field.value, field.source)
    if referral.fields:
        out.print(table)
    for blocker in found.blockers:
        out.print(f"- {blocker.says} {blocker.do}")
    for step in found.history:
        reason = f": {step.reason}" if step.reason else ""
        out.print(f"{step.at:%Y-%m-%d %H:%M}  {step.to_state} by {step.party}{reason}")
    return 0


def as_json(found: desk.View) -> dict[str, Any]:
    """Return the view as JSON."""
    referral = found.referral
    return {
        "reference": referral.reference,
        "service_id": referral.service_id,
        "service": found.service_name,
        "state": referral.state,
        "route": referral.route,
        "owner": referral.owner,
        "to_sign": referral.to_sign,
        "signed_by": referral.signed_by,
        "delayed": found.delayed,
        "queued_at": referral.queued_at.isoformat() if referral.queued_at else None,
        "purged_at": referral.purged_at.isoformat() if referral.purged_at else None,
        "consent": found.consent is not None,
        "identity_held": found.identity_held,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "value": field.value,
                "source": field.source,
                "required": field.required,
                "missing": field.missing,
                "edited": field.edited,
            }
            for field in referral.fields
        ],
        "blockers": [{"code": b.code, "says": b.says, "do": b.do} for b in found.blockers],
        "history": [
            {"at": s.at.isoformat(), "state": s.to_state, "by": s.party, "reason": s.reason}
            for s in found.history
        ],
    }
