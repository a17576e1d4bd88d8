"""Silence becomes a task; a task has words for the patient, the next services, and an end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import delivery_cases as cases
import pytest
from delivery_cases import NOW, SEALER
from referral_cases import packer, route, service

from referrals import audit
from referrals.permissions import Actor
from referrals.records import referrals
from referrals.records.engine import reading, writing
from referrals.replies import by_link, links, next_steps, nudges, tasks
from referrals.worklist import REPLY_WITHIN_DAYS
from services_directory.loading import directory

GP = Actor("dr-a", "gp", "Y99999")
DAY = timedelta(days=1)
SERVICES = {
    "test-service": service(route("clinician_form", reply_within_days=5), id="test-service"),
    "slow": service(route("clinician_form"), id="slow", reply_within_days=21),
}


@pytest.mark.parametrize(
    ("state", "service_id", "days", "told"),
    [
        ("sent", "test-service", 4, False),
        ("sent", "test-service", 5, True),
        ("received", "test-service", 5, True),
        ("accepted", "test-service", 5, True),
        ("attached", "test-service", 500, False),
        ("completed", "test-service", 500, False),
        ("declined", "test-service", 500, False),
        ("ready", "test-service", 500, False),
        ("sent", "slow", 20, False),
        ("sent", "slow", 21, True),
        ("sent", "gone-from-the-directory", REPLY_WITHIN_DAYS - 1, False),
        ("sent", "gone-from-the-directory", REPLY_WITHIN_DAYS, True),
    ],
)
def test_how_long_is_silent(state: str, service_id: str, days: int, told: bool) -> None:
    found = cases.waiting_referral("FP-ABCDEFGH", state=state, service_id=service_id)
    silent = nudges.silent([found], SERVICES, {}, NOW + days * DAY)
    assert [one.days for one in silent] == ([days] if told else [])


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    made = cases.new_record(tmp_path)
    with writing(made) as connection:
        found = cases.waiting_referral("FP-ABCDEFGH", state="sent", queued_at=None)
        referrals.insert(connection, SEALER, found)
    return made


def noted(engine: Any, days: int) -> int:
    with writing(engine) as connection:
        return nudges.note(connection, SERVICES, NOW + days * DAY)


def test_silence_is_told_once_and_again_after_as_long(engine: Any) -> None:
    assert [noted(engine, days) for days in (4, 5, 6)] == [0, 1, 0]
    with writing(engine) as connection:
        [task] = tasks.open_tasks(connection, "Y99999", "FP-ABCDEFGH")
        done = tasks.finish(connection, GP, task.id, NOW + 7 * DAY)
        assert done.kind == "silent" and not tasks.open_tasks(connection, "Y99999")
        tasks.finish(connection, GP, task.id, NOW + 8 * DAY)
        assert [e.action for e in audit.entries(connection, "FP-ABCDEFGH")] == ["task_done"]
    assert [noted(engine, days) for days in (8, 11, 12)] == [0, 0, 1]


def test_a_word_from_the_receiver_ends_the_silence(engine: Any) -> None:
    noted(engine, 5)
    with writing(engine) as connection:
        address = links.report_link(
            connection, "https://x.invalid", "FP-ABCDEFGH", "test-service", NOW, 90
        )
    by_link.press(engine, SEALER, address.rpartition("/")[2], "received", "", NOW + 6 * DAY)
    with reading(engine) as connection:
        assert not tasks.open_tasks(connection, "Y99999")
    assert [noted(engine, days) for days in (10, 11)] == [0, 1]


@pytest.mark.parametrize(
    "actor",
    [
        Actor("dr-x", "gp", "X99999"),
        Actor("keeper", "maintainer", "Y99999"),
        Actor("auditor", "auditor", "Y99999"),
    ],
)
def test_only_the_practice_ends_its_tasks(engine: Any, actor: Actor) -> None:
    noted(engine, 5)
    with writing(engine) as connection:
        [task] = tasks.open_tasks(connection, "Y99999")
        with pytest.raises(tasks.NotYours):
            tasks.finish(connection, actor, task.id, NOW)
        with pytest.raises(tasks.NotYours):
            tasks.finish(connection, GP, task.id + 1, NOW)
        assert tasks.open_tasks(connection, "Y99999") == (task,)


@pytest.mark.parametrize("kind", list(tasks.TO_DO))
def test_there_are_plain_words_for_the_patient(kind: tasks.TaskKind) -> None:
    said = next_steps.patient_words(kind, "A service", "Fernbank Surgery")
    assert "A service" in said and said.endswith("Fernbank Surgery")
    sentences = [s for s in said.replace("?", ".").split(".") if s.strip()]
    assert max(len(s.split()) for s in sentences) <= 16, "short sentences"
    assert max(map(len, said.replace("Fernbank Surgery", "").split())) <= 8, "short words"
    assert len(said) <= 320, "two text messages"


def test_the_next_services_are_others_that_fit() -> None:
    day = date(2026, 11, 22)
    first = next_steps.next_services(packer(), day, directory(), ())
    assert len(first) == next_steps.MOST
    tried = [first[0].service_id]
    then = next_steps.next_services(packer(), day, directory(), tried)
    assert then[:2] == first[1:] and first[0] not in then
