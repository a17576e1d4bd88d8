"""What each artefact says: its key lines, on invented and on shipped services."""

from __future__ import annotations

import re

import pytest
from reading_grade import reading_grade
from referral_cases import (
    IN_2024,
    LIVE,
    PRACTICE,
    REFERENCE,
    SAID,
    TODAY,
    case,
    draft,
    flat,
    packer,
    route,
    service,
    shipped,
    text_of,
)

from referrals.draft import Draft, build_draft
from services_directory.model import Criterion, FormField, Is
from services_directory.practice import TRAINING_BANNER

HEALTH = Criterion("health", "Has a condition", "page", Is("conditions", any_value=True))


def field(made: Draft, name: str) -> dict:
    return next(f for f in made.to_message()["fields"] if f["name"] == name)


def test_ipspc_enquiry_of_the_packer():
    made = draft(shipped("working-well-ips-primary-care"), packer(), today=IN_2024)
    message = made.to_message()
    assert {k: message[k] for k in ("type", "referral_id", "service_id", "state", "sent")} == {
        "type": "referral_draft",
        "referral_id": REFERENCE,
        "service_id": "working-well-ips-primary-care",
        "state": "draft",
        "sent": False,
    }
    address = f"/referrals/{REFERENCE}/papers/enquiry_form"
    assert message["documents"] == [
        {
            "kind": "enquiry_form",
            "url": f"{address}.txt",
            "formats": {
                "text": f"{address}.txt",
                "pdf": f"{address}.pdf",
                "large_print": f"{address}.large.pdf",
            },
        }
    ]
    assert field(made, "work_status")["value"].endswith("ff sick for 6 weeks")
    assert field(made, "work_status")["source"].startswith('your words: "off sick"')
    assert field(made, "health")["value"] == "Low back pain"
    assert field(made, "health")["source"] == 'your words: "low back pain"'
    assert field(made, "goal")["source"] == "from the case"
    text = text_of(made)
    for line in (
        "Fernbank Surgery (invented) (Y99999) 1 Example Street, Anytown, ZZ1 1ZZ",
        f"Date: 1 February 2024 Reference: {REFERENCE}",
        "Nothing has been sent.",
        "https://www.gcemployment.uk/wwipspc",
        "To be added when you send it (not held here): ",
        "not yet confirmed with the service",
        "It is not known whether taking part is voluntary: ask first.",
        "Citizens Advice",
    ):
        assert line in text
    assert "Left out until confirmed: depression." in made.text
    assert "depression" not in text


def test_identifiers_stay_blank_and_say_so():
    made = draft(shipped("working-well-ips-primary-care"), packer(), today=IN_2024)
    named = field(made, "full_name")
    assert named["value"] == "" and named["missing"] and named["required"]
    assert named["source"] == "to be added when you send it: not held here"


def test_training_banner_only_in_training():
    assert TRAINING_BANNER in draft(service(route()), packer()).documents[0].text.splitlines()[0]
    live = build_draft(service(route()), packer(), {}, LIVE, TODAY, "gp")
    assert isinstance(live, Draft)
    assert TRAINING_BANNER not in live.documents[0].text


def test_letter_puts_strengths_before_health():
    text = text_of(draft(service(route("clinician_letter")), packer()))
    assert "Patient: 48-year-old woman" in text
    assert "Work: Works as a warehouse packer; off sick for 6 weeks" in text
    assert (
        text.index("warehouse packer")
        < text.index("Go back to the job")
        < text.index("Low back pain")
    )


def test_letter_to_an_advice_service_has_no_health():
    advice = service(route("clinician_letter"), needs=("money",))
    text = text_of(draft(advice, packer(benefits=["uc"], benefit_issues=["sanctioned"])))
    assert "back pain" not in text.lower()
    assert "Universal Credit; benefit sanction" in text


def test_letter_about_food_has_neither_work_nor_health():
    names = [
        f.name for f in draft(service(route("clinician_letter"), needs=("food",)), packer()).fields
    ]
    assert not {"work", "goal", "health", "benefits"} & set(names)


def test_work_coach_note_is_the_patients_own():
    whp = shipped("working-well-work-and-health-programme")
    about = case(
        occupation="kitchen porter",
        work_status="unemployed",
        out_of_work_months=25,
        conditions=["depression"],
        barriers=["confidence", "debt_finance"],
        goal="find_work",
    )
    made = draft(whp, about, today=IN_2024)
    assert made.documents[0].kind == "work_coach_note"
    text = text_of(made)
    for line in (
        "This note is mine.",
        "My GP practice does not send it to anyone.",
        "Has worked as a kitchen porter; unemployed for 2 years and 1 month",
        "I would like to build up my confidence",
        "My health makes some parts of work harder.",
        "I do not have to tell my work coach what my condition is.",
    ):
        assert line in text
    for kept_back in ("depression", "debt", "From the case"):
        assert kept_back not in text


@pytest.mark.parametrize(
    ("facts", "kept_back"),
    [
        ({"goal": "not_now", "work_status": "unemployed"}, "not now"),
        ({"work_status": "economically_inactive"}, "not looking"),
        ({"work_status": "in_work_struggling"}, "struggling"),
        ({"under_secondary_mental_health": True}, "mental"),
        ({"pregnant_or_postnatal": True}, "pregnant"),
        ({"age": 57, "sex": "male"}, "57"),
    ],
)
@pytest.mark.parametrize("way", ["jobcentre", "employer", "programme_keyworker"])
def test_what_could_be_held_against_the_patient_stays_out(way, facts, kept_back):
    assert kept_back not in text_of(draft(service(route(way)), case(**facts))).lower()


def test_a_jobcentre_form_that_asks_for_health_gets_none():
    form = (FormField("health", "Health", ("conditions",), required=True),)
    made = draft(service(route("jobcentre", form=form)), packer())
    assert field(made, "health")["missing"] is True
    assert "back pain" not in text_of(made).lower()


def test_employer_note_names_changes_and_no_condition():
    made = draft(service(route("employer"), criteria=(HEALTH,)), packer())
    text = text_of(made)
    assert "My job: Warehouse packer" in text
    assert "I need some changes at work" in text
    assert "[ ] coming back in steps" in text
    assert "back pain" not in text.lower()


def test_secondary_care_request():
    about = case(conditions=["psychosis"], goal="find_work", under_secondary_mental_health=True)
    text = text_of(draft(service(route("secondary_care", who=("care_team",))), about))
    assert "The team that looks after this patient" in text
    assert "Health: Psychosis" in text and "What the patient wants: Find work" in text
    assert "NHS number: ___" in text


def test_social_care_and_keyworker():
    social = text_of(draft(service(route("social_care")), case(conditions=["learning_disability"])))
    assert "Health: Learning disability" in social
    dental = shipped("working-well-roots-to-dental")
    keyworker = text_of(draft(dental, case(conditions=["dental_pain"]), today=IN_2024))
    assert "It is reached through my programme" in keyworker


def test_hand_out_of_an_oldham_patient():
    made = draft(
        shipped("get-oldham-working"),
        case(area="oldham", work_status="unemployed", goal="find_work"),
    )
    text = text_of(made)
    for line in (
        "This paper is for you to keep.",
        "employability@oldham.gov.uk",
        "I want to find work. Can you help me?",
        "You do not have to do this.",
        "Ask Citizens Advice",
    ):
        assert line in text
    assert made.fields == ()


def test_hand_out_never_pushes_work_on_someone_who_does_not_want_it():
    text = text_of(draft(service(route("self_referral")), case(goal="not_now")))
    assert "I want" not in text


def test_not_now_is_said_to_the_clinician():
    assert (
        "About work the patient said: not now."
        in draft(service(route()), case(goal="not_now")).text
    )


def test_no_entitlement_or_clinical_advice_anywhere():
    for name in ("clinician_form", "clinician_letter", "jobcentre", "self_referral", "employer"):
        text = text_of(draft(service(route(name)), packer())).lower()
        for forbidden in ("entitled", "you should claim", "fit for work", "medication"):
            assert forbidden not in text


def test_a_missing_required_fact_is_named():
    form = (FormField("area", "Borough", ("area",), required=True),)
    made = draft(service(route(form=form)), case())
    assert "Required by the receiver and not known yet: Borough." in text_of(made)
    assert "Required and not known yet: Borough." in made.text


def test_words_of_a_whole_list_are_not_quoted_when_part_of_it_is_left_out():
    form = (FormField("barriers", "Barriers", ("barriers",)),)
    about = case(barriers=["transport", "domestic_abuse"])
    made = draft(service(route(form=form)), about, said={"barriers": "no car, he hits her"})
    assert field(made, "barriers")["source"] == "from the case"


@pytest.mark.parametrize("way", ["self_referral", "phone", "outreach"])
@pytest.mark.parametrize("status", ["open", "unverified"])
def test_hand_out_can_be_read_by_a_ten_year_old(way, status):
    text = draft(service(route(way), status=status), packer()).documents[0].text
    own = flat(text.split("What it is")[1].split("Source:")[0])
    assert reading_grade(own) <= 5.0
    longest = max(len(s.split()) for s in re.split(r"[.?!]\s", own))
    assert longest <= 20


def test_source_words_only_in_fields_never_in_documents():
    made = draft(service(route("clinician_letter")), packer())
    for words in SAID.values():
        assert f'"{words}"' not in made.documents[0].text


def test_practice_of_the_tests_is_in_training():
    assert PRACTICE.training_mode and not LIVE.training_mode
