"""What a message is for; and that facts are never thrown away as small talk."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.corrections import correcting_cue
from understanding.intent_training import fit, read_examples, save
from understanding.intents import Intents, is_off_topic, load
from understanding.opening import reads_as_opening

FACTS = """
    54F, RA, school cook, off 7 weeks
    lost his job in March, depressed, UC
    wants to go back to work but scared of the phones
    single dad, two kids, no childcare, behind with rent
    off 8 weeks with his back. What can we refer him to?
    bipolar, discharged two years ago, lost his job. IPS?
    never touched a computer in his life
    toast for tea three nights running
    boss won't budge on duties
    can't read the forms they send
    """
OUTSIDE = """
    max dose of sertraline?
    does metformin need stopping before contrast CT?
    whats the BMI cut off for bariatric surgery these days
    is naproxen safe with lisinopril
    how do I taper venlafaxine
    what is the half life of diazepam
    side effects of duloxetine
    tell me a joke
    what's the weather doing
    who won the football last night
    """


ENTITLEMENT = """
    is she entitled to PIP?
    would he get UC?
    how much UC would she get
    would she qualify for LCWRA
    what benefits can she claim?
    she wants to know if she'd get PIP
    will he lose his PIP if he works?
    """
# Benefits told rather than asked about, and questions for our own services.
NO_ENTITLEMENT = """
    gets PIP and ESA
    48F on PIP, would she get UC?
    on UC, is she entitled to anything else?
    is she on PIP?
    worried he'd lose PIP if he worked
    can she get help with debts?
    what services can he get?
    """


@pytest.fixture(scope="module")
def trained() -> Intents:
    return fit(read_examples())


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize("text", lines(FACTS))
def test_facts_are_read(trained: Intents, text: str) -> None:
    assert not is_off_topic(text, trained)


@pytest.mark.parametrize("text", lines(ENTITLEMENT))
def test_who_would_get_a_benefit_is_not_ours_to_say(trained: Intents, text: str) -> None:
    assert trained.classify(text)[0] == "benefit_question"
    assert is_off_topic(text, trained)


@pytest.mark.parametrize("text", lines(NO_ENTITLEMENT))
def test_a_benefit_told_is_no_question_of_entitlement(trained: Intents, text: str) -> None:
    assert not is_off_topic(text, trained)


@pytest.mark.parametrize("text", lines(OUTSIDE))
def test_questions_outside_our_field_are_not_read(trained: Intents, text: str) -> None:
    assert is_off_topic(text, trained)


def test_every_intent_has_enough_sentences_and_none_twice() -> None:
    examples = read_examples()
    counts = Counter(intent for _, intent in examples)
    assert len(counts) == 26
    assert counts["inform"] >= 150 and min(counts.values()) >= 15
    assert len({text.lower() for text, _ in examples}) == len(examples)


def test_held_out_sentences_are_mostly_told_apart() -> None:
    examples = read_examples()
    random.Random(7).shuffle(examples)
    held, rest = examples[::5], [e for i, e in enumerate(examples) if i % 5]
    found = fit(rest)
    right = sum(found.classify(text)[0] == intent for text, intent in held)
    assert right / len(held) > 0.6


def test_stored_and_read_again_it_says_the_same(trained: Intents, tmp_path: Path) -> None:
    save(trained, tmp_path)
    again = load(tmp_path)
    for text, _ in read_examples()[::9]:
        assert again.classify(text)[0] == trained.classify(text)[0]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(trained: Intents, text: str) -> None:
    name, confidence = trained.classify(text)
    assert name in trained.names and 0 <= confidence <= 1


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("sorry, she's 34 not 43", True),
        ("actually he's off sick", True),
        ("I meant Oldham", True),
        ("wrong benefit, it's PIP she gets", True),
        ("it's COPD he has not diabetes, got my wires crossed", True),
        ("no it's her husband who drinks", True),
        ("change that to female", True),
        ("feels sorry for himself", False),
        ("no job, no benefits", False),
        ("48F, off sick 6 wks", False),
        ("not working", False),
    ],
)
def test_correcting_words(text: str, cue: bool) -> None:
    assert (correcting_cue(text) is not None) is cue


@pytest.mark.parametrize(
    ("text", "case", "opening"),
    [
        (
            "48F warehouse packer, off sick 6 wks with her back",
            {"age": 48, "sex": "female", "work_status": "off_sick"},
            True,
        ),
        (
            "61 y/o lady, fibromyalgia, long term sick",
            {"age": 61, "conditions": ["chronic_pain"]},
            True,
        ),
        (
            "new patient to us, lad of 22 with ADHD, no job",
            {"age": 22, "conditions": ["adhd"]},
            True,
        ),
        ("sorry, she's 34 not 43", {"age": 34, "sex": "female"}, False),
        ("about 6 wks", {"absence_weeks": 6}, False),
        ("yes and she gets PIP", {"benefits": ["pip"]}, False),
        ("anxiety and debts too", {"conditions": ["anxiety"], "barriers": ["debt_finance"]}, False),
    ],
)
def test_openings(text: str, case: dict[str, object], opening: bool) -> None:
    assert reads_as_opening(text, case) is opening
