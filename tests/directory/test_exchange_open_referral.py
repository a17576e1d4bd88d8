"""Open Referral UK and HSDS: what goes out is valid, complete and honest; what comes in is only a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.directory import Directory
from services_directory.entry_reader import EntryReader
from services_directory.exchange import hsds
from services_directory.exchange import openreferral_uk as uk
from services_directory.exchange.open_referral import PREFIX, View, uid
from services_directory.exchange.open_referral_tables import TABLES
from services_directory.exchange.openreferral_feed import answer
from services_directory.exchange.openreferral_import import Defaults, Draft, drafts
from services_directory.exchange.schemas import faults
from services_directory.model import Service
from tests.directory.any_service import BOOK, services

DAY = date(2026, 11, 22)
SHIPPED = View(BOOK, DAY)
READER = EntryReader(BOOK.words, BOOK.areas)
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
FEED = "https://feed.example/openreferral"


def view_of(*found: Service, day: date = DAY) -> View:
    return View(Directory({s.id: s for s in found}, BOOK.words, BOOK.areas), day)


def drafted(*raw: Any, **more: Any) -> list[Draft]:
    return drafts(raw, FEED, DAY, READER, BOOK, **more)[0]


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
    listed = answer("services", {"search": "access to work grant"}, SHIPPED).body["contents"][0]
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


# Coming in

FOREIGN: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community <b>Counselling</b>",
    "description": "<p>Counselling</p><script>alert(1)</script> for adults &amp; carers",
    "url": "https://counselling.example/",
    "email": "hello@counselling.example",
    "status": "active",
    "fees": "free",
    "minimum_age": 18,
    "maximum_age": 100,
    "assured_date": "2025-03-01",
    "alert": "Closed over Christmas",
    "schedules": [{"byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00"}],
    "service_areas": [{"name": "Salford"}, {"name": "Atlantis"}],
    "organization": {"id": "x", "name": "Counselling Ltd", "description": "d"},
    "contacts": [{"name": "Ann Persona", "phones": [{"number": "0161 496 0000"}]}],
    "attributes": [{"taxonomy_term": {"name": "Counselling", "taxonomy": "LGA functions"}}],
    "accreditations": "BACP",
}


def test_a_foreign_service_becomes_a_draft_that_says_what_is_missing() -> None:
    draft = drafted(FOREIGN, defaults=Defaults(needs=("mental_health",), kind="treatment"))[0]
    made = draft.entry.service
    assert made is not None and draft.missing == ()
    assert (made.status, made.confidence, made.verified_on) == ("unverified", "low", None)
    assert (made.name, made.offers) == ("Community Counselling", "Counselling for adults & carers")
    assert (made.areas, made.provider, made.cost) == (("salford",), "Counselling Ltd", "free")
    assert made.hours == "Thursday, Friday 10:00 to 18:00"
    assert [c.says for c in made.criteria] == ["Aged 18 or over"]
    assert made.routes == (), "who may use an address is not said, so no route is made of it"
    assert FEED in made.sources[0].cite and made.source_date == date(2025, 3, 1)
    assert made.cautions == ("Closed over Christmas",)


def test_what_has_no_place_is_listed() -> None:
    left = "\n".join(drafted(FOREIGN)[0].left)
    for said in (
        "Atlantis",
        "LGA functions",
        "https://counselling.example/",
        "0161 496 0000",
        "BACP",
    ):
        assert said in left
    assert "status 'active'" in left


def test_names_of_people_are_never_taken_over() -> None:
    draft = drafted(FOREIGN)[0]
    assert "Persona" not in draft.text + "".join(draft.left)


def test_what_the_feed_does_not_say_is_missing_not_made_up() -> None:
    draft = drafted({"name": "Something"})[0]
    assert [line.split(":")[0] for line in draft.missing] == ["areas", "needs", "kind"]
    assert draft.entry.service is None
    assert "# Missing: areas" in draft.text


def test_another_fingerpost_s_feed_comes_back_whole_but_as_a_draft() -> None:
    made = drafted(*uk.feed(SHIPPED)["services"])
    for draft, service in zip(made, BOOK.services.values(), strict=True):
        assert draft.entry.service is not None, draft.findings
        got = draft.entry.service
        assert (got.status, got.confidence, got.verified_on) == ("unverified", "low", None)
        kept = {
            name: value
            for name, value in vars(service).items()
            if name
            not in ("status", "confidence", "sources", "unverified_from", "path", "personas")
            and not name.startswith("_")
        }
        for name, value in kept.items():
            # A value that only a cached property left behind is no field.
            if name in Service.__dataclass_fields__:
                assert getattr(got, name) == value, f"{service.id}: {name}"
        assert got.sources[:-1] == service.sources


def test_a_feed_cannot_call_itself_verified_or_open() -> None:
    raw = {
        **uk.service_of(BOOK.services["acas"], SHIPPED),
        "fingerpost_status": "open",
        "fingerpost_verified_on": "2026-11-01",
        "fingerpost_verified_by_role": "Somebody",
        "fingerpost_confidence": "high",
    }
    draft = drafted(raw)[0]
    assert "verified_on" not in draft.text and "status: unverified" in draft.text
    assert "confidence: low" in draft.text


def test_two_services_of_one_name_get_two_files() -> None:
    assert [d.id for d in drafted({"name": "A b"}, {"name": "A  B"})] == ["a-b", "a-b-2"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "日本語", "a/b\\c", "\x00"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    for draft in drafted({"name": name, "fingerpost_id": name}):
        assert not set(draft.id) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


_KEYS = st.sampled_from(
    [*FOREIGN, *(f"fingerpost_{key}" for key in ("id", "criteria", "routes", "sources", "areas"))]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.dictionaries(_KEYS, _JSON, max_size=6).map(lambda d: {"name": "n", **d}) | _JSON,
        max_size=3,
    )
)
def test_whatever_a_feed_holds_the_import_ends_and_makes_only_drafts(raw: list[Any]) -> None:
    made, _ = drafts(raw, FEED, DAY, READER, BOOK)
    for draft in made:
        service = draft.entry.service
        assert service is None or (service.status, service.verified_on) == ("unverified", None)


def test_a_feed_nested_without_end_is_left_out() -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"not": deep}
    draft = drafted({"name": "Deep", "fingerpost_criteria": [deep]})[0]
    assert any("nested too deep" in line for line in draft.left)
