"""What a paper says in the clinician's or the patient's own words, and what it leaves unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from referral_cases import PRACTICE, TODAY, case, flat, route, service, shipped, text_of
from referral_cases import draft as drafted

from referrals.artefacts.record_text import Choice, record_text
from referrals.own_words import conditions_in_words, named
from services_directory.model import FormField

LETTER = route("clinician_letter")


def field(made: Any, name: str) -> dict[str, Any]:
    return next(f for f in made.to_message()["fields"] if f["name"] == name)


@pytest.mark.parametrize(
    ("label", "own", "told"),
    [
        ("psychosis", "schizophrenia", "psychosis (schizophrenia)"),
        ("osteoarthritis", "knee OA", "osteoarthritis (knee OA)"),
        ("lung condition", "COPD", "lung condition (COPD)"),
        ("neurological condition", "epilepsy", "neurological condition (epilepsy)"),
        ("other long-term condition", "endometriosis", "endometriosis"),
        ("back pain", "low back pain", "low back pain"),
        ("depression", "postnatal depression", "postnatal depression"),
        # Forms and slips of the same word say nothing more.
        ("depression", "depressed", "depression"),
        ("depression", "depresion", "depression"),
        ("anxiety", "anxity", "anxiety"),
        ("ADHD", "adhd", "adhd"),
        ("diabetes", "", "diabetes"),
        # No name of an illness is a sentence, or carries signs.
        ("stress", "cannot face it any more since the move in the spring", "stress"),
        ("stress", "<b>stress</b>", "stress"),
    ],
)
def test_the_clinicians_own_word_stands_with_the_label(label: str, own: str, told: str) -> None:
    assert named(label, own) == told


def test_only_the_conditions_of_the_paper_are_named() -> None:
    said = {"conditions:psychosis": "schizophrenia", "conditions:alcohol_dependence": "drinker"}
    assert "drinker" not in conditions_in_words(("psychosis",), said)


def letter(about: Any, said: dict[str, str] | None = None, **more: Any) -> Any:
    return drafted(service(replace(LETTER, **more)), about, said=said or {})


def test_a_letter_and_the_record_carry_what_was_said() -> None:
    about = case(conditions=["psychosis", "respiratory"], work_status="unemployed")
    said = {"conditions:psychosis": "schizophrenia", "conditions:respiratory": "COPD"}
    made = letter(about, said)
    told = "sychosis (schizophrenia) and lung condition (COPD)"
    assert told in flat(text_of(made))
    assert told in flat(record_text(about, [], PRACTICE, TODAY, said=said))


def test_a_receivers_list_of_values_takes_the_label_alone() -> None:
    form = (FormField("illness", "Illness", ("conditions",), allowed=("Psychosis", "Other")),)
    about, said = case(conditions=["psychosis"]), {"conditions:psychosis": "schizophrenia"}
    assert field(letter(about, said, form=form), "illness")["value"] == "Psychosis"


def test_none_is_an_answer_and_no_gap() -> None:
    about = case(work_status="unemployed", answered={"barriers": "complete"})
    assert "What makes work or life hard: None" in text_of(letter(about))
    assert "What makes work or life hard: not said" in text_of(
        letter(case(work_status="unemployed"))
    )


def test_what_was_left_out_is_not_told_as_none() -> None:
    about = case(barriers=["domestic_abuse"], answered={"barriers": "complete"})
    assert "What makes work or life hard: not said" in text_of(letter(about))


def test_a_required_reason_is_never_none() -> None:
    form = (FormField("reason", "Reason", ("barriers",), required=True),)
    reason = field(letter(case(answered={"barriers": "complete"}), form=form), "reason")
    assert reason["missing"]


def test_that_somebody_never_worked_is_not_lost() -> None:
    about = case(work_status="unemployed", never_worked=True)
    assert "Work: Unemployed; has not had a paid job yet" in text_of(letter(about))


def test_not_now_is_about_work_alone() -> None:
    about = case(goal="not_now", barriers=["social_isolation"])
    company = drafted(service(LETTER, needs=("social",)), about)
    told = text_of(company)
    assert "What the patient wants: Help other than with work" in told
    assert "not now" not in (told + company.text).lower()
    work = drafted(service(LETTER), about)
    assert "About work the patient said: not now" in work.text


def test_what_a_link_worker_is_told_of_choice_and_dwp() -> None:
    inside = PRACTICE
    assert inside.link_worker.contact
    about = case(work_status="retired", goal="not_now", barriers=["social_isolation"])
    told = text_of(drafted(shipped("social-prescribing-gm"), about))
    assert "link worker (inside the practice)" in told
    assert "DWP" not in told and "affect work" not in told


def test_a_note_of_ones_own_speaks_of_oneself() -> None:
    about = case(work_status="off_sick", occupation="teaching assistant", goal="return_to_work")
    told = text_of(drafted(service(route("employer")), about))
    assert "My job: Teaching assistant" in told
    assert "What I want: To go back to my job" in told


def test_an_address_for_talking_it_over_is_sent_no_patient() -> None:
    bolton = shipped("talking-therapies-bolton")
    made = drafted(bolton, case(conditions=["depression"], area="bolton"))
    assert "for talking a referral over" in made.text
    assert made.text.index("not confirmed") < made.text.index("BoltonTTad@gmmh.nhs.uk")
    assert "yourself (E-mail" not in made.text


def test_the_hand_out_of_a_page_that_holds_other_schemes() -> None:
    about = case(work_status="off_sick", conditions=["anxiety"], goal="return_to_work")
    told = flat(text_of(drafted(shipped("access-to-work-mhss"), about)))
    assert "Able Futures or Maximus runs it. You choose which." in told
    assert 'Look there for "Access to Work Mental Health Support Service".' in told
    assert "Hello." not in told and "the patient" not in told
    assert "What you can do" in told and "What you can say" not in told


def test_where_somebody_answers_the_hand_out_says_what_to_say() -> None:
    told = flat(text_of(drafted(shipped("stepchange"), case(barriers=["debt_finance"]))))
    assert "What you can say" in told and "Hello. My GP practice gave me your name." in told


def test_a_kind_of_job_is_not_said_twice() -> None:
    about = case(
        work_status="off_sick",
        occupation="apprentice electrician",
        employment_type=["apprentice", "part_time"],
    )
    told = text_of(letter(about))
    assert "Works as an apprentice electrician; part-time; off sick" in told


def test_a_clinic_is_told_who_the_patient_is() -> None:
    made = drafted(shipped("talking-therapies-bolton"), case(conditions=["depression"], age=30))
    names = [f["name"] for f in made.to_message()["fields"]]
    assert names[:4] == ["full_name", "date_of_birth", "nhs_number", "person"]
    assert len(names) == len(set(names))
    # A form of somebody who treats nobody stays as it is.
    coach = drafted(
        service(replace(LETTER, form=(FormField("work", "Work", ("work_status",)),))), case()
    )
    assert [f["name"] for f in coach.to_message()["fields"]] == ["work"]


@pytest.mark.parametrize("service_id", ["stepchange", "access-to-work", "shelter"])
def test_of_advice_and_a_grant_nobody_asks_whether_they_may_stop(service_id: str) -> None:
    told = text_of(drafted(shipped(service_id), case(work_status="off_sick")))
    assert "You do not have to do this." in told and "if you can stop" not in told
    assert ("if they tell the Jobcentre" in told) == (service_id == "access-to-work")


def test_of_treatment_nobody_is_frightened_with_the_jobcentre() -> None:
    bolton = shipped("talking-therapies-bolton")
    about = case(conditions=["depression"], area="bolton")
    for told in (text_of(drafted(bolton, about)), text_of(drafted(shipped("cruse"), about))):
        assert "DWP" not in told


def test_a_kind_of_job_is_told_of_who_has_one() -> None:
    about = case(work_status="unemployed", employment_type=["part_time"], goal="find_work")
    assert "Work: Unemployed" in text_of(letter(about)) and "art-time" not in text_of(letter(about))


def test_a_patient_is_told_one_source_and_it_is_the_one_whose_date_is_told() -> None:
    told = text_of(drafted(shipped("workwell-gm"), case(), route="patient_handout"))
    assert "page of February 2026" in told
    assert told.split("Source: ")[1].startswith(
        "UK Parliament, written question 113993, 26 February 2026."
    )


def test_the_next_action_of_a_work_goal_is_about_work() -> None:
    about = case(work_status="off_sick", goal="return_to_work", conditions=["cancer"])
    debt = Choice(shipped("stepchange"), "chosen", "FP-ABCDEFGH")
    grant = Choice(shipped("access-to-work"), "chosen", "FP-ABCDEFGJ")
    assert "Next action: ____" in record_text(about, [debt], PRACTICE, TODAY)
    assert "Next action: Access to Work grant" in record_text(about, [debt, grant], PRACTICE, TODAY)


def test_the_practices_own_reception_is_asked_for_an_appointment() -> None:
    physio = drafted(shipped("first-contact-physio"), case(conditions=["back_pain"]))
    told = text_of(physio)
    assert "reception" in told and "Can I book this, please: First contact physio" in told
    assert "gave me your name" not in told and "was not found" not in told + physio.text
