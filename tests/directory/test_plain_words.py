"""Rules and links in words, and the invented patients by whom changes are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import requests

from services_directory.entry_words import entry_text, entry_words
from services_directory.keeping.differences import entry_differences
from services_directory.keeping.effects import effects
from services_directory.keeping.links import check_links, links_of, links_text
from services_directory.keeping.patients import sample_patients
from services_directory.keeping.standing import standings
from services_directory.loading import EntryReader, directory
from services_directory.model import ConsentWords, Delivery
from services_directory.needs import needs_of
from services_directory.plain_english import describe
from services_directory.reasons import month_of, page_date
from services_directory.recommendation import recommend
from services_directory.rule_words import rule_words

DAY = date(2026, 11, 22)
BOOK = directory()
PATIENTS = sample_patients(BOOK.words, BOOK.areas)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("work_status: [off_sick, unemployed]", "are off sick from a job or unemployed"),
        ("work_status: [student]", "are students"),
        ("conditions: any", "have any health condition"),
        ("conditions: [common_mental_health]", "have a common mental health problem"),
        ("conditions: [depression, back_pain]", "have depression or back pain"),
        ("barriers: [transport]", "have this barrier: transport"),
        ("conditions: [addiction]", "have an addiction"),
        ("benefits: [uc]", "get Universal Credit"),
        (
            "not: {benefits: [uc_lcw, uc_lcwra]}",
            "do not get Universal Credit with LCW or Universal Credit with LCWRA",
        ),
        ("goal: [find_work]", "want to find work"),
        ("age: {min: 16}", "are aged 16 or over"),
        ("age: {max: 24}", "are aged 24 or under"),
        ("age: {min: 16, max: 24}", "are aged 16 to 24"),
        ("absence_weeks: {min: 4}", "have been off work for 4 weeks or more"),
        ("job_at_risk: true", "have a job at risk"),
        ("area: [oldham]", "live in Oldham"),
        ("in_programme: [restart-scheme-gm]", "are in Restart Scheme, Greater Manchester"),
        (
            "in_programme: [restart-scheme-gm, work-choice]",
            'are in "Restart Scheme, Greater Manchester" or Work Choice',
        ),
        ("not: {work_status: [retired]}", "are not retired"),
        ("not: {conditions: any}", "have no health condition"),
        ("not: {goal: [not_now]}", "do not want to leave work aside for now"),
        (
            "any: [{age: {min: 50}}, {all: [{conditions: any}, {job_at_risk: true}]}]",
            "are aged 50 or over, or (have any health condition and have a job at risk)",
        ),
    ],
)
def test_a_rule_reads_as_english(rule: str, words: str) -> None:
    assert rule_words(EntryReader(BOOK.words, BOOK.areas).rule(rule), BOOK) == words


@pytest.mark.parametrize(
    ("day", "month", "page"),
    [
        (date(2020, 1, 1), "2020", "2020"),
        (date(2025, 6, 1), "June 2025", "June 2025"),
        (date(2026, 1, 22), "January 2026", "22 January 2026"),
    ],
)
def test_a_page_is_dated_no_more_exactly_than_is_known(day: date, month: str, page: str) -> None:
    assert (month_of(day), page_date(day)) == (month, page)


def test_the_summary_says_it_in_the_words_that_clinicians_hear_and_each_way_once() -> None:
    words = entry_words(BOOK.services["workwell-gm"], DAY, BOOK)
    assert words.summary.startswith(
        "For people who live in Greater Manchester or are registered with a practice there and need "
        "help with keeping the job or finding work: in work and struggling, off sick, or recently "
    )
    assert words.summary.endswith(
        "refer by the patient's work coach at the Jobcentre, or by the patient's own application, "
        "a letter from a clinician, the employer or the service's own outreach (how to reach it not "
        "found)."
    )
    assert words.summary.count("not found") == 1


def test_figures_stand_with_whom_they_are_of() -> None:
    text = entry_text(entry_words(BOOK.services["workwell-gm"], DAY, BOOK))
    assert (
        "Figure: target 8,000 people, up to GBP 7 million (Greater Manchester, to March 2026)"
        in text
    )


@pytest.mark.parametrize("service_id", list(BOOK.services))
def test_every_entry_reads_as_english(service_id: str) -> None:
    service = BOOK.services[service_id]
    text = entry_text(entry_words(service, DAY, BOOK))
    assert (
        "For people who need help" in text or "For people who live" in text or "registered" in text
    )
    for criterion in service.criteria:
        assert criterion.says in text, "what it says stands beside what it checks"
    for source in service.sources:
        assert source.cite in text
    assert "_" not in text.replace(service_id, "").split("Sources:")[0].replace("https://", ""), (
        text
    )


def test_how_a_referral_goes_out_and_what_is_said_before_stands_in_the_words() -> None:
    old = BOOK.services["workwell-manchester"]
    route = replace(
        old.routes[1],
        delivery=Delivery("email", "team@example.org"),
        may_include=("conditions",),
        reply_within_days=5,
    )
    service = replace(old, routes=(route,), consent=ConsentWords("I will send it.", "Ask first."))
    text = entry_text(entry_words(service, DAY, BOOK))
    for told in (
        "Handed over: sent by e-mail to team@example.org; answers within 5 days",
        "May be in it: conditions",
        'Said before a patient agrees: "I will send it."',
        'Said of benefits: "Ask first."',
    ):
        assert told in text


def test_sample_patients_meet_every_need_status_and_borough() -> None:
    cases = [patient.case for patient in PATIENTS]
    assert len(cases) >= 25
    needs = {need for case in cases for need in needs_of(case, BOOK.words).ordered}
    assert needs == set(BOOK.words.needs)
    statuses = set(BOOK.words.terms["work_status"])
    assert {case.work_status for case in cases} >= statuses - {"volunteering", "retired"}
    boroughs = {
        area.id for area in BOOK.areas.by_id.values() if area.parent == "greater-manchester"
    }
    met = {outer for case in cases if case.area for outer in BOOK.areas.chain(case.area)}
    assert met >= boroughs


def test_most_open_entries_are_offered_to_some_sample_patient() -> None:
    offered = {
        s.service for p in PATIENTS for s in standings(p.case, DAY, BOOK).values() if s.offered
    }
    assert len(offered) > 60


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.name)
def test_a_standing_says_what_the_recommendation_says(patient: object) -> None:
    case = patient.case  # type: ignore[attr-defined]
    made = recommend(case, DAY, BOOK)
    found = standings(case, DAY, BOOK)
    cards = [(s.service, s.place) for s in found.values() if s.place and not s.within]
    assert cards == [(item["service_id"], item["rank"]) for item in made["items"]]
    for item in made["rejected"]:
        assert found[item["service_id"]].why == item["why_not"]


def test_an_effect_names_moves_among_the_first_cards() -> None:
    patient = next(p for p in PATIENTS if p.name.startswith("Off sick for six weeks"))
    first, second = [
        s.service for s in standings(patient.case, DAY, BOOK).values() if not s.within
    ][:2]
    without = {i: s for i, s in BOOK.services.items() if i != first}
    (effect,) = effects(BOOK, replace(BOOK, services=without), (patient,), DAY)
    assert (
        f"{BOOK.services[first].name} is no longer offered. Its entry is gone." in effect.sentences
    )
    moved = f"{BOOK.services[second].name} from place 2 to 1"
    assert any(told.startswith("Moves: ") and moved in told for told in effect.sentences)


def test_every_field_of_an_entry_is_seen_to_differ() -> None:
    old = BOOK.services["workwell-manchester"]
    route = old.routes[1]
    changed = {
        "name": "Another", "areas": ("oldham",), "needs": ("money",), "kind": "advice", "status": "closed",
        "confidence": "low", "sources": old.sources[:1], "aliases": ("x",), "programme": "y",
        "comes_with": "y",
        "provider": "z", "commissioner": "c", "offers": "o", "area_rule": "registered_in",
        "criteria": (replace(old.criteria[0], gate=True), *old.criteria[1:]),
        "routes": (old.routes[0], replace(route, form=route.form[:2]), old.routes[2]),
        "valid_from": DAY, "referrals_close_on": DAY, "valid_to": DAY, "unverified_from": DAY,
        "replaces": ("acas",), "replaced_by": ("acas",), "voluntary": "no", "tells_dwp": "yes",
        "source_date": DAY, "verified_on": DAY, "verified_by_role": "r", "duration": "d",
        "capacity": "c", "cost": "c", "hours": "h", "languages": "l", "cautions": ("c",), "evidence": (),
        "personas": (), "consent": ConsentWords("I will ring."), "reply_within_days": 5,
    }  # fmt: skip
    for key, value in changed.items():
        new = replace(old, **{key: value})  # type: ignore[arg-type]
        assert entry_differences(old, new, BOOK, BOOK), key
    for change in (
        {"delivery": Delivery("email", "team@example.org")},
        {"may_include": ("conditions",)},
        {"reply_within_days": 5},
        {"at_practice": True},
    ):
        new = replace(old, routes=(old.routes[0], replace(route, **change), old.routes[2]))  # type: ignore[arg-type]
        assert entry_differences(old, new, BOOK, BOOK), change
    known = {*changed, "id", "path", "pauses"}
    assert known == set(old.__dataclass_fields__), "a new field wants words for its changes"


def _answering(statuses: dict[str, int | Exception]) -> object:
    def fetch(address: str) -> int:
        found = statuses[address]
        if isinstance(found, Exception):
            raise found
        return found

    return fetch


def test_links_are_told_apart_by_what_is_known_of_them() -> None:
    links = links_of(BOOK.services.values())
    assert len({link.address for link in links}) == len(links) > 20
    answers: list[int | Exception] = [
        200, 404, 403, 500, requests.ConnectionError("x"), requests.Timeout("x"),
        requests.exceptions.SSLError("x"),
    ]  # fmt: skip
    statuses = {link.address: answers[i % len(answers)] for i, link in enumerate(links)}
    found = check_links(links[:7], _answering(statuses))  # type: ignore[arg-type]
    assert [c.answer for c in found] == [
        "answers", "gone", "refused", "refused", "unreached", "unreached", "unreached",
    ]  # fmt: skip
    text = links_text(found)
    assert (
        text.index("Not there any more") < text.index("Look at these") < text.index("Could not be")
    )
    assert "4 of 7 addresses were reached." in text and "no finding" not in text
    assert links_text(()) == "No entry gives a web address."


def test_whom_an_entry_leaves_out_is_said_without_a_double_no() -> None:
    told = describe(BOOK.services["working-well-pioneer"], DAY, BOOK)
    assert (
        'Not if they are in "Restart Scheme, Greater Manchester", Work Choice, Work Programme, '
        "Working Well: Pioneer or Working Well: Work and Health Programme." in told
    )
    assert "Not if" not in describe(BOOK.services["samaritans"], DAY, BOOK)
