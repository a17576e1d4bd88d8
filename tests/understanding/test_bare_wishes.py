"""A short message that is only a wish for the job ("go back", "keep her job"), whatever was asked."""

from __future__ import annotations

import pytest

from understanding.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("asked", "text", "goal"),
    [
        ("goal", "go back", "return_to_work"),
        (None, "go back", "return_to_work"),
        ("conditions", "go back", "return_to_work"),
        ("conditions", "go back eventually", "return_to_work"),
        ("conditions", "back in 2 wks", "return_to_work"),
        ("conditions", "back to work gradually", "return_to_work"),
        ("conditions", "hoping to be back after xmas", "return_to_work"),
        ("area", "go back", "return_to_work"),
        ("benefits", "go back when better", "return_to_work"),
        (None, "go back asap", "return_to_work"),
        (None, "keep her job", "stay_in_work"),
        (None, "hold on to his job if he can", "stay_in_work"),
        (None, "not lose her job", "stay_in_work"),
        ("barriers", "stay in work", "stay_in_work"),
        ("goal", "stay in work", "stay_in_work"),
        ("goal", "now is not the time", "not_now"),
        ("goal", "stay", "stay_in_work"),
        ("conditions", "stay on", "stay_in_work"),
        ("barriers", "stay there", "stay_in_work"),
        ("absence_weeks", "wants to stay put", "stay_in_work"),
        (None, "stay", "stay_in_work"),
        ("in_programme", "back to driving ideally", "return_to_work"),
        ("conditions", "eventually back", "return_to_work"),
        (None, "ideally back", "return_to_work"),
        ("conditions", "back on tools when he can", "return_to_work"),
        ("barriers", "back on the bins asap", "return_to_work"),
        (None, "wants bk driving", "return_to_work"),
        ("barriers", "indoor job there", "stay_in_work"),
        (None, "lighter duties with them", "stay_in_work"),
        ("conditions", "more hours", "stay_in_work"),
        ("barriers", "days only", "stay_in_work"),
        ("job_at_risk", "no nights", "stay_in_work"),
        ("work_status", "not retire", "stay_in_work"),
        ("work_status", "eventually back", "return_to_work"),
        ("goal", "retire", "not_now"),
        ("goal", "volunteer", "find_work"),
    ],
)
def test_a_wish_is_the_goal_and_nothing_else(
    reader: Reader, asked: str | None, text: str, goal: str
) -> None:
    read = reader.read(text, asked)
    assert read.command is None
    assert {k: v for k, v in read.case.items() if k != "sex"} == {"goal": goal}


@pytest.mark.parametrize("text", ["stay in work", "keep her job", "hang on to it"])
def test_wishing_to_stay_answers_that_work_is_in_doubt(reader: Reader, text: str) -> None:
    case = reader.read(text, "work_status").case
    assert (case["work_status"], case["goal"]) == ("in_work_struggling", "stay_in_work")


@pytest.mark.parametrize(
    ("asked", "text", "key", "value"),
    [
        ("conditions", "back", "conditions", ["back_pain"]),
        ("conditions", "bad back", "conditions", ["back_pain"]),
        ("conditions", "back and knees", "conditions", ["back_pain", "lower_limb"]),
        ("conditions", "back pain since 2019", "conditions", ["back_pain"]),
        (None, "he's back at work", "work_status", "in_work"),
        (None, "34F Bury anxiety wants to keep her job", "work_status", "in_work"),
        ("work_status", "in work", "work_status", "in_work"),
        ("conditions", "back in spasm when he sits", "conditions", ["back_pain"]),
        ("conditions", "eventually back pain", "conditions", ["back_pain"]),
        ("conditions", "back to back infections when stressed", "goal", None),
        (None, "back to uni when well", "goal", None),
        (None, "stay with mum", "goal", None),
        (None, "no job there", "work_status", "unemployed"),
        (None, "got a job there", "work_status", "in_work"),
        (None, "he's back on the tools", "work_status", "in_work"),
        ("work_status", "part time", "work_status", "in_work"),
        ("work_status", "days only", "goal", None),
        (None, "volunteering", "work_status", "volunteering"),
        ("goal", "no, too ill", "goal", "not_now"),
        ("goal", "not till after the op", "goal", "not_now"),
        ("goal", "actually no he's back at work since Monday", "work_status", "in_work"),
    ],
)
def test_what_is_no_bare_wish(
    reader: Reader, asked: str | None, text: str, key: str, value: object
) -> None:
    assert reader.read(text, asked).case.get(key) == value


@pytest.mark.parametrize(
    "text", ["actually no he's back at work since Monday", "no sorry, he's off sick"]
)
def test_a_no_that_puts_something_right_is_no_goal(reader: Reader, text: str) -> None:
    assert "goal" not in reader.read(text, "goal").case


@pytest.mark.parametrize("text", ["go back a step", "go back one", "oops go back", "undo"])
def test_a_step_back_is_a_command(reader: Reader, text: str) -> None:
    assert reader.read(text).intent == "undo"


@pytest.mark.parametrize("text", ["kids", "yrs", "TATT"])
def test_a_word_that_means_nothing_agrees_to_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text).intent == "inform"
    assert reader.read(text, "never_worked").intent == "answer"


@pytest.mark.parametrize("text", ["prob not", "probably not", "nah", "not under anyone"])
def test_no_programme(reader: Reader, text: str) -> None:
    assert reader.read(text, "in_programme").case["in_programme"] == "none"
