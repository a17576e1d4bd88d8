"""Reading one message of a clinician: everything it says, in one pass.

Identifiers are replaced first; nothing after that sees them. One spaCy document a message. The phrases of
the vocabulary give facts; people, assertion and the rules of each key decide which of them are the
patient's, now; the sentence classifier proposes what no phrase holds, and loses against all of these.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services_directory.areas import Areas, areas
from services_directory.vocabulary import VOCABULARY_FOLDER, Vocabulary
from services_directory.yaml_files import read_yaml
from understanding.amounts import find_ages, find_durations
from understanding.answers import NUMBERS, Answer, read_answer
from understanding.assembling import assemble, choose_goal
from understanding.assertion import is_plain_question
from understanding.commands import parse_command
from understanding.corrections import correcting_cue
from understanding.facts import Fact, mention_of
from understanding.identifiers import redact
from understanding.intents import Intents, intents, is_off_topic
from understanding.lexicon import Lexicon, lexicon
from understanding.mentions import read_facts, refine
from understanding.model import Command, Mention, Understanding
from understanding.opening import reads_as_opening
from understanding.people import People, find_people
from understanding.places import find_places
from understanding.programmes import in_programme
from understanding.safety import find_safety
from understanding.service_names import ServiceNames
from understanding.sex import find_sex
from understanding.surface import Surface, read_surface
from understanding.work import place_durations, work_status

ENTRIES_FOLDER = VOCABULARY_FOLDER.parent / "entries"
log = logging.getLogger(__name__)

# Beyond this a paste is not read for facts (identifiers and safety still are).
LONGEST_READ = 10_000
# "M34" is a postcode as well as a man of 34; it is his age only where it opens the message.
CODE = re.compile(r"m\d\d$")
# Commands that say nothing of the patient.
SAYS_NOTHING = frozenset(
    [
        "undo",
        "why_not",
        "tell_me_about",
        "refer_to",
        "dismiss",
        "summary",
        "help",
        "go_on",
        "show",
        "record_text",
        "fit_note_comments",
        "handout",
        "same_patient",
    ]
)

COMMANDS = SAYS_NOTHING | {"new_patient", "change", "remove"}
# From here on the classifier's word is taken where no rule speaks.
SURE = 0.7


def directory_names() -> ServiceNames:
    """Return the names and aliases of every entry of the shipped directory."""
    # Read as plain files: a broken criterion in one entry is no reason not to understand a message.
    entries = (read_yaml(path) for path in sorted(ENTRIES_FOLDER.rglob("[!_]*.yml")))
    named = (e for e in entries if isinstance(e, dict) and "id" in e and "name" in e)
    return ServiceNames((str(e["id"]), str(e["name"]), e.get("aliases", ())) for e in named)


class Reader:
    """Reads messages. Hold one a process: it keeps the compiled vocabulary."""

    def __init__(
        self,
        *,
        words: Lexicon | None = None,
        tree: Areas | None = None,
        names: ServiceNames | None = None,
        classifier: bool = True,
        tolerant: bool = True,
        assertion: bool = True,
    ) -> None:
        self._lexicon = words or lexicon()
        self._vocabulary: Vocabulary = self._lexicon.vocabulary
        self._areas = tree or areas()
        self._names = names or directory_names()
        self._intents: Intents = intents()
        self._tolerant = tolerant
        self._assertion = assertion
        self._proposer = _proposer(self._vocabulary) if classifier else None

    def read(self, text: str, asked: str | None = None) -> Understanding:
        """Return what ``text`` says. ``asked``: the key of the case just asked for, if any."""
        redacted = redact(text)
        message = redacted.text
        command = parse_command(message, self._names, self._vocabulary)
        surface = read_surface(
            message[:LONGEST_READ], self._lexicon.speller if self._tolerant else None
        )
        safety = find_safety(surface.doc)
        intent, confidence = self._intents.classify(message)
        services = self._names.find(message)
        cue = correcting_cue(message)
        known = Understanding(
            message, intent, confidence, safety=safety, identifiers=redacted.found, command=command, services=services,
            corrects=cue is not None,
        )  # fmt: skip
        if command is not None and command.name in SAYS_NOTHING:
            return replace(known, intent=command.name, confidence=1.0)
        if command is not None and command.name == "change":
            return self._changed(known, command)
        if command is not None and command.name == "remove":
            return self._removed(known, command, surface)
        if is_off_topic(message, self._intents, asked):
            return known
        facts, answer, mentions = self._facts(surface, asked, services)
        if any(f.cue == "corrected" for f in facts):
            known = replace(known, corrects=True)
        put = assemble(facts, self._vocabulary, known.corrects)
        opening = reads_as_opening(message, put.case)
        says_facts = bool(put.case or put.removed or answer.answered)
        name, confidence = _settled_intent(known, says_facts, asked)
        known = replace(known, intent=name, confidence=confidence)
        return replace(
            known,
            case=put.case,
            removed=put.removed,
            answered=dict(answer.answered),
            mentions=mentions,
            opening=opening,
        )

    def _facts(
        self, surface: Surface, asked: str | None, services: tuple[str, ...]
    ) -> tuple[list[Fact], Answer, tuple[Mention, ...]]:
        """Return every fact of the message, the answer in it, and both as mentions."""
        if not surface.words:
            answer = (
                read_answer(surface, asked, [], [], self._vocabulary, self._areas)
                if asked
                else Answer()
            )
            return list(answer.facts), answer, ()
        people = find_people(surface)
        sex = find_sex(surface, people)
        if sex is not None:
            people = find_people(surface, sex[0])
            sex = find_sex(surface, people) or sex
        facts = read_facts(surface, self._lexicon.book.find(surface), people, self._lexicon, asked)
        if not self._assertion:
            facts = [f.set("present", "") if f.state != "present" else f for f in facts]
        facts = refine(surface, facts)
        if self._proposer is not None and asked in (None, "barriers"):
            facts += self._proposer(surface, facts, people)
        durations = find_durations(surface)
        others = [o is not None and not o.employer for o in people.owner]
        facts += self._ages(surface, people, asked)
        if sex is not None and not any(f.slot == "sex" for f in facts):
            facts.append(Fact("sex", sex[0], sex[1], sex[1], cue=sex[2]))
        for length in place_durations(surface, durations, facts, others):
            facts.append(Fact(length.slot, length.value, length.first, length.last, cue=length.cue))
            if length.slot == "absence_weeks":
                facts.append(
                    Fact("work_status", "off_sick", length.first, length.last, cue="time off")
                )
        spans = {
            (f.first, f.last): d.weeks
            for d in durations
            for f in facts
            if f.slot == "out_of_work_months" and f.first == d.first
        }
        programme = in_programme(surface, services, people)
        if programme is None and asked == "in_programme" and services:
            programme = Fact("in_programme", services[0], 0, len(surface.words) - 1, cue="answer")
        if programme is not None:
            facts.append(programme)
        answer = Answer()
        if asked is not None:
            answer = read_answer(surface, asked, facts, durations, self._vocabulary, self._areas)
            facts = [
                f
                for f in facts
                if f.slot
                not in {
                    a.slot
                    for a in answer.facts
                    if a.slot
                    not in (
                        "conditions",
                        "barriers",
                        "benefits",
                        "benefit_issues",
                        "employment_type",
                    )
                }
            ]
            facts += answer.facts
        facts = self._settled(surface, facts, asked, spans)
        places = find_places(surface.doc, self._areas)
        mentions = [mention_of(f, surface) for f in facts if f.slot != "area"]
        area = [Fact("area", m.value, 0, 0, m.assertion, m.cue) for m in places]
        if not any(f.slot == "area" and f.present for f in facts):
            facts += [f for f in area if f.present]
            mentions += places
        return facts, answer, tuple(sorted(mentions, key=lambda m: (m.start, m.end)))

    def _settled(
        self,
        surface: Surface,
        facts: list[Fact],
        asked: str | None,
        weeks: dict[tuple[int, int], float],
    ) -> list[Fact]:
        """Return the facts with the one work status and the one goal they add up to."""
        told = next((f for f in facts if f.slot == "work_status" and f.cue == "answer"), None)
        status = told or work_status(surface, facts, asked)
        if asked in NUMBERS and told is None:
            status = None
        if asked in ("employment_type", "occupation") and status is not None and told is None:
            said = [f for f in facts if f.slot == "work_status" and f.present and f.cue != "time off"]
            status = status if said and status.value != "in_work" else None
        goal = choose_goal(surface, facts, status.value if status else None)
        asked_goal = next((f for f in facts if f.slot == "goal" and f.cue == "answer"), None)
        rest = [f for f in facts if f.slot not in ("work_status", "goal")]
        away = status is not None and status.value in (
            "unemployed",
            "economically_inactive",
            "retired",
            "volunteering",
        )
        if away:
            rest = [
                f for f in rest if f.slot not in ("occupation", "employment_type") or not f.present
            ]
            rest = [
                f
                for f in rest
                if not (f.slot == "barriers" and f.value == "job_quality" and f.cue == "zero hours")
            ]
        if (
            status is not None
            and status.value == "off_sick"
            and not any(f.slot == "absence_weeks" for f in rest)
        ):
            rest = [
                Fact("absence_weeks", weeks[f.first, f.last], f.first, f.last, cue=f.cue)
                if f.slot == "out_of_work_months" and (f.first, f.last) in weeks
                else f
                for f in rest
            ]
        if status is not None and status.value not in ("off_sick",) and asked != "absence_weeks":
            rest = [f for f in rest if f.slot != "absence_weeks"]
        if (
            status is not None
            and status.value in ("off_sick", "in_work", "in_work_struggling")
            and asked != "out_of_work_months"
        ):
            rest = [f for f in rest if f.slot != "out_of_work_months"]
        chosen = [f for f in (status, asked_goal or goal) if f is not None]
        return rest + chosen

    def _ages(self, surface: Surface, people: People, asked: str | None) -> list[Fact]:
        """Return the patient's age, and the sex written with it, where the message tells them."""
        facts: list[Fact] = []
        for age in find_ages(surface):
            owner = people.owner[age.first]
            if is_plain_question(surface, age.first):
                continue
            if CODE.match(surface.words[age.first].norm) and (asked == "area" or age.first > 0):
                continue
            if owner is not None and not owner.employer:
                facts.append(
                    Fact(
                        "age",
                        age.years,
                        age.first,
                        age.last,
                        "other_person",
                        owner.word,
                        owner=owner,
                    )
                )
                continue
            facts.append(Fact("age", age.years, age.first, age.last, cue="age"))
            if age.sex is not None:
                facts.append(Fact("sex", age.sex, age.first, age.last, cue=age.sex[0]))
            break
        return [f for f in facts if f.slot != "sex" or f.value]

    def _changed(self, known: Understanding, command: Command) -> Understanding:
        """Read the new value of "change age to 43" as an answer to that key."""
        slot = command.slot or self._slot_of(str(command.value))
        if slot is None:
            return replace(known, intent="change", corrects=True)
        inner = self.read(str(command.value), slot) if slot else None
        case = {k: v for k, v in (inner.case if inner else {}).items() if k == slot}
        value = case.get(slot)
        mentions = inner.mentions if inner else ()
        return replace(
            known, intent="change", confidence=1.0, case=case, command=replace(command, slot=slot, value=value), corrects=True,
            mentions=tuple(m for m in mentions if m.slot == slot), answered=inner.answered if inner else {},
        )  # fmt: skip

    def _slot_of(self, words: str) -> str | None:
        """Return the key that a bare value belongs to ("female", "Oldham", "43")."""
        case = self.read(words).case
        order = (
            "sex",
            "area",
            "age",
            "work_status",
            "goal",
            "absence_weeks",
            "out_of_work_months",
            "benefits",
            "conditions",
            "barriers",
        )
        found = next((key for key in order if key in case), None)
        if found is None and words.strip().isdigit():
            return "age"
        return found

    def _removed(self, known: Understanding, command: Command, surface: Surface) -> Understanding:
        """Take away what "scrap the diabetes" names, and read the rest of the message."""
        facts, _, mentions = self._facts(surface, None, known.services)
        put = assemble(facts, self._vocabulary, True)
        removed = dict(put.removed)
        case = dict(put.case)
        targets: list[tuple[str, Any]] = []
        if command.slot is not None:
            targets.append((command.slot, command.value))
        else:
            named = read_surface(command.words, self._lexicon.speller)
            found = self._lexicon.book.find(named)
            targets += [
                (f.sense.slot, f.sense.value)
                for f in found
                if f.sense.slot in self._vocabulary.terms
            ]
        for slot, value in targets:
            if value is None:
                removed[slot] = removed.get(slot, [])
                continue
            removed[slot] = list(dict.fromkeys([*removed.get(slot, []), value]))
            if isinstance(case.get(slot), list):
                case[slot] = [v for v in case[slot] if v != value]
            if not case.get(slot):
                case.pop(slot, None)
        slot, value = targets[0] if targets else (command.slot, command.value)
        return replace(
            known, intent="remove", confidence=1.0, case=case, removed=removed, mentions=mentions, corrects=True,
            command=replace(command, slot=slot, value=value),
        )  # fmt: skip


def _settled_intent(known: Understanding, says_facts: bool, asked: str | None) -> tuple[str, float]:
    """Return the intent that what was read amounts to.

    Facts are never taken for a command or small talk by their wording alone; a command that the grammar
    did not read counts only where the classifier is sure and nothing was asked.
    """
    if known.command is not None:
        return known.command.name, 1.0
    if says_facts:
        if known.corrects:
            return "correct", max(known.confidence, SURE)
        return ("answer" if asked is not None else "inform"), max(known.confidence, SURE)
    if asked is not None and known.intent not in ("dont_know", "affirm", "deny"):
        return "answer", known.confidence
    if known.intent in COMMANDS and known.confidence < SURE:
        return "inform", known.confidence
    return known.intent, known.confidence


def _proposer(words: Vocabulary) -> Any:
    """Return the classifier's proposals, or None where it cannot be had (said once in the log)."""
    try:
        from understanding.proposals import Proposer
    except ImportError:
        return None
    return Proposer.ready(words)


def understanding_json(u: Understanding) -> dict[str, Any]:
    """Return ``u`` in the shape of the contract, section 7, with the extra keys of ``Understanding``."""
    return {
        "intent": {"name": u.intent, "confidence": round(u.confidence, 3)},
        "case": u.case,
        "removed": u.removed,
        "mentions": [
            {
                "text": m.text, "start": m.start, "end": m.end, "slot": m.slot, "value": m.value,
                "assertion": m.assertion, "cue": m.cue, "sure": m.sure,
            }
            for m in u.mentions
        ],
        "safety": _categories(u.safety),
        "safety_cues": [{"category": cue.category, "text": cue.text} for cue in u.safety],
        "text": u.text,
        "answered": u.answered,
        "command": None if u.command is None else _command_json(u.command),
        "corrects": u.corrects,
        "opening": u.opening,
        "services": list(u.services),
        "identifiers": [{"kind": i.kind, "replacement": i.replacement} for i in u.identifiers],
    }  # fmt: skip


def _categories(cues: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(cue.category for cue in cues))


def _command_json(command: Command) -> dict[str, Any]:
    return {
        "name": command.name, "words": command.words, "services": list(command.services), "slot": command.slot,
        "value": command.value, "reason": command.reason,
    }  # fmt: skip
