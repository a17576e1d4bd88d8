"""Whether a test that a document names exists."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


def exists(test_id: str) -> bool:
    """Say whether ``path::name`` (from the checkout's root) is a test function that exists."""
    path, _, name = test_id.partition("::")
    file = ROOT / path
    return file.is_file() and name in _functions(file)
