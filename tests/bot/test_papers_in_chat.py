"""Hand-out, record text, summary and `undo` as a clinician meets them in the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from referrals import desk
from referrals.permissions import Actor
from services_directory.practice import practice_settings
from tests.bot.played import NOON, Played

AUTISTIC = ("28M Bolton unemployed autism", "find work", "none", "no", "show")
LONELY = ("72F retired, lonely, lives in Sale, knee OA", "not now", "show")


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))


def kept(play: Played) -> list[str]:
    """Return the services of the referrals that the room holds for this consultation."""
    actor = Actor("user-1", "gp", practice_settings().ods_code)
    consultation = play.state["consultation_id"]
    room = desk.open_room()
    references = desk.of_consultation(room, actor, NOON, consultation)
    return [desk.view(room, actor, NOON, one).referral.service_id for one in references]


def signed_in(*words: str) -> Played:
    return Played(*words, user="user-1", practice=practice_settings().ods_code)


def test_a_hand_out_without_a_name_says_why_not_the_cards_before_it() -> None:
    play = signed_in(*AUTISTIC)
    [draft] = play.say("hand-out")
    at = play.state["listed"].index(draft["service_id"])
    assert at > 0
    for number in range(1, at + 1):
        assert f"Number {number}, " in draft["text"]
    assert f"Number {at + 1}, " not in draft["text"]
    assert "was not found" in draft["text"]


def test_a_second_hand_out_is_the_first_one_again() -> None:
    play = signed_in(*AUTISTIC)
    [first] = play.say("hand-out")
    [second] = play.say("print something for the patient")
    assert second["referral_id"] == first["referral_id"] and "no second one" in second["text"]
    assert second["documents"] == first["documents"] and second["url"] == first["url"]
    assert kept(play) == [first["service_id"]]


def test_the_hand_out_of_what_was_drafted_is_a_paper_of_that_draft() -> None:
    play = signed_in(*AUTISTIC)
    [note] = play.say("refer to connect to work")
    assert note["documents"][0]["kind"] == "work_coach_note"
    [paper] = play.say("hand-out for connect to work")
    assert (paper["service_id"], paper["referral_id"]) == (note["service_id"], note["referral_id"])
    assert paper["documents"][0]["kind"] == "patient_handout"
    assert kept(play) == [note["service_id"]]


def test_a_withdrawn_draft_is_not_brought_back() -> None:
    play = signed_in(*AUTISTIC)
    [first] = play.say("hand-out")
    actor = Actor("user-1", "gp", practice_settings().ods_code)
    desk.withdraw(desk.open_room(), actor, NOON, first["referral_id"], "changed their mind")
    [second] = play.say("hand-out")
    assert second["referral_id"] != first["referral_id"]


def test_a_hand_out_for_a_family_is_for_the_one_meant_or_asked() -> None:
    [paper] = signed_in(*AUTISTIC).say("hand-out for workwell")
    assert paper.get("service_id") == "workwell-gm" and "National Careers" not in paper["text"]
    play = Played()
    [question] = play.say("hand-out for talking therapies")
    assert question["slot"] == "service"
    [paper] = play.say("hand-out for talking-therapies-pennine")
    assert paper["service_id"] == "talking-therapies-pennine"


def test_the_record_states_what_happened_and_no_offer() -> None:
    play = signed_in(*AUTISTIC)
    before = play.told("record text")
    assert "Offered" not in before and "Suggested by the directory: " in before
    assert "Prepared" not in before and "A draft is not a referral" not in before
    [draft] = play.say("hand-out")
    after = play.told("record text")
    line = next(part for part in after.split("\n  ") if part.startswith("Prepared: "))
    assert draft["referral_id"] in after and "National Careers Service" in line
    assert (
        "National Careers Service"
        not in after.split("Suggested by the directory")[1].split("Sources")[0]
    )


def test_the_sources_of_a_record_are_short() -> None:
    told = signed_in(*AUTISTIC).told("record text").split("Sources")[1]
    assert "page of" in told and "not yet confirmed" in " ".join(told.split())
    assert "hellorayo" not in told and ".co.uk" not in told


def test_what_was_listed_only_is_no_next_action() -> None:
    play = signed_in("41M Bolton off sick 8 weeks with back pain, wants to keep his job", "show")
    assert "Next action: ____" in play.told("record text")


def test_what_no_longer_fits_was_not_suggested_for_this_patient() -> None:
    play = signed_in(*AUTISTIC)
    while "nothing to undo" not in play.told("undo"):
        pass
    for asked in ("summary", "record text"):
        assert "Suggested" not in play.told(asked) and "Offered" not in play.told(asked)


def test_undo_says_that_drafts_are_kept() -> None:
    play = signed_in(*AUTISTIC)
    assert "kept" not in play.told("undo")
    [draft] = play.say("refer to connect to work")
    told = play.told("undo")
    assert f"Draft {draft['referral_id']} (Connect to Work" in told and "on its page" in told
    assert kept(play) == [draft["service_id"]]


def test_who_has_retired_is_not_told_to_want_no_work() -> None:
    play = signed_in(*LONELY)
    [letter] = play.say("refer to social prescribing")
    assert "not now" not in letter["text"].lower()
    told = play.told("record text")
    assert "does not want help with work" not in told and "osteoarthritis (knee OA)" in told


@pytest.mark.parametrize("text", ["lol", "asdf qwer zxcv"])
def test_what_asks_for_nothing_is_not_scolded(text: str) -> None:
    told = Played().told(text)
    assert "found nothing about the patient" in told and "benefits" not in told


def test_a_question_about_something_else_is_told_the_limits() -> None:
    assert "I can only help" in Played().told("what's the weather like?")


def test_a_length_of_time_says_of_what() -> None:
    told = signed_in("41M Bolton off sick 8 weeks with back pain").told("summary")
    assert "8 weeks off work" in told


def test_only_what_was_there_is_told_as_removed() -> None:
    play = Played("40M Bury, off sick with depression")
    assert "Removed" not in play.told("visa ok")
    assert "Removed: depression" in play.told("not depression")


def test_nothing_stands_in_for_a_safety_service() -> None:
    play = Played("35F Bury, husband hits her, in work", "risk assessed, go on", "show")
    told = play.told("refer to national domestic abuse helpline")
    assert "no paper is made" in told and "Samaritans" not in told


def test_the_fuller_word_for_an_illness_is_kept() -> None:
    play = signed_in("58F Oldham hairdresser, breast cancer, finished chemo, off work 5 months")
    assert "breast cancer" in play.told("record text")
