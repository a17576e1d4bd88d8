"""Back at the job, back on the sick, a bad back: three things that one word says."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("he's gone back now actually, since Monday", "goal"),
        ("hes gone back now, since Monday", "work_status"),
        ("44M off sick with depression. gone back now", None),
        ("has gone back on Monday", None),
        ("she's gone back part time", None),
        ("gone back part time", None),
        ("went back last week", None),
        ("been back a month", None),
        ("hes been back since Tues", None),
        ("she's been back 3 weeks now", None),
        ("44M off sick 8 weeks, back now", None),
    ],
)
def test_who_has_gone_back_is_in_work(reader: Reader, text: str, asked: str | None) -> None:
    case = reader.read(text, asked).case
    assert case["work_status"] == "in_work"
    assert "back_pain" not in case.get("conditions", ())


@pytest.mark.parametrize(
    "text",
    [
        "went back Monday, not coping",
        "he went back Monday, not coping",
        "went back 2 weeks ago but struggling",
    ],
)
def test_who_is_back_and_does_not_cope_struggles(reader: Reader, text: str) -> None:
    assert reader.read(text).case["work_status"] == "in_work_struggling"


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("45F Leigh back on the sick since Sept, fibro, Asda checkout", 10),
        ("he's back on the sick", None),
        ("back on the sick", None),
        ("gone back on the sick", None),
        ("went back on the sick in Sept", None),
        ("back off sick since Monday", 0.86),
        ("went back Monday, off again since Weds", 0.57),
        ("off 6 weeks, went back 2 weeks ago, now signed off again", 6),
        ("off sick with his back since March", 36),
        ("off sick, bad back since March", None),
        ("off sick, back on the waiting list", None),
        ("back on the tablets, off sick", None),
        ("off 12 weeks, back on the 1st if I'll pass him", 12),
        ("not gone back yet", None),
    ],
)
def test_who_is_back_on_the_sick_is_off(reader: Reader, text: str, weeks: float | None) -> None:
    case = reader.read(text).case
    assert case["work_status"] == "off_sick"
    if weeks is not None:
        assert case["absence_weeks"] == weeks


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("she wants back in Jan phased", "conditions"),
        ("she wants back in Jan phased", None),
        ("wants back after xmas, phased", "conditions"),
        ("back in jan", "conditions"),
        ("back going to work on monday", None),
        ("went back to the doctor", None),
        ("hopes to have gone back by Easter", None),
    ],
)
def test_the_way_back_is_no_bad_back(reader: Reader, text: str, asked: str | None) -> None:
    assert "back_pain" not in reader.read(text, asked).case.get("conditions", ())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("back", "conditions"),
        ("his back", "conditions"),
        ("back since May", "conditions"),
        ("back for 3 weeks now", "conditions"),
        ("back in spasm", "conditions"),
        ("back has gone, off 3 weeks", None),
        ("back gone again, roofer", None),
        ("bad back", None),
        ("off sick, bad back since March", None),
        ("his back's gone", None),
    ],
)
def test_a_bad_back_stays(reader: Reader, text: str, asked: str | None) -> None:
    case = reader.read(text, asked).case
    assert case["conditions"] == ["back_pain"]
    assert case.get("work_status") != "in_work" or "roofer" in text


@pytest.mark.parametrize(
    "text",
    [
        "the pain has been back a month",
        "mum went back to Poland",
        "her husband went back Monday",
        "went back to bed",
        "been back to A&E twice with chest pain",
        "if she went back she'd be ill",
        "he went back to his wife",
    ],
)
def test_another_return_tells_nothing_of_work(reader: Reader, text: str) -> None:
    case: dict[str, Any] = reader.read(text).case
    assert "work_status" not in case
