"""``fingerpost understand``: what is understood in a clinician's words, in colour or as JSON."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from understanding.model import Understanding

SAFETY, IDENTIFIER = "bold white on red", "bold blue"
COLOURS = {
    "present": "bold green",
    "uncertain": "bold yellow",
    "absent": "red",
    "past": "magenta",
    "other_person": "cyan",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("text", nargs="*", help="the message")
    parser.add_argument(
        "--json", nargs="?", const="", metavar="TEXT", help="print one line of JSON"
    )
    parser.add_argument(
        "--asked", metavar="SLOT", help="the key just asked for, such as absence_weeks"
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"text", "asked"?} a line from standard input, write a result a line',
    )


def run(args: argparse.Namespace) -> int:
    """Read the message, or the lines of standard input; print what is understood.

    Returns 0, 1 for a line that is no JSON, or 2 without a text.
    """
    # Nothing made while starting is thrown away again, so looking for garbage then is time lost.
    gc.disable()
    from understanding.reader import Reader, understanding_json

    reader = Reader()
    gc.freeze()
    gc.enable()
    if args.jsonl:
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                text, asked = str(given["text"]), given.get("asked")
            except (ValueError, KeyError, TypeError) as error:
                # The line itself may name a patient, so it is not repeated.
                print(
                    f"line {number} is no JSON object with a text ({type(error).__name__})",
                    file=sys.stderr,
                )
                return 1
            print(_line(understanding_json(reader.read(text, asked))), flush=True)
        return 0
    text = " ".join(part for part in (args.json or "", *args.text) if part)
    if not text:
        print("Give a message: fingerpost understand 'off sick 6 weeks, bad back'", file=sys.stderr)
        return 2
    understood = reader.read(text, args.asked)
    if args.json is not None:
        print(_line(understanding_json(understood)))
    else:
        show(understood)
    return 0


def _line(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)


def show(understood: Understanding) -> None:
    """Print the message with what was taken from it in colour, and a table that says why."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(_coloured(understood))
    used = [a for a in COLOURS if any(m.assertion == a for m in understood.mentions)]
    if used:
        legend = Text("  ").join(Text(name.replace("_", " "), COLOURS[name]) for name in used)
        console.print(Text("colours: ", "dim") + legend)
    if understood.mentions or understood.safety:
        console.print()
        console.print(_reasons(understood))
        console.print()
    console.print(Text(f"intent {understood.intent} ({understood.confidence:.2f})", "dim"))
    if understood.command is not None:
        console.print(
            Text(f"command: {understood.command.name} {understood.command.words}".rstrip())
        )
    for name in ("case", "removed", "answered"):
        if value := getattr(understood, name):
            console.print(Text(f"{name}: {json.dumps(value, ensure_ascii=False)}"))
    if understood.safety:
        categories = ", ".join(sorted({c.category for c in understood.safety}))
        console.print(Text(f"safety: {categories}", "bold red"))


def _coloured(understood: Understanding) -> Text:
    """Return the message, its mentions in the colour of their assertion, the cue of each underlined."""
    from rich.text import Text

    line = Text(understood.text)
    for mention in understood.mentions:
        line.stylize(COLOURS[mention.assertion], mention.start, mention.end)
        # The cue stands before the mention as a rule; where it stands twice, the nearest is meant.
        at = understood.text.lower().rfind(mention.cue.lower(), 0, mention.start)
        if mention.cue and mention.assertion != "present" and at >= 0:
            line.stylize(f"underline {COLOURS[mention.assertion]}", at, at + len(mention.cue))
    for cue in understood.safety:
        line.stylize(SAFETY, cue.start, cue.end)
    line.highlight_regex(r"\[[A-Za-z -]+\]", IDENTIFIER)
    return line


def _reasons(understood: Understanding) -> Table:
    """Return a row for everything taken: its words, what they stand for, and what decided it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("words", "key", "value", "assertion", "why"):
        table.add_column(heading, overflow="fold")
    for mention in understood.mentions:
        why = mention.cue or "named"
        table.add_row(
            Text(mention.text[:40]),
            mention.slot,
            str(mention.value),
            Text(mention.assertion.replace("_", " "), COLOURS[mention.assertion]),
            Text(why if mention.sure else f"{why} (less sure)"),
        )
    for cue in understood.safety:
        table.add_row(Text(cue.text[:40], SAFETY), "safety", cue.category, "", "")
    return table
