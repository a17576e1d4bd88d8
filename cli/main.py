"""The `fingerpost` command: picks the verb and runs its module.

A verb's module is imported only when that verb is used, so that `fingerpost understand` never waits
for Rasa. Each module `cli.<verb>` (with `_` for `-`) gives two functions:

- `add_arguments(parser: argparse.ArgumentParser) -> None` declares its options;
- `run(args: argparse.Namespace) -> int` does the work and returns the exit code.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

# The help lives here rather than in the modules, so that `fingerpost --help` imports none of them.
VERBS: dict[str, str] = {
    "up": "start the bot, its actions and the page on this machine",
    "chat": "talk to the assistant in the terminal",
    "understand": "show what is understood in a clinician's words",
    "recommend": "list the services that fit a case, with the reasons",
    "next-question": "show the question worth asking next for a case",
    "directory": "check, list and tend the directory of services",
    "referrals": "list, show, send and delete referrals",
    "audit": "prove the audit trail of the referrals whole",
    "train": "train the model, if what it learns from has changed",
    "teams": "write the app package for Microsoft Teams",
    "purge": "delete the conversations whose day is over",
}

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130  # what a shell reports for Ctrl-C


def _usage() -> str:
    width = max(map(len, VERBS))
    lines = [f"  {verb:<{width}}  {text}" for verb, text in VERBS.items()]
    return "\n".join(
        [
            "usage: fingerpost VERB [options]",
            "",
            *lines,
            "",
            "`fingerpost VERB --help` lists the options of one verb.",
        ]
    )


def _say(text: str, stream: TextIO | None = None) -> None:
    print(text, file=stream or sys.stderr)


def _explain(error: BaseException) -> str:
    """One line for a person: the message of the error, or its kind where it has none."""
    return str(error).strip() or type(error).__name__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb.

    `argv` is the words after `fingerpost` (default: those of the process). Returns the exit code:
    the verb's own, 1 for a failure told in one line, 2 for an unknown verb, 130 for Ctrl-C. Wrong
    options end the process with 2, as argparse does. `FINGERPOST_DEBUG=1` shows the traceback.
    """
    # Before any verb can import Rasa, which by default reports on its use to its makers.
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # TensorFlow, which Rasa imports unused, otherwise tells users about their processor.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in ("-h", "--help", "help"):
        _say(_usage(), sys.stdout)
        return 0
    if not words:
        _say(_usage())
        return EXIT_USAGE
    verb, rest = words[0], words[1:]
    if verb not in VERBS:
        _say(f"fingerpost: no verb `{verb}`. There are: {', '.join(VERBS)}.")
        return EXIT_USAGE
    return _run_verb(verb, rest)


def _run_verb(verb: str, rest: list[str]) -> int:
    module_name = f"cli.{verb.replace('-', '_')}"
    try:
        module = importlib.import_module(module_name)
        parser = argparse.ArgumentParser(prog=f"fingerpost {verb}", description=VERBS[verb])
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(rest)))
    except KeyboardInterrupt:
        _say("")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has gone. Python would complain while flushing at exit; let it not.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_ERROR
    except Exception as error:
        if os.environ.get("FINGERPOST_DEBUG") == "1":
            raise
        if isinstance(error, ModuleNotFoundError) and error.name == module_name:
            _say(f"fingerpost: `{verb}` is not in this version yet.")
        elif isinstance(error, ModuleNotFoundError):
            _say(f"fingerpost: the module {error.name} is missing; `make setup` mends it.")
        else:
            _say(f"fingerpost {verb}: {_explain(error)} (FINGERPOST_DEBUG=1 shows where)")
        return EXIT_ERROR


if __name__ == "__main__":
    sys.exit(main())
