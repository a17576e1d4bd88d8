"""Who may do what: every cell of role and action, the practice's border, and the route's own word."""

from __future__ import annotations

import pytest
from record_cases import referral

from referrals.model import Field
from referrals.permissions import (
    ACTIONS,
    ROLES,
    TABLE,
    UNKNOWN,
    Actor,
    may,
    may_on,
    may_read_field,
    may_sign,
)
from services_directory.model import Route

# One column a role: gp nurse ahp link_worker reception maintainer auditor.
CELLS = {
    "see":            "y y y y y n y",
    "see_conditions": "y y y y n n n",
    "reveal_name":    "y y y y y n n",
    "draft":          "y y y y y n n",
    "identify":       "y y y y y n n",
    "consent":        "y y y y n n n",
    "sign":           "y y y y y n n",
    "send":           "y y y y y n n",
    "report":         "y y y y y n n",
    "withdraw":       "y y y y n n n",
    "reassign":       "y y y y y n n",
    "export":         "y y y y n y y",
    "purge":          "n n n n n y n",
    "audit":          "n n n n n y y",
}  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_every_cell(role, action) -> None:
    wanted = dict(zip(ROLES, CELLS[action].split(), strict=True))[role] == "y"
    assert may(Actor("a", role, "Y99999"), action) is wanted
    assert may_on(Actor("a", role, "Y99999"), action, referral()) is wanted
    assert not may_on(Actor("a", role, "X99999"), action, referral()), "another practice's"


def test_every_role_and_action_is_in_the_table() -> None:
    assert set(TABLE) == {*ROLES, UNKNOWN} and set(CELLS) == set(ACTIONS)


def test_who_did_not_sign_in_prepares_and_another_role_may_nothing() -> None:
    assert not any(may(Actor("a", "cleaner", "Y99999"), action) for action in ACTIONS)
    assert [a for a in ACTIONS if may(Actor("a", UNKNOWN, "Y99999"), a)] == ["draft"]


@pytest.mark.parametrize(
    ("route", "who", "signs"),
    [
        ("clinician_form", ("gp",), "gp"),
        ("clinician_form", ("gp", "nurse", "ahp"), "gp nurse ahp"),
        ("clinician_letter", ("gp", "link_worker"), "gp link_worker"),
        ("clinician_form", ("reception",), "reception"),
        # Only the receiver's own people are named: one clinician asks another.
        ("secondary_care", ("care_team",), "gp nurse ahp"),
        ("social_care", ("social_worker",), "gp nurse ahp link_worker"),
        # The patient carries it: whoever is there hands it over.
        ("self_referral", ("patient",), "gp nurse ahp link_worker reception"),
    ],
)
def test_the_route_says_who_signs(route: str, who: tuple[str, ...], signs: str) -> None:
    way = Route(route, who, "how", "known")
    found = [role for role in ROLES if may_sign(Actor("a", role, "Y99999"), way)]
    assert found == signs.split()


@pytest.mark.parametrize(
    ("fill", "identifier", "reads"),
    [
        (("goal",), False, True),
        (("conditions",), False, False),
        (("age", "conditions"), False, False),
        (("barriers",), False, False),
        ((), True, True),
        # Anything may have been typed into it.
        ((), False, False),
    ],
)
def test_reception_reads_no_conditions(fill, identifier, reads) -> None:
    field = Field("x", "X", "value", "", False, identifier, fill)
    assert may_read_field(Actor("a", "reception", "Y99999"), field) is reads
    assert may_read_field(Actor("a", "gp", "Y99999"), field)
    assert not may_read_field(Actor("a", "auditor", "Y99999"), field)
    assert not may_read_field(Actor("a", "maintainer", "Y99999"), field)
