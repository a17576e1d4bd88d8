"""Words of a trouble that are a trade, an idiom, a pet, a medicine or a boss, and where they are none."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def held(case: dict[str, Any]) -> set[str]:
    return {*case.get("conditions", ()), *case.get("barriers", ())}


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        # who threatens, controls or abuses is of the workplace, or it is an illness or drink
        ("boss threatening to sack him", "domestic_abuse"),
        ("coercive boss", "domestic_abuse"),
        ("31F Bury, coercive manager, off with stress", "domestic_abuse"),
        ("her line manager gaslights her", "domestic_abuse"),
        ("walking on eggshells with the new boss", "domestic_abuse"),
        ("17M apprentice electrician broke wrist, boss threatening to sack him", "domestic_abuse"),
        ("boss threatening disciplinary, 33F Bury teacher stress", "domestic_abuse"),
        ("manager controlling every break she takes", "domestic_abuse"),
        ("employer threatening redundancy", "domestic_abuse"),
        ("school threatening to fine her", "domestic_abuse"),
        ("work is abusive", "domestic_abuse"),
        ("customers are abusive to her at the till", "domestic_abuse"),
        ("her manager is controlling and won't let her go to the toilet", "domestic_abuse"),
        ("abusive passengers, bus driver", "domestic_abuse"),
        ("abused by passengers on the tram every day, driver, PTSD", "domestic_abuse"),
        ("verbal abuse from customers, call centre", "domestic_abuse"),
        ("she bullies herself into going to work", "domestic_abuse"),
        ("domestic abuse support worker, burnout", "domestic_abuse"),
        ("sickness record poor, on a final warning", "offending_history"),
        ("carer in a dementia home, bad back", "neurological"),
        ("jobcentre threatening to stop his money", "domestic_abuse"),
        ("controlling his diabetes is hard", "domestic_abuse"),
        ("he controls his sugars badly", "domestic_abuse"),
        ("her asthma is controlling her life", "domestic_abuse"),
        ("abuses alcohol", "domestic_abuse"),
        ("wife abuses alcohol, he is depressed", "domestic_abuse alcohol_dependence"),
        # trades
        ("probation officer off sick stress", "offending_history"),
        ("34F probation officer, anxious", "offending_history"),
        ("debt collector, anxious", "debt_finance"),
        ("works as a debt collector, off with back pain", "debt_finance"),
        ("housing officer for the council, depression", "housing"),
        # idioms and anatomy
        ("MRI clear, no nerve compression", "confidence"),
        ("carpal tunnel, nerve damage on the studies", "confidence"),
        # pets
        ("dog died last week, off sick", "bereavement"),
        ("lost her cat, off sick", "bereavement"),
        ("had to have the dog put down, can't stop crying", "bereavement domestic_abuse"),
        # what somebody smokes is no dependence
        ("21M NEET, low confidence, smokes weed, mum worried", "drug_dependence"),
        ("smokes cannabis at weekends", "drug_dependence"),
        # words of despair are no barrier
        ("wd be better off not here", "benefit_worry"),
        ("life not worth living", "confidence"),
        ("lives off his savings", "debt_finance"),
    ],
)
def test_what_only_looks_so(reader: Reader, text: str, unwanted: str) -> None:
    assert not held(reader.read(text).case) & set(unwanted.split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("partner controlling, 33F", "domestic_abuse"),
        ("partner threatening to ring her boss", "domestic_abuse"),
        ("ex threatening her at work", "domestic_abuse"),
        ("he controls everything she does", "domestic_abuse"),
        ("boyfriend controls what she eats", "domestic_abuse"),
        ("in an abusive marriage", "domestic_abuse"),
        ("victim of abuse at home", "domestic_abuse"),
        ("works in a school, husband hits her", "domestic_abuse"),
        ("45M Wigan partner (wife) is hitting him, off work stress", "domestic_abuse stress"),
        ("has a probation officer", "offending_history"),
        ("has a DV worker, fled husband", "domestic_abuse"),
        ("dad hits him when drunk, 17M", "domestic_abuse"),
        ("on probation, needs a job", "offending_history"),
        ("debt collectors ringing", "debt_finance"),
        ("debt collector at the door", "debt_finance"),
        ("mum died and then the dog died", "bereavement"),
        ("lost his nerve after the crash", "confidence"),
        ("husband controls her eating", "domestic_abuse"),
        ("abuses alcohol", "alcohol_dependence"),
        ("dependent on cannabis", "drug_dependence"),
        ("addicted to weed", "drug_dependence"),
        ("weed all day", "drug_dependence"),
        ("bipolar on lithium", "bipolar"),
        ("lost her confidence, says life is not worth living", "confidence"),
    ],
)
def test_where_it_is_so(reader: Reader, text: str, wanted: str) -> None:
    assert set(wanted.split()) <= held(reader.read(text).case)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("54F off sick low mood stable on lithium", "bipolar"),
        ("on clozapine", "psychosis"),
        ("on methadone", "drug_dependence"),
        ("uses salbutamol inhaler", "respiratory"),
        ("takes Elvanse", "adhd"),
    ],
)
def test_a_medicine_alone_is_uncertain(reader: Reader, text: str, value: str) -> None:
    assert value in reader.read(text).case.get("uncertain", {}).get("conditions", [])


@pytest.mark.parametrize(
    "text",
    [
        "bipolar, stable on lithium",
        "heroin user on methadone",
        "schizophrenia on depot",
        "asthma on salbutamol",
    ],
)
def test_a_medicine_beside_its_illness_is_not(reader: Reader, text: str) -> None:
    assert "uncertain" not in reader.read(text).case


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("41M Manchester JSA, no health probs", True),
        ("20F looking for work, no known medical conditions", True),
        ("fit and well, 34M", True),
        ("PMH nil, 22F", True),
        ("no significant past medical history", True),
        ("wife has no health problems", False),
        ("no health issues apart from asthma", False),
        ("no mental health problems", False),
        ("no health problems till the stroke", False),
    ],
)
def test_no_illness_said_unasked(reader: Reader, text: str, complete: bool) -> None:
    assert (reader.read(text).answered.get("conditions") == "complete") is complete
