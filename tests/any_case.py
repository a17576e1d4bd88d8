"""Any valid patient case, for property tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from services_directory.case import FLAG_KEYS, LIST_KEYS, NUMBER_LIMITS, Case, case_from_json
from services_directory.loading import directory
from services_directory.vocabulary import vocabulary

WORDS = vocabulary()


def _some(ids: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(ids)), unique=True, max_size=5)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any valid case: each key known or not, some conditions and barriers only possible."""
    raw: dict[str, Any] = {}
    for key in ("work_status", "work_status_outcome", "goal", "sex"):
        if draw(st.booleans()):
            raw[key] = draw(st.sampled_from(list(WORDS.terms[key])))
    for key in LIST_KEYS:
        raw[key] = draw(_some(list(WORDS.terms[key])))
    for key in FLAG_KEYS:
        raw[key] = draw(st.none() | st.booleans())
    for key, (low, high) in NUMBER_LIMITS.items():
        raw[key] = draw(st.none() | st.integers(low, high) | st.floats(low, high, allow_nan=False))
    raw["area"] = draw(st.none() | st.sampled_from(list(directory().areas.by_id)))
    raw["occupation"] = draw(st.none() | st.text(max_size=100) | st.just("warehouse packer"))
    raw["in_programme"] = draw(st.none() | st.sampled_from(["none", "restart-scheme-gm"]))
    raw["uncertain"] = {
        key: draw(_some(raw[key])) if raw[key] else [] for key in ("conditions", "barriers")
    }
    if draw(st.booleans()):
        raw["uncertain"]["work_status"] = ["off_sick"]
    return case_from_json({key: value for key, value in raw.items() if value not in (None, [])})
