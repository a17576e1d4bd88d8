"""A FHIR R4 endpoint: the referral's Bundle as one transaction, and the server's own answer as the receipt.

Every resource is put at an id that follows from the reference, so that a server which takes the same Bundle
twice holds it once (hl7.org/fhir/R4/http.html: transaction, and update as create). The Idempotency-Key is for
servers that know nothing of that.
"""

from __future__ import annotations

import json
from typing import Any

from referrals.delivery.http_post import Answer, post
from referrals.delivery.idempotency import key_of
from referrals.delivery.model import Arrived, Never, NotYet, Outcome, Outgoing, Parcel
from referrals.delivery.receipts import receipt
from referrals.delivery.settings import DeliverySettings

MEDIA_TYPE = "application/fhir+json"
NO_RECEIPT = (
    "The receiver answered, but not as a FHIR server that has the referral; perhaps another page answered "
    "in its place."
)
NOT_WHOLE = "The receiver took only a part of the referral. Ask it why; send it another way."
REFUSED = "The receiver read the referral and refused it. Ask it why; send it another way."
# "Test health data", so that no server takes it for a patient's (hl7.org, v3-ActReason).
_TEST_DATA = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}
_TEST = """\
A test that concerns no patient. {practice} would like to send referrals to this address. Please confirm \
that they should come here: {link}"""


def pack(outgoing: Outgoing, settings: DeliverySettings) -> Parcel:
    """Return the request that hands ``outgoing`` over. Raises ``ValueError`` without a Bundle."""
    bundle = _test(outgoing) if outgoing.kind == "test" else outgoing.bundle
    if bundle is None:
        raise ValueError("a referral to a FHIR endpoint needs its Bundle")
    key = key_of(outgoing.reference, outgoing.number)
    return Parcel(
        channel="fhir",
        address=outgoing.address,
        key=key,
        reference=outgoing.reference,
        body=json.dumps(bundle, ensure_ascii=False).encode(),
        headers=(
            ("Content-Type", f"{MEDIA_TYPE}; charset=utf-8"),
            ("Accept", MEDIA_TYPE),
            ("Idempotency-Key", key),
        ),
    )


def _test(outgoing: Outgoing) -> dict[str, Any]:
    """Return a Bundle with one Communication, marked as test data."""
    text = _TEST.format(practice=outgoing.sender.name, link=outgoing.link)
    ident = key_of(outgoing.reference, outgoing.number)
    communication = {
        "resourceType": "Communication",
        "id": ident,
        "meta": {"security": [_TEST_DATA]},
        "status": "completed",
        "sent": outgoing.written_at.isoformat(timespec="seconds"),
        "payload": [{"contentString": text}],
    }
    return {
        "resourceType": "Bundle",
        "meta": {"security": [_TEST_DATA]},
        "type": "transaction",
        "entry": [
            {
                "fullUrl": f"urn:uuid:{ident}",
                "resource": communication,
                "request": {"method": "PUT", "url": f"Communication/{ident}"},
            }
        ],
    }


def send(parcel: Parcel, settings: DeliverySettings, token: str) -> Outcome:
    """Post ``parcel``; ``token`` lets us in (empty: none is needed)."""
    answer = post(parcel, settings, {"Authorization": f"Bearer {token}"} if token else {})
    if not isinstance(answer, Answer):
        return answer
    return read_answer(answer, len(json.loads(parcel.body)["entry"]))


def read_answer(answer: Answer, resources: int) -> Outcome:
    """Return what a 2xx ``answer`` to so many ``resources`` means: a FHIR server may refuse inside of one."""
    said = answer.json()
    if not isinstance(said, dict):
        return NotYet(NO_RECEIPT)
    kind = said.get("resourceType")
    if kind == "OperationOutcome":
        return Never(REFUSED) if _refused(said) else NotYet(NO_RECEIPT)
    entries = said.get("entry")
    if (
        kind != "Bundle"
        or said.get("type") != "transaction-response"
        or not isinstance(entries, list)
    ):
        return NotYet(NO_RECEIPT)
    if len(entries) != resources or not all(_taken(entry) for entry in entries):
        return Never(NOT_WHOLE)
    return Arrived(receipt(said.get("id")))


def _refused(outcome: dict[str, Any]) -> bool:
    issues = outcome.get("issue")
    found = issues if isinstance(issues, list) else []
    return any(isinstance(i, dict) and i.get("severity") in ("error", "fatal") for i in found)


def _taken(entry: Any) -> bool:
    response = entry.get("response") if isinstance(entry, dict) else None
    status = response.get("status") if isinstance(response, dict) else None
    return isinstance(status, str) and status.startswith("2")
