"""Any service that an entry's file can say, for property tests of what goes out and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from services_directory import model
from services_directory.case import FLAG_KEYS, LIST_KEYS
from services_directory.loading import directory
from services_directory.model import (
    AllOf,
    AnyOf,
    ConsentWords,
    Criterion,
    Delivery,
    Evidence,
    Expression,
    FormField,
    Is,
    Not,
    Persona,
    Route,
    Service,
    Source,
)

BOOK = directory()
# Beginnings that a spreadsheet would run, quotes, markup, patterns, breaks, and what looks like YAML.
ODD = [
    "=1+1", "+44 161", "-dash", "@cell", "'quoted", "''twice", '"double"', "a, b; c", "<b>x</b>",
    "<script>alert(1)</script>", ".*(?:x)[^a]", "{{7*7}}", "true", "null", "999", "0800 111", "1.50",
    "2026-02-09", "09/02/2026", "key: value", "- item", "# no comment", "&a *b !c", "one\ntwo\n\nthree",
    "tab\there", "é – ≥ 🙂", "＝1", "100% | x", "[a, b]", "{a: b}", "a\u2028b", "~", "no",
]  # fmt: skip
_LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n\t")


def texts() -> st.SearchStrategy[str]:
    """Text as the reader gives it: not empty, no space around it."""
    free = st.text(_LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
    return st.sampled_from(ODD) | free


def _some(values: Sequence[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(values)), min_size=least, max_size=4, unique=True).map(
        tuple
    )


def _facts() -> st.SearchStrategy[Is]:
    words = BOOK.words

    @st.composite
    def listed(draw: st.DrawFn) -> Is:
        key = draw(st.sampled_from([*LIST_KEYS, "work_status", "goal"]))
        if draw(st.booleans()):
            return Is(key, any_value=True)
        named = draw(_some([*words.terms[key]], least=1))
        return Is(key, frozenset(i for name in named for i in words.expand(key, name)))

    bounds = st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(30, 120))
    aged = st.builds(
        lambda b, beyond: Is("age", low=b[0], high=b[1], beyond_unknown=beyond),
        bounds.filter(any),
        st.booleans(),
    )
    flags = st.builds(
        Is, st.sampled_from(FLAG_KEYS), st.booleans().map(lambda told: frozenset({told}))
    )
    places = _some(["england", "salford", "bury"], least=1).map(lambda a: Is("area", frozenset(a)))
    return st.one_of(listed(), aged, flags, places)


def expressions() -> st.SearchStrategy[Expression]:
    """Any rule."""

    def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(AllOf, parts) | st.builds(AnyOf, parts) | st.builds(Not, inner)

    return st.recursive(_facts(), grown, max_leaves=6)


@st.composite
def _criterion(draw: st.DrawFn, position: int) -> Criterion:
    rule = draw(st.none() | expressions())
    gate = draw(st.booleans())
    return Criterion(f"rule-{position}", draw(texts()), "one", rule, gate, rule is None)


@st.composite
def _route(draw: st.DrawFn) -> Route:
    return Route(
        route=draw(st.sampled_from(model.ROUTES)),
        who=draw(_some([*model.ROLES, *model.OTHER_REFERRERS], least=1)),
        how=draw(texts()),
        way_in=draw(st.sampled_from(("unconfirmed", "not_known"))),
        source="one",
        web=draw(st.none() | st.just("https://www.example.org/x?a=1&b=<2>")),
        phone=draw(st.none() | st.sampled_from(["999", "0161 496 0000", "+44 161 496 0000"])),
        email=draw(st.none() | st.just("team@example.org")),
        form=draw(
            st.just(())
            | st.just(
                (FormField("a", "=A", ("age",), True), FormField("n", "N", allowed=("y", "n")))
            )
        ),
        never_include=draw(_some(["domestic_abuse", "offending_history"])),
        may_include=draw(_some(["conditions", "age"])),
        delivery=draw(
            st.sampled_from(
                (
                    None,
                    Delivery(),
                    Delivery("email", "team@example.org"),
                    Delivery("fhir", "https://fhir.example.org/r4"),
                    Delivery("web_api", "https://api.example.org/"),
                )
            )
        ),
        reply_within_days=draw(st.none() | st.integers(1, 365)),
    )


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Any service, as reading its file would give it."""
    days = st.none() | st.dates(date(2010, 1, 1), date(2030, 12, 31))
    text = st.none() | texts()
    count = draw(st.integers(0, 3))
    case = {"age": 40, "work_status": "off_sick", "answered": {"benefits": "complete"}}
    return Service(
        id=draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)),
        name=draw(texts()),
        areas=draw(_some(list(BOOK.areas.by_id), least=1)),
        needs=draw(_some(list(BOOK.words.needs), least=1)),
        kind=draw(st.sampled_from(model.KINDS)),
        status=draw(st.sampled_from(model.STATUSES)),
        confidence=draw(st.sampled_from(("high", "medium", "low"))),
        sources=(Source("one", draw(texts()), draw(days)), Source("two", draw(texts()))),
        aliases=tuple(draw(st.lists(texts(), max_size=3))),
        programme=draw(text),
        provider=draw(text),
        commissioner=draw(text),
        offers=draw(st.just("") | texts()),
        area_rule=draw(st.sampled_from(("lives_in", "registered_in", "lives_or_registered"))),
        criteria=tuple(draw(_criterion(position)) for position in range(count)),
        routes=tuple(draw(st.lists(_route(), max_size=2))),
        valid_from=draw(days),
        referrals_close_on=draw(days),
        valid_to=draw(days),
        replaced_by=draw(_some(["workwell-gm", "access-to-work"])),
        voluntary=draw(st.sampled_from(("yes", "no", "after_referral_mandatory", "not_known"))),
        source_date=draw(days),
        verified_on=draw(days),
        cost=draw(text),
        hours=draw(text),
        languages=draw(text),
        capacity=draw(text),
        consent=draw(st.none() | st.builds(ConsentWords, texts(), texts())),
        reply_within_days=draw(st.none() | st.integers(1, 365)),
        cautions=tuple(draw(st.lists(texts(), max_size=2))),
        evidence=tuple(
            draw(st.lists(st.builds(Evidence, texts(), texts(), st.just("one")), max_size=1))
        ),
        personas=(Persona("=somebody", case, "possible", date(2026, 1, 1)),),
    )
