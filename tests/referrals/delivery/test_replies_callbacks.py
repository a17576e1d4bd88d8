"""Call-backs: the signed, fresh, new one of the right receiver is taken, and no other."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
from delivery_cases import NOW, SEALER

from referrals.delivery.settings import Receiver
from referrals.records import referrals
from referrals.records.engine import reading, writing
from referrals.replies import callbacks, tasks
from referrals.replies.callbacks import Answer, signature

SECRET = "a secret of at least twenty-four letters"
OTHERS = "the secret of quite another receiver"
SETTINGS = cases.settings(
    receivers={
        "test-service": Receiver(callback_secret=SECRET),
        "other-service": Receiver(callback_secret=OTHERS),
        "silent-service": Receiver(),
    }
)
REFERENCE = "FP-ABCDEFGH"


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    made = cases.new_record(tmp_path)
    with writing(made) as connection:
        for name, service_id in (
            (REFERENCE, "test-service"),
            ("FP-00000001", "other-service"),
            ("FP-00000002", "silent-service"),
        ):
            referral = cases.waiting_referral(name, state="sent", service_id=service_id)
            referrals.insert(connection, SEALER, referral)
    return made


def call(
    engine: Any,
    said: Any = None,
    secret: str = SECRET,
    message_id: str = "msg_1",
    now: Any = NOW,
    made: Any = NOW,
    **headers: str,
) -> Answer:
    said = {"reference": REFERENCE, "state": "received"} if said is None else said
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    timestamp = str(int(made.timestamp()))
    sent = {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(secret, message_id, timestamp, body),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return callbacks.take(engine, SEALER, SETTINGS, sent, body, now)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    # The example of the specification's own libraries.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    told = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_taken(engine: Any) -> None:
    answer = call(engine)
    assert (answer.status, answer.said["recorded"]) == (200, True)
    assert cases.state_of(engine, REFERENCE) == "received"
    again = call(engine, message_id="msg_2")
    assert (again.status, again.said["recorded"]) == (200, False)
    declined = {"reference": REFERENCE.lower(), "state": "declined", "reason": "full"}
    assert call(engine, declined, message_id="msg_3").status == 200
    with reading(engine) as connection:
        assert [task.kind for task in tasks.open_tasks(connection, "Y99999")] == ["declined"]


def test_a_replay_is_refused(engine: Any) -> None:
    assert call(engine).status == 200
    assert call(engine, {"reference": REFERENCE, "state": "accepted"}).status == 409
    assert call(engine, now=NOW + timedelta(minutes=4)).status == 409
    # Forgotten only when it is too old to be taken anyway.
    assert call(engine, now=NOW + timedelta(minutes=16)).status == 401
    assert cases.state_of(engine, REFERENCE) == "received"


@pytest.mark.parametrize("minutes", [-6, 6, 600])
def test_an_old_one_is_refused(engine: Any, minutes: int) -> None:
    assert call(engine, now=NOW + timedelta(minutes=minutes)).status == 401
    assert cases.state_of(engine, REFERENCE) == "sent"


@pytest.mark.parametrize(
    "more",
    [
        {"secret": OTHERS},
        {"secret": ""},
        {"secret": "none"},
        {"said": {"reference": "FP-00000001", "state": "received"}},
        {"said": {"reference": "FP-00000002", "state": "received"}, "secret": ""},
        {"said": {"reference": "FP-00000002", "state": "received"}, "secret": "none"},
        {"said": {"reference": "FP-99999999", "state": "received"}},
        {"webhook_signature": ""},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1," + base64.b64encode(b"x" * 32).decode()},
        {"webhook_signature": "v1,\u00e9"},
        {"webhook_id": "msg_other"},
        {"webhook_timestamp": "1"},
        {"webhook_timestamp": "\u0663"},
        {"webhook_timestamp": ""},
        {"said": b"not json"},
        {"said": b"[" * 20_000},
        {"said": b'{"reference": "FP-ABCDEFGH"' + b" " * 20_000 + b"}"},
    ],
)
def test_whoever_cannot_sign_learns_nothing(engine: Any, more: dict[str, Any]) -> None:
    answer = call(engine, **more)
    assert (answer.status, answer.said["text"]) == (401, callbacks.NOT_SIGNED)
    assert {cases.state_of(engine, n) for n in (REFERENCE, "FP-00000001")} == {"sent"}


def test_one_of_several_signatures_is_enough(engine: Any) -> None:
    body = json.dumps({"reference": REFERENCE, "state": "received"}).encode()
    right = signature(SECRET, "msg_1", str(int(NOW.timestamp())), body)
    assert call(engine, body, webhook_signature=f"v1,old {right}").status == 200


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"state": "sent"}, 200),
        ({"state": "withdrawn"}, 422),
        ({"state": "draft"}, 422),
        ({"state": ["received"]}, 422),
        ({}, 422),
        ({"state": "declined"}, 422),
        ({"state": "declined", "reason": "x" * 600}, 422),
    ],
)
def test_only_what_a_receiver_can_say(engine: Any, said: dict[str, Any], status: int) -> None:
    assert call(engine, {"reference": REFERENCE, **said}).status == status
    assert cases.state_of(engine, REFERENCE) == "sent"


def test_an_id_has_a_shape(engine: Any) -> None:
    assert call(engine, message_id="x" * 101).status == 400
    assert call(engine, message_id="").status == 400
