"""What is said beside the facts, and what puts earlier words right: turn by turn, without a server."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.consultation.turn import TurnContext, respond
from actions.context import asked_slot
from actions.reading import read

RULES = Path(__file__).resolve().parents[2] / "data" / "rules.yml"
ACTIONS = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"].removeprefix("action_")
    for rule in yaml.safe_load(RULES.read_text())["rules"]
}
Told = list[dict[str, Any]]


class Consulting:
    """One consultation, as Rasa would lead it: the rule of each message's intent names the action."""

    def __init__(self, *lines: str) -> None:
        self.state: dict[str, Any] = {}
        self.told: Told = []
        for line in lines:
            self.say(line)

    def say(self, text: str) -> Told:
        context = TurnContext(as_of=date(2026, 11, 22), now=datetime(2026, 11, 22, 10).astimezone())
        said = read(text, asked_slot(self.state))
        result = respond(ACTIONS[said["intent"]["name"]], self.state, said, context)
        self.state, self.told = result.state, result.messages
        return self.told

    @property
    def case(self) -> dict[str, Any]:
        return dict(self.state["case"])

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.told)

    @property
    def asks(self) -> list[str]:
        return [m["slot"] for m in self.told if m["type"] == "question"]


FIRST = "34F off sick 6/52 depression Bolton"
WOMAN = {"age": 34, "sex": "female", "conditions": ["depression"], "work_status": "off_sick"}


@pytest.mark.parametrize(
    "other",
    [
        "25M plumber with back pain",
        "45M",
        "next up 45M back pain off work",
        "52F",
        "a 60 year old man, retired",
        "he's 45 and works nights",
        "actually no he's back at work since Monday",
    ],
)
def test_somebody_else_described_is_asked_about_and_nothing_merged(other: str) -> None:
    talk = Consulting(FIRST, other)
    assert talk.asks == ["patient"]
    assert {key: talk.case[key] for key in WOMAN} == WOMAN


@pytest.mark.parametrize(
    ("more", "key", "value"),
    [
        ("she's 35", "age", 35),
        ("sorry meant 43", "age", 43),
        ("sorry, 43F", "age", 43),
        ("she works as a nurse", "occupation", "nurse"),
    ],
)
def test_more_of_the_same_patient_is_not_asked_about(more: str, key: str, value: Any) -> None:
    talk = Consulting(FIRST, more)
    assert "patient" not in talk.asks and talk.case[key] == value


@pytest.mark.parametrize(
    "answer",
    [
        "yes its a new one",
        "new one",
        "it's a different patient",
        "yes, new patient please",
        "another one",
        "no it's the next one",
    ],
)
def test_new_one_in_many_words(answer: str) -> None:
    talk = Consulting(FIRST, "45M plumber with back pain", answer)
    assert talk.case["age"] == 45 and talk.case["conditions"] == ["back_pain"]


@pytest.mark.parametrize(
    "answer", ["same", "the same one", "change this one", "no, this patient", "not a new one"]
)
def test_this_one_in_many_words(answer: str) -> None:
    talk = Consulting(FIRST, "45F plumber", answer)
    assert talk.case["age"] == 45 and talk.case["conditions"] == ["depression"]


@pytest.mark.parametrize("loose", ["no", "ok", "she is new to the area", "plumber"])
def test_looser_words_settle_nothing(loose: str) -> None:
    talk = Consulting(FIRST, "45M plumber with back pain", loose)
    assert talk.asks == ["patient"] and talk.case["age"] == 34


@pytest.mark.parametrize("answer", ["yes", "yep", "Yes please", "yeah."])
def test_yes_begins_the_new_patient_where_one_was_described(answer: str) -> None:
    talk = Consulting(FIRST, "45M plumber with back pain", answer)
    assert talk.case["age"] == 45 and talk.case["conditions"] == ["back_pain"]


@pytest.mark.parametrize("loose", ["he has a sore knee", "he drinks"])
def test_yes_to_a_mere_pronoun_asks_which(loose: str) -> None:
    talk = Consulting(FIRST, loose, "yes")
    assert talk.asks == ["patient"] and talk.case["age"] == 34
    assert "New or same?" in talk.text


def test_an_open_answer_about_work_is_asked_once_more() -> None:
    talk = Consulting("48M Wigan gambling, lost house, on the sick", "on the sick")
    assert talk.asks == ["work_status"]
    talk.say("off sick from Asda")
    assert talk.case["work_status"] == "off_sick"


@pytest.mark.parametrize("answer", ["yes cmht", "yes UC", "not retire"])
def test_what_goes_on_about_something_else_is_no_job(answer: str) -> None:
    talk = Consulting("27F Bury bipolar wants work", answer)
    assert "work_status" not in talk.case and talk.asks == ["work_status"]
    talk.say("not sure")
    assert "work_status" not in talk.asks


@pytest.mark.parametrize(
    ("first", "wish", "goal"),
    [
        ("39M Trafford broken pelvis, off 20/52, plumber", "days only", "return_to_work"),
        ("39M Trafford depression, unemployed", "days only", "find_work"),
        ("39M Trafford depression, plumber, still working", "more hours", "stay_in_work"),
        (
            "39M Trafford broken pelvis, off 20/52, plumber",
            "back on tools when he can",
            "return_to_work",
        ),
    ],
)
def test_a_wish_typed_out_of_turn_stands_after_a_no(first: str, wish: str, goal: str) -> None:
    talk = Consulting(first, wish, "no")
    assert talk.case["goal"] == goal


def test_a_status_only_inferred_is_asked_once_more_and_put_right() -> None:
    talk = Consulting("59F Bolton admin, long covid", "not retire")
    assert talk.asks == ["work_status"] and talk.case["goal"] == "stay_in_work"
    talk.say("off sick")
    assert talk.case["work_status"] == "off_sick"


def test_no_after_the_list_changes_nothing_and_says_so() -> None:
    talk = Consulting("44M Bury off sick 8 wks depression, postman", "show", "no")
    assert talk.case["work_status"] == "off_sick" and "the list above stands" in talk.text


def test_a_summary_is_given_while_the_patient_is_asked_for() -> None:
    talk = Consulting(FIRST, "45M plumber with back pain", "summary")
    assert talk.told[0]["topic"] == "summary" and "34F" in talk.text
    assert talk.asks == ["patient"]


def test_the_next_patient_in_the_middle_of_a_question() -> None:
    talk = Consulting(
        "40M Stockport unemployed depression",
        "find work",
        "now my next pt is a 25F nurse off sick with stress in Wigan",
    )
    assert talk.case["age"] == 25 and talk.case["sex"] == "female"
    assert talk.case["conditions"] == ["stress"] and talk.case["area"] == "wigan"


def test_risk_in_the_words_of_a_next_patient_is_raised() -> None:
    talk = Consulting(FIRST, "new patient: wants to end his life")
    assert talk.told[0]["type"] == "safety"


def test_two_patients_in_one_message() -> None:
    talk = Consulting(
        "Two pts: first 30M unemployed Salford with anxiety, and his sister 28F off sick, back pain"
    )
    assert talk.case["age"] == 30 and talk.case["conditions"] == ["anxiety"]
    assert "One patient at a time" in talk.text and "28F off sick, back pain" in talk.text
    assert "28F" not in str(talk.state)


def test_a_relatives_facts_taken_back_after_the_message() -> None:
    talk = Consulting("44F Bury teacher depressed. Off sick 3/12", "no sorry, that's her husband")
    assert {"conditions", "work_status", "absence_weeks"}.isdisjoint(talk.case)
    assert talk.case["age"] == 44 and talk.case["occupation"] == "teacher"
    assert "her husband" in talk.text
    talk.say("undo")
    assert talk.case["conditions"] == ["depression"] and talk.case["absence_weeks"] == 13


def test_where_nothing_was_said_before_a_relative_is_asked_about() -> None:
    talk = Consulting("44F", "sorry that's her husband")
    assert "which of what is known" in talk.text and talk.case["age"] == 44


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ((FIRST, "she's back at work since Monday"), "absence_weeks"),
        ((FIRST, "actually she lost her job"), "absence_weeks"),
        (("34F unemployed 5 months", "back at work now"), "out_of_work_months"),
        (("34F unemployed 5 months", "change work status to in work"), "out_of_work_months"),
    ],
)
def test_a_changed_work_status_ends_its_lengths(lines: tuple[str, ...], gone: str) -> None:
    assert gone in Consulting(lines[0]).case
    talk = Consulting(*lines)
    assert gone not in talk.case and "Removed" in talk.text


def test_a_length_stays_while_the_status_does() -> None:
    talk = Consulting(FIRST, "still off sick, anxious too")
    assert talk.case["absence_weeks"] == 6


def test_an_illness_swapped_in_the_case() -> None:
    talk = Consulting(FIRST, "scrap the depression its anxiety")
    assert talk.case["conditions"] == ["anxiety"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("34F off sick depression Bolton. What dose of sertraline?", "no clinical advice"),
        ("will she lose her PIP if she works? 34F off sick depression", "Citizens Advice"),
        ("34F off sick depression, can I do a fit note for 6 months?", "At most 3 months"),
        ("who can sign fit notes?", "physiotherapists"),
    ],
)
def test_a_question_beside_is_answered_or_said_not_to_be(text: str, told: str) -> None:
    talk = Consulting(text)
    assert told in talk.text
    assert ("age" in talk.case) == ("34F" in text)


def test_a_fit_note_question_leaves_the_open_question_open() -> None:
    talk = Consulting(FIRST)
    asked = talk.asks
    talk.say("who can sign fit notes?")
    assert [talk.state["asked"]] == asked


def test_no_right_to_work_is_said_again_with_the_list() -> None:
    talk = Consulting("asylum seeker no right to work, 30F, Oldham, depression")
    assert 'Noted: "no right to work"' in talk.text
    talk.say("show")
    assert 'Noted: "no right to work"' in talk.text
    assert talk.told[-1]["type"] == "recommendations"


RISK = "61M Tameside farmer, says family better off without him"


@pytest.mark.parametrize(
    "answer", ["no he's not suicidal, just fed up", "risk assessed", "no thoughts of self-harm"]
)
def test_the_clinicians_own_no_resumes(answer: str) -> None:
    talk = Consulting(RISK, answer)
    assert not talk.state["paused"] and len(talk.state["assessed"]) == 1
    assert 'male ("he")' not in talk.text


@pytest.mark.parametrize(
    "answer",
    ["just fed up", "not sure if he's suicidal", "not suicidal but has taken an overdose", "go on"],
)
def test_anything_less_stays_paused(answer: str) -> None:
    assert Consulting(RISK, answer).state["paused"]


BEATEN = "33F Bury, husband hits her, off sick"


@pytest.mark.parametrize(
    "answer",
    [
        "safe now, go on",
        "safe now",
        "she's safe, carry on",
        "risk dealt with",
        "risk dealt with, go on",
        "sorted, carry on",
        "all sorted",
        "dealt with, continue",
        "in hand, go on",
        "assessed, go on",
        "safety plan in place, go on",
        "spoken to safeguarding lead, go on",
        "crisis team called, carry on",
    ],
)
@pytest.mark.parametrize("opening", [RISK, BEATEN])
def test_the_pause_ends_in_ordinary_words(opening: str, answer: str) -> None:
    talk = Consulting(opening, answer)
    assert not talk.state["paused"] and len(talk.state["assessed"]) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "not safe, go on",
        "not sorted, carry on",
        "not assessed yet, go on",
        "hours sorted, job in hand",
        "is she safe now?",
        "crisis team not called",
        "needs to be dealt with",
        "carry on",
        "yes",
        "no",
    ],
)
def test_what_settles_no_risk_ends_no_pause(answer: str) -> None:
    assert Consulting(BEATEN, answer).state["paused"]


@pytest.mark.parametrize("first", ["go on", "carry on", "ok go on", "continue"])
@pytest.mark.parametrize("second", ["yes", "go on", "yes, assessed"])
def test_a_bare_go_on_is_asked_about_once(first: str, second: str) -> None:
    talk = Consulting(BEATEN, first)
    assert "Have you assessed the risk?" in talk.text and not talk.state["assessed"]
    talk.say(second)
    assert not talk.state["paused"] and len(talk.state["assessed"]) == 1


def test_a_yes_to_something_else_ends_no_pause() -> None:
    assert Consulting(BEATEN, "go on", "on UC", "yes").state["paused"]


def test_what_is_said_in_the_pause_is_kept_and_said_to_be() -> None:
    talk = Consulting(BEATEN, "few hrs work")
    assert "find work" in talk.text and "kept" in talk.text
    talk.say("safe now, go on")
    assert talk.case["goal"] == "find_work"


def test_a_bare_yes_asks_which_programme_once() -> None:
    talk = Consulting("43M unemployed Bolton depression", "ask in_programme", "yes")
    assert talk.asks == ["in_programme"] and "Which programme" in talk.text
    again = talk.say("yes")
    assert again[-1].get("slot") != "in_programme", "an answer always moves on"


@pytest.mark.parametrize("answer", ["yes", "don't know", "not sure which", "some programme"])
def test_some_programme_is_kept_as_not_sure(answer: str) -> None:
    talk = Consulting("43M unemployed Bolton depression", "ask in_programme", "yes", answer)
    assert talk.case["in_programme"] == "some programme"
    assert talk.case["uncertain"]["in_programme"] == ["some programme"]


LISTED = ("43M unemployed Bolton depression", "find work", "show")


def test_two_numbers_give_two_drafts() -> None:
    talk = Consulting(*LISTED, "refer to 1 and 2")
    drafts = [m for m in talk.told if m["type"] in ("referral_draft", "info")]
    assert len(drafts) == 2 and len({d["service_id"] for d in drafts}) == 2


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("why is that first", "is number 1"),
        ("phone number?", "Who may"),
        ("who can refer", "Who may"),
        ("what do they do", "Sources:"),
    ],
)
def test_a_question_without_a_name_is_about_the_first(question: str, told: str) -> None:
    talk = Consulting(*LISTED, question)
    assert told in talk.text and talk.told[0]["service_id"] == talk.state["listed"][0]


def test_or_about_the_one_spoken_of_last() -> None:
    talk = Consulting(*LISTED, "tell me about Access to Work", "who can refer?")
    assert talk.told[0]["service_id"] == "access-to-work"


def test_before_any_list_it_is_said_so() -> None:
    talk = Consulting("43M", "phone number?")
    assert "No service has been shown yet" in talk.text


def test_refer_alone_asks_to_which_and_keeps_the_question() -> None:
    talk = Consulting(FIRST)
    asked = talk.asks
    talk.say("refer")
    assert "Refer to which service?" in talk.text and [talk.state["asked"]] == asked


def test_an_ended_programme_asked_for_by_name() -> None:
    for text in ("can I use the Work and Health Programme?", "work and health programme?"):
        talk = Consulting(text)
        assert "30 September 2024" in talk.text
        assert "goal" not in talk.case


def test_thanks_is_taken_as_thanks() -> None:
    assert Consulting("thanks").text.startswith("Glad to help")


@pytest.mark.parametrize(
    ("opening", "key", "value"),
    [
        ("34F off sick depression Bolton", "absence_weeks", 26),
        ("29M Bury lost job, anxiety", "out_of_work_months", 6),
        ("34F off sick 6/52 depression Bolton", "absence_weeks", 6),
    ],
)
def test_a_length_out_of_turn_goes_to_what_is_not_known(opening: str, key: str, value: int) -> None:
    assert Consulting(opening, "6/12").case[key] == value


def test_a_length_of_somebody_at_work_measures_nothing() -> None:
    case = Consulting("33F nurse, works full time, asthma, Bolton", "6/12").case
    assert not {"absence_weeks", "out_of_work_months"} & set(case)


def test_what_is_past_takes_nothing_of_what_was_said() -> None:
    talk = Consulting("50M off sick 8/52, had a stroke 3 months ago, Bury")
    assert talk.case["conditions"] == ["stroke"]
    talk.say("also had a stroke 10 years ago, fully recovered from that one")
    talk.say("previous depression")
    assert "Removed" not in talk.text
    assert "depression (in the past)" in talk.text
    assert talk.case["absence_weeks"] == 8


def test_only_what_was_there_is_told_as_removed() -> None:
    talk = Consulting("34F off sick 6/52 depression Bolton", "visa ok")
    assert "Removed" not in talk.text
    talk.say("no longer depressed")
    assert "Removed: depression" in talk.text


def test_days_off_are_told_in_days() -> None:
    assert "2 days off work" in Consulting("40F Sale nurse stress off 2/7").text
