"""The store gives the answers of the evaluator in memory, whatever the directory, the patient and the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_directory import directory as directory_module
from services_directory.case import Case
from services_directory.directory import Directory
from services_directory.loading import load_directory
from services_directory.model import AnyOf, Criterion, Expression, Is, Not, Service
from services_directory.next_question import worths
from services_directory.recommendation import recommend
from services_directory.status import status_on
from services_directory.store.codec import from_text, to_text
from services_directory.store.engines import make_engine
from services_directory.store.index import days_open
from services_directory.store.stored import StoredDirectory, stored
from tests.any_case import cases
from tests.engines import Postgres, running_postgres
from tests.scale.any_directory import DAYS, any_patient, directories, services

SHIPPED = load_directory()


def rule(expression: Expression, gate: bool = False) -> Criterion:
    return Criterion("rule", "A rule", "s", expression, gate)


@contextmanager
def kept(book: Directory, url: str = "sqlite://") -> Iterator[StoredDirectory]:
    made = stored(make_engine(url), book)
    try:
        yield made
    finally:
        made.engine.dispose()


def assert_same(case: Case, day: date, book: Directory, store: StoredDirectory) -> None:
    for rejected in (False, True):
        in_turn = recommend(case, day, book, rejected=rejected)
        assert recommend(case, day, store, rejected=rejected) == in_turn
    assert worths(case, day, store) == worths(case, day, book)


@given(directories(), st.lists(any_patient(), min_size=1, max_size=8), DAYS)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_sqlite_agrees_on_any_directory(book: Directory, patients: list[Case], day: date) -> None:
    with kept(book) as store:
        for case in patients:
            assert_same(case, day, book, store)


# What a rough index would get wrong: a rule, and a patient for whom it holds all the same.
TRICKY: dict[str, tuple[Criterion, Case]] = {
    "no benefits is no benefit": (
        rule(Not(Is("benefits", any_value=True))),
        Case(benefits=("none",), answered={"benefits": "complete"}),
    ),
    "possible is not said": (
        rule(Not(Is("conditions", frozenset({"bipolar"})))),
        Case(conditions=("bipolar",), uncertain={"conditions": ("bipolar",)}),
    ),
    "a contradiction meets both": (
        rule(Is("benefits", frozenset({"uc_lcwra"}))),
        Case(benefits=("uc_lcw", "uc_lcwra")),
    ),
    "a gate that a number opens": (
        rule(AnyOf((Is("age", low=50), Is("conditions", frozenset({"bipolar"})))), gate=True),
        Case(age=60.0),
    ),
    "a gate that nothing said opens": (
        rule(Not(Is("in_programme", any_value=True)), gate=True),
        Case(in_programme="none"),
    ),
    "an age at the edge": (rule(Is("age", low=16, high=24)), Case(age=24.0)),
    "ages on both sides": (rule(Not(Is("age", low=25, high=49))), Case(age=60.0)),
    "in another programme than the one named": (
        rule(Not(Is("in_programme", frozenset({"work-choice"})))),
        Case(in_programme="restart-scheme-gm"),
    ),
}


@pytest.mark.parametrize(("criterion", "case"), TRICKY.values(), ids=TRICKY)
def test_what_fits_is_picked(criterion: Criterion, case: Case) -> None:
    pattern = SHIPPED.services["citizens-advice"]
    service = replace(pattern, criteria=(criterion,), areas=("england",), status="open")
    patient = replace(case, barriers=("debt_finance",))
    with kept(replace(SHIPPED, services={service.id: service})) as store:
        found = recommend(patient, date(2026, 11, 22), store, rejected=False)["items"]
        assert [item["service_id"] for item in found] == [service.id]


@given(directories(), any_patient(), DAYS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_wide_directory_agrees_too(book: Directory, case: Case, day: date) -> None:
    """So many local entries that the place is asked first."""
    with patch.object(directory_module, "WIDE_FROM", 1), kept(book) as store:
        assert store.is_wide == book.is_wide
        assert_same(case, day, book, store)


@pytest.fixture(scope="module")
def shipped_store() -> Iterator[StoredDirectory]:
    with kept(SHIPPED) as store:
        yield store


@given(cases(), st.dates(date(2014, 1, 1), date(2028, 1, 1)))
@settings(max_examples=30, deadline=None)
def test_sqlite_agrees_on_the_shipped_directory(
    shipped_store: StoredDirectory, case: Case, day: date
) -> None:
    assert_same(case, day, SHIPPED, shipped_store)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.mark.system
@given(directories(), st.lists(any_patient(), min_size=1, max_size=8), DAYS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_postgres_agrees_on_any_directory(
    postgres: Postgres, book: Directory, patients: list[Case], day: date
) -> None:
    with kept(book, postgres.url) as store:
        for case in patients:
            assert_same(case, day, book, store)


@pytest.mark.system
def test_postgres_agrees_on_the_shipped_directory(postgres: Postgres) -> None:
    case = Case(work_status="off_sick", conditions=("depression",), area="salford", age=40.0)
    with kept(SHIPPED, postgres.url) as store:
        for year in range(2014, 2028):
            assert_same(case, date(year, 11, 22), SHIPPED, store)


@given(services(0))
@settings(deadline=None)
def test_an_entry_is_kept_without_loss(service: Service) -> None:
    again = from_text(to_text(service))
    assert again == service
    assert to_text(again) == to_text(service)


@pytest.mark.parametrize("service", SHIPPED.services.values(), ids=lambda s: str(s.id))
def test_every_shipped_entry_is_kept_without_loss(service: Service) -> None:
    again = from_text(to_text(service))
    assert again == service
    assert (again.path, again.personas) == (service.path, service.personas)


@given(services(0))
@settings(deadline=None)
def test_days_open_are_those_of_the_status(service: Service) -> None:
    first, last = days_open(service)
    for offset in range(-5, 70):
        day = date(2026, 1, 1) + timedelta(days=offset)
        assert status_on(service, day).referable == (first <= day.toordinal() <= last)


def test_the_store_reads_as_the_mapping_it_stands_for(shipped_store: StoredDirectory) -> None:
    found = shipped_store.services
    assert list(found) == list(SHIPPED.services)
    assert list(found.values()) == list(SHIPPED.services.values())
    assert dict(found.items()) == SHIPPED.services
    assert len(found) == len(SHIPPED.services)
    assert "workwell-gm" in found and "no-such-service" not in found
    assert found["workwell-gm"] == SHIPPED.services["workwell-gm"]
    assert found.get("no-such-service") is None


def test_a_directory_is_compiled_once_and_old_ones_are_forgotten(tmp_path: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/directory.db")
    few = dict(list(SHIPPED.services.items())[:5])
    first = stored(engine, replace(SHIPPED, services=few))
    assert stored(engine, replace(SHIPPED, services=few)).revision == first.revision
    for number in range(4):
        renamed = {
            i: replace(s, replaced_by=(), replaces=(), name=f"{s.name} {number}")
            for i, s in few.items()
        }
        last = stored(engine, replace(SHIPPED, services=renamed))
        assert [s.name for s in last.services.values()] == [s.name for s in renamed.values()]
    with last.engine.connect() as connection:
        revisions = connection.scalar(sa.text("select count(*) from directory_revision"))
        texts = connection.scalar(sa.text("select count(*) from directory_content"))
    assert revisions == 3
    assert texts == 3 * len(few)
