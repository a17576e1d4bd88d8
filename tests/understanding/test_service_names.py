"""What names a service, what can mean several, and what is an everyday word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.service_names import ServiceNames

NAMES = ServiceNames(
    [
        ("access-to-work", "Access to Work", ["AtW", "A2W"]),
        ("citizens-advice", "Citizens Advice", ["CAB", "Citizens Advice Bureau"]),
        ("shelter", "Shelter", []),
        ("restart", "Restart Scheme", ["Restart"]),
        ("fit-for-work-national", "Fit for Work", ["Fit for Work"]),
        ("fit-for-work-local", "Fit for Work Hattersley", ["Fit for Work"]),
        ("workwell-gm", "WorkWell Greater Manchester", ["WorkWell"]),
        ("workwell-wigan", "WorkWell Wigan", ["WorkWell"]),
        ("ww-pioneer", "Working Well: Pioneer", ["Pioneer", "Working Well"]),
        ("ww-ips", "Working Well: IPS in Primary Care", ["IPS", "Working Well", "IPSPC"]),
    ]
)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("access-to-work", {"access-to-work"}),
        ("Access to Work", {"access-to-work"}),
        ("acess to work", {"access-to-work"}),
        ("the AtW", {"access-to-work"}),
        ("citizens advise", {"citizens-advice"}),
        ("Restart for her", {"restart"}),
        ("the restart scheme", {"restart"}),
        ("Fit for Work", {"fit-for-work-national", "fit-for-work-local"}),
        ("fit for work hattersley", {"fit-for-work-local"}),
        ("WorkWell", {"workwell-gm", "workwell-wigan"}),
        ("work well", {"workwell-gm", "workwell-wigan"}),
        ("workwel", {"workwell-gm", "workwell-wigan"}),
        ("Working Well", {"ww-pioneer", "ww-ips"}),
        ("working well pioneer", {"ww-pioneer"}),
        ("physiotherapy", set()),
        ("", set()),
        ("work", None),
    ],
)
def test_what_words_can_mean(words: str, wanted: set[str] | None) -> None:
    if wanted is not None:
        assert set(NAMES.resolve(words)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("heard of Access to Work, is it any use", {"access-to-work"}),
        ("he's on Restart already", {"restart"}),
        ("had to restart the course", set()),
        ("needs shelter tonight", set()),
        ("rang Shelter about it", {"shelter"}),
        ("IPS or the CAB?", {"ww-ips", "citizens-advice"}),
        ("fit for work, he says", {"fit-for-work-national", "fit-for-work-local"}),
        ("off sick 6 wks with her back", set()),
    ],
)
def test_what_a_text_names(text: str, wanted: set[str]) -> None:
    assert set(NAMES.find(text)) == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    NAMES.find(text)
    NAMES.resolve(text)
