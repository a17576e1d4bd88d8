"""A provider's request for health input: recorded, agreed to word for word, answered, sealed, purged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import desk_cases as desks
import pytest
from desk_cases import AUDITOR, GP, LINK_WORKER, MAINTAINER, NOW, NURSE, RECEPTION, STRANGER, a_room

from referrals import audit, desk, inbound
from referrals.desk import DeskError
from referrals.permissions import Actor
from referrals.records import engine as opened
from referrals.records import health_requests
from referrals.records.engine import forget_deleted, reading, records, writing
from referrals.records.health_requests import HealthRequest

ANSWER = "She can stand for an hour at a time. Shorter shifts would help."


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    monkeypatch.delenv("FINGERPOST_REFERRALS_URL", raising=False)
    opened._up_to_date.cache_clear()
    yield
    opened._up_to_date.cache_clear()


def recorded(actor: Actor = GP, **more: Any) -> HealthRequest:
    values = {
        "provider": "An invented provider",
        "contact": "team@provider.example.invalid",
        "patient": "Test Zebra, born 12/03/1978",
        "asks": "how long she can stand",
        "answer_by": date(2026, 12, 1),
    }
    return inbound.record(a_room(), actor, NOW, **{**values, **more})


def code_of(call: Any) -> str:
    with pytest.raises(DeskError) as refused:
        call()
    return refused.value.code


def test_recorded_agreed_and_answered() -> None:
    room = a_room()
    request = recorded()
    assert [r.reference for r in inbound.listed(room, GP, NOW)] == [request.reference]
    assert "An invented provider" in inbound.words_for(request)
    inbound.agree(room, NURSE, NOW, request.reference, ANSWER)
    done, text = inbound.answer(room, GP, NOW, request.reference)
    assert done.state == "answered" and ANSWER in text and "Test Zebra" in text
    assert f"reference {request.reference}" in text and "by gp" in text
    again = inbound.read(room, GP, NOW, request.reference)
    assert again.about == done.about and again.answered_by == GP.id
    assert not inbound.listed(room, GP, NOW)
    with reading(records()) as connection:
        trail = list(audit.entries(connection, request.reference))
        assert [e.action for e in trail] == ["health_request"] * 3 + ["view"]
        assert audit.verify(connection).whole
        assert "Zebra" not in str(trail)


def test_no_answer_without_agreement() -> None:
    room = a_room()
    request = recorded()
    assert code_of(lambda: inbound.answer(room, GP, NOW, request.reference)) == "no_consent"
    assert code_of(lambda: inbound.agree(room, GP, NOW, request.reference, " ")) == "missing"
    other = {"who_agreed": "best_interests"}
    agree = lambda: inbound.agree(room, GP, NOW, request.reference, ANSWER, **other)  # noqa: E731
    assert code_of(agree) == "not_an_agreement"
    inbound.agree(room, GP, NOW, request.reference, ANSWER)
    inbound.withdraw(room, GP, NOW, request.reference)
    assert code_of(lambda: inbound.answer(room, GP, NOW, request.reference)) == "no_consent"
    assert code_of(lambda: inbound.agree(room, GP, NOW, request.reference, "x")) == "wrong_state"


def test_refused_with_a_reason() -> None:
    room = a_room()
    request = recorded()
    assert code_of(lambda: inbound.refuse(room, GP, NOW, request.reference, " ")) == "no_reason"
    done = inbound.refuse(room, GP, NOW, request.reference, "The patient does not want it.")
    assert done.state == "refused" and done.ended_at == NOW


@pytest.mark.parametrize("part", ["provider", "patient", "asks"])
def test_a_request_says_who_about_whom_and_what(part: str) -> None:
    assert code_of(lambda: recorded(**{part: "  "})) == "missing"
    assert code_of(lambda: recorded(**{part: "x" * 5000})) == "missing"


@pytest.mark.parametrize(
    ("actor", "records_it", "reads", "answers"),
    [
        (GP, True, True, True),
        (NURSE, True, True, True),
        (LINK_WORKER, True, True, True),
        (RECEPTION, True, False, False),
        (MAINTAINER, False, False, False),
        (AUDITOR, False, False, False),
        (STRANGER, True, False, False),
    ],
)
def test_who_may_do_what(actor: Actor, records_it: bool, reads: bool, answers: bool) -> None:
    room = a_room()
    request = recorded()
    inbound.agree(room, GP, NOW, request.reference, ANSWER)
    tries = {
        lambda: recorded(actor): records_it,
        lambda: inbound.read(room, actor, NOW, request.reference): reads,
        lambda: inbound.answer(room, actor, NOW, request.reference): answers,
    }
    for call, allowed in tries.items():
        if allowed:
            call()
        else:
            assert code_of(call) in ("not_allowed", "not_found")


def test_sealed_and_purged(tmp_path: Path) -> None:
    room = a_room()
    request = recorded()
    inbound.agree(room, GP, NOW, request.reference, ANSWER)
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"Zebra" not in kept and b"stand" not in kept
    inbound.answer(room, GP, NOW, request.reference)
    month, year = timedelta(days=30), timedelta(days=180)
    with writing(records()) as connection:
        assert not health_requests.purge(
            connection, GP.practice, NOW + month - desks.DAY, month, year
        )
        assert health_requests.purge(connection, GP.practice, NOW + month, month, year) == 1
        assert not health_requests.purge(connection, GP.practice, NOW + month, month, year)
    assert forget_deleted(records())
    assert code_of(lambda: inbound.read(room, GP, NOW, request.reference)) == "purged"


def test_what_nobody_answers_goes_too() -> None:
    request = recorded()
    year = timedelta(days=180)
    desk.purge(a_room(), MAINTAINER, NOW + year - desks.DAY)
    assert inbound.listed(a_room(), GP, NOW)
    desk.purge(a_room(), MAINTAINER, NOW + year)
    assert not inbound.listed(a_room(), GP, NOW)
    assert code_of(lambda: inbound.refuse(a_room(), GP, NOW, request.reference, "x")) == "purged"
