"""Every control named in the hazard log has the test that shows it, and every field that DCB0129 wants."""

from __future__ import annotations

from typing import Any

import pytest

from services_directory.yaml_files import read_yaml
from tests.unit.named_tests import ROOT, exists

HAZARDS = read_yaml(ROOT / "docs/clinical-safety/hazards.yml")
FIELDS = {"id", "hazard", "cause", "effect", "severity", "likelihood", "control", "tests"}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_hazard_is_complete_and_its_tests_exist(hazard: dict[str, Any]) -> None:
    assert set(hazard) == FIELDS
    assert hazard["tests"], "a control that nothing shows is no control"
    assert [test_id for test_id in hazard["tests"] if not exists(test_id)] == []


def test_ids_are_unique() -> None:
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(ids) == len(set(ids))
