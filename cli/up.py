"""`fingerpost up`: the assistant on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse

from bot.port import StartError, claim
from bot.settings import DEFAULT_HOST, DEFAULT_PORT, settings
from cli.steps import Steps


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default {DEFAULT_PORT}")
    parser.add_argument(
        "--host",
        default=DEFAULT_HOST,
        help=f"address to listen on; default {DEFAULT_HOST}, which only this machine reaches",
    )


def run(args: argparse.Namespace) -> int:
    """Serve; 0 after Ctrl-C, 1 with one line where it cannot start."""
    found = settings(args.host, args.port)
    steps = Steps()
    try:
        from bot.sign_in.configuration import check_binding, sign_in_settings

        check_binding(found, sign_in_settings())
        sock = claim(found.host, found.port)
        with steps:
            steps.report("Loading the web server")
            from bot import logs
            from bot.slim import leave_out_tensorflow

            logs.configure()
            leave_out_tensorflow()
            from bot.server import serve

            def ready() -> None:
                steps.done()
                steps.say(f"Fingerpost answers at {found.base_url}/ (Ctrl-C stops it)")

            serve(found, sock, steps.report, ready)
    except StartError as error:
        steps.say(f"fingerpost up: {error}")
        return 1
    return 0
