"""From answers to a new entry: its file, its rules, and two invented patients who show them.

Pure but for ``write_entry``. Whatever is written has been read and checked before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services_directory.areas import OUTSIDE, ROOT
from services_directory.case import Case, CaseError, case_from_json
from services_directory.checking import Surroundings, check_entry
from services_directory.directory import Directory
from services_directory.eligibility import judge
from services_directory.entry_reader import ReadEntry
from services_directory.exchange.yaml_text import entry_text
from services_directory.keeping.home import ReadHome
from services_directory.keeping.questions_of_new import AnswerError, slug
from services_directory.model import Service, Verdict
from services_directory.needs import needs_of
from services_directory.question_texts import question_texts
from services_directory.rule_words import rule_words
from services_directory.sentences import sentence_case

_FIRST_WORDS = (("are ", ""), ("have ", "has "), ("want to ", "wants to "), ("get ", "gets "))
_MIDDLE_AGE = 40


@dataclass(frozen=True)
class NewEntry:
    """A new entry: where it goes, its text, and what was only advised (``hints``)."""

    path: Path
    text: str
    hints: tuple[str, ...]


def new_entry(answers: Mapping[str, Any], read: ReadHome, day: date) -> NewEntry:
    """Return the entry that ``answers`` make in the directory ``read``.

    Raises ``AnswerError`` for a duplicate, and for answers that make no valid entry.
    """
    plain = _plain(answers, read)
    _refuse_duplicate(plain, read.directory.services.values())
    path = folder_of(plain["areas"][0], read) / f"{plain['id']}.yml"
    bare = read.reader.parse_entry(entry_text(plain), path)
    if bare.service is None:
        raise AnswerError("; ".join(f.message for f in bare.findings if f.severity == "error"))
    plain["personas"] = list(_personas(bare.service, answers, read.directory, day))
    text = _schema_line(path, read.home.root) + entry_text(plain)
    return NewEntry(path, text, _checked(read.reader.parse_entry(text, path), read, day))


def write_entry(new: NewEntry) -> None:
    """Write the file; raises ``FileExistsError`` where there is one already."""
    new.path.parent.mkdir(parents=True, exist_ok=True)
    with new.path.open("x", encoding="utf-8") as file:
        file.write(new.text)


def folder_of(area: str, read: ReadHome) -> Path:
    """Return the folder for entries of ``area``: region, then borough; the root has a folder of its own.

    A part of a borough has no folder, unless somebody has made one.
    """
    inside = [name for name in reversed(read.directory.areas.chain(area)) if name != ROOT]
    folder = read.home.entries.joinpath(*(inside or [ROOT]))
    while len(inside) > 1 and not folder.is_dir() and len(inside) > 2:
        inside.pop()
        folder = read.home.entries.joinpath(*inside)
    return folder


def _schema_line(path: Path, root: Path) -> str:
    up = "../" * (len(path.relative_to(root).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema/service.schema.json\n"


def _plain(answers: Mapping[str, Any], read: ReadHome) -> dict[str, Any]:
    """Return the entry as data, without personas."""
    source: dict[str, Any] = {"id": "page", "cite": answers["source"]}
    if "source_date" in answers:
        source["dated"] = answers["source_date"]
    contact = {key: answers[key] for key in ("web", "phone", "email") if key in answers}
    through = answers["route"] in (
        "jobcentre",
        "secondary_care",
        "social_care",
        "programme_keyworker",
    )
    route = {
        "route": answers["route"],
        "who": answers["who"],
        "how": answers["how"],
        "way_in": "known" if contact or through else "not_known",
        **contact,
        "source": "page",
    }
    plain: dict[str, Any] = {"id": slug(answers.get("id") or answers["name"])}
    for key in ("name", "aliases", "areas", "provider", "offers", "needs", "kind", "status"):
        if key in answers:
            plain[key] = answers[key]
    if "source_date" in answers:
        plain["source_date"] = answers["source_date"]
    plain["confidence"] = answers["confidence"]
    plain["sources"] = [source]
    criteria = list(_criteria(answers, read))
    if criteria:
        plain["criteria"] = criteria
    plain["routes"] = [route]
    return plain


def _criteria(answers: Mapping[str, Any], read: ReadHome) -> Iterator[dict[str, Any]]:
    rules: list[tuple[str, dict[str, Any]]] = []
    if "work_status" in answers:
        rules.append(("work", {"work_status": answers["work_status"]}))
    for key, name in (("conditions", "health"), ("barriers", "barriers")):
        if key in answers:
            rules.append((name, {key: "any" if "any" in answers[key] else answers[key]}))
    ages = {
        word: answers[key]
        for key, word in (("min_age", "min"), ("max_age", "max"))
        if key in answers
    }
    if ages:
        rules.append(("age", {"age": ages}))
    for name, rule in rules:
        says = says_of(rule, read)
        yield {"id": name, "says": says, "source": "page", **rule}
    if "provider_checks" in answers:
        yield {
            "id": "provider-checks",
            "says": answers["provider_checks"],
            "source": "page",
            "checked_by": "provider",
        }


def says_of(rule: Mapping[str, Any], read: ReadHome) -> str:
    """Return a sentence for ``rule``, made from the rule itself: "Aged 16 or over"."""
    words = rule_words(read.reader.rule(entry_text(dict(rule))), read.directory)
    for start, instead in _FIRST_WORDS:
        if words.startswith(start):
            return sentence_case(instead + words[len(start) :])
    return sentence_case(words)


def _refuse_duplicate(plain: Mapping[str, Any], services: Iterable[Service]) -> None:
    names = {str(plain["name"]).casefold(), plain["id"]}
    for service in services:
        if service.id == plain["id"]:
            raise AnswerError(
                f"there is an entry '{service.id}' already; `show {service.id}` reads it"
            )
        known = {service.name.casefold(), *(alias.casefold() for alias in service.aliases)}
        if names & known:
            raise AnswerError(
                f"'{plain['name']}' is what '{service.id}' is called already; mend that entry, or give "
                "this one a name that tells them apart"
            )


def _personas(
    service: Service, answers: Mapping[str, Any], directory: Directory, day: date
) -> Iterator[dict[str, Any]]:
    """Yield one patient who fits and one who does not, each with what the entry says of them."""
    fitting = _fitting(service, answers, directory, day)
    verdict = _verdict(service, fitting, directory, day)
    yield {"name": "Fits", "case": fitting, "verdict": verdict}
    for name, case in _others(service, answers, fitting, directory):
        other = _verdict(service, case, directory, day)
        if other in ("not_eligible", "not_referable"):
            yield {"name": name, "case": case, "verdict": other}
            return


def _fitting(
    service: Service, answers: Mapping[str, Any], directory: Directory, day: date
) -> dict[str, Any]:
    area = service.areas[0]
    low, high = answers.get("min_age", 0), answers.get("max_age", 120)
    case: dict[str, Any] = {
        "area": OUTSIDE if area == ROOT and OUTSIDE in directory.areas.by_id else area,
        "age": min(max(low, min(_MIDDLE_AGE, high)), high),
    }
    if "work_status" in answers:
        case["work_status"] = answers["work_status"][0]
    for key in ("conditions", "barriers"):
        wanted = answers.get(key, ())
        if wanted:
            first = next(iter(directory.words.terms[key])) if "any" in wanted else wanted[0]
            case[key] = [directory.words.expand(key, first)[0]]
    if _verdict(service, case, directory, day) == "not_eligible":
        for extra in _bringing(service, directory):
            tried = {**case, **{k: v for k, v in extra.items() if k not in case}}
            if _verdict(service, tried, directory, day) != "not_eligible":
                return tried
    return case


def _bringing(service: Service, directory: Directory) -> Iterator[dict[str, Any]]:
    """Yield facts that bring one of the needs that ``service`` serves."""
    for goal in directory.words.terms["goal"]:
        yield {"goal": goal}
    for status, goal in (("in_work_struggling", "stay_in_work"), ("unemployed", "find_work")):
        yield {"work_status": status, "goal": goal}
    for key in ("barriers", "conditions"):
        for term in directory.words.terms[key].values():
            if set(term.needs) & set(service.needs):
                yield {key: [term.id]}


def _others(
    service: Service, answers: Mapping[str, Any], fitting: dict[str, Any], directory: Directory
) -> Iterator[tuple[str, dict[str, Any]]]:
    if answers.get("min_age", 0) > 0:
        yield "A year too young", {**fitting, "age": answers["min_age"] - 1}
    if "max_age" in answers:
        yield "A year too old", {**fitting, "age": answers["max_age"] + 1}
    if ROOT not in service.areas and OUTSIDE in directory.areas.by_id:
        yield "Lives elsewhere", {**fitting, "area": OUTSIDE}
    if "work_status" in answers:
        for status in directory.words.terms["work_status"]:
            if status not in answers["work_status"]:
                yield "Has another work status", {**fitting, "work_status": status}
    yield "Has no such need", {"area": fitting["area"], "goal": "not_now"}


def _verdict(service: Service, raw: dict[str, Any], directory: Directory, day: date) -> Verdict:
    case: Case = case_from_json(raw, directory.words, directory.areas)
    return judge(service, case, needs_of(case, directory.words), day, directory).verdict


def _checked(entry: ReadEntry, read: ReadHome, day: date) -> tuple[str, ...]:
    """Return what is advised. Raises ``AnswerError`` for what would stop the entry."""
    surroundings = Surroundings(read.directory, (), frozenset(question_texts()), day)
    found = [*entry.findings]
    try:
        found += check_entry(entry, surroundings)
    except CaseError as error:
        raise AnswerError(str(error)) from None
    errors = [f.message for f in found if f.severity == "error"]
    if errors:
        raise AnswerError("; ".join(errors))
    return tuple(f.message for f in found)
