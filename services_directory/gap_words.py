"""What was said and is served by no open service, in words: of the illness itself, not of the patient.

A gap says that nothing is held for that one thing. The cards above it are for the patient all the same, so it
must not read as if there were nothing for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services_directory.directory import Directory

Gaps = Sequence[Mapping[str, str]]


def gap_words(gaps: Gaps, directory: Directory, said: Mapping[str, str]) -> str:
    """Return a sentence for the ``gaps`` of the ``recommendations`` message; "" where there are none.

    ``said`` holds the clinician's words by ``key:value``: "endometriosis" says what "other long-term
    condition" does not.
    """
    named = [_named(gap, directory, said) for gap in gaps]
    if not named:
        return ""
    things = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
    return f"No open service just for {things} is held; those above help with the rest."


def _named(gap: Mapping[str, str], directory: Directory, said: Mapping[str, str]) -> str:
    key = "barriers" if "barrier" in gap else "conditions"
    value = gap.get("barrier") or gap["condition"]
    label = directory.words.label(key, value)
    # Only an illness is known by the word for it; of a barrier the label says it plainer.
    own = said.get(f"{key}:{value}", "") if key == "conditions" else ""
    return " ".join(own.split()) or label
