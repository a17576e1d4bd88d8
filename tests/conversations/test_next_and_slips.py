"""A bare "next" begins anew, an agreed new patient keeps every fact, a wrong pronoun alone stops nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.reading_answers import one, types

TODAY = "2026-11-22"
FIRST = "33F Sale off sick 4/52 anxiety"


@pytest.mark.parametrize(
    "opening",
    ["ok next. builder, Oldham, back pain, off 2/52", "right, next: plumber Oldham, back pain"],
)
def test_a_bare_next_never_merges(talk: Any, opening: str) -> None:
    talk(f"next-{opening[:4]}", FIRST, as_of=TODAY)
    begun = talk(f"next-{opening[:4]}", opening, as_of=TODAY)
    case = one(begun, "understood")["whole_case"]
    assert case["conditions"] == ["back_pain"] and case["area"] == "oldham"
    assert case.get("age") is None


def test_the_patient_agreed_to_keeps_job_and_status(talk: Any) -> None:
    talk("next-also", FIRST, as_of=TODAY)
    talk("next-also", "also got a 25F nurse off sick with stress in Wigan", as_of=TODAY)
    case = one(talk("next-also", "yes new", as_of=TODAY), "understood")["whole_case"]
    assert case["age"] == 25 and case["work_status"] == "off_sick"
    assert case["occupation"] == "nurse" and case["area"] == "wigan"


def test_a_wrong_pronoun_alone_is_a_slip(talk: Any) -> None:
    talk("next-slip", FIRST, as_of=TODAY)
    answer = talk("next-slip", "keep his job", as_of=TODAY)
    assert "patient" not in [m.get("custom", {}).get("slot") for m in answer]
    case = one(answer, "understood")["whole_case"]
    assert case["sex"] == "female" and case["goal"] == "stay_in_work"
    # Facts of a *he* are asked about.
    asked = talk("next-slip", "he has COPD and lives in Bury", as_of=TODAY)
    assert "understood" not in types(asked)
