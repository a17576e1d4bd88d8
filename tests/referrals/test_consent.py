"""What is read aloud before a patient agrees, and what counts as an agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from record_cases import NOW
from referral_cases import service

from referrals.consent import (
    BENEFITS_NOT_KNOWN,
    NotAnAgreement,
    check_agreement,
    consent_words,
    standing,
)
from referrals.model import Consent, Field
from services_directory.model import ConsentWords

FIELDS = (
    Field("full_name", "Name", "", "", True, True),
    Field("nhs_number", "NHS number", "", "", True, True),
    Field("goal", "What the patient wants", "Go back", "", True, False),
    Field("health", "Health", "", "", False, False),
)
SAID = Consent(NOW, "dr-a", "gp", "I will send it")


def test_the_sentence_names_what_goes_to_whom_and_why() -> None:
    made = consent_words(service(), FIELDS)
    assert made.says == (
        "I will send Test Service this about you: name, NHS number and what the patient wants; so that they "
        "can help you with finding work. You can say no, and you can stop it at any time."
    )
    assert "health" not in made.says, "an empty field sends nothing"
    assert made.to == "Test Service"


def test_the_entrys_own_sentence_is_read_where_it_has_one() -> None:
    own = service(consent=ConsentWords("I will send a letter.", "It changes no benefit."))
    made = consent_words(own, FIELDS)
    assert made.says == "I will send a letter."
    assert "It changes no benefit." in made.lines and BENEFITS_NOT_KNOWN not in made.lines


@pytest.mark.parametrize(
    ("voluntary", "tells_dwp", "told"),
    [
        ("yes", "no", ("Taking part is voluntary", "does not tell")),
        ("no", "yes", ("not voluntary", "tells the Department")),
        ("after_referral_mandatory", "yes", ("can be compulsory", "tells the Department")),
        ("not_known", "not_known", ("not known whether taking part", "is told: ask first")),
    ],
)
def test_voluntary_dwp_and_benefits_are_always_said(voluntary, tells_dwp, told) -> None:
    lines = " ".join(consent_words(service(voluntary=voluntary, tells_dwp=tells_dwp), FIELDS).lines)
    assert all(words in lines for words in told)
    assert BENEFITS_NOT_KNOWN in lines and "Citizens Advice" in lines


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"how": "guessed"}, "how it was agreed"),
        ({"who_agreed": "neighbour"}, "who agreed"),
        ({"who_agreed": "attorney"}, "write why"),
        ({"who_agreed": "best_interests", "reason": "  "}, "write why"),
        ({"says": ""}, "read aloud"),
        ({"reason": "x" * 501}, "under 500"),
    ],
)
def test_what_is_no_agreement(changes: dict, told: str) -> None:
    with pytest.raises(NotAnAgreement, match=told):
        check_agreement(replace(SAID, **changes))


@pytest.mark.parametrize("who", ["patient", "attorney", "best_interests"])
@pytest.mark.parametrize("how", ["verbal", "written", "video_or_phone"])
def test_what_is_an_agreement(who: str, how: str) -> None:
    check_agreement(replace(SAID, who_agreed=who, how=how, reason="has power of attorney"))


def test_the_latest_that_was_not_withdrawn_stands() -> None:
    gone = replace(SAID, withdrawn_at=NOW)
    assert standing(()) is None and standing((gone,)) is None
    assert standing((SAID, gone)) == SAID
    assert standing((gone, SAID)) == SAID
