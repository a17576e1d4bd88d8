"""A feed of another directory becomes drafts: what is missing is said, and nothing is made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory.entry_reader import EntryReader
from services_directory.exchange import openreferral_uk as uk
from services_directory.exchange.open_referral import View
from services_directory.exchange.openreferral_import import Defaults, Draft, drafts
from services_directory.model import Service
from tests.directory.any_service import BOOK

DAY = date(2026, 11, 22)
SHIPPED = View(BOOK, DAY)
READER = EntryReader(BOOK.words, BOOK.areas)
FEED = "https://feed.example/openreferral"


def drafted(*raw: Any, **more: Any) -> list[Draft]:
    return drafts(raw, FEED, DAY, READER, BOOK, **more)[0]


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
