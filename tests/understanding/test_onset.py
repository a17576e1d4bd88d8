"""What happened so long ago is where an illness began, unless it is over; a history takes nothing back."""

from __future__ import annotations

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(classifier=False)


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_AS_OF", "2026-11-22")


def held(reader: Reader, text: str) -> set[str]:
    """Return the conditions and barriers that ``text`` leaves in the case."""
    case = reader.read(text).case
    return {*case.get("conditions", []), *case.get("barriers", [])}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("had a stroke 3 months ago", "stroke"),
        ("CVA 4/12 ago, off work since", "stroke"),
        ("54M Salford had a stroke 3 months ago, off sick, joiner, keen to get back", "stroke"),
        ("stroke 2 yrs ago, low now", "stroke"),
        ("had a stroke in 2024", "stroke"),
        ("TIA last month, not allowed to drive", "stroke"),
        ("heart attack 2 months ago", "cardiovascular"),
        ("MI 3/52 ago, off work", "cardiovascular"),
        ("45M had MI 6 weeks ago, stents", "cardiovascular"),
        ("MI 2 years ago, now depressed", "cardiovascular"),
        ("slipped disc 3 weeks ago", "back_pain"),
        ("41F hairdresser, slipped disc 3 weeks ago, can't stand, off", "back_pain"),
        ("her back went 2 weeks ago", "back_pain"),
        ("back went three weeks back lifting a crate", "back_pain"),
        ("spinal fusion 4 months ago", "back_pain"),
        ("broke his leg 6 weeks ago, off work", "lower_limb"),
        ("hip replacement 4 weeks ago", "lower_limb"),
        ("ruptured achilles 8 weeks ago, in a boot", "lower_limb"),
        ("TKR 6 weeks ago", "lower_limb"),
        ("fractured wrist last month", "upper_limb"),
        ("carpal tunnel op 2/52 ago", "upper_limb"),
        ("diagnosed with MS 2 yrs ago", "neurological"),
        ("diagnosed with MS in 2019", "neurological"),
        ("diagnosed bipolar 3 years ago", "bipolar"),
        ("dx breast cancer 5 months ago", "cancer"),
        ("panic attack 2 weeks ago", "anxiety"),
        ("burnout 3 months ago", "stress"),
        ("hubby died 3 wks ago", "bereavement"),
        ("50F Altrincham, hubby died 3 wks ago, cant face work, nurse", "bereavement"),
        ("wife died 2 months ago, off sick, low", "bereavement"),
        ("lost his dad a month ago", "bereavement"),
        ("mum died last month, cant face work", "bereavement"),
        ("husband left 3 weeks ago", "family_relationship"),
        ("separated 2 months ago", "family_relationship"),
        ("wife walked out on him 3 weeks ago", "family_relationship"),
        ("attacked by ex 2 weeks ago", "domestic_abuse"),
        ("released from prison 3 months ago", "offending_history"),
        ("eviction notice 2 weeks ago", "housing"),
        ("went off with stress 3 weeks ago", "stress"),
        ("off with back pain 3 weeks ago", "back_pain"),
        ("breast cancer op 4 months ago, finished radio", "cancer"),
    ],
)
def test_an_event_so_long_ago_is_present(reader: Reader, text: str, value: str) -> None:
    assert value in held(reader, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("had a stroke 3 years ago, fully recovered", "stroke"),
        ("heart attack 8 years ago, no problems since", "cardiovascular"),
        ("broke leg 2 yrs ago fully healed, now anxious", "lower_limb"),
        ("slipped disc 10 yrs ago, fine now", "back_pain"),
        ("fractured wrist 6 years ago", "upper_limb"),
        ("depression 10 years ago, now knee pain", "depression"),
        ("was depressed two years ago", "depression"),
        ("was anxious 2 months ago, now fine", "anxiety"),
        ("was depressed last year, now back pain only", "depression"),
        ("had depression last year, now back pain", "depression"),
        ("anxiety last year, now just back pain", "anxiety"),
        ("was very anxious last summer but fine now, asthma", "anxiety"),
        ("she was stressed last year but now it's her knee", "stress"),
        ("breast ca 15 yrs ago, all clear", "cancer"),
        ("wife died 12 years ago", "bereavement"),
        ("divorced 15 years ago", "family_relationship"),
        ("was homeless 4 years ago", "housing"),
        ("sister had a stroke 3 weeks ago", "stroke"),
        ("recovered from depression", "depression"),
        ("hip op last year, now fine", "lower_limb"),
        ("stroke last year, recovered well", "stroke"),
        ("stopped gambling 3 months ago", "gambling"),
        ("quit heroin 8 months ago", "drug_dependence"),
        ("cleared his debts 2 months ago", "debt_finance"),
        ("back pain settled 2 weeks ago", "back_pain"),
        # past history, dated or of childhood
        ("PMH: asthma childhood, T2DM", "respiratory"),
        ("PMH: fractured clavicle 2001, HTN", "neck_shoulder"),
        ("PMH: depression 2015, asthma", "depression"),
        ("PMH: knee arthroscopy 2005. PC: LBP 6/52", "lower_limb"),
    ],
)
def test_what_is_over_stays_past(reader: Reader, text: str, value: str) -> None:
    assert value not in held(reader, text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("depressed last year and still is", {"depression"}),
        ("was diagnosed with depression last year", {"depression"}),
        ("anxiety last year, now worse", {"anxiety"}),
        ("anxiety last year, now also depressed", {"anxiety", "depression"}),
        ("stroke last year, now depressed", {"stroke", "depression"}),
        ("PMH: MI 2019, stroke 2021", {"cardiovascular", "stroke"}),
        ("PMH: T2DM 2012, HTN", {"diabetes", "cardiovascular"}),
        ("wants back pain sorted", {"back_pain"}),
    ],
)
def test_what_lasts_or_goes_on_is_present(reader: Reader, text: str, values: set[str]) -> None:
    assert held(reader, text) == values


def test_what_else_so_long_ago(reader: Reader) -> None:
    assert reader.read("gave up drinking 2 years ago").case == {}
    assert reader.read("applied for PIP 3 weeks ago").case == {}
    assert reader.read("saw CMHT 3 weeks ago").case == {}
    assert reader.read("started UC 3 months ago").case == {"benefits": ["uc"], "uc_months": 3}
    assert reader.read("moved onto UC 6 weeks ago").case == {"benefits": ["uc"], "uc_months": 1}
    sanctioned = reader.read("UC sanctioned 1/12 ago").case
    assert sanctioned["benefit_issues"] == ["sanctioned"]
    assert "uc_months" not in sanctioned
    discharged = reader.read("discharged from CMHT 2 months ago").case
    assert discharged == {"under_secondary_mental_health": False}


@pytest.mark.parametrize(
    "text",
    [
        "depression 10 years ago",
        "previous depression",
        "past history of depression",
        "was depressed last year, now back pain only",
        "had cancer in 2011",
        "anxiety as a teenager",
        "used to be on PIP",
        "was homeless in 2019",
    ],
)
def test_a_history_takes_nothing_away(reader: Reader, text: str) -> None:
    assert reader.read(text).removed == {}


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("depression has resolved now", {"conditions": ["depression"]}),
        ("no longer depressed", {"conditions": ["depression"]}),
        ("her sciatica has cleared up", {"conditions": ["back_pain"]}),
        ("UC stopped", {"benefits": ["uc"]}),
        ("actually he had depression years ago", {"conditions": ["depression"]}),
    ],
)
def test_an_end_that_is_told_takes_away(
    reader: Reader, text: str, removed: dict[str, list[str]]
) -> None:
    assert reader.read(text).removed == removed
