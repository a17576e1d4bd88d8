"""Which entries of a stored directory have to be judged for a case: one query, by place and facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from services_directory.areas import FIRST_REGION, ROOT, Areas
from services_directory.case import Case
from services_directory.directory import Scope
from services_directory.needs import CaseNeeds
from services_directory.store.index import Indexer
from services_directory.store.tables import PLACE

_P = PLACE.c
_BLOCKED = (_P.blocked_facts, _P.blocked_conditions, _P.blocked_barriers)
_OPEN = (_P.open_facts, _P.open_conditions, _P.open_barriers)


def offerable(
    revision: int,
    scope: Scope,
    case: Case,
    needs: CaseNeeds,
    day: date,
    places: Iterable[str] | None,
    indexer: Indexer,
) -> Any:
    """Return the query for entries that can come among the items (see ``directory.Scope``).

    ``places``: the areas that they may serve, ``None`` for any. It gives position and content, the same
    again for an entry that serves several of them.
    """
    known = indexer.of_case(case)
    query = _serving(revision, places).where(
        _P.first_day <= day.toordinal(),
        _P.last_day >= day.toordinal(),
        *(_none_of(c, m) for c, m in zip(_BLOCKED, known.sure, strict=True) if m),
    )
    if case.age is not None:
        query = query.where(_P.age_from <= case.age, _P.age_to >= case.age)
    if scope != "questions":
        opened = [_some_of(c, m) for c, m in zip(_OPEN, known.said, strict=True) if m]
        query = query.where(_some_of(_P.needs, indexer.needs(needs.ordered)))
        query = query.where(sa.or_(sa.not_(_P.gated), *opened))
    return query


def told_anyway(revision: int, case: Case, tree: Areas) -> Any:
    """Return the query for the entries that a message names even where they do not fit.

    Those of the patient's area tree and of the first region, as in ``recommendation``.
    """
    home = tree.around(case.area) if case.area is not None else frozenset()
    return _serving(revision, {ROOT, *home, *tree.inside(FIRST_REGION)})


def areas_in_reach(case: Case, tree: Areas) -> frozenset[str] | None:
    """Return the areas whose entries may serve the patient; ``None``: any, for the place is not known."""
    if case.area is None:
        return None
    reach = tree.around(case.area)
    return reach | tree.around(case.gp_area) if case.gp_area is not None else reach


def _serving(revision: int, places: Iterable[str] | None) -> Any:
    query = sa.select(_P.position, _P.content).where(_P.revision == revision)
    return query if places is None else query.where(_P.area.in_(sorted(places)))


def _some_of(column: Any, mask: int) -> Any:
    return column.op("&")(mask) != 0


def _none_of(column: Any, mask: int) -> Any:
    return column.op("&")(mask) == 0
