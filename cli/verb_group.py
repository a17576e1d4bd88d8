"""A verb of the command that has verbs of its own, such as `fingerpost directory`.

Like `cli.main`, it only picks the verb; its module is imported when it is used. Each module gives
`add_arguments(parser)` and `run(args) -> exit code`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass

EXIT_USAGE = 2


@dataclass(frozen=True)
class VerbGroup:
    """The verbs of `fingerpost <name>`, in the package `package`.

    `verbs` maps each to (module, help). The module's name may differ, because `list` and `try` are words of
    Python.
    """

    name: str
    package: str
    verbs: Mapping[str, tuple[str, str]]

    def usage(self) -> str:
        """Return the list of verbs."""
        width = max(map(len, self.verbs))
        lines = [f"  {verb:<{width}}  {text}" for verb, (_, text) in self.verbs.items()]
        head = [f"usage: fingerpost {self.name} VERB [options]", ""]
        tail = f"`fingerpost {self.name} VERB --help` lists its options."
        return "\n".join([*head, *lines, "", tail])

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes: a verb, and whatever that verb takes."""
        parser.usage = f"fingerpost {self.name} VERB [options]"
        parser.epilog = self.usage()
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("verb", nargs="?", help=argparse.SUPPRESS)
        parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)

    def run(self, args: argparse.Namespace) -> int:
        """Run one verb; 2 where there is none of that name."""
        if args.verb is None:
            print(self.usage(), file=sys.stderr)
            return EXIT_USAGE
        if args.verb not in self.verbs:
            there_are = ", ".join(self.verbs)
            said = f"fingerpost {self.name}: no verb `{args.verb}`. There are: {there_are}."
            print(said, file=sys.stderr)
            return EXIT_USAGE
        name, text = self.verbs[args.verb]
        module_name = f"{self.package}.{name}"
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            if error.name != module_name:
                raise
            told = f"fingerpost {self.name}: `{args.verb}` is not in this version yet."
            print(told, file=sys.stderr)
            return 1
        prog = f"fingerpost {self.name} {args.verb}"
        parser = argparse.ArgumentParser(prog=prog, description=text)
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(args.rest)))
