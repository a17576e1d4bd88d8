"""Reading one message of a clinician: everything it says, in one pass.

Identifiers are replaced first; nothing after that sees them. One spaCy document a message. The phrases of
the vocabulary give facts; people, assertion and the rules of each key decide which of them are the
patient's, now; the sentence classifier proposes what no phrase holds, and loses against all of these.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services_directory.areas import Areas, areas
from services_directory.vocabulary import Vocabulary
from understanding.amounts import find_ages, find_durations
from understanding.answers import LISTS, NO, NUMBERS, YES, Answer, bare_length, read_answer
from understanding.assembling import assemble
from understanding.bare_wishes import bare_wish, with_wish
from understanding.barred_from_trade import barred_from_trade
from understanding.commands import parse_command
from understanding.corrections import (
    correcting_cue,
    with_corrected_age,
    with_part_instead,
    without_idle_no,
)
from understanding.denials import says_no_illness
from understanding.entry_names import entry_names
from understanding.facts import Fact, mention_of
from understanding.handing_over import find_handover, handed_over, meant_for_another
from understanding.identifiers import redact
from understanding.inference import refine
from understanding.intents import Intents, intents, is_off_topic
from understanding.kept_from_work import find_kept_from_work
from understanding.lexicon import Lexicon, lexicon
from understanding.lookalikes import only_of_risk
from understanding.meant_otherwise import meant_otherwise
from understanding.mentions import read_facts
from understanding.model import Command, Mention, SafetyCue, Understanding
from understanding.months import find_since, today
from understanding.opening import reads_as_opening, tells_of_a_patient
from understanding.people import People, find_people, told_of_others
from understanding.places import find_places
from understanding.programmes import in_programme
from understanding.put_right import put_right
from understanding.rendering import understanding_json
from understanding.resolution import told_of_the_past
from understanding.right_to_work import said_of_the_right_to_work
from understanding.safety import find_safety
from understanding.service_names import ServiceNames
from understanding.settling import find_age, is_code, settle
from understanding.several_patients import begun_anew, second_patient
from understanding.sex import PRONOUNS, find_sex
from understanding.side_questions import (
    SideQuestion,
    fears_for,
    held_benefits,
    not_supposed,
    of_nobody,
    of_the_patient,
    only_stated,
    side_questions,
)
from understanding.surface import Surface, make_doc, read_surface
from understanding.taking_away import taken_away
from understanding.time_off import JSA, place_durations, place_since
from understanding.word_sets import words
from understanding.work_cues import find_work_cues

# Beyond this a paste is not read for facts (identifiers and safety still are).
LONGEST_READ = 10_000
# Where a bare value could belong to several keys, the first of these it fits.
VALUE_ORDER = (
    *("sex", "area", "age", "work_status", "goal", "absence_weeks", "out_of_work_months"),
    *("benefits", "conditions", "barriers"),
)
# Commands that say nothing of the patient.
SAYS_NOTHING = words(
    "undo why_not tell_me_about refer_to dismiss summary help go_on show record_text "
    "fit_note_comments handout same_patient referral_status"
)

COMMANDS = SAYS_NOTHING | {"new_patient", "change", "remove"}
# Commands whose words may be a statement instead ("has a keyworker from Restart").
NAMES_A_SERVICE = frozenset({"dismiss", "tell_me_about"})
# From here on the classifier's word is taken where no rule speaks.
SURE = 0.7


def directory_names() -> ServiceNames:
    """Return the names and aliases of every entry of the shipped directory."""
    return ServiceNames(entry_names())


class Reader:
    """Reads messages. Hold one a process: it keeps the compiled vocabulary."""

    def __init__(
        self,
        *,
        vocabulary: Lexicon | None = None,
        tree: Areas | None = None,
        names: ServiceNames | None = None,
        classifier: bool = True,
        tolerant: bool = True,
        assertion: bool = True,
    ) -> None:
        self._lexicon = vocabulary or lexicon()
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
        if command is not None and command.name == "new_patient" and command.words:
            return self._next(message, command)
        if command is None and (
            following := begun_anew(message, lambda part: self.read(part).case)
        ):
            return self._next(message, Command("new_patient", words=following))
        cue = correcting_cue(message)
        cut = second_patient(message, corrects=cue is not None)
        questions = side_questions(message)
        stated = of_nobody(message[:cut], questions)
        rest = put_right(stated, lambda part: self.read(part).mentions)
        if not rest.strip() and questions and command is None:
            command = Command("help", words=questions[0].kind)
        surface = read_surface(
            rest[:LONGEST_READ], self._lexicon.speller if self._tolerant else None
        )
        if command is not None and command.name in NAMES_A_SERVICE and self._on_it(surface, asked):
            command = None
        if command is not None and command.name == "remove" and bare_wish(surface) is not None:
            # "Not lose her job" takes nothing back.
            command = None
        whole = len(message) <= LONGEST_READ
        safety = find_safety(surface.doc if whole and rest == message else make_doc(message))
        intent, confidence = self._intents.classify(message)
        services = self._names.find(message)
        known = Understanding(
            message,
            intent,
            confidence,
            safety=safety,
            identifiers=redacted.found,
            command=command,
            services=services,
            corrects=cue is not None,
            another=message[cut:] if cut is not None else "",
            asks=tuple(dict.fromkeys(q.kind for q in questions)),
        )
        if command is not None and command.name in SAYS_NOTHING:
            return replace(known, intent=command.name, confidence=1.0)
        if command is not None and command.name == "change":
            return self._changed(known, command)
        if command is not None and command.name == "remove":
            return self._removed(known, command, surface)
        aside = is_off_topic(message, self._intents, asked, (intent, confidence))
        about_one = cue is not None or of_the_patient(message) or fears_for(message)
        if aside and intent != "off_topic" and not about_one:
            return known
        facts, answer, mentions = self._facts(surface, asked, services, safety, questions, cue)
        if (handover := find_handover(surface)) is not None:
            known = replace(known, handed_to=handover.who, corrects=True)
        known = replace(known, noted=said_of_the_right_to_work(surface))
        if any(f.cue == "corrected" for f in facts):
            known = replace(known, corrects=True)
        put = assemble(facts, self._vocabulary, known.corrects)
        if aside and not tells_of_a_patient(put.case):
            return known
        opening = reads_as_opening(message, put.case)
        history = any(f.state == "past" for f in facts)
        says_facts = bool(put.case or put.removed or answer.answered or history)
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

    def _next(self, message: str, command: Command) -> Understanding:
        """Read what is said of the patient whom ``command`` announces, and nothing before it."""
        begin = len(message.rstrip()) - len(command.words)
        inner = self.read(command.words)
        mentions = (replace(m, start=m.start + begin, end=m.end + begin) for m in inner.mentions)
        return replace(
            inner,
            text=message,
            intent="new_patient",
            confidence=1.0,
            command=command,
            mentions=tuple(mentions),
        )

    def _on_it(self, surface: Surface, asked: str | None) -> bool:
        """Say whether a service named is one the patient is said to be with."""
        services = self._names.find(surface.text)
        people = find_people(surface)
        return in_programme(surface, services, people, self._names, asked) is not None

    def _facts(
        self,
        surface: Surface,
        asked: str | None,
        services: tuple[str, ...],
        risks: tuple[SafetyCue, ...] = (),
        questions: tuple[SideQuestion, ...] = (),
        cue: str | None = None,
    ) -> tuple[list[Fact], Answer, tuple[Mention, ...]]:
        """Return every fact of the message, the answer in it, and both as mentions.

        ``risks``: the words of risk in it, beside which nothing is guessed. ``questions``: what it asks
        beside; ``cue``: its correcting word.
        """
        if not surface.words:
            answer = (
                read_answer(surface, asked, [], [], self._vocabulary, self._areas)
                if asked
                else Answer()
            )
            return list(answer.facts), answer, ()
        people = find_people(surface)
        ages = find_ages(surface)
        sex = find_sex(surface, people)
        written = next(
            (
                a
                for a in ages
                if a.sex and people.owner[a.first] is None and not is_code(surface, a)
            ),
            None,
        )
        if written is not None and written.sex is not None:
            people = find_people(surface, written.sex, described=True)
        elif sex is not None:
            people = find_people(surface, sex[0], described=sex[2] not in PRONOUNS)
            sex = find_sex(surface, people) or sex
        facts = read_facts(surface, self._lexicon.book.find(surface), people, self._lexicon, asked)
        facts = with_part_instead(surface, facts, lambda part: self.read(part, "conditions").case)
        facts = [f for f in facts if not only_of_risk(surface, f, risks)]
        if not self._assertion:
            facts = [f.set("present", "") if f.state != "present" else f for f in facts]
        facts += find_work_cues(surface, people)
        facts = meant_otherwise(surface, facts)
        facts = [_owned(f, people) if f.owner is None else f for f in refine(surface, facts)]
        if self._proposer is not None and not risks and asked in (None, "barriers"):
            facts += self._proposer(surface, facts, people)
        facts += barred_from_trade(surface, facts, people)
        lengths = find_durations(surface)
        over = told_of_the_past(surface, lengths)
        durations = [d for d in lengths if d not in over]
        others = [o is not None and not o.employer for o in people.owner]
        facts += find_kept_from_work(surface, facts, durations, others)
        facts += find_age(surface, ages, people, asked)
        facts = with_corrected_age(surface, facts, counting=asked in NUMBERS)
        if sex is not None and not any(f.slot == "sex" for f in facts):
            facts.append(Fact("sex", sex[0], sex[1], sex[1], cue=sex[2]))
        lengths_told = place_durations(surface, durations, facts, others)
        told = {length.slot for length in lengths_told}
        since = find_since(surface, today())
        lengths_told += place_since(surface, since, facts, others, told)
        for length in lengths_told:
            facts.append(Fact(length.slot, length.value, length.first, length.last, cue=length.cue))
            if JSA.fullmatch(length.cue):
                facts.append(
                    Fact("work_status", "unemployed", length.first, length.last, cue=length.cue)
                )
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
        programme = in_programme(surface, services, people, self._names, asked)
        if programme is not None:
            facts.append(programme)
        answer = Answer()
        wish = bare_wish(surface, asked)
        if wish is not None:
            facts = with_wish(wish, facts, asked)
        elif asked is not None:
            answer = read_answer(surface, asked, facts, durations, self._vocabulary, self._areas)
            facts = [
                f
                for f in facts
                if f.slot not in {a.slot for a in answer.facts if a.slot not in LISTS}
                and not (answer.spelt_out and f.slot == asked)
            ]
            facts += answer.facts
            alone = bare_length(surface, asked, durations)
            facts += [alone] if alone is not None and not facts else []
        facts = not_supposed(surface, facts)
        if questions:
            facts = only_stated(surface, held_benefits(surface, facts, questions), questions)
        if (handover := find_handover(surface)) is not None:
            facts = handed_over(facts, handover)
        facts = meant_for_another(without_idle_no(facts, cue), cue)
        if says_no_illness(surface, facts, others):
            answer = replace(answer, answered={"conditions": "complete", **answer.answered})
        facts = settle(surface, facts, asked, spans)
        places = find_places(surface.doc, self._areas, told_of_others(surface, people))
        mentions = [mention_of(f, surface) for f in facts if f.slot != "area"]
        area = [Fact("area", m.value, 0, 0, m.assertion, m.cue) for m in places]
        if not any(f.slot == "area" and f.present for f in facts):
            facts += [f for f in area if f.present]
            mentions += places
        return facts, answer, tuple(sorted(mentions, key=lambda m: (m.start, m.end)))

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
            known,
            intent="change",
            confidence=1.0,
            case=case,
            command=replace(command, slot=slot, value=value),
            corrects=True,
            mentions=tuple(m for m in mentions if m.slot == slot),
            answered=inner.answered if inner else {},
        )

    def _slot_of(self, value: str) -> str | None:
        """Return the key that a bare value belongs to ("female", "Oldham", "43")."""
        case = self.read(value).case
        found = next((key for key in VALUE_ORDER if key in case), None)
        if found is None and value.strip().isdigit():
            return "age"
        return found

    def _removed(self, known: Understanding, command: Command, surface: Surface) -> Understanding:
        """Take away what "scrap the diabetes" names, and read the rest of the message."""
        facts, _, mentions = self._facts(surface, None, known.services)
        put = assemble(facts, self._vocabulary, True)
        return taken_away(replace(known, mentions=mentions), command, put, self._lexicon)


def _owned(fact: Fact, people: People) -> Fact:
    """Return a job found by its place in a clause as somebody else's where the clause is theirs."""
    owner = people.owner[fact.first]
    if fact.cue == "role" and owner is not None and not owner.employer and owner.at < fact.first:
        return replace(fact, state="other_person", cue=owner.word, owner=owner)
    return fact


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
    plain = known.text.strip().lower()
    guessed = known.intent in ("affirm", "deny") and known.confidence < SURE
    if guessed and not (YES.match(plain) or NO.match(plain)):
        # "Kids", "TATT": neither a yes nor a no.
        return ("answer" if asked is not None else "inform"), known.confidence
    if asked is not None and known.intent not in ("dont_know", "affirm", "deny"):
        return "answer", known.confidence
    if known.intent in COMMANDS and known.confidence < SURE:
        return "inform", known.confidence
    return known.intent, known.confidence


def _proposer(vocabulary: Vocabulary) -> Any:
    """Return the classifier's proposals, or None where it cannot be had (said once in the log)."""
    try:
        from understanding.proposals import Proposer
    except ImportError:
        return None
    return Proposer.ready(vocabulary)


__all__ = ["Reader", "directory_names", "understanding_json"]
