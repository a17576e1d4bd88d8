"""The desk: everything that is done to a referral goes through here, for chat, pages, JSON and terminal.

Each use case takes the ``Room``, the ``Actor`` and the time, checks who may, what is missing and which step
may follow, does it in one transaction together with its row in the audit trail, and raises ``DeskError``
where it does not. Delivery, receivers and the clock report what happened through ``settling``.
"""

from referrals.desk.agreeing import record_consent, withdraw_consent, words_for
from referrals.desk.auditing import trail, verified
from referrals.desk.blockers import Blocker
from referrals.desk.deleting import Purged, clock, purge
from referrals.desk.editing import Changed, choose_facts, edit_field, refill
from referrals.desk.errors import DeskError
from referrals.desk.following import Withdrawn, reassign, report, withdraw
from referrals.desk.looking import (
    Preview,
    View,
    export,
    of_consultation,
    papers,
    preview,
    repeats,
    status_message,
    view,
    worklist,
)
from referrals.desk.opening import new_consultation_id, open_referral, opened_before
from referrals.desk.outbox import DryRun, Outbox, Packet
from referrals.desk.people import (
    Kept,
    forget_identity,
    reveal_identity,
    reveal_name,
    set_identity,
)
from referrals.desk.room import Room, Work, open_room
from referrals.desk.sending import Sent, confirm_checked, mark_ready, mark_sent_by_hand, send, sign
from referrals.desk.settling import delivered, failed, reported, settle

__all__ = [
    "Blocker",
    "Changed",
    "DeskError",
    "DryRun",
    "Kept",
    "Outbox",
    "Packet",
    "Preview",
    "Purged",
    "Room",
    "Sent",
    "View",
    "Withdrawn",
    "Work",
    "choose_facts",
    "clock",
    "confirm_checked",
    "delivered",
    "edit_field",
    "export",
    "failed",
    "forget_identity",
    "mark_ready",
    "mark_sent_by_hand",
    "new_consultation_id",
    "of_consultation",
    "open_referral",
    "open_room",
    "opened_before",
    "papers",
    "preview",
    "purge",
    "reassign",
    "record_consent",
    "refill",
    "repeats",
    "report",
    "reported",
    "reveal_identity",
    "reveal_name",
    "send",
    "set_identity",
    "settle",
    "sign",
    "status_message",
    "trail",
    "verified",
    "view",
    "withdraw",
    "withdraw_consent",
    "words_for",
    "worklist",
]  # fmt: skip
