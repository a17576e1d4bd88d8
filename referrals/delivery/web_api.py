"""A provider's own web service: one JSON object with the receiver's form, and a receipt in return.

The receiver answers 200, 201 or 202 with a JSON object whose ``reference`` is ours; anything else is no
receipt, and it is tried again with the same key. docs/delivery.md shows both for whoever builds one.
"""

from __future__ import annotations

import json

from referrals.delivery.http_post import Answer, post
from referrals.delivery.idempotency import key_of
from referrals.delivery.model import Arrived, NotYet, Outcome, Outgoing, Parcel
from referrals.delivery.receipts import receipt
from referrals.delivery.settings import DeliverySettings

NO_RECEIPT = (
    "The receiver answered, but not that it has this referral. Perhaps another page answered."
)


def pack(outgoing: Outgoing, settings: DeliverySettings) -> Parcel:
    """Return the request that hands ``outgoing`` over."""
    key = key_of(outgoing.reference, outgoing.number)
    content = {
        "kind": outgoing.kind,
        "reference": outgoing.reference,
        "service_id": outgoing.service_id,
        "sent_by": {
            "name": outgoing.sender.name,
            "ods_code": outgoing.sender.ods_code,
            "reply_to": outgoing.sender.reply_address,
        },
        "written_at": outgoing.written_at.isoformat(timespec="seconds"),
        "training": outgoing.training,
        "form": dict(outgoing.form),
    }
    if outgoing.link:
        content["confirm_url" if outgoing.kind == "test" else "report_url"] = outgoing.link
    return Parcel(
        channel="web_api",
        address=outgoing.address,
        key=key,
        reference=outgoing.reference,
        body=json.dumps(content, ensure_ascii=False).encode(),
        headers=(
            ("Content-Type", "application/json; charset=utf-8"),
            ("Accept", "application/json"),
            ("Idempotency-Key", key),
        ),
    )


def send(parcel: Parcel, settings: DeliverySettings, token: str) -> Outcome:
    """Post ``parcel``; ``token`` lets us in (empty: none is needed)."""
    answer = post(parcel, settings, {"Authorization": f"Bearer {token}"} if token else {})
    if not isinstance(answer, Answer):
        return answer
    said = answer.json()
    if not isinstance(said, dict) or said.get("reference") != parcel.reference:
        return NotYet(NO_RECEIPT)
    return Arrived(receipt(said.get("id")))
