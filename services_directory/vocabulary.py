"""The words of the product: every id of the patient case, its label, and what people call it.

One YAML file a key in ``services_directory/vocabulary/``. Reading of messages, buttons, validation and
documents all take their words from here, so a maintainer who adds a word has taught all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from services_directory.yaml_files import DirectoryFileError, read_yaml

VOCABULARY_FOLDER = Path(__file__).parent / "vocabulary"


@dataclass(frozen=True)
class Term:
    """One id of one key: ``("conditions", "back_pain")`` and all that is known of it.

    ``needs`` are ids of ``needs.yml`` (or ``work``, see ``needs.py``); ``words`` are what people write for
    it; ``examples`` are whole sentences that mean it; ``raw`` is the YAML block for readers with more keys.
    """

    key: str
    id: str
    label: str
    label_false: str = ""
    group: str | None = None
    parent: str | None = None
    excludes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    urgent: bool = False
    sensitive: bool = False
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Vocabulary:
    """All keys and their terms, in the order of the files.

    ``terms[key][id]`` is a ``Term``; ``groups[group]`` the ids of the conditions in it;
    ``group_labels[group]`` its name in plain words; ``needs`` the ids of needs in the order of a plan.
    """

    terms: dict[str, dict[str, Term]]
    groups: dict[str, tuple[str, ...]]
    group_labels: dict[str, str]
    needs: tuple[str, ...]
    work_needs: frozenset[str]

    def label(self, key: str, value: object) -> str:
        """Return the plain words for ``value`` of ``key``; the id itself, unhyphened, where none are held."""
        if key in self.terms.get("flags", {}):
            term = self.terms["flags"][key]
            return term.label if value else term.label_false
        found = self.terms.get(key, {}).get(str(value))
        return found.label if found else str(value).replace("_", " ").replace("-", " ")

    def expand(self, key: str, name: str) -> tuple[str, ...]:
        """Return the ids meant by ``name``: a group's members, a parent with its children, or itself."""
        if key == "conditions" and name in self.groups:
            return self.groups[name]
        children = [term.id for term in self.terms.get(key, {}).values() if term.parent == name]
        return (name, *children)


def _term(key: str, term_id: str, raw: Any, groups: dict[str, Any], path: Path) -> Term:
    if not isinstance(raw, dict) or "label" not in raw:
        raise DirectoryFileError(path, 0, f"'{term_id}' needs at least `label: …`")
    group = raw.get("group")
    if group is not None and group not in groups:
        raise DirectoryFileError(path, 0, f"'{term_id}' names the unknown group '{group}'")
    needs = raw.get("needs", groups.get(group, {}).get("needs", []) if group else [])
    return Term(
        key=key,
        id=str(term_id),
        label=str(raw["label"]),
        label_false=str(raw.get("label_false", "")),
        group=group,
        parent=raw.get("parent"),
        excludes=tuple(raw.get("excludes", ())),
        needs=tuple(needs),
        urgent=raw.get("urgent") is True,
        sensitive=raw.get("sensitive") is True,
        words=tuple(str(word) for word in raw.get("words", ())),
        examples=tuple(str(example) for example in raw.get("examples", ())),
        raw=raw,
    )


def load_vocabulary(folder: Path = VOCABULARY_FOLDER) -> Vocabulary:
    """Read every file of ``folder`` (those with ``key`` and ``ids``).

    Raises ``DirectoryFileError`` where a file is broken, an id has no label, or a group is unknown.
    """
    terms: dict[str, dict[str, Term]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    group_labels: dict[str, str] = {}
    work_needs: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        raw = read_yaml(path)
        if not isinstance(raw, dict) or "ids" not in raw or "key" not in raw:
            continue
        if not isinstance(raw["ids"], dict) or not isinstance(raw.get("groups", {}), dict):
            raise DirectoryFileError(
                path, 0, "`ids` and `groups` each need a block with a line an id"
            )
        key = str(raw["key"])
        named_groups = raw.get("groups", {})
        terms[key] = {
            str(term_id): _term(key, str(term_id), block, named_groups, path)
            for term_id, block in raw["ids"].items()
        }
        for group, block in named_groups.items():
            groups[group] = tuple(t.id for t in terms[key].values() if t.group == group)
            group_labels[group] = block["label"]
        if key == "needs":
            work_needs = {str(i) for i, block in raw["ids"].items() if block.get("work") is True}
    if "needs" not in terms:
        raise DirectoryFileError(
            folder, 0, "holds no needs.yml; the needs of the case are read from it"
        )
    return Vocabulary(terms, groups, group_labels, tuple(terms["needs"]), frozenset(work_needs))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the shipped vocabulary, read once a process."""
    return load_vocabulary()
