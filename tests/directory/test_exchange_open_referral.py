"""Open Referral UK and HSDS: what goes out is valid, complete and honest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.directory import Directory
from services_directory.exchange import hsds
from services_directory.exchange import openreferral_uk as uk
from services_directory.exchange.open_referral import PREFIX, View, uid
from services_directory.exchange.open_referral_tables import TABLES
from services_directory.exchange.openreferral_feed import answer
from services_directory.exchange.schemas import faults
from services_directory.model import Service
from tests.directory.any_service import BOOK, services

DAY = date(2026, 11, 22)
SHIPPED = View(BOOK, DAY)
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def view_of(*found: Service, day: date = DAY) -> View:
    return View(Directory({s.id: s for s in found}, BOOK.words, BOOK.areas), day)


# What goes out


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2024, 6, 1), DAY, date(2030, 1, 1)])
def test_the_shipped_feed_is_valid_on_any_day(day: date) -> None:
    made = uk.feed(View(BOOK, day))
    kinds = ("services", "organizations", "taxonomies", "taxonomy_terms")
    for many, one in zip(
        kinds, ("service", "organization", "taxonomy", "taxonomy_term"), strict=True
    ):
        assert made[many]
        assert [fault for item in made[many] for fault in faults(one, item)] == []


@SLOW
@given(services(), st.dates(date(2009, 1, 1), date(2031, 1, 1)))
def test_any_service_gives_a_valid_feed_and_valid_tables(service: Service, day: date) -> None:
    view = view_of(service, day=day)
    assert faults("service", uk.service_of(service, view)) == []
    for table, rows in hsds.rows(view).items():
        assert [fault for row in rows for fault in faults(f"hsds {table}", row)] == []


def test_only_fields_of_the_standard_or_with_our_prefix_stand_in_a_service() -> None:
    spoilt = {**uk.service_of(BOOK.services["acas"], SHIPPED), "eligibility": "x"}
    assert any("eligibility" in fault for fault in faults("service", spoilt))
    assert faults("service", {**spoilt, "status": "open"})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 8, 31), "inactive"),
        (date(2024, 6, 1), "active"),
        (DAY, "defunct"),
    ],
)
def test_the_status_is_that_of_the_day(day: date, said: str) -> None:
    service = BOOK.services["working-well-ips-primary-care"]
    assert uk.service_of(service, View(BOOK, day))["status"] == said


def test_what_nobody_knows_is_never_active() -> None:
    unsure = [s for s in BOOK.services.values() if s.status == "unverified" and not s.valid_to]
    assert unsure
    assert {uk.service_of(s, SHIPPED)["status"] for s in unsure} <= {"inactive", "defunct"}


def test_a_web_page_s_date_is_no_assurance() -> None:
    service = replace(BOOK.services["access-to-work"], verified_on=None)
    assert "assured_date" not in uk.service_of(service, view_of(service))
    confirmed = replace(service, verified_on=date(2026, 11, 1))
    assert uk.service_of(confirmed, view_of(confirmed))["assured_date"] == "2026-11-01"


def test_an_address_that_is_not_confirmed_is_not_given_as_the_service_s_own() -> None:
    found = uk.service_of(BOOK.services["talking-therapies-bolton"], SHIPPED)
    assert "email" not in found
    assert any(route.get("email") for route in found[f"{PREFIX}routes"])


def test_ages_are_those_that_everybody_must_have() -> None:
    assert uk.service_of(BOOK.services["access-to-work"], SHIPPED)["minimum_age"] == 16


# The feed's paths


def test_the_pages_hold_every_service_once() -> None:
    ids: list[str] = []
    for number in range(1, 100):
        found = answer("services", {"page": str(number), "per_page": "7"}, SHIPPED)
        assert (found.status, faults("services", found.body)) == (200, [])
        assert found.body["first_page"] is (number == 1)
        ids += [item["id"] for item in found.body["contents"]]
        if found.body["last_page"]:
            break
    assert sorted(ids) == sorted(uid("service", name) for name in BOOK.services)


def test_a_page_shows_only_what_there_is_one_of_and_the_service_shows_all() -> None:
    found = answer("services", {"search": "access to work grant"}, SHIPPED).body["contents"]
    listed = next(one for one in found if one["name"] == "Access to Work grant")
    whole = answer(f"services/{listed['id']}", {}, SHIPPED).body
    assert whole["service_areas"] and "service_areas" not in listed
    assert answer("services/access-to-work", {}, SHIPPED).body == whole


def test_filters_by_term_and_age() -> None:
    term = uid("term", "needs", "housing")
    found = answer("services", {"taxonomy_term_id": term, "per_page": "100"}, SHIPPED).body
    assert found["total_items"] == sum("housing" in s.needs for s in BOOK.services.values())
    young = answer("services", {"maximum_age": "12", "per_page": "100"}, SHIPPED).body["contents"]
    assert young and all(item.get("minimum_age", 0) <= 12 for item in young)


@pytest.mark.parametrize("path", ["", "organizations", "taxonomies", "taxonomy_terms"])
def test_every_path_of_the_standard_answers(path: str) -> None:
    found = answer(path, {}, SHIPPED)
    assert found.status == 200
    for item in found.body.get("contents", ())[:1]:
        assert answer(f"{path}/{item['id']}", {}, SHIPPED).body == item


def test_no_service_stands_at_a_location() -> None:
    found = answer("service_at_locations", {"postcode": "M1 1AA", "proximity": "5"}, SHIPPED)
    assert (found.status, found.body["empty"]) == (200, True)


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("service", {}, 404, "no_such_path"),
        ("services/x/y", {}, 404, "no_such_path"),
        ("services/nobody", {}, 404, "not_found"),
        ("taxonomies/nothing", {}, 404, "not_found"),
        ("services", {"page": "99"}, 404, "no_such_page"),
        ("services", {"page": "0"}, 400, "bad_parameter"),
        ("services", {"page": "-1"}, 400, "bad_parameter"),
        ("services", {"page": "٣"}, 400, "bad_parameter"),
        ("services", {"per_page": "1001"}, 400, "bad_parameter"),
        ("services", {"minimum_age": "x" * 5000}, 400, "bad_parameter"),
        ("services", {"day": "MO"}, 400, "not_supported"),
        ("services", {"postcode": "M1 1AA"}, 400, "not_supported"),
        ("services", {"colour": "red"}, 400, "unknown_parameter"),
    ],
)
def test_a_refusal_says_what_is_wrong(
    path: str, params: dict[str, str], status: int, code: str
) -> None:
    found = answer(path, params, SHIPPED)
    assert (found.status, found.body["error"]["code"]) == (status, code)


# HSDS


def test_every_reference_of_the_tables_leads_to_a_row() -> None:
    rows = hsds.rows(SHIPPED)
    held = {name: {row["id"] for row in found} for name, found in rows.items()}
    for name, found in rows.items():
        assert len(held[name]) == len(found), f"two rows of {name} share an id"
        for row in found:
            for column, other in TABLES[name].refers.items():
                assert column not in row or row[column] in held[other]
        assert [fault for row in found for fault in faults(f"hsds {name}", row)] == []


def test_the_package_describes_every_column_that_it_holds() -> None:
    for resource in hsds.package(SHIPPED)["resources"]:
        named = {column["name"] for column in resource["schema"]["fields"]}
        assert all(set(row) <= named for row in resource["data"])


def test_who_may_be_referred_and_how_stand_in_words() -> None:
    rows = hsds.rows(SHIPPED)["services"]
    row = next(r for r in rows if r["id"] == uid("service", "access-to-work"))
    assert "16 or over" in row["eligibility_description"]
    assert "The patient applies themselves" in row["application_process"]
