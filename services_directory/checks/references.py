"""Entries that name each other: unknown ids, one id twice, an id that is another's alias, circles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services_directory.entry_reader import ReadEntry
from services_directory.findings import Finding, shown
from services_directory.near_miss import did_you_mean


def check_references(
    entries: tuple[ReadEntry, ...], also_known: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong between ``entries``; ``also_known`` are ids of entries that stand elsewhere.

    An entry that could not be read still counts as existing, by the id it gives, so that one broken
    file brings one finding and not ten.
    """
    firsts: dict[str, ReadEntry] = {}
    # Of two with one id, the file that is named after it has the better claim.
    for entry in sorted(entries, key=lambda e: e.path.stem != id_of(e)):
        name = id_of(entry)
        if name is None:
            continue
        if name in firsts:
            first = firsts[name].path
            yield _error(
                entry,
                ("id",),
                f"the id '{shown(name)}' already stands in {first.parent.name}/{first.name}; "
                "give one of them another id",
            )
        firsts.setdefault(name, entry)
    known = {*firsts, *also_known}
    for entry in entries:
        yield from _unknown(entry, known)
        yield from _alias_is_id(entry, known)
    yield from _circles(firsts)


def id_of(entry: ReadEntry) -> str | None:
    """Return the id that ``entry`` gives, readable as a whole or not."""
    if entry.service is not None:
        return entry.service.id
    node = entry.node.at("id") if entry.node is not None else None
    return node.value if node is not None and isinstance(node.value, str) else None


def _error(entry: ReadEntry, steps: tuple[str | int, ...], message: str) -> Finding:
    return Finding(str(entry.path), entry.line_of(*steps), "error", message)


def _unknown(entry: ReadEntry, known: set[str]) -> Iterator[Finding]:
    service = entry.service
    if service is None:
        return
    for key in ("replaces", "replaced_by"):
        for position, other in enumerate(getattr(service, key)):
            if other not in known:
                yield _error(
                    entry,
                    (key, position),
                    f"{key}: no entry has the id '{shown(other)}'{did_you_mean(other, known)}",
                )
            elif other == service.id:
                yield _error(
                    entry, (key, position), f"{key}: an entry cannot follow itself; delete it"
                )
    for steps, node in entry.node.scalars() if entry.node is not None else ():
        named = str(node.value)
        inside = steps[:1] in (("criteria",), ("personas",)) and "answered" not in steps
        is_programme = inside and "in_programme" in steps
        if is_programme and named not in known and named not in ("none", "any"):
            yield Finding(
                str(entry.path),
                node.line,
                "error",
                f"in_programme: no entry has the id '{shown(named)}'{did_you_mean(named, known)}",
            )


def _alias_is_id(entry: ReadEntry, known: set[str]) -> Iterator[Finding]:
    if entry.service is None:
        return
    for position, alias in enumerate(entry.service.aliases):
        if alias in known and alias != entry.service.id:
            yield _error(
                entry,
                ("aliases", position),
                f"aliases: '{shown(alias)}' is the id of another entry; delete it here",
            )


def _circles(entries: dict[str, ReadEntry]) -> Iterator[Finding]:
    """Yield one finding for each circle of successors."""
    after: dict[str, set[str]] = {name: set() for name in entries}
    for name, entry in entries.items():
        if entry.service is None:
            continue
        for later in entry.service.replaced_by:
            after[name].add(later)
        for earlier in entry.service.replaces:
            if earlier in after:
                after[earlier].add(name)
    done: set[str] = set()
    for start in after:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(name)
                continue
            if name in path and path.index(name) < len(path) - 1:
                circle = path[path.index(name) :]
                key = "replaced_by" if entries[circle[-1]].line_of("replaced_by") else "id"
                yield _error(
                    entries[circle[-1]],
                    (key,),
                    f"replaced_by goes in a circle: {' > '.join([*circle, name])}; delete one of the steps",
                )
                continue
            if name in done or name in path or name not in after:
                continue
            path.append(name)
            stack.append((name, True))
            stack += [(later, False) for later in sorted(after[name])]
