"""Where a directory stands on disk: the shipped one, or that of another checkout (a proposal, a revision)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from services_directory.areas import AREAS_FOLDER, load_areas
from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader
from services_directory.entry_tree import EntryTree, read_tree
from services_directory.findings import Finding
from services_directory.folders import Folder, keeper_of
from services_directory.model import Service
from services_directory.vocabulary import VOCABULARY_FOLDER, load_vocabulary

# How the directory's folder is called inside a checkout.
FOLDER_NAME = "services_directory"


@dataclass(frozen=True)
class Home:
    """One directory's folder, and the files that its maintainers write."""

    root: Path

    @property
    def entries(self) -> Path:
        """The entries as they are written now."""
        return self.root / "entries"

    @property
    def approved(self) -> Path:
        """The entries as they were when last approved, at the same places."""
        return self.root / "approved"

    @property
    def approvals(self) -> Path:
        """The log of approvals."""
        return self.root / "approvals.yml"

    @property
    def verifications(self) -> Path:
        """The log of checks with services."""
        return self.root / "verifications.yml"

    @property
    def sample_patients(self) -> Path:
        """The invented patients by whom a change is shown."""
        return self.root / "sample_patients.yml"

    def short(self, path: Path | str) -> str:
        """Return ``path`` as it is called in the checkout, such as services_directory/entries/x.yml."""
        try:
            return f"{self.root.name}/{Path(path).resolve().relative_to(self.root.resolve())}"
        except ValueError:
            return str(path)

    def shortened(self, finding: Finding) -> Finding:
        """Return ``finding`` with its file as it is called in the checkout, not on this machine."""
        return replace(finding, path=self.short(finding.path))


SHIPPED = Home(Path(__file__).resolve().parent.parent)


@dataclass(frozen=True)
class ReadHome:
    """A directory's folder as it was read. What cannot be read is left out of ``directory``, not fatal."""

    home: Home
    tree: EntryTree
    directory: Directory
    reader: EntryReader

    @cached_property
    def keepers(self) -> dict[str, Folder | None]:
        """Who keeps each readable entry, by its id."""
        return {
            name: keeper_of(entry.path, self.tree.folders)
            for name, entry in self.tree.by_id.items()
        }


def read_home(home: Home = SHIPPED) -> ReadHome:
    """Read every entry of ``home`` with its words and areas (the shipped ones where it has none).

    Raises ``DirectoryFileError`` where the words or areas are broken.
    """
    words = load_vocabulary(_or(home.root / "vocabulary", VOCABULARY_FOLDER))
    areas = load_areas(_or(home.root / "areas", AREAS_FOLDER))
    reader = EntryReader(words, areas)
    tree = read_tree(home.entries, reader)
    return ReadHome(home, tree, Directory(without_dangling(tree.services), words, areas), reader)


def _or(folder: Path, shipped: Path) -> Path:
    return folder if folder.is_dir() else shipped


def without_dangling(services: Mapping[str, Service]) -> dict[str, Service]:
    """Return ``services`` without mentions of entries that are not among them.

    Where some entries are left out, the others may still name them as their successors.
    """
    kept = {}
    for name, service in services.items():
        after = tuple(i for i in service.replaced_by if i in services)
        before = tuple(i for i in service.replaces if i in services)
        if (after, before) != (service.replaced_by, service.replaces):
            service = replace(service, replaced_by=after, replaces=before)
        kept[name] = service
    return kept
