"""The founding reports' requirements that no other test shows (docs/requirements.md)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.consultation import steps
from actions.consultation.artefacts import known_words
from actions.consultation.state import Consultation
from referrals.artefacts.fit_note_comments import fit_note_comments
from referrals.artefacts.record_text import Choice, record_text
from services_directory.case import case_from_json
from services_directory.loading import directory
from services_directory.practice import SAMPLE_FILE, load_practice
from services_directory.question_texts import chips, question_message
from services_directory.reasons import age_of_facts
from services_directory.recommendation import recommend

TODAY = date(2026, 11, 22)
EARLIER = date(2024, 2, 1)
BOOK = directory()
PRACTICE = load_practice(SAMPLE_FILE)
ROOT = Path(__file__).parents[2]


def items(day: date = TODAY, **facts: Any) -> dict[str, dict[str, Any]]:
    """Return the items for ``facts`` by every id on them."""
    made = recommend(case_from_json(facts), day, BOOK, rejected=False)
    return {i: item for item in made["items"] for i in (item["service_id"], *item["also"])}


def test_opening_question_is_offered() -> None:
    assert "?" in steps.OPENING


def test_four_weeks_bring_the_return_to_work_plan() -> None:
    def comments(weeks: int) -> str:
        case = case_from_json({"work_status": "off_sick", "absence_weeks": weeks})
        return fit_note_comments(case, PRACTICE, TODAY).casefold()

    assert "short plan for the return" in comments(4)
    assert "short plan for the return" not in comments(3)


@pytest.mark.parametrize("condition", ["depression", "psychosis", "back_pain", "cancer"])
def test_diagnosis_alone_brings_no_employment_programme(condition: str) -> None:
    for item in items(conditions=[condition], area="oldham").values():
        assert item["for_need"] not in ("employment", "job_retention")


def test_age_opens_its_branch() -> None:
    facts = {"work_status": "unemployed", "goal": "find_work", "area": "oldham", "benefits": ["uc"]}
    assert "youth-hubs" in items(age=19, **facts)
    assert "youth-hubs" not in items(age=45, **facts)
    fifty = items(EARLIER, age=55, **facts)["working-well-support-to-succeed"]
    assert fifty["verdict"] == "eligible"


def test_what_is_not_asked_is_offered_as_a_chip() -> None:
    case = case_from_json({"work_status": "off_sick", "conditions": ["back_pain"]})
    offered = {chip["slot"]: chip for chip in chips(case)}
    assert {"benefits", "benefit_issues", "in_programme", "conditions", "barriers"} <= set(offered)
    assert "mood" in offered["conditions"]["title"].casefold()


def test_barriers_are_one_checklist(talk: Any) -> None:
    talk("req-list", "48F Ashton off sick 6 wks back pain", as_of="2026-11-22")
    question = talk("req-list", "ask barriers", as_of="2026-11-22")[0]["custom"]
    assert question["slot"] == "barriers"
    assert question["multiple"]
    answer = talk("req-list", "debt finance, transport", as_of="2026-11-22")[0]["custom"]
    assert set(answer["case"]["barriers"]) == {"debt_finance", "transport"}


def test_health_work_and_social_needs_in_one_run() -> None:
    found = items(
        work_status="unemployed",
        goal="find_work",
        conditions=["depression"],
        barriers=["debt_finance", "housing"],
        area="stockport",
    )
    needs = {item["for_need"] for item in found.values()}
    assert {"employment", "mental_health", "money", "housing"} <= needs


def test_family_is_a_need_of_its_own() -> None:
    found = items(barriers=["family_relationship"], area="bury", work_status="in_work")
    assert any("family" in item["serves"] for item in found.values())


def test_summary_begins_with_strengths() -> None:
    case = case_from_json(
        {"conditions": ["back_pain"], "occupation": "joiner", "goal": "return_to_work"}
    )
    told = known_words(Consultation(case=case), BOOK)
    assert told.index("joiner") < told.index("back pain")


SPOKEN = [
    *(ROOT / "actions").rglob("*.py"),
    *(ROOT / "referrals").rglob("*.py"),
    *(ROOT / "services_directory").glob("*.py"),
    *(ROOT / "services_directory" / "entries").rglob("*.yml"),
]


def test_nothing_says_not_to_consider_work() -> None:
    pattern = re.compile(r"(cannot|can't|should not|shouldn't|never) work again", re.IGNORECASE)
    assert [p.name for p in SPOKEN if pattern.search(p.read_text(encoding="utf-8"))] == []


def test_nothing_says_that_work_is_good_for_health() -> None:
    """The claim needs its three provisos; until it is made with them it is not made at all."""
    pattern = re.compile(r"work is (good|therapeutic)|good for (your|the) health", re.IGNORECASE)
    assert [p.name for p in SPOKEN if pattern.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("benefit", ["uc", "jsa"])
def test_plain_benefit_is_not_read_as_healthy(benefit: str) -> None:
    found = items(
        EARLIER, work_status="unemployed", goal="find_work", benefits=[benefit], area="bolton"
    )
    assert found["working-well-ips-primary-care"]["verdict"] == "possible"


def test_newly_unemployed_is_offered_something_at_once() -> None:
    for day in (EARLIER, TODAY):
        found = items(
            day,
            work_status="unemployed",
            out_of_work_months=1,
            goal="find_work",
            conditions=["back_pain"],
            area="rochdale",
        )
        assert any(item["for_need"] == "employment" for item in found.values())


@pytest.mark.parametrize(("team", "shown"), [(True, True), (False, False), (None, False)])
def test_secondary_care_service_needs_the_team(team: bool | None, shown: bool) -> None:
    found = items(
        work_status="unemployed",
        goal="find_work",
        conditions=["psychosis"],
        area="bolton",
        under_secondary_mental_health=team,
    )
    assert ("ips-secondary-gm" in found) is shown


def test_evidence_names_cohort_and_source() -> None:
    told = [evidence for service in BOOK.services.values() for evidence in service.evidence]
    assert told
    assert all(e.figure and e.cohort and e.source for e in told)


def test_plan_does_not_end_with_the_job() -> None:
    case = case_from_json(
        {
            "work_status": "unemployed",
            "goal": "find_work",
            "conditions": ["back_pain"],
            "area": "salford",
            "age": 40,
        }
    )
    last = recommend(case, TODAY, BOOK)["plan"][-1]
    assert last["why"].startswith("once a job starts")


def test_access_to_work_for_who_has_or_starts_a_job() -> None:
    facts = {"conditions": ["osteoarthritis"], "area": "trafford", "age": 40}
    assert "access-to-work" in items(work_status="in_work_struggling", **facts)
    assert "access-to-work" in items(work_status="unemployed", has_job_offer=True, **facts)
    assert "access-to-work" not in items(work_status="unemployed", has_job_offer=False, **facts)


def test_learning_is_a_step() -> None:
    found = items(
        work_status="unemployed",
        goal="find_work",
        barriers=["skills_qualifications"],
        area="manchester-north",
    )
    assert any(item["for_need"] == "skills" for item in found.values())


def test_therapy_stands_beside_work_support() -> None:
    made = recommend(
        case_from_json(
            {"work_status": "off_sick", "conditions": ["anxiety"], "area": "bolton", "age": 30}
        ),
        TODAY,
        BOOK,
    )
    assert {"job_retention", "mental_health"} <= {i["for_need"] for i in made["items"][:3]}
    assert any("beside" in step["why"] for step in made["plan"])


def test_no_second_referral_to_the_same_programme() -> None:
    facts = {
        "work_status": "unemployed",
        "goal": "find_work",
        "conditions": ["back_pain"],
        "area": "bury",
        "benefits": ["uc"],
    }
    programme = "working-well-work-and-health-programme"
    assert programme in items(EARLIER, **facts)
    assert programme not in items(EARLIER, in_programme=programme, **facts)


def test_treatment_for_addiction_has_its_work_support() -> None:
    entry = BOOK.services["ips-ad"]
    keys = {c.id for c in entry.criteria}
    assert entry.needs[0] == "employment"
    assert keys


def test_long_term_condition_brings_a_work_goal_for_the_care_plan() -> None:
    case = case_from_json(
        {"work_status": "off_sick", "conditions": ["diabetes"], "goal": "return_to_work"}
    )
    chosen = [Choice(BOOK.services["workwell-gm"], "chosen")]
    text = record_text(case, chosen, PRACTICE, TODAY)
    assert "Work goal" in text
    assert "Review of the work goal" in text


def test_harmful_job_is_not_answered_with_stay() -> None:
    found = items(
        work_status="in_work",
        barriers=["job_quality"],
        goal="change_job",
        area="tameside",
        conditions=["stress"],
    )
    assert any(item["for_need"] == "employment" for item in found.values())
    assert question_message("goal", BOOK)["options"]
    assert "change_job" in {o["payload"] for o in question_message("goal", BOOK)["options"]}


def test_no_personal_contact_is_held() -> None:
    personal = re.compile(r"\b(?!maes\.info)[a-z]+\.[a-z]+@", re.IGNORECASE)
    for service in BOOK.services.values():
        for route in service.routes:
            assert not personal.search(f"{route.email or ''} {route.how}"), service.id


def test_documents_send_benefit_questions_to_welfare_rights(talk: Any) -> None:
    talk(
        "req-benefit", "33F Oldham unemployed 8 months, wants to find work, OA", as_of="2026-11-22"
    )
    talk("req-benefit", "show", as_of="2026-11-22")
    told = talk("req-benefit", "is she entitled to PIP?", as_of="2026-11-22")
    assert not any(re.search(r"£|entitled to|will get", e["custom"]["text"]) for e in told)


def test_old_reports_are_said_to_be_such() -> None:
    for service in BOOK.services.values():
        dates = [service.source_date, *(source.dated for source in service.sources)]
        known = [day for day in dates if day is not None]
        old = service.source_date is not None and max(known).year <= 2015
        assert ("2012 to 2015" in age_of_facts(service, TODAY)) == old, service.id
    assert "2012 to 2015" in age_of_facts(BOOK.services["work-choice"], TODAY)
    assert "2012 to 2015" not in age_of_facts(BOOK.services["acas"], TODAY), "its number is of 2026"


def test_no_comparator_is_an_entry() -> None:
    elsewhere = re.compile(r"Nottingham|Leicester|Bradford|Liverpool|Cornwall|Kent", re.IGNORECASE)
    assert not [s.id for s in BOOK.services.values() if elsewhere.search(s.name)]


def test_capacity_is_shown() -> None:
    found = items(EARLIER, work_status="off_sick", conditions=["back_pain"], area="bolton", age=40)
    assert "1,500" in found["working-well-ips-primary-care"]["capacity"]


def test_employer_side_help_is_found() -> None:
    found = items(
        work_status="in_work_struggling",
        conditions=["back_pain"],
        barriers=["employer_adjustments"],
        area="bolton",
    )
    assert "support-employee-health" in found


def test_work_with_a_lasting_condition_finds_access_to_work() -> None:
    found = items(work_status="in_work", conditions=["neurological"], area="trafford", age=55)
    assert "access-to-work" in found


@pytest.mark.parametrize(
    ("benefits", "way"), [(["ssp"], "not_known"), (["none"], "not_known"), (["uc"], "known")]
)
def test_jobcentre_is_a_way_in_only_for_who_has_a_work_coach(benefits: list[str], way: str) -> None:
    facts = {"conditions": ["anxiety"], "area": "trafford", "age": 30}
    found = items(work_status="off_sick", benefits=benefits, **facts)
    assert found["workwell-gm"]["way_in"] == way
