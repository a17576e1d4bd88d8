"""What the pages for checking, trying and comparing show.

Each function takes what was sent (lists by name), whether a form sent it, and the day; it returns what
its template needs. ``error`` is what could not be done, for the person who asked. None changes anything.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.web.directory_results import who_words
from bot.web.maintain.case_form import case_fields, raw_case, sent_of
from bot.web.reader_notes import as_maintainers_notes
from services_directory.case import CaseError, case_from_json
from services_directory.checking import check_path
from services_directory.keeping.comparing import compare_with
from services_directory.keeping.drafting import drafted
from services_directory.keeping.git_versions import GitError, recent_revisions
from services_directory.keeping.home import SHIPPED, ReadHome, read_home
from services_directory.keeping.instance import instance
from services_directory.keeping.new_entry import new_entry
from services_directory.keeping.patients import sample_patients
from services_directory.keeping.questions_of_new import AnswerError, questions, read_answers
from services_directory.keeping.staleness import mail_text, to_check
from services_directory.keeping.standing import VERDICT_WORDS, standings
from services_directory.plain_english import ROUTE_WORDS
from services_directory.yaml_files import DirectoryFileError

Sent = Mapping[str, Sequence[str]]


def _first(sent: Sent, key: str) -> str:
    values = sent.get(key, ())
    return values[0] if values else ""


def check(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return every finding of the entries as they are written."""
    found = check_path(None, day)
    rows = [(SHIPPED.short(f.path), f.line, f.severity, f.message) for f in found]
    order = {"error": 0, "warning": 1}
    rows.sort(key=lambda row: (order[row[2]], row[0], row[1]))
    return {"rows": rows, "errors": sum(row[2] == "error" for row in rows)}


def stale(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return what needs checking, by the role that keeps it, each with its mail."""
    read = read_home()
    services = instance().directory().services
    said = (*instance().notes().notes, *as_maintainers_notes())
    lists = to_check(read.tree, services, said, day)
    here = os.environ.get("FINGERPOST_BASE_URL")
    return {"lists": [(owners, mail_text(owners, day, here)) for owners in lists]}


def try_patient(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return what each entry says to the patient in the form, or the empty form."""
    book = instance().directory()
    fields = case_fields(book)
    patients = sample_patients(book.words, book.areas)
    chosen = next((p for p in patients if p.name == _first(sent, "patient")), None)
    filled: Sent = sent_of(chosen.raw) if chosen and not by_form else sent
    shown: dict[str, Any] = {
        "fields": fields,
        "sent": filled,
        "patients": [p.name for p in patients],
        "patient": chosen.name if chosen else "",
        "services": sorted((s.name, s.id) for s in book.services.values()),
        "only": _first(sent, "only"),
        "rows": None,
        "error": "",
        "verdicts": VERDICT_WORDS,
    }
    if not by_form:
        return shown
    try:
        case = case_from_json(raw_case(fields, sent), book.words, book.areas)
    except CaseError as error:
        return {**shown, "error": str(error)}
    found = standings(case, day, book).values()
    return {**shown, "rows": [s for s in found if shown["only"] in ("", s.service)]}


def try_edit(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return what the entry in the form would do, or a form with the text of the entry ``id``."""
    read = read_home()
    text, draft = _first(sent, "text"), None
    if by_form:
        draft = drafted(text.replace("\r\n", "\n"), read, day)
    else:
        entry = read.tree.by_id.get(_first(sent, "id"))
        text = entry.path.read_text(encoding="utf-8") if entry else ""
    names = sorted((e.service.name, i) for i, e in read.tree.by_id.items() if e.service)
    return {"text": text, "draft": draft, "services": names, "id": _first(sent, "id"), "error": ""}


def new(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return the questions of a new entry and, once they are answered, its text."""
    read = read_home()
    asked = questions(read.directory)
    options = {
        question.key: [(option, _label(question.key, option, read)) for option in question.options]
        for question in asked
        if question.kind in ("ids", "choice")
    }
    shown: dict[str, Any] = {
        "questions": asked,
        "options": options,
        "sent": sent,
        "made": None,
        "path": "",
        "error": "",
    }
    if not by_form:
        return shown
    keys = {question.key for question in asked}
    try:
        answers = read_answers(asked, {k: list(v) for k, v in sent.items() if k in keys})
        made = new_entry(answers, read, day)
    except AnswerError as error:
        return {**shown, "error": str(error)}
    return {**shown, "made": made, "path": read.home.short(made.path)}


def _label(asked: str, option: str, read: ReadHome) -> str:
    """Return ``option`` in words. One id may stand under several keys (housing): that asked for counts."""
    words, areas = read.directory.words, read.directory.areas
    if option in areas.by_id:
        return str(areas.label(option))
    if option in words.terms.get(asked, {}) or (asked == "needs" and option in words.needs):
        return words.label(asked, option)
    if asked == "who":
        return who_words(option)
    if asked == "route":
        return ROUTE_WORDS[option]
    if option in words.group_labels:
        return f"any {words.group_labels[option]}"
    for key, terms in words.terms.items():
        if option in terms:
            return str(words.label(key, option))
    return option.replace("_", " ")


def diff(sent: Sent, by_form: bool, day: date) -> dict[str, Any]:
    """Return what differs from the revision ``against``, and the revisions to choose from."""
    shown: dict[str, Any] = {"found": None, "against": _first(sent, "against"), "error": ""}
    try:
        shown["revisions"] = recent_revisions(SHIPPED)
        if shown["against"]:
            shown["found"] = compare_with(SHIPPED, shown["against"], day)
    except (GitError, DirectoryFileError) as error:
        shown.setdefault("revisions", ())
        shown["error"] = str(error)
    return shown
