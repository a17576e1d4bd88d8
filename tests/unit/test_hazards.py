"""Every control named in the hazard log has the test that shows it, and every field that DCB0129 wants."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from services_directory.yaml_files import read_yaml

ROOT = Path(__file__).parents[2]
HAZARDS = read_yaml(ROOT / "docs/clinical-safety/hazards.yml")
FIELDS = {"id", "hazard", "cause", "effect", "severity", "likelihood", "control", "tests"}


def defines(test_id: str) -> bool:
    """Say whether the function named by ``path::name`` exists."""
    path, _, name = test_id.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_hazard_is_complete_and_its_tests_exist(hazard: dict) -> None:
    assert set(hazard) == FIELDS
    assert hazard["tests"], "a control that nothing shows is no control"
    missing = [test_id for test_id in hazard["tests"] if not defines(test_id)]
    assert not missing


def test_ids_are_unique() -> None:
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(ids) == len(set(ids))
