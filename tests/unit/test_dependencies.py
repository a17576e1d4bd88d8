"""Every dependency that pyproject.toml names is in the lock, fits, and imports.

The overrides in pyproject.toml silence the resolver, so that a package may resolve and still fail
on import; and a lock worked out elsewhere could name the registry it came from.
"""

from __future__ import annotations

import importlib
import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, flags=re.MULTILINE)
}
# Where the name to import is not that of the package.
IMPORT_NAMES = {
    "fhir-resources": "fhir.resources",
    "fonttools": "fontTools",
    "import-linter": "importlinter",
    "pytest-asyncio": "pytest_asyncio",
    "pytest-xdist": "xdist",
    "python-stdnum": "stdnum",
    "pyyaml": "yaml",
    "rasa-sdk": "rasa_sdk",
    "ruamel-yaml": "ruamel.yaml",
    "scikit-learn": "sklearn",
}
# Types alone for mypy, and a program without a module: nothing to import.
NOT_IMPORTED = ("types-", "ruff")


def direct_dependencies() -> list[Requirement]:
    """Return what pyproject.toml asks for, as the installed product says it."""
    return [Requirement(text) for text in metadata.requires("fingerpost") or []]


@pytest.mark.parametrize("requirement", direct_dependencies(), ids=lambda item: item.name)
def test_a_direct_dependency_is_locked_and_imports(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    assert name in LOCKED, f"{name} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(LOCKED[name])
    assert metadata.version(name) == LOCKED[name], "run `make setup`"
    if not name.startswith(NOT_IMPORTED):
        importlib.import_module(IMPORT_NAMES.get(name, name.replace("-", "_")))


def test_the_lock_has_a_hash_for_every_package_and_no_host() -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 100
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK
    assert "index-url" not in LOCK
