"""What no open service is held for: said of the illness, in the clinician's word, beside what does fit."""

from __future__ import annotations

from datetime import date
from typing import Any

from services_directory.case import case_from_json
from services_directory.loading import directory
from services_directory.recommendation import recommend

TODAY = date(2026, 11, 22)


def made(said: dict[str, str] | None = None, **facts: Any) -> dict[str, Any]:
    case = case_from_json({"work_status": "off_sick", "area": "oldham", "age": 36, **facts})
    return recommend(case, TODAY, directory(), said=said)


def test_an_illness_goes_by_the_clinicians_own_word() -> None:
    said = {"conditions:long_term_condition_other": "endometriosis"}
    found = made(said, conditions=["long_term_condition_other"])
    assert found["items"] and "just for endometriosis is held" in found["gap"]
    assert found["text"].endswith(found["gap"]) and "other long-term" not in found["text"]
    # What the practice counts holds no words that somebody typed.
    assert found["gaps"] == [{"condition": "long_term_condition_other", "area": "oldham"}]


def test_several_are_one_sentence_and_the_list_stands_beside_it() -> None:
    found = made(conditions=["menopause", "neurological"])
    assert found["gap"].count("No open service") == 1 and " or " in found["gap"]
    assert "those above help" in found["gap"]


def test_where_all_is_served_nothing_is_said() -> None:
    assert "gap" not in made(conditions=["depression"])
