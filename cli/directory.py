"""``fingerpost directory``: the verbs of whoever keeps the directory of services.

Like ``cli.main``, this only picks the verb; its module is imported when it is used. Each module
``cli.directory_verbs.<module>`` gives ``add_arguments(parser)`` and ``run(args) -> exit code``.
"""

from __future__ import annotations

import argparse
import importlib
import sys

# verb: (module, help). The module's name may differ, because `list` and `try` are words of Python.
VERBS: dict[str, tuple[str, str]] = {
    "check": ("check", "find what is wrong with entries, line by line"),
    "list": ("listing", "list the entries, by area, status or age of facts"),
    "show": ("show", "one entry in plain English, as the assistant reads it"),
    "new": ("new", "ask for what an entry needs, and write it"),
    "try": ("trying", "what each entry says to one patient, and why"),
    "diff": ("diff", "what changes for which sample patients since a revision"),
    "verify": ("verify", "record that the facts were confirmed with the service"),
    "stale": ("stale", "what needs checking, by keeper"),
    "links": ("links", "whether web addresses still answer"),
    "pause": ("pause", "take an entry out at once, until a day"),
    "approve": ("approve", "as a second role, let live instances serve what changed"),
    "update": ("update", "take the newest revision of the allowed branch"),
    "history": ("history", "the changes of one entry"),
    "export": ("export", "the directory for other systems: Open Referral UK, HSDS, FHIR, CSV"),
    "import": ("importing", "drafts from a table or another directory's feed"),
    "schema": ("schema", "write the JSON Schema that editors complete and check with"),
}
EXIT_USAGE = 2


def usage() -> str:
    """Return the list of verbs."""
    width = max(map(len, VERBS))
    lines = [f"  {verb:<{width}}  {text}" for verb, (_, text) in VERBS.items()]
    head = ["usage: fingerpost directory VERB [options]", ""]
    return "\n".join([*head, *lines, "", "`fingerpost directory VERB --help` lists its options."])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: a verb, and whatever that verb takes."""
    parser.usage = "fingerpost directory VERB [options]"
    parser.epilog = usage()
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("verb", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Run one verb; 2 where there is none of that name."""
    if args.verb is None:
        print(usage(), file=sys.stderr)
        return EXIT_USAGE
    if args.verb not in VERBS:
        said = f"fingerpost directory: no verb `{args.verb}`. There are: {', '.join(VERBS)}."
        print(said, file=sys.stderr)
        return EXIT_USAGE
    name, text = VERBS[args.verb]
    module_name = f"cli.directory_verbs.{name}"
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name != module_name:
            raise
        print(f"fingerpost directory: `{args.verb}` is not in this version yet.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(prog=f"fingerpost directory {args.verb}", description=text)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(args.rest)))
