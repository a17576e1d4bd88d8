"""What waits for a second role's approval, and what it would change for patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.directory import Directory
from services_directory.entry_tree import read_tree
from services_directory.keeping.approvals import last_approvals, read_approvals
from services_directory.keeping.differences import entry_differences
from services_directory.keeping.effects import effects, effects_text
from services_directory.keeping.going_live import HeldBack, LiveView, live_view
from services_directory.keeping.home import ReadHome, without_dangling
from services_directory.keeping.patients import sample_patients


@dataclass(frozen=True)
class Waiting:
    """One entry that waits: what is held back, and what differs from what was approved, in sentences."""

    service: str
    name: str
    held: HeldBack
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Pending:
    """All that waits. ``live``: what live instances serve now."""

    waiting: tuple[Waiting, ...]
    live: Directory
    written: Directory
    day: date

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that an approval would be for."""
        return tuple(w.service for w in self.waiting)


def live_now(read: ReadHome, day: date) -> LiveView:
    """Return what live instances serve of ``read`` on ``day``."""
    copies = read_tree(read.home.approved, read.reader)
    log, _ = read_approvals(read.home.approvals)
    return live_view(read.tree.by_id, copies.by_id, last_approvals(log), day)


def pending(read: ReadHome, day: date) -> Pending:
    """Return what waits in ``read`` for approval on ``day``. Entries with errors cannot be approved."""
    view = live_now(read, day)
    words, areas = read.directory.words, read.directory.areas
    live = Directory(without_dangling(view.services), words, areas)
    waiting = []
    for held in view.held:
        written = read.directory.services.get(held.service)
        if written is None:
            continue
        served = view.services.get(held.service)
        told = (
            entry_differences(served, written, live, read.directory)
            if served is not None
            else ("It would be served for the first time.",)
        )
        waiting.append(Waiting(held.service, written.name, held, told))
    return Pending(tuple(waiting), live, read.directory, day)


def pending_text(found: Pending, wanted: set[str]) -> str:
    """Return in plain text what approving the entries ``wanted`` would change, entries and patients."""
    chosen = [w for w in found.waiting if w.service in wanted]
    if not chosen:
        return "Nothing waits for approval: all of it is approved as it is written."
    lines = []
    for waiting in chosen:
        lines.append(f"{waiting.name} ({waiting.service})")
        lines += [f"  - {told}" for told in waiting.sentences] + [""]
    services = {
        **found.live.services,
        **{w.service: found.written.services[w.service] for w in chosen},
    }
    words, areas = found.written.words, found.written.areas
    after = Directory(without_dangling(services), words, areas)
    patients = sample_patients(words, areas)
    lines += ["WHAT IT MEANS FOR PATIENTS", ""]
    lines.append(effects_text(effects(found.live, after, patients, found.day), len(patients)))
    return "\n".join(lines)
