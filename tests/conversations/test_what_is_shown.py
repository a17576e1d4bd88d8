"""What is shown and asked turn by turn: empty lists, numbers, names not held, the end of life."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.consultation.end_of_life import words_of
from actions.consultation.forgotten import PATIENT_GONE
from services_directory.case import case_from_json
from services_directory.empty_list import nothing_words
from services_directory.loading import directory
from services_directory.recommendation import recommend
from tests.conversations.test_said_beside import Consulting

OFF_SICK = "50F Middleton fibromyalgia off sick 10/52 cleaner"


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))


def cards(told: Consulting) -> list[str]:
    shown = [m for m in told.told if m["type"] == "recommendations"]
    return [item["service_id"] for message in shown for item in message["items"]]


# --- an empty list -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "known",
    [
        {"age": 22, "conditions": ["autism"], "benefits": ["uc", "pip"], "area": "oldham"},
        {"age": 22, "conditions": ["autism"], "area": "oldham"},
        {"age": 19, "area": "bury"},
        {"age": 45, "benefits": ["esa"], "area": "manchester"},
        {"age": 30, "conditions": ["learning_disability"], "benefits": ["pip"]},
    ],
)
def test_who_never_worked_is_looked_for_as_without_a_job(known: dict[str, object]) -> None:
    case = case_from_json({**known, "never_worked": True})
    items = recommend(case, date(2026, 11, 22), directory(), rejected=False)["items"]
    assert items and "employment" in items[0]["needs"]
    assert "possible" in {item["verdict"] for item in items}


@pytest.mark.parametrize(
    "known",
    [
        {"never_worked": True, "goal": "not_now"},
        {"never_worked": False},
        {"age": 40, "area": "bury"},
        {"age": 40, "benefits": ["pip"], "area": "bury"},
    ],
)
def test_and_nobody_else_is(known: dict[str, object]) -> None:
    made = recommend(case_from_json(known), date(2026, 11, 22), directory(), rejected=False)
    assert "employment" not in made["needs"]


@pytest.mark.parametrize(
    ("known", "said", "unsaid"),
    [
        ({}, ("whether the patient has a job", "where they live"), ()),
        ({"work_status": "retired"}, ("where they live",), ("whether the patient has a job",)),
        ({"area": "bury", "goal": "find_work"}, ("has a job",), ("where they live", "want")),
        ({"goal": "not_now"}, ("not now", "change goal to"), ("Not known yet",)),
    ],
)
def test_an_empty_list_says_what_is_missing(
    known: dict[str, object], said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    text = nothing_words(case_from_json(known))
    assert all(words in text for words in said) and not any(words in text for words in unsaid)


def test_an_empty_list_asks_what_would_help_at_most_four_questions_in_all() -> None:
    told = Consulting("38M Salford, sleep apnoea", "zzz", "none", "zzz")
    assert cards(told) == [] and told.asks == ["work_status"]
    assert "whether the patient has a job" in told.text
    assert len(told.state["asked_slots"]) == 4
    assert Consulting("38M Salford, sleep apnoea", "zzz", "none", "zzz", "zzz").asks == []
    told.say("he is unemployed")
    assert cards(told) or told.asks


def test_the_wish_that_leaves_out_work_is_named_once_and_can_be_changed() -> None:
    told = Consulting(OFF_SICK, "none", "change goal to not now")
    if told.asks:
        told.say("show")
    assert "change goal to stay in work" in told.text
    assert "left out" not in "\n".join(m["text"] for m in told.say("show") if m["type"] == "info")
    told.say("change goal to stay in work")
    assert told.case["goal"] == "stay_in_work"


# --- numbers before a list -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "refer to 1",
        "tell me about 1",
        "tell me about the second one",
        "why not 2",
        "refer to 1 and 2",
    ],
)
def test_a_number_before_the_list_shows_the_list(typed: str) -> None:
    told = Consulting(OFF_SICK)
    assert told.asks
    told.say(typed)
    assert len([m for m in told.told if m["type"] == "recommendations"]) == 1
    assert "no list has been shown yet" in told.text
    assert not told.state["drafts"]
    told.say(typed)
    assert "no list has been shown yet" not in told.text


def test_of_nobody_there_is_no_list() -> None:
    assert "no list has been shown yet" in Consulting("refer to 1").text
    told = Consulting(OFF_SICK, "show", "refer to 20")
    assert "There is no service number 20" in told.text and not cards(told)


# --- what is not held ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "why not princes trust",
        "why not kings trust",
        "tell me about the moon programme",
        "refer to the sunshine project",
        "why not timewise",
    ],
)
def test_a_service_that_is_not_held_is_no_failure(typed: str) -> None:
    told = Consulting(OFF_SICK, typed)
    assert "not held here" in told.text
    assert not [m for m in told.told if m["type"] == "error"]


def test_what_was_named_and_does_not_fit_is_told_once() -> None:
    first = (
        "37M Tameside schizophrenia, asked about the Economic Inactivity Trailblazer, unemployed"
    )
    told = Consulting(first, "show")
    assert "Economic Inactivity Trailblazer" in "\n".join(
        m["text"] for m in told.told if m["type"] == "info"
    )
    told.say("show")
    assert not [m for m in told.told if m["type"] == "info"]


@pytest.mark.parametrize("team", ["EIT", "under EIT", "seen by the EIT", "EIT involved", "eit"])
def test_a_mental_health_team_is_no_programme_asked_about(team: str) -> None:
    told = Consulting(f"37M Tameside schizophrenia, {team}", "show")
    assert not told.state["about"]
    assert "Trailblazer in Salford" not in "\n".join(
        m["text"] for m in told.told if m["type"] == "info"
    )


# --- one patient, the last patient ---------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "and her hubby 35M unemployed with back pain also needs help",
        "her husband has back pain and needs help too",
        "her son has anxiety and wants a job as well",
        "also her husband has depression",
        "her brother has depression and needs support",
    ],
)
def test_help_for_somebody_else_is_one_patient_at_a_time(other: str) -> None:
    told = Consulting("40F Stockport unemployed depression", other)
    assert "ne patient at a time" in told.text or told.asks == ["patient"]


@pytest.mark.parametrize(
    "other",
    ["her husband has back pain", "she looks after her mum with dementia", "husband is off sick"],
)
def test_who_is_merely_spoken_of_is_not(other: str) -> None:
    assert "ne patient at a time" not in Consulting("40F Stockport unemployed", other).text


@pytest.mark.parametrize(
    "said",
    [
        "actually same lady, shes 24 not 23",
        "sorry same patient, 24F",
        "that was not a new patient, 24F",
        "same woman, 24, anxiety",
        "last patient was 24F anxiety",
    ],
)
def test_a_patient_forgotten_is_said_to_be_gone(said: str) -> None:
    told = Consulting("24F Bury anxiety unemployed", "new patient", said)
    assert PATIENT_GONE in told.text
    assert told.case.get("area") is None


def test_undo_after_new_patient_says_so_too() -> None:
    told = Consulting("24F Bury anxiety unemployed", "new patient", "undo")
    assert PATIENT_GONE in told.text
    assert PATIENT_GONE not in Consulting("24F Bury anxiety unemployed", "undo", "show").text
    assert PATIENT_GONE not in Consulting("24F Bury same job for years").text


# --- the end of life -----------------------------------------------------------------------------

OF_THE_PATIENT = [
    "63M Salford lung ca palliative, wants to sort his pay out",
    "58F pancreatic cancer, terminal, off sick",
    "MND, terminally ill, 55M Bury",
    "terminal cancer 61M Bolton",
    "under palliative care team, breast mets",
    "end of life, 70F",
    "given months to live, 49M, plumber",
    "is under the hospice, off work",
    "life-limiting illness 44F",
]
OF_SOMETHING_ELSE = [
    "palliative care nurse, back pain",
    "works at a hospice, stress",
    "mum palliative, off with stress",
    "husband's terminal cancer, off sick",
    "works at terminal 2, anxiety",
    "container terminal driver 45M",
    "not terminal, bowel ca",
    "bereaved, dad had terminal cancer",
    "carer for mum, end of life",
    "bus terminal cleaner, knees",
    "end of life nurse with migraines",
    "his wife is terminally ill",
    "looks after palliative patients, burnt out",
]


@pytest.mark.parametrize("text", OF_THE_PATIENT)
def test_the_end_of_life_is_heard(text: str) -> None:
    assert words_of(text)


@pytest.mark.parametrize("text", OF_SOMETHING_ELSE)
def test_of_others_and_of_jobs_it_is_not(text: str) -> None:
    assert words_of(text) is None


@pytest.mark.parametrize(
    "opening",
    [
        "63M Salford lung ca palliative, wants to sort his pay out",
        "58F Bury pancreatic cancer, terminal, off sick 6/52 teaching assistant",
        "terminal cancer 61M Bolton unemployed",
        "49M Wigan plumber, cancer, months to live",
        "MND, terminally ill, 55M Bury, works",
    ],
)
def test_near_the_end_nothing_is_asked_and_no_job_leads(opening: str) -> None:
    told = Consulting(opening)
    assert told.asks == [] and "Citizens Advice" in told.text
    [shown] = [m for m in told.told if m["type"] == "recommendations"]
    assert not {"employment", "job_retention"} & set(shown["needs"])
    assert "goal" not in told.case


def test_who_wants_to_work_all_the_same_is_shown_how() -> None:
    told = Consulting("58F Bury cancer, terminal, off sick 6/52 teaching assistant")
    told.say("wants to stay in work")
    assert told.asks == [] and "access-to-work" in cards(told)
