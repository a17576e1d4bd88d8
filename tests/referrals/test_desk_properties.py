"""Whatever anybody does at the desk, in any order: the machine, the roles, and what was typed hold."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from desk_cases import (
    BY_EMAIL,
    BY_HAND,
    HAND_OUT,
    LETTER,
    NOW,
    ODS,
    ZEBRA,
    KeepingOutbox,
    a_room,
    opened,
    ready,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals import audit, desk
from referrals.desk import DeskError
from referrals.lifecycle import FINAL, STATES, may_follow
from referrals.permissions import ROLES, UNKNOWN, Actor, may
from referrals.records import engine, history, referrals
from referrals.sealing import sealer
from tests.any_case import cases

# Mostly somebody who may, so that much happens.
ANY_ACTOR = st.sampled_from([*["gp"] * 8, *ROLES, UNKNOWN]).map(
    lambda role: Actor(f"a-{role}", role, ODS)
)
ANY_TEXT = st.text(max_size=12)
MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _settled(to: str, party: str) -> Any:
    def call(room: Any, actor: Actor, now: Any, reference: str) -> None:
        with engine.writing(engine.records()) as connection:
            desk.settle(connection, sealer(), reference, to, party, now)

    return call


def _typed(name: str, value: str) -> Any:
    return lambda room, actor, now, ref: desk.edit_field(room, actor, now, ref, name, value)


def _plain(use: Any) -> Any:
    return lambda room, actor, now, ref: use(room, actor, now, ref)


OPERATIONS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            desk.sign, desk.mark_ready, desk.confirm_checked, desk.send, desk.mark_sent_by_hand,
            desk.withdraw, desk.withdraw_consent, desk.view, desk.refill, desk.forget_identity,
        ]
    ).map(_plain),
    st.just(lambda r, a, n, ref: desk.record_consent(r, a, n, [ref])),
    st.just(lambda r, a, n, ref: desk.set_identity(r, a, n, ref, ZEBRA)),
    st.sampled_from(STATES).map(
        lambda to: lambda r, a, n, ref: desk.report(r, a, n, ref, to, "because")
    ),
    st.builds(
        _settled, st.sampled_from(STATES), st.sampled_from(["delivery", "receiver", "clock"])
    ),
    st.builds(_typed, st.sampled_from(["goal", "tried", "health", "full_name"]), ANY_TEXT),
    cases().map(lambda case: lambda r, a, n, ref: desk.refill(r, a, n, ref, case, {})),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _own_record() -> Any:
    patch = pytest.MonkeyPatch()
    with tempfile.TemporaryDirectory() as folder:
        patch.setenv("FINGERPOST_VAR", str(Path(folder)))
        yield
    patch.undo()


@MANY
@given(
    st.sampled_from([BY_EMAIL, BY_HAND, LETTER, HAND_OUT]),
    st.sampled_from([opened, ready]),
    st.lists(st.tuples(ANY_ACTOR, OPERATIONS), max_size=14),
)
def test_no_step_outside_the_machine_whoever_does_what(
    of: Any, begun: Any, done: list[Any]
) -> None:
    room = a_room(KeepingOutbox())
    reference = begun(room, of).reference
    for hour, (actor, operation) in enumerate(done):
        before = _stored(reference)
        try:
            operation(room, actor, NOW + timedelta(hours=hour), reference)
        except DeskError:
            assert _stored(reference) == before, "what is refused changes nothing"
        else:
            assert not (before.state in FINAL and _stored(reference).state != before.state)
    with engine.reading(engine.records()) as connection:
        steps = history.changes(connection, sealer(), reference)
        agreed = history.consents(connection, sealer(), reference)
        assert audit.verify(connection).whole
    assert steps[0].from_state is None and steps[0].to_state == "draft"
    for earlier, later in pairwise(steps):
        assert later.from_state == earlier.to_state, "no state without its step"
        assert may_follow(later.from_state, later.to_state, later.party)
    assert steps[-1].to_state == _stored(reference).state
    passed = {step.to_state for step in steps}
    if "ready" in passed:
        signed = _stored(reference).signed_role
        assert agreed, "nothing is ready to which nobody agreed"
        assert signed is None or may(Actor("x", signed, ODS), "sign")
    for consent in agreed:
        assert consent.recorded_role in ("gp", "nurse", "ahp", "link_worker")
    if of is not HAND_OUT and "sent" in passed:
        assert "ready" in passed


@MANY
@given(
    st.dictionaries(st.sampled_from(["goal", "tried", "health"]), ANY_TEXT, min_size=1),
    st.lists(cases(), min_size=1, max_size=3),
)
def test_what_was_typed_outlives_every_re_fill(typed: dict[str, str], about: list[Any]) -> None:
    room = a_room()
    gp = Actor("dr-a", "gp", ODS)
    reference = opened(room).reference
    for name, value in typed.items():
        desk.edit_field(room, gp, NOW, reference, name, value)
    for case in about:
        changed = desk.refill(room, gp, NOW, reference, case, {})
        assert not set(changed.fields) & set(typed)
        desk.choose_facts(
            room, gp, NOW, reference, confirmed=[("conditions", i) for i in case.conditions]
        )
    after = _stored(reference)
    assert {name: after.field(name).value for name in typed} == {
        name: value.strip() for name, value in typed.items()
    }


def _stored(reference: str) -> Any:
    with engine.reading(engine.records()) as connection:
        return referrals.get(connection, sealer(), reference)
