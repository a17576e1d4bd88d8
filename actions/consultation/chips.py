"""Every fact of a case as a chip: its words, and what to say to take it away, change or confirm it.

For whoever shows the case as something to click on (the page, a card in Teams).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from services_directory.case import LIST_KEYS, Case
from services_directory.directory import Directory
from services_directory.reasons import fact_words

# Kept for the record, never spoken of as something the clinician said.
SILENT_KEYS = ("work_status_outcome", "gp_area", "answered", "uncertain")
# What a patient is said not to have is remembered; anything else is merely forgotten.
RULED_OUT_KEYS = ("conditions", "barriers")

Chip = dict[str, Any]


def fact_chips(
    facts: Mapping[str, Any],
    case: Case,
    directory: Directory,
    said: Mapping[str, str],
    guesses: Collection[str] = (),
) -> list[Chip]:
    """Return a chip for each of the contract-shaped ``facts`` of ``case``.

    A chip is ``{"label", "said"?, "unsure"?, "remove"?, "edit"?, "confirm"?}``: ``said`` the clinician's
    words, ``unsure`` ``possible`` or ``guess``; the last three are what to type for it (``edit`` has its
    value missing). ``guesses``: facts, as ``key:value``, that were merely proposed.
    """
    return list(_chips(facts, case, directory, said, guesses))


def _chips(
    facts: Mapping[str, Any],
    case: Case,
    directory: Directory,
    said: Mapping[str, str],
    guesses: Collection[str],
) -> Iterator[Chip]:
    words = directory.words
    for key, value in facts.items():
        name = key.replace("_", " ")
        if key in SILENT_KEYS or value is None:
            continue
        if key == "ruled_out":
            for kind, ids in value.items():
                yield from ({"label": f"not {words.label(kind, i)}"} for i in ids)
        elif key not in LIST_KEYS:
            label = fact_words(key, value, case, directory, {})
            chip = {"label": label, "remove": f"remove {name}", "edit": f"change {name} to "}
            yield chip | _words(said.get(key), label)
        elif not value:
            yield {"label": f"no {words.label('keys', key)}", "edit": f"ask {name}"}
        else:
            for one in value:
                label = words.label(key, one)
                verb = "not" if key in RULED_OUT_KEYS else "remove"
                chip = {"label": label, "remove": f"{verb} {str(one).replace('_', ' ')}"}
                chip |= _words(said.get(f"{key}:{one}"), label)
                if f"{key}:{one}" in guesses:
                    chip |= {"unsure": "guess", "confirm": f"has {label}"}
                elif one in case.uncertain.get(key, ()):
                    chip |= {"unsure": "possible", "confirm": f"has {label}"}
                yield chip


def _words(said: str | None, label: str) -> dict[str, str]:
    return {"said": said} if said and said.casefold() not in label.casefold() else {}
