"""The rule language: a rule, a case, and what the rule says. Each row stands for itself."""

from __future__ import annotations

from typing import Any

import pytest

from services_directory.areas import areas
from services_directory.case import case_from_json
from services_directory.eligibility import state_of
from services_directory.loading import EntryReader
from services_directory.vocabulary import vocabulary
from tests.spec.rule_table import ROWS

READER = EntryReader(vocabulary(), areas())


@pytest.mark.parametrize(("rule", "case", "state"), ROWS)
def test_rule(rule: str, case: dict[str, Any], state: str) -> None:
    expression = READER.rule(rule)
    assert state_of(expression, case_from_json(case), vocabulary(), areas()) == state
