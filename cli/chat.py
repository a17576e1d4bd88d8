"""`fingerpost chat`: talk to the assistant in the terminal, without a server."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from typing import Any

from bot.port import StartError
from bot.settings import settings
from cli.steps import Steps
from services_directory.practice import TRAINING_BANNER, practice_settings

PROMPT = "> "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--as-of", help="the day to answer for, such as 2026-11-22")
    parser.add_argument("--role", help="who is typing: gp, nurse, ahp, link_worker or reception")


def run(args: argparse.Namespace) -> int:
    """Talk until the end of input; 0 then, 1 with one line where it cannot start."""
    steps = Steps()
    try:
        with steps:
            from bot import logs
            from bot.slim import leave_out_tensorflow

            logs.configure()
            leave_out_tensorflow()
            from bot.agent import load_agent
            from bot.channels.conversation import Conversations, MetadataError, checked_metadata

            found = settings()
            metadata = {"as_of": args.as_of, "role": args.role}
            checked_metadata(metadata, dates=True)
            agent = load_agent(found, steps.report)
            steps.done()
        talk(Conversations(found, agent.handle_message, "terminal"), metadata)
    except (StartError, MetadataError) as error:
        steps.say(f"fingerpost chat: {error}")
        return 1
    return 0


def talk(conversations: Any, metadata: dict[str, Any]) -> None:
    """Read lines and print answers until the end of input."""
    if practice_settings().training_mode:
        print(TRAINING_BANNER)
    # A name of its own, so that no earlier patient is met again.
    sender = f"terminal-{secrets.token_hex(8)}"
    options: list[dict[str, str]] = []
    while True:
        try:
            text = input(PROMPT).strip()
        except EOFError:
            print()
            return
        if not text:
            continue
        if text.isdigit() and 0 < int(text) <= len(options):
            text = options[int(text) - 1]["payload"]
        messages = asyncio.run(conversations.say(sender, text, metadata))
        options = []
        for message in messages:
            print(f"\n{message.get('text', '')}")
            options = message.get("buttons", [])
            for number, option in enumerate(options, 1):
                print(f"  {number}. {option['title']}")
        print()
