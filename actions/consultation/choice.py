"""The question "which of these do you mean?", and which service an answer to it picks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.consultation.names import resolve
from services_directory.loading import directory
from services_directory.status import status_on

Said = Mapping[str, Any]
MAX_CHOICES = 9
WHICH = "Which of these do you mean?"
OTHERS = "Did you mean another of that name?"
ONE_OF_THESE = "Which of these would you like?"


def waiting(verb: str, ids: tuple[str, ...]) -> dict[str, Any]:
    """Return what a consultation keeps while it waits for the answer."""
    return {"kind": "service", "verb": verb, "ids": list(ids)}


def which_service(text: str, verb: str, ids: tuple[str, ...], day: date) -> dict[str, Any]:
    """Return the ``question`` among ``ids``; each option is ``verb`` with the id."""
    book = directory()
    listed = [book.services[i] for i in dict.fromkeys(ids) if i in book.services]
    # What can be used today is most likely meant.
    listed.sort(key=lambda s: not status_on(s, day).referable)
    options = []
    for service in listed[:MAX_CHOICES]:
        status = status_on(service, day).status
        mark = "" if status == "open" else f" ({status})"
        options.append({"title": service.name + mark, "payload": f"{verb} {service.id}"})
    return {
        "type": "question",
        "slot": "service",
        "text": text,
        "options": options,
        "multiple": False,
        "skippable": True,
    }


def answers(pending: Said, understanding: Said) -> bool:
    """Say whether a message is to be taken as the answer to "which of these do you mean?".

    Where another was only offered, it has to name one: the question before it may be answered instead.
    """
    if understanding.get("case"):
        return False
    return not pending.get("offer") or len(picked(pending, understanding)) == 1


def picked(pending: Said, understanding: Said) -> list[str]:
    """Return the ids that the words of an answer pick: one, where it is clear."""
    words = str(understanding.get("text", ""))
    among = [str(i) for i in pending["ids"]]
    return [i for i in resolve(words) if i in among] or _by_words(words, among)


def _by_words(words: str, among: list[str]) -> list[str]:
    """Return the one service whose name shares most words with the answer."""
    wanted = set(words.casefold().replace("-", " ").split())
    book = directory()
    scored = sorted(
        (
            (len(wanted & set(book.services[i].name.casefold().replace("-", " ").split())), i)
            for i in among
            if i in book.services
        ),
        reverse=True,
    )
    if not scored or scored[0][0] == 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return []
    return [scored[0][1]]
