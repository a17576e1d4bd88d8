"""From what is known to HTML. Everything that comes from a file or a form is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import response
from sanic.response import HTTPResponse

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
HEADERS = {
    # Under the policy of the other pages a browser would hide where a form was sent from.
    "Referrer-Policy": "same-origin",
}


def rendered(template: str, /, **context: Any) -> str:
    """Return the page made from the ``template``."""
    return _PAGES.get_template(template).render(**context)


def answer(template: str, status: int = 200, /, **context: Any) -> HTTPResponse:
    """Return the page as an answer."""
    return response.html(rendered(template, **context), status=status, headers=HEADERS)
