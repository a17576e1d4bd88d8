"""The machine of states: every pair of states and every party, against a table written out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.lifecycle import (
    BEFORE_SENDING,
    FINAL,
    PARTIES,
    REPORTED,
    STATE_WORDS,
    STATES,
    WITH_RECEIVER,
    NoSuchStep,
    check_step,
    following,
    may_follow,
)

# p: practice, d: delivery, r: receiver, c: clock.
TABLE = {
    "draft": {"consented": "p", "sent": "p", "withdrawn": "pc"},
    "consented": {"draft": "p", "ready": "p", "sent": "p", "withdrawn": "pc"},
    "ready": {"draft": "p", "consented": "p", "sent": "pd", "failed": "d", "withdrawn": "pc"},
    "sent": {
        "failed": "pd",
        "received": "pr",
        "accepted": "pr",
        "declined": "pr",
        "attached": "pr",
        "completed": "pr",
        "withdrawn": "pc",
    },
    "received": {
        "accepted": "pr",
        "declined": "pr",
        "attached": "pr",
        "completed": "pr",
        "withdrawn": "pc",
    },
    "accepted": {"declined": "pr", "attached": "pr", "completed": "pr", "withdrawn": "pc"},
    "declined": {},
    "attached": {"completed": "pr", "withdrawn": "pc"},
    "completed": {},
    "withdrawn": {},
    "failed": {"ready": "p", "sent": "p", "withdrawn": "pc"},
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("party", PARTIES)
def test_every_step_is_allowed_or_not_as_the_table_says(before, after, party) -> None:
    wanted = party[0] in TABLE[before].get(after, "")
    assert may_follow(before, after, party) == wanted
    if wanted:
        check_step(before, after, party)
        assert after in following(before, party)
    else:
        with pytest.raises(NoSuchStep):
            check_step(before, after, party)


def test_the_states_are_those_of_the_contract_and_sorted_into_kinds() -> None:
    assert set(STATES) == set(TABLE) == set(STATE_WORDS)
    assert {state for state, after in TABLE.items() if not after} == FINAL
    assert set(STATES) == BEFORE_SENDING | WITH_RECEIVER | FINAL
    assert set(TABLE["sent"]) >= REPORTED


@given(st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(PARTIES)), max_size=30))
def test_nothing_leaves_a_final_state_and_nothing_arrives_unsent(steps) -> None:
    state, passed = "draft", ["draft"]
    for after, party in steps:
        if may_follow(state, after, party):
            assert state not in FINAL
            state = after
            passed.append(after)
    if any(s in passed for s in ("received", "accepted", "attached", "completed", "declined")):
        assert "sent" in passed
    if "ready" in passed:
        assert passed.index("consented") < passed.index("ready")
