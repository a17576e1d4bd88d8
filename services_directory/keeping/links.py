"""Whether the web addresses of entries still answer, as far as can be told from this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import requests

from services_directory.model import Service

SECONDS = 15
AT_ONCE = 6
# Some sites refuse whatever does not look like a browser; saying who asks is only fair to the rest.
ASKING = {"User-Agent": "fingerpost-directory-links/1 (checks addresses of a service directory)"}
# A site that refuses programs says nothing about whether a person would see the page.
REFUSED_PROGRAMS = (401, 403, 405, 406, 429, 503)

Answer = Literal["answers", "gone", "refused", "unreached"]


@dataclass(frozen=True)
class Link:
    """One address and the entries that give it."""

    address: str
    services: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What became of one address, in words."""

    link: Link
    answer: Answer
    told: str


def links_of(services: Iterable[Service]) -> tuple[Link, ...]:
    """Return every web address of the ways in, once each, in the order of the entries."""
    found: dict[str, list[str]] = {}
    for service in services:
        for route in service.routes:
            if route.web and service.id not in found.setdefault(route.web, []):
                found[route.web].append(service.id)
    return tuple(Link(address, tuple(ids)) for address, ids in found.items())


def check_links(
    links: Iterable[Link], fetch: Callable[[str], int] | None = None
) -> tuple[Checked, ...]:
    """Ask for each address; never raises for what an address does. ``fetch`` gives its HTTP status."""
    ask = fetch or _status_of
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(pool.map(lambda link: _checked(link, ask), links))


def _status_of(address: str) -> int:
    with requests.get(address, timeout=SECONDS, headers=ASKING, stream=True) as answer:
        return answer.status_code


def _checked(link: Link, ask: Callable[[str], int]) -> Checked:
    if urlsplit(link.address).scheme not in ("http", "https"):
        return Checked(link, "gone", "is no web address")
    try:
        status = ask(link.address)
    except requests.exceptions.SSLError:
        return Checked(link, "unreached", "its certificate could not be checked from here")
    except requests.exceptions.Timeout:
        return Checked(link, "unreached", f"no answer within {SECONDS} seconds")
    except (requests.exceptions.RequestException, OSError):
        return Checked(link, "unreached", "could not be reached from here")
    if status < 400:
        return Checked(link, "answers", f"answers ({status})")
    if status in REFUSED_PROGRAMS or status >= 500:
        return Checked(link, "refused", f"answered {status}: look at it in a browser")
    return Checked(link, "gone", f"answered {status}: the page is not there")


def links_text(checked: tuple[Checked, ...]) -> str:
    """Return what was found as plain text, what needs a person first, and how far it can be trusted."""
    if not checked:
        return "No entry gives a web address."
    lines = []
    for answer, heading in (
        ("gone", "Not there any more:"),
        ("refused", "Look at these in a browser (they answered, but not to a program):"),
        ("unreached", "Could not be reached from this machine, so nothing is known of them:"),
    ):
        rows = [c for c in checked if c.answer == answer]
        if rows:
            lines += [heading]
            lines += [
                f"  - {c.link.address} ({', '.join(c.link.services)}): {c.told}" for c in rows
            ]
    reached = sum(c.answer != "unreached" for c in checked)
    lines.append(f"{reached} of {len(checked)} addresses were reached.")
    if not reached:
        lines.append("None was: this machine may have no way to the internet. That is no finding.")
    return "\n".join(lines)
