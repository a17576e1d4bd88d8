"""A service asked for by name: which of a family is meant, what has ended, where it stands on the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.bot.played import Played

PACKER = "45M Tameside packer, off sick 6 weeks, stress"
BOLTON = "28M Bolton unemployed autism"


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))


@pytest.mark.parametrize(
    ("patient", "asked", "service"),
    [
        (PACKER, "tell me about workwell", "workwell-gm"),
        ("28M Bolton unemployed depression", "why not workwell", "workwell-gm"),
        ("45M Salford off sick with stress", "tell me about workwell", "workwell-gm"),
        (PACKER, "tell me about connect to work", "connect-to-work-national"),
        (
            "33F Stockport unemployed depression",
            "tell me about talking therapies",
            "talking-therapies-pennine",
        ),
        (
            "33F Bolton unemployed depression",
            "why not talking therapies",
            "talking-therapies-bolton",
        ),
        # No card shows it, so where the patient lives alone decides.
        (
            "33F Wigan in work, knee pain",
            "tell me about talking therapies",
            "talking-therapies-wigan",
        ),
        # One of the name lives; the others have ended.
        (BOLTON, "tell me about IPS", "ips-secondary-gm"),
    ],
)
def test_the_patient_picks_one_of_a_family(patient: str, asked: str, service: str) -> None:
    message, *offer = Played(patient).say(asked)
    assert message.get("service_id") == service, message["text"]
    assert bool(offer) == asked.startswith("tell me")


def test_the_entry_of_the_own_borough_is_named_beside() -> None:
    told = Played(PACKER).told("tell me about workwell")
    assert told.startswith("WorkWell Greater Manchester. Open.")
    assert "For Tameside there is also WorkWell in Bolton, Bury" in told


def test_where_nothing_tells_them_apart_it_is_asked() -> None:
    [question] = Played().say("tell me about talking therapies")
    assert question["slot"] == "service" and len(question["options"]) > 2


@pytest.mark.parametrize(
    ("asked", "last", "today"),
    [
        ("refer to working well", "31 March 2025", ("Connect to Work", "WorkWell")),
        ("tell me about Working Well", "31 March 2025", ("Connect to Work", "WorkWell")),
        ("refer to Fit for Work", "31 March 2018", ("WorkWell Greater Manchester",)),
        ("why not fit for work", "31 March 2018", ("WorkWell Greater Manchester",)),
    ],
)
def test_a_family_that_is_over_gets_one_answer(
    asked: str, last: str, today: tuple[str, ...]
) -> None:
    message, question = Played(BOLTON).say(asked)
    assert message["type"] == "info" and "are over" in message["text"]
    before, now = message["text"].split(" Today: ")
    assert last in before and all(name in now for name in today)
    assert all("http" not in m for m in (before, now))
    # First what lives today.
    assert not question["options"][0]["title"].endswith(("(ended)", "(closed)"))


def test_what_is_offered_instead_can_be_taken() -> None:
    play = Played(BOLTON)
    _, question = play.say("tell me about working well")
    open_ones = [o for o in question["options"] if "(" not in o["title"].split("(GMMH")[0]]
    assert len(open_ones) > 1
    for option in open_ones:
        answer, again = play.say(option["payload"])
        assert answer["topic"] == "service" and " Open." in answer["text"], answer["text"]
        assert again["slot"] == "benefits", "what was asked of the patient is open again"
        play.say("tell me about working well")


def test_an_offer_of_others_swallows_no_answer_about_the_patient() -> None:
    play = Played(BOLTON, "find work")
    asked = play.state["asked"]
    play.say("tell me about talking therapies")
    assert play.state["asked"] == asked == "barriers"
    play.say("no")
    assert play.state["case"]["answered"]["barriers"] == "complete"
    assert play.state["pending"] is None


def test_one_of_the_others_can_be_named_in_words() -> None:
    play = Played(BOLTON, "tell me about working well")
    answer, again = play.say("the pilot")
    assert answer["service_id"] == "working-well-pilot" and again["slot"] == "benefits"


def test_while_some_of_a_family_lived_it_is_no_family_that_is_over() -> None:
    told = Played(BOLTON, as_of=date(2016, 5, 10)).told("tell me about Fit for Work")
    assert "are over" not in told


@pytest.mark.parametrize(
    "asked",
    ["can I use the Work and Health Programme?", "why not the work and health programme"],
)
@pytest.mark.parametrize(
    "first", ["refer to workwell", "refer to Fit for Work", "tell me about IPS"]
)
def test_the_closed_one_that_was_named_is_the_one_answered(asked: str, first: str) -> None:
    play = Played(BOLTON, first)
    message, *_ = play.say(asked)
    assert message["service_id"] == "working-well-work-and-health-programme"
    assert "no new referrals since 30 September 2024" in message["text"]
    assert "Connect to Work" in message["text"] and "Fit for Work" not in message["text"]


def test_a_question_about_a_programme_is_no_programme_the_patient_is_in() -> None:
    play = Played(BOLTON, "find work", "no")
    assert play.state["asked"] == "in_programme"
    play.say("can I use the Work and Health Programme?")
    assert "in_programme" not in play.state["case"]


def test_another_command_ends_the_choice_that_was_open() -> None:
    play = Played("tell me about talking therapies")
    assert play.state["pending"]["kind"] == "service"
    play.say("tell me about access to work")
    assert play.state["pending"] is None
    assert "Talking Therapies" not in play.told("Bolton")


@pytest.mark.parametrize(
    "service", ["IPSPC", "Work and Health Programme", "Support to Succeed", "Work Choice"]
)
def test_what_is_over_shows_no_way_in(service: str) -> None:
    told = Played().told(f"tell me about {service}")
    assert "Ended" in told or "Takes no new referrals" in told
    assert "\nBy " not in told and "gcemployment.uk/wwipspc" not in told


def test_before_a_list_is_shown_nothing_has_a_number() -> None:
    play = Played(BOLTON)
    told = play.told("why not connect to work")
    assert "number" not in told and "will be on the list" in told
    assert "no list has been shown yet" in play.told("refer to 1")


def test_a_number_is_that_of_the_list_last_shown() -> None:
    play = Played(BOLTON, "show")
    first = play.state["listed"][0]
    assert play.told(f"why not {first}").endswith("is on the list: number 1.")
    play.say("actually he has schizophrenia, under the CMHT, not autism")
    [cards] = [m for m in play.say("show") if m["type"] == "recommendations"]
    top = cards["items"][0]["service_id"]
    assert top == "ips-secondary-gm" != first
    [draft] = play.say("refer to 1")
    assert draft["service_id"] == top
    [none] = play.say("refer to 9")
    assert none["type"] == "error" or len(cards["items"]) >= 9
