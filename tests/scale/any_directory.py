"""Any directory that could be written, for property tests: small, and with every shape of rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from services_directory.areas import areas
from services_directory.case import FLAG_KEYS, LIST_KEYS, NUMBER_LIMITS, RULED_OUT_KEYS, Case
from services_directory.directory import Directory
from services_directory.model import (
    KINDS,
    ROUTES,
    STATUSES,
    WAYS_IN,
    AllOf,
    AnyOf,
    Criterion,
    Expression,
    Is,
    Not,
    Route,
    Service,
    Source,
)
from services_directory.vocabulary import vocabulary
from tests.any_case import cases

WORDS, TREE = vocabulary(), areas()
AREAS = list(TREE.by_id)
# Days close to each other, so that entries begin and end around the day that is asked for.
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
PROGRAMMES = ["none", "restart-scheme-gm", "service-0", "service-1"]
SINGLE_KEYS = ("work_status", "goal", "sex")
# Few ids, so that cases and rules meet.
FEW = {key: list(WORDS.terms[key])[:3] for key in (*LIST_KEYS, *SINGLE_KEYS)}
# Siblings under one parent, which exclude each other.
FEW["benefits"] = ["none", "uc", "uc_lcw", "uc_lcwra"]
AGES = [0, 16, 18, 24, 25, 50, 67, 120]


def _some(ids: list[str], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(ids), min_size=least, max_size=3)


def _facts() -> st.SearchStrategy[Expression]:
    listed = st.sampled_from(sorted(FEW)).flatmap(
        lambda key: st.builds(Is, st.just(key), _some(FEW[key]), st.booleans())
    )
    flags = st.builds(
        Is, st.sampled_from(FLAG_KEYS), st.frozensets(st.booleans(), min_size=1, max_size=1)
    )
    numbers = st.builds(
        Is,
        st.sampled_from(["age", "age", *NUMBER_LIMITS]),
        low=st.none() | st.sampled_from(AGES),
        high=st.none() | st.sampled_from(AGES),
        beyond_unknown=st.booleans(),
    )
    programme = st.builds(Is, st.just("in_programme"), _some(PROGRAMMES), st.booleans())
    place = st.builds(Is, st.sampled_from(["area", "gp_area"]), _some(AREAS, 1))
    return listed | flags | numbers | programme | place


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    _facts(),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=5,
)


@st.composite
def criteria(draw: st.DrawFn, name: str) -> Criterion:
    """Any criterion, gates and those of the provider among them."""
    by_provider = draw(st.sampled_from([False] * 7 + [True]))
    return Criterion(
        id=name,
        says=name,
        source="s",
        expression=None if by_provider else draw(EXPRESSIONS),
        gate=draw(st.sampled_from([False, True])),
        by_provider=by_provider,
    )


@st.composite
def services(draw: st.DrawFn, number: int) -> Service:
    """Any entry: half of them for all of England or Greater Manchester, so that most cases reach some."""
    days = st.none() | st.none() | DAYS
    place = st.sampled_from(
        ["england", "england", "greater-manchester", "greater-manchester", *AREAS]
    )
    count = draw(st.sampled_from([0, 1, 1, 2]))
    return Service(
        id=f"service-{number}",
        name=f"Service {number}",
        areas=tuple(draw(st.lists(place, min_size=1, max_size=2, unique=True))),
        area_rule=draw(st.sampled_from(["lives_in", "registered_in", "lives_or_registered"])),
        needs=tuple(draw(st.lists(st.sampled_from(WORDS.needs), min_size=2, unique=True))),
        kind=draw(st.sampled_from(KINDS)),
        status=draw(st.sampled_from(["open"] * 24 + list(STATUSES))),
        confidence=draw(st.sampled_from(["high", "medium", "low"])),
        sources=(Source("s", "A page", draw(st.none() | DAYS)),),
        programme=draw(st.none() | st.sampled_from(["one", "two"])),
        criteria=tuple(draw(criteria(f"c{n}")) for n in range(count)),
        routes=tuple(
            draw(
                st.lists(
                    st.builds(
                        Route,
                        st.sampled_from(ROUTES),
                        st.sampled_from([("gp",), ("patient",), ()]),
                        st.just("How"),
                        st.sampled_from(WAYS_IN),
                    ),
                    max_size=2,
                )
            )
        ),
        valid_from=draw(days),
        referrals_close_on=draw(days),
        valid_to=draw(days),
        unverified_from=draw(days),
        source_date=draw(st.none() | DAYS),
    )


@st.composite
def directories(draw: st.DrawFn, most: int = 12) -> Directory:
    """Any directory of up to ``most`` entries."""
    made = [draw(services(number)) for number in range(draw(st.integers(1, most)))]
    return Directory({service.id: service for service in made}, WORDS, TREE)


@st.composite
def any_patient(draw: st.DrawFn) -> Case:
    """Any case, with what was ruled out, answered, and where the practice is; half with few known ids."""
    case = draw(cases())
    changes: dict[str, object] = {
        "gp_area": draw(st.none() | st.sampled_from(AREAS)),
        "in_programme": draw(st.none() | st.sampled_from(PROGRAMMES)),
        "ruled_out": {key: tuple(draw(_some(FEW[key]))) for key in RULED_OUT_KEYS},
        "answered": draw(
            st.dictionaries(
                st.sampled_from([*LIST_KEYS, "age", "goal"]),
                st.sampled_from(["complete", "dont_know"]),
                max_size=2,
            )
        ),
    }
    if draw(st.sampled_from([True, True, True, False])):
        lists = {key: tuple(sorted(draw(_some(FEW[key])))) for key in LIST_KEYS}
        doubtful = draw(st.sampled_from([(), (), LIST_KEYS]))
        changes |= lists
        changes |= {key: draw(st.none() | st.sampled_from(FEW[key])) for key in SINGLE_KEYS}
        changes["uncertain"] = {key: tuple(draw(_some(FEW[key]))) for key in doubtful}
        changes["age"] = draw(st.none() | st.sampled_from(AGES).map(float))
    return replace(case, **changes)  # type: ignore[arg-type]
