"""The blocks of an entry (sources, rules, routes, figures, personas), each read from its node.

Every method notes what is wrong and returns the block as far as it can be read, ``None`` where it is none.
"""

from __future__ import annotations

import re
from typing import Any

from services_directory import model
from services_directory.areas import Areas
from services_directory.case import FACT_KEYS
from services_directory.entry_keys import (
    CONSENT_KEYS,
    CRITERION_KEYS,
    DELIVERY_KEYS,
    EVIDENCE_KEYS,
    FORM_KEYS,
    PERSONA_KEYS,
    ROUTE_KEYS,
    SOURCE_KEYS,
    WAYS_IN,
    names,
)
from services_directory.findings import Findings, shown
from services_directory.model import (
    ConsentWords,
    Criterion,
    Delivery,
    Evidence,
    FormField,
    Persona,
    Route,
    Source,
)
from services_directory.node_values import (
    block,
    choice,
    day,
    days,
    flag,
    ids,
    is_known,
    items,
    text,
    texts,
)
from services_directory.rule_reader import read_rule
from services_directory.vocabulary import Vocabulary
from services_directory.yaml_nodes import Node

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HTTPS = re.compile(r"https://[^\s<>\"']+")
_CRITERION_NAMES = frozenset(names(CRITERION_KEYS))


class PartReader:
    """Reads blocks against a vocabulary and a tree of areas."""

    def __init__(self, words: Vocabulary, tree: Areas) -> None:
        self._words = words
        self._tree = tree
        terms = (*FACT_KEYS, *words.groups, *(i for key in words.terms for i in words.terms[key]))
        # What may be named as never to be written down: keys, groups and ids of the case.
        self._case_words = frozenset(terms)

    def source(self, findings: Findings, node: Node) -> Source | None:
        """Return one of ``sources``."""
        given = block(findings, "sources", node, SOURCE_KEYS)
        if given is None:
            return None
        dated = day(findings, "dated", given.get("dated"))
        name = text(findings, "id", given.get("id"))
        return Source(name or "", text(findings, "cite", given.get("cite")) or "", dated)

    def evidence(self, findings: Findings, node: Node, known: set[str]) -> Evidence | None:
        """Return one figure; ``known`` are the ids of the sources."""
        given = block(findings, "evidence", node, EVIDENCE_KEYS)
        if given is None:
            return None
        return Evidence(
            text(findings, "figure", given.get("figure")) or "",
            text(findings, "cohort", given.get("cohort")) or "",
            _cited(findings, "evidence", given.get("source"), known),
        )

    def criterion(self, findings: Findings, node: Node, known: set[str]) -> Criterion | None:
        """Return one rule with its words and source."""
        if not isinstance(node.value, dict):
            findings.error(node.line, "a criterion is a block of `key: value` lines")
            return None
        own = {k: v for k, v in node.value.items() if k in _CRITERION_NAMES}
        rule = {k: v for k, v in node.value.items() if k not in _CRITERION_NAMES}
        lines = node.keys
        given = block(findings, "criterion", Node(own, node.line, lines), CRITERION_KEYS) or {}
        name = text(findings, "id", given.get("id")) or "?"
        checked_by = choice(findings, "checked_by", given.get("checked_by"), ("provider",))
        expression = None
        if checked_by and rule:
            line = lines[next(iter(rule))]
            findings.error(
                line, f"criterion '{shown(name)}' is checked by the provider: drop its conditions"
            )
        elif rule:
            expression = read_rule(findings, Node(rule, node.line, lines), self._words, self._tree)
        elif not checked_by and "checked_by" not in given:
            findings.error(
                node.line,
                f"criterion '{shown(name)}' says nothing that can be checked; write a rule, or "
                "`checked_by: provider`",
            )
        return Criterion(
            id=name,
            says=text(findings, "says", given.get("says")) or "",
            source=_cited(findings, f"criterion '{shown(name)}'", given.get("source"), known),
            expression=expression,
            gate=flag(findings, "gate", given.get("gate")),
            by_provider=checked_by == "provider",
        )

    def route(self, findings: Findings, node: Node, known: set[str]) -> Route | None:
        """Return one way in."""
        given = block(findings, "route", node, ROUTE_KEYS)
        if given is None:
            return None
        route = choice(findings, "route", given.get("route"), model.ROUTES)
        way_in: Any = choice(findings, "way_in", given.get("way_in"), WAYS_IN)
        at_practice = flag(findings, "at_practice", given.get("at_practice"))
        contact = {
            name: text(findings, name, given.get(name)) for name in ("web", "phone", "email")
        }
        if (
            way_in == "known"
            and not at_practice
            and route not in (None, *model.THROUGH_OTHERS)
            and not any(contact.values())
        ):
            findings.error(
                given["way_in"].line,
                f"route '{route}': way_in known needs a web, phone or email; or write not_known",
            )
        fields = [self.form_field(findings, n) for n in items(findings, "form", given.get("form"))]
        never = ids(findings, "never_include", given.get("never_include"), self._case_words)
        may = ids(findings, "may_include", given.get("may_include"), FACT_KEYS)
        for both in (name for name in may if name in never):
            findings.error(
                given["may_include"].line,
                f"may_include: '{both}' stands in never_include as well; delete it in one of them",
            )
        return Route(
            route=route or "",
            who=ids(findings, "who", given.get("who"), (*model.ROLES, *model.OTHER_REFERRERS)),
            how=text(findings, "how", given.get("how")) or "",
            way_in=way_in,
            source=_cited(findings, "route", given.get("source"), known),
            web=contact["web"],
            phone=contact["phone"],
            email=contact["email"],
            form=tuple(filter(None, fields)),
            never_include=never,
            may_include=may,
            delivery=_delivery(findings, given.get("delivery")),
            reply_within_days=days(findings, "reply_within_days", given.get("reply_within_days")),
            at_practice=at_practice,
        )

    def form_field(self, findings: Findings, node: Node) -> FormField | None:
        """Return one field of a form."""
        given = block(findings, "form", node, FORM_KEYS)
        if given is None:
            return None
        fill = ids(findings, "fill", given.get("fill"), FACT_KEYS)
        identifier = flag(findings, "identifier", given.get("identifier"))
        if identifier and fill:
            findings.error(
                given["fill"].line,
                "fill: a field that names the patient is never filled from the case",
            )
        return FormField(
            name=text(findings, "name", given.get("name")) or "",
            label=text(findings, "label", given.get("label")) or "",
            fill=fill,
            required=flag(findings, "required", given.get("required")),
            identifier=identifier,
            allowed=tuple(value for value, _ in texts(findings, "allowed", given.get("allowed"))),
        )

    def consent(self, findings: Findings, node: Node | None) -> ConsentWords | None:
        """Return what is said before a patient agrees."""
        if node is None or (given := block(findings, "consent", node, CONSENT_KEYS)) is None:
            return None
        return ConsentWords(
            text(findings, "says", given.get("says")) or "",
            text(findings, "benefits", given.get("benefits")) or "",
        )

    def persona(self, findings: Findings, node: Node) -> Persona | None:
        """Return one invented patient."""
        given = block(findings, "persona", node, PERSONA_KEYS)
        if given is None:
            return None
        case = given.get("case")
        if case is not None and not isinstance(case.value, dict):
            findings.error(
                case.line, "case: write a block such as {work_status: off_sick, age: 40}"
            )
        verdict: Any = choice(findings, "verdict", given.get("verdict"), model.VERDICTS)
        return Persona(
            name=text(findings, "name", given.get("name")) or "",
            # Whether it is a case is seen when the personas are run (checks.personas).
            case=case.plain() if case is not None else {},
            verdict=verdict,
            as_of=day(findings, "as_of", given.get("as_of")),
        )


def _delivery(findings: Findings, node: Node | None) -> Delivery | None:
    if node is None or (given := block(findings, "delivery", node, DELIVERY_KEYS)) is None:
        return None
    channel = choice(findings, "channel", given.get("channel"), model.CHANNELS)
    address = text(findings, "address", given.get("address")) or ""
    line = given["address"].line if "address" in given else node.line
    if channel == "by_hand" and address:
        findings.error(line, "address: by_hand has none; the route's web, phone or email say where")
    elif channel == "email" and not _EMAIL.fullmatch(address):
        findings.error(line, f"address: '{shown(address)}' is no e-mail address of a team")
    elif channel in ("fhir", "web_api") and not _HTTPS.fullmatch(address):
        findings.error(line, f"address: '{shown(address)}' must start with https://")
    return Delivery(channel or "by_hand", address)


def _cited(findings: Findings, name: str, node: Node | None, known: set[str]) -> str:
    value = text(findings, "source", node)
    if value is None or node is None:
        return ""
    is_known(findings, f"the source of {name}", value, node.line, sorted(known))
    return value
