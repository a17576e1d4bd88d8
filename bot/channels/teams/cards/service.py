"""The card of one service: what is in the way first, then why it fits, who refers, how old the facts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.teams.cards.blocks import (
    Block,
    Card,
    choices,
    choose,
    container,
    heading,
    line,
    person,
    run,
    say,
    show_card,
    toggle,
)
from bot.channels.teams.cards.words import (
    DISMISS,
    STATE,
    TELLS_DWP,
    USE,
    VERDICT,
    VOLUNTARY,
    WAY_IN,
    in_words,
)

CHECK_FIRST = "check before referring"


def service(item: Mapping[str, Any], names: Mapping[str, str], message: Mapping[str, Any]) -> Card:
    """Return the card of one item of the recommendations."""
    name, service_id = str(item["name"]), str(item["service_id"])
    body = [
        *person(message),
        *_in_the_way(item, names),
        heading(f"{item.get('rank', '')} {name}".strip()),
        *_verdict(item),
        *_why(item),
        *_who_refers(item),
        *_terms(item),
        container(list(_details(item)), id="details", isVisible=False),
    ]
    reasons = choices("reason", "Why not for this patient?", [(one, one) for one in DISMISS])
    dismiss = choose(
        "Set aside", "reason", f"dismiss {service_id} because {{}}", f"Set aside: {name} ({{}})"
    )
    actions = [
        say("Refer", f"refer to {service_id}", f"Refer: {name}"),
        say("Tell me more", f"tell me about {service_id}", f"Tell me more: {name}"),
        show_card("Not for this patient", [reasons], [dismiss]),
        toggle("Sources", "details"),
    ]
    if item.get("dismissed"):
        aside = f"Set aside: {in_words(str(item['dismissed']))}"
        body.insert(0, line(run(aside, bold=True)))
        actions = actions[1:2]
    return Card("service", body, _in_plain_words(item), "A service that fits", actions)


def _in_the_way(item: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Block]:
    warning = WAY_IN.get(str(item.get("way_in")))
    if not warning:
        return
    beside = names.get(str(item.get("beside")))
    more = f" Next best with a way in: {beside}." if beside else ""
    yield line(run(warning, bold=True), more)


def _verdict(item: Mapping[str, Any]) -> Iterator[Block]:
    words = VERDICT.get(item["verdict"], in_words(item["verdict"]))
    need = f"  {in_words(item['for_need'])}" if item.get("for_need") else ""
    yield line(run(words, bold=True), run(need, subtle=True), spacing="None")
    if item.get("offers"):
        yield line(str(item["offers"]))


def _why(item: Mapping[str, Any]) -> Iterator[Block]:
    reasons = item.get("reasons") or ()
    if reasons:
        yield line(run("Why", bold=True), spacing="Medium")
    for reason in reasons:
        mark = STATE.get(reason["state"], "")
        yield line(run(mark, bold=True), str(reason["text"]), spacing="None")


def _who_refers(item: Mapping[str, Any]) -> Iterator[Block]:
    routes = (item.get("referral") or {}).get("routes") or ()
    if routes:
        yield line(run("Who refers, and how", bold=True), spacing="Medium")
    for route in routes:
        who = USE.get(route.get("use")) or ", ".join(map(in_words, route.get("who") or ()))
        reach = [str(route[key]) for key in ("web", "phone", "email") if route.get(key)]
        way = route.get("way_in")
        warning = WAY_IN.get(str(way), "") if way != item.get("way_in") else ""
        told = f": {route.get('how') or in_words(route['route'])}. {' '.join(reach)}".rstrip()
        yield line(run(who, bold=True), told, run(f" {warning}", subtle=True), spacing="None")


def _terms(item: Mapping[str, Any]) -> Iterator[Block]:
    terms = [VOLUNTARY.get(item.get("voluntary", "")), TELLS_DWP.get(item.get("tells_dwp", ""))]
    if any(terms):
        yield line("; ".join(filter(None, terms)) + ".", spacing="Medium")
    stale = bool(item.get("stale"))
    age = [str(item.get("facts") or "")]
    if item.get("confidence") == "low":
        age.append("low confidence")
    if stale and CHECK_FIRST not in age[0]:
        age.append(CHECK_FIRST)
    if told := "; ".join(filter(None, age)):
        yield line(run(f"Facts: {told}.", bold=stale, subtle=not stale), spacing="None")
    for caution in item.get("cautions") or ():
        yield line(run("Take care: ", bold=True), str(caution), spacing="None")


def _details(item: Mapping[str, Any]) -> Iterator[Block]:
    yield line(run("Sources", bold=True))
    for cited in [*map(in_words, item.get("also") or ()), *(item.get("sources") or ())]:
        yield line(run(str(cited), subtle=True), spacing="None")


def _in_plain_words(item: Mapping[str, Any]) -> str:
    verdict = VERDICT.get(item["verdict"], in_words(item["verdict"]))
    warning = WAY_IN.get(str(item.get("way_in")), "")
    facts = f"Facts: {item['facts']}." if item.get("facts") else ""
    told = [
        f"{item.get('rank', '')} {item['name']}: {verdict}.",
        warning,
        item.get("offers"),
        facts,
    ]
    return " ".join(str(one) for one in told if one).strip()
