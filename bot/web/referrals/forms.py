"""What a form sent: its fields as text, empty ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from sanic.request import Request

MOST_FIELDS = 3000
LONGEST_BODY = 256 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"


class NotAForm(ValueError):
    """The body is no form of ours; ``str()`` says why, for a person."""


@dataclass(frozen=True)
class Sent:
    """The fields of a form by name, each with all that was sent under it, line ends as ``\\n``."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return the first value of ``name``."""
        return self.values.get(name, (default,))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of ``name``."""
        return self.values.get(name, ())

    def __contains__(self, name: object) -> bool:
        return name in self.values

    def beginning(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield the rest of each name that begins with ``prefix``, and its first value."""
        for name, values in self.values.items():
            if name.startswith(prefix):
                yield name[len(prefix) :], values[0]


def sent_of(request: Request) -> Sent:
    """Return what a form sent. Sanic's own reader leaves out empty fields. Raises ``NotAForm``."""
    if len(request.body) > LONGEST_BODY:
        raise NotAForm("That is too long.")
    if request.headers.get("content-type", "").split(";")[0].strip() != FORM_TYPE:
        raise NotAForm("Only this page's own forms are read.")
    try:
        pairs = parse_qsl(
            request.body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise NotAForm("The form could not be read.") from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))
    return Sent({name: tuple(values) for name, values in found.items()})
