"""What an entry that somebody is writing would do, before it is saved anywhere: mistakes, words, patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.checking import Surroundings, check_entry
from services_directory.directory import Directory
from services_directory.entry_words import EntryWords, entry_words
from services_directory.findings import Finding, has_errors
from services_directory.keeping.differences import entry_differences
from services_directory.keeping.effects import Effect, effects
from services_directory.keeping.home import ReadHome, without_dangling
from services_directory.keeping.patients import sample_patients
from services_directory.question_texts import question_texts
from services_directory.verifications import read_verifications


@dataclass(frozen=True)
class Drafted:
    """What a draft says. Without ``words`` it cannot be read, and the findings say why.

    ``differences``: from the entry of that id as it is now; empty for a new one (``new``).
    """

    findings: tuple[Finding, ...]
    words: EntryWords | None = None
    new: bool = False
    differences: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    patients: int = 0

    @property
    def errors(self) -> int:
        """How many findings would stop it."""
        return sum(finding.severity == "error" for finding in self.findings)


def drafted(text: str, read: ReadHome, day: date) -> Drafted:
    """Return what the entry ``text`` would do in the directory ``read`` on ``day``. Nothing is written."""
    entry = read.reader.parse_entry(text, "draft")
    log, _ = read_verifications(read.home.verifications)
    before = read.directory
    findings = [f for f in entry.findings if "name the file" not in f.message]
    service = entry.service
    if service is None:
        return Drafted(tuple(findings))
    services = {**before.services, service.id: service}
    after = Directory(without_dangling(services), before.words, before.areas)
    around = Surroundings(after, log, frozenset(question_texts()), day)
    findings += check_entry(entry, around)
    if has_errors(findings):
        # It can be read all the same, and reading it in words often shows the mistake.
        return Drafted(tuple(findings), entry_words(service, day, after))
    patients = sample_patients(before.words, before.areas)
    old = before.services.get(service.id)
    return Drafted(
        findings=tuple(findings),
        words=entry_words(service, day, after),
        new=old is None,
        differences=entry_differences(old, service, before, after) if old else (),
        effects=effects(before, after, patients, day),
        patients=len(patients),
    )
