"""What is asked of the assistant, and what is said of a patient and must not be taken for a command."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services_directory.vocabulary import vocabulary
from understanding.commands import parse_command
from understanding.model import Command
from understanding.reader import directory_names
from understanding.service_names import ServiceNames

NAMES = ServiceNames(
    [
        ("access-to-work", "Access to Work", ["AtW"]),
        ("citizens-advice", "Citizens Advice", ["CAB"]),
        ("restart", "Restart Scheme", ["Restart"]),
        ("workwell-gm", "WorkWell Greater Manchester", ["WorkWell"]),
        ("ww-ips", "Working Well: IPS in Primary Care", ["IPS", "Working Well"]),
        ("ww-pioneer", "Working Well: Pioneer", ["Pioneer", "Working Well"]),
        ("talking-therapies", "NHS Talking Therapies", ["Talking Therapies", "IAPT"]),
    ]
)


def command(text: str) -> Command | None:
    return parse_command(text, NAMES, vocabulary())


BARE = {
    "new_patient": "new patient|next patient|New patient please|next pt|start again|right, next patient",
    "same_patient": "same patient|change this one|it's the same patient|still the same lady",
    "undo": "undo|undo that|oops undo|take that back|scrap that|ignore my last message",
    "summary": "summary|summary please|recap|what have you got so far?|what do you know about her",
    "help": "help|help please|what can you do?|how does this work?|?",
    "go_on": "risk assessed, go on|go on|safe to continue|she's safe, continue|dealt with, carry on",
    "show": "show|show me what you have|just recommend|what do you recommend?|no more questions, show me",
    "record_text": "record text|copy to record|text for the record|put it in the notes",
    "fit_note_comments": "fit note|fit note comments|what do I put on the fit note?|med3 comments",
    "handout": "handout|hand-out|patient leaflet please|print a handout",
}


@pytest.mark.parametrize(
    ("name", "text"), [(n, t) for n, block in BARE.items() for t in block.split("|")]
)
def test_bare_commands(name: str, text: str) -> None:
    found = command(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("text", "name", "services"),
    [
        ("why not Restart", "why_not", {"restart"}),
        ("why can't she have Restart?", "why_not", {"restart"}),
        ("what about IPS?", "why_not", {"ww-ips"}),
        ("is she eligible for Pioneer", "why_not", {"ww-pioneer"}),
        ("why isn't Access to Work on the list", "why_not", {"access-to-work"}),
        ("why not Working Well", "why_not", {"ww-ips", "ww-pioneer"}),
        ("tell me about WorkWell", "tell_me_about", {"workwell-gm"}),
        ("what is Restart?", "tell_me_about", {"restart"}),
        ("is WorkWell still open?", "tell_me_about", {"workwell-gm"}),
        ("who can refer to Pioneer", "tell_me_about", {"ww-pioneer"}),
        ("refer to WorkWell", "refer_to", {"workwell-gm"}),
        ("refer her to IPS please", "refer_to", {"ww-ips"}),
        ("can I refer him to WorkWell?", "refer_to", {"workwell-gm"}),
        ("send to citizens advice", "refer_to", {"citizens-advice"}),
        ("referral form for Pioneer", "refer_to", {"ww-pioneer"}),
        ("go with Access to Work", "refer_to", {"access-to-work"}),
    ],
)
def test_commands_about_a_service(text: str, name: str, services: set[str]) -> None:
    found = command(text)
    assert found is not None and found.name == name
    assert set(found.services) == services


@pytest.mark.parametrize(
    ("text", "reference", "services"),
    [
        ("status of FP-7K3M9Q2X", "FP-7K3M9Q2X", set()),
        ("Any news on fp-7k3m9q2x please?", "FP-7K3M9Q2X", set()),
        ("fp 7k3m9q2x status", "FP-7K3M9Q2X", set()),
        ("has referral FP-7K3M9Q2X been accepted yet?", "FP-7K3M9Q2X", set()),
        ("FP-123", "FP-123", set()),
        ("what happened to my referral", "", set()),
        ("has the referral gone?", "", set()),
        ("when was the referral sent?", "", set()),
        ("did they get her referral", "", set()),
        ("status of my referrals", "", set()),
        ("referral status", "", set()),
        ("has it gone yet?", "", set()),
        ("what's happening with her referral to Access to Work", "", {"access-to-work"}),
        ("where is the Talking Therapies referral", "", {"talking-therapies"}),
    ],
)
def test_after_a_referral(text: str, reference: str, services: set[str]) -> None:
    found = command(text)
    assert found is not None and found.name == "referral_status"
    assert (found.words, set(found.services)) == (reference, services)


@pytest.mark.parametrize(
    "text",
    [
        "what happened to WorkWell?",
        "where is the physio referral",
        "her referral to orthopaedics was declined",
        "awaiting referral",
        "FP10",
        "fp services",
        "change status to off sick",
        "referral form for Pioneer",
        "off sick since the referral was sent",
    ],
)
def test_not_after_a_referral_of_ours(text: str) -> None:
    found = command(text)
    assert found is None or found.name != "referral_status"


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("refer to 1", "refer_to", 1),
        ("refer 2", "refer_to", 2),
        ("refer to the first", "refer_to", 1),
        ("Refer her to number 3 please", "refer_to", 3),
        ("why not the second one?", "why_not", 2),
        ("tell me about card 4", "tell_me_about", 4),
        ("hand-out for the third", "handout", 3),
    ],
)
def test_a_card_named_by_its_number(text: str, name: str, place: int) -> None:
    found = command(text)
    assert found is not None and (found.name, found.value, found.services) == (name, place, ())


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("change age to 43", "age", "43"),
        ("change area to Oldham", "area", "Oldham"),
        ("change work status to off sick", "work_status", "off sick"),
        ("please change her age to 61", "age", "61"),
        ("set the occupation to chef", "occupation", "chef"),
        ("change that to female please, unisex name", None, "female"),
    ],
)
def test_change(text: str, slot: str | None, value: str) -> None:
    found = command(text)
    assert found is not None and (found.name, found.slot, found.value) == ("change", slot, value)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("not depression", "conditions", "depression"),
        ("scrap the diabetes", "conditions", "diabetes"),
        ("remove anxiety", "conditions", "anxiety"),
        ("delete the stroke please", "conditions", "stroke"),
    ],
)
def test_remove(text: str, slot: str, value: str) -> None:
    found = command(text)
    assert found is not None and (found.name, found.slot, found.value) == ("remove", slot, value)


@pytest.mark.parametrize(
    ("text", "service", "reason"),
    [
        ("not suitable: WorkWell because she declined", "workwell-gm", "patient_declined"),
        ("not suitable: IPS because it's too far", "ww-ips", "too_far"),
        ("dismiss Talking Therapies - waiting list", "talking-therapies", "wait_too_long"),
        ("dismiss Restart", "restart", "other"),
        ("he's already tried IAPT", "talking-therapies", "already_tried"),
        ("Restart is not suitable", "restart", "not_suitable"),
        ("she declined Talking Therapies", "talking-therapies", "patient_declined"),
    ],
)
def test_dismiss(text: str, service: str, reason: str) -> None:
    found = command(text)
    assert found is not None and found.name == "dismiss"
    assert found.services == (service,) and found.reason == reason


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("new patient: 34M, asthma, off sick", "34M, asthma, off sick"),
        ("New patient. 52F cleaner, back pain", "52F cleaner, back pain"),
        ("next patient 61 y/o lady, OA", "61 y/o lady, OA"),
        ("new pt - lad of 19, never worked", "lad of 19, never worked"),
    ],
)
def test_new_patient_with_facts_keeps_them(text: str, rest: str) -> None:
    found = command(text)
    assert found is not None and (found.name, found.words) == ("new_patient", rest)


@pytest.mark.parametrize(
    "text",
    """
    refer to physio was declined
    new patient to us, 48F with back pain
    she wants to change career
    he needs help with his debts
    can't show up for shifts
    off 8 weeks with his back. What can we refer him to?
    bipolar, discharged two years ago. Lost his job in March. IPS?
    he's on Restart already and hates it
    fit note runs out on Friday
    has a fit note for 4 weeks
    was referred to Talking Therapies last year
    waiting for IAPT, 9 months
    risk of redundancy
    no debts
    no
    yes
    34
    next of kin is her son
    undoing years of harm at work
    wants to go on holiday
    summary dismissal from Tesco last week
    Change of manager made it worse
    not working
    not off sick, still in work
    why is she so tired all the time
    what is the max dose of sertraline
    """.strip().split("\n"),
)
def test_what_is_said_of_a_patient_is_no_command(text: str) -> None:
    assert command(text.strip()) is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    command(text)


@pytest.mark.parametrize(
    ("text", "name", "service"),
    [
        ("why not Access to Work?", "why_not", "access-to-work"),
        ("why not access to work", "why_not", "access-to-work"),
        ("tell me about access to work", "tell_me_about", "access-to-work"),
        ("refer to job centre", "refer_to", "jcp-gp-surgery"),
        ("refer to Jobcentre Plus", "refer_to", "jcp-gp-surgery"),
    ],
)
def test_a_name_is_taken_as_it_stands(text: str, name: str, service: str) -> None:
    command = parse_command(text, directory_names(), vocabulary())
    assert command is not None
    assert command.name == name
    assert service in command.services
    assert len(command.services) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "status",
        "Status?",
        "referral status",
        "was it sent?",
        "is it sent",
        "has it gone",
        "did you send it yet",
    ],
)
def test_short_questions_after_the_referral(text: str) -> None:
    found = command(text)
    assert found is not None and (found.name, found.words) == ("referral_status", "")


@pytest.mark.parametrize(
    "text",
    [
        "refugee status",
        "marital status",
        "status epilepticus",
        "has it helped",
        "did it go well",
        "is he off",
    ],
)
def test_what_only_sounds_like_a_question_after_the_referral(text: str) -> None:
    assert command(text) is None


@pytest.mark.parametrize(
    "text", ["print it", "print that for her", "please print this", "can you print it out"]
)
def test_printing_is_the_hand_out(text: str) -> None:
    found = command(text)
    assert found is not None and found.name == "handout"


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("change age to", "age"),
        ("change the age to:", "age"),
        ("change area to", "area"),
        ("set sex to", "sex"),
        ("change conditions to", "conditions"),
    ],
)
def test_a_change_to_nothing_names_the_key(text: str, slot: str) -> None:
    found = command(text)
    assert found is not None and (found.name, found.slot, found.value) == ("change", slot, "")


@pytest.mark.parametrize(
    "text", ["change job", "wants to change", "wants to change to", "doesn't want to work"]
)
def test_a_wish_for_change_is_no_command(text: str) -> None:
    assert command(text) is None
