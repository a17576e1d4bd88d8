"""Fetches an Open Referral feed over the network: its pages, then each service whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import requests

SECONDS = 30
LARGEST_ANSWER = 20_000_000
LARGEST_FEED = 5000
PER_PAGE = 100
_HEADERS = {"Accept": "application/json", "User-Agent": "fingerpost-directory-import"}


class FeedError(Exception):
    """A feed that cannot be read; ``str()`` says which address, why, and what to try."""


def fetch_services(url: str, tell: Callable[[str], None]) -> list[Any]:
    """Return the services of the feed at ``url`` (its root, or its ``/services``).

    ``tell`` is told how far it is. Raises ``FeedError``.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FeedError(f"{url} is no web address; write https://… or the name of a file")
    root = url.split("?")[0].rstrip("/").removesuffix("/services")
    found: list[Any] = []
    page, pages = 1, 1
    while page <= pages:
        body = _json(f"{root}/services", {"page": page, "per_page": PER_PAGE})
        contents = body.get("contents", body.get("content")) if isinstance(body, dict) else None
        if not isinstance(contents, list):
            raise FeedError(f"{root}/services gives no page of an Open Referral feed (`contents`)")
        found += contents
        pages = body.get("total_pages", 1) if isinstance(body.get("total_pages"), int) else 1
        tell(f"page {page} of {pages}")
        if len(found) > LARGEST_FEED:
            raise FeedError(f"the feed holds over {LARGEST_FEED} services; import a part of it")
        page += 1
    return [_whole(root, item, position, len(found), tell) for position, item in enumerate(found)]


def _whole(root: str, item: Any, position: int, of: int, tell: Callable[[str], None]) -> Any:
    """Return the whole service, of which ``item`` is what a page of the list shows."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return item
    if position % 25 == 0:
        tell(f"service {position + 1} of {of}")
    whole = _json(f"{root}/services/{quote(item['id'], safe='')}", {})
    return whole if isinstance(whole, dict) else item


def _json(url: str, params: dict[str, int]) -> Any:
    try:
        with requests.get(
            url, params=params, headers=_HEADERS, timeout=SECONDS, stream=True
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise FeedError(f"{url} answers {answer.status_code} {answer.reason}")
            body = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    except requests.Timeout:
        raise FeedError(f"{url} gave no answer in {SECONDS} seconds") from None
    except requests.RequestException as error:
        said = f"{url} cannot be reached from here ({type(error).__name__})"
        raise FeedError(f"{said}; on a machine without a network, import a saved file") from None
    if len(body) > LARGEST_ANSWER:
        raise FeedError(f"{url} gives over {LARGEST_ANSWER // 1_000_000} MB")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise FeedError(f"{url} gives no JSON; is it the address of a feed?") from None
