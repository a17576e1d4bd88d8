"""An entry in plain English, as the assistant runs it, for whoever keeps it true.

``describe`` (``plain_english``) is what a clinician is told; here every rule stands with its source and with
the words of the rule itself, so that a slip between the two is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_directory.areas import ROOT
from services_directory.directory import Directory
from services_directory.folders import Folder
from services_directory.model import WAYS_IN, Criterion, Not, Route, Service, WayIn
from services_directory.plain_english import ROUTE_WORDS, STATUS_WORDS, WAY_IN_WORDS
from services_directory.reasons import age_of_facts, day_of, page_date
from services_directory.rule_words import joined, rule_words
from services_directory.sentences import sentence_case
from services_directory.status import status_on

_LIVES = {
    "lives_in": "live in {0}",
    "registered_in": "are registered with a practice in {0}",
    "lives_or_registered": "live in {0} or are registered with a practice there",
}
_WHO = {
    "gp": "a GP",
    "nurse": "a nurse",
    "ahp": "another health professional",
    "link_worker": "a link worker",
    "reception": "reception",
    "patient": "the patient",
}


@dataclass(frozen=True)
class RuleWords:
    """One rule: what it checks (``runs``), the sentence that is said (``says``), and its source."""

    id: str
    runs: str
    says: str
    source: str
    gate: bool = False


@dataclass(frozen=True)
class WayWords:
    """One way in: who may start it, how, with which address, how well it is known, and the form.

    ``by`` says also how well it is known; ``plain`` does not.
    ``never`` and ``may``: what must not and what may stand in it; ``handed``: how the assistant sends it.
    """

    by: str
    who: str
    how: str
    contact: str
    source: str
    plain: str
    known: WayIn
    form: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    handed: str = ""


@dataclass(frozen=True)
class EntryWords:
    """An entry in words. ``summary`` is the one sentence; the rest is what it rests on."""

    id: str
    name: str
    status: str
    summary: str
    people: tuple[RuleWords, ...]
    not_if: tuple[RuleWords, ...]
    provider: tuple[RuleWords, ...]
    ways: tuple[WayWords, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


def entry_words(
    service: Service, day: date, directory: Directory, keeper: Folder | None = None
) -> EntryWords:
    """Return ``service`` in words on ``day``; ``keeper`` is who keeps it, if anybody does."""
    cites = {source.id: source.cite for source in service.sources}
    rules = [(c, _rule(c, cites, directory)) for c in service.criteria]
    people = [_needs(service, directory)]
    if ROOT not in service.areas:
        people.insert(0, _area(service, directory))
    people += [
        w for c, w in rules if c.expression is not None and not isinstance(c.expression, Not)
    ]
    not_if = tuple(w for c, w in rules if isinstance(c.expression, Not))
    provider = tuple(w for c, w in rules if c.expression is None)
    ways = tuple(_way(route, cites, directory) for route in service.routes)
    return EntryWords(
        id=service.id,
        name=service.name,
        status=status_words(service, day),
        summary=_summary(people, not_if, ways),
        people=tuple(people),
        not_if=not_if,
        provider=provider,
        ways=ways,
        notes=tuple(_notes(service, day, directory, keeper)),
        sources=tuple(
            f"{s.cite} ({page_date(s.dated) if s.dated else 'no date'})" for s in service.sources
        ),
    )


def status_words(service: Service, day: date) -> str:
    """Return the status on ``day`` in words: "Paused until 31 January 2027: no coach in post"."""
    status = status_on(service, day)
    told = STATUS_WORDS[status.status]
    if status.until:
        return f"{told} until {day_of(status.until)}: {status.because}"
    if status.since and status.status == "planned":
        return f"{told} (starts {day_of(status.since)})"
    if status.since and status.status != "open":
        return f"{told} (since {day_of(status.since)})"
    return told


def _rule(criterion: Criterion, cites: dict[str, str], directory: Directory) -> RuleWords:
    expression = criterion.expression
    if isinstance(expression, Not):
        expression = expression.part
    runs = rule_words(expression, directory) if expression is not None else ""
    source = cites.get(criterion.source, criterion.source)
    return RuleWords(criterion.id, runs, criterion.says, source, criterion.gate)


def _area(service: Service, directory: Directory) -> RuleWords:
    names = joined(directory.areas.label(area) for area in service.areas)
    return RuleWords(
        "area", _LIVES[service.area_rule].format(names), "", "the areas the entry lists"
    )


def _needs(service: Service, directory: Directory) -> RuleWords:
    names = joined(directory.words.label("needs", need) for need in service.needs)
    return RuleWords("need", f"need help with {names}", "", "the needs the entry lists")


def _way(route: Route, cites: dict[str, str], directory: Directory) -> WayWords:
    return WayWords(
        by=ROUTE_WORDS[route.route] + WAY_IN_WORDS[route.way_in],
        who=joined(_WHO.get(name, name.replace("_", " ")) for name in route.who),
        how=route.how,
        contact=route.contact,
        source=cites.get(route.source, route.source),
        plain=ROUTE_WORDS[route.route],
        known=route.way_in,
        form=tuple(
            field.label
            + (" (required)" if field.required else "")
            + (" (never filled from the case)" if field.identifier else "")
            + (f" ({' / '.join(field.allowed)})" if field.allowed else "")
            for field in route.form
        ),
        never=tuple(_case_word(word, directory) for word in route.never_include),
        may=tuple(_case_word(word, directory) for word in route.may_include),
        handed=_handed(route),
    )


_CHANNEL_WORDS = {
    "by_hand": "you send it yourself",
    "email": "sent by e-mail to",
    "fhir": "sent to the FHIR endpoint",
    "web_api": "sent to the provider's web service",
}


def _handed(route: Route) -> str:
    told = []
    if route.delivery is not None:
        told.append(f"{_CHANNEL_WORDS[route.delivery.channel]} {route.delivery.address}".strip())
    if route.reply_within_days is not None:
        told.append(f"answers within {route.reply_within_days} days")
    return "; ".join(told)


def _case_word(word: str, directory: Directory) -> str:
    if word in directory.words.group_labels:
        return directory.words.group_labels[word]
    for key, terms in directory.words.terms.items():
        if word in terms:
            return directory.words.label(key, word)
    return word.replace("_", " ")


def _summary(
    people: list[RuleWords], not_if: tuple[RuleWords, ...], ways: tuple[WayWords, ...]
) -> str:
    """Return the entry in one sentence: whom it takes in the words that are said, and how it is reached."""
    silent = [rule.runs for rule in people if not rule.says]
    told = f"For people who {' and '.join(silent)}"
    said = [_inside(rule.says) for rule in people if rule.says]
    if said:
        told += f": {'; '.join(said)}"
    if not_if:
        told += "; not if they " + ", nor if they ".join(rule.runs for rule in not_if)
    if not ways:
        return f"{told}; how to reach it was not found."
    by = []
    for sort in WAYS_IN:
        if plain := dict.fromkeys(way.plain for way in ways if way.known == sort):
            by.append(joined(plain) + WAY_IN_WORDS[sort])
    return f"{told}; refer by {', or by '.join(by)}."


def _inside(says: str) -> str:
    """Return a sentence as it stands inside another: "Has a job." → "has a job"."""
    told = says.rstrip(".")
    is_word = len(told) > 1 and (told[1].islower() or told[1] == " ") and told[0].isupper()
    return told[0].lower() + told[1:] if is_word else told


def _notes(service: Service, day: date, directory: Directory, keeper: Folder | None) -> list[str]:
    told = [sentence_case(age_of_facts(service, day)) + "."]
    if keeper is not None:
        months = keeper.max_age_months
        told.append(f"Kept by: {keeper.owner_role}; checked at least every {months} months.")
    names = [directory.services[i].name for i in service.replaced_by if i in directory.services]
    if names:
        told.append(f"Replaced by {joined(names, 'and')}.")
    for label, value in (
        ("Offers", service.offers),
        ("Run by", service.provider),
        ("Lasts", service.duration),
        ("Places or waiting time", service.capacity),
        ("Costs", service.cost),
        ("Hours", service.hours),
        ("Languages and access", service.languages),
    ):
        if value:
            told.append(f"{label}: {value.strip().rstrip('.')}.")
    if service.reply_within_days is not None:
        told.append(f"Answers within: {service.reply_within_days} days.")
    for label, value in (
        ("Said before a patient agrees", service.consent.says if service.consent else ""),
        ("Said of benefits", service.consent.benefits if service.consent else ""),
    ):
        if value:
            told.append(f'{label}: "{value.strip()}"')
    told += [
        f"Figure: {e.figure} ({e.cohort}). Source: {service.cites[e.source]}"
        for e in service.evidence
    ]
    return told + [f"Caution: {caution.rstrip('.')}." for caution in service.cautions]


def entry_text(words: EntryWords) -> str:
    """Return ``words`` as plain text for a terminal or a comment."""
    lines = [f"{words.name} ({words.id})", f"{words.status}.", "", words.summary]
    for heading, rules in (
        ("For people who", words.people),
        ("Not if they", words.not_if),
        ("Settled by the service, never asked", words.provider),
    ):
        if rules:
            lines += ["", f"{heading}:"] + [_rule_line(rule) for rule in rules]
    lines += ["", "Refer by:"] if words.ways else ["", "How to reach it was not found."]
    for way in words.ways:
        contact = f" {way.contact}." if way.contact else ""
        lines.append(
            f"  - {way.by} ({way.who}): {way.how.rstrip('.')}.{contact} Source: {way.source}"
        )
        if way.form:
            lines.append(f"    The form: {'; '.join(way.form)}")
        if way.never:
            lines.append(f"    Never in it: {', '.join(way.never)}")
        if way.may:
            lines.append(f"    May be in it: {', '.join(way.may)}")
        if way.handed:
            lines.append(f"    Handed over: {way.handed}")
    return "\n".join(
        [*lines, "", *words.notes, "", "Sources:", *(f"  - {s}" for s in words.sources)]
    )


def _rule_line(rule: RuleWords) -> str:
    told = rule.runs or rule.says
    if rule.says and rule.runs:
        told += f'. It says: "{rule.says}"'
    if rule.gate:
        told += " (must be said before the service is offered)"
    return f"  - {told}. Source: {rule.source}"
