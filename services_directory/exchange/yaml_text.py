"""Plain data as the YAML that people write in an entry, such that the directory's reader gives it back."""

from __future__ import annotations

import re
from typing import Any

import yaml

# What would break a line, or that an editor cannot show, is written as an escape.
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WIDE = 1_000_000


class _Writer(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        # The reader refuses anchors: each value is written out.
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if _DAY.fullmatch(text):
        # The reader takes dates for words, so they need no quotes.
        return writer.represent_scalar("tag:yaml.org,2002:timestamp", text)
    style = '"' if _ESCAPED.search(text) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def flow(value: Any) -> str:
    """Return ``value`` as YAML on one line."""
    text = yaml.dump(
        value,
        Dumper=_Writer,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDE,
    )
    return text.removesuffix("\n").removesuffix("\n...")


def quoted(text: str) -> str:
    """Return ``text`` on one line in double quotes, with escapes for what a line cannot hold."""
    made = yaml.dump(
        text, Dumper=yaml.SafeDumper, default_style='"', allow_unicode=True, width=_WIDE
    )
    return made.removesuffix("\n")


def block_text(block: dict[str, Any]) -> str:
    """Return one line a key: ``key: value``."""
    return "\n".join(f"{flow(key)}: {flow(value)}" for key, value in block.items())


def entry_text(plain: dict[str, Any]) -> str:
    """Return a whole entry as its file: lists of blocks one block under the other, the rest a line each."""
    lines: list[str] = []
    for key, value in plain.items():
        if isinstance(value, list) and value and all(isinstance(i, dict) and i for i in value):
            lines.append(f"{key}:")
            for item in value:
                first, *rest = block_text(item).split("\n")
                lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"
