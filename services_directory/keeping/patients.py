"""The invented patients by whom a change of the directory is shown, read from ``sample_patients.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services_directory.areas import Areas
from services_directory.case import Case, CaseError, case_from_json
from services_directory.keeping.home import SHIPPED
from services_directory.vocabulary import Vocabulary
from services_directory.yaml_files import DirectoryFileError, read_yaml


@dataclass(frozen=True)
class SamplePatient:
    """An invented patient: a few words by which to know them, and what is known of them."""

    name: str
    raw: Mapping[str, Any]
    case: Case


def sample_patients(
    words: Vocabulary, areas: Areas, path: Path = SHIPPED.sample_patients
) -> tuple[SamplePatient, ...]:
    """Return the patients in the order of the file.

    Raises ``DirectoryFileError`` where one is no case, or two have one name.
    """
    found: dict[str, SamplePatient] = {}
    for number, item in enumerate(read_yaml(path) or (), start=1):
        if not isinstance(item, dict) or not item.get("name") or "case" not in item:
            raise DirectoryFileError(path, 0, f"patient {number}: write a name and a case")
        name = str(item["name"])
        if name in found:
            raise DirectoryFileError(path, 0, f"two patients are called '{name}'; rename one")
        try:
            found[name] = SamplePatient(
                name, item["case"], case_from_json(item["case"], words, areas)
            )
        except CaseError as error:
            raise DirectoryFileError(path, 0, f"patient '{name}': {error}") from None
    return tuple(found.values())
